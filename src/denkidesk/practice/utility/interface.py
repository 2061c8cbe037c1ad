"""The seven services as the interface files describe them: WSDL and schemas for the shapes, binding.json for the names."""

import json
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from lxml import etree  # type: ignore[import-untyped]  # ships no types

from denkidesk.domain.applications import OPERATION_OF_KIND, ApplicationKind, Operation
from denkidesk.practice.utility.refusal import Refusal

SOAP: Final = "http://schemas.xmlsoap.org/soap/envelope/"
_NAMESPACES: Final = {
    "w": "http://schemas.xmlsoap.org/wsdl/",
    "soap": "http://schemas.xmlsoap.org/wsdl/soap/",
    "x": "http://www.w3.org/2001/XMLSchema",
}
_ELEMENT: Final = re.compile(r"Element '(?:\{[^}]*\})?([^']+)'")
_EXPECTED: Final = re.compile(r"Expected is (?:one of )?\( (.+?) \)")


@dataclass(frozen=True, slots=True)
class Service:
    """One service. Paths are tuples of local names; ``reply_order`` and ``row_order`` hold local names in the schema's order."""

    operation: Operation
    name: str
    service_id: str
    soap_action: str
    request: str  # {namespace}local of the request's wrapper
    reply_namespace: str
    reply_local: str
    request_paths: Mapping[str, tuple[str, ...]]
    reply_paths: Mapping[str, tuple[str, ...]]
    reply_order: tuple[str, ...]
    rows_path: tuple[str, ...] = ()
    row_paths: Mapping[str, tuple[str, ...]] | None = None
    row_order: tuple[str, ...] = ()

    @property
    def kind(self) -> ApplicationKind | None:
        """The kind of application that it takes, or None for the two that only read."""
        return next((kind for kind, operation in OPERATION_OF_KIND.items() if operation is self.operation), None)


