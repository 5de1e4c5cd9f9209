"""Every answer about ``tests/town``, worked out by head (see its README)."""

from __future__ import annotations

from datetime import date

import pytest

from geo.database import TownDatabase
from geo.errors import AudienceError, NotFoundError
from geo.model.audience import Audience, Medium, Newcomers, Placed, Precision, Status
from geo.model.map_answer import MapAnswer
from geo.questions import area_rows, revision, town_overview, treasure_map

P, C, S, K = Audience.PUBLIC, Audience.COUNCIL, Audience.PARTNERS, Audience.COORDINATOR

# area: numbers that だれでも, 協議体まで, 支援関係者まで, 担当者だけ find; records counted only
FOUND: dict[str, tuple[set[int], set[int], set[int], set[int], int]] = {
    "quarter/q1": ({1, 2}, {1, 2, 5}, {1, 2, 5}, {1, 2, 5, 7}, 0),
    "quarter/q2": ({3}, {3}, {3, 6}, {3, 6}, 0),
    "quarter/q3": ({4}, {4}, {4}, {4}, 0),
    "quarter/q4": ({8, 9}, {8, 9}, {8, 9}, {8, 9}, 1),
    "strip/s1": ({3}, {3}, {3}, {3}, 0),
    "strip/s2": ({1, 2}, {1, 2, 5}, {1, 2, 5}, {1, 2, 5, 7}, 0),
    "strip/s3": (set(), set(), {6}, {6}, 0),
    "strip/s4": ({4}, {4}, {4}, {4}, 0),
    "strip/s5": ({9}, {9}, {9}, {9}, 1),
    "strip/s6": ({8}, {8}, {8}, {8}, 0),
}
NEVER_PUBLIC = [
    "つる会",
    "はと会",
    "ないしょ会",
    "花岡",
    "梅田さん宅",
    "星野さん宅",
    "亀井さん宅",
    "番地は出さない",
    "だれにも言わない",
    "梅町1-1",
    "星町2-2",
    "000-000-01",
]


def ask(
    database: TownDatabase,
    where: str,
    audience: Audience = P,
    medium: Medium = Medium.WEB,
) -> MapAnswer:
    level, code = where.split("/")
    with database.connect(audience, medium) as conn:
        return treasure_map(
            conn,
            audience=audience,
            medium=medium,
            level=level,
            code=code,
            today=revision(conn)[1],
        )


@pytest.mark.parametrize("medium", list(Medium))
@pytest.mark.parametrize("audience", list(Audience))
def test_who_finds_what_where(squares: TownDatabase, audience: Audience, medium: Medium) -> None:
    for where, found in FOUND.items():
        answer = ask(squares, where, audience, medium)
        assert {entry.number for entry in answer.entries} == found[audience], where
        hidden = found[4] if audience is K else None
        assert answer.hidden_count == hidden, where


def test_two_groups_of_one_hall_share_a_flag(squares: TownDatabase) -> None:
    answer = ask(squares, "quarter/q1")
    assert [(e.mark, e.flag) for e in answer.entries] == [("茶1", 0), ("茶2", 0)]
    (flag,) = answer.flags
    assert (flag.lon, flag.lat) == (138.502773091, 36.002253277)
    assert flag.numbers == (1, 2)
    assert not flag.approximate


def test_an_entry_says_what_its_audience_may_see(squares: TownDatabase) -> None:
    """連絡先 is in [show], but without 連絡先の公開範囲 it is for 担当者だけ."""
    first, second = ask(squares, "quarter/q1").entries
    assert first.fields == (
        ("日時", "毎週火曜 10:00〜11:00"),
        ("会場", "松会館"),
        ("住所", "ますめ市松町1-1"),
    )
    assert first.functions == ("見守り・見守られ", "健康づくり")
    assert first.meaning == "朝日がさしこみます。"
    assert (first.status, first.newcomers) == (Status.ACTIVE, Newcomers.ANYONE)
    assert (first.precision, first.placed) == (Precision.POINT, Placed.SOURCE)
    assert "アサヒ会" in first.search
    assert "松会館" in first.search
    assert second.status is Status.PAUSED
    full = ask(squares, "quarter/q1", K).entries[0]
    assert full.fields[-1] == ("連絡先", "000-000-0101")
    assert "000-000-0101" in full.search
    assert "000-000-0101" not in first.search


