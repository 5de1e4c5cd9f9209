"""What a page in a browser shows in Japanese outside what is marked as such."""

from __future__ import annotations

from playwright.sync_api import Page
from words.ascii_town import JAPANESE

SHOWN = """() => {
  const said = [];
  const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const box = walk.currentNode.parentElement;
    if (!box.closest('[lang="ja"], script, style')) said.push(walk.currentNode.textContent);
  }
  for (const box of document.querySelectorAll('[aria-label], [title]')) {
    if (!box.closest('[lang="ja"]')) said.push(box.getAttribute('aria-label') ?? '', box.title);
  }
  return [document.title, ...said];
}"""


DRAWN = str.maketrans(dict.fromkeys("休＋－あ"))
"""Signs on flags, buttons and stickers: drawn, not said."""


def japanese(page: Page) -> list[str]:
    """Every text and label that is left."""
    return [text for text in page.evaluate(SHOWN) if JAPANESE.search(text.translate(DRAWN))]
