"""A layer whose manifest maps no columns: what its national data set makes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geo.folding import fold
from geo.intake.features import Features, warning
from geo.intake.national_editions import Edition, in_town, point_edition
from geo.intake.records import identity
from geo.manifest.layer_file import FIELD_HEADERS
from geo.model.problem import Problem
from geo.model.town import Layer, Municipality


def named_places(
    features: Features,
    layer: Layer,
    municipality: Municipality,
    file: str,
    problems: list[Problem],
) -> tuple[Features, Sequence[int]]:
    """The features with the columns ID, 名称 and 住所 put to them, cut to the town.

    Anything but a national data set known here is given back as it is, and so is a file that has
    a column of names already. What is assumed is put to ``problems``.

    Returns
    -------
    (Features, sequence of int)
        The features, and which of the file's (from 0) they are.
    """
    everything = range(len(features.rows))
    if fold(FIELD_HEADERS["name"]) in map(fold, features.headers):
        return features, everything
    edition = point_edition(features.headers, features.rows)
    if edition is None:
        return features, everything
    chosen = [
        n
        for n, row in enumerate(features.rows)
        if layer.keep or layer.drop or _is_here(edition, row, municipality)
    ]
    others = len(features.rows) - len(chosen)
    cut = (
        f"この町（{municipality.code}）の {len(chosen)} 件を使い、ほかの市区町村の {others} 件は除きました。"
        if others
        else ""
    )
    address = f"、住所は {edition.address[0]}" if edition.address else ""
    problems.append(
        warning(
            file,
            "edition-assumed",
            f"{edition.title_ja}とみて、名前は {edition.name[0]}{address} を使いました。{cut}"
            "ちがうときは、マニフェストの [columns] に列を書いてください。",
        )
    )
    named = Features(
        (*_HEADERS, *features.headers),
        tuple({**_cells(edition, features.rows[n]), **features.rows[n]} for n in chosen),
        tuple(features.geometries_wkb[n] for n in chosen),
        features.problems,
    )
    return named, chosen


_HEADERS = (FIELD_HEADERS["id"], FIELD_HEADERS["name"], FIELD_HEADERS["address"])


def _cells(edition: Edition, row: Mapping[str, str]) -> dict[str, str]:
    name, address = edition.name_of(row), edition.address_of(row)
    parts = [name, address, *(row.get(column, "") for column in edition.apart)]
    code = edition.code_of(row) if edition.code else identity(parts)
    return dict(zip(_HEADERS, (code, name, address), strict=True))


def _is_here(edition: Edition, row: Mapping[str, str], municipality: Municipality) -> bool:
    town = edition.town_of(row)
    return not town or in_town(town, municipality.code)
