"""One step for the whole list: だれでも, with its basis, written into ``layer.toml``; comments stay."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from geo.drafting.list_draft import seen_by
from geo.drafting.manifest_text import quoted
from geo.errors import LoadRefusedError, WordsError
from geo.intake.layer_reader import read_layer
from geo.manifest import read_manifests
from geo.manifest.strict_table import near_ja
from geo.model.audience import Audience
from geo.model.problem import Problem
from geo.model.treasure import Treasure
from geo.whole_file import replace_file

BASIS_LENGTH = 100
_TABLE = re.compile(r"^\s*\[{1,2}[^\[\]]+\]{1,2}\s*(#.*)?$")


@dataclass(frozen=True, slots=True)
class PublicationPlan:
    """What publishing a list would change. Nothing is written before :func:`publish`.

    ``stays_hidden`` are records that say × or 未確認 (or have no consent) themselves; ``contacts``
    counts records whose 連絡先 would be seen by everybody from then on.
    """

    layer_id: str
    title: str
    basis: str
    manifest: Path
    text_before: str
    text_after: str
    now_visible: int
    would_be_visible: int
    stays_hidden: int
    contacts: int
    problems: tuple[Problem, ...]
    shown: tuple[str, ...] = ()

    @property
    def is_change(self) -> bool:
        """False where the manifest says it already."""
        return self.text_before != self.text_after

    @property
    def sentences_ja(self) -> tuple[str, ...]:
        """What would happen, for the question to the person."""
        more = self.would_be_visible - self.now_visible
        said = [
            f"「{self.title}」で、だれでも見られるものは {self.now_visible}件 から "
            f"{self.would_be_visible}件 になります（新しく見えるもの {more}件）。"
        ]
        if self.stays_hidden:
            said.append(
                f"掲載可否が × や 未確認 などの {self.stays_hidden}件は、これまでどおり、だれでもには見えません。"
            )
        if self.shown:
            said.append(f"見えるのは、名称、{'、'.join(self.shown)} です。")
        if self.contacts:
            said.append(
                f"連絡先の書いてある {self.contacts}件は、連絡先も、だれでも見られるようになります。"
            )
        said.append(f"根拠として「{self.basis}」と書きます。")
        return tuple(said)

    def as_json(self) -> dict[str, Any]:
        """The shape of ``publish --json``."""
        return {
            "layer": self.layer_id,
            "basis": self.basis,
            "now_visible": self.now_visible,
            "would_be_visible": self.would_be_visible,
            "stays_hidden": self.stays_hidden,
            "contacts": self.contacts,
            "sentences_ja": list(self.sentences_ja),
        }


def plan_publication(
    town: Path, realdata: Path | None, layer_id: str, basis: str
) -> PublicationPlan:
    """Work out what publishing a layer would show.

    Parameters
    ----------
    town, realdata : Path
        As for every reading of a town.
    layer_id : str
        Folder name of the layer.
    basis : str
        Why the list may be shown: 「公表済みの冊子に掲載」.

    Raises
    ------
    WordsError
        No such layer, or no basis.
    LoadRefusedError
        The manifest or the list has faults that stop a reading, or the layer is only counted.
    """
    basis = clean_basis(basis)
    there, manifest_problems = read_manifests(town, realdata)
    layers = {layer.id: layer for layer in there.layers} if there else {}
    layer = layers.get(layer_id)
    if there is None or layer is None:
        hint = near_ja(layer_id, layers) or f"あるのは {'、'.join(layers) or '（なし）'} です。"
        raise WordsError(
            f"no layer {layer_id[:40]!r}",
            message_ja=f"layers/{layer_id[:40]} がありません。",
            hint_ja=hint,
        )
    own = [p for p in manifest_problems if p.file.startswith(f"layers/{layer_id}/") and p.is_error]
    if own or layer.count_only or layer.backdrop:
        reason = own[0].message_ja if own else "数えるだけ、または下絵のレイヤーです。"
        raise LoadRefusedError(
            "layer cannot be published",
            message_ja=f"「{layer.title}」は公開できません。{reason}",
            problems=tuple(own),
        )
    before = read_layer(layer, there)
    after = read_layer(replace(layer, audience=Audience.PUBLIC, publication_basis=basis), there)
    visible = [t for t in after.treasures if seen_by(t) is Audience.PUBLIC]
    manifest = layer.folder / "layer.toml"
    text = manifest.read_text("utf-8-sig")
    return PublicationPlan(
        layer_id=layer_id,
        title=layer.title,
        basis=basis,
        manifest=manifest,
        text_before=text,
        text_after=with_keys(
            text, {"audience": Audience.PUBLIC.label_ja, "publication_basis": basis}
        ),
        now_visible=sum(seen_by(t) is Audience.PUBLIC for t in before.treasures),
        would_be_visible=len(visible),
        stays_hidden=len(after.treasures) - len(visible),
        contacts=sum(map(_shows_contact, visible)),
        problems=after.problems,
        shown=tuple(shown.label for shown in after.show),
    )


def clean_basis(basis: str) -> str:
    """The basis as one line.

    Raises
    ------
    WordsError
        When nothing is written, or too much.
    """
    basis = " ".join(basis.split())
    if not basis or len(basis) > BASIS_LENGTH or not basis.isprintable():
        raise WordsError(
            "no basis",
            message_ja=f"公開の根拠を書いてください（{BASIS_LENGTH}字まで）。",
            hint_ja="例: --basis 公表済みの冊子に掲載",
        )
    return basis


def _shows_contact(treasure: Treasure) -> bool:
    return treasure.contact is not None and treasure.contact_audience is Audience.PUBLIC


def publish(plan: PublicationPlan) -> None:
    """Write the plan into ``layer.toml``.

    Raises
    ------
    LoadRefusedError
        When the manifest was changed since the plan was made, or cannot be written.
    """
    if not plan.is_change:
        return
    try:
        if plan.manifest.read_text("utf-8-sig") != plan.text_before:
            raise LoadRefusedError(
                "manifest changed meanwhile",
                message_ja="layer.toml が、そのあいだに書きかえられました。何も変えていません。",
                hint_ja="もう一度どうぞ。",
            )
        replace_file(plan.manifest, plan.text_after.encode("utf-8"))
    except OSError as error:
        raise LoadRefusedError(
            f"cannot write the manifest: {type(error).__name__}",
            message_ja="layer.toml に書き込めませんでした。何も変えていません。",
            hint_ja="フォルダの書き込みの許可と、ディスクの空きを確かめてください。",
        ) from error


def with_keys(text: str, keys: dict[str, str]) -> str:
    """A manifest's text with top-level text keys set; everything else stays letter for letter.

    Raises
    ------
    LoadRefusedError
        When the file is written in a way that this cannot edit safely.
    """
    lines = text.splitlines()
    tables = next((i for i, line in enumerate(lines) if _TABLE.match(line)), len(lines))
    for key, value in keys.items():
        line = f"{key} = {quoted(value)}"
        at = next((i for i in range(tables) if re.match(rf"{key}\s*=", lines[i])), None)
        if at is not None:
            comment = _comment_of(lines[at])
            lines[at] = f"{line}  {comment}" if comment else line
            continue
        anchor = next(
            (i for i in range(tables) if re.match(r"(as_of|licence)\s*=", lines[i])), tables - 1
        )
        lines.insert(anchor + 1, line)
        tables += 1
    edited = "\n".join(lines) + "\n"
    if _parsed(edited) != {**(_parsed(text) or {}), **keys}:
        raise LoadRefusedError(
            "manifest cannot be edited safely",
            message_ja="layer.toml を自動では書きかえられませんでした。何も変えていません。",
            hint_ja="次の行を手で書き足してください: "
            + "  ".join(f"{key} = {quoted(value)}" for key, value in keys.items()),
        )
    return text if _parsed(text) == _parsed(edited) else edited


def _comment_of(line: str) -> str:
    """The comment behind a key's text value, if it stands on the same line."""
    found = re.fullmatch(r"[\w-]+\s*=\s*(?:\"(?:[^\"\\]|\\.)*\"|'[^']*')\s*(#.*)", line)
    return found[1] if found else ""


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None
