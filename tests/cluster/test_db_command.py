"""``otakara db`` as somebody types it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from geo.database import TownDatabase
from geo.settings import Settings


def _otakara(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("OTAKARA_")}
    return subprocess.run(
        [sys.executable, "-m", "geo", *words],
        env=clean | environ,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_day_in_the_life(base: Path) -> None:
    folder, file = base / "typed", base / "typed.backup"
    here = {"OTAKARA_CLUSTER": str(folder)}
    assert "まだ作られていません" in _otakara("db", "status", **here).stdout
    assert _otakara("db", "start", **here).stdout == "データベースを始めました。\n"
    assert _otakara("db", "start", **here).stdout == "データベースはもう動いています。\n"

    empty = _otakara("db", "backup", str(file), **here)
    assert (empty.returncode, file.exists()) == (1, False)
    assert "保存するデータがまだありません。" in empty.stderr
    town = TownDatabase(Settings(town=Path(), cluster=folder), "99221")
    town.prepare()
    town.dispose()

    status = json.loads(_otakara("db", "status", "--json", **here).stdout)
    assert status["running"] is True
    assert status["towns"] == ["99221"]
    url = _otakara("db", "url", **here).stdout.strip()
    assert url.startswith("postgresql://otakara_99221_public@/otakara_99221?host=%2F")
    asked = subprocess.run(
        ["psql", "-X", "-At", "-c", "SELECT current_user", url], capture_output=True, text=True
    )
    assert asked.stdout == "otakara_99221_public\n", asked.stderr
    assert "otakara_99221_owner@" in _otakara("db", "url", "--owner", **here).stdout

    assert _otakara("db", "backup", str(file), **here).returncode == 0
    refused = _otakara("db", "restore", str(file), **here)
    assert refused.returncode == 1
    assert "上書きしませんでした" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert _otakara("db", "restore", str(file), "--replace", **here).returncode == 0

    assert _otakara("db", "stop", **here).stdout == "データベースを止めました。\n"
    # A command that had to start the server stops it again.
    assert _otakara("db", "backup", str(file), **here).returncode == 0
    assert _otakara("db", "stop", **here).stdout == "データベースは動いていません。\n"


def test_a_given_database_is_not_ours_to_stop() -> None:
    done = _otakara("db", "stop", OTAKARA_DATABASE_URL="postgresql://somewhere/db")
    assert done.returncode == 1
    assert "このコマンドでは扱えません" in done.stderr
