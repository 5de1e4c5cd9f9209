"""What card and printed list show of a drafted list, in the order in which people ask."""

from __future__ import annotations

from collections.abc import Sequence

from geo.drafting.column_reading import SHOWN
from geo.drafting.column_roles import SCHEDULE_PARTS, Roles
from geo.drafting.column_samples import Samples
from geo.manifest.layer_file import FIELD_HEADERS

LABELS = (
    ("日時", "schedule"),
    ("会場", "venue"),
    ("住所", "address"),
    ("対象", "for_whom"),
    ("はじめての方", "newcomers"),
    ("参加費", "fee"),
    ("内容", "activities"),
    ("種別", "activity_kind"),
    ("送迎", "transport"),
    ("団体", "organiser"),
    ("連絡先", "contact"),
    ("この場のよさ", "meaning"),
    ("紹介", "story"),
    ("ホームページ", "url"),
)
"""Label on card and list -> field. 備考 is never shown unasked: it is often written for the office."""


def shown_columns(roles: Roles, samples: Sequence[Samples]) -> dict[str, str]:
    """``[show]``: label -> header, for the fields that hold something and the town's own columns."""
    show: dict[str, str] = {}
    for label, name in LABELS:
        if name == "schedule":
            held = bool(roles.weekday_hours) or any(map(roles.has, SCHEDULE_PARTS))
            header = FIELD_HEADERS[name]
        else:
            found = [c for c in roles.of(name) if samples[c.index].filled]
            held = bool(found)
            header = _header(found[0].header) if len(found) == 1 else FIELD_HEADERS[name]
        if held:
            show[label] = header
    for candidate in roles.of(SHOWN):
        header = _header(candidate.header)
        if samples[candidate.index].filled:
            show.setdefault(header, header)
    return show


def _header(text: str) -> str:
    return " ".join(text.split())
