"""Loops over arrays, compiled when they are first called."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar, cast

import numba
from numba.core.caching import FunctionCache

Loop = TypeVar("Loop", bound=Callable[..., Any])


class _KeptLoops(FunctionCache):
    """The folder of what is compiled; that it cannot be read or written is no reason to fail."""

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        try:
            return super().load_overload(sig, target_context)  # type: ignore[no-untyped-call]
        except Exception:  # a file that was cut off: unpickling it may end in anything
            with suppress(OSError):
                self.flush()  # type: ignore[no-untyped-call]
            return None

    def save_overload(self, sig: Any, data: Any) -> None:
        with suppress(OSError):  # the disk is full
            super().save_overload(sig, data)  # type: ignore[no-untyped-call]


def compiled(loop: Loop) -> Loop:
    """Compile a function of arrays and numbers, and keep the result where that is possible.

    It is kept beside the module or in the user's cache folder, for every process to come. Where
    neither can be written (a system folder, a user without a home), every process compiles anew.
    """
    # A division by nothing is no error: not asking saves a tenth of the time it takes to compile.
    made: Any = numba.njit(nogil=True, error_model="numpy")(loop)
    with suppress(RuntimeError):  # no folder to keep it in
        made._cache = _KeptLoops(loop)  # type: ignore[no-untyped-call]
    return cast(Loop, made)
