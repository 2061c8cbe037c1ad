"""An installed WSDL set, loaded through zeep and joined with its binding: what each of the seven operations looks like on the wire."""

from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Protocol

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types
from zeep.settings import Settings
from zeep.transports import Transport
from zeep.wsdl import Document as ZeepDocument

from denkidesk.domain.applications import OPERATION_OF_KIND, Operation
from denkidesk.domain.error_codes import InstallationCode, SetupCode
from denkidesk.domain.errors import SetupFault
from denkidesk.domain.wsdl_codes import WsdlCode
from denkidesk.kansai.binding import BINDING_FILE, Binding, ElementPath, OperationBinding, read_binding
from denkidesk.kansai.documents import XSD, DocumentSet, gather, locate
from denkidesk.kansai.element_tree import MessageElement, below, element_of
from denkidesk.kansai.findings import Finding, nearest, shown
from denkidesk.kansai.further_items import read_further_items
from denkidesk.kansai.header import Header
from denkidesk.kansai.rpc import REPLY_SUFFIX, is_encoded
from denkidesk.kansai.schema import SchemaSet

# strict=False loses data silently; the rest refuses what no WSDL needs.
ZEEP_SETTINGS: Final = {"strict": True, "forbid_dtd": True, "forbid_entities": True, "forbid_external": True, "xml_huge_tree": False}


SERVICE_NAMES: Final[Mapping[Operation, str]] = {
    Operation.LIST_APPLICATIONS: "H231MshikomikenmeiichiranYokyuServiceProvider",
    Operation.APPLICATION_STATUS: "H231MshikomijokyoYokyuServiceProvider",
    Operation.NEW_UTILITY_EQUIPMENT: "H231ShinikomishikomishasetsubiyokyuServiceProvider",
    Operation.NEW_CUSTOMER_EQUIPMENT: "H231ShinikomishikomikyakusamasetsubiyokyuServiceProvider",
    Operation.NEW_OUTAGE: "H231ShinikomishikomiteidenYokyuServiceProvider",
    Operation.NEW_OTHER: "H231ShinikomishikomisonotaketsukeYokyuServiceProvider",
    Operation.NEW_MENU_CHANGE: "H231ShinikomishikomimenuhenkoyokyuServiceProvider",
}
"""The names that the utility has made public."""
_REPEATABLE: Final = frozenset({"messages", "reception_message"})


class FolderTransport(Transport):
    """Gives zeep the gathered documents and nothing else; it cannot reach a file of its own choice, and never the network."""

    def __init__(self, gathered: DocumentSet) -> None:
        # The base class's __init__ would open a requests session; without one it can neither get nor post.
        self.cache = None
        self._close_session = False
        self._gathered = gathered

    def load(self, url: str) -> bytes:
        """One gathered document, mended for zeep, which knows no ``fixed`` and forgets whether the members of a choice may be left out.

        Raises SetupFault for any other address.
        """
        base = self._gathered.directory + "/"
        path = locate(self._gathered.directory, base, str(url))
        document = None if isinstance(path, Finding) else self._gathered.documents.get(path)
        if document is None:
            raise SetupFault(str(url), "import", WsdlCode.IMPORT_OUTSIDE)
        root = deepcopy(document.root)
        for element in root.iter(XSD + "element", XSD + "attribute"):
            if "fixed" in element.attrib:
                element.set("default", element.get("fixed"))
        for choice in list(root.iter(XSD + "choice")):
            for member in list(choice.iterchildren(*(XSD + kind for kind in ("element", "group", "choice", "sequence", "any")))):
                branch = etree.Element(XSD + "sequence")
                choice.replace(member, branch)
                branch.append(member)
        return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


@dataclass(frozen=True, slots=True)
class CallPlan:
    """All that building one request and reading its reply needs."""

    binding: OperationBinding
    soap_action: str
    header: Header
    request: MessageElement
    reply: MessageElement
    request_elements: Mapping[ElementPath, MessageElement]
    reply_elements: Mapping[ElementPath, MessageElement]
    schema: SchemaSet
    further_dates: frozenset[ElementPath] = frozenset()  # further items of the request that are dates

    @property
    def rows_repeat_from(self) -> int:
        """How many steps of the path of rows lead to the first block that may stand more than once; what is in it belongs to its rows."""
        path = self.binding.rows_path
        repeated = (depth for depth in range(1, len(path)) if (block := self.reply_elements.get(path[:depth])) is not None and block.many)
        return next(repeated, len(path))


