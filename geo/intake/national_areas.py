"""A level whose manifest names no columns: what its national data set makes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from geo.folding import fold
from geo.intake.features import Features, warning
from geo.intake.national_editions import Edition, area_edition, in_town
from geo.model.problem import Problem
from geo.model.town import Level, Municipality

_SHOWN = 8


class NationalAreas:
    """Which rows of national files are the town's areas; everything assumed is kept to be said."""

    def __init__(self, level: Level, municipality: Municipality) -> None:
        self._cuts = not (level.keep or level.drop)
        self._town = municipality
        self._edition: Edition | None = None
        self._taken = self._others = self._water = self._nowhere = 0
        self._codes: set[str] = set()
        self._homes: dict[str, set[str]] = {}
        self._towns: Counter[str] = Counter()
        self._kept_ever = False

    def of(self, features: Features) -> _Rows | None:
        """The reader of one file's rows, or None when it is no national data set known here."""
        self._edition = area_edition(features.headers, features.rows)
        self._taken = self._others = self._water = self._nowhere = 0
        self._codes, self._homes = set(), {}
        return None if self._edition is None else _Rows(self, self._edition)

    def take(self, edition: Edition, row: Mapping[str, str]) -> bool:
        """Whether a row is an area of the town; counted either way."""
        if edition.is_water(row):
            self._water += 1
            return False
        if not edition.code_of(row):
            self._nowhere += 1
            return False
        town = edition.town_of(row)
        if self._cuts and town:
            self._towns[town] += 1
            if not in_town(town, self._town.code):
                self._others += 1
                return False
        self._taken += 1
        self._codes.add(edition.code_of(row))
        if not edition.code and (home := edition.address_of(row)):
            self._homes.setdefault(edition.name_of(row), set()).add(fold(home))
        self._kept_ever = True
        return True

    def said(self, file: str) -> list[Problem]:
        """What was assumed in the file just read, in one sentence."""
        edition, self._edition = self._edition, None
        if edition is None or not self._taken:
            return []
        left = [
            f"ほかの市区町村の {self._others} 件" if self._others else "",
            f"水面の {self._water} 件" if self._water else "",
            f"番号のない {self._nowhere} 件" if self._nowhere else "",
        ]
        out = "、".join(text for text in left if text)
        whose = f"この町（{self._town.code}）の " if self._others else ""
        cut = f"{whose}{self._taken} 件を使い、{out}は除きました。" if out else ""
        parts = self._taken - len(self._codes)
        joined = (
            f"番号が同じ {parts} 件は、同じ地区の飛び地などとして1つにしました。" if parts else ""
        )
        twice = [name for name, homes in self._homes.items() if len(homes) > 1]
        if twice:
            names = "、".join(f"「{name[:20]}」" for name in twice[:_SHOWN])
            joined += f"ただし{names}には住所が2つあり、別の学校かもしれません。確かめてください。"
        return [
            warning(
                file,
                "edition-assumed",
                f"{edition.title_ja}とみて、{edition.columns_ja()} を使いました。{cut}{joined}"
                "ちがうときは、マニフェストに code と name（残す行は [keep]）を書いてください。",
            )
        ]

    @property
    def cut_all(self) -> bool:
        """True when rows were there and none of them is the town's."""
        return bool(self._towns) and not self._kept_ever

    def cut_all_ja(self) -> str:
        """The sentence for a file of other towns only."""
        codes = "、".join(code for code, _ in sorted(self._towns.items())[:_SHOWN])
        more = " など" if len(self._towns) > _SHOWN else ""
        return (
            f"この町（コード {self._town.code}）の区域が1つもありません。入っている市区町村コードは"
            f" {codes}{more} です。県をまちがえていないか、municipality.toml の code を確かめてください。"
            "ほかの町の区域も使うなら、[keep] を書いてください。"
        )

    @staticmethod
    def ask_ja(headers: tuple[str, ...]) -> str:
        """The sentence for a file whose columns nobody knows."""
        return (
            "どの列が番号でどの列が名前か分かりません。マニフェストに code と name を書いてください"
            f"（国土数値情報や国勢調査のままのファイルなら要りません）。あるのは"
            f" {'、'.join(headers[:20]) or '（列なし）'} です。"
        )


class _Rows:
    """One file's rows, read as its edition says."""

    def __init__(self, areas: NationalAreas, edition: Edition) -> None:
        self._areas = areas
        self._edition = edition

    def keeps(self, row: Mapping[str, str]) -> bool:
        return self._areas.take(self._edition, row)

    def code_of(self, row: Mapping[str, str]) -> str:
        return self._edition.code_of(row)

    def name_of(self, row: Mapping[str, str]) -> str:
        """The name; an area without one is known by its code."""
        return self._edition.name_of(row) or self._edition.code_of(row)
