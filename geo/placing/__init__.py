"""Where a record lies that brought no coordinates: by its venue, its name or its address.

Pure: places in, a :class:`Finding` out. Nothing is guessed; what could be two places is a question.
"""

from __future__ import annotations

from geo.placing.gazetteer import Gazetteer
from geo.placing.places import (
    AddressPlace,
    Candidate,
    Finding,
    MunicipalityName,
    VenuePlace,
    apart_m,
)

__all__ = [
    "AddressPlace",
    "Candidate",
    "Finding",
    "Gazetteer",
    "MunicipalityName",
    "VenuePlace",
    "apart_m",
]
