"""XSD validation of what goes out and what comes in: zeep checks occurrences only."""

import re
import threading
from collections.abc import Set
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from denkidesk.kansai.binding import ElementPath
from denkidesk.kansai.documents import KNOWN_NAMESPACES, XSD, Document, DocumentSet
from denkidesk.kansai.rpc import rpc_schemas

_NAMED: Final = re.compile(r"(?:Element '|attribute '|[(,] )(?:\{[^}]*\})?([^'\s,)]+)")
_ELEMENT: Final = re.compile(r"Element '(?:\{[^}]*\})?([^']+)'")
_EXPECTED: Final = re.compile(r"Expected is (?:one of )?\( *(?:\{[^}]*\})?([^\s,)]+)")
_LIMIT: Final = re.compile(r"allowed (?:maximum |minimum )?length of '(\d+)'")
_FACET: Final = re.compile(
    r"accepted by the pattern '(.*)'\.$|element of the set (?P<set>\{.*\})|valid value of the (?:atomic|list) type '(?:xs:)?([^']+)'"
    r"|fixed value constraint '([^']*)'"
    r"|must be (?:greater than|less than)(?: or equal to)? '([^']+)'"
    r"|(?:greater|less) than the (?:minimum|maximum) value allowed \('([^']+)'\)"
)
_ATTRIBUTE: Final = re.compile(r"^Element '[^']*', attribute '(?:\{[^}]*\})?([^']+)':(?! The attribute)")
_QUOTED: Final = re.compile("'([^']*)'")
_STEP: Final = re.compile(r"([^\[]+)(?:\[(\d+)\])?")
_DRIVER: Final = "denkidesk:driver"


@dataclass(frozen=True, slots=True)
class SchemaFault:
    """One broken rule: the element it is about, libxml2's name of the rule, the element expected in its place; never the value."""

    element: str
    rule: str
    expected: str = ""
    limit: str = ""  # of a length
    path: ElementPath = ()  # below the element that was checked
    missing: tuple[str, ...] = ()  # where a child is: the names that may stand in its place
    values: tuple[str, ...] = ()  # a facet's own: pattern, enumeration, bound, or name of a built-in type


class SchemaSet:
    """All schema types of one WSDL, compiled; safe to share between threads."""

    def __init__(self, gathered: DocumentSet) -> None:
        """Compiles the schemas, inline ones too. Raises lxml's XMLSchemaParseError or XMLSyntaxError."""
        sources = _Sources(gathered)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        parser.resolvers.add(_MemoryResolver(sources.texts))
        driver = etree.fromstring(sources.texts[_DRIVER], parser, base_url=_DRIVER)
        self._schema = etree.XMLSchema(driver)
        self._lock = threading.Lock()  # the error log belongs to the schema object, not to the call

    def is_valid(self, element: etree._Element) -> bool:
        """Whether no rule is broken."""
        with self._lock:
            return bool(self._schema.validate(element))

    def faults(self, element: etree._Element, *, about: Set[str] | None = None) -> tuple[SchemaFault, ...]:
        """Every broken rule in an element and below; empty where it is valid. ``about``: only where one of these local names is named."""
        with self._lock:
            if self._schema.validate(element):
                return ()
            entries = [entry for entry in self._schema.error_log if about is None or not about.isdisjoint(_names(entry))]
            return tuple(dict.fromkeys(_fault(element, entry) for entry in entries))


def _names(entry: Any) -> set[str]:
    return set(_NAMED.findall(str(entry.message)))


def _fault(element: etree._Element, entry: Any) -> SchemaFault:
    message = str(entry.message)
    named, expected = _ELEMENT.search(message), _EXPECTED.search(message)
    limit, facet = _LIMIT.search(message), _FACET.search(message)
    return SchemaFault(
        named[1] if named else "",
        str(entry.type_name).removeprefix("SCHEMAV_"),
        expected[1] if expected else "",
        limit[1] if limit else "",
        _place(element, str(entry.path or "")) + _attribute(message),
        tuple(_NAMED.findall(message.partition("Expected is")[2])) if "Missing child" in message else (),
        _values(facet) if facet else (),
    )


def _attribute(message: str) -> ElementPath:
    """The last step to an attribute whose value is at fault: libxml2's path leads to its element."""
    match = _ATTRIBUTE.search(message)
    return (f"@{match[1]}",) if match else ()


def _values(facet: re.Match[str]) -> tuple[str, ...]:
    enumeration = facet["set"]
    return tuple(_QUOTED.findall(enumeration)) if enumeration else tuple(part for part in facet.groups() if part)


