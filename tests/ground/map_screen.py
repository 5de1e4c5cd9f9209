"""A map on a screen, read as a reader's eye would: names, flags, colours, all in pixels of the map."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from browser.watching import Watch
from playwright.sync_api import Page

Box = tuple[float, float, float, float]

_BOXES = """(selector) => {
  const map = document.querySelector(".treasure-map");
  const { left, top } = map.getBoundingClientRect();
  return [...document.querySelectorAll(selector)]
    .filter((one) => getComputedStyle(one).visibility !== "hidden" && one.getClientRects().length)
    .map((one) => one.getBoundingClientRect())
    .map((box) => [box.left - left, box.top - top, box.right - left, box.bottom - top]);
}"""

_OUTLINE = """() => {
  const map = document.querySelector(".treasure-map").getBoundingClientRect();
  return [...document.querySelectorAll(".pane-border path")].flatMap((path) => {
    const toScreen = path.getScreenCTM();
    const count = Math.floor(path.getTotalLength() / 5);
    return Array.from({ length: count }, (_, i) => {
      const { x, y } = path.getPointAtLength(5 * i).matrixTransform(toScreen);
      return [x - map.left, y - map.top];
    });
  });
}"""

_COLORS = """() => {
  const seen = {};
  for (const tile of document.querySelectorAll("canvas.leaflet-tile")) {
    if (!tile.width) continue;
    const copy = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    [copy.canvas.width, copy.canvas.height] = [tile.width, tile.height];
    copy.drawImage(tile, 0, 0);
    const { data } = copy.getImageData(0, 0, tile.width, tile.height);
    for (let at = 0; at < data.length; at += 4 * 7) {
      const color = data.slice(at, at + 3).join(" ");
      seen[color] = (seen[color] ?? 0) + 1;
    }
  }
  return Object.entries(seen).sort((a, b) => b[1] - a[1]).slice(0, 400)
    .map(([color, count]) => [color.split(" ").map(Number), count]);
}"""


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the base map: its kind, its height of type, what it and its sign cover."""

    name: str
    kind: str
    size: float
    boxes: tuple[Box, ...]


@dataclass
class MapScreen:
    """A page with a map."""

    page: Page
    watch: Watch

    def wait(self) -> None:
        """Until what stands there is what will stand there."""
        self.page.wait_for_selector(".ground-names[data-drawn]", state="attached")
        self.page.wait_for_timeout(250)  # a name layer that learns of its type draws once more
        self.page.wait_for_selector(".ground-names[data-drawn]", state="attached")
        self.page.wait_for_selector("canvas.leaflet-tile-loaded", state="attached")

    def zoom(self, zoom: float) -> None:
        """Look at the middle of the map more closely."""
        self.page.evaluate(f"map_1.setZoom({zoom}, {{animate: false}})")
        self.wait()

    def move(self, x: int, y: int) -> None:
        """Push the map by so many pixels."""
        self.page.evaluate(f"map_1.panBy([{x}, {y}], {{animate: false}})")
        self.wait()

    def names(self) -> list[Name]:
        """What stands on the base map."""
        read: list[dict[str, Any]] = self.page.evaluate("Otakara.ground.labels()")
        return [Name(n["name"], n["kind"], n["size"], tuple(map(tuple, n["boxes"]))) for n in read]

    def boxes(self, selector: str) -> list[Box]:
        """What elements on the map cover."""
        return [tuple(box) for box in self.page.evaluate(_BOXES, selector)]

    def flags(self) -> list[Box]:
        """What the flags cover: cloths, dots, poles."""
        return self.boxes(".flag-cloth, .dot-cloth, .dot-plain, .flag-pole, .across-dot")

    def outline(self) -> list[tuple[float, float]]:
        """Points along the outline of the area, as far as it is drawn."""
        return [(x, y) for x, y in self.page.evaluate(_OUTLINE)]

    def size(self) -> tuple[float, float]:
        """Of the map."""
        [box] = self.boxes(".treasure-map")[:1]
        return box[2], box[3]

    def style(self) -> str:
        """Which style is worn."""
        worn: str = self.page.locator(".treasure-map").first.get_attribute("data-ground") or ""
        return worn

    def colors(self) -> list[tuple[tuple[int, int, int], int]]:
        """The colours of the tiles, the commonest first."""
        return [(tuple(color), count) for color, count in self.page.evaluate(_COLORS)]


def overlap(one: Box, other: Box, slack: float = 0.5) -> bool:
    """Whether two boxes share more than an edge."""
    return (
        one[0] < other[2] - slack
        and one[2] > other[0] + slack
        and one[1] < other[3] - slack
        and one[3] > other[1] + slack
    )


def clashes(names: Iterable[Name]) -> list[tuple[str, str]]:
    """Pairs of names that cover each other."""
    return [
        (a.name, b.name)
        for a, b in combinations(names, 2)
        if any(overlap(one, other) for one in a.boxes for other in b.boxes)
    ]


def crossed(names: Iterable[Name], points: Iterable[tuple[float, float]]) -> list[str]:
    """Names that a line runs through."""
    known = list(points)
    return [
        n.name
        for n in names
        if any(a < x < c and b < y < d for a, b, c, d in n.boxes for x, y in known)
    ]


def covering(names: Iterable[Name], boxes: Iterable[Box]) -> list[str]:
    """Names that cover any of these boxes."""
    known = list(boxes)
    return [n.name for n in names if any(overlap(one, box) for one in n.boxes for box in known)]
