"""A million junctions and ten thousand places, alone in a process: seconds and memory, as JSON."""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2]))  # as pytest does for the rest

import numpy as np
from bench.coverage.questions import LIMIT_DM, layers_and_days, maps_of_sets
from bench.coverage.synthetic_streets import homes_beside, synthetic_streets

from geo.walking.attaching import attach
from geo.walking.facility_table import FacilityTable
from geo.walking.walk_costs import WalkRules, walk_costs
from geo.walking.walk_graph import NEVER, pack_graph

JUNCTIONS, PLACES, HOMES = 1_000_000, 10_000, 1_000_000
ATTACH_LIMIT_M = 200.0


def peak_mb() -> float:
    """Of this program alone: ``ru_maxrss`` begins with what its parent held."""
    told = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    assert told is not None
    return int(told[1]) / 1024


def main() -> None:
    seed = int(sys.argv[1])
    took: dict[str, float] = {}
    began = time.perf_counter()

    def done(what: str) -> None:
        nonlocal began
        took[what] = time.perf_counter() - began
        began = time.perf_counter()

    streets = synthetic_streets(JUNCTIONS, seed)
    home_x, home_y = homes_beside(streets, HOMES)
    place_x, place_y = homes_beside(streets, PLACES, seed=2)
    done("streets, homes and places made")
    homes = attach(streets, home_x, home_y, ATTACH_LIMIT_M)
    places = attach(streets, place_x, place_y, ATTACH_LIMIT_M)
    done(f"{HOMES + PLACES:,} homes and places attached")
    graph = pack_graph(streets, walk_costs(streets, WalkRules()))
    done("costs with slope, graph packed")
    table = FacilityTable.build(graph, places, LIMIT_DM)
    done("table of the places")
    layer, is_open = layers_and_days(PLACES)
    weekdays = table.nearest_many(homes, np.ascontiguousarray(is_open.T))
    done("7 weekday maps of all homes")
    reached = int((weekdays != NEVER).sum())
    del weekdays, layer
    table.nearest_many(homes, maps_of_sets(PLACES))
    done("105 layer set x weekday maps of all homes")
    print(
        json.dumps(
            {
                "junctions": JUNCTIONS,
                "places": PLACES,
                "rows": table.rows,
                "reached": reached,
                "seconds": took,
                "asked_s": sum(list(took.values())[1:]),
                "peak_mb": peak_mb(),
            }
        )
    )


if __name__ == "__main__":
    main()
