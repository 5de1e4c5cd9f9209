"""The same page in the other language and in the other size of type."""

from __future__ import annotations

from dataclasses import replace

from webmap.page_frame import ViewLink
from webmap.showing import Showing
from webmap.words import Language, Words


def view_links(path: str, query: str, showing: Showing, words: Words) -> tuple[ViewLink, ...]:
    """Two links: the other language, the other size.

    Parameters
    ----------
    path : str
        Of the page.
    query : str
        What else its address says, without the question mark.
    showing : Showing
        How it is shown now.
    words : Words
        What it speaks now.
    """

    def link(label: str, spoken: Language, change: str, other: Showing) -> ViewLink:
        return ViewLink(label, address(path, query, other.query()), spoken, change)

    if showing.language is Language.JAPANESE:
        english = replace(showing, language=Language.ENGLISH)
        language = link("English", Language.ENGLISH, "lang=en", english)
    else:
        japanese = replace(showing, language=Language.JAPANESE)
        language = link("日本語", Language.JAPANESE, "lang=", japanese)
    size = words.say("ふつうの文字") if showing.large else words.say("文字を大きく")
    change = "large=" if showing.large else "large=1"
    return (
        language,
        link(size, words.language, change, replace(showing, large=not showing.large)),
    )


def address(path: str, *queries: str) -> str:
    """A path with its queries, those that say nothing left out."""
    query = "&".join(filter(None, queries))
    return f"{path}?{query}" if query else path
