"""Which ways of OpenStreetMap one may walk, and which gates shut a walker out.

What is written about walkers (``foot``) decides; where nothing is, what is written about
everybody (``access``); where nothing is either, the kind of the street. A word nobody knows
shuts nobody out, a word that limits the way to some (``private``, ``customers``) does: a
stranger of 80 must be able to trust the way.
"""

from __future__ import annotations

from geo.model.ground import StreetKind
from geo.street_intake.street_kinds import Tags, highways, street_kind, words

_MAY = frozenset({"yes", "designated", "permissive", "destination", "official", "public"})
_MAY_NOT = words(
    "agricultural customers delivery emergency employees forestry member members "
    "military no permit private residents restricted staff use_sidepath visitors"
)
_SIDEWALK = frozenset({"both", "left", "right", "yes"})
# Not for walkers unless a sign says so.
_ASK_FIRST = frozenset({"busway"})
_TRAINS = ("train", "subway", "light_rail", "monorail")
# A thing across the way that no gate opens.
_WALLS = frozenset({"fence", "wall", "hedge", "retaining_wall", "city_wall", "guard_rail"})


def is_walkable(tags: Tags) -> bool:
    """Whether somebody on foot may use the way.

    >>> is_walkable({"highway": "service", "access": "private"})
    False
    >>> is_walkable({"highway": "service", "access": "private", "foot": "yes"})
    True
    """
    kind = street_kind(tags)
    if kind is None or kind is StreetKind.MOTORWAY or tags.get("abandoned") == "yes":
        return False
    said = _said(tags)
    if said is not None:
        return said
    if any(word in _ASK_FIRST for word in highways(tags)) or _is_behind_gates(tags):
        return False
    if tags.get("motorroad") == "yes":
        return False
    if tags.get("expressway") == "yes":
        return tags.get("sidewalk") in _SIDEWALK
    return True


def shuts_out(tags: Tags) -> bool:
    """Whether a barrier standing on a way lets nobody through who walks there."""
    barrier = tags.get("barrier", "no")
    if barrier == "no":
        return False
    said = _said(tags)
    if said is not None:
        return not said
    return barrier in _WALLS or tags.get("locked") == "yes"


def _is_behind_gates(tags: Tags) -> bool:
    """Whether it is a platform of trains: one needs a ticket, and does not walk through.

    >>> _is_behind_gates({"railway": "platform"}), _is_behind_gates({"railway": "platform", "tram": "yes"})
    (True, False)
    """
    if "highway" in tags or tags.get("tram") == "yes":
        return False
    return tags.get("railway") == "platform" or (
        tags.get("public_transport") == "platform"
        and any(tags.get(train) == "yes" for train in _TRAINS)
    )


def _said(tags: Tags) -> bool | None:
    """What the tags say about walkers; None where they say nothing that decides."""
    foot = tags.get("foot")
    if foot is not None:
        said = {word.strip() for word in foot.split(";")}
        if said & _MAY_NOT:
            return False
        if said & _MAY:
            return True
    access = {word.strip() for word in tags.get("access", "").split(";")}
    return False if access & _MAY_NOT else None
