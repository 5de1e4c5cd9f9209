"""Letters on the wall: as tall as asked for, whole, and clear of one another, on every beamer."""

from __future__ import annotations

import pytest
from hall.conftest import OpenHall
from hall.hall_answers import LONG_MEANING, LONG_NAME, LONG_VENUE
from hall.hall_screen import Screen

pytestmark = pytest.mark.browser

SIZES = [(1920, 1080), (1366, 768), (1024, 768), (800, 600)]
SMALLEST = {
    "hall-title": 8.0,
    "hall-total": 8.0,
    "hall-number": 8.0,
    "hall-name": 5.5,
    "hall-when": 4.8,
}
LEAST = 4.0
FINE_PRINT = ("hall-turn", "hall-count", "hall-part")


WALKED = [
    *((code, "", size) for code in ("FEW", "NONE", "NOPLACE") for size in SIZES),
    *(("MANY", "", size) for size in ((1920, 1080), (800, 600))),
    *(("INNER", "", size) for size in ((1920, 1080), (800, 600))),
    ("FEW", "&lang=en", (800, 600)),
    ("FEW", "&large=1", (1024, 768)),
    ("FEW", "", (390, 844)),
]


@pytest.mark.parametrize(
    ("code", "more", "size"), WALKED, ids=[f"{c}{m}-{s[0]}x{s[1]}" for c, m, s in WALKED]
)
def test_every_screen(open_hall: OpenHall, code: str, more: str, size: tuple[int, int]) -> None:
    page = open_hall(code, more, size=size, calm=True)
    upright = size[1] > size[0]  # no wall: everything is sized by the width there
    lines_seen: dict[str, list[tuple[int, float]]] = {}
    total: dict[str, int] = {}
    seen_kinds = set()
    for _ in range(400):
        screen = Screen.of(page)
        screen.assert_whole()
        for line in [*screen.visible(), *screen.lines("around")]:
            kind = line.kind.split()[0]
            seen_kinds.add(kind)
            if kind in FINE_PRINT:
                continue
            assert upright or line.size >= SMALLEST.get(kind, LEAST) - 0.01, line
        lines_seen.setdefault(screen.card, []).extend(
            (line.id, line.box[1]) for line in screen.visible()
        )
        total[screen.card] = len(screen.lines())
        if page.get_attribute("[data-hall-turn='1']", "aria-disabled") == "true":
            break
        page.keyboard.press("PageDown")
    else:
        raise AssertionError("the last screen never came")
    # Every line of a card was on exactly one of its screens.
    assert {card: len(lines) for card, lines in lines_seen.items()} == total
    if code in ("MANY", "FEW", "INNER"):
        assert {"hall-title", "hall-number", "hall-name"} <= seen_kinds
    assert ("hall-inner" in seen_kinds) == (code == "INNER")


def test_the_sizes_of_the_contract_at_full_hd(open_hall: OpenHall) -> None:
    page = open_hall("FEW", size=(1920, 1080))
    opening = Screen.of(page)
    assert opening.raw["map"][0] == 0
    assert opening.raw["map"][2] == pytest.approx(0.62 * 1920, abs=1)
    assert opening.raw["side"][2] - opening.raw["side"][0] == pytest.approx(0.38 * 1920, abs=1)
    heights = {line.kind.split()[0]: round(line.size, 2) for line in opening.visible()}
    assert heights["hall-total"] == 8.0
    page.keyboard.press("ArrowRight")
    card = Screen.of(page)
    heights |= {line.kind.split()[0]: round(line.size, 2) for line in card.lines("around")}
    assert heights["hall-number"] == 8.0
    named = {line.text: round(line.size, 2) for line in card.visible()}
    assert named["ほがらか体操の会"] == 5.5
    assert named["毎週火曜日"] == 4.8
    assert named["東町1丁目公会堂"] == 4.0
    assert named["どなたでも"] == named["・100円"] == 4.0


def test_forty_characters_are_all_there(open_hall: OpenHall) -> None:
    page = open_hall("MANY", size=(1024, 768))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert len(LONG_NAME) == 40
    text = page.inner_text("[data-hall-card='2'] .hall-columns").replace("\n", "").replace(" ", "")
    for words in (LONG_NAME, LONG_VENUE, LONG_MEANING):
        assert words in text
    assert page.inner_text("[data-hall-turn='1']") == "つづき"


def test_the_contrast_of_what_is_read(open_hall: OpenHall) -> None:
    page = open_hall("MANY", size=(800, 600))
    page.keyboard.press("ArrowRight")
    look = page.evaluate(
        """() => {
          const of = (s, p) => getComputedStyle(document.querySelector(s))[p];
          return [of(".hall", "color"), of(".hall", "backgroundColor"),
                  of("[data-hall-card='1'] .hall-name", "color"),
                  of("[data-hall-card='1'] .hall-when", "color")];
        }"""
    )
    assert look == ["rgb(17, 17, 17)", "rgb(255, 255, 255)", *["rgb(17, 17, 17)"] * 2]
    cloths = page.eval_on_selector_all(
        ".hall .flag-cloth:not(.flag-hollow)", "all => all.map(e => e.getAttribute('fill'))"
    )
    from webmap.marks import white_contrast

    assert cloths
    assert min(map(white_contrast, cloths)) >= 7


def test_the_chosen_flag_is_doubled_with_a_black_ring(open_hall: OpenHall) -> None:
    page = open_hall("FEW", size=(1920, 1080), calm=True)
    plain = page.locator(".flag").first.locator(".flag-drawing").bounding_box()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "document.querySelector('.flag-selected .flag-button').getAnimations().length === 0"
    )
    doubled = page.locator(".flag-selected .flag-drawing").bounding_box()
    assert plain is not None
    assert doubled is not None
    assert doubled["height"] / plain["height"] == pytest.approx(2, abs=0.1)
    ring = page.locator(".flag-selected .flag-ring").first
    assert ring.evaluate("e => getComputedStyle(e).stroke") == "rgb(0, 0, 0)"
    assert page.locator(".leaflet-control-zoom, .map-buttons, .legend").count() == 0


def test_another_size_keeps_the_step(open_hall: OpenHall) -> None:
    page = open_hall("MANY", size=(1920, 1080))
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    before = Screen.of(page).card
    page.set_viewport_size({"width": 1024, "height": 768})
    page.wait_for_timeout(200)
    after = Screen.of(page)
    assert after.card == before
    after.assert_whole()
