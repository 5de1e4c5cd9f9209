"""All columns of a table together: which one holds which field, and what the manifest must say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from geo.drafting.column_reading import EMPTY, KEPT, LEFT_OUT, SHOWN, Candidate, read_column
from geo.drafting.column_samples import Samples
from geo.drafting.header_words import Sureness
from geo.folding import fold
from geo.intake.layouts import PUBLISHABLE_HEADER, Columns
from geo.manifest.layer_file import COLUMN_KEYS, FIELD_HEADERS, WEEKDAYS

JOINED = frozenset({"contact", "note", "schedule_note"})
SCHEDULE_ORDER = ("frequency", "schedule", "days", "times")
SCHEDULE_PARTS = frozenset({*SCHEDULE_ORDER, "start", "end", "schedule_note"})
NAME_INSTEAD = ("organiser", "venue", "operator")
EVIDENCE = frozenset(
    {"venue", "address", "contact", "lat", "lon", "latlon", "area", *SCHEDULE_PARTS}
)
"""Fields that only a list of places or gatherings has; a table of figures has none."""

SHOWN_LIMIT = 8
_DAY_HEADER = re.compile(rf"^([{WEEKDAYS}])曜?日?.*(開始|カラ|始)")
_END_HEADER = re.compile(rf"^([{WEEKDAYS}])曜?日?.*(終了|マデ|終)")


@dataclass(slots=True)
class Roles:
    """What each column became; ``columns`` is what ``[columns]`` must say, by field."""

    candidates: list[Candidate]
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    weekday_hours: dict[str, tuple[str, str]] = field(default_factory=dict)
    leave_out: list[str] = field(default_factory=list)
    national: bool = False

    def of(self, role: str) -> list[Candidate]:
        """The columns of a role, left to right."""
        return [candidate for candidate in self.candidates if candidate.role == role]

    def has(self, role: str) -> bool:
        """Whether any column has this role."""
        return any(candidate.role == role for candidate in self.candidates)


def decide_roles(
    headers: Sequence[str],
    samples: Sequence[Samples],
    by_itself: Columns,
    chosen: Mapping[int, str],
) -> Roles:
    """Decide for every column.

    Parameters
    ----------
    headers, samples
        Column by column.
    by_itself : Columns
        What the intake finds without a manifest.
    chosen : Mapping[int, str]
        What the person decided: column index -> field, reading key, shown, kept, left_out.
    """
    if by_itself.national and "name" in by_itself.of:
        roles = _national(headers, samples, by_itself)
    else:
        roles = Roles([read_column(i, h, samples[i]) for i, h in enumerate(headers)])
    for index, role in chosen.items():
        candidate = roles.candidates[index]
        roles.candidates[index] = replace(
            candidate, role=role, sureness=Sureness.SURE, reason_ja="えらばれたとおり"
        )
    kept = frozenset(chosen)
    _weekday_hours(roles, kept)
    if not roles.national:
        _one_column_each(roles, samples, kept)
        _half_a_place(roles)
        _name_instead(roles, samples)
        _limit_shown(roles, kept)
    _write_columns(roles, kept)
    return roles


def _national(headers: Sequence[str], samples: Sequence[Samples], columns: Columns) -> Roles:
    """A known national layout: the intake reads it without a word in the manifest."""
    field_of = {index: name for name, indexes in columns.of.items() for index in indexes}
    found = []
    for index, header in enumerate(headers):
        role = field_of.get(index)
        if index == columns.publishable:
            role = "audience"
        if not any(samples[index].texts):
            found.append(Candidate(index, header, EMPTY, Sureness.SURE, "何も書かれていません"))
        elif role is not None:
            found.append(Candidate(index, header, role, Sureness.SURE, "国の標準の形の見出し"))
        else:
            reason_ja = "国の標準の形の、そのほかの列"
            found.append(Candidate(index, header, KEPT, Sureness.SURE, reason_ja))
    return Roles(found, national=True)


def _weekday_hours(roles: Roles, kept: frozenset[int]) -> None:
    """A pair of columns per weekday (月曜開始時刻, 月曜終了時刻)."""
    starts: dict[str, Candidate] = {}
    ends: dict[str, Candidate] = {}
    for candidate in roles.candidates:
        if candidate.index in kept or candidate.role == EMPTY:
            continue
        header = fold(candidate.header)
        if day := _DAY_HEADER.match(header):
            starts[day[1]] = candidate
        elif day := _END_HEADER.match(header):
            ends[day[1]] = candidate
    days = [weekday for weekday in WEEKDAYS if weekday in starts and weekday in ends]
    if len(days) < 2:
        return
    for weekday in days:
        roles.weekday_hours[weekday] = (
            _toml_header(starts[weekday]),
            _toml_header(ends[weekday]),
        )
        for candidate in (starts[weekday], ends[weekday]):
            roles.candidates[candidate.index] = replace(
                candidate,
                role="weekday_hours",
                sureness=Sureness.SURE,
                reason_ja="曜日ごとの時刻の列",
            )


def _one_column_each(roles: Roles, samples: Sequence[Samples], kept: frozenset[int]) -> None:
    """Where two columns claim a field, the surer one has it; the other is shown as it is."""
    for name in {candidate.role for candidate in roles.candidates}:
        rivals = roles.of(name)
        if name not in COLUMN_KEYS or len(rivals) < 2:
            continue
        if name in JOINED or name in SCHEDULE_PARTS:
            sure = [c for c in rivals if c.sureness > Sureness.GUESS] or rivals[:1]
            losers = [c for c in rivals if c not in sure]
        else:
            best = max(rivals, key=lambda c: _rank(c, samples[c.index], kept))
            losers = [c for c in rivals if c is not best]
        for loser in losers:
            roles.candidates[loser.index] = replace(
                loser,
                role=SHOWN,
                sureness=Sureness.GUESS,
                reason_ja=f"「{_label(name)}」は別の列から読みます",
            )


def _rank(candidate: Candidate, samples: Samples, kept: frozenset[int]) -> tuple[float, ...]:
    varied = samples.variety > 0.3 if candidate.role == "name" else True
    return (
        candidate.index in kept,
        candidate.is_default,
        varied,
        candidate.sureness,
        -candidate.index,
    )


def _label(name: str) -> str:
    return FIELD_HEADERS.get(name, "開催日時")


def _half_a_place(roles: Roles) -> None:
    if roles.has("lat") != roles.has("lon"):
        for candidate in roles.of("lat") + roles.of("lon"):
            if not candidate.is_default:
                roles.candidates[candidate.index] = replace(
                    candidate, role=KEPT, reason_ja="緯度と経度の片方しかないので、使いません"
                )


def _name_instead(roles: Roles, samples: Sequence[Samples]) -> None:
    """No column is called a name: the group's, the hall's or the operator's name is it."""
    if roles.has("name"):
        return
    for role in NAME_INSTEAD:
        for candidate in roles.of(role):
            if samples[candidate.index].variety > 0.2:
                _become_name(roles, candidate, Sureness.LIKELY, "ほかに名前の列がないので")
                return
    texts = [
        candidate
        for candidate in roles.candidates
        if candidate.role in {SHOWN, KEPT}
        and (cells := samples[candidate.index]).variety > 0.5
        and 2 <= cells.mean_length <= 40
        and cells.numbers < 0.2
    ]
    if texts and len({c.role for c in roles.candidates} & EVIDENCE) >= 2:
        _become_name(roles, texts[0], Sureness.GUESS, "名前らしい文字が並ぶ、いちばん左の列なので")


