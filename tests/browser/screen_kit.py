"""Screens by name, and what is measured on each of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from browser.test_every_page import AXE, AXE_RULES
from playwright.sync_api import Page

PHONES = {"360": (360, 740), "390": (390, 844), "320": (320, 568), "across": (740, 360)}
WIDE = {
    "upright": (768, 1024),
    "tablet": (1024, 768),
    "laptop": (1366, 768),
    "laptop-125": (1024, 576),
    "wall": (1920, 1080),
}
AREA = "/99999/jhs/"
SMALLEST = 44  # CSS pixels of what a finger must meet

Opened = Callable[..., Page]


def violations_of(page: Page) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    found: dict[str, Any] = page.evaluate("rules => axe.run(document, rules)", AXE_RULES)
    return [f"{v['id']}: {n['target']}" for v in found["violations"] for n in v["nodes"]]


def box_of(page: Page, selector: str) -> dict[str, float]:
    box = page.locator(selector).first.bounding_box()
    assert box is not None, selector
    return dict(box)


def assert_fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    cut = page.evaluate(
        """() => [...document.querySelectorAll(
             'h1, h2, .button, .bar-button span, .views a, .check, .switch > summary, label')]
           .filter(e => e.checkVisibility({visibilityProperty: true}))
           .filter(e => { const b = e.getBoundingClientRect();
             return b.left < -1 || b.right > innerWidth + 1 || e.scrollWidth > e.clientWidth + 2
               && getComputedStyle(e).display !== 'inline'; })
           .map(e => e.outerHTML.slice(0, 120))"""
    )
    assert cut == []


def assert_large_enough(page: Page) -> None:
    """What is pressed to get on: not links inside a sentence or small print."""
    small = page.evaluate(
        """least => [...document.querySelectorAll(
             '.button, button, summary, .check, .views a, .area-links a, tbody th a, input[type=search], .telephone')]
           .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.closest('.flags'))
           .map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
           .filter(([, b]) => b.height && (b.height < least - 0.5 || b.width < least - 0.5))
           .map(([e, b]) => `${e} ${b.width}x${b.height}`)""",
        SMALLEST,
    )
    assert small == []
