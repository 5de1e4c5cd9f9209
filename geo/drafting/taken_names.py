"""What a town folder holds already: names that are taken, and lists that are there."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from geo.drafting.list_survey import safe_file_name
from geo.errors import LoadRefusedError, WordsError
from geo.manifest import read_manifests
from geo.model.town import Layer


@dataclass(frozen=True, slots=True)
class Taken:
    """Folder names, symbols and layers of a town."""

    town_name: str
    ids: frozenset[str]
    symbols: frozenset[str]
    layers: tuple[Layer, ...]

    @property
    def next_order(self) -> int:
        """An order behind every layer that has flags."""
        orders = [layer.order for layer in self.layers if not layer.backdrop]
        return max(orders, default=0) // 10 * 10 + 10

    def refuse_id(self, folder: str) -> None:
        """Say that a folder is there already.

        Raises
        ------
        LoadRefusedError
        """
        raise LoadRefusedError(
            f"layer {folder} exists",
            message_ja=f"layers/{folder} はもうあります。上書きはしません。",
            hint_ja="別の名前を --layer で決めてください。来月の一覧なら、そのフォルダの一覧のファイルを置きかえて、"
            "otakara load をどうぞ。",
        )

    def refuse_symbol(self, symbol: str) -> None:
        """Say that another layer has this symbol.

        Raises
        ------
        WordsError
        """
        raise WordsError(
            "symbol taken",
            message_ja=f"記号「{symbol[:4]}」は、ほかのお宝の種類が使っています。",
            hint_ja="別の1文字にしてください。",
        )


def taken_names(town: Path, realdata: Path | None) -> Taken:
    """Read what is there; a folder that does not exist yet holds nothing."""
    there = read_manifests(town, realdata)[0] if town.is_dir() else None
    layers = there.layers if there else ()
    folder = town / "layers"
    ids = {entry.name for entry in folder.iterdir()} if folder.is_dir() else set()
    name = there.municipality.name if there else "?"
    return Taken(name, frozenset(ids), frozenset(layer.symbol for layer in layers), layers)


def refuse_same_list(taken: Taken, source: Path, file_name: str, layer_id: str | None) -> None:
    """Refuse a list that is in the town already.

    Raises
    ------
    LoadRefusedError
        The same bytes are there; or another list of the same name, and nobody said that this is
        another layer.
    """
    shown = safe_file_name(file_name)
    digest = _digest(source)
    for layer in taken.layers:
        for path in layer.data:
            if path.stat().st_size == source.stat().st_size and _digest(path) == digest:
                raise LoadRefusedError(
                    f"same list in layer {layer.id}",
                    message_ja=f"この一覧は、もう「{layer.title}」（layers/{layer.id}）にあります。何も変えていません。",
                    hint_ja=f"一覧ごと公開するなら otakara publish {layer.id} --basis 公表済みの冊子に掲載 を、"
                    "地図にするなら otakara load をどうぞ。",
                )
    for layer in taken.layers:
        if layer_id is None and any(path.name == shown for path in layer.data):
            raise LoadRefusedError(
                f"list of the same name in layer {layer.id}",
                message_ja=f"同じ名前の一覧「{shown}」が、もう「{layer.title}」（layers/{layer.id}）にあります。",
                hint_ja="来月の一覧なら、そのファイルを置きかえて otakara load をどうぞ。"
                "別の一覧なら、--layer で別の名前を決めてください。",
            )


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
