"""A screen of the hall, measured as a reader's eye would: letters, lines, boxes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

_READ = """() => {
  const root = document.querySelector("[data-hall]");
  const card = root.querySelector("[data-hall-card]:not([hidden])");
  const flow = card.querySelector(".hall-flow");
  const box = (e) => { const r = e.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };
  const lines = (scope) => {
    const found = [];
    const walk = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(), id = 0; node; node = walk.nextNode(), id++) {
      const holder = node.parentElement;
      if (!node.data.trim() || getComputedStyle(holder).visibility === "hidden" || holder.closest(".sr, [hidden], summary, .hall-menu-panel, svg")) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const r of range.getClientRects()) {
        if (r.width < 1) continue;
        const size = parseFloat(getComputedStyle(holder).fontSize);
        found.push({ id, text: node.data.trim(), size, kind: holder.closest("[class]").className,
                     box: [r.left, r.top, r.right, r.bottom] });
      }
    }
    return found;
  };
  return {
    card: card.dataset.hallCard,
    flow: box(flow),
    inside: lines(flow),
    around: [...lines(root.querySelector(".hall-foot")), ...[...card.querySelectorAll(".hall-head"),
      ...root.querySelectorAll(".hall-inner, .hall-part:not([hidden])")].flatMap(lines)],
    boxes: [flow, ...card.querySelectorAll(".hall-head"), ...root.querySelectorAll(
      ".hall-inner, .hall-part:not([hidden]), .hall-ask, .hall-nav"), ...card.querySelectorAll(
      ".hall-menu > summary")].map((e) => [e.className || e.tagName, box(e)]),
    side: box(root.querySelector(".hall-side")),
    map: root.querySelector(".hall-map") ? box(root.querySelector(".hall-map")) : null,
    turns: [...root.querySelectorAll(".hall-turn, .hall-count")].map((e) => [e.scrollWidth - e.clientWidth, e.scrollHeight - e.clientHeight]),
    forth: root.querySelector("[data-hall-turn='1']").textContent,
    count: root.querySelector("[data-hall-count]").textContent,
    part: root.querySelector(".hall-part:not([hidden])")?.textContent ?? null,
    said: root.querySelector("[data-hall-said]").textContent,
    pressed: [...root.querySelectorAll(".flag-selected button")].map((b) => b.getAttribute("aria-label")),
    page: [document.documentElement.scrollWidth, document.documentElement.scrollHeight],
    view: [innerWidth, innerHeight],
  };
}"""

Box = list[float]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text on the wall; ``size`` is the height of its letters in % of the screen."""

    id: int
    text: str
    size: float
    kind: str
    box: Box


@dataclass(frozen=True, slots=True)
class Screen:
    """What is on the wall at one moment."""

    raw: dict[str, Any]

    @classmethod
    def of(cls, page: Page) -> Screen:
        return cls(page.evaluate(_READ))

    @property
    def card(self) -> str:
        """opening, rest, or a number."""
        return str(self.raw["card"])

    def lines(self, scope: str = "inside") -> list[Line]:
        """The lines of the card's flowing part, on this screen and on its others; or around it."""
        high = self.raw["view"][1]
        return [
            Line(one["id"], one["text"], 100 * one["size"] / high, one["kind"], one["box"])
            for one in self.raw[scope]
        ]

    def visible(self) -> list[Line]:
        """The lines of the card that are on this screen."""
        left, _, right, _ = self.raw["flow"]
        return [one for one in self.lines() if one.box[0] < right - 1 and one.box[2] > left + 1]

    def assert_whole(self) -> None:
        """Nothing cut, nothing over another, nothing beyond the screen."""
        flow, side = self.raw["flow"], self.raw["side"]
        wide, high = self.raw["view"]
        assert self.raw["page"][0] <= wide
        assert self.raw["page"][1] <= high
        for line in self.visible():
            assert _inside(line.box, flow, 0.25 * (line.box[3] - line.box[1])), (line, flow)
        boxes = [(name, box) for name, box in self.raw["boxes"] if box[2] > box[0]]
        for i, (name, box) in enumerate(boxes):
            assert _inside(box, [0, 0, wide, high], 1), (name, box)
            for other, its in boxes[i + 1 :]:
                assert not _meet(box, its, 1), (name, other, box, its)
        assert side[3] <= high
        shown = [*self.visible(), *self.lines("around")]
        for i, line in enumerate(shown):
            for other in shown[i + 1 :]:
                assert not _meet(_letters(line), _letters(other), 0.5), (line, other)
        for sideways, down in self.raw["turns"]:
            assert sideways <= 1
            assert down <= 3


def _letters(line: Line) -> Box:
    """A line's box without the air that every font has above and below."""
    left, top, right, bottom = line.box
    air = 0.14 * (bottom - top)
    return [left, top + air, right, bottom - air]


def _inside(box: Box, outer: Box, slack: float) -> bool:
    return (
        box[0] >= outer[0] - 1.5
        and box[2] <= outer[2] + 1.5
        and box[1] >= outer[1] - slack
        and box[3] <= outer[3] + slack
    )


def _meet(one: Box, other: Box, slack: float) -> bool:
    return (
        one[0] < other[2] - slack
        and one[2] > other[0] + slack
        and one[1] < other[3] - slack
        and one[3] > other[1] + slack
    )
