"""Changed days, reasons and vehicles of what is hidden are in no byte that anybody can get."""

from __future__ import annotations

import pytest
from canaries.crawling import Haul, crawl
from mobile import market_town
from mobile.conftest import CODE, MarketTown
from opened_apps import opened_apps

from geo.model.audience import Audience
from webmap.offline import offline_map

AREAS = ["district/W", "district/E"]
ROWS = market_town.stops(
    M1={"公開範囲": "支援関係者まで", "車": "カナリア壱号"},
    M2={"地図での示し方": "地区まで", "車": "カナリア弐号"},
)
DAYS = [
    ("M1", "2026/11/27", "移動", "2026/11/29", "15:55〜16:17", "カナリアわけ壱"),
    ("M1", "2026/12/4", "休み", "", "", "カナリアわけ壱の二"),
    ("M2", "2026/11/27", "移動", "2026/11/28", "14:41〜15:03", "カナリアわけ弐"),
    ("M3", "2026/11/27", "休み", "", "", "<b>カナリアわけ参</b>"),
]
NEVER_TO_ALL = ("カナリア壱号", "カナリアわけ壱", "15:55", "西の辻")
NOT_BELOW_COORDINATOR = ("カナリア弐号", "カナリアわけ弐")


def haul_of(town: MarketTown, audience: Audience) -> Haul:
    with opened_apps() as open_app:
        client = open_app(town.settings, audience)
        haul = crawl(client, CODE, AREAS)
        for area in AREAS:
            for query in ("?mode=hall", "?mode=week&week=2026-11-23", "?lang=en"):
                haul.told[area + query] = client.get(f"/{CODE}/{area}{query}").get_data(
                    as_text=True
                )
        return haul


@pytest.fixture
def loaded(town: MarketTown) -> MarketTown:
    cafe = market_town.cafes(合わせる先="M1")
    town.load(stop_rows=ROWS, days=DAYS, cafe_rows=cafe)
    return town


def test_to_everybody(loaded: MarketTown) -> None:
    haul = haul_of(loaded, Audience.PUBLIC)
    text = haul.text()
    for word in (*NEVER_TO_ALL, *NOT_BELOW_COORDINATOR):
        assert word not in text, word
    assert "14:41" in text  # the hours of a coarse place are its days, not its place
    assert "&lt;b&gt;カナリアわけ参&lt;/b&gt;" in text
    pages = [told for asked, told in haul.told.items() if "<html" in told or "?mode" in asked]
    assert len(pages) > 10
    assert not [told for told in pages if "<b>カナリアわけ参" in told]
    for area in ("W", "E"):
        file = offline_map(loaded.map(area)).content.decode()
        for word in (*NEVER_TO_ALL[:3], *NOT_BELOW_COORDINATOR):
            assert word not in file, word


def test_to_partners_and_coordinators(loaded: MarketTown) -> None:
    text = haul_of(loaded, Audience.PARTNERS).text()
    assert "カナリアわけ壱" in text
    assert "カナリア壱号" in text
    for word in NOT_BELOW_COORDINATOR:
        assert word not in text, word
    text = haul_of(loaded, Audience.COORDINATOR).text()
    for word in NOT_BELOW_COORDINATOR:
        assert word in text, word