def _become_name(roles: Roles, candidate: Candidate, sureness: Sureness, reason_ja: str) -> None:
    roles.candidates[candidate.index] = replace(
        candidate, role="name", sureness=sureness, reason_ja=reason_ja
    )


def _limit_shown(roles: Roles, kept: frozenset[int]) -> None:
    for candidate in [c for c in roles.of(SHOWN) if c.index not in kept][SHOWN_LIMIT:]:
        roles.candidates[candidate.index] = replace(
            candidate, role=KEPT, reason_ja="列が多いので、とっておくだけにします"
        )


def _write_columns(roles: Roles, kept: frozenset[int]) -> None:
    """``[columns]`` and ``leave_out`` for what the intake would not do by itself."""
    for candidate in roles.of(LEFT_OUT):
        roles.leave_out.append(_toml_header(candidate))
    if roles.national:
        for candidate in roles.candidates:
            name = field_of(candidate.role)
            if candidate.index in kept and name in COLUMN_KEYS:
                roles.columns[name] = (_toml_header(candidate),)
        return
    _write_schedule(roles)
    for name in COLUMN_KEYS:
        found = roles.of(name)
        if not found or name in SCHEDULE_PARTS:
            continue
        if name in JOINED:
            found.sort(key=lambda c: (c.index,))
        else:
            found = found[:1]
        if len(found) > 1 or not _read_anyway(found[0]):
            roles.columns[name] = tuple(map(_toml_header, found))


def _read_anyway(candidate: Candidate) -> bool:
    """Whether the intake takes this column for this field without a word in the manifest."""
    is_answer = candidate.role == "audience" and fold(candidate.header) == fold(PUBLISHABLE_HEADER)
    return candidate.is_default or is_answer


def _write_schedule(roles: Roles) -> None:
    parts = [candidate for role in SCHEDULE_ORDER for candidate in roles.of(role)]
    bounds = roles.of("start") + roles.of("end")
    if bounds and not roles.has("times"):
        keys = {"weekdays": parts, "start": roles.of("start")[:1], "end": roles.of("end")[:1]}
        keys["schedule_note"] = roles.of("schedule_note")
        for key, found in keys.items():
            if found:
                roles.columns[key] = tuple(map(_toml_header, found))
        return
    parts += bounds + roles.of("schedule_note")
    if parts and not (len(parts) == 1 and parts[0].role == "schedule" and parts[0].is_default):
        roles.columns["schedule"] = tuple(map(_toml_header, parts))


def _toml_header(candidate: Candidate) -> str:
    """A header as a manifest can name it: line breaks in the cell do not matter to the intake."""
    return " ".join(candidate.header.split())


def field_of(role: str) -> str | None:
    """The field or reading key a role is read into, or None for a column that is no field."""
    if role in {"days", "times", "frequency"}:
        return "schedule"
    return role if role in COLUMN_KEYS or role == "weekday_hours" else None
