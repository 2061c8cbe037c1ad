"""The hours of a year that windows cover (billing rules 3 and 4): stated once, for sums, compiled catalogues, bands and checks."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from denkidesk.billing.windows import HOURS, MONTHS, Window, hour_bits

Cells = NDArray[np.bool_]
"""Months x (weekday, holiday) x hours of the day; read only, as it is kept."""


@lru_cache(maxsize=4096)
def covered(windows: frozenset[Window]) -> Cells:
    """Where one of the windows at least has the hour: 12 x 2 x 24."""
    found = np.zeros((MONTHS, 2, HOURS), dtype=np.bool_)
    for window in windows:
        of_day = np.frombuffer(hour_bits(window).to_bytes(2 * HOURS // 8, "little"), dtype=np.uint8)
        found |= months_of(window)[:, None, None] & np.unpackbits(of_day, bitorder="little").astype(np.bool_).reshape(2, HOURS)
    found.setflags(write=False)
    return found


@lru_cache(maxsize=4096)
def covered_within(windows: frozenset[Window], own: Window) -> Cells:
    """The same in the months of ``own``: what a condition of a group has the usage of."""
    found: Cells = covered(windows) & months_of(own)[:, None, None]
    found.setflags(write=False)
    return found


@lru_cache(maxsize=256)
def months_of(window: Window) -> NDArray[np.bool_]:
    """January to December: whether the window has the month; read only."""
    found = np.array([window.has_month(month) for month in range(1, MONTHS + 1)])
    found.setflags(write=False)
    return found


def bits(cells: Cells) -> int:
    """The cells as bits, the first one the lowest: what is priced twice or not at all shows in their sum."""
    return int.from_bytes(np.packbits(cells, bitorder="little").tobytes(), "little")
