"""Census meshes: where a code lies, tables of several files, ages that are hidden."""

from __future__ import annotations

import pytest
import shapely

from geo.people_intake.mesh_cells import mesh_bounds

FORM = 'form = "mesh"\ndata = "mesh.txt"'


@pytest.mark.parametrize(
    ("code", "south_west", "size"),
    [
        # 53394611, in the middle of Tokyo: 53 / 1.5 + 4 x 5' + 1 x 30", 139 + 6 x 7.5' + 1 x 45"
        ("53394611", (139.7625, 35.675), (45 / 3600, 30 / 3600)),
        ("533946111", (139.7625, 35.675), (22.5 / 3600, 15 / 3600)),
        ("533946114", (139.7625 + 22.5 / 3600, 35.675 + 15 / 3600), (22.5 / 3600, 15 / 3600)),
        ("5339461123", (139.7625 + 22.5 / 3600, 35.675 + 7.5 / 3600), (11.25 / 3600, 7.5 / 3600)),
        ("5740428721", (140.34375, 38.4), (11.25 / 3600, 7.5 / 3600)),
    ],
)
def test_where_a_code_lies(
    code: str, south_west: tuple[float, float], size: tuple[float, float]
) -> None:
    west, south, east, north = mesh_bounds(code)
    assert (west, south) == pytest.approx(south_west, abs=1e-12)
    assert (east - west, north - south) == pytest.approx(size, abs=1e-12)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "5339461",
        "53399611",
        "53398611",
        "533946115",
        "533946110",
        "5339461a",
        "５３３９４６１１",
    ],
)
def test_what_is_no_code(code: str) -> None:
    with pytest.raises(ValueError, match="no mesh code"):
        mesh_bounds(code)


def test_neighbours_share_their_border_exactly() -> None:
    assert mesh_bounds("523822351")[2] == mesh_bounds("523822352")[0]
    assert mesh_bounds("523822352")[2] == mesh_bounds("523822361")[0]
    assert mesh_bounds("523822351")[3] == mesh_bounds("523822353")[1]


def test_only_cells_that_share_ground_with_the_town(read_people) -> None:
    """The blocks lie from 138.320 to 138.336, 34.865 to 34.869.

    Cells ...35 and ...45 begin at 138.3125 and meet at 34.8667; ...36 begins at 138.325; ...55
    lies north of 34.875, ...34 ends at 138.3125.
    """
    found = read_people(
        {
            "mesh.txt": "KEY_CODE,人口（総数）\n52382235,120\n52382236,30\n52382245,7\n"
            "52382255,5\n52382234,6\n53394611,9\n"
        },
        FORM,
    )
    assert found.told == []
    assert {code: cell.counts[0] for code, cell in found.cells.items()} == {
        "52382235": 120,
        "52382236": 30,
        "52382245": 7,
    }
    bounds = shapely.from_wkb(found.cells["52382235"].geometry_wkb).bounds
    assert bounds == pytest.approx((138.3125, 34.858333333, 138.325, 34.866666667), abs=1e-8)


CODES = "KEY_CODE,HTKSYORI,HTKSAKI,GASSAN"


def test_ages_of_a_second_table_and_hidden_ones(read_people) -> None:
    """The 250 m tables tell the total apart from the ages; `*` in one age makes the band unknown."""
    found = read_people(
        {
            "total.txt": f"{CODES},T001102001,T001102034\n,,,,　人口（総数）,　世帯総数\n"
            "5238223521,0,,,50,20\n5238223522,0,,,40,18\n".encode("cp932"),
            "ages.txt": f"{CODES},A1,A2,A3,A4,A5\n"
            ",,,,総数６５～６９歳,総数７０～７４歳,総数７５～７９歳,総数８０～８４歳,総数８５歳以上\n"
            "5238223521,0,,,5,4,3,-,1\n5238223522,0,,,5,*,3,2,1\n".encode("cp932"),
        },
        'form = "mesh"\ndata = ["total.txt", "ages.txt"]',
        blocks=False,
    )
    assert found.told == []
    assert found.counts("5238223521") == (50, 13, 4, 1)
    assert found.counts("5238223522") == (40, None, 6, 1)


def test_a_hidden_cell_adds_its_total_to_the_cell_that_holds_its_ages(read_people) -> None:
    found = read_people(
        {
            "mesh.txt": f"{CODES},T1,T2\n,,,,人口（総数）,６５歳以上人口　総数\n"
            "523822351,1,,523822352,60,18\n523822352,2,523822351,,4,*\n"
        },
        FORM,
        blocks=False,
    )
    cell = found.cells["523822351"]
    assert (cell.counts, cell.merged) == ((64, 18, None, None), ("523822352",))
    assert len(found.read) == 1


def test_old_tables_lie_on_the_tokyo_datum(read_people) -> None:
    """Some 450 m: 12" north and 11" west of where the same code lies today."""
    found = read_people(
        {"mesh.txt": "KEY_CODE,人口\n52382235,120\n"}, f'{FORM}\ncrs = "EPSG:4301"', blocks=False
    )
    assert found.told == [("warning", "crs-inexact")]
    west, south, _, _ = shapely.from_wkb(found.cells["52382235"].geometry_wkb).bounds
    assert 3600 * (south - 34.858333333) == pytest.approx(11.8, abs=0.3)
    assert 3600 * (west - 138.3125) == pytest.approx(-11.1, abs=0.4)
