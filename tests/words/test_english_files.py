"""The offline file in one language and one size, chosen when it is written."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from words.ascii_town import CODE, JAPANESE, Reader
from words.live_page import japanese

from geo.database import TownDatabase
from geo.model.audience import Audience, Medium
from geo.questions import revision, treasure_map
from geo.settings import Settings
from webmap.offline import offline_map
from webmap.showing import Language, Showing

ENGLISH = Showing(language=Language.ENGLISH, large=True)
WORDS = "three open words"


@pytest.fixture(scope="module")
def answer(latin_town: Settings) -> Any:
    database = TownDatabase(latin_town, CODE)
    with database.connect(Audience.PUBLIC) as conn:
        _, today = revision(conn)
        yield treasure_map(
            conn,
            audience=Audience.PUBLIC,
            medium=Medium.WEB,
            level="quarter",
            code="q1",
            today=today,
        )
    database.dispose()


def test_a_file_in_english_and_large_type(answer: Any) -> None:
    text = offline_map(answer, showing=ENGLISH).content.decode()
    page = Reader(text)
    assert page.language == "en"
    assert page.japanese() == []
    assert 'class="no-script offline large"' in text
    assert "data-kept" not in text
    assert re.search(r"<style>[^<]*html\.large", text)
    plain = offline_map(answer).content.decode()
    assert Reader(plain).language == "ja"
    assert "html.large" not in plain
    assert 'id="words"' not in plain


def test_a_sealed_file_asks_in_english(answer: Any) -> None:
    inner = replace(answer, audience=Audience.COUNCIL)
    text = offline_map(inner, passphrase=WORDS, showing=ENGLISH).content.decode()
    page = Reader(text)
    assert page.language == "en"
    assert page.japanese() == []
    said = text.split('<p role="status"')[1].split("</p>")[0]
    assert not JAPANESE.search(said)
    assert "this file is for the council" in text


def test_the_command_chooses(latin_town: Settings, tmp_path: Path) -> None:
    target = tmp_path / "map.html"
    clean = {k: v for k, v in os.environ.items() if not k.startswith("OTAKARA_")}
    subprocess.run(
        [
            *(sys.executable, "-m", "webmap.cli", "--town", str(latin_town.town), "map"),
            *("quarter/q1", "--lang", "en", "--large", "-o", str(target)),
        ],
        env=clean | {"OTAKARA_CLUSTER": str(latin_town.cluster)},
        check=True,
        capture_output=True,
        timeout=120,
    )
    text = target.read_text("utf-8")
    assert '<html lang="en" class="no-script offline large">' in text
    assert "In all:" in text


@pytest.mark.browser
def test_what_the_script_says_is_english(chromium: Any, answer: Any, tmp_path: Path) -> None:
    target = tmp_path / "map.html"
    target.write_bytes(offline_map(answer, showing=ENGLISH).content)
    page = chromium.new_page()
    page.goto(target.as_uri())
    page.wait_for_selector("html[data-ready]", state="attached")
    assert japanese(page) == []
    page.locator("[data-kinds]").evaluate("kinds => (kinds.open = true)")
    page.locator("[data-kinds] label.check").first.click()
    assert page.locator("[data-result]").text_content() == "Out of 2: 2 treasures"
    assert japanese(page) == []
    page.close()