@dataclass(slots=True)
class WsdlSet:
    """The set as loaded: plans of the operations that can be called, and everything found on the way."""

    binding: Binding | None = None
    plans: dict[Operation, CallPlan] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    faults_of_operation: dict[Operation, list[Finding]] = field(default_factory=dict)
    files: frozenset[str] = frozenset()  # below the folder, that the set is read from

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
    dates = {
        OPERATION_OF_KIND[kind]: frozenset(tuple(item.path.split("/")) for item in own.items if item.editor == "date")
        for kind, own in read_further_items(directory)[0].items()
    }
    general = [f for f in loaded.findings if f.blocks and not f.item.startswith("operations.")]
    sources: dict[str, _Source] = {}
    for operation, entry in binding.operations.items():
        source = sources.get(entry.wsdl)
        if source is None:
            source = sources[entry.wsdl] = _load_source(directory, entry.wsdl, binding.locations)
            loaded.findings.extend(source.findings)
            loaded.files |= source.files
        prefix = f"operations.{operation.value}."
        in_the_way = general + [f for f in loaded.findings if f.blocks and f.item.startswith(prefix)] + source.findings
        plan, findings = _plan(binding, entry, source)
        loaded.findings.extend(findings)
        in_the_way += [f for f in findings if f.blocks]
        loaded.faults_of_operation[operation] = in_the_way
        if plan is not None and not any(f.blocks for f in in_the_way):
            loaded.plans[operation] = replace(plan, further_dates=dates.get(operation, frozenset()))
    unresolved = [finding.detail for finding in loaded.findings if finding.code is WsdlCode.IMPORT_NETWORK]
    located = {address for source in sources.values() if source.gathered is not None for address in source.gathered.located}
    for address in (address for address in binding.locations if address not in located):
        meant = nearest(address, unresolved)
        loaded.findings.append(Finding(BINDING_FILE, f"locations.{address}", WsdlCode.WITHOUT_EFFECT, meant, blocks=False))
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
    gathered: DocumentSet | None = None
    files: frozenset[str] = frozenset()


def _load_source(directory: Path, name: str, locations: Mapping[str, str]) -> _Source:
    gathered = gather(directory, name, locations)
    source = _Source(findings=gathered.findings, gathered=gathered, files=frozenset(map(gathered.name_of, gathered.documents)))
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

    port = _port(source.document, entry, note)
    if port is None:
        return None, findings
    operations = getattr(port.binding, "_operations", {})
    operation = operations.get(entry.wsdl_operation)
    where = f"{entry.service}/{entry.wsdl_operation}"
    if operation is None:
        note(where, WsdlCode.MISSING_OPERATION, ", ".join(operations))
        return None, findings
    if type(port.binding).__name__ != "Soap11Binding":
        note(where, WsdlCode.NOT_SOAP11, type(port.binding).__name__)
        return None, findings
    is_rpc = operation.style == "rpc"
    if source.gathered is None or is_encoded(source.gathered.documents.values(), port.binding.name.localname, entry.wsdl_operation):
        note(where, WsdlCode.RPC_STYLE)
        return None, findings
    request, reply = (getattr(message, "body", None) for message in (operation.input, operation.output))
    if request is None or not hasattr(request, "qname"):
        note(where, WsdlCode.EMPTY_BODY, "input")
        return None, findings
    if reply is None or not hasattr(reply, "qname"):
        note(where, WsdlCode.EMPTY_BODY, "output")
        return None, findings
    action = entry.soap_action if entry.soap_action is not None else (operation.soapaction or "")
    if not action.isascii() or not action.isprintable() or '"' in action:
        note(where, WsdlCode.SOAP_ACTION, action)
    request_tree, reply_tree = element_of(request), element_of(reply)
    if is_rpc:  # zeep names the wrapper of a reply by its message
        space = f"{{{request.qname.namespace}}}" if request.qname.namespace else ""
        reply_tree = replace(reply_tree, tag=f"{space}{entry.wsdl_operation}{REPLY_SUFFIX}")
    declared = [] if operation.input.header is None else operation.input.header.type.elements
    header = Header(binding.header, tuple(element_of(element) for _, element in declared if hasattr(element, "qname")))
    findings.extend(header.findings())
    plan = CallPlan(entry, action, header, request_tree, reply_tree, below(request_tree), below(reply_tree), source.schema)
    findings.extend(_service_name(entry, str(getattr(port, "binding_options", {}).get("address", ""))))
    _check_names(plan, where, note)
    findings.extend(_unfit_places(plan))
    return plan, findings


