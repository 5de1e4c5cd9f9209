"""The README does not lie: its tables are those of the code, its names exist, its paths are there."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
if str(HERE) not in sys.path:
    sys.path.insert(0, str(HERE))

import readme_tables  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

README = (ROOT / "README.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    """The text under a heading, up to the next heading of the same or a higher rank."""
    marks = re.search(rf"^(#+) {re.escape(title)}$", README, re.MULTILINE)
    assert marks is not None, f"README has no heading {title}"
    rest = README[marks.end() :]
    end = re.search(rf"^#{{1,{len(marks[1])}}} ", rest, re.MULTILINE)
    return rest[: end.start()] if end else rest


def first_cells(text: str) -> list[str]:
    """The backticked names in the first column of a table."""
    return re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)


@pytest.mark.parametrize("name", readme_tables.BLOCKS)
def test_tables_are_those_of_the_code(name: str) -> None:
    """If this fails: ``python tests/docs/readme_tables.py``, and look at what it changed."""
    assert readme_tables.block(README, name) == readme_tables.BLOCKS[name]()


def test_settings_commands_and_problems_are_all_there() -> None:
    from geo.cli.group import GEO_COMMANDS
    from geo.model.problem_codes import PROBLEM_CODES
    from geo.settings import SETTINGS
    from webmap.cli import WEB_COMMANDS

    assert first_cells(section("設定")) == [s.name for s in SETTINGS]
    commands = {words.split()[0] for words in first_cells(section("コマンド"))}
    assert commands == {*GEO_COMMANDS, *WEB_COMMANDS}
    assert first_cells(section("困りごとの一覧")) == list(PROBLEM_CODES)


def asked_keys(read: Callable[..., object], **more: object) -> list[str]:
    """The keys a manifest reader asks for, by letting it read an empty manifest."""
    from geo.manifest.strict_table import StrictTable

    table = StrictTable("x.toml", {}, (), [])
    read(table, **more)
    return sorted(set(table._asked))


def test_manifest_keys_are_those_the_reader_accepts(tmp_path: Path) -> None:
    from geo.manifest.boundary_file import read_level_manifest
    from geo.manifest.data_paths import Ground
    from geo.manifest.layer_file import read_layer_manifest
    from geo.manifest.people_file import PEOPLE_COLUMNS, read_people_manifest
    from geo.manifest.streets_file import GROUND_KINDS, STREET_COLUMNS, read_streets_manifest
    from geo.manifest.town_file import read_municipality
    from geo.model.people import PeopleForm

    place = {"folder": tmp_path, "ground": Ground(tmp_path, None)}
    for heading, keys in (
        ("`boundaries/municipality.toml`", asked_keys(read_municipality)),
        (
            "`boundaries/<地区の種類>/boundary.toml`",
            sorted({*asked_keys(read_level_manifest, **place), "data"}),
        ),
        (
            "`layers/<お宝の種類>/layer.toml`",
            sorted({*asked_keys(read_layer_manifest, **place), "data"}),
        ),
        (
            "`boundaries/streets.toml`",
            sorted({*asked_keys(read_streets_manifest, ground=place["ground"]), "data"}),
        ),
        (
            "`boundaries/people.toml`",
            sorted({*asked_keys(read_people_manifest, ground=place["ground"], levels=()), "data"}),
        ),
    ):
        assert sorted(first_cells(section(heading))) == keys, heading
    told = set(re.findall(r"`([a-z_]+)`", section("`boundaries/streets.toml`")))
    assert {*STREET_COLUMNS, *GROUND_KINDS} - told == set()
    told = set(re.findall(r"`([a-z_0-9]+)`", section("`boundaries/people.toml`")))
    assert {*PEOPLE_COLUMNS, *(form.value for form in PeopleForm)} - told == set()


def test_glossary_identifiers_exist_in_the_code() -> None:
    names: set[str] = set()
    for path in (ROOT / "geo").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Name):
                names.add(node.id)
            elif isinstance(node, ast.Attribute):
                names.add(node.attr)
            elif isinstance(node, ast.arg):
                names.add(node.arg)
            elif isinstance(node, ast.ClassDef | ast.FunctionDef):
                names.add(node.name)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                names.add(node.value)
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]*) \|$", section("ことば"), re.MULTILINE)
    found = [name for _, cell, _ in rows for name in re.findall(r"`([a-z_]+)`", cell)]
    assert len(found) >= 24
    assert [name for name in found if name not in names] == []


def test_words_of_the_glossary_are_those_of_the_model() -> None:
    from geo.model.audience import Audience, ConsentScope, Medium, Newcomers, Precision, Status

    for kind in (Audience, ConsentScope, Newcomers, Precision, Status):
        for member in kind:
            assert member.label_ja in README, member  # type: ignore[attr-defined]
    assert all(medium.value in README for medium in Medium)


def test_links_and_named_paths_are_there() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        if not target.startswith("http"):
            assert (ROOT / target).exists(), target
    headings = re.findall(r"^#+ (.+)$", README, re.MULTILINE)
    for anchor in re.findall(r"\]\(#([^)]+)\)", README):
        assert anchor in {h.replace(" ", "-") for h in headings}, anchor
    for path in re.findall(r"`((?:tests|geo|webmap|boundaries|layers)/[\w/.-]+)`", README):
        assert (ROOT / path).exists(), path


def test_the_manifests_of_the_walk_are_read_without_a_fault(tmp_path: Path) -> None:
    """The TOML of 自分の町を10分で, with files of the shape it speaks of."""
    from geo.manifest import read_manifests

    walk = section("自分の町を10分で")
    files = dict(
        re.findall(
            r"`yaizu/((?:boundaries|layers)/[\w/]+\.toml)`\n\n```toml\n(.*?)```", walk, re.DOTALL
        )
    )
    assert len(files) == 3
    for name, text in files.items():
        tomllib.loads(text)
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "boundaries/junior_high_district/中学校区.shp").write_bytes(b"")
    (tmp_path / "layers/public_hall/222127_community_center.csv").write_bytes(b"")
    town, problems = read_manifests(tmp_path, None)
    assert problems == ()
    assert town is not None
    assert [level.title for level in town.levels] == ["中学校区"]
    assert [layer.title for layer in town.layers] == ["公共の場"]


@pytest.mark.realdata
def test_the_walk_ends_in_a_town_that_can_be_loaded(tmp_path: Path) -> None:
    """As a new user would: copy the files named in step 1, write the three manifests, check."""
    import os
    import shutil

    from geo.intake import read_town

    data = Path(os.environ["OTAKARA_REALDATA"]) / "yaizu-22212"
    walk = section("自分の町を10分で")
    for folder in re.search(r"mkdir -p (.+)", walk)[1].split():  # type: ignore[index]
        (tmp_path / folder).mkdir(parents=True)
    for source, target in re.findall(r"^cp (\S+) (\S+)$", walk, re.MULTILINE):
        found = list(data.glob(source))
        assert found, source
        for file in found:
            shutil.copy(file, tmp_path / target)
    for name, text in re.findall(
        r"`(yaizu/(?:boundaries|layers)/[\w/]+\.toml)`\n\n```toml\n(.*?)```", walk, re.DOTALL
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
    reading = read_town(tmp_path / "yaizu", None)
    assert reading.errors == ()
    assert [len(level.areas) for level in reading.levels] == [9]
    assert [len(layer.treasures) for layer in reading.layers] == [9]


def test_changelog_keeps_its_form() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## [Unreleased]" in text
    assert re.search(r"^### .*Added$", text, re.MULTILINE)
