"""The canary town: one record hidden in every graded way, every text and number its own canary.

Written as a town folder, the way a clerk would write it; only consent windows, which no list can
say yet, are put in afterwards. ``Record.may`` states the law of who sees what in plain Python,
without a look at the program.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

PUBLIC, COUNCIL, PARTNERS, COORDINATOR = range(4)
AUDIENCE_WORDS = ("だれでも", "協議体まで", "支援関係者まで", "担当者だけ")

TEXTS = {
    "name": "名称",
    "kana": "名称_カナ",
    "venue": "会場",
    "venue_kind": "会場の種類",
    "address": "住所",
    "schedule": "開催日時",
    "for_whom": "参加対象",
    "fee": "参加費",
    "activities": "主な活動",
    "activity_kind": "活動区分",
    "operator": "運営主体",
    "transport": "送迎",
    "contact": "連絡先",
    "organiser": "団体名",
    "functions": "効用",
    "meaning": "この場のよさ",
    "story": "紹介文",
    "photo": "写真",
    "url": "URL",
    "found_through": "いもづる元",
    "note": "備考",
    "shown_column": "見せる列",
    "kept_column": "見せない列",
    "id": "ID",
}
AT_THE_POINT = frozenset(
    {"venue", "venue_kind", "address", "organiser", "story", "photo", "url", "note", "shown_column"}
)
COORDINATORS = frozenset({"id", "found_through", "participants"})
ALWAYS_READ = frozenset({"name", "kana", "functions", "meaning"})
SEARCHED = frozenset({"venue", "address"})  # found by typing, also where no list shows them

SHOWN = {
    "ichi": frozenset(TEXTS)
    - {"name", "kana", "functions", "meaning", "kept_column", "found_through"}
    | {"participants"},
    "ni": frozenset({"schedule", "contact"}),
    "san": frozenset({"schedule"}),
    "yon": frozenset({"schedule", "note"}),
}
SYMBOLS = {"ichi": "壱", "ni": "弐", "san": "参", "yon": "肆"}

_KANA = "あいうえおかきくけこ"


def canary(number: int, salt: str) -> str:
    """A text found again whatever is done to it: an ASCII core, and kana that folding changes."""
    kana = "".join(_KANA[int(digit)] for digit in f"{number:04d}")
    return f"Zq{salt}{number:04d}vぬへ{kana}ほぬ"


@dataclass(frozen=True)
class Record:
    """A row of a list, and what the law says of it.

    ``homes`` are the areas it belongs to for everybody below 担当者だけ, ``exact`` for 担当者だけ.
    ``window``: days from today in which the consent holds (either end may be open).
    """

    key: str
    index: int
    homes: frozenset[str]
    exact: frozenset[str]
    place: tuple[float, float]
    layer: str = "ichi"
    audience: int = PUBLIC
    consent: str = "ホームページ;冊子・印刷"
    window: tuple[int | None, int | None] | None = None
    precision: str = "場所どおり"
    contact_audience: int | None = None
    status: str = ""
    ended_on: str = ""
    declared: str = ""
    alive: bool = True
    venue: str = ""
    salts: tuple[tuple[str, str], ...] = ()
    number_step: int = 0

    @property
    def number(self) -> int:
        """番号."""
        return 80_001 + 7 * self.index + self.number_step

    @property
    def participants(self) -> int:
        """参加者実人数."""
        return 70_003 + 7 * self.index + 3 * (self.salt("participants") != "x")

    def salt(self, field: str) -> str:
        """Which edition of a text this is."""
        return dict(self.salts).get(field, "x")

    def text(self, field: str) -> str:
        """The canary of a field as it stands in the list."""
        if field == "venue" and self.venue:
            return self.venue
        mark = canary(40 * self.index + list(TEXTS).index(field), self.salt(field))
        match field:
            case "address":
                return f"かなりあ市ひがし町{self.index}丁目9番{mark}"
            case "url":
                return f"https://example.invalid/{mark}"
        return mark

    def is_seen(self, audience: int, medium: str = "web") -> bool:
        """Whether this audience may know that the record exists."""
        if self.layer == "san":
            return False
        if audience == COORDINATOR:
            return True
        if not self.alive or audience < self.audience or "のせない" in self.consent:
            return False
        start, end = self.window or (None, None)
        if (start is not None and start > 0) or (end is not None and end < 0):
            return False
        word = {"web": "ホームページ", "print": "冊子・印刷"}[medium]
        return word in self.consent or (audience >= PARTNERS and "支援関係者のみ" in self.consent)

    def may(self, audience: int, medium: str = "web") -> frozenset[str]:
        """The fields that may reach this audience on any page, file or answer."""
        if not self.is_seen(audience, medium):
            return frozenset()
        seen = (SHOWN[self.layer] | ALWAYS_READ | SEARCHED) - {"kept_column"}
        if audience == COORDINATOR:
            return seen
        seen -= COORDINATORS
        if self.precision != "場所どおり":
            return seen - AT_THE_POINT - {"contact"}
        allowed = COORDINATOR if self.contact_audience is None else self.contact_audience
        return seen if audience >= allowed else seen - {"contact"}

    def must(self, audience: int) -> frozenset[str]:
        """The fields that a list has to show."""
        return self.may(audience) & (SHOWN[self.layer] | ALWAYS_READ)

    def shows_place(self, audience: int) -> bool:
        """Whether its own coordinates may reach this audience."""
        exact = audience == COORDINATOR or self.precision == "場所どおり"
        return self.is_seen(audience) and exact

    def areas(self, audience: int) -> frozenset[str]:
        """The areas whose lists hold it."""
        if not self.is_seen(audience):
            return frozenset()
        return self.exact if audience == COORDINATOR else self.homes


WEST, EAST = frozenset({"zone/W"}), frozenset({"zone/E"})
B1, B2 = WEST | {"block/B1"}, WEST | {"block/B2"}
NOWHERE: frozenset[str] = frozenset()
_STARTS = {B1: 138.5013, B2: 138.6013, EAST: 138.7313}
HALL = "つどいの集会所"
THE_HALL = 138.6803, 36.1403


def records(today: str, yesterday: str) -> tuple[Record, ...]:
    """All of them. Degrees in EPSG:4326; every longitude and latitude is its own in 3 decimals."""
    made: list[Record] = []
    turns = dict.fromkeys(_STARTS, 0)

    def add(key: str, where: frozenset[str], **more: object) -> None:
        index = len(made) + 1
        lon = _STARTS[where] + 0.003 * turns[where] + 0.000_371
        turns[where] += 1
        known = {
            "homes": where,
            "exact": where,
            "place": (round(lon, 6), round(36.0013 + 0.003 * index + 0.000_173, 6)),
        }
        made.append(Record(key, index, **(known | more)))  # type: ignore[arg-type]

    add("open", B1, contact_audience=PUBLIC)
    add("contact-council", B1, contact_audience=COUNCIL)
    add("contact-partners", B2, contact_audience=PARTNERS)
    add("contact-unsaid", B2)
    add("council", B1, audience=COUNCIL, status="おやすみ中", contact_audience=COUNCIL)
    add("partners", B1, audience=PARTNERS)
    add("partners-agreed", B2, consent="支援関係者のみ")
    add("coordinator", B1, audience=COORDINATOR, contact_audience=PUBLIC)
    add("nobody-agreed", B1, consent="", contact_audience=PUBLIC)
    add("print-only", B2, consent="冊子・印刷", contact_audience=PUBLIC)
    add("refused", B1, consent="のせない", contact_audience=PUBLIC)
    add("agreed-until-yesterday", B1, window=(None, -1))
    add("agreed-until-today", B1, window=(None, 0))
    add("agreed-from-tomorrow", B2, window=(1, None))
    add("ended", B1, status="終了", alive=False)
    add("ended-yesterday", EAST, ended_on=yesterday, alive=False)
    add("ends-today", EAST, ended_on=today)
    add("block", B1, precision="町丁目まで", contact_audience=PUBLIC)
    add("block-council", B2, precision="町丁目まで", audience=COUNCIL)
    add("block-undrawn", EAST, precision="町丁目まで", homes=NOWHERE, contact_audience=PUBLIC)
    add("block-declared", EAST, precision="町丁目まで", declared="東区")
    add("area", B1, precision="地区まで", homes=WEST, contact_audience=PUBLIC)
    add("unmapped", B2, precision="のせない", homes=NOWHERE, contact_audience=PUBLIC)
    add("unmapped-declared", EAST, precision="のせない", declared="東区")
    add("ni-open", EAST, layer="ni", contact_audience=PUBLIC)
    add("ni-council", EAST, layer="ni", audience=COUNCIL)
    add("counted", B1, layer="san", contact_audience=PUBLIC)
    add("counted-east", EAST, layer="san", audience=COORDINATOR)
    add("yon", EAST, layer="yon", audience=COORDINATOR)
    # Two halls of one name 160 m apart, and between them one that only 担当者だけ may know of:
    # it must not put the two on one flag.
    lon, lat = THE_HALL
    for key, step_lon, consent in (
        ("hall-between", 0.0, ""),
        ("hall-west", -0.0009, "ホームページ"),
        ("hall-east", 0.0009, "ホームページ"),
    ):
        place = (round(lon + step_lon, 6), lat)
        add(key, B2, consent=consent, venue=HALL, place=place)
    return tuple(made)


def altered(given: Iterable[Record], audience: int) -> tuple[Record, ...]:
    """The same town as far as this audience may know; everything it may not know is another."""

    def other(record: Record) -> Record:
        hidden = set(TEXTS) | {"participants"}
        hidden -= record.may(audience)
        step = 0.0011
        lon, lat = record.place
        moved = (round(lon + step, 6), round(lat + step, 6))
        if not record.is_seen(audience):
            venue = "" if not record.venue else "どこかの集会所"
            return replace(
                record,
                salts=tuple((field, "y") for field in hidden),
                place=moved,
                number_step=2,
                venue=venue,
            )
        hidden -= {"id"}  # the same record
        salts = tuple((field, "y") for field in hidden)
        return replace(
            record, salts=salts, place=record.place if record.shows_place(audience) else moved
        )

    return tuple(map(other, given))


def _square(code: str, name: str, west: float, east: float) -> dict[str, object]:
    ring = [[west, 36.0], [east, 36.0], [east, 36.15], [west, 36.15], [west, 36.0]]
    return {
        "type": "Feature",
        "properties": {"code": code, "name": name},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


AREAS = {
    "zone": (("W", "西区", 138.50, 138.71), ("E", "東区", 138.71, 138.90)),
    "block": (("B1", "きた町", 138.50, 138.60), ("B2", "みなみ町", 138.60, 138.70)),
}
BLOCK_SPOTS = {"B1": 138.55, "B2": 138.65}


def area_keys() -> Iterator[str]:
    """``zone/W`` and so on."""
    for level, areas in AREAS.items():
        yield from (f"{level}/{code}" for code, *_ in areas)


def layer_mark(layer: str, field: str, salt: str = "x") -> str:
    """The canary in a layer's title or source."""
    return canary(9000 + 10 * list(SYMBOLS).index(layer) + (field == "source"), salt)


