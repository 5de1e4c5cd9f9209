"""Readings above kanji: by hand, and what holds for every name."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from webmap.furigana import ruby

BY_HAND = {
    ("港町おとこの台所", "ミナトマチオトコノダイドコロ"): "港町{みなとまち}おとこの台所{だいどころ}",
    ("港町おとこの台所", "ﾐﾅﾄﾏﾁｵﾄｺﾉﾀﾞｲﾄﾞｺﾛ"): "港町{みなとまち}おとこの台所{だいどころ}",
    ("港町おとこの台所", "みなとまち　おとこの　だいどころ"): "港町{みなとまち}おとこの台所{だいどころ}",
    ("いきいきサロン", "イキイキサロン"): "いきいきサロン",
    ("ふれあい交流会", "フレアイコウリュウカイ"): "ふれあい交流会{こうりゅうかい}",
    ("お茶のみ場", "オチャノミバ"): "お茶{ちゃ}のみ場{ば}",
    ("髙橋さん家の縁側", "タカハシサンチノエンガワ"): "髙橋{たかはし}さん家{ち}の縁側{えんがわ}",
    ("佐々木さんち", "ササキサンチ"): "佐々木{ささき}さんち",
    ("茅ヶ崎の会", "チガサキノカイ"): "茅ヶ崎{ちがさき}の会{かい}",
    ("霞ケ関サロン", "カスミガセキサロン"): "霞ケ関{かすみがせき}サロン",
    ("折り紙サロン", "オリガミサロン"): "折{お}り紙{がみ}サロン",
    ("生き生き", "イキイキ"): "生{い}き生{い}き",
    ("野の花の会", "ノノハナノカイ"): "野{の}の花{はな}の会{かい}",
    ("ﾐﾅﾄ ｻﾛﾝ", "ミナトサロン"): "ﾐﾅﾄ ｻﾛﾝ",
    ("ﾗｼﾞｵ体操", "ラジオタイソウ"): "ﾗｼﾞｵ体操{たいそう}",
    ("100歳体操", "ヒャクサイタイソウ"): "100歳体操{ひゃくさいたいそう}",
    ("１００歳体操", "100サイタイソウ"): "１００歳体操{さいたいそう}",
    ("サロン3", "サロンサン"): "サロン3{さん}",
    ("ケアSUN", "ケアサン"): "ケアSUN{さん}",
    ("ケアSUN", "ケアSUN"): "ケアSUN",
    ("サークル虹", "ｻ-ｸﾙﾆｼﾞ"): "サークル虹{にじ}",
    ("港町 東の会", "ミナトマチ ヒガシノカイ"): "港町{みなとまち} 東{ひがし}の会{かい}",
    ("港町・東町", "ミナトマチヒガシマチ"): "港町・東町{みなとまちひがしまち}",
    ("港町・東町", "ミナトマチ・ヒガシマチ"): "港町{みなとまち}・東町{ひがしまち}",
    ("「虹」の会", "ニジノカイ"): "「虹{にじ}」の会{かい}",
    ("朝市（立ち話）", "アサイチ タチバナシ"): "朝市{あさいち}（立{た}ち話{ばなし}）",
    # A reading cannot begin with a small sound, so these fit in one way only.
    ("木者", "きしゃ"): "木者{きしゃ}",
    ("き者", "キョシャ"): "き者{きょしゃ}",
    # More than one way: what can be divided in several ways stays undivided.
    ("なごみ編み物の会", "ナゴミアミモノノカイ"): "なごみ編{あ}み物の会{もののかい}",
    ("森前草刈り応援団", "モリマエクサカリオウエンダン"): "森前草刈り応援団{もりまえくさかりおうえんだん}",
    # None: the whole name carries the whole reading.
    ("子の子の子", "コノノノノコ"): "子の子の子{こののののこ}",
    ("港町サロン", "ヒガシマチクラブ"): "港町サロン{ひがしまちくらぶ}",
    # What is no reading is not shown.
    ("港町サロン", "港町サロン"): "港町サロン",
    ("港町サロン", "・・・"): "港町サロン",
    ("港町サロン", ""): "港町サロン",
    ("港町サロン", None): "港町サロン",
    ("", "カナ"): "",
    ("！？", "カナ"): "！？",
}  # fmt: skip


def shown(name: str, kana: str | None) -> str:
    return "".join(base + (f"{{{read}}}" if read else "") for base, read in ruby(name, kana))


@pytest.mark.parametrize(("given_name", "expected"), BY_HAND.items(), ids=str)
def test_by_hand(given_name: tuple[str, str | None], expected: str) -> None:
    assert shown(*given_name) == expected


KANA = st.text("あいかきくこのはひさしすょっんー", min_size=1, max_size=8)
KANJI = st.text("港町東会台所家々", min_size=1, max_size=3)
ANY = st.text(
    st.sampled_from("港町のはサ々ー 3A（）\U00020b9f\u3099👵") | st.characters(codec="utf-8")
)


def folded(text: str) -> str:
    wide = unicodedata.normalize("NFKC", text).lower()
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in wide)


@given(ANY, ANY | st.none())
@example("々", "々")
@example("か\u3099", "か\u3099")
def test_the_pieces_are_the_name_and_readings_are_kana(name: str, kana: str | None) -> None:
    pieces = ruby(name, kana)
    assert "".join(base for base, _ in pieces) == name
    assert all(base for base, _ in pieces)
    assert all(reading is None or reading for _, reading in pieces)


@given(st.lists(st.tuples(KANJI, KANA, KANA), min_size=1, max_size=4), st.booleans())
def test_what_is_read_is_the_reading(parts: list[tuple[str, str, str]], katakana: bool) -> None:
    """A name of kanji and kana by turns with its true reading: nothing is lost, nothing added."""
    name = "".join(kanji + kana for kanji, _, kana in parts)
    heard = "".join(reading + kana for _, reading, kana in parts)
    given_kana = "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in heard)
    pieces = ruby(name, given_kana if katakana else heard)
    assert "".join(reading or folded(base) for base, reading in pieces) == heard
    if len(pieces) > 1:  # held in place: no kana of the name carries a reading
        assert all(reading is None for base, reading in pieces if folded(base) == base != name
                   and all("ぁ" <= c <= "ー" for c in base))  # fmt: skip


@pytest.mark.parametrize(
    ("name", "kana"),
    [
        ("の会" * 100, "のか" * 300),
        ("野の" * 100, "の" * 600),
        ("野の" * 100, "の" * 300 + "か" + "の" * 300),
        ("のa" * 100, "の" * 600),
        ("野" * 200, "の" * 600),
        ("野っ" * 100, "のっ" * 300),
    ],
)
def test_work_grows_with_the_length_only(
    monkeypatch: pytest.MonkeyPatch, name: str, kana: str
) -> None:
    """No trying of every way: each part is looked for once from either end."""
    from webmap import furigana

    looked = []
    find = furigana._find
    monkeypatch.setattr(
        furigana, "_find", lambda *args, **more: (looked.append(1), find(*args, **more))[1]
    )
    assert "".join(base for base, _ in ruby(name, kana)) == name
    assert len(looked) <= 2 * len(name)
