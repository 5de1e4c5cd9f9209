"""Placing 1,000 addresses among 60,000 街区 against named peers, in one run, answers compared.

The first peer reads every row for every address: it takes the town's name and the number off the
folded text by its own rules, and is exact on the spellings it knows. The second is difflib's nearest
name, what a search box would do: it shows what guessing costs, in time and in wrong places.

Run by ``make bench``. No time is asserted but the issue's own: 1,000 addresses in under 2 s with
building.
"""

from __future__ import annotations

import difflib
import random
import re
import time
from pathlib import Path

from geo.folding import fold
from geo.intake.gazetteer_reader import read_gazetteer
from geo.manifest import read_manifests
from geo.model.audience import Placed
from geo.model.problem import Problem
from geo.placing import AddressPlace, Gazetteer, MunicipalityName

BASES, CHOMES, BLOCKS = 120, 5, 100
ASKED = 1000
SCANNED, GUESSED = 100, 5
LIMIT_S = 2.0
KANJI = "〇一二三四五"
FIRST = "東西南北上中下大小新本元若松竹梅桜港浜旭"
SECOND = "川山田原野島崎浦津沢"
THIRD = ("町", "", "新田")


def make_rows(rng: random.Random) -> list[AddressPlace]:
    names = [a + b + c for a in FIRST for b in SECOND for c in THIRD]
    bases = rng.sample(names, BASES)
    return [
        AddressPlace(
            f"{base}{KANJI[chome]}丁目",
            138.0 + rng.random() / 5,
            34.8 + rng.random() / 5,
            Placed.ADDRESS,
            "位置参照情報（街区）",
            number=str(number),
            prefecture="静岡県",
            municipality="みなと市",
        )
        for base in bases
        for chome in range(1, CHOMES + 1)
        for number in range(1, BLOCKS + 1)
    ]


def spelled(row: AddressPlace, rng: random.Random) -> str:
    base, chome = row.town[:-3], KANJI.index(row.town[-3])
    house = rng.randint(1, 30)
    lead = rng.choice(["", "みなと市", "静岡県みなと市", "〒425-0001 静岡県みなと市"])
    rest = rng.choice(
        [
            f"{chome}-{row.number}-{house}",
            f"{chome}丁目{row.number}番{house}号",
            f"{KANJI[chome]}丁目{row.number}番{house}号",
            f"{chome}丁目{row.number}−{house}　山田ビル2階",
        ]
    )
    return lead + base + rest


def scan(address: str, rows: list[AddressPlace]) -> AddressPlace | None:
    """Every row held against the address, the way a spreadsheet formula would."""
    plain = fold(re.sub(r"^〒[\d-]+", "", address))
    plain = plain.replace(fold("静岡県"), "").replace(fold("みなと市"), "")
    for row in rows:
        base, chome = fold(row.town[:-3]), KANJI.index(row.town[-3])
        for written in (f"{chome}-", f"{chome}丁目", f"{KANJI[chome]}丁目"):
            head = f"{base}{written}{row.number}"
            if plain.startswith(head) and not plain[len(head) : len(head) + 1].isdigit():
                return row
    return None


HEADERS = (
    "都道府県名,市区町村名,大字・丁目名,小字・通称名,街区符号・地番,座標系番号,Ｘ座標,Ｙ座標,緯度,経度,"
    "住居表示フラグ,代表フラグ,更新前履歴フラグ,更新後履歴フラグ\r\n"
)


def write_town(folder: Path, rows: list[AddressPlace]) -> None:
    (folder / "boundaries").mkdir(parents=True)
    (folder / "boundaries" / "municipality.toml").write_text(
        'name = "みなと市"\ncode = "22999"\nplane_zone = 8\n', "utf-8"
    )
    (folder / "boundaries" / "gazetteer.toml").write_text(
        '[[addresses]]\nkind = "block"\ndata = "22999.csv"\n', "utf-8"
    )
    lines = (
        f"{r.prefecture},{r.municipality},{r.town},,{r.number},8,0.0,0.0,{r.lat!r},{r.lon!r},1,1,0,0\r\n"
        for r in rows
    )
    (folder / "boundaries" / "22999.csv").write_bytes((HEADERS + "".join(lines)).encode("cp932"))


def test_a_thousand_addresses(tmp_path: Path) -> None:
    rng = random.Random(20260401)
    rows = make_rows(rng)
    assert len(rows) == BASES * CHOMES * BLOCKS == 60_000
    meant = rng.sample(rows, ASKED)
    asked = [spelled(row, rng) for row in meant]

    start = time.perf_counter()
    gazetteer = Gazetteer((), rows, [MunicipalityName("みなと市", "静岡県")])
    built = time.perf_counter()
    places = [gazetteer.find(name="", venue=None, address=text).place for text in asked]
    ended = time.perf_counter()
    assert [(p.lon, p.lat) if p else None for p in places] == [(r.lon, r.lat) for r in meant]

    write_town(tmp_path / "town", rows)
    town, _ = read_manifests(tmp_path / "town", None)
    assert town is not None
    problems: list[Problem] = []
    read_start = time.perf_counter()
    from_file = read_gazetteer(town, (), problems)
    read_s = time.perf_counter() - read_start
    assert from_file is not None
    assert problems == []
    assert [from_file.find(name="", venue=None, address=text).place for text in asked] == places

    scan_start = time.perf_counter()
    scanned = [scan(text, rows) for text in asked[:SCANNED]]
    scan_s = time.perf_counter() - scan_start
    assert scanned == meant[:SCANNED]

    names = [f"{row.town}{row.number}" for row in rows]
    guess_start = time.perf_counter()
    guessed = [difflib.get_close_matches(text, names, n=1, cutoff=0) for text in asked[:GUESSED]]
    guess_s = time.perf_counter() - guess_start
    right = sum(
        one == [f"{row.town}{row.number}"]
        for one, row in zip(guessed, meant[:GUESSED], strict=True)
    )

    ours_ms = (ended - built) / ASKED * 1000
    scan_ms, guess_ms = scan_s / SCANNED * 1000, guess_s / GUESSED * 1000
    print(f"\n  {ASKED} addresses, {len(rows):,} 街区         ms each    ratio   right")
    print(f"  geo.placing                        {ours_ms:8.3f}  {1:7.0f}x  {ASKED}/{ASKED}")
    print(
        f"  every row for every address        {scan_ms:8.3f}  {scan_ms / ours_ms:7.0f}x  {SCANNED}/{SCANNED}"
    )
    print(
        f"  difflib, the nearest name          {guess_ms:8.3f}  {guess_ms / ours_ms:7.0f}x  {right}/{GUESSED}"
    )
    print(
        f"  building {built - start:.2f} s + finding {ended - built:.2f} s = {ended - start:.2f} s (limit {LIMIT_S} s)"
    )
    print(f"  the same from a file of cp932: {read_s:.2f} s, equal answers")
    assert ended - start < LIMIT_S
