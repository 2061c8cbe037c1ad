"""The SOAP header of a request: which blocks there are, and where in them the six items stand."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from denkidesk.domain.wsdl_codes import WsdlCode
from denkidesk.kansai.binding import BINDING_FILE, HEADER_ITEMS, ElementPath, HeaderBinding
from denkidesk.kansai.element_tree import Content, MessageElement, below
from denkidesk.kansai.findings import Finding, nearest, shown
from denkidesk.kansai.message import Filler, Lack
from denkidesk.kansai.wire_text import XsdDateReader, write_moment, write_xsd

Place = tuple[int, ElementPath]
"""Which block, and where in it; the empty path is the block itself."""
_SAMPLE: Final = "1"


class Header:
    """The blocks that the WSDL declares or, where it is silent, those that the binding describes."""

    def __init__(self, binding: HeaderBinding, declared: tuple[MessageElement, ...]) -> None:
        self.is_declared = bool(declared)
        self.blocks = declared or _described(binding)
        self._places: dict[Place, MessageElement] = {
            (number, path): element for number, block in enumerate(self.blocks) for path, element in ({(): block} | below(block)).items()
        }
        self._attributes = {(number, one.path) for (number, _), element in self._places.items() for one in element.attributes}
        self.items = {name: place for name, path in binding.items.items() if (place := self._place(path)) is not None}
        self._constants = {place: text for path, text in binding.constants.items() if (place := self._place(path)) is not None}
        self._unplaced = [
            *((name, path) for name, path in binding.items.items() if name not in self.items),
            *(("", path) for path in binding.constants if self._place(path) is None),
        ]
        self._binding = binding

    def fill(self, parent: etree._Element, values: Mapping[str, str]) -> list[tuple[int, Lack]]:
        """Puts every block that has content, or has to be there, below ``parent``; returns what is missing."""
        texts = {place: values[name] for name, place in self.items.items()} | self._constants
        lacks: list[tuple[int, Lack]] = []
        for number, block in enumerate(self.blocks):
            own = {path: text for (at, path), text in texts.items() if at == number}
            aside = [path for at, path in self._constants if at == number and path[-1:] and path[-1].startswith("@")]
            lacks.extend((number, lack) for lack in Filler(own, lambda _element: None, aside=aside).fill(parent, block))
        return lacks

    def time_stamp(self, moment: datetime, wire_format: str) -> str:
        """The moment in the wire's form, unless the schema has a type of its own for it that the form does not fit."""
        element = self._places.get(self.items["time_stamp"]) if "time_stamp" in self.items else None
        xsd_type = "" if element is None else element.moment
        text = write_moment(moment, wire_format)
        return write_xsd(moment, xsd_type) if xsd_type and XsdDateReader().read(text) is None else text

    def password(self, head: etree._Element) -> etree._Element | None:
        """The element in a filled header that takes the password."""
        if "password" not in self.items:
            return None
        number, path = self.items["password"]
        node = next((block for block in head if block.tag == self.blocks[number].tag), None)
        for step in path:
            node = None if node is None else next((child for child in node if etree.QName(child).localname == step), None)
        return node

    def name_at(self, block: str, path: ElementPath) -> str:
        """Our name of what stands there, or its path."""
        for name, (number, own) in self.items.items():
            if own == path and etree.QName(self.blocks[number].tag).localname == block:
                return name
        return "/".join((block, *path))

    def findings(self) -> list[Finding]:
        """What of the binding has no place or one that is taken, what of the header has no source, and what nobody binds.

        Of the binding, which has one header: the same words for each operation, so that they can be said once.
        """
        found = [
            _finding("/".join(path), WsdlCode.BLOCK, shown(inside))
            if (inside := self._inside(path))
            else _finding("/".join(path), WsdlCode.MISSING_HEADER if name else WsdlCode.UNKNOWN_ELEMENT, name)
            for name, path in self._unplaced
        ]
        if not self.is_declared:
            found.append(Finding(BINDING_FILE, "header", WsdlCode.HEADER_UNDECLARED, self._binding.element, blocks=False))
        found += [_finding(self._spelled(place), WsdlCode.ALREADY_FILLED, told) for place, told in self._filled_twice()]
        needed = {(at, lack.path) for at, lack in self.fill(etree.Element("x"), dict.fromkeys(HEADER_ITEMS, _SAMPLE))}
        bound = {*self.items.values(), *self._constants}
        free = {
            self._spelled(place): place in needed
            for place, element in self._places.items()
            if place in needed or (element.content is None and element.has_text and place not in bound)
        }
        meant = self._meant(free)
        found += [_finding(path, WsdlCode.UNKNOWN_HEADER, meant[path], blocks=blocks) for path, blocks in free.items()]
        found.extend(_finding(self._spelled(place), WsdlCode.UNKNOWN_HEADER) for place in needed - self._places.keys())
        return found

    def _meant(self, free: Iterable[str]) -> dict[str, str]:
        """Free paths -> the item without a place that goes there: by its name or the path that it was given, or any that is left."""
        homeless = {name: "/".join(path) for name, path in self._unplaced if name}
        homeless |= {name: name.replace("_", "") for name in HEADER_ITEMS if name not in self._binding.items}
        names = {path.lower(): name for name, path in homeless.items()}
        likely = {path: names.pop(near) for path in free if (near := nearest(path.lower(), names))}
        return dict.fromkeys(free, "|".join(names.values())) | likely

    def _filled_twice(self) -> Iterator[tuple[Place, str]]:
        """The places that two lines of the binding fill, with our names or the paths that stand there."""
        lines: dict[Place, list[str]] = {}
        for name, path in [*self._binding.items.items(), *(("", path) for path in self._binding.constants)]:
            if (place := self._place(path)) is not None:
                lines.setdefault(place, []).append(name or "/".join(path))
        yield from ((place, " ".join(told)) for place, told in lines.items() if len(told) > 1)

    def _inside(self, path: ElementPath) -> list[str]:
        """The names of the elements in a block, where a path of the binding leads to one."""
        return [
            at[-1]
            for number, block in enumerate(self.blocks)
            for own in ((path, path[1:]) if path[0] == etree.QName(block.tag).localname else (path,))
            for inner, at in self._places
            if inner == number and at and at[:-1] == own
        ]

    def _spelled(self, place: Place) -> str:
        block, path = self.blocks[place[0]], place[1]
        return "/".join(path) if path else etree.QName(block.tag).localname

    def _place(self, path: ElementPath) -> Place | None:
        """Where a path of the binding leads: below a block, or from the block's own name on."""
        for number, block in enumerate(self.blocks):
            name = etree.QName(block.tag).localname
            for own in (path, path[1:] if path[0] == name else None):
                if own is None:
                    continue
                element = self._places.get((number, own))
                if (number, own) in self._attributes or (element is not None and element.has_text):
                    return number, own
        return None


