"""What is proposed for a list before anything is written: columns, manifest, preview."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from geo.drafting.header_words import Sureness
from geo.folding import fold
from geo.manifest.layer_file import FIELD_HEADERS
from geo.model.audience import Audience, ConsentScope
from geo.model.problem import Problem
from geo.model.reading import LayerReading
from geo.model.treasure import Treasure

PREVIEW_ROWS = 5
READING_LABELS_JA = {
    "latlon": "緯度と経度",
    "weekdays": "開催日時（曜日）",
    "start": "開催日時（始まり）",
    "end": "開催日時（終わり）",
    "schedule_note": "開催日時（ひとこと）",
    "weekday_hours": "開催日時（曜日ごとの時刻）",
    "publishable": "掲載可否",
}


class Becomes(Enum):
    """What a column of the list ends as."""

    FIELD = "field"
    SHOWN = "shown"
    KEPT = "kept"
    LEFT_OUT = "left_out"

    @property
    def label_ja(self) -> str:
        """What the preview says of a column that is no field."""
        return {
            "field": "項目",
            "shown": "見出しのまま、のせる",
            "kept": "とっておく（のせない）",
            "left_out": "読まない",
        }[self.value]


@dataclass(frozen=True, slots=True)
class ColumnDraft:
    """One column. ``letter`` is Excel's; ``field`` a treasure field or reading key, else None."""

    letter: str
    header: str
    becomes: Becomes
    field: str | None
    reason_ja: str
    sureness: Sureness
    samples: tuple[str, ...] = ()

    @property
    def label_ja(self) -> str:
        """What the column became, in the words of screen and paper."""
        if self.field is None:
            return self.becomes.label_ja
        if self.field == "audience" and fold(self.header) != fold(FIELD_HEADERS["audience"]):
            return READING_LABELS_JA["publishable"]
        return FIELD_HEADERS.get(self.field) or READING_LABELS_JA.get(self.field, self.field)

    def as_json(self) -> dict[str, Any]:
        """The shape of ``new --json``."""
        return {
            "letter": self.letter,
            "header": self.header,
            "becomes": self.becomes.value,
            "field": self.field,
            "label_ja": self.label_ja,
            "reason_ja": self.reason_ja,
            "sureness": self.sureness.name.lower(),
            "samples": list(self.samples),
        }


@dataclass(frozen=True, slots=True)
class SheetChoices:
    """What the person decided for one sheet; None or a missing letter leaves it to the draft.

    ``columns`` maps Excel's column letter to a treasure field, a reading key, or ``shown``,
    ``kept``, ``left_out``. ``use`` false leaves the sheet out.
    """

    title: str | None = None
    layer_id: str | None = None
    symbol: str | None = None
    color: str | None = None
    header_row: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    use: bool = True


@dataclass(frozen=True, slots=True)
class Choices:
    """Choices per sheet name (a CSV's only sheet is called ``""``)."""

    sheets: Mapping[str, SheetChoices] = field(default_factory=dict)

    def of(self, sheet: str | None) -> SheetChoices:
        """What was decided for a sheet."""
        return self.sheets.get(sheet or "", SheetChoices())


@dataclass(frozen=True, slots=True)
class MunicipalityDraft:
    """The town, for a folder that has no ``municipality.toml`` yet."""

    name: str
    code: str
    plane_zone: int


