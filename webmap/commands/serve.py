"""``otakara serve``: what is loaded, on the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from geo.cli.group import current_settings
from geo.cli.options import audience_option
from geo.model.audience import Audience
from webmap.commands.terminal import say

if TYPE_CHECKING:
    from geo.settings import Settings

F = TypeVar("F", bound=Callable[..., Any])

host_option: Callable[[F], F] = click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="どこから開けるようにするか（0.0.0.0 で、同じネットワークのほかのパソコンからも）",
)
port_option: Callable[[F], F] = click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=None,
    help="ポートの番号（書かなければ、8000 から順に空いている番号を探す）",
)


@click.command("serve", help="読み込んである町を、画面に出します（Ctrl+C で終わり）。")
@host_option
@port_option
@audience_option
def serve(host: str, port: int | None, audience: Audience) -> None:
    """Join the database, load nothing, serve."""
    from geo.database import TownDatabase
    from webmap.app import served_municipality
    from webmap.passphrase import new_gate, require_safe_host

    settings = current_settings()
    require_safe_host(audience, host, settings.passphrase)
    new_gate(audience, settings.passphrase)
    database = TownDatabase(settings, served_municipality(settings).code)
    try:
        database.prepare(progress=say)
        if database.cluster is not None:
            database.cluster.stay()
        database.dispose()
        run_server(settings, host=host, port=port, audience=audience)
    finally:
        if database.cluster is not None:
            database.cluster.stop()


def run_server(settings: Settings, *, host: str, port: int | None, audience: Audience) -> None:
    """Open a port, serve until Ctrl-C, and say where it is once it answers."""
    from webmap.app import served_municipality
    from webmap.passphrase import is_loopback
    from webmap.serving import address_of, frame, open_port
    from webmap.serving import serve as serve_town

    listener = open_port(host, port, say=say)
    address = address_of(listener)
    town = served_municipality(settings)

    def announce() -> None:
        click.echo(
            frame(town.name, address, audience, everywhere=not is_loopback(host), word=town.word)
        )

    serve_town(settings, audience=audience, host=host, listener=listener, announce=announce)
