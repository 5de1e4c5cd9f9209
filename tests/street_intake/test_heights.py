"""Heights from SRTM tiles and GeoTIFFs: worked out by hand, and held against published ones."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import numpy as np
import pytest
import tifffile

from geo.model.problem import Problem
from geo.street_intake.heights import Heights, read_heights

VOID = -32768


def _asked(heights: Heights, *places: tuple[float, float]) -> list[float]:
    lon, lat = np.array(places, dtype=float).T
    return [round(float(h), 3) for h in heights.at(lon, lat)]


def _tile(folder: Path, name: str, side: int = 1201, changed: dict | None = None) -> Path:
    """Ten metres more with every row to the south, one with every column to the east (mod 100)."""
    row, column = np.mgrid[0:side, 0:side]
    values = (10 * (row % 100) + column % 100).astype(">i2")
    for at, value in (changed or {}).items():
        values[at] = value
    path = folder / name
    path.write_bytes(values.tobytes())
    return path


def _read(*paths: Path) -> tuple[Heights, list[Problem]]:
    problems: list[Problem] = []
    return read_heights(paths, [p.name for p in paths], problems), problems


@pytest.mark.parametrize(("side", "step"), [(1201, 1 / 1200), (3601, 1 / 3600)])
def test_a_tile_lies_where_its_name_says(tmp_path: Path, side: int, step: float) -> None:
    """The first point is the north-west corner: 35 N, 138 E. Halfway is halfway."""
    heights, problems = _read(_tile(tmp_path, "N34E138.hgt", side))
    assert problems == []
    assert _asked(
        heights,
        (138, 35),
        (138 + step, 35),
        (138, 35 - step),
        (138 + step / 2, 35),
        (138 + step / 4, 35 - step / 2),
        (138 + 3.75 * step, 35 - 2.5 * step),
    ) == [0, 1, 10, 0.5, 5.25, 28.75]


def test_all_four_rims_belong_to_a_tile_and_nothing_beyond(tmp_path: Path) -> None:
    """The last row is 1200 (10 x 0), the last column 1200 (0): 1200 % 100 = 0."""
    heights, _ = _read(_tile(tmp_path, "S34W139.hgt"))
    assert _asked(heights, (-139, -33), (-138, -33), (-139, -34), (-138, -34)) == [0, 0, 0, 0]
    beyond = heights.at(
        np.array([-139.001, -137.999, -138.5, -138.5, np.nan]),
        np.array([-33.5, -33.5, -32.999, -34.001, -33.5]),
    )
    assert np.isnan(beyond).all()


def test_beside_a_void_nothing_is_known(tmp_path: Path) -> None:
    """A void at row 1, column 1; the row above it is known, also exactly on its points."""
    heights, _ = _read(_tile(tmp_path, "N34E138.hgt", changed={(1, 1): VOID, (5, 5): 9999}))
    s = 1 / 1200
    lon = 138 + s * np.array([0.5, 1.0, 1.0, 2.0, 5.0])
    lat = 35 - s * np.array([0.5, 0.0, 1.0, 1.0, 5.0])
    assert np.isnan(heights.at(lon, lat)).tolist() == [True, False, True, False, True]


def test_a_second_tile_answers_where_the_first_is_silent(tmp_path: Path) -> None:
    first = _tile(tmp_path, "n34e138.hgt", changed={(0, 0): VOID})
    second = _tile(tmp_path, "N35_E138_1arc_v3.hgt", changed={(1200, 0): 77})
    heights, _ = _read(first, second)
    assert _asked(heights, (138, 35), (138 + 1 / 1200, 35)) == [77, 1]


def test_a_zip_is_unpacked_and_its_member_names_the_corner(tmp_path: Path) -> None:
    tile = _tile(tmp_path, "N34E138.hgt")
    path = tmp_path / "標高.hgt.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(tile, "dem/N34E138.hgt")
    heights, problems = _read(path)
    assert problems == []
    assert _asked(heights, (138, 34.5)) == [0.0]
    assert _asked(heights, (138 + 7 / 1200, 35)) == [7.0]


def _tiff(path: Path, values: np.ndarray, keys: list[int], **more: object) -> Path:
    """A GeoTIFF: 0.1 by 0.1 from 138 E, 35 N unless ``more`` says else."""
    scale = more.get("scale", (0.1, 0.1, 0.0))
    tie = more.get("tie", (0.0, 0.0, 0.0, 138.0, 35.0, 0.0))
    tags = [(34735, "H", len(keys) + 4, (1, 1, 0, len(keys) // 4, *keys), True)]
    if scale:
        tags += [(33550, "d", 3, scale, True), (33922, "d", 6, tie, True)]
    if "matrix" in more:
        tags.append((34264, "d", 16, more["matrix"], True))
    if "void" in more:
        void = f"{more['void']}\0"
        tags.append((42113, "s", len(void), void, True))
    tifffile.imwrite(path, values, extratags=tags, compression=more.get("compression"))
    return path


GEOGRAPHIC = [1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, 4326]
POINTS = [1024, 0, 1, 2, 1025, 0, 1, 2, 2048, 0, 1, 4326]
ZONE_8 = [1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, 6676]
GRID = np.array([[10, 20, 30], [40, 50, -9999]], dtype=np.int16)


def test_a_tiff_of_cells_is_right_in_their_middle(tmp_path: Path) -> None:
    """The middle of the first cell is 138.05, 34.95; half a cell outside it the rim still holds."""
    heights, problems = _read(_tiff(tmp_path / "h.tif", GRID, GEOGRAPHIC, void=-9999))
    assert problems == []
    assert _asked(heights, (138.05, 34.95), (138.1, 34.95), (138.1, 34.9), (138.001, 34.999)) == [
        10,
        15,
        30,
        10,
    ]
    lon, lat = np.array([138.25, 138.2, 138.31, 137.99]), np.array([34.85, 34.9, 34.9, 34.9])
    assert np.isnan(heights.at(lon, lat)).all()


def test_a_tiff_of_points_is_right_at_them(tmp_path: Path) -> None:
    heights, _ = _read(_tiff(tmp_path / "h.tif", GRID.astype(np.float32), POINTS, void="-9999"))
    assert _asked(heights, (138, 35), (138.05, 35), (138, 34.95)) == [10, 15, 25]
    assert np.isnan(heights.at(np.array([137.96]), np.array([35.0])))[0]


@pytest.mark.parametrize("compression", [None, "zlib"])
def test_a_tiff_in_a_plane_zone(tmp_path: Path, compression: str | None) -> None:
    """Zone 8 has its origin at 138.5 E, 36 N: the middle of the first cell of 10 m."""
    path = _tiff(
        tmp_path / "h.tiff",
        GRID,
        ZONE_8,
        scale=(10.0, 10.0, 0.0),
        tie=(0.0, 0.0, 0.0, -5.0, 5.0, 0.0),
        compression=compression,
    )
    heights, problems = _read(path)
    assert problems == []
    assert _asked(heights, (138.5, 36.0)) == [10]


def test_a_tiff_placed_by_a_matrix(tmp_path: Path) -> None:
    matrix = (0.1, 0, 0, 138.0, 0, -0.1, 0, 35.0, 0, 0, 0, 0, 0, 0, 0, 1)
    path = _tiff(tmp_path / "h.tif", GRID, GEOGRAPHIC, scale=None, matrix=matrix)
    assert _asked(_read(path)[0], (138.05, 34.95), (138.15, 34.95)) == [10, 20]


def test_broken_files_are_said_one_by_one(tmp_path: Path) -> None:
    """Every file has its fault, in Japanese, and the good one beside them still answers."""
    good = _tile(tmp_path, "N34E138.hgt")
    short = tmp_path / "N35E138.hgt"
    short.write_bytes(good.read_bytes()[:-2])
    nameless = tmp_path / "hyoukou.hgt"
    nameless.write_bytes(good.read_bytes())
    torn = tmp_path / "N36E138.hgt.zip"
    torn.write_bytes(b"PK\x03\x04 and no more")
    empty = tmp_path / "N37E138.hgt.zip"
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("readme.txt", "heights are elsewhere")
    text = tmp_path / "a.tif"
    text.write_text("no tiff")
    cut = _tiff(tmp_path / "b.tif", np.zeros((400, 400), np.int16), GEOGRAPHIC)
    cut.write_bytes(cut.read_bytes()[:5000])
    photo = tmp_path / "c.tif"
    tifffile.imwrite(photo, np.zeros((8, 8, 3), np.uint8), photometric="rgb")
    nowhere = tmp_path / "d.tif"
    tifffile.imwrite(nowhere, GRID)
    unplaced = _tiff(tmp_path / "e.tif", GRID, GEOGRAPHIC, scale=None)
    turned = _tiff(
        tmp_path / "f.tif",
        GRID,
        GEOGRAPHIC,
        scale=None,
        matrix=(0.1, 0.05, 0, 138.0, 0.05, -0.1, 0, 35.0, 0, 0, 0, 0, 0, 0, 0, 1),
    )
    other = tmp_path / "h.asc"
    other.write_text("ncols 3")
    missing = tmp_path / "N38E138.hgt"
    heights, problems = _read(
        short, nameless, torn, empty, text, cut, photo, nowhere, unplaced, turned, other, missing,
        good,
    )  # fmt: skip
    assert [(p.file, p.code) for p in problems] == [
        ("N35E138.hgt", "heights-size-wrong"),
        ("hyoukou.hgt", "heights-corner-unknown"),
        ("N36E138.hgt.zip", "zip-broken"),
        ("N37E138.hgt.zip", "zip-nothing"),
        ("a.tif", "heights-unreadable"),
        ("b.tif", "heights-unreadable"),
        ("c.tif", "heights-not-one-band"),
        ("d.tif", "crs-missing"),
        ("e.tif", "heights-place-unknown"),
        ("f.tif", "heights-place-unknown"),
        ("h.asc", "format-unknown"),
        ("N38E138.hgt", "file-missing"),
    ]
    assert all(p.is_error for p in problems)
    assert _asked(heights, (138, 35 - 1 / 1200)) == [10]


def test_a_bomb_of_a_zip_stops_at_the_size_of_a_tile(tmp_path: Path) -> None:
    path = tmp_path / "N34E138.hgt.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("N34E138.hgt", bytes(60_000_000))
    assert [p.code for p in _read(path)[1]] == ["file-too-large"]


def _real(*parts: str) -> Path:
    return Path(os.environ["OTAKARA_REALDATA"], "fallback-networks", *parts)


@pytest.mark.realdata
def test_published_heights() -> None:
    """SRTM is a surface of 90 m cells: in valleys a few metres off, on peaks some dozens lower."""
    heights, problems = _read(
        _real("monaco", "N43E007.hgt.zip"),
        _real("andorra", "N42E001.hgt.zip"),
        _real("porto-alegre", "poa_elevation.tif"),
    )
    assert problems == []
    harbour, agel, capital, sant_julia, pedrosa, mercado = _asked(
        heights,
        (7.4262, 43.7352),  # Port Hercule: the sea
        (7.4233, 43.7722),  # Mont Agel: 1,148 m
        (1.5218, 42.5063),  # Andorra la Vella: 1,023 m
        (1.4912, 42.4637),  # Sant Julià de Lòria: 908 m
        (1.4442, 42.5917),  # Coma Pedrosa: 2,942 m
        (-51.2279, -30.0277),  # Porto Alegre's market beside the river: under 20 m
    )
    assert harbour == 0
    assert agel == pytest.approx(1148, abs=60)
    assert capital == pytest.approx(1023, abs=15)
    assert sant_julia == pytest.approx(908, abs=15)
    assert pedrosa == pytest.approx(2942, abs=60)
    assert 0 <= mercado < 25
