"""Names written to do harm: every one of them stands there as text, and nothing else happens."""

from __future__ import annotations

import csv
import io
import json
import shutil
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from browser.watching import SIZES, ServedTown, Watch
from playwright.sync_api import Browser, Page

from geo.database import TownDatabase
from geo.model.audience import Audience, Medium
from geo.questions import revision, treasure_map
from webmap.offline import offline_map

pytestmark = pytest.mark.browser

CODE = "99831"
HOSTILE = (
    "`${alert(1)}`",
    "${alert(1)}",
    "<img src=x onerror=alert(1)>",
    "\"'><script>alert(1)</script>",
    "</script><script>alert(1)</script><!--",
    "' onmouseover='alert(1)' x='",
    "\u202e会のまさか逆\u202c",
    "👩\u200d👩\u200d👧\u200d👦おやこ会🏳️\u200d🌈",
    "か\u3099き\u3099の会e\u0301\u0323",
    "{{ 7*7 }}{% raw %}${7*7}#{7*7}",
    "javascript:alert(1)",
    '=HYPERLINK("javascript:alert(1)","開く")',
    "+81-00-0000",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "&lt;b&gt;&amp;#60;太字&#x3c;",
    "長い名前の会" * 83 + "おわ",
    "W" * 500,
)
FORMULAS = ("=", "+", "@")


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # a JSON string is a TOML string


def _write(town: Path, squares: Path) -> None:
    """The town of squares, with every name and every list written by somebody who means harm."""
    shutil.copytree(squares, town)
    shutil.rmtree(town / "layers")
    manifest = town / "boundaries/municipality.toml"
    manifest.write_text(
        f'name = {_toml("<b>市</b>`${alert(1)}`")}\ncode = "{CODE}"\nplane_zone = 8\n'
        f'block_level = "cell"\ncontact = {_toml(HOSTILE[2] + HOSTILE[4])}\n',
        "utf-8",
    )
    for level in ("cell", "quarter"):
        path = town / f"boundaries/{level}/{level}.geojson"
        drawn = json.loads(path.read_text("utf-8"))
        for number, feature in enumerate(drawn["features"]):
            feature["properties"]["name"] = f"{HOSTILE[number % len(HOSTILE)]}{number}"
        path.write_text(json.dumps(drawn), "utf-8")
    quarter = town / "boundaries/quarter/boundary.toml"
    quarter.write_text(quarter.read_text("utf-8").replace('"四半区"', _toml(HOSTILE[4])), "utf-8")
    for order, (layer, symbol) in enumerate({"one": "`", "two": "<"}.items()):
        at = town / "layers" / layer
        at.mkdir(parents=True)
        (at / "layer.toml").write_text(
            f"title = {_toml(HOSTILE[order + 2])}\nsymbol = {_toml(symbol)}\n"
            f'color = "#0f7a4{order}"\norder = {order}\nsource = {_toml(HOSTILE[4])}\n'
            f"licence = {_toml(HOSTILE[3])}\nas_of = 2026-04-01\n"
            '[show]\n"いつ<b>" = "開催日時"\n"会場`${alert(1)}`" = "会場"\n'
            '"連絡先" = "連絡先"\n"備考" = "備考"\n"参照URL" = "URL"\n"写真" = "写真"\n',
            "utf-8",
        )
        with (at / "list.csv").open("w", encoding="utf-8", newline="") as out:
            table = csv.writer(out)
            table.writerow(
                [
                    "ID",
                    "名称",
                    "会場",
                    "備考",
                    "連絡先",
                    "連絡先の公開範囲",
                    "開催日時",
                    "効用",
                    "URL",
                    "写真",
                    "公開範囲",
                    "経度",
                    "緯度",
                ]
            )
            for number, name in enumerate(HOSTILE):
                other = HOSTILE[(number + 2) % len(HOSTILE)]
                table.writerow(
                    [
                        f"{number}{name[:60]}", name, other, f"一行目\n{name}", other, "だれでも",
                        f"毎週\n{other}", name, "javascript:alert(1)", "data:text/html,<script>",
                        "だれでも", 138.5003 + 0.0011 * number, 36.0012 + 0.004 * order,
                    ]
                )  # fmt: skip


@pytest.fixture(scope="module")
def hostile_town(
    serve: Callable[..., ServedTown], tmp_path_factory: pytest.TempPathFactory
) -> ServedTown:
    folder = tmp_path_factory.mktemp("hostile") / "town"
    _write(folder, Path(__file__).resolve().parents[1] / "town")
    return serve(folder)


