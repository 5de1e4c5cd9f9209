"""The map shell: folium draws it once per version, without data. The only importer of folium.

Folium writes record text into JavaScript and HTML (popups, tooltips, icons), where a backtick
becomes code. So it never meets a record here: it renders the empty map and hands over to
``static/app``, which reads the answer as JSON and builds every word with ``textContent``.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from typing import Any

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template

from geo.folding import OLD_TO_NEW_KANJI
from webmap.assets import vendor_url
from webmap.shell import Shell

MAP_ID = "1"  # folium's ids are random; an ETag and a golden file need numbered ones
_DASHES = "-‐‑‒–—―−ー~〜"


def vendor_table(names: Iterable[str]) -> list[tuple[str, str]]:
    """Folium's list of (name, address), from our own vendor manifest only.

    Raises
    ------
    geo.errors.AssetError
        For a name that is not pinned: nothing may come from an outside host.
    """
    return [(name, vendor_url(name)) for name in names]


class TreasureMap(folium.Map):
    """A folium map with our Leaflet, no tiles, no inline style, and a numbered id."""

    _template = Template(
        """
        {% macro html(this, kwargs) %}
        <div class="treasure-map" id={{ this.get_name()|tojson }}></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
        const {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {
            center: {{ this.location|tojson }},
            crs: L.CRS.{{ this.crs }},
            ...{{ this.options|tojavascript }}
        });
        {% endmacro %}
        {% macro style(this, kwargs) %}
        #{{ this.get_name() }} {
            position: absolute;
            inset: 0;
            font-size: {{ this.font_size }};
        }
        {% endmacro %}
        """
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(
            tiles=None,
            zoom_control=False,
            attribution_control=False,
            zoom_snap=0.25,
            zoom_delta=0.5,
            fade_animation=False,
            **options,
        )
        self._id = MAP_ID
        # On the instance: folium's own lists belong to the class and name outside hosts.
        self.default_js = vendor_table(["leaflet"])
        self.default_css = vendor_table(["leaflet_css"])

    def style_sheet(self) -> str:
        """The map's own few rules, as a file of its own."""
        return str(self._template.module.style(self, {}))


class HandOver(MacroElement):
    """The last line of the shell: gives the empty map, and what Python knows, to our script."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        Otakara.start({{ this._parent.get_name() }}, {{ this.options|tojavascript }});
        {% endmacro %}
        """
    )

    def __init__(self, options: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "HandOver"
        self._id = MAP_ID
        self.options = options


def draw_shell() -> Shell:
    """Draw the shell; the same bytes every time."""
    drawn = TreasureMap()
    drawn.add_child(HandOver({"fold": fold_table()}))
    figure = drawn.get_root()
    assert isinstance(figure, Figure)
    drawn.render()  # type: ignore[no-untyped-call]
    html = _text(figure.html)
    script = f'"use strict";\n{_text(figure.script)}\n'
    style = _lines(drawn.style_sheet()) + "\n"
    digest = hashlib.sha256("\x00".join((html, script, style)).encode())
    return Shell(
        html=html,
        script=script,
        style=style,
        version=digest.hexdigest()[:12],
        js=tuple(url for _, url in drawn.default_js),
        css=tuple(url for _, url in drawn.default_css),
    )


def fold_table() -> dict[str, Any]:
    """What the browser needs to fold text exactly as :func:`geo.folding.fold` does.

    ``case`` holds the characters whose ``casefold`` is not their ``lower``; the old-form kanji,
    kana, dashes and blanks are the same rules again. Shared vectors in the tests hold both sides.
    """
    case = {
        char: char.casefold()
        for char in map(chr, range(0x110000))
        if char.casefold() != char.lower() and unicodedata.normalize("NFKC", char) == char
    }
    return {
        "case": ["".join(case), "\n".join(case.values())],
        "kanji": [
            "".join(OLD_TO_NEW_KANJI),
            "".join(OLD_TO_NEW_KANJI.values()),
        ],
        "dashes": _DASHES,
        "blanks": "".join(c for c in map(chr, range(0x3001)) if c.isspace()),
    }


def _text(element: Element) -> str:
    return _lines("".join(child.render() for child in element._children.values()))


def _lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())
