"""A hand-made answer: about forty treasures with everything that is difficult about them."""

from __future__ import annotations

import dataclasses
import math
from datetime import date

import msgspec

from geo.folding import fold
from geo.model.answers import (
    AreaInfo,
    AreaLink,
    AreaOutline,
    AreaRow,
    BackdropFeature,
    Entry,
    Flag,
    LayerInfo,
    LevelChoice,
    LevelInfo,
    Straddle,
    TownAnswer,
    TownInfo,
)
from geo.model.audience import Audience, Medium, Newcomers, Placed, Precision, Status
from geo.model.map_answer import MapAnswer
from geo.model.surroundings import AcrossBorder, AlikeArea, Find, Likeness, NearTreasure

DAY = date(2026, 3, 31)
TOWN = TownInfo("99999", "汐見市", "お宝", "汐見市 高齢福祉課 電話 000-111-2222", None)
LEVELS = (
    LevelInfo("jhs", "中学校区", 2, "汐見市", "CC BY 4.0", DAY),
    LevelInfo("ps", "小学校区", 3, "国土数値情報（小学校区データ）", "CC BY 4.0", DAY),
    LevelInfo("nb", "自治会", None, "汐見市自治会連合会", "許可を得て使用", DAY),
)
TITLES = {level.id: level.title for level in LEVELS}
LAYERS = (
    ("gather", "通いの場", "通", "#1f6f54"),
    ("mobile", "移動販売", "移", "#b8570a"),
    ("salon", "サロン", "サ", "#6b3fa0"),
    ("senior", "老人クラブ", "老", "#f2b705"),
)
LONG = "みんなで歌って笑って体も動かす、ふれあいいきいき健康づくりと見守りの会" * 12
HOSTILE = (
    "`${document.title='x'}`",
    "${alert(1)}",
    "<img src=x onerror=\"document.documentElement.dataset.broken='img'\">",
    "</script><script>document.documentElement.dataset.broken='script'</script>",
    "\"'>&amp;<b>太字</b>",
    "\u202e逆さまの会\u202c",
    "👵🏻おしゃべり会🍵",
    "{{ 7*7 }}{% raw %}",
    LONG[:500],
)
FUNCTIONS = ("見守り・見守られ", "健康づくり", "交流・居場所", "情報交換")
CENTER = (138.32, 34.868)


def _ring(cx: float, cy: float, rx: float, ry: float, n: int = 40, wobble: float = 0.1) -> list:
    ring = []
    for i in range(n):
        turn = 2 * math.pi * i / n
        r = 1 + wobble * math.sin(3 * turn) + wobble / 2 * math.cos(7 * turn + cx * 1000)
        ring.append([cx + rx * r * math.cos(turn), cy + ry * r * math.sin(turn)])
    return [*ring, ring[0]]


def _polygon(*args: float) -> dict:
    return {"type": "MultiPolygon", "coordinates": [[_ring(*args)]]}


def area(level: str, code: str, name: str, *, drawn: bool = True) -> AreaInfo:
    return AreaInfo(level, TITLES[level], code, name, None, None, drawn)


def entry(number: int, layer: str, name: str, flag: int | None, **more) -> Entry:
    symbol = next(symbol for id_, _, symbol, _ in LAYERS if id_ == layer)
    fields = more.pop(
        "fields",
        (
            ("日時", "毎週火曜日 10時〜11時30分" if number % 2 else "第2・4木曜日 13時30分〜"),
            ("会場", f"東町{number}丁目公会堂"),
            ("参加費", "100円（お茶代）"),
            ("内容", "いきいき百歳体操、お茶とおしゃべり"),
        ),
    )
    text = " ".join([name, *(t for pair in fields for t in pair), *more.get("functions", ())])
    return Entry(
        mark=f"{symbol}{number}",
        number=number,
        layer=layer,
        name=name,
        kana=more.get("kana"),
        status=more.get("status", Status.ACTIVE),
        newcomers=more.get("newcomers"),
        functions=more.get("functions", ()),
        meaning=more.get("meaning"),
        fields=fields,
        precision=more.get("precision", Precision.POINT),
        placed=more.get("placed", Placed.SOURCE),
        search=fold(text),
        flag=flag,
    )