def _place(element: etree._Element, path: str) -> ElementPath:
    """The local names of a path that libxml2 wrote, which are the document's prefixes or mere numbers."""
    names: list[str] = []
    for step in path.split("/")[2:]:
        match = _STEP.fullmatch(step)
        if match is None:
            break
        found = [child for child in element if match[1] in ("*", f"{child.prefix}:{etree.QName(child).localname}".removeprefix("None:"))]
        place = int(match[2] or 1) - 1
        if place >= len(found):
            break
        element = found[place]
        names.append(etree.QName(element).localname)
    return tuple(names)


class _MemoryResolver(etree.Resolver):  # type: ignore[misc]  # lxml ships no types
    """Answers for the gathered documents by made-up addresses, and for nothing else: neither files nor the network."""

    def __init__(self, texts: dict[str, bytes]) -> None:
        self._texts = texts

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:  # noqa: ARG002 - lxml's signature
        if system_url in self._texts:
            return self.resolve_string(self._texts[system_url], context, base_url=system_url)
        return self.resolve_empty(context)


class _Sources:
    """The schemas of a set as texts that import each other by made-up addresses.

    libxml2 takes only the first import of a namespace, so each namespace gets one document that includes all of its files.
    """

    def __init__(self, gathered: DocumentSet) -> None:
        self.texts: dict[str, bytes] = {}
        self._address_of_file: dict[str, str] = {}
        schemas: list[tuple[str, Document, etree._Element]] = []
        for number, document in enumerate(gathered.documents.values()):
            if document.root.tag == XSD + "schema":
                address = f"denkidesk:file-{number}"
                self._address_of_file[document.path] = address
                schemas.append((address, document, document.root))
            else:
                for inline, schema in enumerate(document.root.iter(XSD + "schema")):
                    schemas.append((f"denkidesk:inline-{number}-{inline}", document, schema))
        schemas += [
            (f"denkidesk:rpc-{number}", Document("", schema, {}), schema)
            for number, schema in enumerate(rpc_schemas(gathered.documents.values()))
        ]
        included = self._included(schemas)
        by_namespace: dict[str, list[str]] = {}
        for address, _, schema in schemas:
            if address not in included:
                by_namespace.setdefault(schema.get("targetNamespace", ""), []).append(address)
        self._address_of_namespace = {namespace: f"denkidesk:namespace-{n}" for n, namespace in enumerate(by_namespace)}
        for address, document, schema in schemas:
            self.texts[address] = self._rewritten(document, schema)
        for namespace, addresses in by_namespace.items():
            self.texts[self._address_of_namespace[namespace]] = _collection(namespace, addresses)
        self.texts[_DRIVER] = self._driver()

    def _included(self, schemas: list[tuple[str, Document, etree._Element]]) -> set[str]:
        """Addresses that another schema includes: reached through it, and a chameleon has no namespace of its own."""
        found: set[str] = set()
        for address, document, schema in schemas:
            for element in schema.iterchildren(XSD + "include", XSD + "redefine"):
                target = self._address_of_file.get(document.references.get(element.get("schemaLocation", ""), ""))
                if target is not None and target != address:
                    found.add(target)
        everything = {address for address, _, _ in schemas}
        return found if found != everything else set()

    def _rewritten(self, document: Document, schema: etree._Element) -> bytes:
        # The root is made anew: a copy would lose the prefixes that only a wsdl:definitions around it declares.
        copy = etree.Element(schema.tag, dict(schema.attrib), nsmap=schema.nsmap)
        copy.extend(deepcopy(child) for child in schema)
        for element in list(copy.iterchildren(XSD + "import", XSD + "include", XSD + "redefine")):
            if element.tag == XSD + "import":
                address = self._address_of_namespace.get(element.get("namespace", ""))
            else:
                address = self._address_of_file.get(document.references.get(element.get("schemaLocation", ""), ""))
            if address is not None:
                element.set("schemaLocation", address)
            elif "schemaLocation" in element.attrib:
                del element.attrib["schemaLocation"]
        return _text(copy)

    def _driver(self) -> bytes:
        root = etree.Element(XSD + "schema", targetNamespace="urn:denkidesk:driver")
        for namespace, address in self._address_of_namespace.items():
            if namespace in KNOWN_NAMESPACES:
                continue
            element = etree.SubElement(root, XSD + "import", schemaLocation=address)
            if namespace:
                element.set("namespace", namespace)
        return _text(root)


def _collection(namespace: str, addresses: list[str]) -> bytes:
    root = etree.Element(XSD + "schema")
    if namespace:
        root.set("targetNamespace", namespace)
    for address in addresses:
        etree.SubElement(root, XSD + "include", schemaLocation=address)
    return _text(root)


def _text(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))
