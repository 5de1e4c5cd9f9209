"""Towns that lack something: streets, people, heights, places; people and places off the streets."""

from __future__ import annotations

import json

import pytest
from coverage_questions.conftest import OpenSquares, WalkTown

from geo.crs import reproject
from geo.errors import AudienceError, NotFoundError, WordsError
from geo.model.audience import Audience, Medium
from geo.model.coverage_answer import Figure
from geo.model.coverage_question import CoverageQuestion
from geo.model.people import PeopleBand
from geo.questions import coverage, gaps

PEOPLE = "boundaries/people.geojson"


def change_people(town: WalkTown, code: str, **counts: int | None) -> None:
    """Other counts for one square."""
    file = town.folder / PEOPLE
    told = json.loads(file.read_text("utf-8"))
    for feature in told["features"]:
        if feature["properties"]["code"] == code:
            feature["properties"] |= counts
    file.write_text(json.dumps(told, ensure_ascii=False), "utf-8")


def add_tea(town: WalkTown, line: str) -> None:
    """One more gathering."""
    file = town.folder / "layers/tea/tea.csv"
    file.write_text(file.read_text("utf-8").rstrip("\n") + f"\n{line}\n", "utf-8")


def at_m(x_m: float, y_m: float) -> tuple[float, float]:
    """Latitude and longitude of a point of the squares."""
    from shapely import Point

    point = reproject(Point(x_m, y_m), "EPSG:6676", "EPSG:4326")
    return round(point.y, 9), round(point.x, 9)


def test_without_streets_nothing_is_reckoned(own_squares: WalkTown) -> None:
    (own_squares.folder / "boundaries/streets.toml").unlink()
    own_squares.load()
    for ask in (own_squares.coverage, own_squares.map, own_squares.reach):
        with pytest.raises(NotFoundError) as refused:
            ask(level="quarter")
        assert refused.value.message_ja == (
            "この町には、まだ道のデータがありません。道のりは計算できません。"
        )
        assert "boundaries/streets.toml" in refused.value.hint_ja


def test_without_people_streets_are_shaded_and_nobody_is_counted(own_squares: WalkTown) -> None:
    (own_squares.folder / "boundaries/people.toml").unlink()
    own_squares.load()
    with pytest.raises(NotFoundError) as refused:
        own_squares.coverage(level="quarter")
    assert refused.value.message_ja == (
        "この町には、まだ人口のデータがありません。人数は計算できません。"
    )
    assert set(own_squares.map().shades["1"]) == {"0", "1", "2", "3"}
    assert own_squares.reach()["coordinates"]


def test_without_places_nobody_has_anything(own_squares: WalkTown) -> None:
    for layer in ("tea", "stop"):
        head, *_ = (
            (own_squares.folder / f"layers/{layer}/{layer}.csv").read_text("utf-8").split("\n")
        )
        (own_squares.folder / f"layers/{layer}/{layer}.csv").write_text(f"{head}\n", "utf-8")
    own_squares.load()
    answer = own_squares.coverage(level="quarter")
    assert [one.figure for one in answer.areas] == [
        Figure(people=40, unknown=0, covered={5: 0, 10: 0, 15: 0})
    ] * 4
    assert answer.layers == ()
    assert answer.as_of is None
    assert not any(day.seen for one in answer.areas for day in one.weekdays)
    assert set(own_squares.map().shades["any"]) == {"3"}
    assert own_squares.reach()["coordinates"] == []
    (gap,) = own_squares.gaps("quarter/q1").gaps
    assert (gap.people, gap.nearest, gap.nearest_m) == (40, None, None)
    assert gap.streets_m == 500 + 750 + 750 + 1000


def test_people_nobody_counted_and_areas_of_nobody(own_squares: WalkTown) -> None:
    """In A1 nobody lives, of B1 nobody knows; 南西区 has the 20 of A2 and B2 left.

    Of A2 six live within reach of 茶1, which are too few to tell.
    """
    change_people(own_squares, "A1", **{"人口": 0, "65歳以上": 0, "75歳以上": 0})
    change_people(own_squares, "B1", **{"人口": 10, "65歳以上": None, "75歳以上": None})
    own_squares.load()
    answer = own_squares.coverage(level="quarter", code="q1")
    (one,) = answer.areas
    assert one.figure.people == 20
    assert one.figure.covered[10] is None
    assert answer.cells_unknown == 1
    assert one.bands[PeopleBand.EVERYBODY].people == 30
    assert own_squares.area("cell/A1").figure == Figure(0, 0, {5: 0, 10: 0, 15: 0})
    unknown = own_squares.area("cell/B1").figure
    assert unknown == Figure(None, None, {5: None, 10: None, 15: None})
    assert own_squares.area("cell/B1", band=PeopleBand.EVERYBODY).figure.people == 10


