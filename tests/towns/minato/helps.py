"""助け合い and みんなの食堂, and the gatherings in homes that are only counted."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from random import Random

from towns.minato.blocks import Block
from towns.minato.plan import CARE, HELP_FROM_AFAR, OTHERS, Scope, Wanted, hidden
from towns.minato.plane import Metre, dice_for
from towns.minato.schedules import SNOW_TEXTS, SUMMER_TEXTS, Rhythm, schedule_text
from towns.minato.treasures import (
    ALL,
    ANYONE,
    ASK,
    RESIDENTS,
    Kind,
    Row,
    Treasure,
    care_operator,
    confirmed,
    desk,
    ground,
    hall_of,
    next_of,
    scope_cells,
    spot_for,
    venue_cells,
    words,
)  # fmt: skip

HEADER = (
    "ID,名称,名称_カナ,会場,住所,緯度,経度,公開範囲,開催日時,参加対象,はじめての方,参加費,主な活動,運営主体,"
    "連絡先,連絡先の公開範囲,効用,この場のよさ,状態,最終確認日"
)
HOME_HEADER = "ID,名称,住所,緯度,経度,開催日時,参加者実人数,最終確認日,備考"
_WHEN = {
    "weekly": Rhythm.WEEKLY, "monthly": Rhythm.MONTHLY, "daily": Rhythm.DAILY, "window": Rhythm.DAILY,
    "seasonal": Rhythm.SEASONAL, "summer": Rhythm.SEASONAL, "unknown": Rhythm.UNKNOWN,
}  # fmt: skip
_TABLE_RHYTHMS = (Rhythm.MONTHLY, Rhythm.FORTNIGHTLY, Rhythm.MONTHLY, Rhythm.WEEKLY)
_PAUSED = (11, 29)
_AWAY = 4  # every fourth place is a house the town's gazetteer does not know


def _wanted(layer: str, column: int) -> Iterator[Wanted]:
    for district, counts in OTHERS.items():
        for number in range(counts[column]):
            yield Wanted(district, Scope.PUBLIC, Rhythm.WEEKLY, number == 0)
    yield from hidden(layer, (Rhythm.WEEKLY,))


@cache
def neighbour_helps() -> tuple[Treasure, ...]:
    """助け合い, two of which have no place at all: a telephone and letters."""
    layer = "neighbour_help"
    dice = dice_for(layer)
    all_words = words("others")
    deck = [kind for kind in all_words["help"] for _ in range(4 if kind["when"] == "window" else 2)]
    found = []
    for number, want in enumerate(_wanted(layer, 1), 1):
        care = want.first and want.district in CARE[layer]
        kind = ground().turns.of("help", all_words["help_care"] if care else deck)
        rhythm = _WHEN[kind["when"]]
        if kind["when"] == "window":
            text = "平日 9:00〜16:00（電話で受付）"
        elif kind["when"] == "summer":
            text = SUMMER_TEXTS[number % len(SUMMER_TEXTS)]
        elif kind["when"] == "seasonal":
            text = SNOW_TEXTS[number % len(SNOW_TEXTS)]
        else:
            text = schedule_text(rhythm, next_of(rhythm), dice)
        found.append(_made(layer, f"H{number:02d}", want, kind, rhythm, text, number, care, dice))
    for far in all_words["far"][:HELP_FROM_AFAR]:
        row: Row = {
            "ID": f"H{len(found) + 1:02d}",
            "名称": far["name"],
            "名称_カナ": far["kana"],
            "公開範囲": ALL,
            "開催日時": far["schedule"],
            "参加対象": "市内にお住まいの方",
            "はじめての方": ANYONE,
            "参加費": "無料",
            "主な活動": far["doing"],
            "運営主体": RESIDENTS,
            "連絡先": "みなと市社協 ☎ 000-000-0000",
            "連絡先の公開範囲": ALL,
            "効用": "安否確認;交流・居場所",
            "この場のよさ": far["meaning"],
            "最終確認日": "2026-06-01",
        }
        found.append(Treasure(layer, row["ID"], row, None, Scope.PUBLIC, Rhythm.MONTHLY))
    return tuple(found)


@cache
def shared_tables() -> tuple[Treasure, ...]:
    """みんなの食堂."""
    layer = "shared_table"
    dice = dice_for(layer)
    all_words = words("others")
    deck = [kind for kind in all_words["table"] for _ in range(1 if kind.get("yearly") else 3)]
    found = []
    for number, want in enumerate(_wanted(layer, 2), 1):
        care = want.first and want.district in CARE[layer]
        kind = ground().turns.of("table", all_words["table_care"] if care else deck)
        rhythm = Rhythm.YEARLY if kind.get("yearly") else _TABLE_RHYTHMS[number % 4]
        text = schedule_text(rhythm, next_of(rhythm), dice)
        found.append(_made(layer, f"K{number:02d}", want, kind, rhythm, text, number, care, dice))
    return tuple(found)


def _made(
    layer: str,
    identity: str,
    want: Wanted,
    kind: Kind,
    rhythm: Rhythm,
    text: str,
    number: int,
    care: bool,
    dice: Random,
) -> Treasure:
    block = ground().block(want.district)
    turns, key = ground().turns, kind["names"][0][0]
    name, kana = ground().name(turns.of(f"name {key}", kind["names"]), block)
    place, at = _place(block, number, care=care)
    fee = kind["fee"]
    row: Row = {
        "ID": identity,
        "名称": name,
        "名称_カナ": kana,
        **place,
        "開催日時": text,
        "参加対象": kind["whom"],
        "はじめての方": ASK if number % 5 == 3 else ANYONE,
        "参加費": fee if isinstance(fee, str) else dice.choice(fee),
        "主な活動": dice.choice(kind["doing"]),
        "運営主体": care_operator(hall_of(block, care=True)) if care else RESIDENTS,
        "効用": kind["functions"],
        "この場のよさ": turns.of(f"meaning {key}", kind["meaning"]),
        "最終確認日": confirmed(number, dice),
        **scope_cells(want, number, has_consent=False),
    }
    if number % 3:
        row |= {"連絡先": desk(want.district), "連絡先の公開範囲": ALL}
    if want.scope is Scope.PUBLIC and number in _PAUSED:
        row["状態"] = "おやすみ中"
    return Treasure(layer, identity, row, want.district, want.scope, rhythm, at)


def _place(block: Block, number: int, *, care: bool) -> tuple[Row, Metre | None]:
    if not care and number % _AWAY == 1:
        spot = spot_for(block)
        return {"会場": f"{block.town}の世話人さん宅前", "住所": spot.address}, spot.at
    hall = hall_of(block, care=care)
    row = venue_cells(hall)
    return {k: row[k] for k in ("会場", "住所")}, hall.spot.at if number % 2 else None


@cache
def home_gatherings() -> tuple[Treasure, ...]:
    """Three or four people in somebody's kitchen: counted, never shown."""
    layer = "home_gathering"
    dice = dice_for(layer)
    home = words("others")["home"]
    found = []
    for number, want in enumerate(hidden(layer, (Rhythm.WEEKLY,)), 1):
        block = ground().block(want.district)
        spot = spot_for(block)
        row: Row = {
            "ID": f"P{number:02d}",
            "名称": ground().turns.of("home", home["names"]).format(town=block.town),
            "住所": spot.address,
            "開催日時": home["when"][number % len(home["when"])],
            "参加者実人数": str(dice.randint(3, 5)),
            "最終確認日": confirmed(number, dice),
            "備考": "数えるだけ。場所は外に出さない" if number % 4 == 1 else "",
        }
        found.append(
            Treasure(layer, row["ID"], row, want.district, want.scope, want.rhythm, spot.at)
        )
    return tuple(found)
