"""From the sources to the catalogue: what is marked, where it stands, what has no English yet."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from webmap.words.closed_words import closed_words

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

WEBMAP = Path(__file__).resolve().parents[1]
ROOT = WEBMAP.parent
COUNTED = frozenset({"say_count", "sayCount", "ngettext"})
KEYWORDS = (*COUNTED, "say", "to_say", "gettext")
HEADER = """\
# The words of the interface. The Japanese text is the key; what stands in the sources is brought
# here by: python -m webmap.words
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

"""
JAPANESE_ONLY = ("assets", "commands", "desk", "paper", "serving.py", "cli.py")
"""What speaks to the clerk, the coordinator or a terminal, and what is printed."""

ABOUT_PAPER = ("print_page.py", "paper_views.py", "doorstep_page.py", "doorstep_views.py")
"""What a screen says of paper."""


def sources() -> Iterator[Path]:
    """Everything that makes pages in both languages."""
    yield from sorted((WEBMAP / "templates").glob("*.html"))
    yield from sorted((WEBMAP / "static" / "app").glob("*.js"))
    for path in sorted(WEBMAP.rglob("*.py")):
        part = path.relative_to(WEBMAP).parts[0]
        if part not in (*JAPANESE_ONLY, "words") or path.name in ABOUT_PAPER:
            yield path


def speaks_both(path: Path) -> bool:
    """Whether a source is not the desk's, which stays Japanese."""
    return not path.name.startswith("desk")


def marked(path: Path) -> Iterator[tuple[str, bool]]:
    """The texts marked in a source; whether a number goes with them."""
    found: Iterator[Any]
    file = io.BytesIO(path.read_bytes())
    if path.suffix == ".html":
        from jinja2.ext import babel_extract

        options = {"trim_blocks": "yes", "lstrip_blocks": "yes", "trimmed": "yes", "silent": "no"}
        found = babel_extract(file, KEYWORDS, (), options)
    elif path.suffix == ".js":
        from babel.messages.extract import extract_javascript

        found = extract_javascript(file, dict.fromkeys(KEYWORDS), (), {})
    else:
        from babel.messages.extract import extract_python

        found = extract_python(file, dict.fromkeys(KEYWORDS), (), {})
    for _, function, texts, _ in found:
        text = texts if isinstance(texts, str) else next(iter(texts or ()), None)
        if text:
            yield text, function in COUNTED


def template() -> Catalog:
    """A catalogue of everything that is marked, without any translation."""
    from babel.messages.catalog import Catalog as _Catalog

    made = _Catalog(charset="utf-8")
    for path in filter(speaks_both, sources()):
        place = path.relative_to(ROOT).as_posix()
        for text, counted in marked(path):
            made.add((text, text) if counted else text, locations=[(place, 0)])
    for text in closed_words():
        made.add(text, locations=[("webmap/words/closed_words.py", 0)])
    return made


def updated(path: Path) -> str:
    """The catalogue of a file as it should stand: what is marked, with the translations it has."""
    from babel.messages.pofile import read_po, write_po

    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.stem)
    catalogue.update(template(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    for message in catalogue:
        message.locations = sorted({(place, 0) for place, _ in message.locations})
    written = io.BytesIO()
    write_po(
        written, catalogue, width=100, omit_header=True, sort_output=True, include_lineno=False
    )
    return HEADER.format(language=path.stem) + written.getvalue().decode()
