"""通いの場: the list with the most kinds of records, one for every case a coordinator meets."""

from __future__ import annotations

from functools import cache

from towns.minato.blocks import Block
from towns.minato.districts import DISTRICTS
from towns.minato.divisions import associations, undrawn_of
from towns.minato.halls import Hall, halls
from towns.minato.plan import CARE, Scope, Wanted, wanted
from towns.minato.plane import Metre, dice_for
from towns.minato.schedules import MORNING_TEXTS, Rhythm, schedule_text
from towns.minato.treasures import (
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
    ground,
    hall_of,
    next_of,
    scope_cells,
    spot_for,
    venue_cells,
    words,
)  # fmt: skip

LAYER = "gathering_place"
HEADER = (
    "ID,番号,名称,名称_カナ,会場,会場の種類,住所,地区,緯度,経度,公開範囲,地図での示し方,掲載の同意,開催日時,"
    "参加対象,はじめての方,参加費,主な活動,運営主体,送迎,参加者実人数,連絡先,連絡先の公開範囲,団体名,効用,"
    "この場のよさ,状態,開始日,終了日,最終確認日,いもづる元,備考"
)
# Every sixth public record is one that cannot simply be put on its spot.
_SPECIAL_EVERY = 6
_SPECIALS = (
    "町丁目まで", "地区まで", "町丁目まで", "持ち回り", "のせない", "町丁目まで", "地区まで", "持ち回り",
    "町丁目まで", "地区まで", "のせない", "町丁目まで", "持ち回り", "地区まで", "町丁目まで", "のせない",
    "地区まで", "持ち回り",
)  # fmt: skip
_WANDERING = ("会員宅の持ち回り", "会場は回覧板で", "会員宅の持ち回り", "その月の当番の家")
_HOMES = ("世話人さんの庭先", "会員宅", "世話人さんの離れ")
FULL_HALL, FULL_HALL_GROUPS = "唐桑コミュニティセンター", 8
LONG_NAME = "島じゅうのみんなが集まって体をうごかしお茶を飲んで大きな声で笑うひだまり広場の会"
ODD_NAME = ("髙﨑さんと𠮷田さんの縁側～①番茶～", "タカサキサントヨシダサンノエンガワ")
_STARTED = (
    "平成24年5月1日",
    "2018-06-05",
    "令和3年10月4日",
    "H28.4.14",
    "2019/11/1",
    "R5.7.10",
    "",
)
_FOUND = ("魚市場の食堂で聞いた", "民生委員さんから", "朝の散歩で出会った", "回覧板", "")


@cache
def gathering_places() -> tuple[Treasure, ...]:
    """All of them, in the order of the list."""
    dice = dice_for(LAYER)
    kinds, care_kinds = words("gatherings")["kind"], words("gatherings")["care"]
    deck = [kind for kind in kinds for _ in range(kind["weight"])]
    dice.shuffle(deck)
    found: list[Treasure] = []
    public = in_full_hall = 0
    for number, want in enumerate(wanted(LAYER), 1):
        care = want.first and want.district in CARE[LAYER]
        public += want.scope is Scope.PUBLIC
        special = _special(want, number, public)
        kind: Kind = ground().turns.of("care", care_kinds) if care else deck[number % len(deck)]
        if special and not _is_indoor(kind):
            kind = ground().turns.of("homely", [kind for kind in kinds if _is_indoor(kind)])
        block = ground().block(want.district)
        if special:
            row, at = _specially(special, block, public if want.scope is Scope.PUBLIC else number)
        elif want.district == "13" and in_full_hall < FULL_HALL_GROUPS and _is_indoor(kind):
            in_full_hall += 1
            row, at = venue_cells(_full_hall()), None
        else:
            row, at = _where(block, kind, number, care=care)
        if block.code in undrawn_of() and "地区" not in row:
            row["地区"] = undrawn_of()[block.code]
        row |= _said(want, kind, block, number, care=care)
        row |= scope_cells(want, number, has_consent=True)
        if not special:
            row |= _edges(want)
        if care:
            row["運営主体"] = care_operator(hall_of(block, care=True))
        row["ID"] = f"G{number:03d}"
        found.append(
            Treasure(LAYER, row["ID"], row, want.district, want.scope, _rhythm(want, kind), at)
        )
    assert in_full_hall == FULL_HALL_GROUPS
    return tuple(found)


def _special(want: Wanted, number: int, public: int) -> str:
    """How a record is shown that is not simply put on its spot; empty for all others."""
    turn, left = divmod(public, _SPECIAL_EVERY)
    if want.scope is Scope.PUBLIC:
        return _SPECIALS[turn - 1] if left == 0 and turn <= len(_SPECIALS) else ""
    if number % 3 == 0 and want.scope in (Scope.COUNCIL, Scope.COORDINATOR):
        return "町丁目まで"
    return "地区まで" if number % 3 == 0 and want.scope is Scope.PARTNERS else ""


