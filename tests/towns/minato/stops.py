"""移動販売: two vehicles, six routes with their stops in order, and the cafés that open beside one."""

from __future__ import annotations

from functools import cache

from towns.minato.districts import DISTRICTS
from towns.minato.halls import hall_for
from towns.minato.plan import OTHERS, Scope, hidden
from towns.minato.plane import Metre, dice_for
from towns.minato.schedules import Rhythm, schedule_text
from towns.minato.treasures import ALL, ANYONE, RESIDENTS, Row, Treasure, ground, spot_for, words

STOP_HEADER = (
    "ID,停車場所,住所,地区,緯度,経度,来る日,売る物,車の名前,順,到着,停車,運営主体,はじめての方,この場のよさ,"
    "状態,終了日,最終確認日"
)
CAFE_HEADER = (
    "ID,名称,名称_カナ,会場,住所,緯度,経度,合わせる停車場所,開催日時,参加対象,はじめての方,参加費,主な活動,運営主体,"
    "連絡先,連絡先の公開範囲,効用,この場のよさ,最終確認日"
)
# Vehicle, day of the week as the list writes it, the districts it passes, first arrival in minutes.
ROUTES: tuple[tuple[str, str, tuple[str, ...], int], ...] = (
    ("かもめ号", "毎週火曜", ("13", "11"), 555),
    ("かもめ号", "毎週木曜", ("7", "4", "5"), 570),
    ("かもめ号", "毎週金曜", ("3", "2", "9"), 560),
    ("はまなす号", "第1・3月曜", ("14", "15"), 570),
    ("はまなす号", "毎週水曜", ("16", "10"), 560),
    ("はまなす号", "毎週金曜", ("12", "8", "1"), 565),
)
_STAYS = (20, 25, 15, 20, 30)
_DRIVE_MIN = 14
_DAYS = ("", "", "（お盆(8/13〜16)休み）", "", "（祝日も開催）", "", "（雨天中止）")


@cache
def mobile_sales_stops() -> tuple[Treasure, ...]:
    """Every stop of every route in its order, and two that are no more."""
    layer = "mobile_sales_stop"
    dice = dice_for(layer)
    found: list[Treasure] = []
    for vehicle, day, districts, minutes in ROUTES:
        order = 0
        for district in districts:
            for _ in range(OTHERS[district][0]):
                order += 1
                stay = _STAYS[(order + minutes) % len(_STAYS)]
                row, at = _stop(district, len(found) + 1)
                row |= {
                    "来る日": f"{day} {_clock(minutes)}〜{_clock(minutes + stay)}"
                    + _DAYS[len(found) % len(_DAYS)],
                    "車の名前": vehicle,
                    "順": str(order),
                    "到着": _clock(minutes),
                    "停車": str(stay),
                    "最終確認日": "2026-09-01",
                }
                rhythm = Rhythm.FORTNIGHTLY if day.startswith("第") else Rhythm.WEEKLY
                minutes += stay + _DRIVE_MIN
                if order == 4:
                    minutes += 50  # lunch
                found.append(Treasure(layer, row["ID"], row, district, Scope.PUBLIC, rhythm, at))
    for want in hidden(layer, (Rhythm.WEEKLY,)):
        row, at = _stop(want.district, len(found) + 1)
        row |= {
            "来る日": schedule_text(want.rhythm, 0, dice),
            "車の名前": "かもめ号",
            "状態": "終了",
            "終了日": "2026-03-31",
        }
        found.append(Treasure(layer, row["ID"], row, want.district, want.scope, want.rhythm, at))
    return tuple(found)


def _stop(district: str, number: int) -> tuple[Row, Metre]:
    """A new stop somewhere in a district, and where it is."""
    stop = words("others")["stop"]
    turns = ground().turns
    block = ground().block(district)
    hall = hall_for(block)
    for place in (turns.of("place", stop["places"]), *stop["places"]):
        name = place.format(hall=hall.name, town=block.town)
        if name not in ground().names:
            break
    ground().names.add(name)
    at_hall = name.startswith(hall.name)
    spot = hall.spot if at_hall else spot_for(block)
    row: Row = {
        "ID": f"M{number:02d}",
        "停車場所": name,
        "住所": spot.address,
        "地区": next(d.name for d in DISTRICTS if d.code == district),
        "売る物": turns.of("goods", stop["goods"]),
        "運営主体": RESIDENTS,
        "はじめての方": ANYONE,
        "この場のよさ": turns.of("stop meaning", stop["meaning"]),
    }
    return row, spot.at


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


@cache
def open_air_cafes() -> tuple[Treasure, ...]:
    """One at the first stop of each district that has a café."""
    layer = "open_air_cafe"
    stops = mobile_sales_stops()
    found = []
    for district in (code for code, counts in OTHERS.items() if counts[3]):
        cafe = words("others")["cafe"][len(found)]
        stop = next(s for s in stops if s.district == district)
        row: Row = {
            "ID": f"C{len(found) + 1}",
            "名称": cafe["name"],
            "名称_カナ": cafe["kana"],
            "会場": stop.row["停車場所"],
            "住所": stop.row["住所"],
            "合わせる停車場所": stop.id,
            "開催日時": "移動販売日に合わせ月1回",
            "参加対象": "どなたでも",
            "はじめての方": ANYONE,
            "参加費": "100円",
            "主な活動": "コーヒー、お茶、おしゃべり",
            "運営主体": RESIDENTS,
            "連絡先": f"みなと市社協 ☎ 000-000-00{int(district):02d}",
            "連絡先の公開範囲": ALL,
            "効用": "交流・居場所;情報交換",
            "この場のよさ": cafe["meaning"],
            "最終確認日": "2026-09-03",
        }
        found.append(
            Treasure(layer, row["ID"], row, district, Scope.PUBLIC, Rhythm.WITH_STOP, stop.at)
        )
    return tuple(found)
