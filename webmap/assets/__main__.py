"""``python -m webmap.assets fetch``: bring the pinned browser assets, once."""

from __future__ import annotations

import sys

import click

from geo.errors import AssetError


@click.group(help="画面の部品（地図の表示、文字の形）を取り寄せる")
def main() -> None:
    """Group of the asset commands."""


@main.command(help="lock に書かれたとおりの部品を取り寄せて、static/vendor に置く")
@click.option("--force", is_flag=True, help="そろっていても取り寄せ直す")
def fetch(force: bool) -> None:
    """Fetch what is missing; do nothing when everything stands."""
    from webmap.assets.fetch import fetch_assets

    def say(line: str) -> None:
        click.echo(line)

    try:
        fetch_assets(force=force, say=say)
    except AssetError as error:
        click.echo(error.sentence_ja, err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
