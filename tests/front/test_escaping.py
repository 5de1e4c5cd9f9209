"""The list escapes a column at once: that must be what the engine does to each text."""

from __future__ import annotations

from typing import Any, NamedTuple

import hypothesis.strategies as st
from hypothesis import given
from jinja2 import nodes
from markupsafe import Markup, escape

from webmap.template_engine import environment, escaped_columns

TEXT = st.text(st.sampled_from("ab<>&\"';#\x00港 ") | st.characters(codec="utf-8"), max_size=6)
MARKUP = st.just(Markup("<b>"))
VALUE = st.one_of(
    TEXT, MARKUP, st.none(), st.integers(), st.booleans(), st.tuples(TEXT, TEXT), st.just(())
)


class Row(NamedTuple):
    first: Any
    pairs: Any
    mixed: Any


def one_by_one(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(one_by_one, value))
    return str(escape(value)) if isinstance(value, str) else value


@given(st.lists(st.builds(Row, TEXT, st.lists(st.tuples(TEXT, TEXT)).map(tuple), VALUE)))
def test_a_column_at_once_equals_one_by_one(rows: list[Row]) -> None:
    drawn = list(escaped_columns(rows, "first", "pairs", "mixed"))
    assert drawn == [one_by_one(tuple(row)) for row in rows]


def test_an_object_with_its_own_text_is_escaped_as_well() -> None:
    class Sly:
        def __str__(self) -> str:
            return "<script>"

    assert list(escaped_columns([Row("a", (), Sly())], "first", "mixed")) == [
        ("a", "&lt;script&gt;")
    ]


def unescaped_loops() -> list[nodes.ScopedEvalContextModifier]:
    """Every stretch of a template in which the engine does not escape."""
    engine = environment()
    assert engine.loader is not None
    trees = [
        engine.spoken(engine.parse(engine.loader.get_source(engine, name)[0]))
        for name in engine.loader.list_templates()
    ]
    return [
        block
        for tree in trees
        for block in tree.find_all(nodes.ScopedEvalContextModifier)
        if any(option.key == "autoescape" for option in block.options)
    ]


def names(target: nodes.Node) -> set[str]:
    own = {target.name} if isinstance(target, nodes.Name) else set()
    return own | {name.name for name in target.find_all(nodes.Name)}


def test_where_the_engine_does_not_escape_only_escaped_columns_are_drawn() -> None:
    """The one such loop draws names that escaped_columns gave, and parts of them; nothing else."""
    (block,) = unescaped_loops()
    (loop,) = [node for node in block.body if isinstance(node, nodes.For)]
    assert all(isinstance(node, nodes.For | nodes.Output) for node in block.body)
    assert isinstance(loop.iter, nodes.Filter)
    assert loop.iter.name == "escaped_columns"
    safe = names(loop.target)
    for inner in (n for node in loop.body for n in [node, *node.find_all(nodes.For)]):
        if isinstance(inner, nodes.For):
            assert names(inner.iter) <= safe
            safe |= names(inner.target)
    for output in (*loop.find_all(nodes.Output), *(n for n in block.body if n is not loop)):
        assert isinstance(output, nodes.Output)
        for drawn in output.nodes:
            assert isinstance(drawn, nodes.TemplateData | nodes.Name | nodes.Filter)
            assert names(drawn) <= safe
    assert {f.name for f in loop.find_all(nodes.Filter)} == {"escaped_columns", "join"}
