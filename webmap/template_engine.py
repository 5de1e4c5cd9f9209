"""The template engine: everything is escaped, nothing may be missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from webmap.assets import app_url
from webmap.furigana import ruby
from webmap.words import Language, words_in

if TYPE_CHECKING:
    from markupsafe import Markup

    from webmap.words.in_templates import SpokenEnvironment

UNBROKEN = 8
"""Characters under one reading that stay in one line; more do not fit a phone in large type."""
_SEPARATOR = "\x00"


def environment(language: Language = Language.JAPANESE) -> SpokenEnvironment:
    """The engine with the templates of this package, in one language."""
    return _made(language)


@lru_cache(maxsize=len(Language))
def _made(language: Language) -> SpokenEnvironment:
    from jinja2 import PackageLoader, StrictUndefined

    from webmap.words.in_templates import SpokenEnvironment as _SpokenEnvironment

    made = _SpokenEnvironment(
        words_in(language),
        loader=PackageLoader("webmap"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["escaped_columns"] = escaped_columns
    made.globals["icon_url"] = app_url("icon.svg")
    made.globals |= {"with_reading": with_reading, "script_words": made.words.of_scripts}
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return made


def with_reading(name: str, kana: str | None) -> Markup:
    """A name as markup, its reading above the kanji; every piece is escaped."""
    from markupsafe import Markup as _Markup
    from markupsafe import escape

    short = _Markup("<ruby>{}<rt>{}</rt></ruby>")
    long = _Markup('<ruby class="long">{}<rt>{}</rt></ruby>')  # may break between two lines
    return _Markup("").join(
        escape(base)
        if reading is None
        else (short if len(base) <= UNBROKEN else long).format(base, reading)
        for base, reading in ruby(name, kana)
    )


def escaped_columns(rows: Iterable[object], *names: str) -> Iterator[tuple[Any, ...]]:
    """Attributes of each row, their texts escaped: ``for a, b in rows | escaped_columns(...)``.

    For long lists, whose loop stands in ``autoescape false``: what comes from here is escaped as
    the engine would do it, but one column at once instead of one text after the other, and the
    loop draws from plain names, which is cheaper than an attribute of each row. A test reads the
    templates and holds that nothing else is drawn there. Needs two names or more.
    """
    columns = zip(*map(attrgetter(*names), rows), strict=True)
    return zip(*map(_escaped, columns), strict=True)


def _escaped(values: Sequence[Any]) -> Sequence[Any]:
    """Each value with its texts escaped, through tuples; numbers and None as they are.

    Where a column is all text, it is escaped as one text: no character escapes into a separator,
    and none depends on its neighbours. Labels, venues and hours are said again and again: what
    is repeated is escaped once.
    """
    from markupsafe import Markup, escape

    kinds = set(map(type, values))
    if kinds <= {str, tuple, Markup}:
        distinct = list(dict.fromkeys(values))
        if 2 * len(distinct) < len(values):
            escaped = dict(zip(distinct, _escaped(distinct), strict=True))
            return [escaped[value] for value in values]
    if kinds == {str}:
        found = str(escape(_SEPARATOR.join(values))).split(_SEPARATOR)
        return found if len(found) == len(values) else [str(escape(value)) for value in values]
    if kinds == {tuple}:
        parts = iter(_escaped([part for value in values for part in value]))
        return [tuple(islice(parts, len(value))) for value in values]
    if kinds <= {int, float, bool, type(None)}:
        return values
    if kinds == {Markup}:  # as plain text, which the loop takes without a call
        return [str(value) for value in values]
    if len(kinds) > 1:
        return [_escaped((value,))[0] for value in values]
    return [escape(value) for value in values]
