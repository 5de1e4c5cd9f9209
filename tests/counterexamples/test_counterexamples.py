"""One tiny town per fault, with the exact sentences the clerk must read.

Each folder is laid over ``base`` and read; ``expected.toml`` holds every problem that must come
out, in order, and nothing else may. ``remove`` takes base files away, ``make`` names a builder
below for files that git should not hold (hostile workbooks, symlinks).

``OTAKARA_BLESS=1`` writes what came out into ``expected.toml``; read the diff before committing.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from counterexamples.geometry_builders import GEOMETRY_BUILDERS
from counterexamples.list_builders import LIST_BUILDERS

from geo.intake import read_town
from geo.model.problem import Problem
from geo.model.problem_codes import PROBLEM_CODES
from geo.people_intake.people_checking import check_people

HERE = Path(__file__).parent
CASES = sorted(p.name for p in HERE.iterdir() if (p / "expected.toml").is_file())
HEADERS = ["ID", "名称", "緯度", "経度", "定員"]
ROW = ["1", "さくら会", 34.8671, 138.3229, 10]


def _book(*sheets: tuple[str, list[list[object]]]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return book


def _save(book: openpyxl.Workbook, town: Path) -> None:
    book.save(town / "layers/tea/places.xlsx")


def formula_error(town: Path) -> None:
    book = _book(("一覧", [HEADERS, [*ROW[:4], "#N/A"], ["2", "#REF!", 34.86, 138.32, 5]]))
    book["一覧"]["E2"].data_type = "e"
    book["一覧"]["B3"].data_type = "e"
    _save(book, town)


def formula_unsaved(town: Path) -> None:
    _save(_book(("一覧", [HEADERS, ["1", '="さくら"&"会"', 34.8671, 138.3229, 10]])), town)


def merged_cells(town: Path) -> None:
    book = _book(("一覧", [HEADERS, ROW, ["2", "もみじ会", 34.86, 138.32, None]]))
    book["一覧"].merge_cells("E2:E3")
    _save(book, town)


def hidden_cells(town: Path) -> None:
    """Row 3 and column E hidden, as a filter and a clerk leave them."""
    book = _book(("一覧", [HEADERS, ROW, ["2", "もみじ会", 34.86, 138.32, 5]]))
    book["一覧"].row_dimensions[3].hidden = True
    book["一覧"].column_dimensions["E"].hidden = True
    _save(book, town)


def two_sheets(town: Path) -> None:
    _save(_book(("令和7年", [HEADERS, ROW]), ("令和8年", [HEADERS, ROW])), town)


def zip_bomb(town: Path) -> None:
    path = town / "layers/tea/places.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as member,
    ):
        for _ in range(201):
            member.write(b" " * 1_000_000)


def external_entity(town: Path) -> None:
    buffer = io.BytesIO()
    _book(("一覧", [HEADERS, ROW])).save(buffer)
    with (
        zipfile.ZipFile(buffer) as source,
        zipfile.ZipFile(town / "layers/tea/places.xlsx", "w") as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + data.replace(
                    "さくら会".encode(), b"&e;"
                )
            target.writestr(name, data)


def locked_workbook(town: Path) -> None:
    (town / "layers/tea/places.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))


def no_workbook(town: Path) -> None:
    (town / "layers/tea/places.xlsx").write_bytes(b"PK\x03\x04 this is no workbook")


def symlink_out(town: Path) -> None:
    secret = town.parent / "secret.csv"
    secret.write_text("ID,名称\n1,ひみつ\n", "utf-8")
    (town / "layers/tea/places.csv").unlink()
    (town / "layers/tea/places.csv").symlink_to(secret)


def symlink_folder_out(town: Path) -> None:
    shutil.move(town / "layers/tea", town.parent / "tea")
    (town / "layers/tea").symlink_to(town.parent / "tea")


def utf16(town: Path) -> None:
    path = town / "layers/tea/places.csv"
    path.write_bytes(path.read_text("utf-8").encode("utf-16"))


def cp932(town: Path) -> None:
    path = town / "layers/tea/places.csv"
    path.write_bytes(path.read_text("utf-8").encode("cp932"))


def no_known_encoding(town: Path) -> None:
    path = town / "layers/tea/places.csv"
    path.write_bytes(path.read_bytes() + b"2,\xff\xfe\x80\x81\xa0,34.8,138.3,5\n")


def nul_in_a_name(town: Path) -> None:
    path = town / "layers/tea/places.csv"
    path.write_bytes(path.read_bytes().replace("さくら".encode(), "さ\x00く\x1bら".encode()))


def endless_text(town: Path) -> None:
    rows = f"ID,名称,備考\n1,さくら会,{'あ' * 2001}\n2,もみじ会,{'い' * 20001}\n"
    (town / "layers/tea/places.csv").write_text(rows, "utf-8")


def two_megabyte_cell(town: Path) -> None:
    rows = f"ID,名称,好きなもの\n1,さくら会,{'x' * 2_000_000}\n"
    (town / "layers/tea/places.csv").write_text(rows, "utf-8")


def too_many_rows(town: Path) -> None:
    with (town / "layers/tea/places.csv").open("a", encoding="utf-8") as stream:
        stream.writelines(f"{i},会{i},,,\n" for i in range(2, 200_002))


def manifest_in_cp932(town: Path) -> None:
    path = town / "layers/tea/layer.toml"
    path.write_bytes(path.read_text("utf-8").encode("cp932"))


BUILDERS: dict[str, Callable[[Path], None]] = GEOMETRY_BUILDERS | LIST_BUILDERS | {
    f.__name__: f
    for f in (
        formula_error, formula_unsaved, merged_cells, hidden_cells, two_sheets, zip_bomb, external_entity,
        locked_workbook, no_workbook, symlink_out, symlink_folder_out, utf16, cp932,
        no_known_encoding, nul_in_a_name, endless_text, two_megabyte_cell, too_many_rows,
        manifest_in_cp932,
    )
}  # fmt: skip


def _told(problem: Problem) -> dict[str, object]:
    told = {
        "severity": problem.severity.value,
        "code": problem.code,
        "file": problem.file,
        "sheet": problem.sheet,
        "cell": problem.cell,
        "row": problem.row,
        "message": problem.message_ja,
    }
    return {key: value for key, value in told.items() if value is not None}


def _bless(path: Path, case: dict[str, object], told: list[dict[str, object]]) -> None:
    lines = [
        f"{key} = {json.dumps(value, ensure_ascii=False)}"
        for key, value in case.items()
        if key != "problem"
    ]
    for problem in told:
        lines += ["", "[[problem]]"]
        lines += [f"{key} = {json.dumps(v, ensure_ascii=False)}" for key, v in problem.items()]
    path.write_text("\n".join(lines).lstrip("\n") + "\n", "utf-8")


@pytest.mark.parametrize("name", CASES)
def test_the_clerk_reads(name: str, tmp_path: Path) -> None:
    case = tomllib.loads((HERE / name / "expected.toml").read_text("utf-8"))
    town = tmp_path / "town"
    shutil.copytree(HERE / "base", town)
    for gone in case.get("remove", []):
        target = town / gone
        shutil.rmtree(target) if target.is_dir() else target.unlink()
    if (HERE / name / "town").is_dir():
        shutil.copytree(HERE / name / "town", town, dirs_exist_ok=True)
    for builder in case.get("make", []):
        BUILDERS[builder](town)
    reading = read_town(town, None)
    people = check_people(reading, lambda _sentence: None)
    problems = reading.problems if people is None else (*reading.problems, *people.problems)
    told = [_told(problem) for problem in problems]
    if os.environ.get("OTAKARA_BLESS") == "1":
        _bless(HERE / name / "expected.toml", case, told)
        return
    assert told == case.get("problem", [])


def test_base_has_no_fault(tmp_path: Path) -> None:
    shutil.copytree(HERE / "base", tmp_path / "town")
    reading = read_town(tmp_path / "town", None)
    assert reading.problems == ()
    assert [t.name for layer in reading.layers for t in layer.treasures] == ["さくら会"]


GEOMETRY = (
    "encoding-", "crs-", "axis-", "coordinates-", "shapefile-", "not-a-", "not-geojson", "part-",
    "dbf-", "gpkg-", "json-", "zip-", "geometry-", "area-", "polygon-", "boundary-", "order-",
    "member-", "keep-", "no-areas", "column-missing", "text-garbled", "too-many-columns",
    "format-unknown", "file-", "heights-", "street-", "graphml-", "ground-",
    "osm-", "overpass-", "not-overpass", "no-walkable-ways", "surface-", "coast-",
)  # fmt: skip
ELSEWHERE = {
    "id-names-another": "needs an earlier load",
    "id-changed": "needs an earlier load",
    "many-would-end": "needs an earlier load",
    "place-approximate": "tests/pinning: needs a gazetteer",
    "town-missing": "tests/intake",
    "streets-elsewhere": "tests/streets",
    "streets-empty": "tests/streets",
    "streets-not-measured": "tests/streets",
    "manifest-unreadable": "needs a file that root cannot read",
}


def test_every_kind_of_fault_of_lists_and_manifests_has_a_counterexample() -> None:
    """Kinds of fault of geometry files have theirs in tests/shapes and tests/street_intake."""
    shown = set()
    for name in CASES:
        case = tomllib.loads((HERE / name / "expected.toml").read_text("utf-8"))
        shown |= {problem["code"] for problem in case.get("problem", [])}
    owed = {c for c in PROBLEM_CODES if not c.startswith(GEOMETRY) and c not in ELSEWHERE}
    assert owed - shown == set()
