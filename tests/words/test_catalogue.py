"""Nothing a page says is forgotten: every text is marked, every mark is in the catalogue, and said."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.jslexer import tokenize, unquote_string
from babel.messages.pofile import read_po
from jinja2 import nodes

from webmap.template_engine import environment
from webmap.words import Language
from webmap.words.closed_words import closed_words
from webmap.words.extracting import ROOT, marked, sources, speaks_both, updated
from webmap.words.spoken import CATALOGUES

ENGLISH = CATALOGUES / "en.po"
JAPANESE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff9f]")
PAGES = {path.relative_to(ROOT).as_posix(): path for path in sources() if speaks_both(path)}
OF_KIND = {
    kind: [name for name in PAGES if name.endswith(kind)] for kind in (".html", ".js", ".py")
}

READ_OR_DRAWN = {
    # Signs of buttons; the letters of stickers and the file a meeting takes home to Japanese desks;
    # tables of characters; marks that an address names; the name of a language in itself.
    "map_view.js": {"＋", "－"},
    "sticker_keeper.js": None,
    "fold.js": None,
    "telephone.js": None,
    "furigana.py": None,
    "hall_card.py": {"なし", "無し", "無", "不要", "0円"},
    "tour.py": {"番"},
    "view_links.py": {"日本語"},
    "pages.py": {"お宝"},
    "day_filter.py": {"月火水木金土日"},
    "days.js": {"月火水木金土日"},
}
"""What stands in the sources in Japanese and is not said; None: a whole table of it."""
NOT_SAID = re.compile(
    # Errors say their Japanese to Japanese readers; a page in another language says what the
    # status means (webmap.app). Files to take away are tables and calendars in Japanese. Credits
    # are written as their owners ask.
    r"webmap/(exports|calendar_feed|passphrase|app|filters|views|gate_views|kept_shell|treasure_map|marks|outside_layer)\.py"
    r"|webmap/(offline|stickers)/.*\.py"
)


def messages() -> Iterator[Message]:
    with ENGLISH.open("rb") as file:
        yield from (message for message in read_po(file) if message.id)


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def test_the_catalogue_is_what_the_sources_mark() -> None:
    assert ENGLISH.read_text("utf-8") == updated(ENGLISH), "run: python -m webmap.words"


def test_everything_is_said_in_english() -> None:
    empty = [m.id for m in messages() if not all(forms(m.string))]
    fuzzy = [m.id for m in messages() if m.fuzzy]
    left = [m.id for m in messages() for said in forms(m.string) if JAPANESE.search(said)]
    # The sign on a flag is drawn, not said: it is shown as it is.
    assert (empty, fuzzy) == ([], [])
    assert left == ["「休」の印がある旗は、おやすみ中です。「×」は終わったものです。"]


@pytest.mark.parametrize("message", list(messages()), ids=lambda m: forms(m.id)[0][:20])
def test_translations_name_what_the_text_names(message: Message) -> None:
    """A name in %() that nobody fills would stop the page; one left out is a choice."""
    asked = set(re.findall(r"%\((\w+)\)s", forms(message.id)[0]))
    for said in forms(message.string):
        assert set(re.findall(r"%\((\w+)\)s", said)) <= asked
        assert "%" not in re.sub(r"%\(\w+\)s", "", said)
        assert not re.search(r"[<>&\"]", said), "plain text, escaped where it is drawn"


def fixed_texts(node: nodes.Node) -> Iterator[str]:
    """What a template draws or hands on without a mark."""
    is_call = isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name)
    if is_call and node.node.name in {"say", "say_count"}:
        for value in node.kwargs:
            yield from fixed_texts(value)
        return
    if isinstance(node, nodes.TemplateData):
        yield node.data
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    for child in node.iter_child_nodes():
        yield from fixed_texts(child)


@pytest.mark.parametrize("name", OF_KIND[".html"])
def test_templates_mark_their_words(name: str) -> None:
    tree = environment().parse(PAGES[name].read_text("utf-8"))
    assert [text.strip() for text in fixed_texts(tree) if JAPANESE.search(text)] == []


@pytest.mark.parametrize("name", OF_KIND[".js"])
def test_scripts_mark_their_words(name: str) -> None:
    said = {text for text, _ in marked(PAGES[name])}
    texts = [
        unquote_string(token.value)
        for token in tokenize(PAGES[name].read_text("utf-8"), jsx=False)
        if token.type in {"string", "template_string"}
    ]
    assert unsaid(name, texts, said) == []


@pytest.mark.parametrize("name", [n for n in OF_KIND[".py"] if not NOT_SAID.fullmatch(n)])
def test_page_makers_mark_their_words(name: str) -> None:
    tree = ast.parse(PAGES[name].read_text("utf-8"))
    silent = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            silent.add(ast.get_docstring(node, clean=False))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            silent.add(node.value.value)  # what a constant is, said below it
        if isinstance(node, ast.Call) and _called(node) in {"described", "Meta", "compile"}:
            silent |= {c.value for c in ast.walk(node) if isinstance(c, ast.Constant)}
        if isinstance(node, ast.keyword) and node.arg in {"message_ja", "hint_ja"}:
            silent |= {c.value for c in ast.walk(node) if isinstance(c, ast.Constant)}
    said = {text for text, _ in marked(PAGES[name])} | set(closed_words()) | silent
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert unsaid(name, texts, said) == []


def unsaid(name: str, texts: list[str], said: set[str]) -> list[str]:
    """Japanese texts of a source that no mark covers."""
    known = READ_OR_DRAWN.get(Path(name).name, set())
    if known is None:
        return []
    return [text for text in texts if JAPANESE.search(text) and text not in said | known]


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def test_a_japanese_page_reads_no_catalogue() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from webmap.pages import error_page, render;"
        " page = render(error_page(404, 'ない'));"
        " assert 'はじめの画面へもどる' in page;"
        " assert not any(name.split('.')[0] == 'babel' for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_one_engine_for_each_language() -> None:
    assert environment() is environment(Language.JAPANESE)
    japanese, english = (environment(one).get_template("error.html") for one in Language)
    assert japanese is not english
