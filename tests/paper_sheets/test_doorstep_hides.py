"""What a doorstep sheet never tells: hidden treasures, and where the door is."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from paper_foundation.printed import text_of
from paper_sheets.conftest import DoorTown
from paper_sheets.test_doorstep import A1, A2, B1
from sqlalchemy import event

from geo.model.audience import Audience, Medium

BOTH = "ホームページ;冊子・印刷,,毎週火曜"


def test_consent_for_the_web_alone_is_on_no_sheet(own_town: DoorTown) -> None:
    own_town.write("layers/tea/tea.csv", BOTH, "ホームページ,,毎週火曜")
    own_town.load()
    assert own_town.ask(B1).near == ()
    sheet = own_town.sheet(B1)
    everything = text_of(sheet.pdf()) + str(sheet.data) + "".join(sheet.pictures.values())
    assert "あさひ会" not in everything
    assert "茶1" not in everything


def test_consent_for_paper_alone_is_not_given_out_over_the_web(own_town: DoorTown) -> None:
    own_town.write("layers/tea/tea.csv", BOTH, "冊子・印刷,,毎週火曜")
    own_town.load()
    assert [place.number for place in own_town.ask(B1).near] == [1]
    screen = own_town.ask(B1, medium=Medium.WEB)
    sheet = own_town.sheet(B1, screen=screen)
    everything = text_of(sheet.pdf()) + str(sheet.data) + "".join(sheet.pictures.values())
    assert "あさひ会" not in everything
    assert "茶1" not in everything
    assert "まだ見つかっていません" in everything


def test_what_is_for_others_is_on_no_sheet(with_streets: DoorTown) -> None:
    """茶5 is in the middle of A2, for 協議体まで; 茶7 is for 担当者だけ, 家10 is counted alone."""
    for at in (A1, A2, B1):
        sheet = with_streets.sheet(at)
        everything = text_of(sheet.pdf()) + str(sheet.data) + "".join(sheet.pictures.values())
        for hidden in ("つる会", "茶5", "ないしょ会", "茶7", "花岡さん宅", "家10", "はと会"):
            assert hidden not in everything


def test_nothing_that_is_asked_tells_where_the_door_is(
    with_streets: DoorTown, caplog: pytest.LogCaptureFixture
) -> None:
    """Neighbours twenty metres apart ask the same of the database, and no log knows a number."""
    asked: list[list[Any]] = []

    def listen(_conn: Any, _cursor: Any, _statement: str, given: Any, *_: Any) -> None:
        asked[-1].append(given)

    with caplog.at_level(logging.DEBUG):
        for away in (0.0, 0.0002):
            asked.append([])
            with with_streets.database.connect(Audience.PUBLIC, Medium.PRINT) as conn:
                engine = conn.engine
            event.listen(engine, "before_cursor_execute", listen)
            with_streets.sheet((B1[0] + away, B1[1]))
            event.remove(engine, "before_cursor_execute", listen)
    assert asked[0]
    assert asked[0] == asked[1]
    assert "138.50" not in caplog.text
