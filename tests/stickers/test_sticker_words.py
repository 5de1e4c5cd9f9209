"""What a sticker and a meeting file may say; everything else is refused without being quoted."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stickers.conftest import hexed, meeting_file, sticker

from geo.errors import HostileFileError
from geo.model.sticker import MEETING_FILE_BYTES, MOST_IN_FILE, Sticker, StickerState, read_meeting


def encoded(words: dict[str, Any]) -> bytes:
    return json.dumps(words, ensure_ascii=False).encode()


def changed(**words: Any) -> bytes:
    """A meeting file with one sticker that says something else."""
    file = meeting_file(1)
    file["stickers"][0] |= words
    return encoded(file)


def test_a_meeting_file_becomes_stickers() -> None:
    one, two = read_meeting(encoded(meeting_file(1, 2))).as_stickers()
    assert (one.id, one.letter, one.word) == (hexed(1), "い", "ことばい")
    assert (two.level, two.code, two.area, two.meeting) == ("quarter", "q1", "南西区", hexed(77))
    assert one.met_at.isoformat() == "2026-11-21T05:05:00+00:00"
    assert one.state is StickerState.NEW
    assert read_meeting(encoded(meeting_file())).stickers == ()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b"\xff\xfe\x00",
        b"PK\x03\x04",
        b"[" * 100_000,
        encoded(meeting_file(1, format="other")),
        encoded(meeting_file(1, version="1")),
        encoded(meeting_file(1, more=1)),
        encoded(meeting_file(1, meeting="../../etc/passwd")),
        encoded(meeting_file(1, area={"level": "q", "code": "q1"})),
        encoded(meeting_file(1, area={"level": "", "code": "q1", "name": "a"})),
        encoded(meeting_file(*range(MOST_IN_FILE + 1))),
        changed(id="../../x"),
        changed(id=hexed(1).upper().replace("0", "A")),
        changed(letter="A"),
        changed(letter="あ\u0000"),
        changed(word="あ" * 61),
        changed(word="あ" * 10_000),
        changed(word="秘密の会\n=cmd"),
        changed(word="秘密の会\u0000"),
        changed(word="秘密の会\u202egnp"),
        changed(lon=181),
        changed(lat=-90.01),
        changed(lon=1e400),
        changed(lat="36"),
        changed(at="きのう"),
        changed(at="2026-11-21T05:05:00"),
        changed(at="0001-01-01T00:00:00+14:00"),
        changed(at="9999-12-31T23:59:59-14:00"),
        changed(secret=hexed(3)),
        encoded(meeting_file(1)).replace(b"138.", b"NaN"),
        b'{"word":"\\ud800"}',
    ],
    ids=range(33),
)
def test_what_is_no_meeting_file_is_refused(content: bytes) -> None:
    with pytest.raises(HostileFileError) as refused:
        read_meeting(content)
    assert "秘密" not in f"{refused.value} {refused.value.sentence_ja}"
    assert "ファイル" in refused.value.message_ja


def test_a_file_of_another_version_is_told_so() -> None:
    with pytest.raises(HostileFileError, match="another version") as refused:
        read_meeting(encoded(meeting_file(1, version=2)))
    assert "別の版" in refused.value.message_ja


def test_size_is_looked_at_first() -> None:
    with pytest.raises(HostileFileError, match="too large"):
        read_meeting(b" " * (MEETING_FILE_BYTES + 1))


@pytest.mark.parametrize(
    "word", ["", "<script>alert(1)</script>", "=cmd|'/c calc'!A0", "ﾊﾟﾝ屋🍞", "'"]
)
def test_words_are_only_words(word: str) -> None:
    (one,) = read_meeting(changed(word=word)).as_stickers()
    assert one.word == word
    assert one.name == (word or "「い」")


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    with pytest.raises(HostileFileError):
        read_meeting(content)


@given(st.text(max_size=80))
def test_any_word_is_kept_as_it_is_or_refused(word: str) -> None:
    try:
        (one,) = read_meeting(changed(word=word)).as_stickers()
    except (HostileFileError, UnicodeEncodeError):
        return
    assert one.word == word.strip()
    assert len(one.word.splitlines()) <= 1
    assert msgspec.json.decode(msgspec.json.encode(one), type=Sticker) == one


def test_states_have_words() -> None:
    assert {state: state.is_open for state in StickerState} == {
        StickerState.NEW: True,
        StickerState.ASKED: True,
        StickerState.DONE: False,
        StickerState.DROPPED: False,
    }
    assert sticker(word="朝市").name == "朝市"
