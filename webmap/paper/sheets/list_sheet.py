"""The list of an area without any map (社会資源リスト): complete when no place is known at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geo.model.map_answer import MapAnswer
from webmap.paper.drawing.qr_picture import qr_picture
from webmap.paper.paper_choice import Paper, PaperChoice
from webmap.paper.setting.about_sheet import about_sheet
from webmap.paper.setting.prepared_sheet import PreparedSheet
from webmap.paper.sheets.area_address import area_address
from webmap.paper.sheets.entry_lines import LEFT_OUT, EntryLines, entry_parts
from webmap.paper.sheets.sheet_credits import sheet_credits
from webmap.paper.type_sizes import TypeSizes, type_sizes

TEMPLATE = "list.typ"
LIST_TITLE = "社会資源リスト"
BLANK_TITLE = "ほかにもあります（書きこんでください）"
METHOD = "日時は変わることがあります。お出かけの前に、たしかめてください。"


@dataclass(frozen=True, slots=True)
class ListedLayer:
    """One kind of treasure."""

    title: str
    rows: tuple[EntryLines, ...]


@dataclass(frozen=True, slots=True)
class ListData:
    """What the template reads; ``columns`` of a page, and whether a column is ``wide``."""

    page: tuple[int, int]
    columns: int
    wide: bool
    sizes: TypeSizes
    title: str
    running: str
    beside: tuple[str, ...]
    layers: tuple[ListedLayer, ...]
    nothing: str
    blank_title: str
    address: str
    contact: str
    notes: tuple[str, ...]
    credits: tuple[str, ...]


def list_sheet(answer: MapAnswer, choice: PaperChoice, *, copy: int | None = None) -> PreparedSheet:
    """Draw the list of an area.

    Parameters
    ----------
    answer : MapAnswer
        Of the medium print: its consents are those of paper.
    choice : PaperChoice
        A4 or A3, either way.
    copy : int, optional
        The number of the copy, of what is not for everybody.
    """
    title = f"{answer.area.name} {LIST_TITLE}"
    address = area_address(answer)
    columns = 2 if choice.paper is Paper.A3 and choice.landscape else 1
    layers = listed_layers(answer, choice)
    data = ListData(
        page=choice.page_mm,
        columns=columns,
        wide=_is_wide(choice, columns),
        sizes=type_sizes(choice),
        title=title,
        running=title,
        beside=beside_title(answer),
        layers=layers,
        nothing="" if layers else nothing_found(answer),
        blank_title=BLANK_TITLE,
        address=address,
        contact=answer.area.contact or answer.town.contact or "",
        notes=(METHOD, LEFT_OUT) if choice.short and layers else (METHOD,),
        credits=sheet_credits(answer.credits),
    )
    pictures = {"qr": qr_picture(address)} if address else {}
    return PreparedSheet(TEMPLATE, data, pictures, about_sheet(answer, title, copy=copy))


def listed_layers(answer: MapAnswer, choice: PaperChoice) -> tuple[ListedLayer, ...]:
    """Every treasure of an area under its layer, in the order of the legend and of the numbers."""
    lines = lines_by_mark(answer, choice)
    found: dict[str, list[EntryLines]] = {layer.id: [] for layer in answer.layers}
    for entry in sorted(answer.entries, key=lambda entry: entry.number):
        found[entry.layer].append(lines[entry.mark])
    titles = {layer.id: layer.title for layer in answer.layers}
    return tuple(ListedLayer(titles[id_], tuple(rows)) for id_, rows in found.items() if rows)


def lines_by_mark(answer: MapAnswer, choice: PaperChoice) -> Mapping[str, EntryLines]:
    """What the list of the district map says of every treasure."""
    numbers = [entry.number for entry in answer.entries]
    parts = entry_parts(answer, numbers, readings=choice.readings, short=choice.short)
    return {lines.mark: lines for part in parts for lines in part.entries}


def beside_title(answer: MapAnswer) -> tuple[str, ...]:
    """What stands below the title of a list: how many, of which level, of when."""
    as_of = answer.as_of
    told = (
        answer.town.name,
        answer.level.title,
        f"{answer.town.word} {len(answer.entries)}件",
        "" if as_of is None else f"{as_of.year}年{as_of.month}月現在",
    )
    return tuple(text for text in told if text)


def nothing_found(answer: MapAnswer) -> str:
    """Kind words instead of an empty list."""
    return f"この地区の{answer.town.word}は、まだ見つかっていません。ご存じでしたら教えてください。"


def _is_wide(choice: PaperChoice, columns: int) -> bool:
    """Whether time and place have columns of their own."""
    width = choice.page_mm[0] / columns
    return width >= (280 if choice.large else 230)