@dataclass(frozen=True, slots=True)
class LayerDraft:
    """One sheet as a layer. ``manifest`` is the text of ``layer.toml``; ``data`` what it names.

    ``problems`` is what ``otakara check`` will say of it; ``said_ja`` what was noticed on the way.
    """

    id: str
    title: str
    symbol: str
    color: str
    order: int
    as_of: date
    sheet: str | None
    header_row: int
    columns: tuple[ColumnDraft, ...]
    identify: tuple[str, ...]
    manifest: str
    reading: LayerReading
    problems: tuple[Problem, ...]
    said_ja: tuple[str, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What stays to be mended before the layer can be loaded."""
        return tuple(problem for problem in self.problems if problem.is_error)

    @property
    def rows(self) -> int:
        """How many records were read without an error."""
        return len(self.reading.treasures)

    @property
    def counts(self) -> dict[Audience, int]:
        """Records by who may see them; every audience is there."""
        found = dict.fromkeys(Audience, 0)
        for treasure in self.reading.treasures:
            found[seen_by(treasure)] += 1
        return found

    @property
    def unplaced(self) -> int:
        """Records without a place on the map."""
        return sum(treasure.lat is None for treasure in self.reading.treasures)

    @property
    def counts_ja(self) -> str:
        """「42件を読み込みました。だれでも見られるもの 0件、担当者だけ 42件」."""
        return counts_ja(self.counts)

    @property
    def preview(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """Headings and the first rows, under what each column became."""
        shown = [c for c in self.columns if c.becomes is not Becomes.LEFT_OUT]
        fields = list(dict.fromkeys(c.field for c in shown if c.field in FIELD_HEADERS))
        if any(c.field in READING_LABELS_JA for c in shown) and "schedule" not in fields:
            fields.append("schedule")
        wanted = [name for name in FIELD_HEADERS if name in fields and name != "id"]
        extra = [c.header for c in shown if c.becomes is Becomes.SHOWN]
        headings = tuple(FIELD_HEADERS[name] for name in wanted) + tuple(extra)
        rows = tuple(
            tuple(_told(t, name) for name in wanted) + tuple(t.extra.get(h, "") for h in extra)
            for t in self.reading.treasures[:PREVIEW_ROWS]
        )
        return headings, rows

    def as_json(self) -> dict[str, Any]:
        """The shape of ``new --json``."""
        return {
            "id": self.id,
            "title": self.title,
            "symbol": self.symbol,
            "color": self.color,
            "as_of": self.as_of.isoformat(),
            "sheet": self.sheet,
            "header_row": self.header_row,
            "rows": self.rows,
            "audience": {a.word: n for a, n in self.counts.items()},
            "unplaced": self.unplaced,
            "identify": list(self.identify),
            "columns": [column.as_json() for column in self.columns],
            "said_ja": list(self.said_ja),
            "problems": [problem.as_json() for problem in self.problems],
        }


@dataclass(frozen=True, slots=True)
class LevelDraft:
    """Areas that the list names, for a town without any level: ``boundary.toml``, ``members.csv``."""

    id: str
    title: str
    names: tuple[str, ...]
    manifest: str
    members: str

    @property
    def said_ja(self) -> str:
        """What the report says of it."""
        return (
            f"地区の境界がまだないので、一覧の「{self.title}」の列から、地区の一覧（{len(self.names)}地区）を"
            f"boundaries/{self.id}/ に作ります。地区ごとのページが開けます。"
        )


@dataclass(frozen=True, slots=True)
class ListDraft:
    """A whole list. Only :func:`write_draft` writes it."""

    town: Path
    source: Path
    file_name: str
    layers: tuple[LayerDraft, ...]
    said_ja: tuple[str, ...]
    municipality: MunicipalityDraft | None = None
    level: LevelDraft | None = None

    @property
    def ok(self) -> bool:
        """Whether ``otakara check`` will find no error in what is drafted."""
        return not any(layer.errors for layer in self.layers)

    def as_json(self) -> dict[str, Any]:
        """The shape of ``new --json``."""
        return {
            "ok": self.ok,
            "file": self.file_name,
            "layers": [layer.as_json() for layer in self.layers],
            "level": self.level
            and {"id": self.level.id, "title": self.level.title, "areas": list(self.level.names)},
            "said_ja": list(self.said_ja),
        }


def seen_by(treasure: Treasure) -> Audience:
    """The widest circle that will see a record: だれでも needs consent to a medium too."""
    open_media = {ConsentScope.WEB, ConsentScope.PRINT}
    if treasure.audience is Audience.PUBLIC and not any(
        consent.scope in open_media for consent in treasure.consents
    ):
        return Audience.COORDINATOR
    return treasure.audience


def counts_ja(counts: Mapping[Audience, int]) -> str:
    """The sentence of a list's counts; the circles between are said where they are used."""
    between = "".join(
        f"、{audience.label_ja} {counts[audience]}件"
        for audience in (Audience.COUNCIL, Audience.PARTNERS)
        if counts[audience]
    )
    return (
        f"{sum(counts.values())}件を読み込みました。だれでも見られるもの {counts[Audience.PUBLIC]}件"
        f"{between}、担当者だけ {counts[Audience.COORDINATOR]}件"
    )


def _told(treasure: Treasure, name: str) -> str:
    value = getattr(treasure, name)
    if value is None or value == ():
        return ""
    if isinstance(value, tuple):
        return "、".join(value)
    label = getattr(value, "label_ja", None)
    return str(value if label is None else label)
