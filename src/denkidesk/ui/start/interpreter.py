"""How the lanes and the window share one interpreter, so that the window is never kept waiting long."""

import gc
import linecache
import sys
from typing import Final

_SWITCH_S: Final = 0.0001
"""The window asks for the interpreter dozens of times in one paint; at Python's own 5 ms each, a paint beside a busy lane takes 100 ms.
Much less than this, and the threads do little but hand it over."""

_GLIBC_MMAP_THRESHOLD: Final = -3  # malloc.h
_LARGE_BLOCK_BYTES: Final = 128 * 1024  # glibc's own value at the start of a process


def give_way_to_window() -> None:
    """From now on a busy lane lets go of the interpreter within a tenth of a millisecond when the window wants it."""
    sys.setswitchinterval(_SWITCH_S)


def settle_memory() -> None:
    """Takes what is loaded for good (libraries, the service description) out of the collector's rounds, which would take 50 to 80 ms.

    The garbage of the start goes with it, unlooked for: a few MB, against such a round now.
    """
    linecache.clearcache()  # PySide has read the source of every module, and left it there: 5 MB
    _give_large_blocks_back()
    gc.freeze()


def _give_large_blocks_back() -> None:
    """Has glibc give pictures back to the system when they are freed.

    By itself it stops doing so once it has seen one: the next ones then come from the heap, between smaller things that live on, and
    after a few dialogs 25 MB of it are holes. Windows' own heap keeps large blocks apart always.
    """
    if sys.platform == "linux":
        import ctypes

        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # other C libraries have none
        if mallopt is not None:
            mallopt(_GLIBC_MMAP_THRESHOLD, _LARGE_BLOCK_BYTES)
