"""How a page is to be shown: read from the URL, written back, and never above what is served."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.model.audience import Audience
from webmap.showing import MOST_MARKS, Language, Mode, Showing, TourOrder


def read(query: str) -> Showing:
    return Showing.from_args(dict(parse_qsl(query)))


def test_an_ordinary_page_says_nothing() -> None:
    assert read("") == Showing()
    assert (Showing().query(), Showing().kept()) == ("", "")


def test_a_hall_with_everything() -> None:
    showing = read("mode=hall&order=area&marks=通23, サ5、通23&as=council&lang=en&large=1")
    assert showing == Showing(
        Mode.HALL, Language.ENGLISH, True, TourOrder.AREA, ("通23", "サ5"), Audience.COUNCIL
    )
    assert showing.kept() == "?lang=en&large=1"


def test_the_hall_s_words_mean_nothing_elsewhere() -> None:
    assert read("order=area&marks=1&as=council") == Showing()


def test_unknown_words_are_kept_out() -> None:
    assert read("mode=stage&lang=fr&large=yes") == Showing()
    assert read("mode=hall&order=size&as=everyone") == Showing(Mode.HALL)


def test_a_list_of_marks_is_bounded() -> None:
    assert len(read("mode=hall&marks=" + ",".join(map(str, range(1000)))).marks) == MOST_MARKS


@pytest.mark.parametrize("served", Audience)
def test_the_hall_starts_at_everybody_and_never_goes_above_what_is_served(served: Audience) -> None:
    assert read("mode=hall").audience(served) is Audience.PUBLIC
    assert read("").audience(served) is served
    assert read("mode=hall&as=coordinator").audience(served) is served
    assert read("mode=hall&as=public").audience(served) is Audience.PUBLIC


@given(
    order=st.sampled_from(TourOrder),
    marks=st.lists(st.text("通サ助0123456789", min_size=1, max_size=6), unique=True, max_size=8),
    language=st.sampled_from(Language),
    large=st.booleans(),
    seen_as=st.sampled_from([None, Audience.COUNCIL, Audience.PARTNERS, Audience.COORDINATOR]),
)
def test_what_is_written_is_read(
    order: TourOrder,
    marks: list[str],
    language: Language,
    large: bool,
    seen_as: Audience | None,
) -> None:
    showing = Showing(Mode.HALL, language, large, order, tuple(marks), seen_as)
    assert read(showing.query()) == showing