def entries_and_flags() -> tuple[tuple[Entry, ...], tuple[Flag, ...]]:
    names = (
        "ほがらか体操の会", "髙橋さん家のお茶のみ場", "東町いきいき百歳体操", "ラジオ体操 汐見公園",
        "移動販売 とくし丸 東町", "ふれあいサロンひまわり", "東町長寿会", "朝市のあとの立ち話",
        "男の料理教室", "編み物の会", "健康麻雀クラブ", "みそ汁の日", "グラウンドゴルフ東",
        "こども食堂だんらん", "唄の会", "移動販売 第二集会所前", "折り紙サロン", "囲碁将棋の広場",
        "ﾐﾅﾄ ｻﾛﾝ", "畑の会",
    )  # fmt: skip
    entries: list[Entry] = []
    flags: list[Flag] = []
    layers = [layer[0] for layer in LAYERS]

    def place(lon: float, lat: float, numbers: tuple[int, ...], approximate: bool = False) -> int:
        flags.append(Flag(lon, lat, numbers, approximate))
        return len(flags) - 1

    number = 0
    for i, name in enumerate([*names, *HOSTILE]):
        number += 1
        turn, reach = i * 2.39996, 0.0022 * math.sqrt(i + 0.5)
        lon = CENTER[0] + reach * 1.1 * math.cos(turn)
        lat = CENTER[1] + reach * 0.8 * math.sin(turn)
        approximate = i in (9, 14)
        entries.append(
            entry(
                number,
                layers[i % 4],
                name,
                place(lon, lat, (number,), approximate),
                status=Status.PAUSED if i in (3, 17) else Status.ACTIVE,
                newcomers=list(Newcomers)[i % 3] if i % 2 else None,
                functions=(FUNCTIONS[i % 4], FUNCTIONS[(i + 1) % 4]) if i % 3 else (),
                meaning="一人ぐらしの方も、ここに来れば顔を合わせて話ができます。"
                if i % 3
                else None,
                precision=Precision.BLOCK if approximate else Precision.POINT,
                placed=Placed.BLOCK if approximate else Placed.SOURCE,
            )
        )
    for count, lon, lat in ((2, 0.004, 0.0045), (5, -0.007, 0.0035)):
        numbers = tuple(range(number + 1, number + 1 + count))
        at = place(CENTER[0] + lon, CENTER[1] + lat, numbers)
        entries += [entry(n, layers[n % 3], f"東町交流センターの会 その{n}", at) for n in numbers]
        number += count
    for name, precision in (
        ("三人のお茶のみ", Precision.NONE),
        ("電話でおしゃべり", Precision.AREA),
        ("場所さがし中の体操", Precision.POINT),
    ):
        number += 1
        entries.append(entry(number, "gather", name, None, precision=precision, placed=None))
    order = {layer: i for i, layer in enumerate(layers)}
    entries.sort(key=lambda e: (order[e.layer], e.number))
    return tuple(entries), tuple(flags)


def layer_infos(entries: tuple[Entry, ...]) -> tuple[LayerInfo, ...]:
    return tuple(
        LayerInfo(
            id_, title, symbol, color, 10 * i,
            sum(e.layer == id_ for e in entries), "汐見市社会福祉協議会", "CC BY 4.0", DAY,
        )
        for i, (id_, title, symbol, color) in enumerate(LAYERS)
    )  # fmt: skip


