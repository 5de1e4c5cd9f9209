"""Options of the commands about walking: weekdays, minutes, people, hours of the day, formats."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import click

from geo.cli.options import F
from geo.errors import WordsError
from geo.folding import fold
from geo.model.coverage_question import CoverageQuestion
from geo.model.people import PeopleBand
from geo.questions.coverage_export import WEEKDAYS_JA

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HOURS = re.compile(r"(\d{1,2})(?::(\d{2})|時)?-(\d{1,2})(?::(\d{2})|時)?")


class FileFormat(Enum):
    """What an answer is written as."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    GEOJSON = "geojson"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class WalkWords:
    """What was typed, before anything means something."""

    layers: tuple[str, ...]
    minutes: tuple[int, ...] | None
    metres: tuple[int, ...] | None
    weekday: int | None
    some_weeks: bool
    also_rare: bool
    hours: tuple[int, int] | None
    band: PeopleBand | None
    speed: int | None
    flat: bool

    def question(self, level: str | None, code: str | None) -> CoverageQuestion:
        """The question about some areas.

        Raises
        ------
        WordsError
            Minutes and metres at once.
        """
        if self.minutes and self.metres:
            raise WordsError(
                "both minutes and metres",
                message_ja="--minutes と --metres は、いっしょには使えません。",
                hint_ja="どちらか1つを書いてください。",
            )
        return CoverageQuestion(
            level=level,
            code=code,
            layers=self.layers,
            weekday=self.weekday,
            some_weeks=self.some_weeks,
            monthly_or_more=not self.also_rare,
            hours=self.hours,
            limits_min=self.minutes,
            limits_m=self.metres,
            band=self.band,
            speed_m_per_min=self.speed,
            slope=not self.flat,
        )


class WeekdayType(click.ParamType[int]):
    """火, 火曜, 火曜日, tue, tuesday."""

    name = "weekday"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        word = fold(str(value)).lower()
        found = [
            number
            for number, (japanese, english) in enumerate(zip(WEEKDAYS_JA, _DAYS, strict=True))
            if word in {fold(japanese + end) for end in ("", "曜", "曜日")}
            or (len(word) >= 3 and english.startswith(word))
        ]
        if not found:
            every = " ".join(WEEKDAYS_JA)
            self.fail(f"「{value}」という曜日はありません（{every} か mon … sun）。", param, ctx)
        return found[0]


class NumbersType(click.ParamType["tuple[int, ...]"]):
    """「5,10,15」: whole numbers, ascending."""

    name = "numbers"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        if isinstance(value, tuple):
            return value
        parts = re.split(r"[,、]", fold(str(value)))
        try:
            return tuple(sorted({int(part) for part in parts}))
        except ValueError:
            self.fail(f"「{value}」は数として読めません（例: 5,10,15）。", param, ctx)


class BandType(click.ParamType[PeopleBand]):
    """65, 65歳以上, all."""

    name = "people"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> PeopleBand:
        if isinstance(value, PeopleBand):
            return value
        word = fold(str(value)).lower().removesuffix("+").removesuffix(fold("歳以上"))
        found = [band for band in PeopleBand if word in {band.value, fold(band.label_ja)}]
        if not found:
            words = "、".join(band.value for band in PeopleBand)
            self.fail(f"「{value}」という人の分け方はありません（{words} のどれか）。", param, ctx)
        return found[0]


class HoursType(click.ParamType["tuple[int, int]"]):
    """「10:00-12:00」, 「10-12」, 「10時〜12時」: minutes after midnight."""

    name = "hours"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        if isinstance(value, tuple):
            return value
        read = _HOURS.fullmatch(fold(str(value)))
        if read is None:
            self.fail(f"「{value}」は時間として読めません（例: 10:00-12:00）。", param, ctx)
        begin, begin_min, end, end_min = (int(part or 0) for part in read.groups())
        return begin * 60 + begin_min, end * 60 + end_min


def walk_options(command: F) -> F:
    """The options that coverage and gaps share."""
    options: list[Callable[[F], F]] = [
        click.option("--layer", "layers", multiple=True, metavar="ID", help="このお宝の種類だけ数える（いくつでも）"),
        click.option("--minutes", type=NumbersType(), metavar="5,10,15", help="歩いて何分以内か"),
        click.option("--metres", type=NumbersType(), metavar="300,500,800", help="分のかわりに、道のり何m以内か"),
        click.option("--weekday", type=WeekdayType(), metavar="火", help="この曜日に毎週あるものだけ（火 でも tue でも）"),
        click.option("--some-weeks", is_flag=True, help="第1・3週などの、毎週ではないものも数える"),
        click.option("--also-rare", is_flag=True, help="月1回より少ないものも数える"),
        click.option("--hours", type=HoursType(), metavar="10:00-12:00", help="この時間のどこかで開いているものだけ"),
        click.option("--people", "band", type=BandType(), metavar="65", help="だれを数えるか（all, 65, 75, 85）"),
        click.option("--speed", type=int, metavar="M", help="歩く速さ（1分に何m）"),
        click.option("--flat", is_flag=True, help="坂を考えに入れない"),
        click.option(
            "--format",
            "file_format",
            type=click.Choice([one.value for one in FileFormat]),
            default=FileFormat.TABLE.value,
            show_default=True,
            help="書き出す形",
        ),
        click.option(
            "-o",
            "--output",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="ファイルに書き出す（parquet では、かならず書く）",
        ),
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command
