"""The halls of a real town as people write them in their own lists: by hand, before any of it ran."""

from __future__ import annotations

from typing import NamedTuple


class Written(NamedTuple):
    """What a list says, and the hall that is meant (its name in the town's own list)."""

    venue: str
    address: str
    meant: str


HALLS = (
    Written("港公民館", "石津港町40の1", "港地域交流センター"),
    Written("港地域交流センター　2階 大会議室", "", "港地域交流センター"),
    Written("焼津公民館（アトレ庁舎内）", "焼津市本町５丁目６番１号", "焼津地域交流センター"),
    Written("焼津地域交流ｾﾝﾀｰ", "", "焼津地域交流センター"),
    Written("小川公民館", "焼津市小川2724-1", "小川地域交流センター"),
    Written("小川地域交流センター", "焼津市南小川二丁目19-1", "小川地域交流センター"),
    Written("和田公民館", "田尻1992番地の2", "和田地域交流センター"),
    Written("和田地域交流センター 和室", "", "和田地域交流センター"),
    Written("豊田公民館", "小土９６１－１", "豊田地域交流センター"),
    Written(
        "豊田地域交流センター（旧豊田公民館）", "静岡県焼津市小土961番地1", "豊田地域交流センター"
    ),
    Written("大富公民館", "中根新田93-1", "大富地域交流センター"),
    Written("焼津市立大富地域交流センター", "", "大富地域交流センター"),
    Written("大井川公民館", "焼津市宗高900番地", "大井川地域交流センター"),
    Written("大井川地域交流センター 1F ロビー", "宗高900", "大井川地域交流センター"),
    Written("大村公民館", "大覚寺三丁目5-5", "大村地域交流センター"),
    Written("大村地域交流センター多目的ホール", "", "大村地域交流センター"),
    Written("東益津公民館", "焼津市石脇上65番地", "東益津地域交流センター"),
    Written("東益津地域交流センター", "石脇上", "東益津地域交流センター"),
    Written("大井川福祉センター「ほほえみ」", "", "大井川福祉センター（ほほえみ）"),
    Written("ほほえみ", "焼津市宗高５７２番地の１", "大井川福祉センター（ほほえみ）"),
    Written("ウェルシップ", "大覚寺3の2の2", "総合福祉会館（ウェルシップ）"),
    Written("総合福祉会館 3階", "〒425-0088 焼津市大覚寺3-2-2", "総合福祉会館（ウェルシップ）"),
    Written("焼津市総合福祉会館（ウェルシップ）", "", "総合福祉会館（ウェルシップ）"),
)

NOT_KNOWN = (
    Written("小川", "", ""),
    Written("港", "", ""),
    Written("石津公民館", "", ""),
    Written("港中央会館", "", ""),
    Written("大井川", "", ""),
    Written("自治会館", "", ""),
    Written("公民館", "", ""),
    Written("", "港町40-1", ""),
    Written("", "静岡市葵区本町5-6-1", ""),
    Written("", "藤枝市田尻1992-2", ""),
)
"""What no honest reader of these lists can place."""
