"""Whom to ask next, worked out in the head.

The sticker lies at (650 m, 750 m) of ますめ市, in the square B2 鶴亀の会. 茶7 (750, 750) is 100 m
away, 茶5 (250, 750) 400 m, 茶4 (750, 1250) hypot(100, 500) = 510 m, 茶1 (250, 250) 640 m.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from stickers.conftest import StickerTown, at, hexed, sticker

from geo.database import TownDatabase
from geo.errors import AudienceError
from geo.model.audience import Audience, Medium
from geo.model.sticker import LONGEST_NOTE, Sticker, StickerState
from geo.stickers import meetings_of
from geo.stickers.ask_next import AreaDesk, AskNext, who_to_ask
from geo.stickers.list_rows import HEADERS, list_csv

DESK = "ますめ市社協 ☎ 000-000-0000"


@pytest.fixture(scope="module")
def town(make_town: Callable[[str], StickerTown]) -> StickerTown:
    return make_town("99761")


def ask(town: StickerTown, *stickers: Sticker) -> dict[str, AskNext]:
    database = TownDatabase(town.settings, town.code)
    try:
        with database.connect(Audience.COORDINATOR, Medium.WEB) as conn:
            return who_to_ask(conn, stickers)
    finally:
        database.dispose()


def placed(number: int, x_m: float, y_m: float) -> Sticker:
    lon, lat = at(x_m, y_m)
    return sticker(number, lon=lon, lat=lat)


def test_the_nearest_and_the_smallest(town: StickerTown) -> None:
    asked = ask(town, sticker(1), placed(2, 1750, 260))
    one = asked[hexed(1)]
    assert one.desk == DESK
    assert one.areas == (AreaDesk("町会", "鶴亀の会", None),)
    assert [(n.mark, n.distance_m) for n in one.nearest] == [
        ("茶7", 100),
        ("茶5", 400),
        ("茶4", 510),
    ]
    assert one.nearest[0].contact == "000-000-0107"
    assert one.nearest[0].found_through == "T5"
    assert one.text_ja == (
        "鶴亀の会／茶7 ないしょ会（100m、000-000-0107、いもづる元：T5）"
        "／茶5 つる会（400m、000-000-0105）／茶4 ほし会（510m、000-000-0104）"
        f"／地区の窓口：{DESK}"
    )
    two = asked[hexed(2)]
    assert [area.name for area in two.areas] == ["桜鳩の会"]
    assert [(n.mark, n.distance_m) for n in two.nearest] == [("茶6", 490), ("茶3", 500)]


def test_one_of_each_hall_is_enough(town: StickerTown) -> None:
    """At (250, 300) the hall of 茶1 and 茶2 is 50 m away, 茶5 450 m, 茶7 hypot(500, 450) = 673 m."""
    near = ask(town, placed(1, 250, 300))[hexed(1)].nearest
    assert [(n.mark, n.distance_m) for n in near] == [("茶1", 50), ("茶5", 450), ("茶7", 673)]


def test_far_from_everything_the_desk_is_left(town: StickerTown) -> None:
    asked = ask(town, placed(1, 9_000, 9_000), sticker(2, lon=0.0, lat=0.0))
    assert asked[hexed(1)] == AskNext(DESK, (), ())
    assert asked[hexed(2)].text_ja == f"地区の窓口：{DESK}"
    assert ask(town) == {}


def test_only_through_the_coordinators_door(town: StickerTown) -> None:
    database = TownDatabase(town.settings, town.code)
    try:
        with database.connect(Audience.PUBLIC, Medium.WEB) as conn, pytest.raises(AudienceError):
            who_to_ask(conn, [sticker()])
    finally:
        database.dispose()


def test_a_suggestion_is_never_cut_in_the_middle() -> None:
    areas = tuple(AreaDesk("町会", f"{n}番目のとても長い名前の町会" * 8, None) for n in range(5))
    text = AskNext("窓口", areas, ()).text_ja
    assert len(text) <= LONGEST_NOTE
    assert text.split("／") == [areas[0].name, areas[1].name, "地区の窓口：窓口"]


def test_meetings_with_work_come_first_then_the_latest() -> None:
    day = sticker().met_at
    given = [
        sticker(1, meeting=hexed(1), met_at=day.replace(day=1), state=StickerState.DONE),
        sticker(2, meeting=hexed(2), met_at=day.replace(day=2)),
        sticker(3, meeting=hexed(3), met_at=day.replace(day=3)),
        sticker(4, meeting=hexed(3), met_at=day.replace(day=3), code="q2", area="南東区"),
        sticker(5, meeting=hexed(2), met_at=day.replace(day=2), state=StickerState.DROPPED),
    ]
    assert [(m.title_ja, len(m.drafts), m.open_count) for m in meetings_of(given)] == [
        ("2026年11月3日（火） 南西区の集まり", 1, 1),
        ("2026年11月3日（火） 南東区の集まり", 1, 1),
        ("2026年11月2日（月） 南西区の集まり", 2, 1),
        ("2026年11月1日（日） 南西区の集まり", 1, 0),
    ]


def test_rows_for_the_list_are_private_and_run_nothing() -> None:
    given = [
        sticker(1, "あ", "=cmd|'/c calc'!A0", note="＋81"),
        sticker(2, "い", lon=-0.5, ask_next="@組長"),
        sticker(3, "う", "済んだもの", state=StickerState.DONE),
        sticker(4, "え", '"引用",と読点', state=StickerState.ASKED, area="-北区", code="q3"),
    ]
    content = list_csv(meetings_of(given))
    assert content.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert tuple(head) == HEADERS
    assert head == ["名称", "緯度", "経度", "地区", "公開範囲", "いもづる元", "備考"]
    assert {row[4] for row in rows} == {"担当者だけ"}
    names = {row[0]: row for row in rows}
    assert list(names) == ["'=cmd|'/c calc'!A0", "「い」", '"引用",と読点']
    assert names["「い」"][2] == "-0.5000000"
    assert names["「い」"][6] == "ふせん「い」。たずねる先：@組長"
    assert names['"引用",と読点'][3] == "'-北区"
    assert names["「い」"][5] == "2026年11月21日（土） 南西区の集まり"
    assert b"\r\n" in content


def test_the_rows_are_read_as_a_list_of_the_town(town: StickerTown) -> None:
    """What was exported becomes a layer, and nobody below 担当者だけ sees it."""
    from geo.intake import read_town

    layer = town.settings.town / "layers/from_meetings"
    layer.mkdir()
    (layer / "layer.toml").write_text(
        'title = "集まりから"\nsymbol = "集"\ncolor = "#444444"\nsource = "集まり"\n'
        'licence = ""\nas_of = 2026-11-21\nidentify = ["名称", "備考"]\n',
        "utf-8",
    )
    (layer / "rows.csv").write_bytes(list_csv(meetings_of([sticker(1, "あ", "朝市")])))
    try:
        reading = read_town(town.settings.town, None)
        (treasure,) = next(r for r in reading.layers if r.layer.id == layer.name).treasures
    finally:
        for path in layer.iterdir():
            path.unlink()
        layer.rmdir()
    assert (treasure.name, treasure.audience) == ("朝市", Audience.COORDINATOR)
    assert (treasure.lon, treasure.lat) == pytest.approx(at(650, 750), abs=1e-6)
    assert treasure.found_through == "2026年11月21日（土） 南西区の集まり"
    assert treasure.area == "南西区"
