"""Nothing of any of the 270 areas, no page, file or calendar, tells what everybody may not know."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from towns.minato.lists import lists
from towns.minato.plan import Scope

from geo.model.audience import Audience
from webmap.app import create_app
from webmap.context import CONTEXT

if TYPE_CHECKING:
    from conftest import LoadedTown

CODE = "99108"  # of the loaded copy
SUFFIXES = ("", ".json", ".geojson", ".csv", ".ics", "?mode=week")
HOMES = ("町丁目まで", "地区まで", "のせない")


def secrets() -> dict[str, str]:
    """Every text that stands in some hidden record or cell and in nothing that everybody sees."""
    hidden: dict[str, str] = {}
    public = ""
    for treasures in lists().values():
        for treasure in treasures:
            row = treasure.row
            name = row.get("名称") or row["停車場所"]
            seen = treasure.scope is Scope.PUBLIC
            home = row.get("地図での示し方") in HOMES
            cells = {"連絡先"} if not row.get("連絡先の公開範囲") else set()
            if not seen:
                hidden[name] = treasure.id
            if home or not seen:
                cells |= {"住所"}
            hidden |= {row[cell]: treasure.id for cell in cells if row.get(cell)}
            if seen:
                public += "\n" + "\n".join(
                    text for cell, text in row.items() if cell not in cells and cell != "いもづる元"
                )
    return {text: identity for text, identity in hidden.items() if text not in public}


@pytest.fixture(scope="module")
def told(minato: LoadedTown) -> dict[str, str]:
    """Every channel of every area, and the two overviews, as text."""
    app = create_app(minato.settings, audience=Audience.PUBLIC)
    client = app.test_client()
    areas = minato.areas()
    assert len(areas) == 16 + 12 + 90 + 152
    addresses = ["/", f"/{CODE}/welfare_district/"]
    for area in areas:
        # All of them are drawn from one answer: the second tier stands for the rest.
        every = area.startswith("welfare_district/")
        addresses += [f"/{CODE}/{area}{suffix}" for suffix in (SUFFIXES if every else (".json",))]
    answers = {}
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        answers[address] = answer.text
        answer.close()
    app.extensions[CONTEXT].database.dispose()
    return answers


def test_nothing_hidden_is_told(told: dict[str, str]) -> None:
    wanted = secrets()
    assert len(wanted) == 271
    pattern = re.compile("|".join(map(re.escape, sorted(wanted, key=len, reverse=True))))
    found = {
        (address, match.group(), wanted[match.group()])
        for address, text in told.items()
        for match in pattern.finditer(text)
        # A longer house number begins with a shorter one.
        if not (match.group()[-1].isdigit() and text[match.end() : match.end() + 1].isdigit())
    }
    assert found == set()
    everything = "\n".join(told.values())  # what is looked through does hold what may be seen
    for treasures in lists().values():
        for treasure in treasures:
            if treasure.scope is Scope.PUBLIC:
                assert (treasure.row.get("名称") or treasure.row["停車場所"]) in everything


def test_whose_word_it_was_is_told_to_nobody(told: dict[str, str]) -> None:
    text = "\n".join(told.values())
    for word in (
        "魚市場の食堂で聞いた",
        "民生委員さんから",
        "お名前と番地はのせない約束",
        "けがが治るまで",
    ):
        assert word not in text