def _watched(browser: Browser, home: str, size: str) -> tuple[Page, Watch, list[str]]:
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, locale="ja-JP")
    context.set_default_timeout(60_000)
    page = context.new_page()
    watch, dialogs = Watch(home), list[str]()
    watch.attach(page)

    def dismiss(dialog: Any) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    return page, watch, dialogs


def _poke(page: Page, width: int) -> None:
    """Read every name, open every entry, press every flag, and search for what is written."""
    names = page.locator(".entry .entry-name").all_text_contents()
    assert {name.strip() for name in names} <= {*HOSTILE}
    page.evaluate("for (const it of document.querySelectorAll('.entry details')) it.open = true")
    page.evaluate("for (const it of document.querySelectorAll('.flag button')) it.click()")
    card = page.locator("[data-card]")
    if card.is_visible():
        assert any(name in (card.text_content() or "") for name in HOSTILE)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if not page.locator("input[name=q]").is_visible():
        page.click("[data-to-view=find]")
    for word in (HOSTILE[0], HOSTILE[2], HOSTILE[4], HOSTILE[6]):
        page.fill("input[name=q]", word)
        page.wait_for_function(
            "word => new URLSearchParams(location.search).get('q') === word", arg=word
        )
        shown = page.locator(".entry:not([hidden]) .entry-name").all_text_contents()
        assert word in shown
        assert len(shown) < len(names)
    assert page.locator("main img, main iframe, main b, main a[href^='javascript']").count() == 0


@pytest.mark.parametrize("size", ["phone", "laptop"])
def test_every_kind_of_page_stays_harmless(
    chromium: Browser, hostile_town: ServedTown, size: str
) -> None:
    width = SIZES[size][0]
    page, watch, dialogs = _watched(chromium, hostile_town.base, size)
    asked = f"/{CODE}/quarter/q1?q={quote(HOSTILE[2])}&function={quote(HOSTILE[4])}"
    for address in ("/", f"/{CODE}/quarter/", f"/{CODE}/quarter/q1", asked):
        page.goto(hostile_town.base + address)
        if page.locator("[data-map]").count():
            page.wait_for_selector("html[data-ready=true]")
        assert "alert(1)" in (page.locator("body").text_content() or "")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        if address.endswith("q1"):
            assert page.locator(".entry").count() > 10
            _poke(page, width)
    watch.assert_quiet()
    page.goto(f"{hostile_town.base}/{CODE}/quarter/{quote(HOSTILE[4], safe='')}")
    watch.console = [line for line in watch.console if "404" not in line]
    watch.assert_quiet()
    assert dialogs == []
    page.context.close()


def test_the_offline_file_stays_harmless(
    chromium: Browser, hostile_town: ServedTown, tmp_path: Path
) -> None:
    database = TownDatabase(hostile_town.settings, CODE)
    try:
        with database.connect(Audience.PUBLIC) as conn:
            answer = treasure_map(
                conn,
                audience=Audience.PUBLIC,
                medium=Medium.WEB,
                level="quarter",
                code="q1",
                today=revision(conn)[1],
            )
    finally:
        database.dispose()
    target = tmp_path / "map.html"
    target.write_bytes(offline_map(answer).content)
    page, watch, dialogs = _watched(chromium, "file://", "phone")
    page.goto(target.as_uri())
    page.wait_for_selector("html[data-ready=true]")
    assert page.locator(".entry").count() == len(answer.entries)
    _poke(page, SIZES["phone"][0])
    watch.assert_quiet()
    assert dialogs == []
    page.context.close()


def test_files_to_take_away_read_back_the_same_names(hostile_town: ServedTown) -> None:
    def get(end: str) -> str:
        with urllib.request.urlopen(f"{hostile_town.base}/{CODE}/quarter/q1{end}") as answer:
            # The name of the file is Japanese and hostile, and a header holds Latin-1 only.
            told = answer.headers["Content-Disposition"]
            assert told.startswith(f"attachment; filename=map{end}; filename*=UTF-8''b_%E5%B8%82")
            return str(answer.read().decode("utf-8-sig"))

    features = json.loads(get(".geojson"))["features"]
    names = [feature["properties"]["name"] for feature in features]
    assert len(names) > 10
    assert set(names) <= set(HOSTILE)
    rows = list(csv.DictReader(io.StringIO(get(".csv"), newline="")))
    assert [
        row["名称"].removeprefix("'") if row["名称"][1:2] in FORMULAS else row["名称"]
        for row in rows
    ] == names
    for row in rows:
        for cell in row.values():
            assert not cell.startswith((*FORMULAS, "\t", "\r")), cell
