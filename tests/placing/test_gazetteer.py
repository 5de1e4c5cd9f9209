"""What a record's words mean in a town one can hold in the head; nothing is ever guessed."""

from __future__ import annotations

import pytest
from placing.ground import (
    ADDRESSES,
    BLOCKS,
    HALLS,
    HOME,
    LON,
    TOWNS,
    VENUES,
    gazetteer,
    hall,
    lot,
    town,
)

from geo.model.audience import Placed
from geo.placing import Candidate, Finding, Gazetteer, MunicipalityName, VenuePlace, apart_m
from geo.placing.venue_words import VenueWords

TOWN = gazetteer()


def find(venue=None, address=None, *, name="さくら会", area=None, at=TOWN):
    return at.find(name=name, venue=venue, address=address, area=area)


def placed(finding):
    """(how, matched, latitude), or None."""
    one = finding.place
    return None if one is None else (one.placed, one.matched, one.lat)


def test_apart_is_worked_out_by_hand():
    """0.01 degrees of latitude are 1,113.2 m; of longitude at 60 degrees north half of that."""
    assert apart_m(138.0, 35.0, 138.0, 35.01) == pytest.approx(1113.2, abs=0.1)
    assert apart_m(138.0, 60.0, 138.01, 60.0) == pytest.approx(556.6, abs=0.1)


@pytest.mark.parametrize(
    ("venue", "matched"),
    [
        ("港地域交流センター", "港地域交流センター"),
        ("港地域交流ｾﾝﾀｰ", "港地域交流センター"),
        (" 港 地域交流センター　2階 大会議室 ", "港地域交流センター"),
        ("港地域交流センター（2階和室）", "港地域交流センター"),
        ("港地域交流センター 第1会議室", "港地域交流センター"),
        ("港地域交流センター3F", "港地域交流センター"),
        ("みなと市港地域交流センター", "港地域交流センター"),
        ("静岡県みなと市立港地域交流センター", "港地域交流センター"),
        ("市立港地域交流センター", "港地域交流センター"),
        ("本町福祉会館", "本町福祉会館（ほほえみ）"),
        ("本町福祉会館 ほほえみ", "本町福祉会館（ほほえみ）"),
        ("ほほえみ", "本町福祉会館（ほほえみ）"),
        ("総合病院", "市立総合病院"),
        ("みなと市立総合病院 1階ロビー", "市立総合病院"),
        ("旭町公民館", "旭町公民館"),
        ("うみのいえ　はま", "海の家"),
    ],
)
def test_a_hall_by_its_name(venue, matched):
    assert placed(find(venue))[:2] == (Placed.VENUE, matched)


@pytest.mark.parametrize(
    "venue",
    [
        "港", "地域交流センター", "交流センター", "石津港地域交流センター", "港地域交流センター前",
        "港地域交流センター駐車場", "港地域交流センター祭り", "港地域交流センター・旭町公民館", "町公民館",
        "県立総合病院", "市立図書館", "図書館", "本町", "病院", "静岡県立総合病院", "集会所", "会館",
    ],
)  # fmt: skip
def test_a_part_of_a_name_is_no_name(venue):
    assert find(venue).place is None


def test_the_kind_of_a_renamed_hall_is_asked_about():
    finding = find("港公民館")
    assert finding.place is None
    assert [c.matched for c in finding.candidates] == ["港地域交流センター"]
    assert finding.why_ja == "「港公民館」は、「港地域交流センター」のことでしょうか。"


def test_the_kind_of_a_renamed_hall_is_taken_where_the_town_agrees():
    assert placed(find("港公民館", "石津港町")) == (Placed.VENUE, "港地域交流センター", 35.0)
    assert placed(find("港公民館", "石津港町40の1"))[:2] == (Placed.VENUE, "港地域交流センター")


def test_another_lot_in_the_same_town_is_another_hall():
    """石津港町41 is where the record says it is, so that its 港公民館 is not the hall at 40-1."""
    assert placed(find("港公民館", "石津港町41")) == (Placed.ADDRESS, "石津港町41", 35.0008)


def test_the_town_left_out_of_a_name_is_asked_about():
    assert find("文化会館").why_ja == "「文化会館」は、「みなと文化会館」のことでしょうか。"
    assert placed(find("文化会館", "本町5-1"))[:2] == (Placed.VENUE, "みなと文化会館")


def test_a_bare_kind_of_hall_needs_its_lot():
    assert find("公民館").place is None
    assert placed(find("公民館", "旭町7"))[1] == "みなと市旭町7"


def test_a_name_of_people_is_no_hall():
    assert find(name="ほほえみ").place is None
    assert find(name="海の家").place is None
    assert placed(find(name="港地域交流センター"))[:2] == (Placed.VENUE, "港地域交流センター")
    assert placed(find(name="ほほえみ", address="本町2-16-32"))[1] == "本町福祉会館（ほほえみ）"
    # The 町丁目 alone is no proof that the group of that name meets in the hall of that name.
    assert placed(find(name="ほほえみ", address="本町二丁目"))[0] is Placed.BLOCK