def choices() -> tuple[LevelChoice, ...]:
    return (
        LevelChoice(
            LEVELS[0],
            tuple(AreaLink("jhs", f"J{i}", f"{n}中学校区") for i, n in enumerate("東西南北")),
        ),
        LevelChoice(
            LEVELS[1],
            tuple(
                AreaLink("ps", f"P{i}", f"{n}小学校区")
                for i, n in enumerate(("東", "西", "南", "北", "港", "山手"))
            ),
        ),
        LevelChoice(
            LEVELS[2],
            tuple(AreaLink("nb", f"N{i}", f"{i + 1}区自治会") for i in range(12)),
        ),
    )


def map_answer(*, audience: Audience = Audience.PUBLIC, empty: bool = False) -> MapAnswer:
    entries, flags = ((), ()) if empty else entries_and_flags()
    cx, cy = CENTER
    neighbours = tuple(
        AreaOutline(
            area("jhs", f"J{i + 1}", f"{name}中学校区"),
            _polygon(cx + dx, cy + dy, 0.016, 0.011),
            7 * i,
        )
        for i, (name, dx, dy) in enumerate(
            (("西", -0.03, 0.001), ("南", 0.002, -0.021), ("北", 0.004, 0.0215))
        )
    )
    subs = tuple(
        AreaOutline(
            area("ps", f"P{i}", f"{name}小学校区"),
            _polygon(cx + dx, cy, 0.0062, 0.008, 30, 0.05),
            20,
            0.5,
        )
        for i, (name, dx) in enumerate((("東", 0.0065), ("西", -0.0065)))
    )
    outline = _polygon(cx, cy, 0.014, 0.010)
    rail = {"type": "LineString", "coordinates": [[cx - 0.05, cy - 0.006], [cx + 0.05, cy + 0.003]]}
    river = {"type": "LineString", "coordinates": [[cx - 0.01, cy - 0.05], [cx + 0.006, cy + 0.05]]}
    school = {"type": "Point", "coordinates": [cx + 0.002, cy - 0.006]}
    return MapAnswer(
        town=TOWN,
        level=LEVELS[0],
        area=AreaInfo(
            "jhs", "中学校区", "J0", "東中学校区", "ひがしちゅうがっこうく",
            "東地域包括支援センター 生活支援コーディネーター 電話 000-123-4567", True,
        ),
        audience=audience,
        medium=Medium.WEB,
        today=date(2026, 4, 10),
        as_of=DAY,
        outline=outline,
        bounds=(cx - 0.0155, cy - 0.011, cx + 0.0155, cy + 0.011),
        neighbours=neighbours,
        sub_areas=subs,
        straddles=(
            Straddle("ps", "小学校区", "P0", "東小学校区", 0.62),
            Straddle("ps", "小学校区", "P1", "西小学校区", 0.38),
        ),
        layers=() if empty else layer_infos(entries),
        entries=entries,
        flags=flags,
        backdrops=(
            BackdropFeature("鉄道", "#777777", "東海道線", rail),
            BackdropFeature("川", "#777777", "汐見川", river),
            BackdropFeature("学校", "#777777", "東中学校", school),
        ),
        functions=() if empty else FUNCTIONS,
        statuses=() if empty else (Status.ACTIVE, Status.PAUSED),
        credits=(
            "地区の境：国土数値情報（小学校区データ、2021年10月1日、CC BY 4.0）を加工",
            "お宝：汐見市社会福祉協議会（2026年3月31日、CC BY 4.0）",
        ),
        choices=choices(),
        hidden_count=3 if audience is Audience.COORDINATOR else None,
    )  # fmt: skip


def unplaced_answer() -> MapAnswer:
    """Everything that matters, and not one coordinate."""
    answer = map_answer()
    entries = tuple(msgspec.structs.replace(one, flag=None, placed=None) for one in answer.entries)
    return dataclasses.replace(
        answer, entries=entries, flags=(), outline=None, bounds=None, neighbours=(), sub_areas=()
    )