def write(folder: Path, code: str, given: Iterable[Record], *, unseen: Iterable[str] = ()) -> None:
    """Write the town folder; ``unseen`` layers get other titles and sources."""
    given = list(given)
    ground = folder / "boundaries"
    ground.mkdir(parents=True, exist_ok=True)
    (ground / "municipality.toml").write_text(
        f'name = "かなりあ市"\ncode = "{code}"\nplane_zone = 8\nblock_level = "block"\n'
        'contact = "かなりあ市社協"\n',
        "utf-8",
    )
    said = 'licence = "CC0-1.0"\nas_of = 2026-04-01\n'
    for level, areas in AREAS.items():
        at = ground / level
        at.mkdir(exist_ok=True)
        tier = "tier = 2\n" if level == "zone" else ""
        (at / "boundary.toml").write_text(
            f'title = "{level}の区分け"\n{tier}data = "areas.geojson"\ncode = "code"\n'
            f'name = "name"\nsource = "試験"\n{said}',
            "utf-8",
        )
        (at / "areas.geojson").write_text(
            json.dumps({"type": "FeatureCollection", "features": [_square(*a) for a in areas]}),
            "utf-8",
        )
    for order, (layer, symbol) in enumerate(SYMBOLS.items()):
        at = folder / "layers" / layer
        at.mkdir(parents=True, exist_ok=True)
        salt = "y" if layer in unseen else "x"
        shown = sorted(SHOWN[layer])
        headers = {field: TEXTS.get(field, "参加者実人数") for field in shown}
        (at / "layer.toml").write_text(
            f'title = "{layer_mark(layer, "title", salt)}"\nsymbol = "{symbol}"\n'
            f'color = "#0f7a4{order}"\norder = {order}\n'
            f'source = "{layer_mark(layer, "source", salt)}"\n{said}'
            + ("count_only = true\n" if layer == "san" else "")
            + "[show]\n"
            + "".join(f'"{header}の欄" = "{header}"\n' for header in headers.values()),
            "utf-8",
        )
        _write_list(at / "list.csv", [r for r in given if r.layer == layer])


def _write_list(path: Path, rows: Iterable[Record]) -> None:
    heads = (
        "番号", "公開範囲", "掲載の同意", "地図での示し方", "連絡先の公開範囲", "状態", "終了日",
        "地区", "参加者実人数", "経度", "緯度",
    )  # fmt: skip
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow([*TEXTS.values(), *heads])
        for r in rows:
            contact = "" if r.contact_audience is None else AUDIENCE_WORDS[r.contact_audience]
            table.writerow(
                [
                    *(r.text(field) for field in TEXTS),
                    r.number,
                    AUDIENCE_WORDS[r.audience],
                    r.consent,
                    r.precision,
                    contact,
                    r.status,
                    r.ended_on,
                    r.declared,
                    r.participants,
                    *r.place,
                ]
            )
