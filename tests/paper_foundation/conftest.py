"""Setting the probe."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from paper_foundation.probe_sheet import ABOUT, PROBE, SQUARE, Setting, Showing, probe_data
from PIL import Image

from webmap.paper.paper_choice import PaperChoice
from webmap.paper.setting import typesetting
from webmap.paper.setting.about_sheet import AboutSheet
from webmap.paper.setting.typesetting import TEMPLATES, page_images, typeset

MODEL = PaperChoice()


@pytest.fixture
def probe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of the probe's template, where templates are looked for."""
    shutil.copy(TEMPLATES / "sheet.typ", tmp_path)
    (tmp_path / "probe.typ").write_text(PROBE, "utf-8")
    monkeypatch.setattr(typesetting, "TEMPLATES", tmp_path)
    return "probe.typ"


@pytest.fixture
def set_probe(probe: str) -> Setting:
    """Set the probe with these lines."""

    def setting(
        *lines: str,
        choice: PaperChoice = MODEL,
        about: AboutSheet = ABOUT,
        drawn: str = SQUARE,
        alt: str | None = "面瀬地区の地図",
    ) -> bytes:
        data = probe_data(lines, choice, about, alt)
        return typeset(probe, data, {"map": drawn}, about)

    return setting


@pytest.fixture
def show_probe(probe: str) -> Showing:
    """The first page of the probe with these lines, in grey."""

    def showing(
        *lines: str,
        dots_per_inch: float,
        choice: PaperChoice = MODEL,
        about: AboutSheet = ABOUT,
        drawn: str = SQUARE,
    ) -> Image.Image:
        data = probe_data(lines, choice, about, "地図", title="")
        pages = page_images(probe, data, {"map": drawn}, about, dots_per_inch=dots_per_inch)
        assert len(pages) == 1
        return Image.open(io.BytesIO(pages[0])).convert("L")

    return showing
