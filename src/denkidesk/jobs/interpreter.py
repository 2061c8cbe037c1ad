"""How the lanes and the window share one interpreter, so that the window is never kept waiting long."""

import gc
import sys
from typing import Final

_SWITCH_S: Final = 0.0001
"""The window asks for the interpreter dozens of times in one paint; at Python's own 5 ms each, a paint beside a busy lane takes 100 ms.
Much less than this, and the threads do little but hand it over."""

_YOUNG_OBJECTS: Final = 10_000
"""A list of a thousand applications is then looked through a few times, not a hundred."""


def give_way_to_window() -> None:
    """From now on a busy lane lets go of the interpreter within a tenth of a millisecond when the window wants it."""
    sys.setswitchinterval(_SWITCH_S)


def settle_memory() -> None:
    """Takes what is loaded for good (libraries, the service description) out of the collector's rounds.

    A full round through it stops every thread for 50 to 80 ms, and comes whenever an answer with many parts is read.
    """
    gc.freeze()
    gc.set_threshold(_YOUNG_OBJECTS, *gc.get_threshold()[1:])