def test_a_band_nobody_counted_is_refused_and_never_guessed(own_squares: WalkTown) -> None:
    manifest = "boundaries/people.toml"
    own_squares.write(manifest, '"65" = "65歳以上"\n', "")
    own_squares.write(manifest, '"75" = "75歳以上"\n', "")
    file = own_squares.folder / PEOPLE
    told = json.loads(file.read_text("utf-8"))
    for feature in told["features"]:
        feature["properties"].pop("65歳以上")
        feature["properties"].pop("75歳以上")
    file.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    own_squares.load()
    answer = own_squares.coverage(level="quarter")
    assert answer.band is PeopleBand.EVERYBODY  # the town asks for 65, which nobody knows
    assert set(answer.areas[0].bands) == {PeopleBand.EVERYBODY}
    with pytest.raises(NotFoundError) as refused:
        own_squares.coverage(band=PeopleBand.FROM_75)
    assert refused.value.message_ja == "75歳以上の人数は、この町の表にありません。"
    assert refused.value.hint_ja == "わかるのは、住民の人数です。"


def test_an_assumed_share_is_said(own_squares: WalkTown) -> None:
    own_squares.write("boundaries/people.toml", '"75" = "75歳以上"\n', "")
    file = own_squares.folder / PEOPLE
    told = json.loads(file.read_text("utf-8"))
    for feature in told["features"]:
        feature["properties"].pop("75歳以上")
    file.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    manifest = own_squares.folder / "boundaries/people.toml"
    manifest.write_text(manifest.read_text("utf-8") + '\n[shares]\n"75" = 0.3\n', "utf-8")
    own_squares.load()
    answer = own_squares.coverage(level="quarter", band=PeopleBand.FROM_75)
    assert dict(answer.method.assumed_shares) == {PeopleBand.FROM_75: 0.3}
    assert [one.figure.people for one in answer.areas] == [12] * 4


def test_a_place_off_the_streets_is_said_and_reaches_nobody(own_squares: WalkTown) -> None:
    """500 m north of the town no street is within 300 m; nobody walks there."""
    lat, lon = at_m(1000, 2600)
    add_tea(
        own_squares,
        f"T9,11,やま会,山小屋,ますめ市,,だれでも,,ホームページ;冊子・印刷,,毎週日曜 10時〜,,,,,,,,{lat},{lon}",
    )
    own_squares.load()
    answer = own_squares.coverage()
    assert answer.off_streets == 1
    assert [(layer.id, layer.count) for layer in answer.layers] == [("tea", 1), ("stop", 1)]
    assert all(one.weekdays[6].every == 0 for one in answer.areas)


def test_people_off_the_streets_are_unknown(own_squares: WalkTown) -> None:
    """D4 loses its streets: all of it is 250 m and more from those that are left, and 100 are allowed."""
    file = own_squares.folder / "boundaries/streets.geojson"
    told = json.loads(file.read_text("utf-8"))
    corner_lat, corner_lon = at_m(1750, 1750)

    def touches(feature: dict[str, object]) -> bool:
        line = feature["geometry"]["coordinates"]  # type: ignore[index]
        return any(
            abs(lon - corner_lon) < 1e-6 and abs(lat - corner_lat) < 1e-6 for lon, lat in line
        )

    told["features"] = [one for one in told["features"] if not touches(one)]
    assert len(told["features"]) == 22
    file.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    manifest = own_squares.folder / "boundaries/municipality.toml"
    manifest.write_text(manifest.read_text("utf-8") + "attach_limit_m = 100\n", "utf-8")
    own_squares.load()
    answer = own_squares.coverage(level="cell", code="D4")
    assert answer.method.attach_limit_m == 100
    assert answer.areas[0].figure == Figure(people=10, unknown=10, covered={5: 0, 10: 0, 15: 0})
    quarter = own_squares.area("quarter/q4").figure
    assert (quarter.people, quarter.unknown) == (40, 10)
    assert [gap.names for gap in own_squares.gaps("cell/D4").gaps] == []


