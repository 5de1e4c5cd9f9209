"""``otakara publish``: a whole list for everybody, with its basis, after one question."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from geo.cli.check import for_terminal
from geo.cli.group import EXIT_PROBLEMS, current_settings
from geo.cli.options import echo_json, json_option
from geo.errors import LoadRefusedError, WordsError

if TYPE_CHECKING:
    from geo.settings import Settings


@click.command(
    "publish", help="一覧ごと、だれでも見られるようにします（根拠を書き、たずねてから）。"
)
@click.argument("layer", metavar="LAYER")
@click.option("--basis", required=True, metavar="BASIS", help="根拠（例: 公表済みの冊子に掲載）")
@click.option("--yes", is_flag=True, help="たずねない")
@json_option
def publish(layer: str, basis: str, yes: bool, as_json: bool) -> None:
    """Exit 0 when written (or there was nothing to write), 1 when refused or answered no."""
    try:
        answer = confirm_and_publish(current_settings(), layer, basis, yes=yes, as_json=as_json)
    except LoadRefusedError as refused:
        click.echo(for_terminal(refused.message_ja), err=True)
        if refused.hint_ja:
            click.echo(for_terminal(refused.hint_ja), err=True)
        click.get_current_context().exit(EXIT_PROBLEMS)
    if as_json:
        echo_json(answer)
    if not answer["published"]:
        click.get_current_context().exit(EXIT_PROBLEMS)


def confirm_and_publish(
    settings: Settings, layer_id: str, basis: str, *, yes: bool, as_json: bool
) -> dict[str, Any]:
    """Say what would be seen, ask, write; the answer as JSON with ``published``.

    Raises
    ------
    WordsError
        Nobody can be asked (no terminal) and ``--yes`` is not written.
    """
    from geo.drafting import plan_publication
    from geo.drafting import publish as write_publication

    plan = plan_publication(settings.town, settings.realdata, layer_id, basis)
    if not as_json:
        click.echo("")
        for sentence in plan.sentences_ja:
            click.echo(for_terminal(sentence))
    if plan.is_change and not yes:
        require_yes(yes=False, as_json=as_json)
        if not click.confirm("公開してよいですか"):
            click.echo("公開していません。")
            return {**plan.as_json(), "published": False}
    write_publication(plan)
    if not as_json:
        click.echo(
            "layer.toml に書きました。画面に出すには otakara load（または up）をどうぞ。"
            if plan.is_change
            else "もう、そう書いてあります。"
        )
    return {**plan.as_json(), "published": True}


def require_yes(*, yes: bool, as_json: bool) -> None:
    """Refuse to go on where nobody can be asked.

    Raises
    ------
    WordsError
        No terminal (or only JSON is wanted), and ``--yes`` is not written.
    """
    if not yes and (as_json or not sys.stdin.isatty()):
        raise WordsError(
            "publication needs --yes",
            message_ja="公開してよいか、ここではたずねられません。まだ公開していません。",
            hint_ja="公開してよければ、--yes をつけて、もう一度どうぞ。",
        )
