"""The web server: finds a free port, says where it is, serves until Ctrl-C."""

from __future__ import annotations

import ctypes
import errno
import gc
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import SettingsError
from geo.model.audience import Audience
from geo.settings import Settings
from webmap.passphrase import new_gate, require_safe_host

if TYPE_CHECKING:
    from flask import Flask

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8000
PORTS_TRIED = 20
WORKERS = 2
THREADS = 4

# mallopt's names in glibc's malloc.h
_M_TRIM_THRESHOLD, _M_TOP_PAD, _M_MMAP_THRESHOLD = -1, -2, -3


def open_port(host: str, port: int | None, *, say: Callable[[str], None]) -> socket.socket:
    """Listen on the wished port, or on the first free one from 8000 on when none was wished.

    Raises
    ------
    SettingsError
        When the wished port is taken, none is free, or the host is not of this machine.
    """
    first = DEFAULT_PORT if port is None else port
    for number in range(first, first + (PORTS_TRIED if port is None else 1)):
        try:
            return _listen(host, number)
        except OSError as error:
            if error.errno == errno.EADDRINUSE and port is None:
                say(f"ポート {number} は、ほかで使われています。次を試します。")
                continue
            raise _cannot_listen(host, number, error) from error
    last = first + PORTS_TRIED - 1
    raise SettingsError(
        f"no free port in {first}..{last}",
        message_ja=f"ポート {first}〜{last} は、すべてほかで使われています。",
        hint_ja="--port で、空いているポートの番号を指定してください。",
    )


def _listen(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(
        host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener


def _cannot_listen(host: str, port: int, error: OSError) -> SettingsError:
    if error.errno == errno.EADDRINUSE:
        message = f"ポート {port} は、ほかで使われています。"
        hint = (
            "--port で別の番号を指定するか、--port を外してください（空いている番号を探します）。"
        )
    elif error.errno == errno.EACCES:
        message = f"ポート {port} を使う権限がありません。"
        hint = "1024 以上の番号を --port に指定してください。"
    else:
        message = f"{host} では画面を開けません。"
        hint = (
            "--host には、このパソコンの名前か番号（すべてのネットワークなら 0.0.0.0）を"
            "指定してください。"
        )
    return SettingsError(
        f"cannot listen on {host}:{port}: {error}", message_ja=message, hint_ja=hint
    )


def address_of(listener: socket.socket) -> str:
    """What to type into the browser on this machine."""
    name = listener.getsockname()
    host, port = str(name[0]), int(name[1])
    if host in {"0.0.0.0", "::"}:  # noqa: S104 -- what we listen on; the frame says so
        host = "127.0.0.1"
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def frame(title: str, address: str, audience: Audience, *, everywhere: bool, word: str) -> str:
    """The lines that tell where the map is and how to stop."""
    from rich.cells import cell_len

    lines = [
        f"{title}の{word}マップを開けます",
        "",
        f"  {address}",
        "",
        f"見せる範囲：{audience.label_ja}",
    ]
    if everywhere:
        lines.append("同じネットワークのほかのパソコンからも開けます。")
    lines.append("終わるとき：この画面で Ctrl と C をいっしょに押します。")
    width = max(cell_len(line) for line in lines)
    body = [f"│ {line}{' ' * (width - cell_len(line))} │" for line in lines]
    bar = "─" * (width + 2)
    return "\n".join([f"╭{bar}╮", *body, f"╰{bar}╯"])


def settle_memory() -> None:
    """Take what stands now out of the garbage collector's rounds, and make the rounds rarer.

    A page of a thousand treasures makes tens of thousands of values at once; a full round in the
    middle of it walks through the whole program and finds nothing. Before the fork, so that the
    workers share these pages of memory.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 20)
    _keep_freed_memory()


def _keep_freed_memory() -> None:
    """Let glibc keep some of the memory a drawn page leaves, for the next one.

    Otherwise every large page asks the kernel for its megabytes anew, and a fifth of its time
    goes into a thousand page faults. A C library without ``mallopt`` stays as it is.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):
        return
    for parameter, size_bytes in (
        (_M_TRIM_THRESHOLD, 64 * 1024 * 1024),
        (_M_TOP_PAD, 16 * 1024 * 1024),
        (_M_MMAP_THRESHOLD, 32 * 1024 * 1024),  # the most that glibc takes
    ):
        mallopt(parameter, size_bytes)


def serve(
    settings: Settings,
    *,
    audience: Audience,
    host: str,
    listener: socket.socket,
    announce: Callable[[], None],
) -> None:
    """Serve until the process is asked to stop; raises ``SystemExit`` then.

    Parameters
    ----------
    settings : Settings
    audience : Audience
        Checked against the host once more: nothing above だれでも listens openly.
    host : str
        What ``listener`` is bound to.
    listener : socket.socket
        From :func:`open_port`.
    announce : Callable[[], None]
        Called once, when the server is ready.

    Raises
    ------
    AudienceError, SettingsError
    """
    require_safe_host(audience, host, settings.passphrase)
    gate = new_gate(audience, settings.passphrase)

    from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]
    from gunicorn.http import wsgi  # type: ignore[import-untyped]

    from webmap.app import create_app

    # What runs here is nobody's business.
    wsgi.SERVER = "otakara"
    master = os.getpid()
    # Gunicorn closes this number itself; our socket object must not close it a second time.
    number = listener.detach()

    class TownServer(BaseApplication):  # type: ignore[misc]
        """Gunicorn with our options and nothing read from files or the command line."""

        def load_config(self) -> None:
            options: dict[str, Any] = {
                "bind": f"fd://{number}",
                "workers": WORKERS,
                "threads": THREADS,
                "worker_class": "gthread",
                "preload_app": True,
                "loglevel": "warning",
                "accesslog": None,  # who looked at what is not written down
                "control_socket_disable": True,
                "graceful_timeout": 5,
                "keepalive": 5,
                "limit_request_line": 4094,
                "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,  # noqa: S108
                "post_worker_init": announce_once,
                "worker_exit": leave_at_once,
            }
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Flask:
            app = create_app(settings, audience=audience, gate=gate)
            settle_memory()
            return app

    def announce_once(worker: Any) -> None:
        # The first worker answers from here on; a replacement of a dead one stays silent.
        if worker.age == 1 and worker.ppid == master:
            announce()

    def leave_at_once(_arbiter: Any, _worker: Any) -> None:
        # A worker ends here: what comes after `serve` (stopping the cluster, tearing down a copy
        # of the whole program) is the first process's business.
        ending = sys.exc_info()[1]
        code = ending.code if isinstance(ending, SystemExit) else 0
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 0)

    TownServer().run()
