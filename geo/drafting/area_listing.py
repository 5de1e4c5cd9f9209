"""The first day has no boundaries: the 地区 column of the list names areas nobody has drawn yet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geo.drafting.list_draft import LayerDraft, LevelDraft
from geo.drafting.manifest_text import quoted
from geo.folding import fold
from geo.manifest import read_manifests

LEVEL_ID = "district"
AREAS_LEAST, AREAS_MOST = 2, 100
NAME_LENGTH = 40


@dataclass(frozen=True, slots=True)
class _Named:
    """The names of a list's areas, in order, under the header they stand below."""

    title: str
    names: tuple[str, ...]


def area_listing(
    town: Path, realdata: Path | None, layers: Sequence[LayerDraft], source_ja: str
) -> LevelDraft | None:
    """A level of the areas that the lists name, where the town has no level at all.

    With it every area has its page from the first day; whoever gets the boundaries puts the file
    into the folder. None where there are levels, or the lists name no areas (or far too many to be
    districts).
    """
    boundaries = town / "boundaries"
    if boundaries.is_dir() and any(entry.is_dir() for entry in boundaries.iterdir()):
        return None
    there = read_manifests(town, realdata)[0] if town.is_dir() else None
    if there is not None and there.levels:
        return None
    named = _names(layers)
    if named is None:
        return None
    return LevelDraft(
        id=LEVEL_ID,
        title=named.title,
        names=named.names,
        manifest=_manifest(named.title, source_ja, max(layer.as_of for layer in layers)),
        members=_members(named.names),
    )


def _names(layers: Sequence[LayerDraft]) -> _Named | None:
    found: dict[str, str] = {}
    title = ""
    for layer in layers:
        header = next((c.header for c in layer.columns if c.field == "area"), None)
        if header is None:
            continue
        title = title or header
        for name in _areas(layer):
            found.setdefault(fold(name), name)
    if not AREAS_LEAST <= len(found) <= AREAS_MOST:
        return None
    if not all(map(_is_area_name, found.values())):
        return None
    return _Named(title.removesuffix("名") or title, tuple(found.values()))


def _is_area_name(name: str) -> bool:
    """Short, on one line, and nothing that Excel takes for a formula when it opens members.csv."""
    return len(name) <= NAME_LENGTH and name.isprintable() and name[0] not in "=+-@"


def _areas(layer: LayerDraft) -> Iterable[str]:
    return (t.area for t in layer.reading.treasures if t.area)


def _manifest(title: str, source_ja: str, as_of: date) -> str:
    return "\n".join(
        [
            f"# otakara new が、一覧の「{title}」の列から作りました。地区の線は、まだ引いていません。",
            "# 境界のファイル（Shapefile、GeoJSON など）が手に入ったら、このフォルダに入れ、members の行を消して、",
            '# code = "番号の列" と name = "名前の列" を書いてください。',
            f"title = {quoted(title)}",
            'members = "members.csv"  # 地区の一覧。新しい地区は、ここに1行足します',
            f"source = {quoted(source_ja)}",
            'licence = "内部資料（公開の条件は、まだ確かめていません）"',
            f"as_of = {as_of.isoformat()}",
            "",
        ]
    )


def _members(names: Iterable[str]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("area_code", "area_name", "member_level", "member_code"))
    writer.writerows((number, name, "", "") for number, name in enumerate(names, 1))
    return out.getvalue()
