"""The base map inside a file: which tiles, the same bytes every time, opened without a server."""

from __future__ import annotations

import base64
import dataclasses
import gzip
import io
import json
import math
import re

import mapbox_vector_tile
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pmtiles.reader import MemorySource, Reader, all_tiles
from pmtiles.tile import TileType
from tiles.ground_rows import TILE

from geo.model.audience import Audience, Medium
from geo.questions import ground_tile, revision, tile_at, treasure_map
from webmap.offline import base_map as archive_of
from webmap.offline import offline_map
from webmap.offline.carried_tiles import MARGIN_M, tile_windows
from webmap.showing import MapStyle, Showing


def ask(conn, level="quarter", code="q1"):
    _, today = revision(conn)
    return treasure_map(
        conn, audience=Audience.PUBLIC, medium=Medium.WEB, level=level, code=code, today=today
    )


@pytest.fixture
def conn(database):
    with database.connect(Audience.PUBLIC) as conn:
        yield conn


def test_the_archive_holds_the_server_s_own_tiles(conn) -> None:
    archive = archive_of(conn, ask(conn))
    assert archive is not None
    assert archive.deepest_zoom == 15
    reader = Reader(MemorySource(archive.content))
    header = reader.header()
    assert (header["tile_type"], header["min_zoom"], header["max_zoom"]) == (TileType.MVT, 8, 15)
    assert header["clustered"]
    assert reader.metadata()["attribution"].startswith("出典：手で書いた地図")
    tiles = dict(all_tiles(MemorySource(archive.content)))
    assert TILE in tiles
    for numbers, content in tiles.items():
        assert gzip.decompress(content) == ground_tile(conn, *numbers)
    streets = mapbox_vector_tile.decode(gzip.decompress(tiles[TILE]))["street"]["features"]
    assert "本通り" in {one["properties"].get("name") for one in streets}


def test_the_same_town_gives_the_same_bytes(conn) -> None:
    answer = ask(conn)
    first, second = archive_of(conn, answer), archive_of(conn, answer)
    assert first == second
    assert offline_map(answer, archive=first).content == offline_map(answer, archive=second).content


def test_nothing_to_carry(conn) -> None:
    assert archive_of(conn, dataclasses.replace(ask(conn), bounds=None)) is None
    assert archive_of(conn, dataclasses.replace(ask(conn), ground=None)) is None
    # Streets, and none of them near this place.
    assert archive_of(conn, dataclasses.replace(ask(conn), bounds=(10, 10, 10.1, 10.1))) is None


def test_the_names_on_the_map_are_in_the_font(conn) -> None:
    archive = archive_of(conn, ask(conn))
    assert archive is not None
    assert set("本通り松の小学校ますめ駅はしっこ`${alert(1)}`</script>") <= set(archive.names)
    made = offline_map(ask(conn), archive=archive)
    bare = offline_map(ask(conn))
    assert made.missing == bare.missing
    assert font_characters(made.content) - font_characters(bare.content) >= set("駅")


def font_characters(content: bytes) -> set[str]:
    from fontTools.ttLib import TTFont

    data = re.search(rb"font/woff2;base64,([^)]+)\)", content)
    assert data is not None
    with TTFont(io.BytesIO(base64.b64decode(data[1]))) as font:
        return {chr(code) for code in font.getBestCmap()}


def test_the_file_asks_nobody(conn) -> None:
    answer = ask(conn)
    archive = archive_of(conn, answer)
    showing = Showing(map_style=MapStyle.LANDMARKS)
    text = offline_map(answer, archive=archive, showing=showing).content.decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy is not None
    assert "connect-src" not in policy[1]
    assert policy[1].startswith("default-src &#x27;none&#x27;; script-src &#x27;sha256-")
    assert "img-src data:; font-src data:" in policy[1]
    assert "http" not in policy[1]
    assert "/tiles/" not in text.replace('"/tiles/"', "")
    data = re.search(r'id="map-data">(.*?)</script>', text, re.DOTALL)
    assert data is not None
    ground = json.loads(data[1])["ground"]
    assert ground["style"] == "landmarks"
    assert "url" not in ground
    assert archive is not None
    assert base64.b64decode(ground["archive"]) == archive.content
    assert "出典：手で書いた地図（CC0-1.0、2026年10月1日現在）" in text


