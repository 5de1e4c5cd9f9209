"""Several values in one cell, as programs flatten a list: ``['footway', 'steps']``, ``a,b``."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable

_LONGEST = 4000
_LIST_SIGNS = re.compile(r"""[\[\],'"]+""")
_COMMA = re.compile(r",(?! )")  # "Rua A, B" is one name; who flattens a list writes no blank


def several(text: str) -> list[str]:
    """The values, in order; none of an empty text.

    >>> several("['footway', 'steps']"), several("footway,steps"), several("Rua A, B")
    (['footway', 'steps'], ['footway', 'steps'], ['Rua A, B'])
    """
    bare = text.strip()
    if bare.startswith("[") and bare.endswith("]"):
        listed = _listed(bare) if len(bare) <= _LONGEST else None
        return _filled(_LIST_SIGNS.split(bare)) if listed is None else listed
    return _filled(_COMMA.split(bare))


def _listed(text: str) -> list[str] | None:
    """The scalars of a Python or JSON list; None where it is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an odd backslash in a name is no matter of ours
            values = ast.literal_eval(text)
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return None
    if not all(isinstance(value, str | int | float) for value in values):
        return None
    return _filled(map(str, values))


def _filled(parts: Iterable[str]) -> list[str]:
    return [value for part in parts if (value := part.strip())]
