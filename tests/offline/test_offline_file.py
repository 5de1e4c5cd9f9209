"""The one file: complete, quiet, deterministic, harmless; opened by ``file://`` in a real browser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect

from geo.errors import SettingsError, WordsError
from geo.model.audience import Audience
from geo.model.map_answer import MapAnswer
from tests.front.sample import map_answer
from webmap.offline import offline_map, write_map
from webmap.offline.glyph_subset import font_rules

WORDS = "三つの言葉をつなぐ"


@pytest.fixture(scope="module")
def answer() -> MapAnswer:
    return map_answer()


@pytest.fixture(scope="module")
def inner() -> MapAnswer:
    """An inner answer with a marked record."""
    given = map_answer(audience=Audience.COORDINATOR)
    marked = msgspec.structs.replace(
        given.entries[0], name="カナリアcanary会", meaning="canary-meaning"
    )
    return replace(given, entries=(marked, *given.entries[1:]))


expect.set_options(timeout=60_000)


class Watched:
    """A page that remembers everything it should not have done."""

    def __init__(self, browser: Browser, javascript: bool = True) -> None:
        self.context = browser.new_context(java_script_enabled=javascript, locale="ja-JP")
        self.context.set_default_timeout(120_000)
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.requests: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", self._console)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("dialog", lambda dialog: self.faults.append(dialog.message))

    def _console(self, message: Any) -> None:
        if message.type in {"error", "warning"}:  # a policy violation is an error here
            self.faults.append(message.text)

    def outside(self) -> list[str]:
        """Requests besides the file itself and what it carries inside."""
        return [url for url in self.requests if not url.startswith(("file://", "data:"))]


@pytest.fixture
def watch(chromium: Browser) -> Iterator[Callable[..., Watched]]:
    made: list[Watched] = []

    def make(**more: Any) -> Watched:
        made.append(Watched(chromium, **more))
        return made[-1]

    yield make
    for watched in made:
        watched.context.close()


def _assert_works(watched: Watched, answer: MapAnswer) -> None:
    page = watched.page
    page.wait_for_selector("html:not(.no-script)")
    page.wait_for_selector(".leaflet-container")
    assert page.locator(".entry").count() == len(answer.entries)
    assert page.evaluate("document.documentElement.dataset.broken") is None
    page.fill("input[name=q]", answer.entries[3].name[:6])
    expect(page.locator(".entry:not([hidden])")).not_to_have_count(len(answer.entries))
    assert "q=" in page.url
    assert len([url for url in watched.requests if url.startswith("file://")]) == 1
    assert watched.outside() == []
    assert watched.faults == []


@pytest.mark.browser
def test_the_file_works_from_a_stick(
    answer: MapAnswer, tmp_path: Path, watch: Callable[..., Watched]
) -> None:
    target = tmp_path / "USB メモリー" / "東 地区#1%.html"
    target.parent.mkdir()
    made = write_map(answer, target)
    assert target.read_bytes() == made.content
    assert [p.name for p in target.parent.iterdir()] == [target.name]
    watched = watch()
    watched.page.goto(target.as_uri())
    _assert_works(watched, answer)


@pytest.mark.browser
def test_the_list_is_there_without_scripts(
    answer: MapAnswer, tmp_path: Path, watch: Callable[..., Watched]
) -> None:
    target = tmp_path / "map.html"
    write_map(answer, target)
    watched = watch(javascript=False)
    watched.page.goto(target.as_uri())
    assert watched.page.locator(".entry").count() == len(answer.entries)
    assert watched.outside() == []


@pytest.mark.browser
def test_the_sealed_file_opens_with_its_passphrase_only(
    inner: MapAnswer, tmp_path: Path, watch: Callable[..., Watched]
) -> None:
    target = tmp_path / "inner.html"
    made = write_map(inner, target, passphrase=WORDS)
    assert made.sealed
    text = target.read_text("utf-8")
    assert "内部用" in text
    for secret in ("カナリア", "canary", inner.area.name, inner.entries[5].name, WORDS):
        assert secret not in text
        assert json.dumps(secret)[1:-1] not in text
    assert target.stat().st_mode & 0o077 == 0
    watched = watch()
    page = watched.page
    page.goto(target.as_uri())
    page.fill("#passphrase", "三つの言葉をつながない")
    page.click("button")
    expect(page.locator("[role=status]")).to_contain_text("ちがいます")
    assert page.locator(".entry").count() == 0
    page.fill("#passphrase", WORDS)
    page.click("button")
    page.wait_for_selector(".entry")
    assert "カナリアcanary会" in page.content()
    assert "内部用" in page.inner_text("body")
    _assert_works(watched, inner)


def test_the_same_answer_gives_the_same_bytes(answer: MapAnswer) -> None:
    first, second = offline_map(answer), offline_map(answer)
    assert first.content == second.content
    assert not first.sealed
    assert len(first.content) < 1_500_000


def test_nothing_in_it_has_an_address(answer: MapAnswer) -> None:
    text = offline_map(answer).content.decode()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    assert policy
    assert "default-src &#x27;none&#x27;" in policy[1]
    assert "unsafe" not in policy[1]
    assert "http:" not in policy[1]
    # Addresses that a browser would follow by itself.
    assert (
        re.findall(r'<(?:script|img|iframe|link|source)[^>]+(?:src|href)="(?!data:)[^"]*"', text)
        == []
    )
    assert (
        re.findall(
            r"url\((?!data:)[^)]*\)|@import",
            "".join(re.findall(r"<style>(.*?)</style>", text, re.S)),
        )
        == []
    )


def test_above_public_a_passphrase_is_asked_for(inner: MapAnswer, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="needs a passphrase"):
        write_map(inner, tmp_path / "a.html")
    with pytest.raises(SettingsError, match="shorter than 8"):
        write_map(inner, tmp_path / "a.html", passphrase="1234567")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_said_first(answer: MapAnswer, tmp_path: Path) -> None:
    with pytest.raises(WordsError) as refused:
        write_map(answer, tmp_path / "nothing" / "a.html")
    assert "フォルダ" in refused.value.message_ja
    with pytest.raises(WordsError):
        write_map(answer, tmp_path)


def test_a_failed_write_leaves_the_old_file(
    answer: MapAnswer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "map.html"
    target.write_text("old")

    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(WordsError, match="No space left"):
        write_map(answer, target)
    assert target.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["map.html"]


def test_the_font_is_cut_to_what_is_needed() -> None:
    rules = font_rules("地区の通いの場\U00020bb7\U0001f375")
    assert rules.css.count("@font-face") == 2
    assert len(rules.css) < 250_000
    assert "地" not in rules.missing
    assert "\U0001f375" in rules.missing
