"""The elements that a message may hold, as a tree of plain values read from zeep's types."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

from zeep import xsd
from zeep.xsd.elements.indicators import Choice, Group
from zeep.xsd.types.builtins import Date, DateTime

from denkidesk.kansai.binding import ElementPath

_MOST_IN_ITSELF: Final = 2  # types may contain themselves


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of an element. ``preset``: the schema's fixed or default value."""

    tag: str
    path: ElementPath
    required: bool
    preset: str | None


@dataclass(frozen=True, slots=True)
class MessageElement:
    """One element. ``content``: None for a leaf; ``moment``: ``date`` or ``dateTime`` where the type is one of these."""

    tag: str
    path: ElementPath
    least: int
    nillable: bool = False
    preset: str | None = None
    moment: str = ""
    attributes: tuple[Attribute, ...] = ()
    content: "Content | None" = None
    has_text: bool = True
    many: bool = False  # it may stand more than once
    is_open: bool = False  # what stands below is not all known: a wildcard, or a type in itself too often

    @property
    def leaf(self) -> bool:
        """Whether no element stands in it."""
        return self.content is None


@dataclass(frozen=True, slots=True)
class Content:
    """A sequence, choice or ``all``. ``many``: it may stand more than once."""

    is_choice: bool
    least: int
    many: bool
    members: "tuple[Particle, ...]"


Particle: TypeAlias = MessageElement | Content


def element_of(element: Any) -> MessageElement:
    """A message's wrapper element, or a header block, with everything below."""
    return _element(element, (), ())


def below(element: MessageElement) -> dict[ElementPath, MessageElement]:
    """Every element below by its path, parents before children; of a path that stands in two branches the first."""
    found: dict[ElementPath, MessageElement] = {}
    for inner in _walk(element.content):
        found.setdefault(inner.path, inner)
    return found


def _walk(particle: Particle | None, *, many: bool = False) -> Iterator[MessageElement]:
    """``many``: a group around it may stand more than once."""
    if isinstance(particle, Content):
        for member in particle.members:
            yield from _walk(member, many=many or particle.many)
    elif particle is not None:
        yield replace(particle, many=many or particle.many)
        yield from _walk(particle.content)


def _element(element: Any, path: ElementPath, within: tuple[Any, ...]) -> MessageElement:
    """``within``: the types that the element stands in."""
    type_ = element.type
    content: Content | None = None
    has_text, is_open = True, False
    attributes: tuple[Attribute, ...] = ()
    if isinstance(type_, xsd.ComplexType):
        attributes = tuple(
            Attribute(attribute.qname.text, (*path, f"@{attribute.qname.localname}"), attribute.required, attribute.default)
            for _, attribute in type_.attributes
            if isinstance(attribute, xsd.Attribute) and attribute.qname is not None
        )
        nested = [particle for _, particle in type_.elements_nested]
        if nested and isinstance(nested[0], xsd.Element):  # simple content: the text of the element itself
            type_ = nested[0].type
        elif within.count(type_) >= _MOST_IN_ITSELF:
            is_open = True
        else:
            has_text = False
            members = [part for particle in nested for part in _particles(particle, path, (*within, type_))]
            is_open = any(_has_wildcard(particle) for particle in nested)
            content = Content(False, 1, False, tuple(members)) if members else None
    moment = "date" if isinstance(type_, Date) else "dateTime" if isinstance(type_, DateTime) else ""
    return MessageElement(
        element.qname.text,
        path,
        element.min_occurs,
        bool(element.nillable),
        element.default,
        moment,
        attributes,
        content,
        has_text,
        element.accepts_multiple,
        is_open,
    )


def _particles(particle: Any, path: ElementPath, within: tuple[Any, ...]) -> Iterator[Particle]:
    if isinstance(particle, xsd.Any):
        return
    if isinstance(particle, xsd.Element):
        yield _element(particle, (*path, particle.qname.localname), within)
    elif isinstance(particle, Group):
        yield _content(particle, [particle.child], path, within)
    else:
        yield _content(particle, list(particle), path, within)


def _content(particle: Any, inner: list[Any], path: ElementPath, within: tuple[Any, ...]) -> Content:
    members = tuple(part for one in inner for part in _particles(one, path, within))
    is_choice = isinstance(particle, Choice)
    if is_choice:  # zeep lets all members be left out
        members = tuple(replace(member, least=1) for member in members)
    return Content(is_choice, particle.min_occurs, particle.accepts_multiple, members)


def _has_wildcard(particle: Any) -> bool:
    if isinstance(particle, xsd.Element):
        return False
    if isinstance(particle, xsd.Any):
        return True
    return any(_has_wildcard(inner) for inner in ([particle.child] if isinstance(particle, Group) else particle))
