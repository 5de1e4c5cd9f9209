"""The doctor speaks both languages, and is of use when everything is missing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from geo.doctor import Finding, Purpose, examine, install_line, packages, wanted_packages
from geo.settings import Settings

KEYS = {
    *("python", "postgresql", "postgis", "psql", "server_account", "socket_path"),
    *("cluster_folder", "disk_space", "town_folder", "node", "chromium", "japanese_font"),
    "pdf_reader",
}


def _doctor(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("OTAKARA_")}
    return subprocess.run(
        [sys.executable, "-m", "geo", "doctor", *words],
        env=clean | environ,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A folder that looks like a town."""
    (tmp_path / "boundaries").mkdir()
    (tmp_path / "layers").mkdir()
    return tmp_path


def test_everything_is_looked_at(town: Path) -> None:
    done = _doctor("--json", OTAKARA_TOWN=str(town))
    answer = json.loads(done.stdout)
    assert {check["key"] for check in answer["checks"]} == KEYS
    assert answer["ok"] is True, done.stdout
    assert (done.returncode, answer["install"]) == (0, "")
    for check in answer["checks"]:
        assert check["message_ja"] != ""
        assert check["message_en"].isascii()


def test_a_bare_machine(town: Path, tmp_path: Path) -> None:
    """No server program, no browser, nothing on the PATH."""
    bare = """
import sys
from geo.cluster import programs
programs._DISTRIBUTION_FOLDERS = ()
import geo.cli.group as group
sys.argv = ["otakara", "doctor", "--for", "test"]
group.main()
"""
    done = subprocess.run(
        [sys.executable, "-c", bare],
        env={"PATH": str(tmp_path), "OTAKARA_TOWN": str(town), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1, done.stderr
    for line in (
        "× PostgreSQL がありません",
        "   PostgreSQL is missing",
        "× PostGIS がありません",
        "× Chromium がありません（テスト用）",
        "× pdftotext、pdftoppm がありません（テスト用）",
        "△ node と npm がありません（画面の部品を取り寄せるときだけ使います）",
        "足りないものがあります（×）。 / Something needed is missing (×).",
    ):
        assert line in done.stdout.splitlines()
    assert "poppler-utils" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_town_folder_that_is_none(tmp_path: Path) -> None:
    done = _doctor(OTAKARA_TOWN=str(tmp_path))
    assert done.returncode == 1
    assert f"× 町のフォルダ {tmp_path}（boundaries、layers を読めません）" in done.stdout
    assert "--town か OTAKARA_TOWN で指定してください" in done.stdout


def test_a_wrong_setting_is_a_finding(town: Path) -> None:
    done = _doctor(OTAKARA_TOWN=str(town), OTAKARA_CLUSTR="/somewhere")
    assert done.returncode == 1
    assert "× 設定 OTAKARA_CLUSTR はありません。" in done.stdout
    assert "OTAKARA_CLUSTER のことでしょうか" in done.stdout


def test_with_a_given_database_no_server_is_needed(town: Path) -> None:
    settings = Settings(town=town, database_url="postgresql://somewhere/db")
    keys = {finding.key for finding in examine(settings)}
    assert keys == KEYS - {
        *("postgresql", "postgis", "psql", "server_account"),
        *("socket_path", "cluster_folder", "disk_space"),
    }


def test_tests_need_more(town: Path) -> None:
    needed = {
        purpose: {f.key for f in examine(Settings(town=town), purpose) if f.needed}
        for purpose in Purpose
    }
    extra = {"chromium", "japanese_font", "pdf_reader"}
    assert needed[Purpose.TEST] - needed[Purpose.RUN] == extra


def test_package_names_of_each_distribution(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = [
        Finding("postgis", False, "", "", packages=("postgis",)),
        Finding("chromium", False, "", "", packages=("chromium",)),
        Finding("psql", False, "", "", needed=False, packages=("postgresql-client",)),
    ]
    lists = {
        "bookworm": ["postgresql-15-postgis-3", "postgresql-15-postgis-3-scripts", "chromium"],
        "noble": ["postgresql-16-postgis-3", "chromium-browser"],
        "with the PostgreSQL archive": [
            *("postgresql-9-postgis-3", "postgresql-18-postgis-3", "postgresql-17-postgis-3"),
            "chromium",
        ],
    }
    wanted = {}
    for name, known in lists.items():
        monkeypatch.setattr(packages, "_known_packages", lambda known=known: frozenset(known))
        wanted[name] = wanted_packages(missing)
    assert wanted == {
        "bookworm": ("postgresql-15-postgis-3", "chromium"),
        "noble": ("postgresql-16-postgis-3", "chromium-browser"),
        "with the PostgreSQL archive": ("postgresql-18-postgis-3", "chromium"),
    }
    monkeypatch.setattr(packages, "_known_packages", frozenset)
    monkeypatch.setattr(packages, "_release", lambda: ("debian", "13"))
    assert wanted_packages(missing) == ("postgresql-17-postgis-3", "chromium")


def test_no_system_cluster_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    conf, clusters = tmp_path / "common" / "createcluster.conf", tmp_path / "postgresql"
    monkeypatch.setattr(packages, "CREATE_CLUSTER_CONF", conf)
    monkeypatch.setattr(packages, "SYSTEM_CLUSTERS", clusters)
    monkeypatch.setattr(packages, "has_apt", lambda: True)
    wanted = ("postgresql-15-postgis-3",)
    line = install_line(wanted)
    assert line.startswith("sudo sh -c ")
    assert line.index("create_main_cluster = false") < line.index("apt-get install")
    assert "create_main_cluster" not in install_line(["chromium"])

    # The line does what it says; done once, it is not said again.
    subprocess.run(["sh", "-c", packages._forbid_script()], check=True)
    assert conf.read_text() == "create_main_cluster = false\n"
    assert "create_main_cluster" not in install_line(wanted)

    # The package's own file, everything commented out: ours is added.
    conf.write_text("#create_main_cluster = true\n")
    assert "create_main_cluster = false" in install_line(wanted)
    # An administrator who runs PostgreSQL here is left alone.
    (clusters / "15" / "main").mkdir(parents=True)
    (clusters / "15" / "main" / "postgresql.conf").write_text("")
    assert "create_main_cluster" not in install_line(wanted)
    assert install_line(()) == ""


def test_installation_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """The percentages of apt's status lines, at most every two seconds."""
    clock = iter(range(0, 1000, 3))
    monkeypatch.setattr(packages.time, "monotonic", lambda: float(next(clock)))
    said: list[str] = []
    script = "echo dlstatus:1:12.5:x; echo Reading...; echo pmstatus:postgis:80.0:x"
    packages._run(["sh", "-c", script], "入れています", said.append)
    assert said == ["入れています…", "入れています… 12%", "入れています… 80%"]
