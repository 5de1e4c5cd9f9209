"""Options that several commands share."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

import click

from geo.errors import LoadRefusedError, WordsError
from geo.model.audience import Audience

F = TypeVar("F", bound=Callable[..., Any])

json_option: Callable[[F], F] = click.option(
    "--json", "as_json", is_flag=True, help="結果をJSONで書き出す"
)


class AudienceType(click.ParamType[Audience]):
    """``public`` | ``council`` | ``partners`` | ``coordinator``."""

    name = "audience"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Audience:
        if isinstance(value, Audience):
            return value
        try:
            return Audience.from_word(str(value))
        except KeyError:
            words = ", ".join(a.word for a in Audience)
            self.fail(f"{value} という公開範囲はありません（{words} のどれか）。", param, ctx)


audience_option: Callable[[F], F] = click.option(
    "--audience",
    type=AudienceType(),
    default=Audience.PUBLIC,
    show_default="public",
    help="だれに見せる形で答えるか（public, council, partners, coordinator）",
)


def area_of(text: str) -> tuple[str, str]:
    """``level/code`` → (level, code).

    Raises
    ------
    WordsError
    """
    level, slash, code = text.partition("/")
    if not (level and slash and code):
        raise WordsError(
            f"not an area: {text}",
            message_ja=f"「{text}」は、地区の書き方ではありません。",
            hint_ja="「地区の種類/地区のコード」の形で書いてください。一覧は otakara areas で見られます。",
        )
    return level, code


def echo_json(value: Any) -> None:
    """Print one JSON document; Japanese stays readable."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def echo_refusal(refused: LoadRefusedError) -> None:
    """Print why nothing was done as one JSON document, with every fault."""
    echo_json(
        {
            "ok": False,
            "message_ja": refused.message_ja,
            "hint_ja": refused.hint_ja,
            "problems": [problem.as_json() for problem in refused.problems],
        }
    )
