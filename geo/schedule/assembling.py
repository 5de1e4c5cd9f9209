"""Pieces, one after another, -> rules, closings and remarks."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from geo.schedule.closing_sentences import closings_of
from geo.schedule.doubts import shut_twice
from geo.schedule.holiday_sentences import Holidays
from geo.schedule.pieces import Kind, Piece
from geo.schedule.plain_form import PlainForm
from geo.schedule.remark_phrases import HolidaySaid
from geo.schedule.rule_sentences import Item
from geo.schedule.schedule_model import Schedule
from geo.schedule.schedule_parts import EVERY_DAY, Days, Rule
from geo.schedule.sentence import Sentence, Understood
from geo.schedule.subject_run import closed_run
from geo.schedule.unread_parts import written_parts

_JOINS = {Kind.AND: "and", Kind.COMMA: "comma", Kind.GAP: "gap", Kind.LINK: "link"}
_STRENGTH = ("glued", "gap", "link", "and", "comma", "wall")
_QUIET = frozenset({Kind.LABEL, Kind.BUT})


class Assembly:
    """A text being read from left to right: its sentences, what is closed, what is remarked."""

    def __init__(self, form: PlainForm) -> None:
        self.so_far = Understood(form)
        self.sentence = Sentence(self.so_far)
        self.holidays = Holidays()
        self.notes: list[str] = []
        self.labelled: list[Item] | None = None  # after 【休館日】: what is closed
        self.excepting: tuple[int, int] | None = None  # a 除く that waits for what
        self.label_seen = self.never_closed = False
        self.depth, self.joined = 0, "wall"

    def take(self, piece: Piece) -> None:
        """Take the next piece of the text."""
        kind = piece.kind
        if kind in _JOINS:
            self._join(_JOINS[kind])
        elif kind in _QUIET:
            if kind is Kind.LABEL:
                self._end_label()
            self._join("wall")
        elif kind is Kind.BREAK and self.labelled is not None and piece.value == ";":
            self._join("comma")  # 定休日:土;日;祝
        elif kind is Kind.BREAK:
            self._end_line()
        elif kind is Kind.BRACKET:
            if not piece.value and self.sentence.topic is not None:
                self.sentence.end()
            self.depth = max(0, self.depth + (1 if piece.value else -1))
            self._join("wall")
        elif kind is Kind.CLOSED_LABEL:
            self.sentence.end()
            self._end_label()
            self.labelled, self.label_seen = [], True
            self.joined = "wall"
        elif kind in {Kind.TOPIC, Kind.ONLY}:
            self._begin_topic()
            self._join("link")
        elif kind is Kind.CLOSED:
            self._close(piece)
        elif kind is Kind.IF_HOLIDAY:
            self._on_holiday(piece)
        elif kind is Kind.NOTE:
            written = self.so_far.form.written_between(piece.start, piece.end)
            self.notes.append(unicodedata.normalize("NFKC", written))
            self._join("wall")
        elif kind in {Kind.UNREAD, Kind.OPEN, Kind.VERBATIM}:
            self.sentence.meet_unread()
            inside = 1 if kind is Kind.VERBATIM else 0
            self.so_far.unread.append((piece.start + inside, piece.end - inside))
            self._join("wall")
        else:
            self._add(Item(piece, self.joined, self.depth > 0))
            self.joined = "glued"
            self.holidays.forget()

    def _join(self, how: str) -> None:
        if _STRENGTH.index(how) > _STRENGTH.index(self.joined):
            self.joined = how

    def _add(self, item: Item) -> None:
        if self.labelled is not None:
            if item.kind is Kind.HOURS and item.joined not in {"glued", "link"}:
                self._end_label()
            else:
                self.labelled.append(item)
                return
        self.sentence.add(item)

    def _begin_topic(self) -> None:
        if self.labelled:
            last = self.labelled.pop()  # 定休日:日 土は午前のみ
            self._end_label()
            self.sentence.items = [replace(last, joined="wall")]
        self.sentence.begin_topic()

    def _end_line(self) -> None:
        self.sentence.end_line()
        self._end_label()
        self.depth, self.joined = 0, "wall"
        self.holidays.forget()

    def _end_label(self) -> None:
        items, self.labelled = self.labelled, None
        if self.excepting is not None:
            if not items:
                self.so_far.unread.append(self.excepting)  # を除く, and nothing to leave out
            self.excepting = None
        self._close_labelled(items or [])
        if items is not None:
            self._open_all_other_days()

    def _open_all_other_days(self) -> None:
        """【開館時間】9:00〜17:00 【休館日】月曜日: the hours are of every other day."""
        if not self.label_seen or len(self.so_far.rules) != 1:
            return
        only = self.so_far.rules[0]
        if only == Rule(hours=only.hours) and (self.so_far.closings or self.never_closed):
            self.so_far.rules = [replace(only, days=Days(EVERY_DAY))]

    def _close_labelled(self, items: list[Item]) -> None:
        kept = [item for item in items if item.piece.value != Days(EVERY_DAY)]  # 年中無休
        if not kept:
            self.never_closed = self.never_closed or bool(items)
            return
        # A blank between closing days is as good as a comma.
        self._add_closings(
            [replace(i, joined="comma") if i.joined in {"gap", "wall"} else i for i in kept],
            kept[-1].piece.end,
        )

    def _add_closings(self, items: list[Item], end: int) -> None:
        closed = closings_of(items) if self._weeks_are_clear(items) else None
        if closed is not None and shut_twice(closed.closings, self.so_far.closings):
            closed = None
        if closed is None or (closed.on_holidays and not self.holidays.close()):
            self.so_far.unread.append((items[0].piece.start, end))
            return
        self.so_far.closings.extend(closed.closings)
        self.holidays.follow(closing=any(c.days and c.days.weekdays for c in closed.closings))

    def _weeks_are_clear(self, items: list[Item]) -> bool:
        """「第5は休み」 without 週 is clear where one weekday is held."""
        if all(getattr(item.piece.value, "whole", True) for item in items):
            return True
        pending = [
            i.piece.value for i in [*self.sentence.items, *items] if isinstance(i.piece.value, Days)
        ]
        held = {d for r in self.so_far.rules if r.days for d in r.days.weekdays}
        return len(held.union(*(days.weekdays for days in pending))) == 1

    def _close(self, piece: Piece) -> None:
        if self.labelled is not None:
            return
        written = self.so_far.form.plain[piece.start : piece.end]
        # A shop that says when it is closed is open on all other days.
        shop = any(sign in written for sign in ("定休", "休館", "休業日", "以外"))
        self.label_seen = self.label_seen or shop
        after_hours = bool(self.sentence.items) and self.sentence.items[-1].kind is Kind.HOURS
        if (
            not self.sentence.items
            or self.joined in {"comma", "wall"}
            or (
                after_hours and self.joined == "gap"  # 9:00〜17:00 休み: which is it?
            )
        ):
            if piece.value == "before":  # 除く祝日, 休館日 月曜
                self.sentence.end()
                self.labelled, self.excepting = [], (piece.start, piece.end)
            else:
                self.so_far.unread.append((piece.start, piece.end))
            self._join("wall")
            return
        run = closed_run(self.sentence.items, self.so_far.rules)
        if run is None:
            self.sentence.leave_unread(piece.end)
        else:
            self._add_closings(self.sentence.take_subjects(run), piece.end)
        self.joined = "wall"

    def _on_holiday(self, piece: Piece) -> None:
        said = piece.value
        assert isinstance(said, HolidaySaid)
        in_label = self.labelled is not None
        if self.labelled:
            self._close_labelled(self.labelled)
            self.labelled, self.excepting = [], None
        else:
            self.sentence.end()
        if not self.holidays.take(said, self.so_far.closings, self.so_far.rules, in_label=in_label):
            self.so_far.unread.append((piece.start, piece.end))
        self._join("wall")

    def finish(self) -> Schedule:
        """The schedule, when the text has ended."""
        self._end_line()
        self._open_all_other_days()
        return Schedule(
            tuple(self.so_far.rules),
            tuple(dict.fromkeys(self.so_far.closings)),
            self.holidays.does,
            tuple(dict.fromkeys(self.notes)),
            written_parts(self.so_far.form, self.so_far.unread),
        )