def _rhythm(want: Wanted, kind: Kind) -> Rhythm:
    daily = kind.get("daily", False) and want.rhythm.is_monthly_or_more
    return Rhythm.DAILY if daily else want.rhythm


def _is_indoor(kind: Kind) -> bool:
    return not {"outdoor", "shop"} & kind.keys()


def _full_hall() -> Hall:
    (found,) = (hall for hall in halls() if hall.name == FULL_HALL)
    return found


def _where(block: Block, kind: Kind, number: int, *, care: bool) -> tuple[Row, Metre | None]:
    """Degrees, a hall's name alone, or only an address: as real lists have them."""
    turns = ground().turns
    if care or _is_indoor(kind):
        hall = hall_of(block, care=care)
        row = venue_cells(hall)
        if number % 5 == 2:
            del row["住所"]
        elif number % 5 == 4:
            row["会場"] = f"{hall.name}　２階和室" if not care else hall.name
        return row, hall.spot.at if number % 5 < 2 else None
    spot = spot_for(block)
    word = (
        turns.of("outdoor", kind["outdoor"])
        if "outdoor" in kind
        else turns.of("shop", kind["shop"])
    )
    row = {
        "会場": f"{block.town}の{word}",
        "会場の種類": "屋外" if "outdoor" in kind else "空き店舗・民家",
        "住所": spot.address,
    }
    return row, None if "shop" in kind and number % 3 == 0 else spot.at


def _specially(special: str, block: Block, number: int) -> tuple[Row, Metre | None]:
    """Homes shown by consent down to the block or the district, and what has no place."""
    spot = spot_for(block)
    district = next(d.name for d in DISTRICTS if d.code == block.district)
    if special == "持ち回り":
        return {"会場": ground().turns.of("wandering", _WANDERING), "地区": district}, None
    home = {
        "会場": ground().turns.of("home place", _HOMES),
        "会場の種類": "個人宅",
        "住所": spot.address,
        "地図での示し方": special,
        "備考": "お名前と番地はのせない約束",
    }
    if special == "町丁目まで":
        return home, spot.at
    return home | {"地区": _area_of(block) if number % 2 else district}, spot.at


def _area_of(block: Block) -> str:
    """The block's association where it lies in one district, else the district."""
    from towns.minato.blocks import blocks

    (area,) = (a for a in associations() if block.code in a.members)
    if {blocks()[code].district for code in area.members} == {block.district}:
        return area.name
    return next(d.name for d in DISTRICTS if d.code == block.district)


def _said(want: Wanted, kind: Kind, block: Block, number: int, *, care: bool) -> Row:
    """Everything one tells about a gathering."""
    dice = dice_for(f"{LAYER} {number}")
    turns = ground().turns
    key = kind["names"][0][0]
    name, kana = ground().name(turns.of(f"name {key}", kind["names"]), block)
    rhythm = _rhythm(want, kind)
    row: Row = {
        "名称": name,
        "名称_カナ": kana,
        "開催日時": turns.of("morning", MORNING_TEXTS)
        if rhythm is Rhythm.DAILY
        else schedule_text(rhythm, next_of(rhythm), dice),
        "参加対象": dice.choice(kind["whom"]),
        "はじめての方": dice.choice((ANYONE, ANYONE, ANYONE, ASK, ASK, MEMBERS, "")),
        "参加費": dice.choice(kind["fee"]),
        "主な活動": dice.choice(kind["doing"]),
        "運営主体": RESIDENTS,
        "参加者実人数": str(dice.randint(6, 42)),
        "効用": kind["functions"],
        "この場のよさ": turns.of(f"meaning {key}", kind["meaning"]),
        "開始日": dice.choice(_STARTED),
        "最終確認日": confirmed(number, dice),
        "いもづる元": f"G{number - 1:03d}" if number % 7 == 3 else dice.choice(_FOUND),
        **contact_cells(number, want.district),
    }
    if number % 9 == 4:
        row["送迎"] = "あり（坂の上の方は前日までに）"
    if number % 4 == 1 and not care:
        row["団体名"] = f"{name}の会" if not name.endswith("会") else name
    if want.rhythm is Rhythm.UNKNOWN:
        row |= {"状態": "おやすみ中", "備考": "世話人さんのけがが治るまでお休み"}
    return row


def _edges(want: Wanted) -> Row:
    """Names at the edge of what a page can hold."""
    if want.scope is Scope.PUBLIC and want.district == "11" and want.first:
        return {
            "名称": LONG_NAME,
            "名称_カナ": "",
            "主な活動": "体操、お茶、歌",
            "この場のよさ": "名前が長いので、みんなは「広場」と呼びます。橋を渡って来る人もいます。",
        }
    if want.scope is Scope.PUBLIC and want.district == "13" and not want.first:
        return {"名称": ODD_NAME[0], "名称_カナ": ODD_NAME[1]} if _once("odd name") else {}
    return {}


def _once(key: str) -> bool:
    return bool(ground().turns.of(key, [True, *([False] * 999)]))
