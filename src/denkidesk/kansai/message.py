"""Texts by path -> the elements of one message, in the schema's order; what is missing is named, never left to the schema.

Not zeep's own rendering: a choice has to be told apart by what is given, ``fixed`` fills itself, an item may be sent empty or nil, and
what is missing wants its own name rather than a neighbour's.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from denkidesk.kansai.binding import Absent, ElementPath
from denkidesk.kansai.element_tree import Content, MessageElement, Particle

_NIL: Final = "{http://www.w3.org/2001/XMLSchema-instance}nil"


@dataclass(frozen=True, slots=True)
class Lack:
    """Why a message cannot be filled: at ``path`` a text is missing, or stands although a choice has taken another branch."""

    path: ElementPath
    excluded: bool = False


class Filler:
    """Fills one message.

    ``absent``: how an item without a value is sent, None where nothing is said about it. ``named``: paths that have a name of ours.
    ``aside``: those of the texts for whose sake no element is made; attributes that always say the same.
    """

    def __init__(
        self,
        texts: Mapping[ElementPath, str],
        absent: Callable[[MessageElement], Absent | None],
        *,
        named: Collection[ElementPath] = (),
        aside: Collection[ElementPath] = (),
    ) -> None:
        self._texts = texts
        self._absent = absent
        self._named = named
        self._asked = texts.keys() - set(aside)
        self._given = {path[:depth] for path in self._asked for depth in range(len(path) + 1)}
        self._lacks: list[Lack] = []

    def fill(self, parent: etree._Element, root: MessageElement) -> list[Lack]:
        """Puts the element below ``parent``; returns what is missing, the message being of no use then."""
        holder = etree.Element("message")  # of its own, so that header and body count their prefixes each from the first
        self._build(holder, root)
        parent.extend(holder)
        return self._lacks

    def _build(self, parent: etree._Element, element: MessageElement) -> None:
        node = etree.SubElement(parent, element.tag)
        for attribute in element.attributes:
            text = self._texts.get(attribute.path, attribute.preset if attribute.required else None)
            if text is not None:
                node.set(attribute.tag, text)
            elif attribute.required:
                self._lacks.append(Lack(attribute.path))
        given = element.path in self._given
        absent = None if given else self._absent(element)
        if absent is Absent.NIL:
            node.set(_NIL, "true")
        elif element.content is not None:
            self._put(node, element.content)
        elif element.path in self._texts:
            node.text = self._texts[element.path]
        elif element.preset is not None:
            node.text = element.preset
        elif absent is not Absent.EMPTY and not element.is_open and element.has_text:
            self._lacks.append(Lack(element.path))

    def _put(self, node: etree._Element, particle: Particle) -> None:
        if isinstance(particle, MessageElement):
            if particle.path in self._given or particle.least > 0 or (particle.leaf and self._absent(particle) is not None):
                self._build(node, particle)
        elif self._has(particle) or particle.least > 0:
            if particle.is_choice:
                self._choose(node, particle)
            else:
                for member in particle.members:
                    self._put(node, member)

    def _has(self, particle: Particle) -> bool:
        """Whether anything is given for a part of the message."""
        if isinstance(particle, MessageElement):
            return particle.path in self._given
        return any(self._has(member) for member in particle.members)

    def _choose(self, node: etree._Element, choice: Content) -> None:
        given = [member for member in choice.members if self._has(member)]
        if choice.many and given:
            for member in given:
                self._put(node, member)
            return
        wanted = self._paths_in(choice)
        whole = [member for member in given if self._paths_in(member) == wanted]
        if given and not whole:
            taken = self._paths_in(given[0])
            self._lacks.extend(Lack(path, excluded=True) for path in sorted(wanted - taken))
            return
        self._try(node, whole or list(choice.members))

    def _try(self, node: etree._Element, branches: list[Particle]) -> None:
        """Takes the first branch that lacks nothing; where all lack something, says so of one that has an item of ours."""
        outer, told = self._lacks, None
        for branch in branches:
            self._lacks, before = [], len(node)
            self._put(node, branch)
            if not self._lacks:
                self._lacks = outer
                return
            del node[before:]
            ours = any(lack.path in self._named for lack in self._lacks)
            if told is None or (ours and not told[0]):
                told = (ours, self._lacks)
        self._lacks = outer + (told[1] if told is not None else [])

    def _paths_in(self, particle: Particle) -> frozenset[ElementPath]:
        """The given texts that have a place in a part of the message."""
        if isinstance(particle, MessageElement):
            own = [path for path in (particle.path, *(attribute.path for attribute in particle.attributes)) if path in self._asked]
            return frozenset(own) | (frozenset() if particle.content is None else self._paths_in(particle.content))
        return frozenset().union(*(self._paths_in(member) for member in particle.members))
