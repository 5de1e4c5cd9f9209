"""The map without its data: what folium draws once per version."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shell:
    """The map without its data.

    Parameters
    ----------
    html : str
        The element the map is drawn in.
    script : str
        Served as ``/map.js`` after the scripts of ``js``; inlined only in the offline file.
    style : str
        Served as ``/map.css``.
    version : str
        Changes when script, style or element change.
    js, css : tuple of str
        Addresses of the vendor files that must come before.
    """

    html: str
    script: str
    style: str
    version: str
    js: tuple[str, ...]
    css: tuple[str, ...]
