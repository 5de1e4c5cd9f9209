"""``otakara doctor``: what is missing, in Japanese and English, and the one line that gets it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from geo.cli.group import EXIT_PROBLEMS, current_settings
from geo.cli.options import echo_json, json_option
from geo.errors import SettingsError

if TYPE_CHECKING:
    from geo.doctor import Finding

_ALL_THERE = "必要なものは、そろっています。 / Everything needed is there."


@click.command(help="足りないものと、そろえ方を言う（日本語と英語）")
@click.option("--install", "do_install", is_flag=True, help="足りないパッケージを入れる")
@click.option(
    "--for",
    "purpose_word",
    type=click.Choice(["run", "test"]),
    default="run",
    show_default=True,
    help="動かすためか（run）、テストのためか（test）",
)
@json_option
def doctor(do_install: bool, purpose_word: str, as_json: bool) -> None:
    """Examine, install if asked, examine again."""
    from geo.doctor import Finding, Purpose, examine, install, install_line, wanted_packages

    purpose = Purpose(purpose_word)
    trouble: list[Finding] = []
    try:
        settings = current_settings()
    except SettingsError as error:
        settings = None
        trouble = [
            Finding(
                "settings",
                False,
                error.message_ja,
                str(error),
                advice_ja=error.hint_ja,
                advice_en="Correct or remove the setting.",
            )
        ]
    findings = (*trouble, *examine(settings, purpose))
    packages = wanted_packages(findings)
    if do_install and packages:
        if install(packages, progress=lambda text: click.echo(text, err=True)):
            findings = (*trouble, *examine(settings, purpose))
            packages = wanted_packages(findings)
        else:
            click.echo(
                "管理者の権限がないので、入れられませんでした。"
                " / Not installed: administrator rights are needed.",
                err=True,
            )
    line = install_line(packages)
    ok = all(f.ok for f in findings if f.needed)
    if as_json:
        echo_json({"ok": ok, "checks": [_as_json(f) for f in findings], "install": line})
    elif do_install and ok:
        click.echo(_ALL_THERE)  # a step of the set-up: no long list
    else:
        _print(findings, packages, line, ok=ok)
    if not ok:
        sys.exit(EXIT_PROBLEMS)


def _as_json(finding: Finding) -> dict[str, object]:
    return {
        "key": finding.key,
        "ok": finding.ok,
        "needed": finding.needed,
        "message_ja": finding.message_ja,
        "message_en": finding.message_en,
        "advice_ja": finding.advice_ja,
        "advice_en": finding.advice_en,
    }


def _print(
    findings: tuple[Finding, ...], packages: tuple[str, ...], line: str, *, ok: bool
) -> None:
    for finding in findings:
        mark = "○" if finding.ok else ("×" if finding.needed else "△")
        click.echo(f"{mark} {finding.message_ja}")
        if not finding.ok:
            click.echo(f"   {finding.message_en}")
            for advice in (finding.advice_ja, finding.advice_en):
                if advice:
                    click.echo(f"   → {advice}")
    click.echo("")
    if ok:
        click.echo(_ALL_THERE)
        return
    click.echo("足りないものがあります（×）。 / Something needed is missing (×).")
    if line:
        click.echo("次の1行を入れてください。 / Type this line:")
        click.echo(f"  {line}")
    elif packages:
        click.echo(f"入れるもの / To install: {', '.join(packages)}")
