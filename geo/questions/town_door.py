"""The first step of every question: the town behind a connection, and what is asked about it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from geo.errors import AudienceError, DatabaseError, NotFoundError
from geo.folding import fold
from geo.model.answers import LevelInfo
from geo.model.audience import Audience, Medium
from geo.schema.names import view_schema
from geo.store.reading.area_rows import AreaKey, AreaRecord
from geo.store.reading.town_rows import TownRow, read_revision, read_town

if TYPE_CHECKING:
    from sqlalchemy import Connection

_NEAR = 0.4


def revision(conn: Connection) -> tuple[int, date]:
    """The town's revision (rises with every load that changed anything) and the views' today.

    Raises
    ------
    DatabaseError
        When no town has been loaded.
    """
    found = read_revision(conn)
    if found is None:
        raise _nothing_loaded()
    return found


def open_town(conn: Connection, audience: Audience, medium: Medium) -> TownRow:
    """The town and its levels, through the door of exactly this audience and medium.

    Raises
    ------
    AudienceError
        When the connection reads the views of somebody else: an answer must never carry a label
        that its content does not deserve.
    DatabaseError
        When no town has been loaded.
    """
    town = read_town(conn)
    if town is None:
        raise _nothing_loaded()
    if town.door != view_schema(audience, medium):
        raise AudienceError(
            f"the connection reads {town.door}, not {view_schema(audience, medium)}",
            message_ja="公開範囲と、データベースの読み口が合っていません。",
            hint_ja="プログラムの誤りです。お手数ですが、作り手にお知らせください。",
        )
    return town


def find_level(levels: Iterable[LevelInfo], level: str) -> LevelInfo:
    """The level with this id.

    Raises
    ------
    NotFoundError
        Names the levels there are.
    """
    known = list(levels)
    for info in known:
        if info.id == level:
            return info
    named = {info.id: info.title for info in known}
    raise NotFoundError(
        f"no such level: {level!r}",
        message_ja=f"圏域の種類「{level}」はありません。",
        hint_ja=likely_words(level, named) or "まだ圏域（boundaries のフォルダ）がありません。",
    )


def find_area(areas: Mapping[AreaKey, AreaRecord], level: LevelInfo, code: str) -> AreaRecord:
    """The area of a level with this code.

    Raises
    ------
    NotFoundError
        Names areas whose code or name is near.
    """
    area = areas.get((level.id, code))
    if area is not None:
        return area
    named = {a.code: a.name for a in areas.values() if a.level == level.id}
    raise NotFoundError(
        f"no such area: {level.id}/{code!r}",
        message_ja=f"{level.title}に「{code}」という地区はありません。",
        hint_ja=_hint(code, named) or "地区の一覧から選んでください。",
    )


def likely_words(asked: str, named: Mapping[str, str]) -> str:
    """What somebody may have meant who asked for none of the keys, else all of them to choose from.

    Parameters
    ----------
    asked : str
    named : Mapping of str to str
        Key to title; empty gives an empty sentence.
    """
    if not named:
        return ""
    every = "、".join(f"{key}（{title}）" for key, title in named.items())
    return _hint(asked, named) or f"次の中から選んでください：{every}。"


def _nothing_loaded() -> DatabaseError:
    return DatabaseError(
        "no town has been loaded",
        message_ja="まだ町のファイルが読み込まれていません。",
        hint_ja="otakara load で読み込んでください。",
    )


def _hint(asked: str, named: Mapping[str, str]) -> str:
    """Up to three keys whose key or name looks like what was asked."""
    wanted = fold(asked)
    scored = []
    for key, name in named.items():
        likeness = 0.0
        for word in (fold(key), fold(name)):
            if wanted and word and (wanted in word or word in wanted):
                likeness = 1.0
            else:
                ratio = difflib.SequenceMatcher(None, wanted, word).ratio()
                likeness = max(likeness, ratio)
        if likeness >= _NEAR:
            scored.append((-likeness, key))
    near = [key for _, key in sorted(scored)[:3]]
    if not near:
        return ""
    return "、".join(f"「{key}」（{named[key]}）" for key in near) + "のことでしょうか。"