class Interface:
    """Everything the practice utility knows of the wire, read once from ``resources/kansai``. Safe to use from any thread."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._parser_options: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
        binding = json.loads((directory / "binding.json").read_text(encoding="utf-8"))
        self.codes = json.loads((directory / "code_tables.json").read_text(encoding="utf-8"))
        self.date_format: str = binding["date_format"]
        self.true_value: str = binding["true_value"]
        self.false_value: str = binding["false_value"]
        statuses = [entry["code"] for entry in self.codes["request_status"]]
        self.accepted: str = binding["accepted_request_status"][0]
        self.not_found: str = binding["not_found_request_status"][0]
        self.declined: str = next(code for code in statuses if code not in (self.accepted, self.not_found))
        self.stages: tuple[str, ...] = tuple(entry["code"] for entry in self.codes["work_stage"])
        self.header_items: Mapping[str, str] = binding["header"]["items"]
        self.header_element: str = f"{{{binding['header']['namespace']}}}{binding['header']['element']}"
        trees = {name: self.parse((directory / name).read_bytes()) for name in {entry["wsdl"] for entry in binding["operations"].values()}}
        self._schema_trees = [self.parse(path.read_bytes()) for path in sorted(directory.glob("*.xsd"))]
        self.services: dict[str, Service] = {}
        for operation, entry in binding["operations"].items():
            service = self._service(Operation(operation), entry, trees[entry["wsdl"]])
            self.services[service.name] = service
        self._schema = self._compile()
        self._lock = threading.Lock()

    def parse(self, octets: bytes) -> etree._Element:
        """XML to a tree, without entities and network. Raises etree.XMLSyntaxError."""
        return etree.fromstring(octets, etree.XMLParser(**self._parser_options))

    def check(self, element: etree._Element) -> None:
        """Raises Refusal (400) naming the first item that the schema does not allow."""
        # The error log belongs to the schema object, so one validation at a time.
        with self._lock:
            if self._schema.validate(element):
                return
            message = self._schema.error_log[0].message
        found = _ELEMENT.search(message)
        name = found[1] if found else etree.QName(element).localname
        expected = _EXPECTED.search(message)
        if expected is not None:
            # In a sequence the libraries name what stands where something is missing; what is missing is the last that may stand there.
            wanted = etree.QName(expected[1].split(", ")[-1].strip()).localname
            known = self._order((etree.QName(element).localname,))
            if "Missing child" in message or (name in known and known.index(name) > known.index(wanted)):
                raise Refusal(400, wanted, "required")
        raise Refusal(400, name, "not expected" if "not expected" in message else "value")

    def date_to_wire(self, iso: str) -> str:
        """An ISO date in the form of the wire."""
        year, month, day = iso.split("-")
        return self.date_format.replace("yyyy", year).replace("MM", month).replace("dd", day)

    def date_from_wire(self, text: str, item: str) -> str:
        """A date of the wire as an ISO date. Raises Refusal (400) for a day that the calendar does not have."""
        pattern = re.escape(self.date_format).replace("yyyy", r"(?P<y>\d{4})").replace("MM", r"(?P<m>\d\d)").replace("dd", r"(?P<d>\d\d)")
        match = re.fullmatch(pattern, text)
        try:
            if match is None:
                raise ValueError
            return date(int(match["y"]), int(match["m"]), int(match["d"])).isoformat()
        except ValueError:
            raise Refusal(400, item, "date") from None

    def codes_of(self, table: str, kind: ApplicationKind) -> tuple[str, ...]:
        """The values that a code item of a kind may have; empty where the kind has no such item."""
        entries = self.codes[table]
        chosen = entries.get(kind.value, []) if isinstance(entries, dict) else entries
        return tuple(entry["code"] for entry in chosen)

    def _service(self, operation: Operation, entry: dict[str, Any], tree: etree._Element) -> Service:
        port = _one(tree, f"w:service[@name='{entry['service']}']/w:port[@name='{entry['port']}']")
        binding = _one(tree, f"w:binding[@name='{_local(port.get('binding'))}']")
        port_type = _one(tree, f"w:portType[@name='{_local(binding.get('type'))}']/w:operation[@name='{entry['operation']}']")
        action = _one(binding, f"w:operation[@name='{entry['operation']}']/soap:operation").get("soapAction", "")
        request_namespace, request = self._wrapper(tree, port_type, "input")
        reply_namespace, reply = self._wrapper(tree, port_type, "output")
        rows = entry.get("rows")
        rows_path = tuple(rows["path"].split("/")) if rows else ()
        return Service(
            operation,
            entry["service_name"],
            entry.get("service_id", entry["service_name"]),
            entry.get("soap_action", action),
            f"{{{request_namespace}}}{request}",
            reply_namespace,
            reply,
            _paths(entry["request"]),
            _paths(entry["reply"]),
            self._order((reply,)),
            rows_path,
            _paths(rows["items"]) if rows else None,
            self._order((reply, *rows_path)) if rows else (),
        )

    def _wrapper(self, tree: etree._Element, port_type: etree._Element, direction: str) -> tuple[str, str]:
        message = _one(port_type, f"w:{direction}").get("message")
        part = _one(tree, f"w:message[@name='{_local(message)}']/w:part[@element]")
        prefix, _, local = (part.get("element") or "").rpartition(":")
        return part.nsmap[prefix or None], local

    def _order(self, path: tuple[str, ...]) -> tuple[str, ...]:
        """Local names below an element, in the schema's order; named types are followed."""
        place: etree._Element | None = None
        for name in path:
            roots = self._schema_trees if place is None else [self._content(place)]
            query = f"x:element[@name='{name}']" if place is None else f".//x:element[@name='{name}']"
            place = next(found for root in roots for found in root.findall(query, _NAMESPACES))
        if place is None:
            return ()
        return tuple(child.get("name", "") for child in self._content(place).findall("x:sequence/x:element", _NAMESPACES))

    def _content(self, element: etree._Element) -> etree._Element:
        inline = element.find("x:complexType", _NAMESPACES)
        if inline is not None:
            return inline
        name = _local(element.get("type"))
        return next(found for root in self._schema_trees for found in root.findall(f"x:complexType[@name='{name}']", _NAMESPACES))

    def _compile(self) -> etree.XMLSchema:
        # The schemas are handed over as octets under names of our own: a folder's name may hold anything that a URI has to escape.
        names = {f"practice:{place}": etree.tostring(tree) for place, tree in enumerate(self._schema_trees)}
        imports = "".join(
            f'<x:import namespace="{tree.get("targetNamespace")}" schemaLocation="{name}"/>'
            for name, tree in zip(names, self._schema_trees, strict=True)
        )
        parser = etree.XMLParser(**self._parser_options)
        parser.resolvers.add(_Named(names))
        return etree.XMLSchema(etree.fromstring(f'<x:schema xmlns:x="{_NAMESPACES["x"]}">{imports}</x:schema>', parser))


class _Named(etree.Resolver):  # type: ignore[misc]  # lxml ships no types
    """Finds documents by the names that they were given; nothing else is ever opened."""

    def __init__(self, documents: Mapping[str, bytes]) -> None:
        self._documents = documents

    def resolve(self, system_url: str, public_id: str | None, context: Any) -> Any:  # noqa: ARG002 - called by lxml
        return self.resolve_string(self._documents[system_url], context)


def _paths(items: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(path.split("/")) for name, path in items.items()}


def _local(name: str | None) -> str:
    return (name or "").rpartition(":")[2]


def _one(tree: etree._Element, query: str) -> etree._Element:
    found = tree.find(query, _NAMESPACES)
    if found is None:
        raise ValueError(f"the WSDL has no {query}")
    return found
