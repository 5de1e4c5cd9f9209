"""Shapefiles as clerks have them: encodings, systems, missing parts, faults of the DBF."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest
import shapely

from geo.intake.crs_said import accuracy_warnings, moved_ground_warnings
from geo.intake.features import Features
from geo.intake.shape_index import rebuilt_index
from geo.intake.shapes import read_features
from geo.model.problem import Severity


def read(path: Path, **said: str | frozenset[str] | None) -> Features:
    return read_features(path, file=path.name, **said)


def codes(features: Features) -> list[str]:
    return [problem.code for problem in features.problems]


def test_reads_cells_and_shapes_as_they_are(make_shapefile):
    path = make_shapefile(
        [
            [
                b"007",
                "髙﨑町①".encode("cp932"),
                b"12.500",
                b"12.000",
                b"20250226",
                b"T",
                b"1.2e+03",
            ],
            [b"008", "ﾐﾅﾄ  ".encode("cp932"), b"", b"*****", b"", b"?", b"-0.0"],
        ],
        fields=[
            ("CODE", "C", 5),
            ("名前", "C", 20),
            ("N1", "N", 8),
            ("N2", "N", 8),
            ("日付", "D", 8),
            ("L", "L", 1),
            ("F", "F", 9),
        ],
    )
    features = read(path)
    assert codes(features) == []
    assert features.headers == ("CODE", "名前", "N1", "N2", "日付", "L", "F")
    assert list(features.rows[0].values()) == [
        "007", "髙﨑町①", "12.5", "12", "2025-02-26", "1", "1200",
    ]  # fmt: skip
    assert list(features.rows[1].values()) == ["008", "ﾐﾅﾄ", "", "", "", "", "0"]
    first = shapely.from_wkb(features.geometries_wkb[0])
    assert first.normalize().equals_exact(
        shapely.box(138.3, 34.85, 138.305, 34.855).normalize(), 1e-9
    )


def test_only_the_columns_asked_for_are_read(make_shapefile):
    """A broken cell in another column is no matter; a name in Japanese is found in its encoding."""
    path = make_shapefile(
        [[b"007", "みなと".encode("cp932"), b"12"], [b"008", "山".encode("cp932"), b"many"]],
        fields=[("CODE", "C", 5), ("名前", "C", 20), ("N1", "N", 8)],
    )
    features = read(path, columns=frozenset({"名前", "elsewhere"}), encoding="cp932")
    assert codes(features) == []
    assert [dict(row) for row in features.rows] == [{"名前": "みなと"}, {"名前": "山"}]
    assert len(features.geometries_wkb) == 2


def test_text_in_a_number_field_is_kept_and_told(make_shapefile):
    path = make_shapefile(
        [[b"1", "乗降".encode("cp932")], [b"2", b"15"]],
        fields=[("ID", "N", 4), ("便数", "N", 8)],
    )
    features = read(path)
    assert [row["便数"] for row in features.rows] == ["乗降", "15"]
    (problem,) = features.problems
    assert (problem.code, problem.severity) == ("dbf-text-in-number", Severity.WARNING)
    assert (problem.row, problem.column, problem.value) == (1, "便数", "乗降")
    assert problem.message_ja == (
        "1 件目：数字の列「便数」に文字「乗降」が入っています。書かれているとおりの文字として読みました。"
    )


def test_a_missing_part_is_named(make_shapefile):
    path = make_shapefile()
    path.with_suffix(".dbf").unlink()
    (problem,) = read(path).problems
    assert problem.code == "shapefile-part-missing"
    assert "区域.dbf が見つかりません" in problem.message_ja


def test_a_lost_index_is_made_again_byte_for_byte(make_shapefile):
    path = make_shapefile([[b"1", b"a"], [b"2", b"b"], [b"3", b"c"]])
    lost = path.with_suffix(".shx").read_bytes()
    whole = read(path)
    path.with_suffix(".shx").unlink()
    assert rebuilt_index(path.read_bytes(), "a.shp") == lost
    features = read(path)
    assert codes(features) == ["shapefile-index-rebuilt"]
    assert features.geometries_wkb == whole.geometries_wkb


@pytest.mark.parametrize("cut", [101, 130, -4])
def test_a_lost_index_of_broken_shapes_is_not_invented(make_shapefile, cut):
    path = make_shapefile([[b"1", b"a"], [b"2", b"b"]])
    path.with_suffix(".shx").unlink()
    path.write_bytes(path.read_bytes()[:cut])
    assert codes(read(path)) == ["shapefile-part-missing"]


def test_parts_may_be_written_in_capitals(make_shapefile):
    path = make_shapefile()
    path.with_suffix(".dbf").rename(path.with_suffix(".DBF"))
    path.rename(path.with_suffix(".SHP"))
    features = read(path.with_suffix(".SHP"))
    assert codes(features) == []
    assert features.rows[0]["NAME"] == "港町"


def test_deleted_records_go_with_their_shapes(make_shapefile):
    rows = [[b"1", b"a"], [b"2", b"b"], [b"3", b"c"]]
    features = read(make_shapefile(rows, deleted=[1]))
    assert [row["CODE"] for row in features.rows] == ["1", "3"]
    assert shapely.from_wkb(features.geometries_wkb[1]).bounds[0] == pytest.approx(138.32)


class TestEncoding:
    KANJI = "港町第一"

    def test_nobody_says_and_it_is_not_utf8(self, make_shapefile):
        path = make_shapefile([[b"1", self.KANJI.encode("cp932")]], driver=0)
        (problem,) = read(path).problems
        assert problem.code == "encoding-unknown"
        assert 'encoding = "cp932"' in problem.message_ja
        assert read(path, encoding="cp932").rows[0]["NAME"] == self.KANJI

    def test_nobody_says_but_the_bytes_prove_utf8(self, make_shapefile):
        path = make_shapefile([[b"1", self.KANJI.encode()]], driver=0)
        assert read(path).rows[0]["NAME"] == self.KANJI

    def test_cpg_wins_over_the_language_byte(self, make_shapefile):
        path = make_shapefile([[b"1", self.KANJI.encode()]], driver=0x13, cpg="UTF-8")
        assert read(path).rows[0]["NAME"] == self.KANJI

    def test_a_wrong_cpg_is_contradicted(self, make_shapefile):
        path = make_shapefile([[b"1", self.KANJI.encode()]], cpg="Shift_JIS")
        (problem,) = read(path).problems
        assert problem.code == "encoding-contradicted"
        assert 'encoding = "utf-8"' in problem.message_ja

    def test_cpg_utf8_over_cp932_bytes(self, make_shapefile):
        path = make_shapefile([[b"1", self.KANJI.encode("cp932")]], cpg="UTF-8")
        (problem,) = read(path).problems
        assert problem.code == "encoding-wrong"
        assert 'encoding = "cp932"' in problem.message_ja

    def test_mojibake_of_long_ago_is_refused(self, make_shapefile):
        wide = (("CODE", "C", 8), ("NAME", "C", 90))
        texts = [
            self.KANJI.encode("cp932").decode("latin-1"),
            "みなと会".encode("cp932").decode("cp1252", "ignore"),
            "港町の会".encode("cp932").decode("iso8859-7", "ignore"),
            "港町".encode().decode("cp932"),
            "港町\ufffd会",
        ]
        for text in texts:
            path = make_shapefile([[b"1", text.encode()]], fields=wide, cpg="UTF-8")
            assert codes(read(path)) == ["text-garbled"], text

    def test_foreign_names_are_not_mojibake(self, make_shapefile):
        path = make_shapefile([[b"1", "São João".encode()]], cpg="UTF-8")
        assert read(path).rows[0]["NAME"] == "São João"

    def test_a_letter_cut_by_the_width_is_told(self, make_shapefile):
        long = "港町自治会区域".encode()[:20]
        features = read(make_shapefile([[b"1", long]], cpg="UTF-8"))
        assert features.rows[0]["NAME"] == "港町自治会区"
        assert codes(features) == ["dbf-text-cut"]

    def test_a_name_of_no_encoding(self, make_shapefile):
        path = make_shapefile([[b"1", self.KANJI.encode("cp932")]], cpg="klingon")
        assert codes(read(path)) == ["encoding-not-known"]


class TestSystem:
    def test_no_prj_asks_for_the_line(self, make_shapefile):
        path = make_shapefile(prj=None)
        (problem,) = read(path).problems
        assert problem.code == "crs-missing"
        assert 'crs = "EPSG:6668"' in problem.message_ja
        assert codes(read(path, crs="EPSG:6668")) == []

    def test_two_that_differ_are_refused_and_two_that_agree_are_not(self, make_shapefile):
        path = make_shapefile()
        assert codes(read(path, crs="EPSG:6668")) == []
        assert codes(read(path, crs="EPSG:2450")) == ["crs-contradicted"]

    @pytest.mark.parametrize("crs", ["EPSG:2450", "EPSG:6676"])
    def test_plane_rectangular(self, make_shapefile, crs):
        ring = [(0, 0), (0, 500), (500, 500), (500, 0), (0, 0)]
        features = read(make_shapefile(rings=[ring], prj=None), crs=crs)
        west, south, east, north = shapely.from_wkb(features.geometries_wkb[0]).bounds
        # Zone VIII starts at 36 N 138 30 E; 500 m are 0.00451 degrees of latitude there.
        assert (west, south) == (pytest.approx(138.5, abs=1e-7), pytest.approx(36.0, abs=1e-6))
        assert (north - south, east - west) == (
            pytest.approx(0.004506, abs=1e-5),
            pytest.approx(0.005547, abs=1e-5),
        )

    def test_esri_text_of_a_plane_zone(self, make_shapefile):
        prj = (
            'PROJCS["JGD_2000_Japan_Zone_8",GEOGCS["GCS_JGD_2000",DATUM["D_JGD_2000",'
            'SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],'
            'UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
            'PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],'
            'PARAMETER["Central_Meridian",138.5],PARAMETER["Scale_Factor",0.9999],'
            'PARAMETER["Latitude_Of_Origin",36.0],UNIT["Meter",1.0]]'
        )
        ring = [(0, 0), (0, 500), (500, 500), (500, 0), (0, 0)]
        features = read(make_shapefile(rings=[ring], prj=prj), crs="EPSG:2450")
        assert codes(features) == []
        assert shapely.from_wkb(features.geometries_wkb[0]).bounds[0] == pytest.approx(138.5)

    def test_tokyo_datum_moves_and_warns(self, make_shapefile):
        path = make_shapefile(prj=None)
        features = read(path, crs="EPSG:4301")
        (problem,) = features.problems
        assert (problem.code, problem.is_error) == ("crs-inexact", False)
        west, south, *_ = shapely.from_wkb(features.geometries_wkb[0]).bounds
        assert (138.3 - west, south - 34.85) == (
            pytest.approx(0.0031, abs=3e-4),
            pytest.approx(0.0033, abs=3e-4),
        )

    @pytest.mark.parametrize("zone", range(1, 20))
    def test_every_zone_of_the_tokyo_datum_says_how_far_off_it_may_be(self, zone):
        (problem,) = accuracy_warnings(f"EPSG:{30160 + zone}", "a.shp")
        assert re.search(r" (9|1\d|2\d) mほどずれる", problem.message_ja)
        assert accuracy_warnings(f"EPSG:{2442 + zone}", "a.shp") == []
        assert accuracy_warnings(f"EPSG:{6668 + zone}", "a.shp") == []

    @pytest.mark.parametrize(
        ("crs", "lon", "lat", "told"),
        [
            ("EPSG:4612", 141.3, 38.4, True),  # the coast that moved
            ("EPSG:2452", 141.3, 38.4, True),
            ("EPSG:6668", 141.3, 38.4, False),
            ("EPSG:4612", 133.8, 34.6, False),  # the west
        ],
    )
    def test_ground_that_moved_in_2011(self, crs, lon, lat, told):
        found = moved_ground_warnings(crs, (lon, lat, lon + 0.01, lat + 0.01), "a.shp")
        assert [p.code for p in found] == (["crs-inexact"] if told else [])
        assert all("最大 5 m" in p.message_ja for p in found)

    def test_metres_called_degrees(self, make_shapefile):
        ring = [(-20000, -130000), (-20000, -129500), (-19500, -129500), (-20000, -130000)]
        assert codes(read(make_shapefile(rings=[ring]))) == ["crs-does-not-fit"]

    def test_swapped_axes(self, make_shapefile):
        ring = [(34.85, 138.3), (34.85, 138.31), (34.86, 138.31), (34.85, 138.3)]
        assert codes(read(make_shapefile(rings=[ring]))) == ["axis-swapped"]

    def test_infinity(self, make_shapefile):
        ring = [(138.3, 34.8), (138.3, float("inf")), (138.4, 34.9), (138.3, 34.8)]
        assert codes(read(make_shapefile(rings=[ring])))[0] == "coordinates-not-finite"

    def test_infinity_after_the_move(self, make_shapefile):
        ring = [(9e9, 9e9), (9e9, 9.1e9), (9.1e9, 9.1e9), (9e9, 9e9)]
        path = make_shapefile(rings=[ring], prj=None)
        assert codes(read(path, crs="EPSG:6676"))[0] == "crs-does-not-fit"

    def test_an_unknown_system(self, make_shapefile):
        assert codes(read(make_shapefile(prj="月の座標"))) == ["crs-unknown"]


class TestHostile:
    def test_xml_named_shp(self, tmp_path, make_shapefile):
        path = make_shapefile()
        path.write_text("<OGRVRTDataSource/>")
        assert codes(read(path)) == ["not-a-shapefile"]

    def test_a_dbf_that_promises_more_than_it_holds(self, make_shapefile):
        path = make_shapefile()
        dbf = path.with_suffix(".dbf")
        data = bytearray(dbf.read_bytes())
        data[4:8] = struct.pack("<I", 2_000_000_000)
        dbf.write_bytes(data)
        assert codes(read(path)) == ["dbf-broken"]

    def test_a_ring_that_promises_more_than_it_holds(self, make_shapefile):
        path = make_shapefile()
        data = bytearray(path.read_bytes())
        data[100 + 8 + 40 : 100 + 8 + 44] = struct.pack("<i", 2_000_000_000)
        path.write_bytes(data)
        features = read(path)
        assert features.failed or features.geometries_wkb == (None,)

    def test_counts_that_differ(self, make_shapefile):
        assert codes(read(make_shapefile(rings=[]))) == ["shapefile-counts-differ"]

    def test_a_part_that_is_a_link_elsewhere(self, make_shapefile, tmp_path):
        path = make_shapefile(folder=tmp_path / "town")
        secret = tmp_path / "secret.dbf"
        path.with_suffix(".dbf").rename(secret)
        path.with_suffix(".dbf").symlink_to(secret)
        assert codes(read(path)) == ["part-leaves-folder"]

    def test_a_pipe_is_not_a_file(self, tmp_path):
        import os

        os.mkfifo(tmp_path / "a.geojson")
        assert codes(read(tmp_path / "a.geojson")) == ["file-not-regular"]
