"""Areas made by hand, and their sheets: the answers of the screen's tests with what paper adds."""

from __future__ import annotations

import dataclasses
import io
import re
import subprocess
from collections.abc import Iterable, Mapping

import msgspec
import numpy as np
from front import sample
from PIL import Image

from geo.model.answers import Entry, Flag
from geo.model.audience import Status
from geo.model.map_answer import MapAnswer
from geo.questions.paper_ground import PaperGround
from webmap.paper.drawing.map_window import area_window
from webmap.paper.paper_choice import Paper, PaperChoice
from webmap.paper.sheet_frame import district_frame
from webmap.paper.sheets.district_sheet import PreparedSheet, district_sheet

METRIC_CRS = "EPSG:6676"
SHAPES = {layer: order for order, (layer, *_) in enumerate(sample.LAYERS)}
WALK_M_PER_MIN = 60
NO_GROUND = PaperGround(
    (), (), np.zeros(0, bool), np.zeros(0, bool), np.empty(0, dtype=object), (), 15
)
BLANK = '<svg xmlns="http://www.w3.org/2000/svg" width="1mm" height="1mm" viewBox="0 0 1 1"/>'
CHOICES = tuple(
    PaperChoice(paper=paper, landscape=landscape, large=large)
    for paper in (Paper.A4, Paper.A3)
    for landscape in (True, False)
    for large in (False, True)
)


def said(number: int, **more: object) -> Entry:
    """A treasure with everything the list shows; its name is in no other's."""
    made = sample.entry(
        number,
        sample.LAYERS[number % 4][0],
        f"第{number:04}番の集い",
        None,
        fields=(("内容", "体操、お茶とおしゃべり"), ("連絡先", "☎ 000-111-2222")),
    )
    fields = {
        "schedule": f"毎週火曜日 10:00〜11:30（{number}）",
        "venue": f"東町{number}丁目公会堂",
        "for_whom": "どなたでも",
        "fee": "100円（お茶代）",
    }
    return msgspec.structs.replace(made, **(fields | more))


def area_of(entries: Iterable[Entry], *, flags: bool = True, **more: object) -> MapAnswer:
    """The area of the screen's tests with these treasures, spread over it, each with a flag."""
    answer = sample.map_answer()
    placed, found = [], []
    listed = list(entries)
    for n, one in enumerate(listed):
        turn, reach = n * 2.39996, 0.0085 * np.sqrt((n + 0.5) / len(listed))
        lon = sample.CENTER[0] + reach * 1.25 * np.cos(turn)
        lat = sample.CENTER[1] + reach * 0.85 * np.sin(turn)
        found.append(Flag(float(lon), float(lat), (one.number,)))
        placed.append(msgspec.structs.replace(one, flag=n if flags else None))
    fields = {
        "entries": tuple(placed),
        "flags": tuple(found) if flags else (),
        "layers": sample.layer_infos(tuple(placed)) if listed else (),
    }
    return dataclasses.replace(answer, **(fields | more))


def paused(number: int) -> Entry:
    """One that has a rest."""
    return said(number, status=Status.PAUSED)


def drawn(
    answer: MapAnswer,
    choice: PaperChoice | None = None,
    *,
    ground: PaperGround = NO_GROUND,
    shapes: Mapping[str, int] = SHAPES,
    copy: int | None = None,
    stamped: bool = False,
) -> PreparedSheet:
    """The sheet of an answer."""
    choice = choice or PaperChoice()
    frame = district_frame(choice, stamped=stamped)
    window = area_window(answer, METRIC_CRS, frame.map, choice.scale)
    return district_sheet(
        answer,
        ground,
        window,
        frame,
        choice,
        shapes=shapes,
        walk_speed_m_per_min=WALK_M_PER_MIN,
        copy=copy,
    )


def without_pictures(sheet: PreparedSheet) -> PreparedSheet:
    """The same sheet without the words of its pictures, so that only its own type is measured."""
    kept = {"bar", "north", "qr"}
    return dataclasses.replace(
        sheet,
        pictures={name: svg if name in kept else BLANK for name, svg in sheet.pictures.items()},
    )


def image_of(sheet: PreparedSheet, dots_per_inch: float, page: int = 0) -> Image.Image:
    """A page as a picture."""
    return Image.open(io.BytesIO(sheet.pages(dots_per_inch)[page])).convert("RGB")


def words_of(pdf: bytes) -> list[list[tuple[float, float, float, float]]]:
    """By page: left, top, right, bottom of every word, millimetres."""
    done = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=pdf, check=True, capture_output=True
    )
    found: list[list[tuple[float, float, float, float]]] = []
    for line in done.stdout.decode().splitlines():
        if "<page " in line:
            found.append([])
        elif "<word " in line:
            sides = [float(side) / 72 * 25.4 for side in re.findall(r'="([-0-9.]+)"', line)]
            found[-1].append((sides[0], sides[1], sides[2], sides[3]))
    return found
