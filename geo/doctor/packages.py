"""Debian's and Ubuntu's packages: which ones are wanted, the one line, and the installation."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from geo.doctor.findings import Finding
from geo.errors import ClusterError

Progress = Callable[[str], None]

CREATE_CLUSTER_CONF = Path("/etc/postgresql-common/createcluster.conf")
SYSTEM_CLUSTERS = Path("/etc/postgresql")
NO_SYSTEM_CLUSTER = "create_main_cluster = false"
_POSTGIS = re.compile(r"postgresql-(\d+)-postgis-(\d+)")
# What each release ships, for machines whose package lists are still empty.
_SHIPPED = {
    ("debian", "12"): "postgresql-15-postgis-3",
    ("debian", "13"): "postgresql-17-postgis-3",
    ("ubuntu", "22.04"): "postgresql-14-postgis-3",
    ("ubuntu", "24.04"): "postgresql-16-postgis-3",
    ("ubuntu", "26.04"): "postgresql-18-postgis-3",
}
_APT = ("apt-get", "-y", "-q", "-o", "DPkg::Lock::Timeout=120")


def has_apt() -> bool:
    """Whether this is Debian, Ubuntu or a child of theirs."""
    return shutil.which("apt-get") is not None


def _known_packages() -> frozenset[str]:
    if shutil.which("apt-cache") is None:
        return frozenset()
    done = subprocess.run(
        ["apt-cache", "pkgnames"],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    return frozenset(done.stdout.split())


def newest_postgis(names: Iterable[str]) -> str | None:
    """The newest ``postgresql-N-postgis-N`` among package names."""
    found = [match for name in names if (match := _POSTGIS.fullmatch(name))]
    best = max(found, key=lambda m: (int(m[1]), int(m[2])), default=None)
    return best[0] if best else None


def _release() -> tuple[str, str]:
    try:
        lines = Path("/etc/os-release").read_text("utf-8").splitlines()
    except OSError:
        return ("", "")
    pairs = dict(line.split("=", 1) for line in lines if "=" in line)
    return (pairs.get("ID", "").strip('"'), pairs.get("VERSION_ID", "").strip('"'))


def wanted_packages(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The packages of everything that is needed and missing, by this distribution's names."""
    wanted = dict.fromkeys(p for f in findings if f.needed and not f.ok for p in f.packages)
    if not wanted:
        return ()
    known = _known_packages()
    names = []
    for package in wanted:
        if package == "postgis":
            shipped = _SHIPPED.get(_release(), "postgresql-postgis")
            names.append(newest_postgis(known) or shipped)
        elif package == "chromium" and known and "chromium" not in known:
            names.append("chromium-browser")
        else:
            names.append(package)
    return tuple(names)


def _must_forbid_system_cluster(packages: Iterable[str]) -> bool:
    """Whether installing would make a system cluster nobody asked for."""
    if not any(_POSTGIS.fullmatch(p) or p == "postgresql-postgis" for p in packages):
        return False
    if SYSTEM_CLUSTERS.is_dir() and any(SYSTEM_CLUSTERS.glob("*/*/postgresql.conf")):
        return False  # the administrator runs PostgreSQL: not ours to configure
    try:
        text = CREATE_CLUSTER_CONF.read_text("utf-8")
    except OSError:
        return True
    return re.search(r"^\s*create_main_cluster\s*=", text, re.MULTILINE) is None


def _forbid_script() -> str:
    folder, conf = (
        shlex.quote(str(CREATE_CLUSTER_CONF.parent)),
        shlex.quote(str(CREATE_CLUSTER_CONF)),
    )
    return f"mkdir -p {folder} && echo {shlex.quote(NO_SYSTEM_CLUSTER)} >> {conf}"


def install_line(packages: Iterable[str]) -> str:
    """The one line to type; empty where there is nothing to install or no apt."""
    packages = tuple(packages)
    if not packages or not has_apt():
        return ""
    steps = [_forbid_script()] if _must_forbid_system_cluster(packages) else []
    steps += ["apt-get update", f"apt-get install -y --no-install-recommends {' '.join(packages)}"]
    script = " && ".join(steps)
    return f"sudo sh -c {shlex.quote(script)}"


def _root_prefix() -> list[str] | None:
    """How to become root without a question; None when it cannot be done."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    done = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)  # noqa: S607
    return ["sudo", "-n"] if done.returncode == 0 else None


def install(packages: Iterable[str], *, progress: Progress) -> bool:
    """Install packages; never makes a system cluster.

    Parameters
    ----------
    packages : iterable of str
        The distribution's names, from `wanted_packages`.
    progress : callable
        Gets a Japanese line at least every few seconds.

    Returns
    -------
    bool
        False when we may not become root (or there is no apt): `install_line` says what to type.

    Raises
    ------
    ClusterError
        When the installation itself fails; its last words are in the hint.
    """
    packages = tuple(packages)
    prefix = _root_prefix()
    if prefix is None or not has_apt():
        return False
    if _must_forbid_system_cluster(packages):
        _run([*prefix, "sh", "-c", _forbid_script()], "準備しています", progress)
    env = [
        *prefix,
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "UCF_FORCE_CONFFOLD=1",
        "LC_ALL=C.UTF-8",
    ]
    status = ("-o", "APT::Status-Fd=1")
    _run([*env, *_APT, *status, "update"], "入れられるものの一覧を取り寄せています", progress)
    # The lists are new: the name may be another one now than was guessed without them.
    newest = newest_postgis(_known_packages())
    names = [newest if newest and p.endswith(("-postgis", "-postgis-3")) else p for p in packages]
    keep = ("-o", "Dpkg::Options::=--force-confold", "--no-install-recommends")
    _run(
        [*env, *_APT, *status, *keep, "install", *names],
        f"{'、'.join(names)} を入れています",
        progress,
    )
    return True


def _run(command: list[str], what_ja: str, progress: Progress) -> None:
    """Run one step; its percentages become a line every two seconds."""
    progress(f"{what_ja}…")
    last_words: list[str] = []
    told = time.monotonic()
    with subprocess.Popen(  # noqa: S603
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            parts = line.rstrip("\n").split(":")
            if parts[0] in ("dlstatus", "pmstatus") and len(parts) > 2:
                if time.monotonic() - told > 2:
                    told = time.monotonic()
                    progress(f"{what_ja}… {float(parts[2]):.0f}%")
            elif line.strip():
                last_words = [*last_words[-7:], line.strip()]
    if process.returncode != 0:
        raise ClusterError(
            f"{shlex.join(command)} failed with {process.returncode}: {last_words}",
            message_ja=f"「{what_ja}」の途中で失敗しました。",
            hint_ja="\n".join(last_words[-3:]),
        )
