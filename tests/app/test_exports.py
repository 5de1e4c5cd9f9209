"""Nothing a record says becomes a formula, a folder or a line of its own."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.model.map_answer import MapAnswer
from geo.spreadsheet_cell import safe_cell
from tests.front.sample import map_answer
from webmap.exports import as_csv, as_geojson, download_name


@pytest.fixture(scope="module")
def answer() -> MapAnswer:
    return map_answer()


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+81",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "\u3000=1",
        "＝1",
        "\ufeff=1",
        "\n=1",
    ],
)
def test_formulas_get_a_quote(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@given(st.text(alphabet="=+-@\t\r\n \u3000'\"あa1,;＝", max_size=8))
def test_no_cell_starts_a_formula(text: str) -> None:
    cell = safe_cell(text)
    assert cell.lstrip(" \u3000\n")[:1] not in {"=", "+", "-", "@", "＝"}
    assert cell.removeprefix("'") == text.removeprefix("'")


def test_every_entry_is_one_row(answer: MapAnswer) -> None:
    worst = msgspec.structs.replace(
        answer.entries[0], name='=HYPERLINK("http://x","押す")\r\n"二行目",'
    )
    changed = replace(answer, entries=(worst, *answer.entries[1:]))
    rows = list(csv.reader(io.StringIO(as_csv(changed).decode("utf-8-sig"), newline="")))
    assert len(rows) == 1 + len(answer.entries)
    assert rows[1][2] == f"'{worst.name}"
    assert {len(row) for row in rows} == {len(rows[0])}
    labels = {label for entry in answer.entries for label, _ in entry.fields}
    assert labels <= set(rows[0])


def test_features_are_the_entries(answer: MapAnswer) -> None:
    features = as_geojson(answer)["features"]
    assert [f["properties"]["mark"] for f in features] == [e.mark for e in answer.entries]
    assert [f["geometry"] is None for f in features] == [e.flag is None for e in answer.entries]


def test_file_names_are_safe(answer: MapAnswer) -> None:
    area = replace(answer.area, name="../../\u202e会\x00/" + "長" * 300)
    name = download_name(replace(answer, area=area), ".csv")
    assert name.endswith(".csv")
    assert len(name) < 90
    assert not set(name) & set('/\\\x00\u202e:"')