def _port(document: Any, entry: OperationBinding, note: _Note) -> Any:
    """The one port that is meant, or None with the reason noted."""
    service = _services(document).get(entry.service)
    if service is None:
        note(entry.service, WsdlCode.MISSING_SERVICE, ", ".join(sorted(_services(document))))
        return None
    ports = dict(service.ports)
    if entry.port is None:  # a service often has a second port for SOAP 1.2
        soap11 = [port for port in ports.values() if type(port.binding).__name__ == "Soap11Binding"]
        port = soap11[0] if len(soap11) == 1 else None
    else:
        port = ports.get(entry.port)
    if port is None:
        note(f"{entry.service}/{entry.port or ''}", WsdlCode.MISSING_PORT, ", ".join(ports))
    return port


def _services(document: Any) -> dict[str, Any]:
    """The services of the entry file, and of the files that it imports: zeep itself looks no further than the entry."""
    imported = document._definitions.values()  # noqa: SLF001 - zeep has no public way to the imported files
    return {name: service for definition in (*imported, document) for name, service in definition.services.items()}


def _service_name(entry: OperationBinding, address: str) -> Iterator[Finding]:
    """News where the last part of the endpoint is a name that nobody gives to this operation."""
    known = {address.partition("?")[0].rstrip("/").rpartition("/")[2], entry.service, SERVICE_NAMES[entry.operation]} - {""}
    if entry.service_name not in known:
        item = f"operations.{entry.operation.value}.service_name"
        yield Finding(BINDING_FILE, item, WsdlCode.UNKNOWN_SERVICE_NAME, nearest(entry.service_name, known), blocks=False)


_Named = list[tuple[str, tuple[ElementPath, ...]]]
"""Keys of an operation's entry in the binding, and where they lead."""


def _named(entry: OperationBinding) -> tuple[_Named, _Named, _Named]:
    """What the binding says of the request, of the reply, and of the rows in the reply; every path whole."""
    requests: _Named = [(f"request.{name}", (path,)) for name, path in entry.request.items()]
    requests += [(f"constants.{'/'.join(path)}", (path,)) for path in entry.constants]
    replies = [(f"reply.{name}", places) for name, places in entry.reply.items()]
    rows = [(f"rows.items.{name}", tuple((*entry.rows_path, *path) for path in places)) for name, places in (entry.row_items or {}).items()]
    return requests, replies, rows


def _unfit_places(plan: CallPlan) -> Iterator[Finding]:
    """The lines of the binding that lead to a block, which takes no text, and those that name one value where several may stand."""
    entry = plan.binding
    prefix = f"operations.{entry.operation.value}"
    requests, replies, rows = _named(entry)
    for elements, named in ((plan.request_elements, requests), (plan.reply_elements, replies + rows)):
        for name, places in named:
            for path in places:
                if (element := elements.get(path)) is not None and not element.has_text:
                    yield block_finding(BINDING_FILE, f"{prefix}.{name}", path, elements)
    start = len(entry.rows_path)
    receipts = [path for name, places in rows if name == "rows.items.receipt_number" for path in places]
    above = [many for path in receipts if (many := _repeats(plan, path, start))]
    if above:  # the row itself repeats: whatever else is below is no news
        meant = "/".join(above[0]) if above[0] not in receipts else ""
        yield Finding(BINDING_FILE, f"{prefix}.rows.path", WsdlCode.REPEATED, meant)
    for name, places in replies if above else replies + rows:
        is_single = name.rpartition(".")[2] not in _REPEATABLE
        if is_single and any(_repeats(plan, path, start if name.startswith("rows.") else 0) for path in places):
            yield Finding(BINDING_FILE, f"{prefix}.{name}", WsdlCode.REPEATED, blocks=name.startswith("rows."))


