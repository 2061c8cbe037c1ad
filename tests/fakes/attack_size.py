"""How much of an attack is run: the whole by ``dev.py attack``, else a seeded tenth of it."""

import os
import random
from collections.abc import Sequence
from typing import Final, TypeVar

T = TypeVar("T")

IS_WHOLE: Final = os.environ.get("ATTACK") == "whole"


def tenth(cases: Sequence[T]) -> list[T]:
    """All cases, or always the same tenth."""
    if IS_WHOLE:
        return list(cases)
    order = list(range(len(cases)))
    random.Random(9).shuffle(order)  # noqa: S311 - chance, not a secret
    return [cases[place] for place in sorted(order[: -(-len(order) // 10)])]