def test_a_name_counts_less_beside_another_building():
    finding = find("中央体育館", name="港地域交流センター")
    assert finding.place is None
    assert [c.matched for c in finding.candidates] == ["港地域交流センター"]


def test_what_stands_in_brackets_may_be_another_place():
    finding = find("港地域交流センター（旭町公民館）")
    assert finding.place is None
    assert {c.matched for c in finding.candidates} == {"港地域交流センター", "旭町公民館"}


@pytest.mark.parametrize(
    ("address", "how", "matched"),
    [
        ("石津港町40-1", Placed.ADDRESS, "静岡県みなと市石津港町40-1"),
        ("静岡県みなと市石津港町４０番地の１", Placed.ADDRESS, "静岡県みなと市石津港町40-1"),
        ("みなと市石津港町40-2", Placed.ADDRESS, "石津港町40"),
        ("石津港町41番地", Placed.ADDRESS, "石津港町41"),
        ("石津港町99", Placed.BLOCK, "石津港町"),
        ("石津港町", Placed.BLOCK, "石津港町"),
        ("大字石津港町99", Placed.BLOCK, "石津港町"),
        ("本町2-17-5", Placed.ADDRESS, "本町二丁目17"),
        ("本町２丁目１７", Placed.ADDRESS, "本町二丁目17"),
        ("本町2-17", Placed.ADDRESS, "本町二丁目17"),
        ("本町2", Placed.BLOCK, "本町二丁目"),
        ("本町二丁目", Placed.BLOCK, "本町二丁目"),
        ("旭町甲8-3", Placed.ADDRESS, "旭町甲8"),
        ("宮本字上原12", Placed.BLOCK, "宮本"),
        ("八楠2番地", Placed.ADDRESS, "八楠2"),
        ("八楠2-5-1", Placed.ADDRESS, "八楠二丁目5"),
        ("八楠二丁目9", Placed.BLOCK, "八楠二丁目"),
    ],
)
def test_an_address(address, how, matched):
    assert placed(find(address=address))[:2] == (how, matched)


@pytest.mark.parametrize(
    "address",
    [
        "港町40-1", "石津40-1", "津港町40-1", "石津港40-1", "石津港町東40-1", "町7", "栄旭町7", "旭7", "本町3-1",
        "本町16-32", "藤枝市旭町7", "愛知県みなと市旭町7", "静岡県藤枝市旭町7", "となり町旭町7", "旭町公園", "40-1",
    ],
)  # fmt: skip
def test_an_address_of_another_town_is_none(address):
    assert find(address=address).place is None


def test_a_name_twice_is_never_guessed():
    finding = find(address="新町5")
    assert finding.place is None
    assert [c.lat for c in finding.candidates] == [35.1, 35.2]
    assert finding.why_ja == "「新町5」は、2か所にあります。"


def test_a_number_that_may_be_a_chome_is_never_guessed():
    """八楠2 may be 八楠 2番地 (known) or 八楠二丁目 (the 丁目 only): the exact one is meant."""
    assert placed(find(address="八楠2"))[:2] == (Placed.ADDRESS, "八楠2")
    # 八楠2-5: 2丁目5番 and 2番地の5 are both there.
    finding = find(address="八楠2-5")
    assert finding.place is None
    assert [c.matched for c in finding.candidates] == ["八楠二丁目5", "八楠2"]
    assert finding.why_ja == "「八楠2-5」は、「八楠二丁目5」か「八楠2」のどれか分かりません。"


def test_a_town_of_chomes_without_one():
    finding = find(address="みなと市本町")
    assert finding == Finding(
        None, (), "「本町」は2丁目、5丁目のどれか分かりません（住所「みなと市本町」）。"
    )


def test_venue_and_address_far_apart_are_a_question():
    finding = find("港地域交流センター", "旭町7")
    assert finding.place is None
    assert [(c.placed, c.matched) for c in finding.candidates] == [
        (Placed.VENUE, "港地域交流センター"),
        (Placed.ADDRESS, "みなと市旭町7"),
    ]
    assert (
        finding.why_ja == "「港地域交流センター」と住所「みなと市旭町7」は、5.6kmはなれています。"
    )


@pytest.mark.parametrize(
    "address", ["となり市本町9", "静岡県となり市本町9", "愛知県みなと市本町9", "となり郡となり町9"]
)
def test_a_hall_of_our_name_in_another_municipality(address):
    finding = find("総合病院", address)
    assert finding.place is None
    assert finding.why_ja == (
        f"住所「{address}」は、この町の外のようです。「市立総合病院」でよいか、確かめてください。"
    )


