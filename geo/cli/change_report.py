"""The next month's report: what is new, changed, ended and moved, in words one can read out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from geo.model.change import ChangeKind, RecordChange
from geo.model.problem_sentence import place_ja
from geo.model.town import Layer

LINES_SHOWN = 100
"""Of one kind in one layer; the rest is counted and stands whole in ``--json``."""
PRIVATE_JA = "（担当者だけの内容です。このまま配ったり、見える所に置いたりしないでください。）"
_ORDER = (
    ChangeKind.NEW,
    ChangeKind.CHANGED,
    ChangeKind.ENDED,
    ChangeKind.MOVED,
    ChangeKind.RENUMBERED,
)
_ALWAYS = _ORDER[:4]


def change_lines(
    changes: Sequence[RecordChange],
    since: Mapping[str, tuple[date, date]],
    layers: Mapping[str, Layer],
) -> Iterator[str]:
    """The report; nothing where no layer stood before.

    Parameters
    ----------
    changes : sequence of RecordChange
    since : Mapping[str, (date, date)]
        Of every layer that stood before: the dates of the list that stands and of the new one.
    layers : Mapping[str, Layer]
        For titles and symbols; a layer that left the town is called by its id.
    """
    if not since and not changes:
        return
    from_when = "先月から" if _is_next_month(since) else "前回から"
    if not changes:
        yield f"{from_when}変わったところはありません。"
        return
    yield f"{from_when}：{counts_ja(changes)}。"
    yield PRIVATE_JA
    for layer in dict.fromkeys(change.layer for change in changes):
        spec = layers.get(layer)
        yield f"「{spec.title if spec else layer}」"
        of_layer = [change for change in changes if change.layer == layer]
        for kind in _ORDER:
            told = [change for change in of_layer if change.kind is kind]
            if not told:
                continue
            yield f"  {kind.label_ja} {len(told)}件"
            for change in told[:LINES_SHOWN]:
                yield f"    ・{_line(change, spec)}"
            if len(told) > LINES_SHOWN:
                yield f"    ほか{len(told) - LINES_SHOWN}件（--json で全部出ます）"


def counts_ja(changes: Iterable[RecordChange]) -> str:
    """「新しく 3件、変わったところ 5件、終わったもの 1件、シートを移ったもの 2件」."""
    count = dict.fromkeys(_ORDER, 0)
    for change in changes:
        count[change.kind] += 1
    return "、".join(
        f"{kind.label_ja} {number}件" for kind, number in count.items() if number or kind in _ALWAYS
    )


def _line(change: RecordChange, layer: Layer | None) -> str:
    mark = f"{layer.symbol if layer else ''}{change.number} " if change.number else ""
    where = place_ja(change.sheet, change.cell, change.row, change.file or "")
    head = f"{mark}{change.name}"
    if change.kind is ChangeKind.ENDED:
        return head
    if change.kind is ChangeKind.NEW:
        return f"{head}（{where}）" if where else head
    arrow = f"{_quoted(change.before)} → {_quoted(change.after)}"
    if change.kind is ChangeKind.CHANGED:
        return f"{head}　{where} {change.column}：{arrow}".replace("　 ", "　")
    if change.kind is ChangeKind.RENUMBERED:
        return f"{head}　ID：{arrow}"
    return f"{head}　{arrow}"


def _quoted(text: str | None) -> str:
    return "（空）" if text is None else f"「{text}」"


def _is_next_month(since: Mapping[str, tuple[date, date]]) -> bool:
    """Whether every list is of the month after the one that stands."""
    moved = [(before, now) for before, now in since.values() if before != now]
    months = [(now.year - before.year) * 12 + now.month - before.month for before, now in moved]
    return bool(months) and set(months) == {1}