def test_less_than_monthly_does_not_count_unless_asked(own_squares: WalkTown) -> None:
    lat, lon = at_m(1750, 1750)
    words = "だれでも,,ホームページ;冊子・印刷,,{when},,,,,,,,{lat},{lon}"
    for number, when in enumerate(("年2回", "月1回", "不定期", "2020年4月1日 10時〜"), 11):
        told = words.format(when=when, lat=lat, lon=lon)
        add_tea(own_squares, f"T{number},{number},会{number},,ますめ市,,{told}")
    own_squares.load()
    counts = {layer.id: layer.count for layer in own_squares.coverage().layers}
    assert counts == {"tea": 3, "stop": 1}  # 茶1; monthly, and who knows how often
    every = own_squares.coverage(monthly_or_more=False)
    assert {layer.id: layer.count for layer in every.layers} == {"tea": 4, "stop": 1}
    assert own_squares.area("cell/D4").figure.covered[10] == 10
    assert own_squares.area("cell/D4").weekdays[0].every == 0


def test_fetching_is_a_class_of_its_own(own_squares: WalkTown) -> None:
    """あさひ会 fetches people: of 南西区 the 18 out of reach live where somebody would come."""
    file = own_squares.folder / "layers/tea/tea.csv"
    rows = file.read_text("utf-8").rstrip("\n").split("\n")
    told = {"ID": "送迎", "T1": "あり（雨の日だけ）", "T3": "なし"}
    rows = [f"{row},{told.get(row.split(',')[0], '')}" for row in rows]
    file.write_text("\n".join(rows) + "\n", "utf-8")
    own_squares.load()
    one = own_squares.area("quarter/q1")
    assert (one.figure.covered[10], one.by_transport) == (22, 18)
    assert own_squares.area("quarter/q4").by_transport == 0


def test_words_that_mean_nothing_are_refused(squares: WalkTown) -> None:
    assert squares.coverage(limits_min=()).method.limits == (5, 10, 15)
    for words, told in (
        ({"limits_min": (10, 5)}, "歩く範囲が正しくありません。"),
        ({"limits_min": (5, 10_000)}, "歩く範囲 10000分 は遠すぎます。"),
        ({"limits_m": (0, 5)}, "歩く範囲が正しくありません。"),
        ({"limits_m": (500, 10_000)}, "歩く範囲 10000m は遠すぎます。"),
        ({"speed_m_per_min": 1000}, "歩く速さ 1000m/分 では計算できません。"),
        ({"hours": (600, 600)}, "時間の範囲が正しくありません。"),
        ({"weekday": 7}, "曜日は 0（月）から 6（日）です。"),
        ({"code": "q1"}, "地区は、圏域の種類といっしょに書いてください。"),
    ):
        with pytest.raises(WordsError) as refused:
            squares.coverage(**words)
        assert refused.value.message_ja == told, words
    with pytest.raises(WordsError, match="one area"):
        squares.ask(gaps, level="quarter")


def test_what_is_not_there_is_said_with_what_is(squares: WalkTown) -> None:
    for words, message, hint in (
        ({"level": "nowhere"}, "圏域の種類「nowhere」はありません。", "quarter"),
        ({"level": "quarter", "code": "q9"}, "に「q9」という地区はありません。", "q1"),
        ({"layers": ("home",)}, "お宝の種類「home」はありません。", "tea"),
        ({"layers": ("nothing",)}, "お宝の種類「nothing」はありません。", "tea"),
    ):
        with pytest.raises(NotFoundError) as refused:
            squares.coverage(**words)
        assert message in refused.value.message_ja
        assert hint in refused.value.hint_ja


def test_a_door_of_somebody_else_is_refused(squares: WalkTown) -> None:
    question = CoverageQuestion()
    with squares.database.connect(Audience.COORDINATOR) as conn, pytest.raises(AudienceError):
        coverage(conn, question, audience=Audience.PUBLIC, today=squares.coverage().today)
    with (
        squares.database.connect(Audience.PUBLIC, Medium.PRINT) as conn,
        pytest.raises(AudienceError),
    ):
        coverage(conn, question, audience=Audience.PUBLIC, today=squares.coverage().today)


def test_what_is_only_on_paper_counts_on_paper_only(open_squares: OpenSquares) -> None:
    town = open_squares("99896", load=False)
    town.write(
        "layers/tea/tea.csv",
        "T1,1,あさひ会,松会館,ますめ市松町1-1,,だれでも,,ホームページ;冊子・印刷",
        "T1,1,あさひ会,松会館,ますめ市松町1-1,,だれでも,,冊子・印刷",
    )
    town.load()
    assert town.area("cell/A1", Audience.PUBLIC, Medium.PRINT).figure.covered[10] == 10
    assert town.area("cell/A1", Audience.PUBLIC, Medium.WEB).figure.covered[10] == 0
    town.database.dispose()
