"""Answers that are hard on a screen: long names, many layers, nothing at all, hundreds of areas."""

from __future__ import annotations

import dataclasses
import math

import msgspec
from front import sample

from geo.folding import fold
from geo.model.answers import AreaRow, Flag, LayerInfo, TownAnswer
from geo.model.map_answer import MapAnswer

LAYER_TITLES = (
    "通いの場", "移動販売", "サロン", "老人クラブ",
    "地域住民が主体となって運営する生活支援・見守り活動", "認知症カフェ（オレンジカフェ）",
    "子ども食堂・多世代交流の場", "地域包括支援センターの出前講座", "健康づくり推進員のウォーキング",
    "みんなの居場所",
)  # fmt: skip
COLOURS = ("#1f6f54", "#b8570a", "#6b3fa0", "#f2b705", "#0b5fa5")
SYMBOLS = "通移サ老支認子出健居"
PHONE = "000-111-2222"
CONTACT = f"汐見市社会福祉協議会 {PHONE}（平日8時30分〜17時）"
NAME_40 = "東町三丁目いきいき百歳体操とお茶のみおしゃべりを楽しむみんなのふれあいの会ひだまり"
NAME_200 = (NAME_40 * 5)[:200]
FIELDS = (
    ("日時", "第2・4木曜日 13時30分〜15時（8月と1月はお休み）"),
    ("会場", "東町三丁目公会堂（津波避難タワーのとなり）"),
    ("参加費", "100円（お茶代）"),
    ("連絡先", CONTACT),
)


def layers(entries: tuple) -> tuple[LayerInfo, ...]:
    """Ten layers, some with long titles."""
    return tuple(
        LayerInfo(
            f"layer{i}", title, SYMBOLS[i], COLOURS[i % 5], 10 * i,
            sum(one.layer == f"layer{i}" for one in entries), "汐見市", "CC BY 4.0", sample.DAY,
        )
        for i, title in enumerate(LAYER_TITLES)
    )  # fmt: skip


def area_answer(count: int, *, names: tuple[str, ...] = ("会",)) -> MapAnswer:
    """An area of ten layers with so many treasures; each has a day, a hall and a telephone."""
    made = []
    flags = []
    plain = sample.map_answer().entries[0]
    for i in range(count):
        number = i + 1
        turn, reach = i * 2.39996, 0.009 * math.sqrt((i + 0.5) / count)
        at = sample.CENTER[0] + 1.3 * reach * math.cos(turn)
        flags.append(Flag(at, sample.CENTER[1] + reach * math.sin(turn), (number,)))
        layer = i % len(LAYER_TITLES)
        name = names[i % len(names)] if len(names) > 1 else f"{names[0]}その{number}"
        made.append(
            msgspec.structs.replace(
                plain, number=number, mark=f"{SYMBOLS[layer]}{number}", layer=f"layer{layer}",
                name=name,
                fields=FIELDS, flag=i, search=fold(name),
                functions=sample.FUNCTIONS[: i % 3], newcomers=None,
            )
        )  # fmt: skip
    entries = tuple(sorted(made, key=lambda one: (one.layer, one.number)))
    return dataclasses.replace(
        sample.map_answer(), entries=entries, flags=tuple(flags), layers=layers(entries)
    )


def with_long_names() -> MapAnswer:
    """Thirty treasures with names of 40 and of 200 characters, in an area with a long name."""
    answer = area_answer(30, names=(NAME_40, NAME_200, "会"))
    info = dataclasses.replace(
        answer.area, name="旧東部第一地区まちづくり協議会連合会（山の手・港町・新田をふくむ）"
    )
    return dataclasses.replace(answer, area=info)


def town_of(count: int, level: str | None = None) -> TownAnswer:
    """A town of so many areas at one level, below the other two or alone."""
    given = sample.town_answer(level)
    side = math.ceil(math.sqrt(count))
    rows = [row for row in given.rows if row.area.level != "nb"]
    west, south = sample.CENTER
    for i in range(count):
        name = f"{i + 1}区自治会" if i % 7 else f"新町{i + 1}丁目まちづくり自治会連合会"
        outline = sample._polygon(
            west + 0.031 * (i % side) / side * 3, south + 0.0225 * (i // side) / side * 3,
            0.04 / side, 0.03 / side, 12, 0.05,
        )  # fmt: skip
        rows.append(
            AreaRow(
                sample.TOWN.code, sample.area("nb", f"N{i}", name),
                {f"layer{n}": (i * n) % 5 for n in range(10)}, (), outline,
            )
        )  # fmt: skip
    return dataclasses.replace(given, rows=tuple(rows), layers=layers(()))
