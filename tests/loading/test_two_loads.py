"""Two processes load at once: the counts are exact, and one of them finds nothing to do."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

LOAD = """
import json, sys
from pathlib import Path
from geo.loading import load_town
from geo.settings import Settings
answer = load_town(Settings(town=Path(sys.argv[1]), cluster=Path(sys.argv[2])))
print(json.dumps(answer.as_json()["layers"]["tea"]))
"""


def test_two_loads_at_once_leave_exact_counts(files: Any) -> None:
    rows = [
        [f"g{n}", f"会{n}", f"本町{n}", 34.81 + n % 30 * 1e-3, 138.31 + n // 30 * 1e-3]
        for n in range(900)
    ]
    files.write_list(rows)
    command = [sys.executable, "-c", LOAD, str(files.folder), str(files.settings.cluster)]
    both = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)
    ]
    answers = []
    for process in both:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err.decode()
        answers.append(json.loads(out))
    assert sorted(answer["new"] for answer in answers) == [0, 900]
    assert sorted(answer["unchanged"] for answer in answers) == [0, 900]
    assert files.seen("SELECT count(*), count(DISTINCT number) FROM treasure") == [(900, 900)]
    assert files.owned("SELECT count(*) FROM town.edition_treasure") == [(900,)]
    ledger = (files.folder / "layers" / "numbers.csv").read_text("utf-8").splitlines()
    assert len(ledger) == 901
