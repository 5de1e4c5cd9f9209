"""A list and a town folder -> a draft: every sheet recognised, read as the intake will read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from geo.drafting.area_listing import area_listing
from geo.drafting.column_reading import EMPTY, KEPT, LEFT_OUT, SHOWN
from geo.drafting.column_roles import field_of
from geo.drafting.draft_reading import as_check_reads
from geo.drafting.layer_naming import (
    TITLE_LENGTH,
    color_of,
    day_of,
    layer_id_of,
    symbol_of,
    title_of,
)
from geo.drafting.list_draft import (
    Becomes,
    Choices,
    ColumnDraft,
    LayerDraft,
    ListDraft,
    MunicipalityDraft,
)
from geo.drafting.list_survey import Survey, survey_list
from geo.drafting.manifest_text import ManifestParts, layer_text
from geo.drafting.sheet_understanding import Understood, bare_layer, understand
from geo.drafting.shown_columns import shown_columns
from geo.drafting.taken_names import Taken, refuse_same_list, taken_names
from geo.drafting.town_starting import needs_municipality
from geo.errors import WordsError
from geo.intake.source_table import column_letter
from geo.model.reading import LayerReading


def draft_list(
    town: Path,
    realdata: Path | None,
    source: Path,
    *,
    today: date,
    file_name: str | None = None,
    layer_id: str | None = None,
    only_sheet: str | None = None,
    choices: Choices | None = None,
    municipality: MunicipalityDraft | None = None,
) -> ListDraft:
    """Recognise a list and draft a layer for each of its tables. Writes nothing.

    Parameters
    ----------
    town, realdata : Path
        The town folder (it need not exist yet) and the folder its manifests may point into.
    source : Path
        The list.
    today : date
        ``as_of`` where the list does not say of which day it is.
    file_name : str, optional
        What the person calls the list; the name of ``source`` otherwise.
    layer_id : str, optional
        Name of the (first) layer folder.
    only_sheet : str, optional
        Draft this sheet alone.
    choices : Choices, optional
        What the person decided differently.
    municipality : MunicipalityDraft, optional
        Needed where the town folder has no ``municipality.toml``.

    Raises
    ------
    LoadRefusedError
        The list cannot be read, holds no table, or is there already.
    WordsError
        A layer id or a column's field that does not exist; a missing town.
    """
    if needs_municipality(town) and municipality is None:
        raise WordsError(
            "no municipality",
            message_ja="このフォルダには、まだ町がありません。",
            hint_ja="町の名前とコードを、--municipality ○○市 --code 12345 のように書いてください。",
        )
    chosen = choices or Choices()
    survey = survey_list(source, file_name or source.name)
    taken = taken_names(town, realdata)
    refuse_same_list(taken, source, survey.file_name, layer_id)
    understood, said = understand(survey, chosen, only_sheet)
    layers = _drafts(survey, understood, taken, layer_id, today, municipality)
    read = as_check_reads(town, realdata, source, survey, layers, municipality)
    level = area_listing(
        town, realdata, read, municipality.name if municipality else taken.town_name
    )
    said = [*survey.said_ja, *said, *([level.said_ja] if level else [])]
    return ListDraft(
        town=town,
        source=source,
        file_name=survey.file_name,
        layers=read,
        said_ja=tuple(said),
        municipality=municipality if needs_municipality(town) else None,
        level=level,
    )


def _drafts(
    survey: Survey,
    understood: Sequence[Understood],
    taken: Taken,
    layer_id: str | None,
    today: date,
    municipality: MunicipalityDraft | None,
) -> list[LayerDraft]:
    """A name, a symbol, a colour and a manifest for every table."""
    drafts: list[LayerDraft] = []
    ids, symbols = set(taken.ids), set(taken.symbols)
    first_id = ""
    for place, item in enumerate(understood):
        own = item.choices
        stem = survey.file_name.rpartition(".")[0]
        one = len(understood) == 1
        title = " ".join((own.title or "").split())[:TITLE_LENGTH] or title_of(
            item.sheet.name, item.found.titles, stem, one_table=one
        )
        wanted = own.layer_id if own.layer_id is not None else layer_id
        folder = layer_id_of(wanted, title, ids, place=0 if own.layer_id is not None else place)
        if folder in ids:
            taken.refuse_id(folder)
        ids.add(folder)
        first_id = first_id or folder
        if own.symbol in symbols:
            taken.refuse_symbol(str(own.symbol))
        symbol = own.symbol or symbol_of(title, symbols)
        symbols.add(symbol)
        color = own.color or color_of(taken.layers, [draft.color for draft in drafts])
        texts = [*item.found.titles, item.sheet.name or "", stem]
        as_of, as_of_said = day_of(texts, today)
        data = survey.file_name if folder == first_id else f"../{first_id}/{survey.file_name}"
        show = shown_columns(item.roles, item.samples)
        order = taken.next_order + 10 * place
        manifest = layer_text(
            ManifestParts(
                title=title,
                symbol=symbol,
                color=color,
                order=order,
                source=municipality.name if municipality else taken.town_name,
                as_of=as_of,
                as_of_said=as_of_said,
                data=data,
                sheet=item.sheet.name,
                header_row=item.found.header_row if item.found.header_row > 1 else None,
                encoding=survey.encoding,
                identify=item.identity.identify,
                leave_out=item.roles.leave_out,
                columns=item.roles.columns,
                show=show,
                weekday_hours=item.roles.weekday_hours,
                drop=_drop(item),
            )
        )
        drafts.append(
            LayerDraft(
                id=folder,
                title=title,
                symbol=symbol,
                color=color,
                order=order,
                as_of=as_of,
                sheet=item.sheet.name,
                header_row=item.found.header_row,
                columns=_column_drafts(item, show),
                identify=item.identity.identify,
                manifest=manifest,
                reading=LayerReading(bare_layer(survey), (), (), (), ()),
                problems=(),
                said_ja=_said(item, as_of, as_of_said),
            )
        )
    return drafts


def _drop(item: Understood) -> dict[str, list[str]]:
    return {
        " ".join(item.table.headers[rows.column].split()): [" ".join(t.split()) for t in rows.texts]
        for rows in item.odd
    }


def _column_drafts(item: Understood, show: Mapping[str, str]) -> tuple[ColumnDraft, ...]:
    becomes = {SHOWN: Becomes.SHOWN, KEPT: Becomes.KEPT, LEFT_OUT: Becomes.LEFT_OUT}
    shown = set(show.values())
    drafts = []
    for candidate in item.roles.candidates:
        header = " ".join(candidate.header.split())
        kind = becomes.get(candidate.role, Becomes.FIELD)
        if candidate.role == EMPTY:
            kind = Becomes.LEFT_OUT
        elif kind is Becomes.SHOWN and header not in shown:
            kind = Becomes.KEPT
        drafts.append(
            ColumnDraft(
                column_letter(candidate.index),
                header,
                kind,
                field_of(candidate.role) if kind is Becomes.FIELD else None,
                candidate.reason_ja,
                candidate.sureness,
                item.samples[candidate.index].first(),
            )
        )
    return tuple(drafts)


def _said(item: Understood, as_of: date, as_of_said: str | None) -> tuple[str, ...]:
    """What was noticed on the way, for the report."""
    found, said = item.found, []
    if found.titles:
        words = "」「".join(text[:30] for text in found.titles[:3])
        said.append(f"見出しは{found.header_row}行目です。その上の「{words}」は題名とみました。")
    if found.two_storeys:
        said.append(f"見出しは{found.header_row - 1}行目と{found.header_row}行目の2段です。")
    if as_of_said is None:
        said.append(
            "いつの一覧か書いてないので、今日の一覧としました。layer.toml の as_of で直せます。"
        )
    else:
        said.append(f"{as_of.year}年{as_of.month}月{as_of.day}日の一覧としました。")
    if item.roles.national:
        said.append("国の標準の形の一覧です。見出しの対応は書かなくても読めます。")
    if item.identity.said_ja:
        said.append(item.identity.said_ja)
    for rows in item.odd:
        numbers = "、".join(map(str, rows.numbers[:8])) + (" ほか" if len(rows.numbers) > 8 else "")
        said.append(
            f"{numbers}行目（{'、'.join(t[:20] for t in rows.texts[:4])}）は、お宝の行でないとみて除きます。"
        )
    return tuple(said)
