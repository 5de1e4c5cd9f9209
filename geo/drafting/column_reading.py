"""One column -> the field it probably is: its header says, its cells confirm, object or speak alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geo.drafting.column_samples import Samples
from geo.drafting.header_words import (
    Sureness,
    guarded,
    is_by_the_way,
    is_id,
    is_serial,
    recognise,
)
from geo.folding import fold
from geo.manifest.layer_file import FIELD_HEADERS
from geo.model.accepted_words import (
    AUDIENCE_WORDS,
    CONSENT_WORDS,
    PRECISION_WORDS,
    STATUS_WORDS,
)

HEADER_LIMIT = 200
LEFT_OUT = "left_out"
SHOWN = "shown"
KEPT = "kept"
EMPTY = "empty"
_WORD_FIELDS: Mapping[str, Mapping[str, object]] = {
    "precision": PRECISION_WORDS,
    "status": STATUS_WORDS,
    "contact_audience": AUDIENCE_WORDS,
}
_DAY_FIELDS = frozenset({"started_on", "ended_on", "confirmed_on"})
_SERIAL_JA = "行の通し番号のようです。行を足すと変わるので、見分けには使えません"


@dataclass(frozen=True, slots=True)
class Candidate:
    """What one column probably is. ``role`` is a field, part of a schedule, or one of the four."""

    index: int
    header: str
    role: str
    sureness: Sureness
    reason_ja: str

    @property
    def is_default(self) -> bool:
        """Whether the intake takes this header for this field by itself."""
        return fold(FIELD_HEADERS.get(self.role, "\0")) == fold(self.header)


def read_column(index: int, header: str, samples: Samples) -> Candidate:
    """What the column is, seen by itself.

    Parameters
    ----------
    index : int
        Column index from 0.
    header : str
        The header as the intake calls it.
    samples : Samples
        Its cells.
    """

    def found(role: str, sureness: Sureness, reason_ja: str) -> Candidate:
        return Candidate(index, header, role, sureness, reason_ja)

    if not samples.filled and not any(samples.texts):
        return found(EMPTY, Sureness.SURE, "何も書かれていません")
    if len(header) > HEADER_LIMIT:
        return found(KEPT, Sureness.GUESS, "見出しが長すぎるので、とっておくだけにします")
    if fold(header) == fold(FIELD_HEADERS["id"]):
        if samples.is_unique:
            return found("id", Sureness.SURE, "見出し「ID」。ほかと重なっていません")
        return found(KEPT, Sureness.LIKELY, "空か同じものがあるので、見分けには使えません")
    if is_serial(header) or is_id(header):
        if samples.is_serial and not is_id(header):
            return found(LEFT_OUT, Sureness.SURE, _SERIAL_JA)
        if samples.is_unique:
            return found("id", Sureness.LIKELY, "どの行にもあり、重なっていない番号なので")
        if is_serial(header):
            return found(LEFT_OUT, Sureness.LIKELY, "番号ですが、空か同じものがあるので使いません")
    reason_ja = guarded(header)
    if reason_ja is not None:
        return found(LEFT_OUT, Sureness.LIKELY, reason_ja)
    if is_by_the_way(header):
        return found(KEPT, Sureness.LIKELY, "とっておき、のせるのは頼まれたときだけにします")
    known = recognise(header)
    if known is not None:
        return _confirmed(found(known[0], known[1], _header_reason(header, known[1])), samples)
    return _by_cells(
        found(SHOWN, Sureness.GUESS, "町の言葉の見出しなので、そのままのせます"), samples
    )


def _header_reason(header: str, sureness: Sureness) -> str:
    word = header if len(header) <= 20 else header[:19] + "…"
    return f"見出し「{word}」から" if sureness is Sureness.SURE else f"見出し「{word}」の言葉から"


def _changed(candidate: Candidate, role: str, sureness: Sureness, reason_ja: str) -> Candidate:
    return Candidate(candidate.index, candidate.header, role, sureness, reason_ja)


def _confirmed(candidate: Candidate, samples: Samples) -> Candidate:
    """The header's word, held against the cells. A default header is kept: the intake takes it."""
    role = candidate.role
    if role == "consent" and samples.answers >= 0.8 and not _share(samples, CONSENT_WORDS):
        return _changed(
            candidate, "audience", Sureness.LIKELY, "中身が○×なので、掲載可否として読みます"
        )
    if candidate.is_default:
        return candidate
    objection = _objection(role, samples)
    if objection:
        return _changed(candidate, SHOWN, Sureness.GUESS, objection)
    if role == "venue" and samples.addresses >= 0.6:
        return _changed(candidate, "address", Sureness.LIKELY, "中身が住所の形なので")
    if role == "ended_on" and samples.days < 1:
        return _changed(
            candidate, "end", Sureness.GUESS, "中身が日付でないので、終わりの時刻として"
        )
    if role in {"end", "start"} and samples.days >= 0.8:
        day_role = {"end": "ended_on", "start": "started_on"}[role]
        return _changed(candidate, day_role, Sureness.LIKELY, "中身が日付なので")
    return candidate


def _objection(role: str, samples: Samples) -> str | None:
    """Why the cells are not what the header says, or None."""
    if role in {"lat", "lon"} and samples.degrees(lat=role == "lat") < 0.5:
        return "緯度・経度の形ではないので、そのままのせます"
    if role == "audience" and samples.answers < 0.5:
        return "○×や公開範囲の言葉ではないので、そのままのせます"
    if role == "consent" and _share(samples, CONSENT_WORDS) < 0.5:
        return "掲載の同意の言葉ではないので、そのままのせます"
    if role in _WORD_FIELDS and _share(samples, _WORD_FIELDS[role]) < 1:
        return "決まった言葉ではないので、そのままのせます"
    if role in _DAY_FIELDS - {"ended_on"} and samples.days < 0.5:
        return "日付の形ではないので、そのままのせます"
    if role == "name" and samples.numbers > 0.9:
        return "数だけなので、名前とはみません"
    if role == "functions" and samples.numbers > 0.5:
        return "数なので、そのままのせます"
    return None


def _share(samples: Samples, words: Mapping[str, object]) -> float:
    filled = samples.filled
    return sum(fold(text) in words for text in filled) / len(filled) if filled else 0.0


def _by_cells(candidate: Candidate, samples: Samples) -> Candidate:
    """A header of the town's own, or none: the cells speak."""
    index, header = candidate.index, candidate.header
    guesses = (
        (
            samples.degrees(lat=True) >= 0.9 and samples.numbers >= 0.9,
            "lat",
            "中身が緯度の形なので",
        ),
        (
            samples.degrees(lat=False) >= 0.9 and samples.numbers >= 0.9,
            "lon",
            "中身が経度の形なので",
        ),
        (samples.phones >= 0.7, "contact", "中身が電話番号の形なので"),
        (samples.addresses >= 0.7, "address", "中身が住所の形なので"),
        (samples.whens >= 0.7, "schedule", "中身が曜日や時刻なので"),
    )
    for fits, role, reason_ja in guesses:
        if fits and len(samples.filled) >= 2:
            return Candidate(index, header, role, Sureness.GUESS, reason_ja)
    if samples.is_serial and len(samples.filled) >= 3 and header.startswith("（"):
        return Candidate(index, header, LEFT_OUT, Sureness.LIKELY, _SERIAL_JA)
    if samples.mean_length > 60:
        return Candidate(
            index, header, KEPT, Sureness.GUESS, "文が長いので、とっておくだけにします"
        )
    return candidate
