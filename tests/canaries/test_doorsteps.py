"""Nothing hidden is on a sheet for one door, wherever the door is: also where something hidden is."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from canaries import canary_town
from canaries.canary_town import Record
from canaries.conftest import CanaryTown
from canaries.crawling import canaries_in, degrees_in, numbers_in
from flask.testing import FlaskClient
from paper_foundation.printed import text_of
from paper_views.told_paper import told_by

from geo.folding import fold
from geo.model.audience import Audience

AREAS = list(canary_town.area_keys())


@pytest.fixture(scope="module", params=list(Audience), ids=lambda a: a.word)
def audience(request: pytest.FixtureRequest) -> Audience:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def client(town: CanaryTown, audience: Audience) -> FlaskClient:
    return town.app(audience).test_client()


def _both(town: CanaryTown, audience: Audience) -> list[Record]:
    """What may be on a sheet that comes over the web."""
    media = ("web", "print")
    return [r for r in town.records if all(r.is_seen(int(audience), medium) for medium in media)]


def _may(records: list[Record], audience: Audience) -> set[str]:
    texts = [r.text(f) for r in records for f in r.may(int(audience), "print") - {"participants"}]
    texts += [
        canary_town.layer_mark(r.layer, word) for r in records for word in ("title", "source")
    ]
    return canaries_in("\n".join(texts))


def _doors(records: list[Record]) -> Iterator[tuple[str, str]]:
    for record in records:
        lon, lat = record.place
        yield f"{lon:.6f}", f"{lat:.6f}"


def test_the_page_names_no_hall_that_may_not_be_printed(
    town: CanaryTown, client: FlaskClient, audience: Audience
) -> None:
    both = _both(town, audience)
    venues = canaries_in(
        "\n".join(r.text("venue") for r in both if "venue" in r.may(int(audience), "print"))
    )
    found: set[str] = set()
    for area in AREAS:
        page = client.get(f"/doorstep/{town.code}/{area}").text
        offered = "\n".join(re.findall(r"<option value=.*?</option>", page))
        assert canaries_in(page) <= venues | _may(both, audience), area
        assert canaries_in(offered) <= venues, area
        found |= canaries_in(offered)
    assert found


def test_no_byte_of_a_doorstep_sheet_holds_what_is_hidden(
    town: CanaryTown, client: FlaskClient, audience: Audience
) -> None:
    both = _both(town, audience)
    hidden = [r for r in town.records if r not in both]
    numbers = {r.number for r in hidden}
    may, told_of = _may(both, audience), set()
    address = f"/doorstep/{town.code}/zone/W"
    token = re.search(r'name="csrf" value="([^"]+)"', client.get(address).text)
    assert token
    for lon, lat in (*_doors(hidden), *_doors(both[::4])):
        form = {"csrf": token[1], "lon": lon, "lat": lat, "name": "ある家"}
        answer = client.post(address, data=form)
        assert answer.status_code == 200
        said = text_of(answer.data)
        told = told_by(answer.data)
        assert canaries_in(told) <= may
        assert not numbers_in(said) & numbers
        assert degrees_in(said) == set()
        told_of |= {r.number for r in both if fold(r.text("name")).replace(" ", "") in fold(said)}
        headers = "\n".join(f"{name}: {value}" for name, value in answer.headers)
        assert not {lon, lat} & set(re.findall(r"[\d.]+", headers))
    assert len(told_of) > 3
