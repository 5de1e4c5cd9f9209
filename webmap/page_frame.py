"""What surrounds every page: its head line, its styles, its scripts."""

# ruff: noqa: RUF009 - described() is dataclasses.field
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Protocol

from webmap.assets import app_url, vendor_url
from webmap.described import described
from webmap.words import Language

MAP_SCRIPT_URL = "/map.js"
MAP_STYLE_URL = "/map.css"
STYLES = (
    "base.css",
    "page.css",
    "map.css",
    "table.css",
    "around.css",
    "days.css",
    "screens.css",
    "print.css",
)
LARGE_STYLES = ("large.css",)
DRAWING_SCRIPTS = (
    *("words.js", "flags.js", "layout.js", "shapes.js"),
    *("flag_layer.js", "name_layer.js", "across.js", "map_view.js"),
)
"""All that draws a map: whoever has one needs every one of them."""
GROUND_ASSETS = ("vector_tiles",)
GROUND_SCRIPTS = (
    *("ground_tiles.js", "ground_styles.js", "ground_signs.js"),
    *("ground_labels.js", "ground_names.js", "ground.js"),
)
"""What draws a base map under the treasures; a town without streets sends none of it."""
PICTURE_SCRIPTS = ("outside_pictures.js",)
"""What draws pictures from outside instead, where a town has switched them on."""
MAP_SCRIPTS = (
    *DRAWING_SCRIPTS,
    *("fold.js", "telephone.js", "screens.js", "list_view.js", "map_pane.js"),
    *("days.js", "day_changes.js", "days_view.js", "filters.js", "start.js"),
)


@dataclass(frozen=True, slots=True)
class ViewLink:
    """The same page in another language or size."""

    label: str = described("English, 日本語, 文字を大きく, ふつうの文字")
    url: str = described("Its address, with the filters of this one")
    language: Language = described("The language of the label")
    change: str = described("What changes in the query: lang=en, lang=, large=1, large=")


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds every page."""

    title: str = described("The document's title")
    town_name: str = described("Name of the town; empty on errors before a town is known")
    word: str = described("What the town calls its treasures (お宝, 宝物)")
    home_url: str | None = described("Address of the town overview; None in an offline file")
    audience_label: str | None = described("Who may see this page, when it is not everybody")
    contact: str | None = described("Whom to call: the area's desk, else the town's")
    credits: tuple[str, ...] = described("Sources and licences, one line each")
    styles: tuple[str, ...] = described(
        "Addresses of style sheets, in order; empty in an offline file"
    )
    scripts: tuple[str, ...] = described("Addresses of scripts, in order; empty in an offline file")
    offline: bool = described("Whether this page is one self-contained file", default=False)
    language: Language = described("What the page speaks", default=Language.JAPANESE)
    large: bool = described("Whether it is set in large type", default=False)
    kept: str = described("What its links take along: ?lang=en&large=1, or nothing", default="")
    kept_pairs: tuple[tuple[str, str], ...] = described("The same for its forms", default=())
    views: tuple[ViewLink, ...] = described("The page in the other language and size", default=())


class Page(Protocol):
    """What a template is printed from."""

    template: ClassVar[str]

    @property
    def frame(self) -> Frame:
        """Surroundings."""
        ...


def map_element() -> str:
    """The element the map is drawn in, from the folium shell."""
    from webmap.kept_shell import shell

    return shell().html


def styles_of(*, with_map: bool, large: bool = False) -> tuple[str, ...]:
    """Addresses of the style sheets of a page, in order."""
    fonts = (vendor_url("font_regular_css"), vendor_url("font_bold_css"))
    own = tuple(app_url(name) for name in (*STYLES, *(LARGE_STYLES if large else ())))
    if not with_map:
        return (*fonts, *own)
    from webmap.kept_shell import shell

    drawn = shell()
    return (*fonts, *drawn.css, f"{MAP_STYLE_URL}?v={drawn.version}", *own)


def scripts_of(
    names: Iterable[str] = MAP_SCRIPTS, *, with_ground: bool = False, with_pictures: bool = False
) -> tuple[str, ...]:
    """Addresses of the scripts of a page with a map, in order; the shell calls the last of ours."""
    from webmap.kept_shell import shell

    drawn = shell()
    own = (
        *(GROUND_SCRIPTS if with_ground else ()),
        *(PICTURE_SCRIPTS if with_pictures else ()),
        *names,
    )
    return (
        *drawn.js,
        *map(vendor_url, GROUND_ASSETS if with_ground else ()),
        *map(app_url, own),
        f"{MAP_SCRIPT_URL}?v={drawn.version}",
    )
