"""However an address is spelled, it means the same place; and never one of another town."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from placing.ground import HOME, LON, TOWNS

from geo.model.audience import Placed
from geo.placing import AddressPlace, Gazetteer, VenuePlace

BASES = (
    "港町",
    "石津港町",
    "旭町",
    "西旭町",
    "新町",
    "三和",
    "四番町",
    "丸之内",
    "霞ケ関",
    "大覚寺",
    "十文字町",
)
PLAIN = ("宮本", "城之腰", "五ケ堀之内", "鰯ケ島", "一色")
KANJI = "〇一二三四五六七八九"


def _rows():
    """Every base has 1丁目 to 4丁目 of 30 blocks; every plain town 60 lots."""
    step = 0
    for base in BASES:
        for chome in range(1, 5):
            for number in range(1, 31):
                step += 1
                yield _lot(f"{base}{KANJI[chome]}丁目", number, step)
    for name in PLAIN:
        for number in range(1, 61):
            step += 1
            yield _lot(name, number, step)


def _lot(town, number, step):
    return AddressPlace(
        town, LON, 30 + step / 200, Placed.ADDRESS, "街区", number=str(number),
        prefecture="静岡県", municipality="みなと市",
    )  # fmt: skip


ROWS = tuple(_rows())
LATS = {(row.town, row.number): row.lat for row in ROWS}
TOWN = Gazetteer((), ROWS, [HOME])


def kanji(number):
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else KANJI[tens] + "十") + (
        KANJI[ones] if ones else ""
    )


def wide(text):
    return text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})


def keep(text):
    return text


lead = st.sampled_from(
    ["", "みなと市", "静岡県みなと市", "静岡県 みなと市 ", "〒425-0001 静岡県みなと市"]
)
town_spelling = st.sampled_from(
    [
        keep,
        lambda t: t.replace("ケ", "ヶ"),
        lambda t: t.replace("ケ", "が"),
        lambda t: t.replace("之", "の"),
        lambda t: t.replace("之", "ノ"),
    ]
)
tail = st.sampled_from(
    ["", " 山田ビル2階", "　２０１号室", "（旧役場）", "山田様方", "、ほか", " 3F"]
)
width = st.sampled_from([keep, wide])
house = st.integers(1, 40)


@st.composite
def chome_addresses(draw):
    base, chome, block = (
        draw(st.sampled_from(BASES)),
        draw(st.integers(1, 4)),
        draw(st.integers(1, 30)),
    )
    number = draw(house)
    spelled = draw(town_spelling)(base)
    rest = draw(
        st.sampled_from(
            [
                f"{chome}-{block}-{number}",
                f"{chome}ー{block}−{number}",
                f"{chome}丁目{block}-{number}",
                f"{chome}丁目{block}番{number}号",
                f"{chome}丁目 {block} 番 {number} 号",
                f"{chome}丁目{block}番地の{number}",
                f"{chome}丁目{block}の{number}",
                f"{KANJI[chome]}丁目{block}番{number}号",
                f"{KANJI[chome]}丁目{kanji(block)}番{kanji(number)}号",
                f" {chome} - {block} - {number}",
                f"{chome}丁目{block}番地",
            ]
        )
    )
    text = draw(lead) + spelled + draw(width)(rest) + draw(tail)
    return text, (f"{base}{KANJI[chome]}丁目", str(block))


@st.composite
def plain_addresses(draw):
    name, number, branch = draw(st.sampled_from(PLAIN)), draw(st.integers(1, 60)), draw(house)
    spelled = draw(st.sampled_from(["", "大字"])) + draw(town_spelling)(name)
    rest = draw(
        st.sampled_from(
            [
                f"{number}-{branch}",
                f"{number}番地{branch}",
                f"{number}番地の{branch}",
                f"{number}の{branch}",
                f"{number}番地",
                f"{number}",
                f"{kanji(number)}番地",
                f"{kanji(number)}番地の{kanji(branch)}",
            ]
        )
    )
    return draw(lead) + spelled + draw(width)(rest) + draw(tail), (name, str(number))


@given(st.one_of(chome_addresses(), plain_addresses()))
def test_every_spelling_finds_its_lot(case):
    text, key = case
    place = TOWN.find(name="", venue=None, address=text).place
    assert place is not None
    assert (place.placed, place.lat) == (Placed.ADDRESS, LATS[key])


@given(
    st.one_of(chome_addresses(), plain_addresses()),
    st.sampled_from(["となり市", "静岡県となり市", "愛知県みなと市"]),
)
def test_no_address_of_another_municipality_is_found_here(case, other):
    text, _ = case
    bare = text.split("みなと市")[-1].strip()
    finding = TOWN.find(name="", venue=None, address=other + bare)
    if "〒" not in bare:
        assert finding.place is None
        assert finding.candidates == ()


@given(st.one_of(chome_addresses(), plain_addresses()), st.sampled_from("東西南北上下中大小本新元"))
def test_a_town_that_ends_or_begins_like_another_is_another(case, more):
    """Unless the town with one letter more is a town, too."""
    text, (town, _) = case
    bare = text.split("みなと市")[-1].strip()
    if "〒" in bare or more + town[:-3] in BASES or more + town in PLAIN:
        return
    assert TOWN.find(name="", venue=None, address=more + bare).candidates == ()


FAR = AddressPlace(
    "港町一丁目", LON, 40.0, Placed.ADDRESS, "街区", number="1",
    prefecture="静岡県", municipality="となり市",
)  # fmt: skip
BOTH = Gazetteer((), (*ROWS, FAR), [HOME])


@given(chome_addresses())
def test_a_gazetteer_of_two_towns_never_mixes_them(case):
    text, key = case
    assert BOTH.find(name="", venue=None, address=text).place.lat == LATS[key]


NAMES = st.text("港旭新町本中会館公民センター東西ー 　市立県2階（）ア", min_size=1, max_size=12)


@given(st.lists(NAMES, min_size=1, max_size=6, unique=True), NAMES)
def test_a_venue_is_found_by_its_own_name(names, asked):
    venues = [VenuePlace(name, LON, 35 + n / 10, TOWNS) for n, name in enumerate(names)]
    at = Gazetteer(venues, (), [HOME])
    for venue in venues:
        finding = at.find(name="", venue=venue.name, address=None)
        assert venue.name.strip() in [
            c.matched for c in finding.candidates
        ] or not venue.name.strip(" 　（）ー")
    place = at.find(name="", venue=asked, address=None).place
    assert place is None or place.matched in [venue.name.strip() for venue in venues]


PLAIN_NAMES = st.text("港旭新本中山会堂館荘", min_size=2, max_size=6)


@given(st.lists(PLAIN_NAMES, min_size=1, max_size=6, unique=True), PLAIN_NAMES)
def test_a_plain_name_finds_itself_alone(names, asked):
    venues = [VenuePlace(name, LON, 35 + n / 10, TOWNS) for n, name in enumerate(names)]
    place = Gazetteer(venues, (), [HOME]).find(name="", venue=asked, address=None).place
    assert (place.matched if place else None) == (
        asked if asked in names and asked != "会館" else None
    )


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=80), st.text(max_size=20))
def test_no_words_break_it(name, venue, address, area):
    finding = TOWN.find(name=name, venue=venue, address=address, area=area)
    assert (finding.place is None) == bool(finding.why_ja)
    assert finding.place is None or finding.candidates == (finding.place,)
