"""``boundaries/people.toml`` -> :class:`PeopleSources`."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from geo.manifest.boundary_file import PLACEHOLDER_DAY
from geo.manifest.data_paths import (
    GEOMETRY_SUFFIXES,
    TABLE_SUFFIXES,
    Ground,
    named_file,
    required_data,
)
from geo.manifest.reading_keys import no_such_folder, read_crs, read_encoding
from geo.manifest.strict_table import StrictTable, near_ja
from geo.model.people import PeopleBand, PeopleForm, PeopleSources

PEOPLE_FILE = "boundaries/people.toml"
DEFAULT_TITLE = "人口"

PEOPLE_SUFFIXES = (".txt", *TABLE_SUFFIXES, ".dbf", *GEOMETRY_SUFFIXES)

PEOPLE_COLUMNS = ("code", "name", *(band.value for band in PeopleBand), "lat", "lon", "latlon")
"""What a table of people may tell: the keys of ``[columns]``."""

_JOINED = (PeopleForm.SMALL_AREA, PeopleForm.AGE_TABLE)
"""Forms whose rows are joined to polygons by a code."""


def read_people_manifest(
    table: StrictTable, ground: Ground, levels: Collection[str]
) -> PeopleSources | None:
    """Read the manifest; every fault is kept in the table's problems.

    Parameters
    ----------
    table : StrictTable
        The file, opened.
    ground : Ground
        Where its paths may lead.
    levels : collection of str
        Ids of the town's levels, which the manifest may name.

    Returns
    -------
    PeopleSources or None
        None where the form is not known: nothing else can be understood then.
    """
    form = _form(table)
    folder = ground.town / "boundaries"
    level, shapes = _polygons(table, form, folder, ground, levels)
    sources = PeopleSources(
        form=form or PeopleForm.POLYGONS,  # a placeholder: without a form nothing is read
        title=table.text("title") or DEFAULT_TITLE,
        source=table.text("source", required=True) or "",
        licence=table.text("licence", required=True) or "",
        as_of=table.day("as_of") or PLACEHOLDER_DAY,
        data=required_data(table, folder, ground, PEOPLE_SUFFIXES),
        level=level,
        shapes=shapes,
        shapes_code=table.text("shapes_code"),
        shares=_shares(table),
        columns=table.text_map("columns", known=PEOPLE_COLUMNS),
        keep=table.texts_map("keep", values=True),
        drop=table.texts_map("drop", values=True),
        sheet=table.text("sheet"),
        header_row=table.optional_integer("header_row", low=1, high=1000),
        encoding=read_encoding(table),
        crs=read_crs(table),
    )
    table.finish()
    return None if form is None else sources


def _form(table: StrictTable) -> PeopleForm | None:
    word = table.text("form", required=True)
    known = [form.value for form in PeopleForm]
    if word in known:
        return PeopleForm(word)
    if word is not None:
        table.error(
            "manifest-bad-value",
            f"「form」は {'、'.join(known)} のどれかです。{near_ja(word, known)}",
            "form",
            word,
        )
    return None


def _polygons(
    table: StrictTable,
    form: PeopleForm | None,
    folder: Path,
    ground: Ground,
    levels: Collection[str],
) -> tuple[str | None, Path | None]:
    """The level or the file that says where the areas of the table lie."""
    level, name = table.text("level"), table.text("shapes")
    shapes = None
    if name is not None:
        shapes = named_file(table, "shapes", name, folder, ground, GEOMETRY_SUFFIXES)
    if level is not None and level not in levels:
        no_such_folder(table, "level", level, "boundaries", levels)
        level = None
    if table.has("level") and table.has("shapes"):
        table.error(
            "manifest-bad-value",
            "「level」と「shapes」は、どちらか一つを書いてください。",
            "shapes",
            name,
        )
    elif form is PeopleForm.SMALL_AREA and not table.has("level") and not table.has("shapes"):
        table.error(
            "manifest-key-missing",
            "「level」がありません。人口の表の番号がどの境界のものか、boundaries のフォルダの名前で書いてください"
            "（境界のファイルを別に使うなら「shapes」）。",
            "level",
        )
    elif form is not None and table.has("shapes") and form not in _JOINED:
        table.error(
            "manifest-bad-value",
            f"「form」が {form.value} のときは、「shapes」は書けません。",
            "shapes",
            name,
        )
    return level, shapes


def _shares(table: StrictTable) -> dict[PeopleBand, float]:
    """``[shares]`` by band; people of 75 and over are among those of 65 and over."""
    bands = [band for band in PeopleBand if band is not PeopleBand.EVERYBODY]
    said = table.fractions("shares", known=[band.value for band in bands])
    shares: dict[PeopleBand, float] = {
        band: said[band.value] for band in bands if band.value in said
    }
    if list(shares.values()) != sorted(shares.values(), reverse=True):
        table.error(
            "manifest-bad-value",
            "[shares] の割合は、年が上がるほど小さくなるように書いてください（65歳以上には75歳以上もふくみます）。",
            "shares",
        )
    return shares
