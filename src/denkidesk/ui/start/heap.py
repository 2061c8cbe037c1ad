"""Has glibc's heap give back what is freed, as Windows' does by itself. Elsewhere nothing is done."""

import sys
from collections.abc import Callable
from functools import cache
from typing import Any, Final

_MMAP_THRESHOLD: Final = -3  # malloc.h
_LARGE_BLOCK_BYTES: Final = 128 * 1024  # glibc's own value at the start of a process


def keep_large_blocks_apart() -> None:
    """Pictures go back to the system as soon as they are freed.

    By itself glibc stops doing so once it has seen one: the next ones then come from the heap, between smaller things that live on, and
    after a few dialogs 25 MB of it are holes.
    """
    set_option = _of_c_library("mallopt")
    if set_option is not None:
        set_option(_MMAP_THRESHOLD, _LARGE_BLOCK_BYTES)


def give_holes_back() -> None:
    """The pages between smaller things that live on go back too: 7 MB after the dialog of the settings. Takes up to 2 ms, 0.2 where
    there is nothing to give."""
    trim = _of_c_library("malloc_trim")
    if trim is not None:
        trim(0)


@cache
def _of_c_library(name: str) -> Callable[..., Any] | None:
    if sys.platform != "linux":
        return None
    import ctypes

    found: Callable[..., Any] | None = getattr(ctypes.CDLL(None), name, None)  # other C libraries have none
    return found
