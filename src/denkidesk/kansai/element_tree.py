"""The elements that a message may hold, as flat paths read from zeep's types."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from zeep import xsd
from zeep.xsd.elements.indicators import Choice, Group

MAX_DEPTH: Final = 8  # types may contain themselves


@dataclass(frozen=True, slots=True)
class MessageElement:
    """One element of a message. ``path``: local names below the wrapper; ``keys``: zeep's names of the same steps."""

    path: tuple[str, ...]
    keys: tuple[str, ...]
    required: bool  # within its parent, and never inside a choice
    repeated: bool
    leaf: bool
    default: bool


def elements_of(element: Any) -> tuple[MessageElement, ...]:
    """Every element below a message's wrapper element, parents before children; wildcards are left out."""
    return tuple(_of_type(element.type, (), (), 0))


def _of_type(type_: Any, path: tuple[str, ...], keys: tuple[str, ...], depth: int) -> Iterator[MessageElement]:
    if depth >= MAX_DEPTH or not isinstance(type_, xsd.ComplexType):
        return
    for _, particle in type_.elements_nested:
        yield from _of_particle(particle, path, keys, depth, required=True, repeated=False)


def _of_particle(
    particle: Any, path: tuple[str, ...], keys: tuple[str, ...], depth: int, *, required: bool, repeated: bool
) -> Iterator[MessageElement]:
    required = required and particle.min_occurs != 0
    repeated = repeated or particle.accepts_multiple
    if isinstance(particle, xsd.Any):
        return
    if isinstance(particle, xsd.Element):
        inner_path = (*path, particle.qname.localname)
        inner_keys = (*keys, particle.attr_name)
        children = tuple(_of_type(particle.type, inner_path, inner_keys, depth + 1))
        has_default = particle.default is not None
        yield MessageElement(inner_path, inner_keys, required, repeated, leaf=not children, default=has_default)
        yield from children
    elif isinstance(particle, Group):
        yield from _of_particle(particle.child, path, keys, depth, required=required, repeated=repeated)
    else:
        required = required and not isinstance(particle, Choice)
        for inner in particle:
            yield from _of_particle(inner, path, keys, depth, required=required, repeated=repeated)
