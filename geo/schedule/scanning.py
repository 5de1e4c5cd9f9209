"""A text -> the pieces it is made of, from left to right. Nothing is lost: the unread is a piece."""

from __future__ import annotations

from itertools import groupby

from geo.schedule.day_phrases import DAY_PHRASES
from geo.schedule.hour_phrases import HOUR_PHRASES
from geo.schedule.often_phrases import OFTEN_PHRASES
from geo.schedule.pieces import WALLS, Kind, Phrase, Piece, phrase
from geo.schedule.plain_form import PlainForm
from geo.schedule.remark_phrases import REMARK_PHRASES
from geo.schedule.schedule_parts import EVERY_DAY, Days
from geo.schedule.season_phrases import SEASON_PHRASES

_SIGNS = (
    phrase(Kind.DAYS, r"毎(?=朝|夕|晩|夜)", lambda _: Days(EVERY_DAY)),
    phrase(Kind.VERBATIM, r"〔[^〔〕]*〕", lambda _: True),
    phrase(Kind.BREAK, r"[\n。;※/]+ *", lambda m: m[0].strip()),
    phrase(Kind.COMMA, r"[、,]+ *", lambda _: True),
    phrase(Kind.BRACKET, r"[()「」【】\[\]〔〕]", lambda m: m[0] in "([「【〔"),
    phrase(Kind.GAP, r" +", lambda _: True),
    phrase(Kind.AND, r"・|と|及び|および|並びに|かつ", lambda _: True),
    phrase(
        Kind.BUT,
        r"(?:ただし|但し|なお)[、,]?|毎年の?(?=\d{1,2}月)|通年|一年中|年間を通して",
        lambda _: True,
    ),
    phrase(Kind.ONLY, r"(?:のみ|だけ)", lambda _: True),
    phrase(Kind.TOPIC, r"は|:", lambda _: True),
    phrase(Kind.LINK, r"(?:の間に?|の|に|で|各)", lambda _: True),
    phrase(
        Kind.LABEL,
        r"(?:開催|実施|活動|営業|巡回|開館|開設|開放)(?:します|しています|です)?(?=[\s、,。()]|$)",
        lambda m: m[0],
    ),
)
# Notes before days (日程は…), counts and seasons before days (月2回, 8月), days before hours.
_PHRASES: tuple[Phrase, ...] = (
    *REMARK_PHRASES,
    *(p for p in OFTEN_PHRASES if p.kind is not Kind.ATTACHED),
    *SEASON_PHRASES,
    *DAY_PHRASES,
    *HOUR_PHRASES,
    *_SIGNS,
)
_BEFORE_CLAUSES = WALLS | {Kind.LABEL, Kind.CLOSED_LABEL, Kind.BUT}
_HANGING = frozenset({Kind.LINK, Kind.AND, Kind.TOPIC})
_ATTACHED = tuple(p for p in OFTEN_PHRASES if p.kind is Kind.ATTACHED)


def scan(form: PlainForm) -> list[Piece]:
    """The pieces of a text; a clause in which something is unread is unread as a whole."""
    plain = form.plain
    found: list[Piece] = []
    place = 0
    while place < len(plain):
        piece = _piece_at(plain, place, clause_start=not found or found[-1].kind in _BEFORE_CLAUSES)
        if piece is None:
            piece = Piece(Kind.UNREAD, place, place + 1)
        found.append(piece)
        place = piece.end
    return _whole_clauses(found)


def _piece_at(plain: str, place: int, *, clause_start: bool) -> Piece | None:
    for one in (*_ATTACHED, *_PHRASES) if clause_start else _PHRASES:
        if one.kind is Kind.NOTE and not clause_start:
            continue
        match = one.pattern.match(plain, place)
        if match and match.end() > place:
            value = one.read(match)
            if value is not None:
                return Piece(one.kind, place, match.end(), value)
    return None


def _whole_clauses(pieces: list[Piece]) -> list[Piece]:
    """Glue every clause that holds something unread into one unread piece.

    So is a clause that hangs on such a one by の, と or は: 「公民館 と日曜」.
    """
    runs = [list(run) for _, run in groupby(pieces, key=lambda piece: piece.kind in WALLS)]
    unread = [any(one.kind is Kind.UNREAD for one in run) for run in runs]
    for place in [place for place, is_unread in enumerate(unread) if is_unread]:
        for other, end in ((place - 2, -1), (place + 2, 0)):
            if 0 <= other < len(runs) and runs[other][end].kind in _HANGING:
                unread[other] = True
    return [
        piece
        for run, is_unread in zip(runs, unread, strict=True)
        for piece in ([Piece(Kind.UNREAD, run[0].start, run[-1].end)] if is_unread else run)
    ]
