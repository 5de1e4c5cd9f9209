"""Which edges of a table one may walk: somebody has chosen them before, with more before his eyes."""

from __future__ import annotations

from geo.street_intake.street_kinds import Tags
from geo.street_intake.walkable import is_walkable

_SHUT_TO_WHEELS = "no"


def is_walkable_edge(tags: Tags, *, tells_foot: bool) -> bool:
    """Whether somebody on foot may use an edge.

    A table that tells ``foot`` is read like OpenStreetMap itself. One that does not (OSMnx leaves
    that key out after it has chosen by it) keeps ``access=no`` on ways where walkers were let in;
    only what names a closed circle (``private``, ``customers``) and motorways shut a walker out.

    >>> is_walkable_edge({"highway": "path", "access": "no"}, tells_foot=False)
    True
    >>> is_walkable_edge({"highway": "path", "access": "no"}, tells_foot=True)
    False
    """
    if tells_foot:
        return is_walkable(tags)
    access = [word for word in tags.get("access", "").split(";") if word != _SHUT_TO_WHEELS]
    if not is_walkable({"highway": "residential", "access": ";".join(access)}):
        return False
    return is_walkable({**tags, "foot": "yes"})
