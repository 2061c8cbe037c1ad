"""Frozen values: what ``dataclasses.dataclass(frozen=True, slots=True)`` makes, in two thirds of the time.

For the classes that are loaded before the inbox stands; all others take the standard one. Python 3.11 writes the source of seven methods
for each class and compiles it, 0.8 ms a class, and it is fifty classes: a seventh of the time until the inbox stands. Equality, hash and
text are the same for all values and need no source of their own, so here they are shared. Everything else is the standard library's,
and for the type checker nothing is different.
"""

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, TypeVar

T = TypeVar("T")


def _frozen_dataclass(*, frozen: bool, slots: bool) -> Callable[[type[T]], type[T]]:
    if not (frozen and slots):
        raise TypeError("only frozen=True, slots=True")
    return _made


def _made(cls: type[T]) -> type[T]:
    made: Any = dataclasses.dataclass(frozen=True, slots=True, eq=False, repr=False)(cls)
    parts = attrgetter(*(each.name for each in dataclasses.fields(made) if each.compare))

    def equal(self: Any, other: object) -> Any:
        return parts(self) == parts(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: Any) -> int:
        return hash(parts(self))

    made.__eq__, made.__hash__, made.__repr__ = equal, hashed, _text
    kept: type[T] = made
    return kept


@recursive_repr()
def _text(self: Any) -> str:
    parts = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in dataclasses.fields(self) if each.repr)
    return f"{type(self).__qualname__}({parts})"


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    dataclass = _frozen_dataclass
