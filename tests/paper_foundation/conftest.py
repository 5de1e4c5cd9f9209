"""Setting the probe."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from paper_foundation.probe_sheet import ABOUT, PROBE, SQUARE, Setting

from webmap.paper import typesetting
from webmap.paper.about_sheet import AboutSheet
from webmap.paper.paper_choice import PaperChoice
from webmap.paper.sheet_frame import district_frame
from webmap.paper.type_sizes import type_sizes
from webmap.paper.typesetting import TEMPLATES, typeset


@pytest.fixture
def set_probe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Setting:
    """Set the probe with these lines."""
    shutil.copy(TEMPLATES / "sheet.typ", tmp_path)
    (tmp_path / "probe.typ").write_text(PROBE, "utf-8")
    monkeypatch.setattr(typesetting, "TEMPLATES", tmp_path)

    def setting(
        *lines: str,
        choice: PaperChoice = PaperChoice(),  # noqa: B008  (frozen)
        about: AboutSheet = ABOUT,
        pictures: Mapping[str, str] | None = None,
        alt: str = "面瀬地区の地図",
    ) -> bytes:
        data = {
            "title": "面瀬地区 お宝マップ",
            "alt": alt,
            "lines": lines,
            "frame": district_frame(choice, stamped=bool(about.stamp)),
            "sizes": type_sizes(choice),
        }
        return typeset("probe.typ", data, pictures or {"map": SQUARE}, about)

    return setting
