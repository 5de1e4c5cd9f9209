"""Points and polygons with counts: columns, systems, parts of one area, shares."""

from __future__ import annotations

import pytest
import shapely
from people_intake.conftest import collection, square

POINTS = 'form = "points"\ndata = "people.csv"'
POLYGONS = 'form = "polygons"\ndata = "people.geojson"'


def test_points_with_counts(read_people) -> None:
    found = read_people(
        {
            "people.csv": '名称,緯度,経度,人口,65歳以上\n西町,34.866,138.321,"1,200",300\n柳町,34.866,138.33,-,-\n'
        },
        POINTS,
    )
    assert found.told == []
    assert {cell.name: cell.counts for cell in found.read} == {
        "西町": (1200, 300, None, None),
        "柳町": (None, None, None, None),
    }
    assert shapely.from_wkb(found.read[0].geometry_wkb) == shapely.Point(138.321, 34.866)


def test_points_in_a_plane_system_have_x_in_the_north(read_people) -> None:
    """The origin of zone 8 is 36 degrees north, 138 degrees 30 minutes east."""
    found = read_people(
        {"people.csv": "名称,緯度,経度,人口\n中央,0,0,5\n"}, f'{POINTS}\ncrs = "EPSG:6676"'
    )
    point = shapely.from_wkb(found.read[0].geometry_wkb)
    assert (point.x, point.y) == pytest.approx((138.5, 36.0), abs=1e-9)


def test_columns_the_manifest_names(read_people) -> None:
    found = read_people(
        {"people.csv": "番,字,北,東,住民,高齢者,後期\n7,西町,34.866,138.321,120,30,12\n"},
        f'{POINTS}\n[columns]\ncode = "番"\nname = "字"\nlat = "北"\nlon = "東"\nall = "住民"\n'
        '65 = "高齢者"\n"75" = "後期"\n',
    )
    assert (found.cells["7"].name, found.counts("7")) == ("西町", (120, 30, 12, None))


def test_rows_are_chosen(read_people) -> None:
    found = read_people(
        {
            "people.csv": "市,緯度,経度,人口\n99891,34.866,138.321,5\n99892,34.9,138.4,7\n99891,34.87,138.33,9\n"
        },
        f'{POINTS}\n[keep]\n"市" = [99891]\n[drop]\n"人口" = ["9"]\n',
    )
    assert [cell.counts[0] for cell in found.read] == [5]


def test_a_share_stands_in_for_an_age_the_table_does_not_give(read_people) -> None:
    found = read_people(
        {"people.csv": "緯度,経度,人口,75歳以上\n34.866,138.321,200,20\n34.87,138.33,,\n"},
        f"{POINTS}\n[shares]\n65 = 0.31\n",
    )
    assert found.told == []
    assert [cell.counts for cell in found.read] == [(200, 62, 20, None), (None, None, None, None)]


def test_a_share_of_what_the_table_gives_is_refused(read_people) -> None:
    """Every figure states the share; here it would state what is not so."""
    found = read_people(
        {"people.csv": "緯度,経度,人口,75歳以上\n34.866,138.321,200,20\n"},
        f"{POINTS}\n[shares]\n75 = 0.16\n",
    )
    assert (found.read, found.told) == (None, [("error", "people-share-unneeded")])


def test_polygons_keep_their_shape(read_people) -> None:
    found = read_people(
        {"people.geojson": collection([({"コード": "a", "人口": 12}, square(138.32))])}, POLYGONS
    )
    assert found.told == []
    assert shapely.from_wkb(found.cells["a"].geometry_wkb).bounds == (
        138.32,
        34.865,
        138.324,
        34.869,
    )


CENSUS = {"S_AREA": "000100", "HCODE": "8101", "KIGO_E": "", "S_NAME": "西町"}


def test_parts_of_a_census_area_are_one_and_water_is_nobodys(read_people) -> None:
    found = read_people(
        {
            "people.geojson": collection(
                [
                    (CENSUS | {"KEY_CODE": "99891001", "KIGO_E": "E2", "JINKO": 0}, square(138.33)),
                    (
                        CENSUS | {"KEY_CODE": "99891001", "KIGO_E": "E1", "JINKO": 80},
                        square(138.32),
                    ),
                    (
                        CENSUS | {"KEY_CODE": "99891002", "JINKO": 5, "HCODE": "8154"},
                        square(138.34),
                    ),
                    (CENSUS | {"KEY_CODE": "99892001", "JINKO": 7}, square(138.35)),
                ]
            )
        },
        POLYGONS,
    )
    assert found.told == []
    cell = found.cells["99891001"]
    assert (len(found.read), cell.counts) == (1, (80, None, None, None))
    assert shapely.area(shapely.from_wkb(cell.geometry_wkb)) == pytest.approx(2 * 0.004**2)


def test_every_census_centre_is_a_point_of_its_own(read_people) -> None:
    header = "KEY_CODE,HCODE,KIGO_E,MOJI,KBSUM,X_CODE,Y_CODE,JINKO\n"
    found = read_people(
        {
            "people.csv": header + "99891001,8101,E2,西町,2,138.33,34.867,0\n"
            "99891001,8101,E1,西町,2,138.32,34.867,80\n99892001,8101,,東町,2,138.4,34.867,7\n"
        },
        POINTS,
    )
    assert {code: cell.counts[0] for code, cell in found.cells.items()} == {
        "99891001": 0,
        "99891001-2": 80,
    }


def test_points_of_a_file_of_shapes(read_people) -> None:
    place = {"type": "Point", "coordinates": [138.321, 34.866]}
    found = read_people(
        {"people.geojson": collection([({"名称": "西町", "人口": 12}, place)])},
        'form = "points"\ndata = "people.geojson"',
    )
    assert found.told == []
    assert shapely.from_wkb(found.read[0].geometry_wkb) == shapely.Point(138.321, 34.866)
