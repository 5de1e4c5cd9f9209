"""How the notebooks show things: the town's font, colours everybody can tell apart, small words."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from matplotlib import font_manager, rcParams
from matplotlib.colors import LinearSegmentedColormap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from pandas import DataFrame
    from pandas.io.formats.style import Styler

    from geo.model.coverage_answer import WeekdayFigure

INK, SOFT, PALE = "#14212e", "#43505d", "#c9c2b4"
NEAR = ("#0b3c5d", "#2f7fb3", "#9ccbe3")
"""From the nearest limit to the farthest: dark to light blue, apart in grey and for any eye."""
FAR = "#e8d9a8"
"""Not found yet: sand, which no eye takes for one of the blues."""
BLUES = LinearSegmentedColormap.from_list("blues", ["#f1f6fa", NEAR[2], NEAR[1], NEAR[0]])
"""From nobody to everybody, evenly darker: read in grey and by any eye."""
BEYOND = ("#dba94a", "#a05f00")
"""Streets farther than the limit: ochre, and darker (and dotted) where they are farthest."""
UNTOLD = "—"
"""For a figure of 1 to 9 people, which is not told, or one that nobody knows."""


def use_town_font() -> None:
    """Draw with the font of the town's pages; no glyph is left to chance."""
    folder = files("webmap") / "static/vendor/ttf"
    for weight in ("Regular", "Bold"):
        font_manager.fontManager.addfont(str(folder / f"BIZUDPGothic-{weight}.ttf"))
    rcParams.update(
        {
            "font.family": "BIZ UDPGothic",
            "font.size": 12,
            "text.color": INK,
            "axes.labelcolor": INK,
            "axes.edgecolor": SOFT,
            "axes.titlesize": 15,
            "axes.titleweight": "bold",
            "axes.titlelocation": "left",
            "axes.titlepad": 12,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "xtick.color": INK,
            "ytick.color": INK,
            "hatch.color": INK,
            "hatch.linewidth": 0.6,
            "legend.frameon": False,
            "figure.dpi": 110,
            "savefig.dpi": 200,
            "figure.constrained_layout.use": True,
        }
    )


def count_text(people: int | None) -> str:
    """1,180, or a dash where it is not told."""
    return UNTOLD if people is None else f"{people:,}"


def percent_text(part: float | None) -> str:
    """38%, or a dash where it is not told."""
    return UNTOLD if part is None else f"{part:.0%}"


def part_of(covered: int | None, people: int | None) -> float | None:
    """Covered people as a part of all; None where either is not told or nobody lives there."""
    return None if covered is None or not people else covered / people


def told_sum(figures: Iterable[int | None]) -> int:
    """The sum of what is told: never more than there is."""
    return sum(figure for figure in figures if figure is not None)


@dataclass(frozen=True)
class DayTotal:
    """People of some areas with a place on one weekday.

    Parameters
    ----------
    every, some : int
        Held every week; held in some weeks at least.
    untold : int
        Areas whose figure is not told: with them it would be more.
    seen : bool
        Whether any place is known for that day.
    """

    every: int
    some: int
    untold: int
    seen: bool

    def words(self, people: int) -> str:
        """What stands on the bar of this day."""
        if not self.seen:
            return "まだ\n見つかって\nいません"
        if self.untold and not self.some:
            return UNTOLD
        more = "以上" if self.untold else ""
        return f"{self.some:,}人{more}\n{percent_text(part_of(self.some, people))}{more}"


def day_total(figures: Sequence[WeekdayFigure]) -> DayTotal:
    """One weekday of some areas. Who has a place every week has one in some weeks, too."""
    every = [figure.every or 0 for figure in figures]
    some = [figure.some or sure for figure, sure in zip(figures, every, strict=True)]
    untold = sum(figure.some is None for figure in figures)
    return DayTotal(sum(every), sum(some), untold, any(figure.seen for figure in figures))


def weekday_bars(axes: Axes, days: Sequence[DayTotal], people: int) -> None:
    """A bar for 月 to 日: people with a place every week, and above those with one in some weeks.

    Parameters
    ----------
    people : int
        All of them, for the percentages.
    """
    sure = [day.every for day in days]
    more = [day.some - day.every for day in days]
    axes.bar(range(7), sure, color=NEAR[0], label="毎週")
    label = "第1・3など、ある週だけ"
    axes.bar(range(7), more, bottom=sure, color=NEAR[2], hatch="///", label=label)
    top = max(*(day.some for day in days), 1)
    for at, day in enumerate(days):
        words, place = day.words(people), (at, day.some)
        axes.annotate(words, place, (0, 4), textcoords="offset points", ha="center", size=11)
        if day.every > 0.12 * top:
            axes.text(at, day.every / 2, f"{day.every:,}人", ha="center", color="white", size=11)
    axes.set_ylim(0, top * 1.2)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)


def name_weekdays(axes: Axes) -> None:
    """月曜 to 日曜 along the x axis."""
    axes.set_xticks(range(7), [f"{letter}曜" for letter in "月火水木金土日"])


def legend_above(axes: Axes, title: str, columns: int) -> None:
    """The title, and the legend in a line under it, where no bar is in the way."""
    axes.set_title(title, pad=32)
    look = {"borderaxespad": 0.3, "columnspacing": 1.4}
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=columns, **look)


def as_table(frame: DataFrame, *, words: Sequence[str]) -> Styler:
    """A table to show: thousands, a dash for what is not told, figures to the right.

    Parameters
    ----------
    words : sequence of str
        Columns that hold words: these begin on the left.
    """
    return (
        frame.style.format(thousands=",", na_rep=UNTOLD)
        .set_properties(**{"padding": "0.3em 0.8em", "text-align": "right"})
        .set_properties(subset=[*words], **{"text-align": "left"})
        .set_table_styles(
            [
                {"selector": "th", "props": "text-align: left; padding: 0.3em 0.8em;"},
                {"selector": "tbody tr", "props": f"border-top: 1px solid {PALE};"},
                {"selector": "", "props": "border-collapse: collapse;"},
            ]
        )
        .hide(axis="index")
    )


def opening_sentence(
    who: str, people: int | None, covered: int | None, within: str, *, when: str = ""
) -> str:
    """The sentence a page opens with, also where nobody is covered or it is not told.

    Parameters
    ----------
    who, within, when : str
        75歳以上; 歩いて10分以内; 火曜日は、 or nothing.
    """
    if covered is None:
        return f"{when}{within}に通える場がある{who}の人数は、少ないので出していません。"
    if not covered:
        return f"{when}{within}に通える場は、まだ見つかっていません。"
    return (
        f"{when}{who}{count_text(people)}人のうち約{covered:,}人の家から、"
        f"{within}に通える場があります。"
    )


def ink_on(colour: tuple[float, ...]) -> str:
    """White or dark ink, whichever is read better on ``colour`` (red, green, blue 0..1)."""
    red, green, blue = colour[:3]
    return "white" if 0.299 * red + 0.587 * green + 0.114 * blue < 0.52 else INK


def footnote(axes: Axes, text: str) -> None:
    """A small line under a figure: what a reader has to know beside it."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    figure.supxlabel(text, x=0.01, ha="left", fontsize=9.5, color=SOFT)


def keep(figure: Figure, folder: Path | None, name: str) -> None:
    """Write a figure as PNG and PDF, where a folder has been named."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        for kind in ("png", "pdf"):
            figure.savefig(folder / f"{name}.{kind}")
