"""The sentence being read: its pieces, and what becomes of them at its end."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from geo.schedule.correcting import corrected
from geo.schedule.doubts import adds_to, meets_closing
from geo.schedule.pieces import Kind
from geo.schedule.plain_form import PlainForm
from geo.schedule.rule_sentences import Item, how_often_alone, rules_of
from geo.schedule.schedule_parts import ALWAYS, Closing, Rule, Season

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


@dataclass(slots=True)
class Understood:
    """What the sentences read so far have come to; ``unread`` are stretches of the plain form."""

    form: PlainForm
    rules: list[Rule] = field(default_factory=list)
    closings: list[Closing] = field(default_factory=list)
    unread: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class Sentence:
    """Pieces that have been read and are no rule yet."""

    so_far: Understood
    items: list[Item] = field(default_factory=list)
    topic: int | None = None
    """How many of the items stand before は."""
    scope: Season = ALWAYS
    """A season said for all that follows on the line: 「4月〜10月は、」."""
    narrow: bool = False
    """A season was said, and whether it holds for what follows nobody knows."""
    torn: bool = False
    """Something unread stands behind a season: what the season is of, nobody knows."""

    def add(self, item: Item) -> None:
        """The next piece; a sentence that was complete ends before it."""
        if item.kind in _HEADS and (self.complete or self._is_next_season(item)):
            self.end()
        self.items.append(item)

    @property
    def complete(self) -> bool:
        """Whether it says when and at what hours."""
        said = self.items[self.topic or 0 :]
        kinds = {item.kind for item in self.items}
        return any(item.kind is Kind.HOURS for item in said) and (
            bool(kinds & _WHEN) or self.topic is not None
        )

    def _is_next_season(self, item: Item) -> bool:
        """11月の第4日曜、3月の第1日曜."""
        if item.kind is not Kind.SEASON or item.joined not in {"comma", "wall"}:
            return False
        kinds = [one.kind for one in self.items]
        return kinds[:1] == [Kind.SEASON] and Kind.DAYS in kinds

    def begin_topic(self) -> None:
        """What は stands behind is the subject; what was said before it is a sentence."""
        if not self.items or self.topic is not None:
            return
        first = len(self.items) - 1
        while first > 0 and not _ends_before(self.items[first - 1], self.items[first]):
            first -= 1
        subject = self.items[first:]
        self.items = self.items[:first]
        self.end()
        self.items, self.topic = [*self.items, *subject], len(subject)

    def take_subjects(self, first: int) -> list[Item]:
        """Take away the items from ``first`` on: they are closed, not held."""
        taken = self.items[first:]
        del self.items[first:]
        if self.topic is not None and self.topic > first:
            self.topic = None
        if self.complete:
            self.end()
        return taken

    def meet_unread(self) -> None:
        """Something nobody can read stands here."""
        if self.complete:
            self.end()
        # 4月 総会、第2火曜 例会: the month is of the meeting.
        only_season = bool(self.items) and all(item.kind is Kind.SEASON for item in self.items)
        self.torn = self.torn or only_season

    def end_line(self) -> None:
        """End it, and all that held for its line."""
        self.end()
        self.scope, self.narrow = ALWAYS, False

    def leave_unread(self, end: int | None = None) -> None:
        """Its items stay text, up to ``end`` of the plain form."""
        if self.items:
            stretch = (self.items[0].piece.start, end or self.items[-1].piece.end)
            self.so_far.unread.append(stretch)
        self.items, self.topic = [], None

    def end(self) -> None:
        """End the sentence: its items become rules, correct rules, or stay text."""
        items, topic = self.items, self.topic
        if not items:
            return
        if self.torn:
            self.torn = False
            self.leave_unread()
            return
        if self._corrects(items, topic) or self._belongs_to_last(items):
            self.items, self.topic = [], None
            return
        rules = rules_of(items, self.so_far.form.plain)
        if rules is None or self._is_doubtful(items, rules, topic):
            how_often = how_often_alone(items) if rules is None and not self.so_far.rules else None
            if how_often is not None:
                self.so_far.rules.append(how_often)
                self.items = [item for item in items if item.kind is not Kind.COUNT]
            self.leave_unread()
            return
        self._scope_seasons(items, rules, topic)
        self.so_far.rules.extend(
            rule for rule in self._in_scope(rules) if rule not in self.so_far.rules
        )
        self.items, self.topic = [], None

    def _corrects(self, items: list[Item], topic: int | None) -> bool:
        if topic is None or not self.so_far.rules:
            return False
        found = corrected(self.so_far.rules, items[:topic], items[topic:])
        if found is None:
            return False
        self.so_far.rules, closings = found
        self.so_far.closings.extend(closings)
        return True

    def _belongs_to_last(self, items: list[Item]) -> bool:
        """Hours alone, or a season in brackets, said after a rule that has none."""
        kinds = {item.kind for item in items}
        if not self.so_far.rules:
            return False
        last = self.so_far.rules[-1]
        if kinds == {Kind.SEASON} and len(items) == 1 and items[0].bracketed:
            season = items[0].piece.value
            if last.season == ALWAYS and isinstance(season, Season):
                self.so_far.rules[-1] = replace(last, season=season)
                return True
        if kinds <= {Kind.HOURS, Kind.LENGTH} and not last.hours:
            hours = rules_of(items, self.so_far.form.plain)
            if hours is not None:
                for index in range(len(self.so_far.rules) - 1, -1, -1):
                    if self.so_far.rules[index].hours:
                        break
                    self.so_far.rules[index] = replace(
                        self.so_far.rules[index], hours=hours[0].hours
                    )
                return True
        return False

    def _is_doubtful(self, items: list[Item], rules: list[Rule], topic: int | None) -> bool:
        kinds = {item.kind for item in items}
        before = any(end <= items[0].piece.start for _, end in self.so_far.unread)
        if before and kinds <= {Kind.HOURS, Kind.LENGTH}:
            return True  # hours of something nobody could read
        if not self.so_far.rules:
            return False
        if kinds <= {Kind.HOURS, Kind.LENGTH, Kind.SEASON, Kind.EACH, Kind.BASE}:
            return True
        if all(item.bracketed for item in items) and Kind.HOURS not in kinds:
            return any(rule not in self.so_far.rules for rule in rules)
        if self.narrow and all(rule.season == ALWAYS for rule in rules):
            return True  # 4月〜10月 火曜 9時、木曜 10時: Thursday in winter too?
        return meets_closing(rules, self.so_far.closings) or (
            topic is not None and not adds_to(self.so_far.rules, rules)
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


def _ends_before(before: Item, item: Item) -> bool:
    if item.joined == "wall" or before.kind is Kind.HOURS:
        return True
    return item.joined in {"comma", "gap"} and before.kind is Kind.DAYS
