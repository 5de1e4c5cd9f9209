"""サロン and 老人クラブ: lists without a single coordinate, as offices keep them."""

from __future__ import annotations

from functools import cache

from towns.minato.districts import DISTRICTS
from towns.minato.divisions import undrawn_of
from towns.minato.halls import hall_for
from towns.minato.plan import CARE, wanted
from towns.minato.plane import dice_for
from towns.minato.schedules import Rhythm, schedule_text
from towns.minato.treasures import (
    ALL,
    ANYONE,
    ASK,
    MEMBERS,
    RESIDENTS,
    Kind,
    Row,
    Treasure,
    care_operator,
    confirmed,
    contact_cells,
    desk,
    ground,
    hall_of,
    next_of,
    scope_cells,
    venue_cells,
    words,
)  # fmt: skip

SALON_HEADER = (
    "ID,名称,名称_カナ,会場,住所,地区,公開範囲,開催日時,参加対象,はじめての方,参加費,主な活動,運営主体,"
    "送迎,連絡先,連絡先の公開範囲,効用,この場のよさ,状態,終了日,最終確認日"
)
CLUB_HEADER = (
    "ID,名称,名称_カナ,会場,住所,公開範囲,掲載の同意,開催日時,はじめての方,参加費,主な活動,運営主体,"
    "参加者実人数,連絡先,連絡先の公開範囲,効用,この場のよさ,状態,終了日,最終確認日"
)
_ROOMS = ("", "", "", "　和室", "（１階）", "", " 2F", "")


@cache
def salons() -> tuple[Treasure, ...]:
    """サロン: every one in a hall the town knows."""
    layer = "salon"
    dice = dice_for(layer)
    kinds, care_kinds = words("salons")["kind"], words("salons")["care"]
    deck = [kind for kind in kinds for _ in range(kind["weight"])]
    dice.shuffle(deck)
    found = []
    for number, want in enumerate(wanted(layer), 1):
        care = want.first and want.district in CARE[layer]
        kind: Kind = ground().turns.of("care", care_kinds) if care else deck[number % len(deck)]
        block = ground().block(want.district)
        hall = hall_of(block, care=care)
        turns, key = ground().turns, kind["names"][0][0]
        name, kana = ground().name(turns.of(f"name {key}", kind["names"]), block)
        row: Row = {
            "ID": f"S{number:03d}",
            "名称": name,
            "名称_カナ": kana if number % 6 else "",
            "会場": hall.name + ("" if care else _ROOMS[number % len(_ROOMS)]),
            "住所": hall.spot.address if number % 4 else "",
            "地区": undrawn_of().get(block.code)
            or next(d.name for d in DISTRICTS if d.code == want.district),
            "開催日時": schedule_text(want.rhythm, next_of(want.rhythm), dice),
            "参加対象": dice.choice(kind["whom"]),
            "はじめての方": dice.choice((ANYONE, ANYONE, ANYONE, ASK)),
            "参加費": dice.choice(kind["fee"]),
            "主な活動": dice.choice(kind["doing"]),
            "運営主体": care_operator(hall) if care else RESIDENTS,
            "送迎": "あり" if number % 8 == 3 else "",
            "連絡先": desk(want.district),
            "連絡先の公開範囲": ALL,
            "効用": kind["functions"],
            "この場のよさ": turns.of(f"meaning {key}", kind["meaning"]),
            "最終確認日": confirmed(number, dice),
        }
        if want.rhythm is Rhythm.UNKNOWN:
            row["状態"] = "おやすみ中"
        row |= scope_cells(want, number, has_consent=False)
        found.append(Treasure(layer, row["ID"], row, want.district, want.scope, want.rhythm))
    return tuple(found)


@cache
def senior_clubs() -> tuple[Treasure, ...]:
    """老人クラブ: consent was asked club by club."""
    layer = "senior_club"
    dice = dice_for(layer)
    club = words("others")["club"]
    found = []
    for number, want in enumerate(wanted(layer), 1):
        block = ground().block(want.district)
        name = ground().turns.of("club", list(zip(club["names"], club["kanas"], strict=True)))
        pattern = ("{town}" + name[0], "{town}" + name[1])
        full, kana = ground().name(pattern, block)
        row: Row = {
            "ID": f"R{number:02d}",
            "名称": full,
            "名称_カナ": kana,
            **_hall_cells(venue_cells(hall_for(block))),
            "開催日時": schedule_text(want.rhythm, next_of(want.rhythm), dice),
            "はじめての方": (ASK, ANYONE, MEMBERS, ASK)[number % 4],
            "参加費": dice.choice(club["fee"]),
            "主な活動": dice.choice(club["doing"]),
            "運営主体": RESIDENTS,
            "参加者実人数": str(dice.randint(12, 58)),
            "効用": "交流・居場所;環境づくり" if number % 2 else "見守り・見守られ;交流・居場所",
            "この場のよさ": ground().turns.of("club meaning", club["meaning"]),
            "最終確認日": confirmed(number, dice),
            **contact_cells(number, want.district),
            **scope_cells(want, number, has_consent=True),
        }
        found.append(Treasure(layer, row["ID"], row, want.district, want.scope, want.rhythm))
    return tuple(found)


def _hall_cells(row: Row) -> Row:
    return {key: row[key] for key in ("会場", "住所")}
