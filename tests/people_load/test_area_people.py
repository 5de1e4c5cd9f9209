"""How many people live in every area, worked out by hand on the squares."""

from __future__ import annotations

from people_load.conftest import PeopledTown

from geo.store.reading.people_rows import read_area_people


def bands(town: PeopledTown, level: str) -> dict[str, tuple[int | None, ...]]:
    """Everybody, 65+, 75+, 85+ of every area of a level."""
    with town.database.owner() as conn:
        found = read_area_people(conn)
    return {code: counts for (of_level, code), counts in found.items() if of_level == level}


def test_every_area_has_the_people_of_its_squares(town: PeopledTown) -> None:
    """Ten a square: a quarter has four squares; s1 B1 C1, s2 A1 A2 B2 C2, s3 D1 D2, s4 and s5 four
    each, and s6, which nobody has drawn, consists of D4."""
    town.load()
    areas = town.areas()
    assert {areas[f"quarter/q{n}"] for n in (1, 2, 3, 4)} == {(40, 40)}
    assert [areas[f"strip/s{n}"] for n in (1, 2, 3, 4, 5, 6)] == [
        (20, 20), (40, 40), (20, 20), (40, 40), (40, 40), (10, 10)
    ]  # fmt: skip
    assert {areas[f"cell/{column}{row}"] for column in "ABCD" for row in "1234"} == {(10, 10)}


def test_fewer_than_ten_are_not_told_and_cannot_be_worked_out(town: PeopledTown) -> None:
    """75+: five a square. None of the sixteen squares tells; of the strips s6 (5) does not, nor the
    next smallest, s1 (10): else the town's 80 less the others would tell."""
    town.load()
    assert {counts[2] for counts in bands(town, "cell").values()} == {None}
    assert {code: counts[2] for code, counts in bands(town, "strip").items()} == {
        "s1": None, "s2": 20, "s3": 10, "s4": 20, "s5": 20, "s6": None
    }  # fmt: skip
    assert {counts[2] for counts in bands(town, "quarter").values()} == {20}
    assert {counts[3] for counts in bands(town, "quarter").values()} == {None}


def test_unknown_people_leave_their_areas_unknown(town: PeopledTown) -> None:
    town.count({"A1": {"人口": 10, "65歳以上": "*", "75歳以上": "*"}})
    town.load()
    areas = town.areas()
    assert areas["quarter/q1"] == (40, None)
    assert areas["strip/s2"] == (40, None)
    assert areas["quarter/q3"] == (40, 40)


def test_nobody_is_zero(town: PeopledTown) -> None:
    none = {"人口": 0, "65歳以上": 0, "75歳以上": 0}
    town.count(dict.fromkeys(("D1", "D2"), none))
    town.load()
    assert town.areas()["strip/s3"] == (0, 0)
    assert town.areas()["quarter/q2"] == (20, 20)


def test_a_level_that_is_drawn_anew_is_counted_anew_and_people_are_not_read(
    town: PeopledTown,
) -> None:
    """s6 is drawn nowhere and now consists of C4 as well."""
    town.load()
    members = town.boundaries / "strip" / "members.csv"
    members.write_text(members.read_text("utf-8") + "s6,空の会,cell,C4\n", "utf-8")
    told = town.told()
    assert not [said for said in told if said.startswith("人口を読んでいます")]
    assert "地区の人口を数えています" in told
    assert town.areas()["strip/s6"] == (20, 20)


def test_the_level_that_codes_mean_decides_what_is_read(town: PeopledTown) -> None:
    """Counts joined to the level by code: when its polygons change, people are read again."""
    (town.boundaries / "people.csv").write_text(
        "番号,町,人口,高齢\n" + "".join(f"{c}{r},,10,4\n" for r in "1234" for c in "ABCD"), "utf-8"
    )
    (town.boundaries / "people.toml").write_text(
        'title = "人口"\nsource = "テスト"\nlicence = "CC0-1.0"\nas_of = 2026-04-01\n'
        'form = "small_area"\nlevel = "cell"\ndata = ["people.csv"]\n'
        '[columns]\ncode = "番号"\nname = "町"\nall = "人口"\n"65" = "高齢"\n',
        "utf-8",
    )
    answer = town.load()
    assert answer.as_json()["people"] == {"rows": 16, "total": 160}
    assert town.areas()["quarter/q1"] == (40, 16)
    cells = town.boundaries / "cell" / "cell.geojson"
    cells.write_text(cells.read_text("utf-8").replace("松町", "若松町"), "utf-8")
    assert not [said for said in town.told() if said.startswith("人口を読んでいます")]
    cells.write_text(cells.read_text("utf-8").replace("138.5", "138.50001", 1), "utf-8")
    assert [said for said in town.told() if said.startswith("人口を読んでいます")]


def test_without_streets_people_are_counted_where_their_polygons_lie(town: PeopledTown) -> None:
    for file in town.boundaries.glob("streets.*"):
        file.unlink()
    town.load()
    assert town.areas()["quarter/q1"] == (40, 40)
    assert town.areas()["strip/s1"] == (20, 20)


def test_another_program_counts_again(town: PeopledTown) -> None:
    town.load()
    with town.database.owner() as conn:
        conn.exec_driver_sql("UPDATE town.derivation SET version = 0 WHERE name = 'area_people'")
        conn.exec_driver_sql("DELETE FROM town.area_people")
    told = town.told()
    assert "地区の人口を数えています" in told
    assert not [said for said in told if said.startswith("人口を読んでいます")]
    assert town.areas()["quarter/q1"] == (40, 40)
