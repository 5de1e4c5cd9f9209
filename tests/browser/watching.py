"""A watched browser page, and a town behind a running server."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

from geo.settings import Settings

SIZES = {"phone": (390, 844), "laptop": (1366, 768), "projector": (1920, 1080)}


@dataclass(frozen=True, slots=True)
class ServedTown:
    """A loaded town behind a running server."""

    code: str
    base: str
    settings: Settings


@dataclass  # no slots: playwright hangs its wrappers on the instance
class Watch:
    """Everything a page did that it should not have done."""

    home: str
    outside: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    policy: list[str] = field(default_factory=list)

    def attach(self, page: Page) -> None:
        """Listen to requests, console, page errors and policy violations."""
        page.on("request", self._request)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.console.append(str(error)))
        page.expose_function("_otakaraViolation", lambda words: self.policy.append(words))
        page.add_init_script(
            "document.addEventListener('securitypolicyviolation', e =>"
            " window._otakaraViolation(`${e.violatedDirective} ${e.blockedURI} ${e.sample}`))"
        )

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.outside.append(request.url)

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.console.append(f"{message.type}: {message.text}")

    def assert_quiet(self) -> None:
        """Fail on the first thing that went out, went wrong, or was blocked."""
        assert self.outside == []
        assert self.policy == []
        assert self.console == []