def test_a_block_is_a_hollow_flag_in_its_middle(squares: TownDatabase) -> None:
    """うめ会 stands at the middle of C1 (1250, 250), its own place; the flag is the block's."""
    answer = ask(squares, "quarter/q2")
    (flag,) = answer.flags
    assert flag.approximate
    assert (flag.lon, flag.lat) == pytest.approx((138.513865455, 36.002252508), abs=2e-4)
    (entry,) = answer.entries
    assert entry.precision is Precision.BLOCK
    assert entry.placed is Placed.BLOCK
    assert dict(entry.fields).keys() == {"日時", "住所"}
    assert "梅町" in dict(entry.fields)["住所"]
    assert "1-1" not in dict(entry.fields)["住所"]


def test_an_area_record_is_listed_without_a_flag(squares: TownDatabase) -> None:
    answer = ask(squares, "quarter/q3")
    (entry,) = answer.entries
    assert (entry.mark, entry.flag, entry.precision) == ("茶4", None, Precision.AREA)
    assert answer.flags == ()
    assert ask(squares, "quarter/q3", K).flags[0].numbers == (4,)


def test_no_public_answer_holds_a_hidden_word(squares: TownDatabase) -> None:
    said = "".join(repr(ask(squares, where)) for where in FOUND)
    with squares.connect(P) as conn:
        said += repr(town_overview(conn, audience=P, medium=Medium.WEB, today=date.today()))
    assert [word for word in NEVER_PUBLIC if word in said] == []
    assert "ないしょ会" in repr(ask(squares, "quarter/q1", K))


def test_the_ground_of_a_page(squares: TownDatabase) -> None:
    """q1 is the south-west: q2 and q3 share an edge with it, q4 a corner."""
    answer = ask(squares, "quarter/q1")
    assert [(n.area.code, n.treasures) for n in answer.neighbours] == [
        ("q2", 1),
        ("q3", 1),
        ("q4", 2),
    ]
    assert [(s.area.code, s.treasures, round(s.share or 0, 3)) for s in answer.sub_areas] == [
        ("s1", 1, 0.5),
        ("s2", 2, 0.75),
    ]
    assert answer.outline is not None
    (ring,) = answer.outline["coordinates"]
    assert len(ring) == 6, "four corners, and twice the point where the ring begins"
    # 1,000 m from the origin (138.5, 36.0) to the east and to the north
    assert answer.bounds == pytest.approx((138.5, 36.0, 138.511093, 36.009013), abs=1e-5)
    assert answer.straddles == ()
    assert [(layer.id, layer.count) for layer in answer.layers] == [("tea", 2)]
    assert answer.as_of == date(2026, 4, 1)
    assert answer.today == date(2026, 4, 10)
    assert answer.credits == ("出典：テスト（CC0-1.0）",)
    assert answer.functions == ("見守り・見守られ", "健康づくり", "交流・居場所")
    assert answer.statuses == (Status.ACTIVE, Status.PAUSED)
    assert [(c.level.id, len(c.areas)) for c in answer.choices] == [
        ("quarter", 4),
        ("strip", 6),
        ("cell", 16),
    ]
    assert answer.town.name == "ますめ市"


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("strip/s1", [("q1", 0.5), ("q2", 0.5)]),
        ("strip/s2", [("q1", 0.75), ("q2", 0.25)]),
        ("strip/s3", []),
        ("quarter/q2", []),
        ("cell/D4", []),
    ],
)
def test_straddles(squares: TownDatabase, where: str, expected: list[tuple[str, float]]) -> None:
    said = ask(squares, where).straddles
    assert [(s.code, round(s.share, 3)) for s in said] == expected