def around_answer(near: int = 12, more: int = 3) -> MapAnswer:
    """Treasures across the border (the first inside, two of one hall), and areas that are alike."""
    west, south = area("jhs", "J1", "西中学校区"), area("jhs", "J2", HOSTILE[4])
    names = ("団地のお茶会", *HOSTILE, "谷町の体操", "谷町の手芸")
    metres = (0.0, 10.0, 24.9, 25.0, 74.9, 130.0, 180.0, 230.0, 280.0, 353.6, 353.6, 424.9)
    nearby = tuple(
        NearTreasure(
            entry(
                200 + i,
                LAYERS[i % 4][0],
                names[i],
                min(i, 10),
                status=Status.PAUSED if i == 4 else Status.ACTIVE,
            ),
            LAYERS[i % 4][3],
            south if i % 3 == 1 else west,
            metres[i],
        )
        for i in range(near)
    )
    flags = tuple(
        Flag(
            CENTER[0] + 0.0185 * math.cos(2.4 * i),
            CENTER[1] + 0.0125 * math.sin(2.4 * i),
            tuple(one.entry.number for one in nearby if one.entry.flag == i),
        )
        for i in range(min(near, 11))
    )
    found = (
        Find("移動販売", False, entry(300, "mobile", HOSTILE[2], None), LAYERS[1][3]),
        Find(FUNCTIONS[3], True, entry(301, "gather", "井戸端会", None), LAYERS[0][3]),
    )
    return dataclasses.replace(
        map_answer(),
        across=AcrossBorder(450, nearby, more, flags),
        alike=(
            AlikeArea(west, (Likeness.SIZE, Likeness.MIX), found),
            AlikeArea(south, (Likeness.SIZE, Likeness.DENSITY, Likeness.MIX), ()),
        ),
    )


def big_answer(count: int) -> MapAnswer:
    """As many places as a large city's district could have."""
    answer = map_answer()
    layers = [layer[0] for layer in LAYERS]
    entries, flags = [], []
    for i in range(count):
        turn, reach = i * 2.39996, 0.009 * math.sqrt(i / count)
        flags.append(
            Flag(
                CENTER[0] + reach * 1.3 * math.cos(turn),
                CENTER[1] + reach * math.sin(turn),
                (i + 1,),
            )
        )
        entries.append(entry(i + 1, layers[i % 4], f"会その{i + 1}", i))
    entries.sort(key=lambda e: (layers.index(e.layer), e.number))
    return dataclasses.replace(
        answer, entries=tuple(entries), flags=tuple(flags), layers=layer_infos(tuple(entries))
    )


def town_answer(level: str | None = None) -> TownAnswer:
    entries, _ = entries_and_flags()
    cx, cy = CENTER
    both = (
        Straddle("ps", "小学校区", "P0", "東小学校区", 0.7),
        Straddle("ps", "小学校区", "P1", "西小学校区", 0.3),
    )
    rows = []
    for choice in choices():
        if level and choice.level.id != level:
            continue
        for i, link in enumerate(choice.areas):
            drawn = not (choice.level.id == "nb" and i == 11)
            spread = choice.level.id == "nb" and i % 4 == 1
            rows.append(
                AreaRow(
                    TOWN.code,
                    area(link.level, link.code, link.name, drawn=drawn),
                    {"gather": i * 2, "mobile": i % 3, "salon": 3, "senior": 0},
                    both if spread else (),
                    _polygon(cx + 0.031 * (i % 2), cy + 0.0225 * (i // 2), 0.0145, 0.0105, 40, 0.05)
                    if drawn
                    else None,
                    straddles=both if spread else (),
                )
            )
    return TownAnswer(
        town=TOWN,
        audience=Audience.PUBLIC,
        medium=Medium.WEB,
        today=date(2026, 4, 10),
        as_of=DAY,
        level=next((one for one in LEVELS if one.id == level), None),
        choices=choices(),
        rows=tuple(rows),
        layers=layer_infos(entries),
        homeless=tuple(e for e in entries if e.flag is None),
        backdrops=(),
        credits=("地区の境：汐見市",),
        bounds=(cx - 0.02, cy - 0.013, cx + 0.05, cy + (0.035 if level != "ps" else 0.06)),
    )
