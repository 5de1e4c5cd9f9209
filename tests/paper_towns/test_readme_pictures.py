"""README's pictures of paper are what is printed.

``OTAKARA_BLESS=1 python -m pytest tests/paper_towns/test_readme_pictures.py`` makes them anew; look
at them before committing.
"""

from __future__ import annotations

import io
from pathlib import Path

from paper_odd.approved_images import in_many_colours, require_approved
from paper_towns.printed_town import TODAY, PrintedTown
from PIL import Image

from geo.model.audience import Audience, Medium
from webmap.paper.paper_choice import PaperChoice
from webmap.paper.setting.prepared_sheet import PreparedSheet
from webmap.paper.sheets.doorstep_printing import print_doorstep
from webmap.paper.sheets.printing import print_area
from webmap.paper.sheets.tiled_sheet import TiledSheet

AREA = ("welfare_district", "12")
FIRST_PAGE_DPI = 100
DOTS_HIGH = 560
DOOR = (138.5405, 34.7315)
"""面瀬地区公民館, degrees."""


def test_the_district_map(minato: PrintedTown, tmp_path: Path) -> None:
    png = _sheet(minato, readings="1").pages(FIRST_PAGE_DPI)[0]
    require_approved("district", png, tmp_path, in_many_colours)


def test_the_other_sheets(minato: PrintedTown, tmp_path: Path) -> None:
    sheets = (
        _sheet(minato, paper="A1", tile="A3"),
        _sheet(minato, sheet="week"),
        _sheet(minato, sheet="list"),
        _doorstep(minato),
    )
    pages = [_standing(sheet.pages(60)[0]) for sheet in sheets]
    wide = sum(page.width for page in pages) + 20 * (len(pages) + 1)
    side_by_side = Image.new("RGB", (wide, DOTS_HIGH + 40), (226, 228, 232))
    left = 20
    for page in pages:
        side_by_side.paste(page, (left, 20))
        left += page.width + 20
    png = io.BytesIO()
    side_by_side.save(png, "PNG")
    require_approved("other_sheets", png.getvalue(), tmp_path, in_many_colours)


def _standing(png: bytes) -> Image.Image:
    page = Image.open(io.BytesIO(png)).convert("RGB")
    size = (round(page.width * DOTS_HIGH / page.height), DOTS_HIGH)
    return page.resize(size, Image.Resampling.LANCZOS)


def _sheet(town: PrintedTown, **words: str) -> PreparedSheet | TiledSheet:
    with town.database.connect(Audience.PUBLIC, Medium.PRINT) as conn:
        return print_area(
            conn,
            audience=Audience.PUBLIC,
            level=AREA[0],
            code=AREA[1],
            today=TODAY,
            choice=PaperChoice.from_args(words),
        ).sheet


def _doorstep(town: PrintedTown) -> PreparedSheet:
    with town.database.connect(Audience.PUBLIC, Medium.PRINT) as conn:
        return print_doorstep(
            conn,
            *DOOR,
            audience=Audience.PUBLIC,
            today=TODAY,
            choice=PaperChoice.from_args({"sheet": "doorstep"}),
            name="面瀬地区公民館",
        )