def test_too_much_loses_its_edges_first_and_its_depth_last(conn, monkeypatch) -> None:
    answer = ask(conn)
    whole = archive_of(conn, answer)
    assert whole is not None

    def within(limit: int):
        monkeypatch.setattr(base_map_module(), "MOST_BYTES", limit)
        return archive_of(conn, answer)

    sizes = {n: len(c) for n, c in all_tiles(MemorySource(whole.content))}
    total = sum(sizes.values())
    less = within(total - 1)
    assert less is not None
    assert less.deepest_zoom == 15
    assert set(dict(all_tiles(MemorySource(less.content)))) < set(sizes)
    deep = sum(size for (zoom, _, _), size in sizes.items() if zoom == 15)
    shallow = within(total - deep)
    assert shallow is not None
    assert shallow.deepest_zoom == 14
    assert within(1) is None


def base_map_module():
    import sys

    return sys.modules["webmap.offline.base_map"]


def covers(window, zoom, west, north, east, south) -> bool:
    left, top = tile_at(west, north, zoom)
    right, bottom = tile_at(east, south, zoom)
    return (
        window.west <= max(left, 0)
        and window.north <= max(top, 0)
        and min(right, 2**zoom) <= window.east + 1
        and min(bottom, 2**zoom) <= window.south + 1
    )


@given(
    lon=st.floats(122, 154),
    lat=st.floats(20, 46),
    wide_m=st.floats(50, 60_000),
    high_m=st.floats(50, 60_000),
    height=st.integers(560, 1440),
    aspect=st.floats(0.45, 2.2),
)
def test_no_screen_opens_on_a_hole(lon, lat, wide_m, high_m, height, aspect) -> None:
    """Whatever the area and the screen: what the map shows when it opens is in the file."""
    width = height * aspect
    assume(width > 340)
    assume(height < 950 or aspect > 0.66)  # no phone is that high
    wide = wide_m / 111_320 / math.cos(math.radians(lat))
    high = high_m / 111_320
    bounds = (lon, lat, lon + wide, lat + high)
    windows = {window.zoom: window for window in tile_windows(bounds, 1440)}
    # As the page's script does it: as large as it will go, with room for flags and buttons.
    left, top = tile_at(bounds[0], bounds[3], 0)
    right, bottom = tile_at(bounds[2], bounds[1], 0)
    room = (90, 82) if width > 600 else (78, 74)
    fit = min((width - room[0]) / (right - left), (height - room[1]) / (bottom - top))
    zoom = min(math.log2(fit / 256), 17)
    points = 256 * 2**zoom
    x = (left + right) / 2 + (66 - 24) / 2 / points
    y = (top + bottom) / 2 + (34 - 48) / 2 / points
    tiles = min(math.floor(zoom + 0.5), 15)
    if tiles < 8:
        return
    count, window = 2**tiles, windows[tiles]
    assert window.west <= max(0, (x - width / 2 / points) * count)
    assert window.north <= max(0, (y - height / 2 / points) * count)
    assert min(count, (x + width / 2 / points) * count) <= window.east + 1
    assert min(count, (y + height / 2 / points) * count) <= window.south + 1


def test_five_hundred_metres_around_the_area() -> None:
    bounds = (138.50, 36.00, 138.51, 36.01)
    for zoom, metres in ((15, MARGIN_M), (14, 2 * MARGIN_M), (12, 8 * MARGIN_M)):
        [window] = [one for one in tile_windows(bounds, 0) if one.zoom == zoom]
        high = metres / 111_320
        wide = high / math.cos(math.radians(36))
        assert covers(
            window, zoom, bounds[0] - wide * 0.99, bounds[3] + high * 0.99,
            bounds[2] + wide * 0.99, bounds[1] - high * 0.99,
        )  # fmt: skip
