"""One private PostGIS for the whole test run, and a fresh town database in a tenth of a second."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from psycopg import sql

from geo.cluster import Cluster
from geo.cluster.town_accounts import close_database
from geo.database import TownDatabase
from geo.schema.names import database_name, owner_role
from geo.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The same examples every time, however slow the machine: a red run can be run again.
hypothesis_settings.register_profile(
    "otakara", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("otakara")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a case with bytes after its argument, not after the bytes.

    Archives hold the second they were made in: two workers that collect the same tests would
    call them by different names, and the run would stop before its first test.
    """
    return argname if isinstance(val, bytes) else None


MakeSettings = Callable[..., Settings]
MakeTownDatabase = Callable[..., TownDatabase]


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A running test cluster (no fsync) that nobody else uses."""
    with tempfile.TemporaryDirectory(prefix="otakara-test-") as name:
        Path(name).chmod(0o755)  # the server is another OS user when the tests run as root
        test_cluster = Cluster(Path(name) / "cluster", durable=False)
        test_cluster.start()
        yield test_cluster
        test_cluster.stop(force=True)


@pytest.fixture(scope="session")
def make_settings(cluster: Cluster) -> MakeSettings:
    """``make_settings(town_folder, **others)``: settings of the test cluster."""

    def make(town: Path = Path(), **others: object) -> Settings:
        return Settings(**({"town": town.resolve(), "cluster": cluster.folder} | others))  # type: ignore[arg-type]

    return make


@pytest.fixture(scope="session")
def make_town_database(cluster: Cluster, make_settings: MakeSettings) -> Iterator[MakeTownDatabase]:
    """``make_town_database(code, town=folder)``: an empty, migrated database for a town.

    A database of the same code made before is gone then: modules that keep theirs for longer
    than one test take a code of their own. Roles belong to the cluster and stay.
    """
    made: list[TownDatabase] = []

    def make(code: str = "99201", *, town: Path = Path()) -> TownDatabase:
        for earlier in made:
            if earlier.municipality_code == code:
                earlier.dispose()
        database = TownDatabase(make_settings(town), code)
        name, template = database_name(code), f"{database_name(code)}_template"
        with cluster.admin() as admin:

            def run(statement: str, *names: str) -> None:
                admin.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

            run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
            found = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template])
            if found.fetchone() is None:
                database.prepare()
                database.dispose()
                run("ALTER DATABASE {} RENAME TO {}", name, template)
            run("CREATE DATABASE {} TEMPLATE {} OWNER {}", name, template, owner_role(code))
            close_database(admin, name, code)
        made.append(database)
        return database

    yield make
    for database in made:
        database.dispose()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The distribution's Chromium with nothing of its own going out; missing is a failure.

    One for the whole run: two drivers cannot live in one process.
    """
    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    assert found is not None, "Chromium is missing: otakara doctor --install --for test"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=found,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield browser
        browser.close()
