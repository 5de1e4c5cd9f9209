"""Loops over arrays, compiled when they are first called."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar, cast

import numba

Loop = TypeVar("Loop", bound=Callable[..., Any])


def compiled(loop: Loop) -> Loop:
    """Compile a function of arrays and numbers, and keep the result where that is possible.

    It is kept beside the module or in the user's cache folder, for every process to come. Where
    neither can be written (a system folder, a user without a home), every process compiles anew.
    """
    # A division by nothing is no error: not asking saves a tenth of the time it takes to compile.
    compile_it = partial(numba.njit, nogil=True, error_model="numpy")
    try:
        return cast(Loop, compile_it(cache=True)(loop))
    except RuntimeError:  # no folder to keep it in
        return cast(Loop, compile_it()(loop))
