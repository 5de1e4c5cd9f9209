"""Is there anything to load? Asked at every start, so it imports little."""

from __future__ import annotations

from geo.database import TownDatabase
from geo.errors import OtakaraError
from geo.loading.fingerprint import files_hash, fingerprint
from geo.manifest import read_manifests
from geo.settings import Settings
from geo.store.last_load import last_fingerprint


def is_loaded(settings: Settings) -> bool:
    """Whether the database holds exactly what the town's files say now.

    Compares one fingerprint of manifests, data, ledger, program and derivation; reads no data.
    False where the manifests cannot be read or there is no database: loading will say why.
    """
    town, problems = read_manifests(settings.town, settings.realdata)
    if town is None or any(problem.is_error for problem in problems):
        return False
    now = fingerprint(files_hash(town), town)
    database = TownDatabase(settings, town.municipality.code)
    try:
        database.prepare()
        with database.owner() as conn:
            return last_fingerprint(conn) == now
    except OtakaraError:
        return False
    finally:
        database.dispose()
