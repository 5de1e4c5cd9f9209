"""The words of a template, put in while it is compiled: a fixed text costs nothing when drawn.

In a template the words are marked ``{{ say("本文へ進む") }}``, with a number ``say_count``, with
markup inside ``{% trans %}``. What a record says stands in an element with ``{{ written() }}``,
which names its language on a page of another one.
"""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from webmap.words.language import Language
from webmap.words.spoken import Words

SAY = "say"
WRITTEN = "written"
EXTENSION = "jinja2.ext.i18n"


class SpokenEnvironment(Environment):
    """An environment whose templates speak one language.

    Parameters
    ----------
    words : Words
        Of that language.
    options
        As of :class:`jinja2.Environment`.
    """

    def __init__(self, words: Words, **options: Any) -> None:
        super().__init__(extensions=[EXTENSION], **options)
        self.words = words
        self.policies["ext.i18n.trimmed"] = True
        self.install_gettext_callables(  # type: ignore[attr-defined]
            words.say, self._one_or_many, newstyle=True
        )
        self.globals |= {SAY: words.say, "say_count": words.say_count, WRITTEN: self.written}

    def written(self) -> Markup:
        """An attribute for the element around what somebody wrote in Japanese."""
        return Markup() if self.words.language is Language.JAPANESE else Markup(' lang="ja"')

    def _one_or_many(self, text: str, _: str, count: int) -> str:
        return self.words.say_count(text, count)

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        """Jinja's own hook between parsing and code."""
        return super()._generate(self.spoken(source), name, filename, defer_init)

    def spoken(self, template: nodes.Template) -> nodes.Template:
        """A parsed template with its fixed texts as this language says them."""
        said = _Speaking(self).visit(template)
        assert isinstance(said, nodes.Template)
        return said


class _Speaking(NodeTransformer):
    """Replaces every fixed text by what it says in the environment's language."""

    def __init__(self, environment: SpokenEnvironment) -> None:
        self._environment = environment

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802
        """A text of its own is escaped here, once and for all."""
        drawn: list[nodes.Expr] = []
        for part in node.nodes:
            said = self._said(part)
            drawn.append(
                self.visit(part)
                if said is None
                else nodes.TemplateData(str(escape(said)), lineno=part.lineno)
            )
        node.nodes = drawn
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
        """Elsewhere it is a value, and escaped where it is drawn."""
        said = self._said(node)
        if said is None:
            return self.generic_visit(node)
        return nodes.Const(said, lineno=node.lineno)

    def _said(self, node: nodes.Node) -> str | None:
        if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
            return None
        if node.node.name == WRITTEN:
            return self._environment.written()
        plain = [one for one in node.args if isinstance(one, nodes.Const)]
        if node.node.name != SAY or len(plain) != 1 or node.kwargs:
            return None
        return self._environment.words.say(plain[0].value)
