"""A kind of thing on the map is data: no town, level or layer of any town folder is named in code."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOWNS = (ROOT, ROOT / "tests" / "town", ROOT / "tests" / "realdata" / "yaizu")

# Words of product.md's vocabulary and of the base map that a town also uses as a title.
VOCABULARY = {"町丁目", "目印"}
# Words that addresses and headers are read with, whatever a town calls its layers and levels.
ADDRESS_WORDS = {
    "geo/belonging/block_words.py": {"サロン"},
    "geo/placing/venue_words.py": {"自治会"},
    "geo/drafting/header_words.py": {"サロン", "自治会", "町会", "小学校区", "中学校区"},
}
# Ids of a town that are everyday English words of programmers, or of the base map.
EVERYDAY = {"home", "stop", "cell", "strip", "quarter", "tea", "river", "coast", "landmark"}


def manifests() -> Iterator[tuple[str, dict[str, object]]]:
    for town in TOWNS:
        for path in (
            *town.glob("boundaries/*/boundary.toml"),
            *town.glob("layers/*/layer.toml"),
        ):
            yield path.parent.name, tomllib.loads(path.read_text(encoding="utf-8"))


def forbidden_ids() -> set[str]:
    return {name for name, _ in manifests()} - EVERYDAY


def forbidden_words() -> set[str]:
    words = {str(manifest["title"]) for _, manifest in manifests()}
    for town in TOWNS:
        text = (town / "boundaries" / "municipality.toml").read_text(encoding="utf-8")
        words |= {str(tomllib.loads(text)["name"]), str(tomllib.loads(text)["code"])}
    return {word for word in words if len(word) > 1} - VOCABULARY


def texts_of(path: Path) -> str:
    """What a program does with a file: of Python every text but docstrings, else everything."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return source
    tree = ast.parse(source)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    docstrings |= {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    words = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docstrings
    ]
    words += [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]
    words += [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    return "\n".join(words)


def code_files() -> list[Path]:
    kinds = {".py", ".html", ".js", ".css", ".sql", ".j2"}
    return [
        path
        for room in ("geo", "webmap")
        for path in sorted((ROOT / room).rglob("*"))
        if path.suffix in kinds and not {"vendor", "node_modules", "__pycache__"} & set(path.parts)
    ]


def test_there_is_something_to_look_for() -> None:
    assert {"gathering_place", "school_district", "public_hall"} <= forbidden_ids()
    assert {"みなと市", "焼津市", "通いの場", "小学校区", "22212"} <= forbidden_words()
    assert len(code_files()) > 60


def test_code_names_no_town_level_or_layer() -> None:
    words = forbidden_words()
    ids = re.compile(r"\b(" + "|".join(map(re.escape, sorted(forbidden_ids()))) + r")\b")
    found: dict[str, set[str]] = {}
    for path in code_files():
        text = texts_of(path)
        named = {word for word in words if word in text} | set(ids.findall(text))
        if named:
            found[path.relative_to(ROOT).as_posix()] = named
    assert found == ADDRESS_WORDS
