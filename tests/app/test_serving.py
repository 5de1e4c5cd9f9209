"""Where the server listens, and what it says about it."""

from __future__ import annotations

import socket

import pytest

from geo.errors import SettingsError
from geo.model.audience import Audience
from webmap import serving
from webmap.serving import address_of, frame, open_port


@pytest.fixture
def taken() -> int:
    """A port somebody else holds."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_the_next_port_is_tried_and_said(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "DEFAULT_PORT", taken)
    said: list[str] = []
    with open_port("127.0.0.1", None, say=said.append) as listener:
        assert listener.getsockname()[1] > taken
        assert address_of(listener) == f"http://127.0.0.1:{listener.getsockname()[1]}/"
    assert said[0] == f"ポート {taken} は、ほかで使われています。次を試します。"


def test_a_wished_port_is_that_port_or_none(taken: int) -> None:
    with pytest.raises(SettingsError) as refused:
        open_port("127.0.0.1", taken, say=print)
    assert refused.value.message_ja == f"ポート {taken} は、ほかで使われています。"


def test_a_host_of_another_machine_is_refused() -> None:
    with pytest.raises(SettingsError) as refused:
        open_port("192.0.2.1", 0, say=print)
    assert refused.value.message_ja == "192.0.2.1 では画面を開けません。"


def test_the_frame_says_where_for_whom_and_how_to_stop() -> None:
    text = frame("港市", "http://127.0.0.1:8000/", Audience.COUNCIL, everywhere=True, word="宝物")
    assert "港市の宝物マップを開けます" in text
    assert "見せる範囲：協議体まで" in text
    assert "ほかのパソコンからも" in text
    assert "Ctrl と C" in text