def _repeats(plan: CallPlan, path: ElementPath, start: int) -> ElementPath:
    """The innermost element on a path of the reply, from a depth on, that may stand more than once; () where none may."""
    steps = [path[:depth] for depth in range(start + 1, len(path) + 1)]
    return next((step for step in reversed(steps) if (one := plan.reply_elements.get(step)) is not None and one.many), ())


def block_finding(file: str, item: str, path: ElementPath, elements: Collection[ElementPath]) -> Finding:
    """That a line leads to a block, with what stands in it."""
    inside = [one[-1] for one in elements if one[:-1] == path]
    return Finding(file, item, WsdlCode.BLOCK, shown(inside))


def near_place(plan: CallPlan, path: str, taken: Collection[str]) -> str:
    """The path of the request that nobody fills and that was probably meant; "" where none is like it."""
    bound = {"/".join(one) for one in (*plan.binding.request.values(), *plan.binding.constants)} | set(taken)
    free = ("/".join(one) for one, element in plan.request_elements.items() if element.leaf and element.has_text)
    return nearest(path, [one for one in free if one not in bound])


def _check_names(plan: CallPlan, where: str, note: _Note) -> None:
    """Every path of the binding must lead to an element; elements that no path names are news."""
    entry = plan.binding
    prefix = f"operations.{entry.operation.value}"
    requests, replies, rows = _named(entry)
    kind = next((kind for kind, operation in OPERATION_OF_KIND.items() if operation is entry.operation), "")
    if rows and not _leads_somewhere(entry.rows_path, plan.reply, plan.reply_elements, is_reply=True):
        receipt = (entry.row_items or {}).get("receipt_number", ((),))[0]
        blocks = {"/".join(path): path for path in plan.reply_elements if receipt and (*path, *receipt) in plan.reply_elements}
        near = nearest("/".join(entry.rows_path), blocks, cutoff=0.0)
        note(f"{where}/reply/{'/'.join(entry.rows_path)}", WsdlCode.UNKNOWN_ELEMENT, f"{prefix}.rows.path {near}".rstrip())
        # Where its items are nobody can say: that they lead nowhere is no news.
        rows = [(name, tuple((*blocks.get(near, ()), *path[len(entry.rows_path) :]) for path in places)) for name, places in rows]
        replies, rows = replies + [(name, tuple(path for path in places if path in plan.reply_elements)) for name, places in rows], []
    for side, root, elements, named in (
        ("request", plan.request, plan.request_elements, requests),
        ("reply", plan.reply, plan.reply_elements, replies + rows),
    ):
        known = {path for _, places in named for path in places}
        free = [path for path, element in elements.items() if element.leaf and element.has_text and path not in known]
        meant: set[ElementPath] = set()
        for name, places in named:
            base = entry.rows_path if name.startswith("rows.") else ()
            spelled = {"/".join(path[len(base) :]): path for path in free if path[: len(base)] == base}
            for path in places:
                if not _leads_somewhere(path, root, elements, is_reply=side == "reply"):
                    near = nearest("/".join(path[len(base) :]), spelled)
                    note(f"{where}/{side}/{'/'.join(path)}", WsdlCode.UNKNOWN_ELEMENT, f"{prefix}.{name} {near}".rstrip())
                    meant |= {spelled[near]} if near else set()
        code = WsdlCode.EXTRA_REQUEST_ELEMENT if side == "request" else WsdlCode.EXTRA_ELEMENT
        for path in free:
            if path not in meant and not (side == "request" and elements[path].preset):
                note(f"{where}/{side}/{'/'.join(path)}", code, kind if side == "request" else "", blocks=False)


def _leads_somewhere(path: ElementPath, root: MessageElement, elements: Mapping[ElementPath, MessageElement], *, is_reply: bool) -> bool:
    """Whether an element or attribute of the schema stands there, or in a reply anything may."""
    if path[-1:] and path[-1].startswith("@"):
        owner = elements.get(path[:-1], root)
        return owner.path == path[:-1] and any(attribute.path == path for attribute in owner.attributes)
    above = (root, *(elements[path[:depth]] for depth in range(1, len(path)) if path[:depth] in elements))
    return path in elements or (is_reply and any(element.is_open for element in above))
