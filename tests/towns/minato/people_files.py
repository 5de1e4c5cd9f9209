"""People as e-Stat and as the municipality deliver them."""

from __future__ import annotations

from pathlib import Path

from towns.minato.blocks import Block, blocks
from towns.minato.divisions import by_name
from towns.minato.people import BANDS, SUPPRESSED, People, people
from towns.minato.plane import CODE

TOWN_NAME = "みなと市"
_BAND_LABELS = [f"{low}～{low + 4}歳" for low in range(0, 75, 5)]
_WIDE_LABELS = ["15歳未満", "15～64歳", "65歳以上", "75歳以上"]
_CENSUS_KEYS = ("KEY_CODE", "HYOSYO", "CITYNAME", "NAME", "HTKSYORI", "HTKSAKI", "GASSAN")


def write_census(path: Path) -> None:
    """T001082 of a census: codes, labels, then the town, its 大字 and 丁目; CP932, no BOM."""
    labels = [""] * len(_CENSUS_KEYS)
    for who, whole in (
        ("総数", "総数、年齢「不詳」含む"),
        ("男", "男の総数、年齢「不詳」含む"),
        ("女", "女の総数、年齢「不詳」含む"),
    ):
        labels += [whole, *(f"{who}{label}" for label in (*_BAND_LABELS, *_WIDE_LABELS))]
    header = [*_CENSUS_KEYS, *(f"T001082{number:03d}" for number in range(1, 61))]
    lines = [header, labels, *_census_rows()]
    text = "".join(",".join(line) + "\r\n" for line in lines)
    path.write_bytes(text.encode("cp932"))


def _census_rows() -> list[list[str]]:
    receiver = {by_name()[a].code: by_name()[b].code for a, b in SUPPRESSED.items()}
    everybody = sum(people().values(), People((0,) * BANDS, (0,) * BANDS))
    rows = [_row(CODE, 1, "", everybody)]
    told: set[str] = set()
    for code, block in blocks().items():
        if block.chome and block.town not in told:
            told.add(block.town)
            parts = [people()[c] for c, b in blocks().items() if b.town == block.town]
            rows.append(
                _row(CODE + code[:4], 3, block.town, sum(parts, People((0,) * BANDS, (0,) * BANDS)))
            )
        rows.append(_block_row(code, block, receiver))
    return rows


def _block_row(code: str, block: Block, receiver: dict[str, str]) -> list[str]:
    level = 4 if block.chome else 2
    givers = [giver for giver, taker in receiver.items() if taker == code]
    if code in receiver:
        keys = [CODE + code, str(level), TOWN_NAME, block.name, "2", _six(receiver[code]), ""]
        return [*keys, *(["X"] * 60)]
    together = sum((people()[giver] for giver in givers), people()[code])
    row = _row(CODE + code, level, block.name, together)
    if givers:
        row[4], row[6] = "1", ";".join(map(_six, givers))
    return row


def _six(code: str) -> str:
    return code.ljust(6, "0")


def _row(key: str, level: int, name: str, who: People) -> list[str]:
    cells = [key, str(level), TOWN_NAME, name, "0", "", ""]
    both = tuple(m + w for m, w in zip(who.men, who.women, strict=True))
    for counts in (both, who.men, who.women):
        wide = [sum(counts[:3]), sum(counts[3:13]), sum(counts[13:]), sum(counts[15:])]
        cells += [str(n) if n else "-" for n in (sum(counts), *counts[:15], *wide)]
    return cells


def write_population(path: Path) -> None:
    """地域・年齢別人口, the standard list of municipalities: the only one that tells 85 and more."""
    bands = [f"{low}-{low + 4}歳" for low in range(0, 85, 5)] + ["85歳以上"]
    header = [
        "全国地方公共団体コード",
        "地域コード",
        "都道府県名",
        "市区町村名",
        "調査年月日",
        "地域名",
        "総人口",
        "男性",
        "女性",
    ]
    header += [f"{band}の{sex}" for band in bands for sex in ("男性", "女性")] + ["世帯数", "備考"]
    lines = [header]
    for code, block in blocks().items():
        who = people()[code]
        men, women = sum(who.men), sum(who.women)
        cells = [CODE + "2", CODE + code, "", TOWN_NAME, "2026-03-31", block.name]
        cells += [str(n) for n in (men + women, men, women)]
        cells += [str(n) for pair in zip(who.men, who.women, strict=True) for n in pair]
        lines.append([*cells, str(round((men + women) / 2.3)), ""])
    text = "".join(",".join(line) + "\r\n" for line in lines)
    path.write_bytes(text.encode("utf-8-sig"))
