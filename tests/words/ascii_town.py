"""The town of squares with every record in Latin letters: what is Japanese then, the pages say."""

from __future__ import annotations

import csv
import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

SQUARES = Path(__file__).resolve().parents[1] / "town"
CODE = "99613"
JAPANESE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff9f]")
CLOSED = {"公開範囲", "地図での示し方", "掲載の同意", "状態", "はじめての方", "効用"}
SAID = ("title", "alt", "placeholder", "aria-label", "aria-description")
VOID = {"meta", "link", "input", "br", "img", "hr", "wbr"}
SIGN = "休"  # on a flag, shown as it is drawn
LETTERS = "aeioubdgklmnprst"


def latin(text: str) -> str:
    """The same text gives the same letters, so that names still meet."""
    return "".join(
        c if c.isascii() else LETTERS[ord(c) % len(LETTERS)] + LETTERS[ord(c) // 16 % len(LETTERS)]
        for c in text
    )


def write_town(folder: Path, code: str = CODE) -> Path:
    """A copy of the town of squares under a code of its own, in Latin letters."""
    shutil.copytree(SQUARES, folder)
    for path in folder.rglob("*.toml"):
        lines = [
            _line(line, path.parent.name[0].upper())
            for line in path.read_text("utf-8").splitlines()
        ]
        path.write_text("\n".join(lines).replace("99001", code) + "\n", "utf-8")
    for path in folder.rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(
                [
                    header,
                    *(
                        [
                            cell if column in CLOSED else latin(cell)
                            for column, cell in zip(header, row, strict=True)
                        ]
                        for row in rows
                    ),
                ]
            )
    for path in folder.rglob("*.geojson"):
        read = json.loads(path.read_text("utf-8"))
        for feature in read["features"]:
            feature["properties"] = {
                k: latin(v) if isinstance(v, str) else v for k, v in feature["properties"].items()
            }
        path.write_text(json.dumps(read), "utf-8")
    return folder


def _line(line: str, symbol: str) -> str:
    key, _, value = line.partition(" = ")
    if key == "symbol":
        return f'{key} = "{symbol}"'
    return f"{key} = {latin(value)}" if key in {"name", "title", "source", "contact"} else line


class Reader(HTMLParser):
    """What a page says to an English reader, and where it leads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.links: list[dict[str, str | None]] = []
        self.language: str | None = None
        self._open: list[tuple[str, bool]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.language = given.get("lang")
        silent = given.get("lang") == "ja" or tag in {"script", "style"}
        silent = silent or (bool(self._open and self._open[-1][1]) and given.get("lang") != "en")
        if not silent:
            self.said += [given[name] or "" for name in SAID if given.get(name)]
        if tag in {"a", "form"}:
            self.links.append(given)
        if tag == "input" and (given.get("type") == "hidden" or "checked" in given):
            form = next(link for link in reversed(self.links) if "action" in link)
            form[f"={given['name']}"] = given.get("value")
        if tag not in VOID:
            self._open.append((tag, silent))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not (self._open and self._open[-1][1]):
            self.said.append(data)

    def japanese(self) -> list[str]:
        """What is left in Japanese outside what is marked as such."""
        return [text for text in self.said if JAPANESE.search(text.replace(SIGN, ""))]