@pytest.mark.parametrize(
    "address",
    ["みなと市山町9", "山町9", "市場町3", "静岡県山町9", "", "電話で聞く", "静岡県", "みなと市"],
)
def test_an_address_nobody_knows_does_not_speak_against_a_hall(address):
    assert placed(find("総合病院", address))[:2] == (Placed.VENUE, "市立総合病院")


def test_a_town_reaches_as_far_as_it_is_known_to():
    """港地域交流センター is at 35.000; 1.1 km away a 町丁目 that reaches 400 m cannot hold it."""
    near = Gazetteer(VENUES, [town("浜町", 35.008)], [HOME])
    far = Gazetteer(VENUES, [town("浜町", 35.010)], [HOME])
    assert placed(find("港地域交流センター", "浜町3", at=near))[0] is Placed.VENUE
    assert find("港地域交流センター", "浜町3", at=far).place is None


def test_two_halls_of_one_name_are_told_apart_by_the_address():
    two = Gazetteer(
        [hall("中央会館", 35.0, "みなと市旭町7"), hall("中央会館", 35.2, "みなと市新町3")],
        ADDRESSES,
        [HOME],
    )
    assert find("中央会館", at=two).why_ja == "「中央会館」は、2か所にあります。"
    assert placed(find("中央会館", "新町3", at=two)) == (Placed.VENUE, "中央会館", 35.2)
    assert placed(find("中央会館", area="宮本", at=two)) is None


def test_lists_that_contradict_each_other_are_a_question():
    """0.002 degrees are 223 m; within 100 m the list that stands first gives the point."""
    lists = [
        VenuePlace("中央会館", LON, 35.0, "一覧A"),
        VenuePlace("中央会館", LON, 35.002, "一覧B"),
    ]
    finding = find("中央会館", at=Gazetteer(lists))
    assert finding.place is None
    assert finding.why_ja == "「中央会館」の位置が、「一覧A」と「一覧B」で220mちがいます。"
    near = [lists[0], VenuePlace("中央会館", LON, 35.0008, "一覧B")]
    assert find("中央会館", at=Gazetteer(near)).place == Candidate(
        LON, 35.0, Placed.VENUE, "中央会館", "一覧A"
    )


def test_whose_it_is_counts_where_every_town_has_one():
    both = Gazetteer([hall("県立図書館", 35.0), hall("市立図書館", 35.1)], (), [HOME])
    assert placed(find("県立図書館", at=both))[1] == "県立図書館"
    assert placed(find("みなと市立図書館", at=both))[1] == "市立図書館"
    assert placed(find("図書館", at=both))[1] == "市立図書館"
    school = Gazetteer([hall("（県）みなと水産高等学校", 35.0)], (), [HOME])
    assert placed(find("みなと水産高校", at=school))[1] == "（県）みなと水産高等学校"


def test_the_large_aza_is_kept_apart_where_both_are_written():
    both = Gazetteer((), [town("宮本", 35.0), town("大字宮本", 35.1)], [HOME])
    assert placed(find(address="大字宮本5", at=both))[2] == 35.1
    assert find(address="宮本5", at=both).place is None


def test_a_small_aza_alone_is_asked_about():
    rows = [
        lot("大字宮本", "5", 35.0, small_area="港町"),
        lot("大字石津", "5", 35.1, small_area="港町"),
    ]
    two = Gazetteer((), rows, [HOME])
    assert placed(find(address="大字宮本字港町5", at=two)) == (
        Placed.ADDRESS,
        "大字宮本港町5",
        35.0,
    )
    assert placed(find(address="石津港町5-2", at=two)) == (Placed.ADDRESS, "大字石津港町5", 35.1)
    finding = find(address="港町5", at=two)
    assert finding.place is None
    assert finding.why_ja == "「港町5」は、「大字宮本港町」か「大字石津港町」のことでしょうか。"


def test_the_area_helps_where_the_address_is_a_number():
    assert placed(find(address="40-1", area="石津港町"))[1] == "静岡県みなと市石津港町40-1"
    assert find(address="40-1").place is None
    assert find(area="石津港町").place is None


def test_an_address_under_venue():
    assert placed(find("石津港町41番地 田中宅")) == (Placed.ADDRESS, "石津港町41", 35.0008)
    assert find("旭町").place is None


def test_a_town_may_have_got_chomes_since():
    """旭町7-1-1 may be 旭町七丁目1-1 of next year: the town, not the lot 旭町7."""
    assert placed(find(address="旭町7-1-1"))[:2] == (Placed.BLOCK, "旭町")
    assert placed(find(address="旭町7-1"))[:2] == (Placed.ADDRESS, "旭町7")
    assert placed(find(address="旭町7番地1-1"))[:2] == (Placed.ADDRESS, "旭町7")
    assert placed(find(address="石津港町40-1-1"))[:2] == (Placed.ADDRESS, "石津港町40")