def test_an_area_nobody_drew_is_a_list(squares: TownDatabase) -> None:
    """空の会 consists of D4, which lies in q4; its treasure has no place."""
    answer = ask(squares, "strip/s6")
    assert not answer.area.drawn
    assert (answer.outline, answer.bounds, answer.neighbours, answer.flags) == (None, None, (), ())
    assert [entry.mark for entry in answer.entries] == ["茶8"]
    assert [s.area.code for s in ask(squares, "quarter/q4").sub_areas] == ["s5", "s6"]
    assert ask(squares, "quarter/q4").sub_areas[1].outline is None


def test_an_empty_area_is_a_page(squares: TownDatabase) -> None:
    answer = ask(squares, "strip/s3")
    assert (answer.entries, answer.flags, answer.layers, answer.as_of) == ((), (), (), None)
    assert answer.bounds is not None
    assert answer.credits == ("出典：テスト（CC0-1.0）",)


def test_what_does_not_exist_is_said_with_a_hint(squares: TownDatabase) -> None:
    with pytest.raises(NotFoundError) as wrong_level:
        ask(squares, "quater/q1")
    assert wrong_level.value.message_ja == "圏域の種類「quater」はありません。"
    assert wrong_level.value.hint_ja.startswith("「quarter」")
    with pytest.raises(NotFoundError) as wrong_area:
        ask(squares, "strip/鶴亀")
    assert wrong_area.value.hint_ja == "「s2」（鶴亀の会）のことでしょうか。"


def test_an_answer_never_wears_another_audiences_label(squares: TownDatabase) -> None:
    with squares.connect(K) as conn, pytest.raises(AudienceError):
        treasure_map(
            conn, audience=P, medium=Medium.WEB, level="quarter", code="q1", today=date.today()
        )
    with squares.connect(P) as conn, pytest.raises(AudienceError):
        area_rows(conn, audience=P, medium=Medium.PRINT, today=date.today())


@pytest.mark.parametrize(("audience", "total", "hidden"), [(P, 6, None), (K, 9, 1)])
def test_the_town_counts_each_treasure_once(
    squares: TownDatabase, audience: Audience, total: int, hidden: int | None
) -> None:
    with squares.connect(audience) as conn:
        answer = town_overview(conn, audience=audience, medium=Medium.WEB, today=date.today())
    assert sum(layer.count for layer in answer.layers) == total
    assert answer.hidden_count == hidden
    assert answer.homeless == ()
    assert len(answer.rows) == 4 + 6 + 16
    for row in answer.rows:
        if row.area.level != "cell":
            found = FOUND[f"{row.area.level}/{row.area.code}"][audience]
            assert sum(row.treasures.values()) == len(found)
            assert 0 not in row.treasures.values()
    assert answer.bounds == pytest.approx((138.5, 36.0, 138.5221849, 36.0180247), abs=1e-4)


def test_a_level_counts_only_what_lies_in_it(squares: TownDatabase) -> None:
    """そら会 has no place; 空の会, which it names, surely lies in q4: the quarters hold all six."""
    with squares.connect(P) as conn:
        answer = town_overview(
            conn, audience=P, medium=Medium.WEB, today=date.today(), level="quarter"
        )
    assert answer.level is not None
    assert [row.area.code for row in answer.rows] == ["q1", "q2", "q3", "q4"]
    assert {layer.id: layer.count for layer in answer.layers} == {"tea": 5, "stop": 1}
    assert all(row.outline for row in answer.rows)


def test_area_rows_list_shares_from_one_percent(squares: TownDatabase) -> None:
    with squares.connect(P) as conn:
        rows = area_rows(conn, audience=P, medium=Medium.WEB, today=date.today(), level="quarter")
    assert [(o.code, round(o.share, 3)) for o in rows[0].overlaps if o.level == "strip"] == [
        ("s2", 0.75),
        ("s1", 0.25),
    ]
    assert rows[0].straddles == ()
    assert rows[0].outline is None
