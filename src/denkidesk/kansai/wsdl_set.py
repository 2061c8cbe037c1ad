"""An installed WSDL set, loaded through zeep and joined with its binding: what each of the seven operations looks like on the wire."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types
from zeep.settings import Settings
from zeep.transports import Transport
from zeep.wsdl import Document as ZeepDocument

from denkidesk.domain.applications import Operation
from denkidesk.domain.error_codes import InstallationCode, SetupCode
from denkidesk.domain.errors import SetupFault
from denkidesk.domain.wsdl_codes import WsdlCode
from denkidesk.kansai.binding import BINDING_FILE, HEADER_ITEMS, Binding, OperationBinding, read_binding
from denkidesk.kansai.documents import DocumentSet, gather, locate
from denkidesk.kansai.element_tree import MessageElement, elements_of
from denkidesk.kansai.findings import Finding
from denkidesk.kansai.schema import SchemaSet

# strict=False loses data silently; the rest refuses what no WSDL needs.
ZEEP_SETTINGS: Final = {"strict": True, "forbid_dtd": True, "forbid_entities": True, "forbid_external": True, "xml_huge_tree": False}


class FolderTransport(Transport):
    """Gives zeep the gathered documents and nothing else; it cannot reach a file of its own choice, and never the network."""

    def __init__(self, gathered: DocumentSet) -> None:
        # The base class's __init__ would open a requests session; without one it can neither get nor post.
        self.cache = None
        self._close_session = False
        self._gathered = gathered

    def load(self, url: str) -> bytes:
        """One gathered document, mended. Raises SetupFault for any other address."""
        base = self._gathered.directory + "/"
        path = locate(self._gathered.directory, base, str(url))
        document = None if isinstance(path, Finding) else self._gathered.documents.get(path)
        if document is None:
            raise SetupFault(str(url), "import", WsdlCode.IMPORT_OUTSIDE)
        return bytes(etree.tostring(document.root, encoding="UTF-8", xml_declaration=True))


@dataclass(frozen=True, slots=True)
class HeaderPart:
    """One header block that the WSDL declares. ``items``: local names of its children; empty for a block that is one item."""

    key: str  # zeep's name: the name of the message part
    element: str  # local name
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CallPlan:
    """All that building one request and reading its reply needs."""

    binding: OperationBinding
    zeep_operation: Any
    soap_action: str
    header_parts: tuple[HeaderPart, ...]  # empty: not declared
    request_elements: Mapping[tuple[str, ...], MessageElement]
    reply_elements: Mapping[tuple[str, ...], MessageElement]
    reply_tag: str
    schema: SchemaSet


@dataclass(slots=True)
class WsdlSet:
    """The set as loaded: plans of the operations that can be called, and everything found on the way."""

    binding: Binding | None = None
    plans: dict[Operation, CallPlan] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    faults_of_operation: dict[Operation, list[Finding]] = field(default_factory=dict)

    def plan(self, operation: Operation) -> CallPlan:
        """The plan of one operation. Raises SetupFault with the first finding that is in its way."""
        plan = self.plans.get(operation)
        if plan is not None and self.binding is not None:
            return plan
        in_the_way = [*self.faults_of_operation.get(operation, ()), *self.findings]
        for finding in in_the_way:
            if finding.blocks:
                raise finding.as_fault()
        raise SetupFault(BINDING_FILE, f"operations.{operation.value}", WsdlCode.MISSING_OPERATION)


def load_wsdl_set(directory: Path) -> WsdlSet:
    """Loads WSDL and binding of a folder; never raises for what is wrong in them, but notes it."""
    loaded = WsdlSet()
    if not directory.is_dir():
        loaded.findings.append(Finding(str(directory), "folder", InstallationCode.MISSING))
        return loaded
    binding, loaded.findings = read_binding(directory / BINDING_FILE)
    loaded.binding = binding
    if binding is None:
        return loaded
    general = [f for f in loaded.findings if f.blocks and not f.item.startswith("operations.")]
    sources: dict[str, _Source] = {}
    for operation, entry in binding.operations.items():
        source = sources.get(entry.wsdl)
        if source is None:
            source = sources[entry.wsdl] = _load_source(directory, entry.wsdl)
            loaded.findings.extend(source.findings)
        prefix = f"operations.{operation.value}."
        in_the_way = general + [f for f in loaded.findings if f.blocks and f.item.startswith(prefix)] + source.findings
        plan, findings = _plan(binding, entry, source)
        loaded.findings.extend(findings)
        in_the_way += [f for f in findings if f.blocks]
        loaded.faults_of_operation[operation] = in_the_way
        if plan is not None and not any(f.blocks for f in in_the_way):
            loaded.plans[operation] = plan
    return loaded


class _Note(Protocol):
    """Notes one finding about the WSDL of an operation."""

    def __call__(self, item: str, code: SetupCode, detail: str = "", *, blocks: bool = True) -> None: ...


@dataclass(slots=True)
class _Source:
    """One WSDL by which the set is entered."""

    document: Any = None
    schema: SchemaSet | None = None
    findings: list[Finding] = field(default_factory=list)


def _load_source(directory: Path, name: str) -> _Source:
    gathered = gather(directory, name)
    source = _Source(findings=gathered.findings)
    if source.findings:
        return source
    try:
        source.schema = SchemaSet(gathered)
    except (etree.XMLSchemaParseError, etree.XMLSyntaxError) as error:
        source.findings.append(Finding(name, "types", WsdlCode.SCHEMA_INVALID, str(error)))
        return source
    try:
        # zeep's warnings ("operation skipped") are not caught here, warning filters belong to the whole process; what they announce
        # is found missing afterwards.
        source.document = ZeepDocument(
            str(next(iter(gathered.documents))),
            FolderTransport(gathered),  # type: ignore[arg-type]  # zeep annotates the class where it means an object
            settings=Settings(**ZEEP_SETTINGS),
        )
    except Exception as error:  # noqa: BLE001 - zeep lets KeyError, AttributeError and its own errors out of a faulty WSDL
        source.findings.append(Finding(name, "file", WsdlCode.WSDL_INVALID, f"{type(error).__name__}: {error}"))
    return source


def _plan(binding: Binding, entry: OperationBinding, source: _Source) -> tuple[CallPlan | None, list[Finding]]:
    """The plan of one operation, or why there is none."""
    findings: list[Finding] = []
    if source.document is None or source.schema is None:
        return None, findings

    def note(item: str, code: SetupCode, detail: str = "", *, blocks: bool = True) -> None:
        findings.append(Finding(entry.wsdl, item, code, detail, blocks))

    service = _service(source.document, entry.service)
    if service is None:
        note(entry.service, WsdlCode.MISSING_SERVICE)
        return None, findings
    ports = dict(service.ports)
    if entry.port is None:  # a service often has a second port for SOAP 1.2
        soap11 = [port for port in ports.values() if type(port.binding).__name__ == "Soap11Binding"]
        port = soap11[0] if len(soap11) == 1 else None
    else:
        port = ports.get(entry.port)
    if port is None:
        note(f"{entry.service}/{entry.port or ''}", WsdlCode.MISSING_PORT, ", ".join(ports))
        return None, findings
    operation = getattr(port.binding, "_operations", {}).get(entry.wsdl_operation)
    where = f"{entry.service}/{entry.wsdl_operation}"
    if operation is None or operation.input is None or operation.output is None:
        note(where, WsdlCode.MISSING_OPERATION)
        return None, findings
    if type(port.binding).__name__ != "Soap11Binding":
        note(where, WsdlCode.NOT_SOAP11, type(port.binding).__name__)
        return None, findings
    if operation.style != "document":
        note(where, WsdlCode.RPC_STYLE, str(operation.style))
        return None, findings
    request, reply = operation.input.body, operation.output.body
    if request is None or not hasattr(request, "qname"):
        note(where, WsdlCode.EMPTY_BODY, "input")
        return None, findings
    if reply is None or not hasattr(reply, "qname"):
        note(where, WsdlCode.EMPTY_BODY, "output")
        return None, findings
    action = entry.soap_action if entry.soap_action is not None else (operation.soapaction or "")
    if not action.isascii() or not action.isprintable() or '"' in action:
        note(where, WsdlCode.SOAP_ACTION, action)
    request_elements = {element.path: element for element in elements_of(request)}
    reply_elements = {element.path: element for element in elements_of(reply)}
    header_parts = _header_parts(operation)
    _check_header(binding, header_parts, where, note)
    plan = CallPlan(
        entry, operation, action, header_parts, request_elements, reply_elements, str(reply.qname.text), source.schema
    )  # the reply is read by tag, not by position
    _check_names(plan, where, note)
    return plan, findings


def _service(document: Any, name: str) -> Any:
    """A service of the entry file, or of a file that it imports: zeep itself looks no further than the entry."""
    for definition in (document, *document._definitions.values()):  # noqa: SLF001 - zeep has no public way to the imported files
        if name in definition.services:
            return definition.services[name]
    return None


def _header_parts(operation: Any) -> tuple[HeaderPart, ...]:
    declared = [] if operation.input.header is None else operation.input.header.type.elements
    return tuple(
        HeaderPart(key, element.qname.localname, tuple(inner.path[0] for inner in elements_of(element) if len(inner.path) == 1))
        for key, element in declared
        if hasattr(element, "qname")
    )


def _check_header(binding: Binding, parts: tuple[HeaderPart, ...], where: str, note: _Note) -> None:
    if not parts:
        note(f"{where}/header", WsdlCode.HEADER_UNDECLARED, binding.header.element, blocks=False)
        return
    declared = {name for part in parts for name in (part.items or (part.element,))}
    for name in HEADER_ITEMS:
        wanted = binding.header.items.get(name)
        if wanted is not None and wanted not in declared:
            note(f"{where}/header/{wanted}", WsdlCode.MISSING_HEADER, name)
    for name in sorted(declared - set(binding.header.items.values())):
        note(f"{where}/header/{name}", WsdlCode.UNKNOWN_HEADER)


def _check_names(plan: CallPlan, where: str, note: _Note) -> None:
    """Every path of the binding must lead to an element; elements that no path names are news, or a block if they are required."""
    entry = plan.binding
    rows = {f"rows.{name}": (*entry.rows_path, *path) for name, path in (entry.row_items or {}).items()}
    if entry.row_items is not None:
        rows["rows.path"] = entry.rows_path
    for side, elements, paths in (
        ("request", plan.request_elements, {f"request.{name}": path for name, path in entry.request.items()}),
        ("reply", plan.reply_elements, {f"reply.{name}": path for name, path in entry.reply.items()} | rows),
    ):
        for name, path in paths.items():
            if path not in elements:
                note(f"{where}/{side}/{'/'.join(path)}", WsdlCode.UNKNOWN_ELEMENT, f"operations.{entry.operation.value}.{name}")
        named = set(paths.values())
        for path, element in elements.items():
            if element.leaf and path not in named:
                needed = side == "request" and element.required and not element.default and _parents_required(path, elements)
                # A required item without a field of ours can still come from an application's extra items.
                note(f"{where}/{side}/{'/'.join(path)}", WsdlCode.REQUIRED_EXTRA if needed else WsdlCode.EXTRA_ELEMENT, blocks=False)


def _parents_required(path: tuple[str, ...], elements: Mapping[tuple[str, ...], MessageElement]) -> bool:
    return all(elements[path[:depth]].required for depth in range(1, len(path)) if path[:depth] in elements)
