"""The first map against named peers, both sides in one run, equal answers asserted.

Run by ``make bench``. Times are the least of several interleaved rounds: what the machine can do
when nothing else disturbs it, for both sides alike. No time is asserted; the table says what was
met.
"""

from __future__ import annotations

import csv
import gc
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from geo.cluster import Cluster
from geo.database import TownDatabase
from geo.model.audience import Audience, Medium
from geo.settings import Settings

CODE = "99375"
PLACES = 1000
ROUNDS = 9
COLD_RUNS = 10
"""In a round: the peer's one page takes as long as twenty of ours, and either side may be disturbed."""
WEST, SOUTH, SIDE = 138.50, 36.00, 0.03

Row = tuple[str, float, float, str, str, str]


def least_ms(runs: list[float]) -> float:
    return min(runs) * 1000


def timed(action: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    result = action()
    return time.perf_counter() - began, result


def rows() -> list[Row]:
    """A grid of 40 x 25 places, no two alike."""
    made = []
    for i in range(PLACES):
        east, north = divmod(i, 25)
        made.append(
            (
                f"いきいきサロン第{i:04d}班",
                round(WEST + 0.0005 + east * 0.0007, 6),
                round(SOUTH + 0.0005 + north * 0.0011, 6),
                f"第{i // 2}公民館",
                f"毎週{'月火水木金'[i % 5]}曜 {9 + i % 8}:30〜",
                f"試験市港町{i % 9 + 1}丁目{i % 30 + 1}番",
            )
        )
    return made


def write_town(folder: Path) -> None:
    level, layer = folder / "boundaries" / "district", folder / "layers" / "gathering"
    level.mkdir(parents=True)
    layer.mkdir(parents=True)
    (folder / "boundaries" / "municipality.toml").write_text(
        f'name = "試験市"\ncode = "{CODE}"\nplane_zone = 8\n', encoding="utf-8"
    )
    (level / "boundary.toml").write_text(
        'title = "地区"\ntier = 2\ndata = "areas.geojson"\ncode = "code"\nname = "name"\n'
        'source = "試験"\nlicence = "CC0-1.0"\nas_of = 2026-01-01\n',
        encoding="utf-8",
    )
    w, s, e, n = WEST, SOUTH, WEST + SIDE, SOUTH + SIDE
    features = [
        {
            "type": "Feature",
            "properties": {"code": str(i + 1), "name": f"第{i + 1}地区"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [[w + d, s], [e + d, s], [e + d, n], [w + d, n], [w + d, s]],
                ],
            },
        }
        for i, d in enumerate((0.0, SIDE))
    ]
    (level / "areas.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8"
    )
    (layer / "layer.toml").write_text(
        'title = "通いの場"\nsymbol = "通"\ncolor = "#1f5aa6"\norder = 1\nsource = "試験"\n'
        'licence = "CC0-1.0"\nas_of = 2026-01-01\npublication_basis = "試験用"\n'
        'audience = "だれでも"\n[show]\n"日時" = "開催日時"\n"会場" = "会場"\n"住所" = "住所"\n',
        encoding="utf-8",
    )
    with (layer / "list.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["ID", "名称", "緯度", "経度", "会場", "開催日時", "住所"])
        for i, (name, lon, lat, venue, schedule, address) in enumerate(rows()):
            writer.writerow([f"g{i}", name, lat, lon, venue, schedule, address])


@pytest.fixture(scope="module")
def settings(
    make_town_database: Callable[..., TownDatabase],
    make_settings: Callable[..., Settings],
    tmp_path_factory: pytest.TempPathFactory,
) -> Settings:
    from geo.loading import load_town

    folder = tmp_path_factory.mktemp("bench") / "town"
    write_town(folder)
    make_town_database(CODE, town=folder)
    made = make_settings(folder)
    load_town(made)
    return made


def folium_page() -> str:
    """The same places the way the manual of Folium shows: one Marker each."""
    import folium

    shown = folium.Map(location=[SOUTH + SIDE / 2, WEST + SIDE / 2], zoom_start=14)
    for name, lon, lat, venue, schedule, address in rows():
        folium.Marker(
            [lat, lon],
            popup=f"{name}<br>日時 {schedule}<br>会場 {venue}<br>住所 {address}",
            tooltip=name,
        ).add_to(shown)
    text = shown.get_root().render()
    assert isinstance(text, str)
    return text


def test_page_and_data_of_a_thousand_treasures(settings: Settings) -> None:
    from geo.questions import treasure_map
    from webmap.app import create_app
    from webmap.byte_cache import StoredAnswer
    from webmap.context import CONTEXT
    from webmap.edition_shelf import CacheKey, Edition
    from webmap.serving import settle_memory

    app = create_app(settings)
    settle_memory()  # as the server does; the peer gains as well
    app.testing = True
    client = app.test_client()
    cache, answers = app.extensions[CONTEXT].cache, app.extensions[CONTEXT].answers
    page_url, data_url = f"/{CODE}/district/1", f"/{CODE}/district/1.json"
    unzipped = {"Accept-Encoding": "gzip"}

    def forget() -> None:
        nothing = StoredAnswer.of(b"", tag=lambda _stored: "", content_type="")
        never, nobody = Edition(-1, date.min), CacheKey(Audience.PUBLIC, "")
        cache.put(never, nobody, nothing)
        answers.forget()

    def ask() -> tuple[Any, Any]:
        return client.get(page_url, headers=unzipped), client.get(data_url, headers=unzipped)

    for answer in ask():
        assert answer.status_code == 200
    tags = [answer.headers["ETag"] for answer in ask()]

    def ask_again() -> tuple[Any, Any]:
        return (
            client.get(page_url, headers={"If-None-Match": tags[0]}),
            client.get(data_url, headers={"If-None-Match": tags[1]}),
        )

    database = app.extensions[CONTEXT].database

    def question() -> object:
        with database.connect(Audience.PUBLIC) as conn:
            return treasure_map(
                conn,
                audience=Audience.PUBLIC,
                medium=Medium.WEB,
                level="district",
                code="1",
                today=date(2026, 4, 1),
            )

    peer: list[float] = []
    cold: list[float] = []
    warm: list[float] = []
    same: list[float] = []
    bare: list[float] = []
    drawn = ""
    for _ in range(ROUNDS):
        seconds, drawn = timed(folium_page)
        peer.append(seconds)
        gc.collect()  # neither side clears away what the other has left
        for _ in range(COLD_RUNS):
            forget()
            seconds, fresh = timed(ask)
            cold.append(seconds)
        warm += [timed(ask)[0] for _ in range(20)]
        same += [timed(ask_again)[0] for _ in range(20)]
        bare.append(timed(question)[0])
    assert [answer.status_code for answer in ask_again()] == [304, 304]

    import gzip

    page, data = (gzip.decompress(answer.get_data()).decode() for answer in fresh)
    ours = json.loads(data)
    expected = {(name, lon, lat) for name, lon, lat, *_ in rows()}
    flag = ours["flags"]
    assert {
        (e["name"], flag[e["flag"]]["lon"], flag[e["flag"]]["lat"]) for e in ours["entries"]
    } == expected
    assert all(name in page and name in drawn for name, *_ in rows())
    theirs = re.findall(r"L\.marker\(\s*\[([\d.]+), ([\d.]+)\]", drawn)
    assert {(float(lon), float(lat)) for lat, lon in theirs} == {(r[1], r[2]) for r in rows()}

    base = least_ms(peer)
    print(f"\n\n1,000 treasures: page + data, against {PLACES} folium.Marker ({base:,.0f} ms)")
    print(f"{'':34}{'ms':>10}{'ratio':>10}{'target':>10}")
    for what, runs, target in (
        ("the question alone", bare, None),
        ("cold (nothing stored)", cold, 20),
        ("warm (stored bytes)", warm, 200),
        ("not modified (304)", same, None),
    ):
        ratio = base / least_ms(runs)
        told = "" if target is None else f">= {target}x"
        verdict = "" if target is None else ("  met" if ratio >= target else "  MISSED")
        print(f"{what:34}{least_ms(runs):>10.2f}{ratio:>9,.0f}x{told:>10}{verdict}")
    sent = sum(len(answer.get_data()) for answer in fresh)
    print(f"{'bytes sent / folium':34}{sent:>10,} / {len(drawn.encode()):,}")
    database.dispose()


def test_commands_answer_at_once(settings: Settings, cluster: Cluster) -> None:
    environ = {k: v for k, v in os.environ.items() if not k.startswith("OTAKARA_")}
    environ |= {"OTAKARA_CLUSTER": str(cluster.folder), "OTAKARA_TOWN": str(settings.town)}
    otakara = [sys.executable, "-m", "webmap.cli"]
    commands: dict[str, tuple[list[str], float | None]] = {
        "python -c pass": ([sys.executable, "-c", "pass"], None),
        "otakara --help": ([*otakara, "--help"], 0.3),
        "otakara areas --json": ([*otakara, "areas", "--json"], 1.5),
        "otakara db status": ([*otakara, "db", "status"], 1.5),
    }
    runs: dict[str, list[float]] = {name: [] for name in commands}
    said: dict[str, str] = {}
    for _ in range(ROUNDS):
        for name, (words, _target) in commands.items():
            seconds, done = timed(
                lambda words=words: subprocess.run(
                    words, env=environ, capture_output=True, text=True, check=True
                )
            )
            runs[name].append(seconds)
            said[name] = done.stdout
    areas = json.loads(said["otakara areas --json"])
    assert [row["treasures"] for row in areas] == [{"gathering": PLACES}, {}]
    assert "areas" in said["otakara --help"]

    base = least_ms(runs["python -c pass"])
    print(f"\n\n{'commands':34}{'ms':>10}{'ratio':>10}{'target':>10}")
    for name, (_, limit_s) in commands.items():
        ms = least_ms(runs[name])
        told = "" if limit_s is None else f"<= {limit_s} s"
        verdict = "" if limit_s is None else ("  met" if ms <= limit_s * 1000 else "  MISSED")
        print(f"{name:34}{ms:>10.0f}{ms / base:>9.1f}x{told:>10}{verdict}")
