"""The door in front of screens above だれでも: loopback only, or a passphrase.

What the worker processes must share (the key that signs the session cookie, the count of failed
attempts) is made once in :func:`new_gate`, before the server forks; every worker then holds the
same key in its own memory and the same shared page of counters. Nothing of it is written down: a
restart asks everybody again.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from multiprocessing import Array
from typing import Any

from geo.errors import AudienceError, SettingsError
from geo.model.audience import Audience

SHORTEST_PASSPHRASE = 8
SESSION_HOURS = 12

_WINDOW_S = 60.0
_PER_CLIENT = 5
_IN_ALL = 30
_CLIENT_SLOTS = 64


class Attempts:
    """Failed attempts of the last minute, per client and in all, shared by all workers.

    Parameters
    ----------
    clock : Callable[[], float]
        Seconds, never going back; the same in every process of the machine.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._times: Any = Array("d", _CLIENT_SLOTS * _PER_CLIENT + _IN_ALL)

    def allowed(self, client: str) -> bool:
        """Whether this client may try now."""
        limit = self._clock() - _WINDOW_S
        with self._times.get_lock():
            return all(
                any(self._times[i] <= limit for i in slots)
                for slots in (self._client(client), self._all())
            )

    def failed(self, client: str) -> None:
        """Remember a failure in the place of the oldest one."""
        now = max(self._clock(), _WINDOW_S * 1e-9)
        with self._times.get_lock():
            for slots in (self._client(client), self._all()):
                self._times[min(slots, key=lambda i: self._times[i])] = now

    def _client(self, client: str) -> range:
        slot = int.from_bytes(hashlib.sha256(client.encode()).digest()[:4], "big") % _CLIENT_SLOTS
        return range(slot * _PER_CLIENT, (slot + 1) * _PER_CLIENT)

    def _all(self) -> range:
        return range(_CLIENT_SLOTS * _PER_CLIENT, _CLIENT_SLOTS * _PER_CLIENT + _IN_ALL)


@dataclass(frozen=True, slots=True)
class Gate:
    """Who may come in, decided before the server forks.

    Parameters
    ----------
    audience : Audience
    passphrase : str or None
        None: だれでも for everybody, anything above from this machine only.
    secret_key : bytes
        Signs the session cookie.
    """

    audience: Audience
    passphrase: str | None
    secret_key: bytes = field(repr=False, default_factory=lambda: secrets.token_bytes(32))
    attempts: Attempts | None = field(repr=False, default=None)

    @property
    def asks(self) -> bool:
        """Whether visitors are asked for the passphrase."""
        return self.audience > Audience.PUBLIC and self.passphrase is not None

    @property
    def loopback_only(self) -> bool:
        """Whether only this machine may come in."""
        return self.audience > Audience.PUBLIC and self.passphrase is None

    def opens(self, given: str) -> bool:
        """Compare in constant time; both sides hashed, so that lengths do not show."""
        wanted = hashlib.sha256((self.passphrase or "").encode()).digest()
        return self.passphrase is not None and hmac.compare_digest(
            hashlib.sha256(given.encode()).digest(), wanted
        )


def new_gate(audience: Audience, passphrase: str | None) -> Gate:
    """The gate of one server.

    Raises
    ------
    SettingsError
        When the passphrase is shorter than 8 characters.
    """
    if audience > Audience.PUBLIC and passphrase is not None:
        require_long_enough(passphrase)
    gate = Gate(audience, passphrase)
    return replace(gate, attempts=Attempts()) if gate.asks else gate


def require_long_enough(passphrase: str) -> None:
    """Refuse a passphrase that could be guessed.

    Raises
    ------
    SettingsError
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise SettingsError(
            "the passphrase is shorter than 8 characters",
            message_ja=f"合言葉は{SHORTEST_PASSPHRASE}文字以上にしてください。",
            hint_ja="思い出しやすい言葉を3つほどつなげると、長くて覚えやすくなります。",
        )


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine only."""
    name = host.strip().strip("[]").rstrip(".").lower()
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False


def is_this_machine(remote_addr: str | None, host: str) -> bool:
    """Whether a request comes from this machine, and under its own name.

    No other site may point a name of its own at us.

    Parameters
    ----------
    remote_addr : str or None
    host : str
        The ``Host`` of the request, with or without a port.
    """
    name = host if host.endswith("]") else host.rsplit(":", 1)[0]
    return is_loopback(remote_addr or "") and is_loopback(name)


def require_safe_host(audience: Audience, host: str, passphrase: str | None) -> None:
    """Refuse to show anything above だれでも to the network without a passphrase.

    Raises
    ------
    AudienceError
    """
    if audience > Audience.PUBLIC and passphrase is None and not is_loopback(host):
        raise AudienceError(
            f"audience {audience.word} on {host} without a passphrase",
            message_ja=f"「{audience.label_ja}」の画面は、合言葉なしではこのパソコンの中だけで開けます。",
            hint_ja=(
                "--host を外すか、8文字以上の合言葉を OTAKARA_PASSPHRASE に設定してから、"
                "もう一度始めてください。"
            ),
        )
