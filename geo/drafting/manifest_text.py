"""The text of a drafted ``layer.toml`` and ``municipality.toml``, with comments for whoever opens it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from geo.drafting.list_draft import MunicipalityDraft


@dataclass(frozen=True, slots=True)
class ManifestParts:
    """What a drafted manifest says. ``show`` maps labels to headers, in order."""

    title: str
    symbol: str
    color: str
    order: int
    source: str
    as_of: date
    as_of_said: str | None
    data: str
    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    identify: Sequence[str] = ()
    leave_out: Sequence[str] = ()
    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    show: Mapping[str, str] = field(default_factory=dict)
    weekday_hours: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    drop: Mapping[str, Sequence[str]] = field(default_factory=dict)


def quoted(text: str) -> str:
    """A TOML basic string: whatever stands in a list stays a text."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _texts(texts: Sequence[str]) -> str:
    return "[" + ", ".join(map(quoted, texts)) + "]"


def _one_or_more(texts: Sequence[str]) -> str:
    return quoted(texts[0]) if len(texts) == 1 else _texts(texts)


def layer_text(parts: ManifestParts) -> str:
    """``layer.toml``."""
    said = (
        f"一覧の「{_comment(parts.as_of_said)}」から"
        if parts.as_of_said
        else "一覧に書いてなかったので今日の日付。いつの一覧か、確かめてください"
    )
    lines = [
        "# otakara new が一覧から作りました。# より右は説明です。なおしてから otakara check で確かめられます。",
        f"title = {quoted(parts.title)}  # 画面の呼び名",
        f"symbol = {quoted(parts.symbol)}  # 旗に書く1文字（町の中で重ならないもの）",
        f"color = {quoted(parts.color)}  # 旗の色",
        f"order = {parts.order}  # 並び順",
        f"source = {quoted(parts.source)}  # 出典。一覧を作ったところの名前か、確かめてください",
        'licence = "内部資料（公開の条件は、まだ確かめていません）"  # 使ってよい条件。公開する前に確かめてください',
        f"as_of = {parts.as_of.isoformat()}  # いつの一覧か（{said}）",
        f"data = {quoted(parts.data)}  # 来月の一覧は、このファイルと置きかえます",
    ]
    if parts.sheet is not None:
        lines.append(f"sheet = {quoted(parts.sheet)}  # このシートを読みます")
    if parts.header_row is not None:
        lines.append(f"header_row = {parts.header_row}  # 見出しの行")
    if parts.encoding is not None:
        lines.append(f"encoding = {quoted(parts.encoding)}  # 文字コード")
    if parts.identify:
        words = (
            "この列の組で、同じお宝かどうかを見分けます（IDの列ができたら、この行を消してください）"
        )
        lines.append(f"identify = {_texts(parts.identify)}  # {words}")
    if parts.leave_out:
        words = "読まない列（データベースにも入りません）"
        lines.append(f"leave_out = {_texts(parts.leave_out)}  # {words}")
    lines += [
        "# 公開範囲の書いてない行は「担当者だけ」です。一覧ごと公開するときは otakara publish を使ってください。",
    ]
    if parts.columns:
        lines += ["", "[columns]  # 項目 = 一覧の見出し（並びで書くと、つないで読みます）"]
        lines += [f"{key} = {_one_or_more(headers)}" for key, headers in parts.columns.items()]
    if parts.weekday_hours:
        lines += ["", "[weekday_hours]  # 曜日 = [始まりの列, 終わりの列]"]
        lines += [f"{quoted(day)} = {_texts(pair)}" for day, pair in parts.weekday_hours.items()]
    if parts.drop:
        lines += ["", "[drop]  # お宝ではない行（合計、記入例、区切りの行）"]
        lines += [f"{quoted(header)} = {_texts(texts)}" for header, texts in parts.drop.items()]
    if parts.show:
        lines += ["", "[show]  # 一覧とカードに出すもの。見出し = 元の列（この順に出ます）"]
        lines += [f"{quoted(label)} = {quoted(header)}" for label, header in parts.show.items()]
    return "\n".join(lines) + "\n"


def _comment(text: str) -> str:
    """A text of the list inside a comment: one short line without control characters."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())[:40]


def municipality_text(town: MunicipalityDraft) -> str:
    """``municipality.toml``."""
    return "\n".join(
        [
            "# otakara new が作りました。",
            f"name = {quoted(town.name)}",
            f"code = {quoted(town.code)}  # 全国地方公共団体コード",
            f"plane_zone = {town.plane_zone}  # 平面直角座標系の系番号",
            "",
        ]
    )