def test_another_municipality_is_found_only_by_its_name():
    rows = [
        lot("本町", "5", 35.0),
        lot("本町", "5", 35.5, municipality="榛原郡となり町"),
        lot("本町", "5", 35.7, municipality="しずか市葵区"),
    ]
    three = Gazetteer((), rows, [HOME])
    assert placed(find(address="本町5", at=three))[2] == 35.0
    assert placed(find(address="となり町本町5", at=three))[2] == 35.5
    assert placed(find(address="静岡県榛原郡となり町本町5", at=three))[2] == 35.5
    assert placed(find(address="しずか市葵区本町5", at=three))[2] == 35.7
    assert placed(find(address="葵区本町5", at=three))[2] == 35.7
    assert find(address="みなと市榛原郡となり町本町5", at=three).place is None


def test_wards_of_the_town_itself():
    rows = [
        lot("本町", "5", 35.0, municipality="しずか市葵区"),
        lot("本町", "5", 35.5, municipality="しずか市駿河区"),
    ]
    city = Gazetteer(
        [hall("葵会館", 35.1, "しずか市葵区本町9"), hall("駿河会館", 35.6, "しずか市駿河区本町9")],
        rows,
        [MunicipalityName("しずか市", "静岡県")],
    )
    assert placed(find(address="しずか市葵区本町5", at=city))[2] == 35.0
    assert placed(find(address="駿河区本町5", at=city))[2] == 35.5
    assert placed(find(address="駿河区本町9", at=city))[1] == "しずか市駿河区本町9"
    assert find(address="本町5", at=city).place is None
    assert find(address="しずか市本町9", at=city).place is None
    # Known by their lots alone, each ward's 本町 has its own middle.
    assert len(find(address="本町99", at=city).candidates) == 2
    assert placed(find(address="葵区本町99", at=city)) == (Placed.BLOCK, "本町", 35.0)


def test_a_town_known_by_its_lots_alone():
    """The lot nearest to the middle stands for the town: 35.001 of 35.000, 35.001, 35.002."""
    rows = [lot("浜町", str(n), 35.0 + n / 1000) for n in range(3)]
    assert placed(find(address="浜町99", at=Gazetteer((), rows, [HOME]))) == (
        Placed.BLOCK, "浜町", 35.001,
    )  # fmt: skip


def test_the_source_that_stands_first_gives_the_point():
    rows = [town("浜町", 35.0), town("浜町", 35.02, source="国勢調査の小地域")]
    assert find(address="浜町", at=Gazetteer((), rows, [HOME])).place == Candidate(
        LON, 35.0, Placed.BLOCK, "浜町", TOWNS
    )


def test_one_number_in_two_far_blocks_is_a_question():
    rows = [
        lot("浜町", "5", 35.0),
        lot("浜町", "5", 35.002),
        lot("浜町", "6", 35.0),
        lot("浜町", "6", 35.01),
    ]
    at = Gazetteer((), rows, [HOME])
    assert find(address="浜町5", at=at).place == Candidate(
        LON, 35.0, Placed.ADDRESS, "浜町5", BLOCKS
    )
    assert find(address="浜町6", at=at).why_ja == "「浜町6」は、2か所にあります。"


def test_sentences_where_nothing_is_known():
    assert find().why_ja == (
        "会場も住所も書かれていません。「さくら会」という場所も、町の場所の一覧にありません。"
    )
    assert find("山の家").why_ja == "「山の家」は、町の場所の一覧にありません。"
    assert find("山の家", "山町3").why_ja == "「山の家」も「山町3」も、町の場所の一覧にありません。"
    assert find(at=Gazetteer(), venue="港").why_ja == "「港」は、町の場所の一覧にありません。"


def test_an_address_column_that_holds_a_hall():
    assert placed(find(address="港地域交流センター"))[:2] == (Placed.VENUE, "港地域交流センター")
    assert find("港地域交流センター").place.source == HALLS


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    "many", ["1", "東", "（", "一", "十丁目", "公民館", "市立", "2階", "郡", "大字", "第1"]
)
def test_long_words_take_no_time(many):
    """A hostile list cannot make a pattern try everything."""
    long = many * 300
    venues = [
        hall(f"市立{long}x", 35.0),
        hall(f"{long}x", 35.1, long + "1"),
        hall(long, 35.2, long),
    ]
    at = Gazetteer(venues, [town(long, 35.0), lot(long, "1", 35.0)], [HOME])
    for text in (long, f"県立{long}x", f"{long}x"):
        at.find(name=text, venue=text, address=text, area=text)
        words = VenueWords(whole=text, stem=text)
        assert not words.is_generic or text.endswith(many)
        assert words.civic is None or many == "公民館"
