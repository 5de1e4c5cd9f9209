"""The name of a hall without what people hang on it: whose it is, which room, what in brackets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from geo.folding import fold

TOWN, PREFECTURE, STATE, PRIVATE = "町", "県", "国", "私"

_LONGEST = 200
_MARKS = re.compile(r"(?<=[ァ-ヺ])-|[・'’.\"”“!☆★♪]")


def _key(text: str) -> str:
    """Folded, without the marks people put or leave out: コミュニティーセンター, コミュニティセンター."""
    return _MARKS.sub("", fold(text)).replace("高等学校", "高校")


_OWNERS = {
    "市": TOWN, "町": TOWN, "村": TOWN, "区": TOWN,
    "県": PREFECTURE, "都": PREFECTURE, "府": PREFECTURE, "道": PREFECTURE,
    "国": STATE, "私": PRIVATE,
}  # fmt: skip
_OWNED = re.compile(rf"^([{''.join(_OWNERS)}])立(?=.{{2}})")
_BRACKETS = re.compile(r"[(\[{「『【〔<〈《]([^)\]}」』】〕>〉》]*)[)\]}」』】〕>〉》]?")
_COMPANY = re.compile(
    r"^(?:株式会社|有限会社|合同会社)(?=.{2})|(?<=.{2})(?:株式会社|有限会社|合同会社)$"
)
_TOWN_HALL = re.compile(r"^(?:役所|役場)(?=.{2,}(?:庁舎|館)$)")
_FLOOR = re.compile(
    _key(r"(?:地下)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})(?:階|f)(?:フロア|ロビー|ホール)?$")
)
_ROOM = re.compile(
    _key(
        r"(?:(?:大|中|小|第?\d{1,2}|第[一二三四五六])?(?:会議室|集会室|研修室|学習室|講習室|ホール)"
        r"|大広間|広間|和室|洋室|講堂|ロビー|調理室|調理実習室|実習室|多目的室|多目的ホール|談話室|図書室|視聴覚室"
        r"|娯楽室|教養娯楽室|応接室|控室|相談室|機能訓練室|エントランス|玄関|事務室|受付|室内)[a-z\d]?$"
    )
)
_KIND = re.compile(
    _key(
        r"(?:センター|館|公会堂|集会所|集会場|庁舎|役場|役所|支所|出張所|事務所|郵便局|学校|高校|園|保育所|病院|医院"
        r"|クリニック|診療所|薬局|荘|苑|寮|寺|院|神社|堂|プラザ|広場|ホール|ホーム|ハウス|会議所|コミセン|店|競技場"
        r"|球場|タワー)$"
    )
)
_CIVIC = tuple(
    map(
        _key,
        ("地域交流センター", "コミュニティセンター", "生涯学習センター", "まちづくりセンター", "市民センター",
         "地区センター", "交流センター", "地区公民館", "公民館", "コミセン"),
    )
)  # fmt: skip
"""Kinds a hall changes between when it is renamed, the longest first."""
_EVERYWHERE = frozenset(
    map(
        _key,
        ("公民館", "自治会館", "町内会館", "地区会館", "区民館", "会館", "集会所", "集会場", "公会堂",
         "コミュニティセンター", "コミセン", "体育館", "公園", "広場", "幼稚園", "保育園", "保育所", "小学校",
         "中学校", "学校", "神社", "寺", "薬局", "郵便局", "クラブハウス", "センター"),
    )
)  # fmt: skip
_GENERIC = re.compile(
    _key(
        r"^(?:総合|中央|市民|町民|村民|県民|区民|文化|福祉|保健|健康|社会|勤労者|勤労|青少年|児童|老人|高齢者|生涯学習"
        r"|歴史|民俗|郷土|防災|消防|交流|第?\d++|体育|運動|[東西南北]部?)*"
        r"(?:センター|会館|公民館|図書館|資料館|博物館|体育館|病院|庁舎|役場|公園|ホール|児童館|集会所|プラザ"
        r"|[小中]?学校|高校|幼稚園|保育園|保育所)$"
    )
)


@dataclass(frozen=True, slots=True)
class VenueWords:
    """The name of a venue, folded.

    Parameters
    ----------
    whole : str
        With all that stands in brackets, the brackets themselves left out.
    stem : str
        Without brackets, owner, floor and room.
    bracketed : tuple of str
        What stands in brackets, where it may be a name.
    owner : str or None
        Whose it says it is: TOWN, PREFECTURE, STATE, PRIVATE.
    """

    whole: str
    stem: str
    bracketed: tuple[str, ...] = ()
    owner: str | None = None

    @property
    def is_kind(self) -> bool:
        """True when the stem ends in a word for a building: a group of people does not."""
        return _KIND.search(self.stem) is not None

    @property
    def is_generic(self) -> bool:
        """True when every town may have one: 図書館, 中央公民館."""
        return _GENERIC.match(self.stem) is not None

    @property
    def is_everywhere(self) -> bool:
        """True for a bare 集会所: every neighbourhood has one, whatever the list says."""
        return self.owner is None and self.stem in _EVERYWHERE

    @property
    def civic(self) -> str | None:
        """The stem without its kind where the kind is one that changes when a hall is renamed."""
        for kind in _CIVIC:
            if self.stem.endswith(kind) and len(self.stem) > len(kind):
                return self.stem[: -len(kind)]
        return None


class VenueSpeller:
    """Takes names apart, knowing the town's own name.

    Parameters
    ----------
    towns, prefectures : iterable of str
        Their names may stand before a hall.
    """

    def __init__(self, towns: Iterable[str], prefectures: Iterable[str]) -> None:
        leads = [(_key(name), TOWN) for name in towns if name]
        states = [(_key(name), PREFECTURE) for name in prefectures if name]
        both = [(p + t, TOWN) for p, _ in states for t, _ in leads]
        self._leads = sorted([*both, *leads, *states], key=lambda lead: -len(lead[0]))
        self._short = [name[:-1] for name, _ in leads if len(name) > 2]
        self.words = lru_cache(maxsize=8192)(self._words)

    def without_town(self, stem: str) -> str | None:
        """The stem without the town's short name before it: 文化会館 of みなと文化会館."""
        for short in self._short:
            if stem.startswith(short) and len(stem) > len(short) + 2:
                return stem[len(short) :]
        return None

    def _words(self, name: str) -> VenueWords:
        plain = unicodedata.normalize("NFKC", name[:_LONGEST])
        inside = [_key(part) for part in _BRACKETS.findall(plain)]
        owner = next((_OWNERS[word] for word in inside if word in _OWNERS), None)
        if owner is not None:
            named = _BRACKETS.sub(lambda m: "" if _key(m[1]) in _OWNERS else m[0], plain)
            plain = named if named.strip() else plain
        whole = _key(_BRACKETS.sub(r"\1", plain))
        stem, said = self._owned(_roomless(_key(_BRACKETS.sub(" ", plain))))
        bracketed = tuple(word for word in inside if len(word) > 1 and not word.startswith("旧"))
        return VenueWords(whole, _COMPANY.sub("", stem) or whole, bracketed, owner or said)

    def _owned(self, folded: str) -> tuple[str, str | None]:
        """The name without whose it is. 役所 is a place of its own, unless a building follows."""
        for lead, owner in self._leads:
            rest = folded.removeprefix(lead)
            if rest == folded:
                continue
            rest = _TOWN_HALL.sub("", rest.removeprefix("立"))
            # 市 was the last letter of the name: what is left of 市立 or of 役所 alone is no hall.
            if len(rest) > 2 and not rest.startswith(("役所", "役場")):
                return rest, owner
            return folded, owner
        owned = _OWNED.match(folded)
        if owned is not None:
            return folded[owned.end() :], _OWNERS[owned.group(1)]
        return folded, None


def _roomless(folded: str) -> str:
    """Without the floor and the room at the end, as long as a building is left."""
    while True:
        less = _FLOOR.sub("", folded)
        if less == folded:
            less = _ROOM.sub("", folded)
            if less != folded and not (_KIND.search(less) or _FLOOR.search(less)):
                return folded
        if less == folded or len(less) < 2:
            return folded
        folded = less
