"""Pieces, one after another, -> rules, closings and remarks."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace

from geo.schedule.closing_sentences import closings_of
from geo.schedule.correcting import corrected
from geo.schedule.doubts import adds_to, meets_closing, shut_twice
from geo.schedule.holiday_sentences import Holidays
from geo.schedule.pieces import Kind, Piece
from geo.schedule.plain_form import PlainForm
from geo.schedule.remark_phrases import HolidaySaid
from geo.schedule.rule_sentences import Item, how_often_alone, rules_of
from geo.schedule.schedule_model import Schedule
from geo.schedule.schedule_parts import ALWAYS, EVERY_DAY, Closing, Days, Rule, Season
from geo.schedule.subject_run import closed_run
from geo.schedule.unread_parts import written_parts

_JOINS = {Kind.AND: "and", Kind.COMMA: "comma", Kind.GAP: "gap", Kind.LINK: "link"}
_STRENGTH = ("glued", "gap", "link", "and", "comma", "wall")
_HEADS = frozenset(
    {
        Kind.DAYS,
        Kind.SEASON,
        Kind.COUNT,
        Kind.WORD,
        Kind.INTERVAL,
        Kind.MONTH_INTERVAL,
        Kind.ATTACHED,
    }
)
"""What may begin a sentence."""
_WHEN = frozenset({Kind.DAYS, Kind.BARE_DAYS, Kind.ATTACHED, Kind.COUNT, Kind.WORD})
_QUIET = frozenset({Kind.LABEL, Kind.BUT})


@dataclass(slots=True)
class Assembly:
    """What has been understood so far of a text being read from left to right."""

    form: PlainForm
    rules: list[Rule] = field(default_factory=list)
    closings: list[Closing] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unread: list[tuple[int, int]] = field(default_factory=list)
    holidays: Holidays = field(default_factory=Holidays)
    items: list[Item] = field(default_factory=list)
    topic: int | None = None
    """How many of the items stand before は."""
    labelled: list[Item] | None = None
    """After 【休館日】: what is closed. None elsewhere."""
    label_seen: bool = False
    never_closed: bool = False
    scope: Season = ALWAYS
    """A season said for all that follows on the line: 「4月〜10月は、」."""
    narrow: bool = False
    """A season was said, and whether it holds for what follows nobody knows."""
    depth: int = 0
    joined: str = "wall"

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
            self.depth = max(0, self.depth + (1 if piece.value else -1))
            self._join("wall")
        elif kind is Kind.CLOSED_LABEL:
            self._flush()
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
            written = self.form.written_between(piece.start, piece.end)
            self.notes.append(unicodedata.normalize("NFKC", written))
            self._join("wall")
        elif kind in {Kind.UNREAD, Kind.OPEN, Kind.VERBATIM}:
            if self._complete():
                self._flush()
            inside = 1 if kind is Kind.VERBATIM else 0
            self.unread.append((piece.start + inside, piece.end - inside))
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
        if item.kind in _HEADS and self._complete():
            self._flush()
        self.items.append(item)

    def _begin_topic(self) -> None:
        """What は stands behind is the subject; what was said before it is a sentence."""
        if self.labelled:
            last = self.labelled.pop()  # 定休日:日 土は午前のみ
            self._end_label()
            self.items = [replace(last, joined="wall")]
        if not self.items or self.topic is not None:
            return
        first = len(self.items) - 1
        while first > 0 and not _ends_before(self.items[first - 1], self.items[first]):
            first -= 1
        subject = self.items[first:]
        self.items = self.items[:first]
        self._flush()
        self.items, self.topic = [*self.items, *subject], len(subject)

    def _complete(self) -> bool:
        said = self.items[self.topic or 0 :]
        kinds = {item.kind for item in self.items}
        return any(item.kind is Kind.HOURS for item in said) and (
            bool(kinds & _WHEN) or self.topic is not None
        )

    def _end_line(self) -> None:
        self._flush()
        self._end_label()
        self.scope, self.narrow, self.depth, self.joined = ALWAYS, False, 0, "wall"
        self.holidays.forget()

    def _end_label(self) -> None:
        items, self.labelled = self.labelled, None
        self._close_labelled(items or [])
        if items is not None and self.label_seen and len(self.rules) == 1:
            only = self.rules[0]
            # 【開館時間】9:00〜17:00 【休館日】月曜日: every other day.
            if only == Rule(hours=only.hours) and (self.closings or self.never_closed):
                self.rules = [replace(only, days=Days(EVERY_DAY))]

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
        if closed is not None and shut_twice(closed.closings, self.closings):
            closed = None
        if closed is None or (closed.on_holidays and not self.holidays.close()):
            self.unread.append((items[0].piece.start, end))
            return
        self.closings.extend(closed.closings)
        self.holidays.follow(closing=any(c.days and c.days.weekdays for c in closed.closings))

    def _weeks_are_clear(self, items: list[Item]) -> bool:
        """「第5は休み」 without 週 is clear where one weekday is held."""
        if all(getattr(item.piece.value, "whole", True) for item in items):
            return True
        pending = [i.piece.value for i in [*self.items, *items] if isinstance(i.piece.value, Days)]
        held = {d for r in self.rules if r.days for d in r.days.weekdays}
        return len(held.union(*(days.weekdays for days in pending))) == 1

    def _close(self, piece: Piece) -> None:
        if self.labelled is not None:
            return
        after_hours = bool(self.items) and self.items[-1].kind is Kind.HOURS
        if (
            not self.items
            or self.joined in {"comma", "wall"}
            or (
                after_hours and self.joined == "gap"  # 9:00〜17:00 休み: which is it?
            )
        ):
            if piece.value == "before":  # 除く祝日, 休館日 月曜
                self._flush()
                self.labelled = []
            else:
                self.unread.append((piece.start, piece.end))
            self._join("wall")
            return
        run = closed_run(self.items, self.rules)
        if run is None:
            self._unread_items(piece.end)
        else:
            subjects = self.items[run:]
            del self.items[run:]
            if self.topic is not None and self.topic > run:
                self.topic = None
            if self._complete():
                self._flush()
            self._add_closings(subjects, piece.end)
        self.joined = "wall"

    def _on_holiday(self, piece: Piece) -> None:
        said = piece.value
        assert isinstance(said, HolidaySaid)
        in_label = self.labelled is not None
        if self.labelled:
            self._close_labelled(self.labelled)
            self.labelled = []
        else:
            self._flush()
        if not self.holidays.take(said, self.closings, self.rules, in_label=in_label):
            self.unread.append((piece.start, piece.end))
        self._join("wall")

    def _unread_items(self, end: int | None = None) -> None:
        if self.items:
            self.unread.append((self.items[0].piece.start, end or self.items[-1].piece.end))
        self.items, self.topic = [], None

    def _flush(self) -> None:
        """End the sentence: its items become rules, correct rules, or stay text."""
        items, topic = self.items, self.topic
        if not items:
            return
        if self._corrects(items, topic) or self._belongs_to_last(items):
            self.items, self.topic = [], None
            return
        rules = rules_of(items, self.form.plain)
        if rules is None or self._is_doubtful(items, rules, topic):
            how_often = how_often_alone(items) if rules is None and not self.rules else None
            if how_often is not None:
                self.rules.append(how_often)
                self.items = [item for item in items if item.kind is not Kind.COUNT]
            self._unread_items()
            return
        self._scope_seasons(items, rules, topic)
        self.rules.extend(rule for rule in self._in_scope(rules) if rule not in self.rules)
        self.items, self.topic = [], None

    def _corrects(self, items: list[Item], topic: int | None) -> bool:
        if topic is None or not self.rules:
            return False
        found = corrected(self.rules, items[:topic], items[topic:])
        if found is None:
            return False
        self.rules, closings = found
        self.closings.extend(closings)
        return True

    def _belongs_to_last(self, items: list[Item]) -> bool:
        """Hours alone, or a season in brackets, said after a rule that has none."""
        kinds = {item.kind for item in items}
        if not self.rules:
            return False
        last = self.rules[-1]
        if kinds == {Kind.SEASON} and len(items) == 1 and items[0].bracketed:
            season = items[0].piece.value
            if last.season == ALWAYS and isinstance(season, Season):
                self.rules[-1] = replace(last, season=season)
                return True
        if kinds <= {Kind.HOURS, Kind.LENGTH} and not last.hours:
            hours = rules_of(items, self.form.plain)
            if hours is not None:
                self.rules[-1] = replace(last, hours=hours[0].hours)
                return True
        return False

    def _is_doubtful(self, items: list[Item], rules: list[Rule], topic: int | None) -> bool:
        kinds = {item.kind for item in items}
        before = any(end <= items[0].piece.start for _, end in self.unread)
        if before and kinds <= {Kind.HOURS, Kind.LENGTH}:
            return True  # hours of something nobody could read
        if not self.rules:
            return False
        if kinds <= {Kind.HOURS, Kind.LENGTH, Kind.SEASON, Kind.EACH, Kind.BASE}:
            return True
        if all(item.bracketed for item in items) and Kind.HOURS not in kinds:
            return any(rule not in self.rules for rule in rules)
        if self.narrow and all(rule.season == ALWAYS for rule in rules):
            return True  # 4月〜10月 火曜 9時、木曜 10時: Thursday in winter too?
        return meets_closing(rules, self.closings) or (
            topic is not None and not adds_to(self.rules, rules)
        )

    def _scope_seasons(self, items: list[Item], rules: list[Rule], topic: int | None) -> None:
        if items[0].kind is not Kind.SEASON or len(items) == 1:
            self.narrow = self.narrow or any(r.season != ALWAYS for r in rules)
            if items[0].kind is not Kind.SEASON:
                return
        set_off = topic == 1 or (len(items) > 1 and items[1].joined in {"comma", "wall"})
        season = items[0].piece.value
        if set_off and isinstance(season, Season):
            self.scope, self.narrow = season, False
        elif len(items) > 1 and items[1].joined in {"link", "glued"}:
            self.narrow = False
        else:
            self.narrow = True

    def _in_scope(self, rules: list[Rule]) -> list[Rule]:
        if self.scope == ALWAYS:
            return rules
        return [replace(r, season=self.scope) if r.season == ALWAYS else r for r in rules]

    def finish(self) -> Schedule:
        """The schedule, when the text has ended."""
        self._end_line()
        return Schedule(
            tuple(self.rules),
            tuple(dict.fromkeys(self.closings)),
            self.holidays.does,
            tuple(dict.fromkeys(self.notes)),
            written_parts(self.form, self.unread),
        )


def _ends_before(before: Item, item: Item) -> bool:
    if item.joined == "wall" or before.kind is Kind.HOURS:
        return True
    return item.joined in {"comma", "gap"} and before.kind is Kind.DAYS
