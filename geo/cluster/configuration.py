"""The text of the server's configuration files. Nothing here runs anything."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

ADMIN_ROLE = "otakara_admin"
IDENT_MAP = "otakara"

# Only the unix socket, only the OS users the map names. No line for TCP: there is no port.
PG_HBA = f"local all all peer map={IDENT_MAP}\n"

INCLUDE_LINE = "include_if_exists = 'otakara.conf'\n"


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def server_conf(socket_folder: Path, cluster_name: str, *, durable: bool) -> str:
    """The settings of ``otakara.conf``.

    Parameters
    ----------
    socket_folder : Path
        Where the unix socket is made.
    cluster_name : str
        Shown in the title of every server process.
    durable : bool
        False gives up the promise to survive a power cut; for tests only.
    """
    lines = [
        "listen_addresses = ''",
        "port = 5432",
        f"cluster_name = {_quoted(cluster_name)}",
        f"unix_socket_directories = {_quoted(str(socket_folder))}",
        "unix_socket_permissions = 0700",
        "timezone = 'Asia/Tokyo'",
        "log_timezone = 'Asia/Tokyo'",
        "lc_messages = 'C'",
        "client_encoding = 'UTF8'",
        # The log must not carry what a record says: no statement, no parameter, no DETAIL line
        # (which would repeat the values of a duplicate key).
        "log_min_error_statement = panic",
        "log_error_verbosity = terse",
        "log_parameter_max_length = 0",
        "log_parameter_max_length_on_error = 0",
        "log_statement = none",
        # Our queries are short; compiling them costs more than running them.
        "jit = off",
        # A container's /dev/shm is small, parallel workers would need it.
        "max_parallel_workers_per_gather = 0",
        "max_parallel_maintenance_workers = 0",
        "autovacuum_naptime = 60s",
        # A vanished client is noticed while its long statement runs.
        "client_connection_check_interval = 10s",
    ]
    if not durable:
        # `synchronous_commit` stays on: a killed server must not forget, even in a test.
        lines += ["fsync = off", "full_page_writes = off"]
        # A whole run of tests keeps many towns open, each with a pool for every audience.
        lines.append("max_connections = 400")
    return "# Written at every start; changes made here are lost.\n" + "\n".join(lines) + "\n"


def ident_line(os_user: str, role: str) -> str:
    """One line of the ``peer`` map: this OS user may be that database role."""
    for name in (os_user, role):
        if re.search(r'[\s"]', name):
            raise ValueError(f"a name with spaces or quotes cannot stand in pg_ident: {name!r}")
    # Quoted: a leading slash would make the name a regular expression.
    return f'{IDENT_MAP} "{os_user}" "{role}"'


def merged_ident(present: str, wanted: Iterable[str]) -> str:
    """The map with the wanted lines added; lines that stand are kept as they are."""
    lines = present.splitlines()
    lines += [line for line in dict.fromkeys(wanted) if line not in lines]
    return "\n".join(lines) + "\n"
