"""What is sealed opens with its passphrase only, and shows nothing before."""

from __future__ import annotations

import json

import pytest
from cryptography.exceptions import InvalidTag

from webmap.offline.sealing import ITERATIONS, seal, unseal

SECRET = "カナリア 会 000-111".encode()


def test_opens_with_the_passphrase_however_it_was_typed() -> None:
    sealed = seal(SECRET, "パスﾌﾚｰｽ１２３")
    assert unseal(sealed, "パスフレース123") == SECRET
    assert json.loads(sealed)["iterations"] == ITERATIONS == 600_000


def test_nothing_else_opens_it() -> None:
    sealed = seal(SECRET, "himitsu-no-chizu")
    with pytest.raises(InvalidTag):
        unseal(sealed, "himitsu-no-chizv")
    parts = json.loads(sealed)
    with pytest.raises(InvalidTag):
        unseal(json.dumps(parts | {"sealed": "AAAA" + parts["sealed"][4:]}), "himitsu-no-chizu")
    assert SECRET not in sealed.encode()


def test_no_two_files_share_a_key_or_a_nonce() -> None:
    first, second = (json.loads(seal(b"x", "himitsu-no-chizu")) for _ in range(2))
    assert first["salt"] != second["salt"]
    assert first["nonce"] != second["nonce"]
