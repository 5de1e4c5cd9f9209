"""A town of a few halls and 街区, to be worked out in the head.

One step of 0.001 degrees of latitude is 111 m. Everything lies on one meridian.
"""

from __future__ import annotations

from geo.model.audience import Placed
from geo.placing import AddressPlace, Gazetteer, MunicipalityName, VenuePlace

LON = 138.0
BLOCKS = "位置参照情報（街区）"
TOWNS = "位置参照情報（大字・町丁目）"
HALLS = "公共施設一覧"
HOME = MunicipalityName("みなと市", "静岡県")


def hall(name: str, lat: float, address: str | None = None, *aliases: str) -> VenuePlace:
    return VenuePlace(name, LON, lat, HALLS, aliases, address)


def lot(town: str, number: str, lat: float, **more: str) -> AddressPlace:
    return AddressPlace(
        town, LON, lat, Placed.ADDRESS, BLOCKS, number=number,
        **{"prefecture": "静岡県", "municipality": "みなと市"} | more,
    )  # fmt: skip


def town(name: str, lat: float, reach_m: float | None = 400.0, source: str = TOWNS) -> AddressPlace:
    return AddressPlace(
        name, LON, lat, Placed.BLOCK, source, prefecture="静岡県", municipality="みなと市",
        reach_m=reach_m,
    )  # fmt: skip


VENUES = (
    hall("港地域交流センター", 35.000, "静岡県みなと市石津港町40-1"),
    hall("本町福祉会館（ほほえみ）", 35.010, "みなと市本町2-16-32"),
    hall("市立総合病院", 35.020),
    hall("みなと文化会館", 35.030, "みなと市本町5-1"),
    hall("県立図書館", 35.040),
    hall("旭町公民館", 35.050, "みなと市旭町7"),
    hall("公民館", 35.060),
    hall("海の家", 35.070, "みなと市旭町100-1", "うみのいえ・はま"),
)
ADDRESSES = (
    lot("石津港町", "40", 35.0005),
    lot("石津港町", "41", 35.0008),
    lot("本町二丁目", "16", 35.0102),
    lot("本町二丁目", "17", 35.0106),
    lot("本町五丁目", "1", 35.0299),
    lot("旭町", "7", 35.0501),
    lot("旭町", "甲8", 35.0503),
    lot("八楠", "2", 35.080),
    lot("八楠二丁目", "5", 35.090),
    town("石津港町", 35.001),
    town("本町二丁目", 35.011),
    town("本町五丁目", 35.031),
    town("旭町", 35.051),
    town("新町", 35.100),
    town("新町", 35.200),
    town("宮本", 35.300),
)


def gazetteer() -> Gazetteer:
    return Gazetteer(VENUES, ADDRESSES, [HOME])
