"""Compiles the inner loops with numba where it is installed; the same functions run interpreted where it is not.

The results are identical, since it is the same code. Compiled code is kept beside the module, or in the user's cache
folder where the installation is read-only; where neither can be written, each process compiles anew.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])

try:
    if os.environ.get("KEHOACH_NO_NUMBA"):
        raise ImportError("switched off")
    import numba
except ImportError:
    numba = None


def kernel(function: Function) -> Function:
    """Compile *function* to machine code, keeping the result on disk where a folder for it can be written."""
    if numba is None:
        return function
    try:
        compiled: Function = numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # numba found no folder that it may write
        compiled = numba.njit(nogil=True)(function)
    return compiled
