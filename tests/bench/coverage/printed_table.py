"""The lines `make bench` prints."""

from __future__ import annotations

NOT_INSTALLED = "not installed"


def heading(title: str) -> None:
    print(f"\n{title}")
    print(f"  {'':46}{'ms':>11}{'ratio':>9}{'target':>9}")


def line(
    what: str, took: float, ours: float, target: float | None = None, told: str = "equal answer"
) -> None:
    """One engine: seconds, how many times as long as ours, and what is to be reached."""
    ratio = took / ours
    digits = 1 if ratio < 100 else 0
    wanted = "" if target is None else f">= {target:g}x"
    verdict = "" if target is None else ("met" if ratio >= target else "MISSED")
    print(
        f"  {what:46}{took * 1000:>11,.2f}{ratio:>8,.{digits}f}x{wanted:>9}  {verdict:7}{told}".rstrip()
    )


def missing(what: str) -> None:
    print(f"  {what:46}{NOT_INSTALLED:>20}")


def remark(told: str) -> None:
    print(f"    {told}")
