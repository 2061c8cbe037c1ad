"""How the lanes and the window share one interpreter, so that the window is never kept waiting long."""

import gc
import os
import sys
from typing import Final

_SWITCH_S: Final = 0.0001
"""The window asks for the interpreter dozens of times in one paint; at Python's own 5 ms each, a paint beside a busy lane takes 100 ms.
Much less than this, and the threads do little but hand it over."""


def give_way_to_window() -> None:
    """From now on a busy lane lets go of the interpreter within a tenth of a millisecond when the window wants it.

    And the arithmetic of a lane stays on that lane: numpy's library, which reads this once when it is loaded, would have every core spin
    for products that take less time than to share them.
    """
    sys.setswitchinterval(_SWITCH_S)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def put_off_garbage() -> None:
    """Called first of all: nothing that is loaded for the first paint is garbage; looking for some takes a tenth of the time until then.

    From the warm-up on :class:`denkidesk.ui.start.garbage.GarbageCollector` looks for it.
    """
    gc.disable()


def load_qt() -> None:
    """Loads Qt, and has PySide read no source of the modules that are imported from then on.

    It does so by itself, whole file by whole file, to see which of them may want its ``from __feature__ import`` syntax; here none does.
    80 files until the first screen stands, some hundred more in the warm-up beside the window, and 5 MB of text kept. There is no switch
    for it: one private function is replaced, by the answer that it gives for every module that speaks of Qt ("may, and did not ask"). A
    PySide without that function just reads on.
    """
    import PySide6.QtCore  # noqa: F401 - for what it loads beside itself

    feature = sys.modules.get("PySide6.support.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        vars(feature)["_mod_uses_pyside"] = _may_use_qt


def _may_use_qt(_module: object) -> bool:
    return True


def settle_memory() -> None:
    """Takes what is loaded for good (libraries, the service description) out of the collector's rounds, which would take 50 to 80 ms.

    The garbage of the start goes with it, unlooked for: a few MB, against such a round now. Source lines that libraries looked up while
    they were loaded (pyparsing, PySide: 9,000 lines) go.
    """
    import linecache  # here, as the next one: nothing of it is wanted until the first paint

    from denkidesk.ui.start.heap import keep_large_blocks_apart

    linecache.clearcache()
    keep_large_blocks_apart()
    gc.freeze()


def unsettle_memory() -> None:
    """Between two windows of one process: lets the former one go, which was settled with all that is loaded for good."""
    gc.unfreeze()
    gc.collect()
