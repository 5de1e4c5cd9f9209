"""The README's walk from a workbook, typed as it stands: no step that is not written there."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from geo.cluster import Cluster
from geo.manifest import read_manifests

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TOWN = {"○○市": "ためし町", "12345": "22997"}


def _section(title: str) -> str:
    return README.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]


def _typed(walk: str) -> list[list[str]]:
    """The lines of the command blocks, with a made-up town in place of the README's blanks."""
    lines = "\n".join(re.findall(r"```\n(.*?)```", walk, re.DOTALL)).splitlines()
    for blank, word in TOWN.items():
        lines = [line.replace(blank, word) for line in lines]
    return [words for line in lines if (words := shlex.split(line, comments=True))]


@pytest.fixture
def run(cluster: Cluster, tmp_path: Path):  # type: ignore[no-untyped-def]
    environ = {k: v for k, v in os.environ.items() if not k.startswith("OTAKARA_")}
    environ["OTAKARA_CLUSTER"] = str(cluster.folder)
    (tmp_path / ".venv").symlink_to(Path(sys.prefix))

    def typed(words: list[str]) -> str:
        done = subprocess.run(
            words, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        return done.stdout

    return typed


def test_from_a_workbook_to_the_map(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    from towns.make_her_workbook import make

    make().save(tmp_path / "一覧.xlsx")
    otakara = ".venv/bin/otakara"
    commands = _typed(_section("Excelの一覧から10分で"))
    assert [words[3:4] for words in commands] == [[], ["new"], ["up"], ["up"], ["publish"]]
    folder, new, *_ups, publish = commands
    run(folder)
    said = run(new)
    assert "30件を読み込みました。だれでも見られるもの 11件、担当者だけ 19件" in said
    # `up` is `load` and a server: the first of them here.
    loaded = run([otakara, "--town", "mytown", "load"])
    assert "つどいの場 30件（新しい 30" in loaded
    published = run([*publish, "--yes"])
    assert "11件 から 14件 になります" in published
    run([otakara, "--town", "mytown", "load"])
    run([otakara, "--town", "mytown", "map", "district/1", "-o", "map.html"])
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    public = re.findall(r'<span class="entry-name">([^<]+)</span>', page)
    assert public

    run([otakara, "--town", "mytown", "check", "--marked", "確認"])
    (marked,) = (tmp_path / "確認").rglob("*.xlsx")
    assert openpyxl.load_workbook(marked).sheetnames[0] == "確認"
    placed = run([otakara, "--town", "mytown", "place"])
    assert placed.startswith("場所が決まっていない 42件")


def test_the_gazetteer_of_the_readme_is_read(tmp_path: Path) -> None:
    (text,) = re.findall(r"```toml\n(.*?)```", _section("場所を決める"), re.DOTALL)
    town = tmp_path / "town"
    (town / "boundaries").mkdir(parents=True)
    layer = town / "layers" / "public_hall"
    layer.mkdir(parents=True)
    (town / "boundaries" / "municipality.toml").write_text(
        'name = "ためし町"\ncode = "22999"\nplane_zone = 8\n', encoding="utf-8"
    )
    (layer / "layer.toml").write_text(
        'title = "公民館"\nsymbol = "公"\ncolor = "#0f7a45"\nsource = "町"\nlicence = "町"\n'
        "as_of = 2026-04-01\n",
        encoding="utf-8",
    )
    (layer / "list.csv").write_text("ID,名称\n1,東公民館\n", encoding="utf-8")
    (town / "boundaries" / "gazetteer.toml").write_text(text, encoding="utf-8")
    for name in ("hinanjo.csv", "22999_2024.csv"):
        (town / "boundaries" / name).write_text("名称,住所\n", encoding="utf-8")
    read, problems = read_manifests(town, None)
    assert problems == ()
    assert read is not None
    assert read.gazetteer is not None
    assert [v.title for v in read.gazetteer.venues] == ["公民館", "避難所一覧"]
    assert [a.kind.value for a in read.gazetteer.addresses] == ["block"]
