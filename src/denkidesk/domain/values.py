"""Frozen values: what ``dataclasses.dataclass(frozen=True, slots=True)`` makes, in a third of the time.

For the classes that are loaded before the inbox stands; all others take the standard one. Python 3.11 writes the source of seven methods
for each class and compiles it, 0.8 ms a class, and it is fifty classes: a seventh of the time until the inbox stands. The methods say the
same for all values, so here they are shared and need no source: making a value takes 2.6 times as long, and ``inspect`` does not see what
its class takes. For the type checker nothing is different.
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
    said = cls.__doc__
    cls.__doc__ = said or cls.__name__  # or ``dataclasses`` writes one out of a signature: 10 ms for the first class that has none
    made: Any = dataclasses.dataclass(slots=True, init=False, eq=False, repr=False)(cls)
    made.__doc__ = said
    fields = dataclasses.fields(made)
    parts = attrgetter(*(each.name for each in fields if each.compare))

    def equal(self: Any, other: object) -> Any:
        return parts(self) == parts(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: Any) -> int:
        return hash(parts(self))

    made.__init__, made.__eq__, made.__hash__, made.__repr__ = _init_of(made, fields), equal, hashed, _text
    made.__setattr__, made.__delattr__, made.__reduce__ = _refuse_change, _refuse_change, _made_again
    kept: type[T] = made
    return kept


def _init_of(made: Any, fields: tuple[dataclasses.Field[Any], ...]) -> Callable[..., None]:
    names = tuple(each.name for each in fields)
    wanted = frozenset(names)
    defaults = {each.name: each.default for each in fields if each.default is not dataclasses.MISSING}
    factories = {each.name: each.default_factory for each in fields if each.default_factory is not dataclasses.MISSING}
    put = object.__setattr__
    then = getattr(made, "__post_init__", None)

    def init(self: Any, *args: Any, **given: Any) -> None:
        values = {**defaults, **dict(zip(names, args, strict=False)), **given}
        for name, make in factories.items():
            if name not in values:
                values[name] = make()
        if values.keys() != wanted or len(args) > len(names) or (given and not given.keys().isdisjoint(names[: len(args)])):
            raise TypeError(f"{made.__qualname__} takes {', '.join(names)}; given {len(args)} by place, by name {', '.join(given)}")
        for name, value in values.items():
            put(self, name, value)
        if then is not None:
            then(self)

    return init


def _refuse_change(_self: object, name: str, _value: object = None) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot change field {name!r}")


def _made_again(self: Any) -> tuple[Any, ...]:
    """For pickle and copy: the class and what its ``__init__`` takes."""
    return type(self), tuple(getattr(self, each.name) for each in dataclasses.fields(self))


@recursive_repr()
def _text(self: Any) -> str:
    parts = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in dataclasses.fields(self) if each.repr)
    return f"{type(self).__qualname__}({parts})"


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    dataclass = _frozen_dataclass
