"""What a load must not do by accident: guards that ask the clerk before history is bent."""

from __future__ import annotations

from collections.abc import Sequence

from geo.errors import LoadRefusedError
from geo.loading.comparing import Comparison
from geo.loading.identity import Recognised
from geo.loading.renumbering import ListedNames, is_id_of_cells
from geo.model.problem import Problem, Severity
from geo.model.reading import LayerReading, LevelReading, TownReading

LARGEST_ENDED_SHARE = 0.20
FEWEST_ENDED = 2
_NAMES_SHOWN = 10


def refuse_faulty(reading: TownReading, *, skip_bad_rows: bool) -> int:
    """Refuse a reading with errors; returns how many rows are left out.

    ``skip_bad_rows`` helps only where every error is tied to a row that was left out.

    Raises
    ------
    LoadRefusedError
        With every problem of the reading.
    """
    errors = reading.errors
    if not errors:
        return 0
    parts: tuple[LayerReading | LevelReading, ...] = (*reading.layers, *reading.levels)
    of_parts = {problem for part in parts for problem in part.problems}
    is_blocked = any(part.blocking for part in parts) or not of_parts.issuperset(errors)
    if skip_bad_rows and not is_blocked:
        return sum(layer.skippable_rows for layer in reading.layers)
    hint_ja = "上の困りごとを直してから、もう一度読み込んでください。"
    if not is_blocked:
        hint_ja += "その行を除いて読み込むなら --skip-bad-rows を付けてください。"
    raise LoadRefusedError(
        f"{len(errors)} errors in the files",
        message_ja=f"直すまで読み込めないところが{len(errors)}件あります。何も変えていません。",
        hint_ja=hint_ja,
        problems=reading.problems,
    )


def refuse_reused_ids(comparisons: Sequence[Comparison], names: ListedNames | None = None) -> None:
    """Refuse a load in which an id would pass to another record.

    Raises
    ------
    LoadRefusedError
        One problem per id.
    """
    called = names or ListedNames()
    problems = tuple(
        Problem(
            Severity.ERROR,
            f"layers/{c.key}",
            f"ID「{called.listed(c.key, treasure.id)}」は「{name}」のものでしたが、今度は名前も場所もちがう"
            f"「{treasure.name}」になっています。別のお宝なら新しいIDを付け、"
            f"同じお宝なら名称か場所（緯度・経度・住所）の片方を元に戻して、先に読み込んでください。",
            code="id-names-another",
            value=called.listed(c.key, treasure.id),
        )
        for c in comparisons
        for name, treasure in c.renamed
    )
    if problems:
        raise LoadRefusedError(
            f"{len(problems)} ids would pass to another record",
            message_ja=f"IDが別のお宝に付け替わっているところが{len(problems)}件あります。"
            "何も変えていません。\n"
            + "\n".join(f"・{p.message_ja}" for p in problems[:_NAMES_SHOWN]),
            hint_ja="別のお宝には新しいIDを付けてください。同じIDを使い回すと、番号と履歴が混ざります。",
            problems=problems,
        )


def refuse_renumbered(
    found: Sequence[Recognised],
    reading: TownReading,
    names: ListedNames,
    *,
    same_records: int | None,
    other_records: int | None,
) -> bool:
    """Ask about records that stand under another id; True where the clerk said they are the same.

    Either answer counts only for exactly as many records as there are: it was given to the question
    of another list otherwise.

    Raises
    ------
    LoadRefusedError
        One problem per record, at its cell.
    """
    count = len(found)
    if count == 0 or other_records == count:
        return False
    if same_records == count:
        return True
    layers = {layer.layer.id: layer for layer in reading.layers}
    problems = []
    for pair in found:
        treasure, key = pair.treasure, pair.treasure.layer
        was, now = names.listed(key, pair.known.id), names.listed(key, treasure.id)
        word = "見分けに使う列が" if is_id_of_cells(layers[key]) else "ID"
        message = (
            f"「{treasure.name[:40]}」は、前は{word}「{was[:60]}」でした。{pair.by_ja}なので、"
            "同じお宝のようです。"
        )
        address = layers[key].addresses.get(treasure.id)
        at = "name" if is_id_of_cells(layers[key]) else "id"
        problems.append(
            Problem(Severity.ERROR, f"layers/{key}", message, "id-changed", value=now)
            if address is None
            else address.problem(Severity.ERROR, "id-changed", message, at=at, value=now)
        )
    raise LoadRefusedError(
        f"{count} records stand under another id",
        message_ja=f"同じお宝が、前とちがうIDになっているところが{count}件あります。何も変えていません。",
        hint_ja=f"同じお宝なら「otakara load --same-records {count}」で読み込んでください（旗の番号はそのままです）。\n"
        f"別のお宝なら「otakara load --other-records {count}」です（前のものは終わり、新しい番号が付きます）。\n"
        "同じものと別のものがまざっているときは、同じものの行だけを layers/renumbered.csv に"
        "「種類のフォルダ名,今のID,前のID,日付」で書いてから、読み込み直してください。",
        problems=problems,
    )


def refuse_mass_ending(
    comparisons: Sequence[Comparison],
    accept_ended: int | None,
    moved_away: Sequence[Recognised] = (),
) -> None:
    """Refuse a load that would end much of a layer or level, unless so many were accepted.

    Much is more than 20 % and at least two; ``accept_ended`` must reach the sum over all of them.
    Records that are found again in another layer (``moved_away``) do not end.

    Raises
    ------
    LoadRefusedError
        One problem per layer or level, naming what would end.
    """
    found_again: dict[str, list[str]] = {}
    for pair in moved_away:
        found_again.setdefault(pair.known.layer, []).append(pair.known.name)
    ending = {
        (c.kind, c.key): _without(c.ended, found_again.get(c.key, ()) if c.kind == "layer" else ())
        for c in comparisons
    }
    large = [
        c
        for c in comparisons
        if c.is_change
        and len(ending[c.kind, c.key]) >= FEWEST_ENDED
        and len(ending[c.kind, c.key]) > LARGEST_ENDED_SHARE * c.standing_count
    ]
    count = sum(len(ending[c.kind, c.key]) for c in large)
    if count == 0 or (accept_ended is not None and accept_ended >= count):
        return
    problems = tuple(
        Problem(
            Severity.ERROR,
            f"{'layers' if c.kind == 'layer' else 'boundaries'}/{c.key}",
            f"「{c.title}」の{c.standing_count}件のうち"
            f"{len(ending[c.kind, c.key])}件が終わることになります：{_some(ending[c.kind, c.key])}",
            code="many-would-end",
        )
        for c in large
    )
    raise LoadRefusedError(
        f"the load would end {count} records",
        message_ja="一度にたくさんのお宝や地区がなくなるので、止めました。何も変えていません。\n"
        + "\n".join(f"・{p.message_ja}" for p in problems),
        hint_ja="ファイルが途中で切れていないか確かめてください（--dry-run で、変わるところを全部見られます）。"
        f"本当に終わるのなら --accept-ended {count} を付けて読み込んでください。",
        problems=problems,
    )


def _without(names: Sequence[str], less: Sequence[str]) -> tuple[str, ...]:
    """Names, each of ``less`` taken away once."""
    left = list(names)
    for name in less:
        if name in left:
            left.remove(name)
    return tuple(left)


def _some(names: Sequence[str]) -> str:
    shown = "、".join(names[:_NAMES_SHOWN])
    more = len(names) - _NAMES_SHOWN
    return f"{shown} ほか{more}件" if more > 0 else shown