def _finding(path: str, code: WsdlCode, detail: str = "", *, blocks: bool = True) -> Finding:
    return Finding(BINDING_FILE, f"header/{path}", code, detail, blocks)


def _described(binding: HeaderBinding) -> tuple[MessageElement, ...]:
    """The header of the binding, where the WSDL is silent: one block, or one for each item."""
    space = f"{{{binding.namespace}}}" if binding.namespace else ""
    paths = [*(binding.items[name] for name in HEADER_ITEMS if name in binding.items), *binding.constants]
    if not binding.element:
        names = dict.fromkeys(path[0] for path in paths)
        return tuple(_below_path(space, name, [path[1:] for path in paths if path[0] == name], ()) for name in names)
    inner = space if binding.qualified else ""
    root = _below_path(inner, binding.element, paths, ())
    return (replace(root, tag=space + binding.element),)


def _below_path(space: str, name: str, paths: list[ElementPath], at: ElementPath) -> MessageElement:
    inner = [path for path in paths if path]
    if not inner:
        return MessageElement(space + name, at, 1)
    names = dict.fromkeys(path[0] for path in inner)
    members = tuple(_below_path(space, one, [path[1:] for path in inner if path[0] == one], (*at, one)) for one in names)
    return MessageElement(space + name, at, 1, content=Content(False, 1, False, members), has_text=False)
