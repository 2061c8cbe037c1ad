"""``binding.json``: our field names -> the element names of whatever WSDL is installed."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from denkidesk.domain.applications import OPERATION_OF_KIND, ListingCriteria, Operation
from denkidesk.domain.error_codes import InstallationCode, SetupCode
from denkidesk.domain.errors import SetupFault
from denkidesk.domain.items import DATE_ITEMS, ITEM_BY_NAME, items_of
from denkidesk.domain.wsdl_codes import WsdlCode
from denkidesk.kansai.findings import Finding, raise_first
from denkidesk.kansai.json_file import read_json_object
from denkidesk.kansai.wire_text import is_date_format, is_time_stamp_format

BINDING_FILE: Final = "binding.json"
HEADER_ITEMS: Final = ("request_id", "service_id", "ip_address", "time_stamp", "login_id", "password")

_LOGIN: Final = frozenset({"login_id"})
_APPLICATION: Final = _LOGIN | ITEM_BY_NAME.keys()
REQUEST_FIELDS: Final[Mapping[Operation, frozenset[str]]] = {
    Operation.LIST_APPLICATIONS: frozenset(criterion.name for criterion in fields(ListingCriteria)),
    Operation.APPLICATION_STATUS: frozenset({"receipt_number"}),
    **dict.fromkeys(OPERATION_OF_KIND.values(), _APPLICATION),
}
"""Field names that a binding may name in a request; a status reply may name these too."""

NEEDED_REQUEST_FIELDS: Final[Mapping[Operation, frozenset[str]]] = {
    Operation.LIST_APPLICATIONS: frozenset(),
    Operation.APPLICATION_STATUS: frozenset({"receipt_number"}),
    **{operation: _LOGIN | {item.name for item in items_of(kind)} for kind, operation in OPERATION_OF_KIND.items()},
}
"""The main request items of each operation: without a place for them an application would lose what the clerk typed."""

ROW_FIELDS: Final = frozenset(
    {"receipt_number", "work_stage", "registered_on", "visit_on", "selection_code", "supply_point_number", "has_message"}
)
DATE_FIELDS: Final = frozenset({"registered_on", "registered_from", "registered_to", "visit_from", "visit_to", *DATE_ITEMS})
FLAG_FIELDS: Final = frozenset({"has_message"})
_STATUS_FIELDS: Final = _APPLICATION | ROW_FIELDS | {"messages", "request_status", "reception_message"}
_NEW_REPLY: Final = frozenset({"request_status", "reception_message", "receipt_number"})

ElementPath = tuple[str, ...]
"""Local element names from the wrapper element down."""


@dataclass(frozen=True, slots=True)
class OperationBinding:
    """How one operation is spelled in the installed WSDL."""

    operation: Operation
    wsdl: str
    service: str
    port: str | None
    wsdl_operation: str
    service_name: str
    service_id: str
    soap_action: str | None
    request: Mapping[str, ElementPath]
    reply: Mapping[str, ElementPath]
    rows_path: ElementPath = ()
    row_items: Mapping[str, ElementPath] | None = None


@dataclass(frozen=True, slots=True)
class HeaderBinding:
    """The six header elements; ``element`` and ``namespace`` matter only where the WSDL declares no header."""

    items: Mapping[str, str]
    element: str
    namespace: str
    qualified: bool


@dataclass(frozen=True, slots=True)
class Binding:
    """The whole of ``binding.json``."""

    provisional: bool
    date_format: str
    time_stamp_format: str
    true_value: str
    false_value: str
    accepted_request_status: frozenset[str]
    not_found_request_status: frozenset[str]
    login_refused_request_status: frozenset[str]
    header: HeaderBinding
    operations: Mapping[Operation, OperationBinding]


def load_binding(path: Path) -> Binding:
    """The binding, whole and checked. Raises SetupFault for the first fault."""
    binding, findings = read_binding(path)
    raise_first(findings)
    if binding is None:
        raise SetupFault(path.name, "file", InstallationCode.INVALID)
    return binding


def read_binding(path: Path) -> tuple[Binding | None, list[Finding]]:
    """What can be read of a binding, and everything that is wrong with it; None where nothing can be read."""
    tree, finding = read_json_object(path)
    if finding is not None:
        return None, [finding]
    reader = _Reader(path.name)
    header = reader.mapping(tree, "header", "header")
    items = reader.strings(header, "items", "header.items", known=frozenset(HEADER_ITEMS))
    for name in HEADER_ITEMS:
        if name not in items:
            reader.note(f"header.items.{name}", InstallationCode.MISSING)
    raw_operations = reader.mapping(tree, "operations", "operations")
    operations: dict[Operation, OperationBinding] = {}
    for name in raw_operations:
        if name not in {operation.value for operation in Operation}:
            reader.note(f"operations.{name}", WsdlCode.UNKNOWN_OPERATION)
    for operation in Operation:
        if operation.value not in raw_operations:
            reader.note(f"operations.{operation.value}", WsdlCode.MISSING_OPERATION)
            continue
        entry = reader.operation(operation, reader.mapping(raw_operations, operation.value, f"operations.{operation.value}"))
        if entry is not None:
            operations[operation] = entry
    accepted = reader.string_list(tree, "accepted_request_status")
    if not accepted:
        reader.note("accepted_request_status", InstallationCode.MISSING)
    date_format = reader.string(tree, "date_format", "date_format")
    if date_format and not is_date_format(date_format):
        reader.note("date_format", WsdlCode.DATE_FORMAT, date_format)
    time_stamp_format = reader.string(tree, "time_stamp_format", "time_stamp_format")
    if time_stamp_format and not is_time_stamp_format(time_stamp_format):
        reader.note("time_stamp_format", WsdlCode.DATE_FORMAT, time_stamp_format)
    binding = Binding(
        provisional=bool(tree.get("provisional", False)),
        date_format=date_format,
        time_stamp_format=time_stamp_format,
        true_value=reader.string(tree, "true_value", "true_value"),
        false_value=reader.string(tree, "false_value", "false_value"),
        accepted_request_status=accepted,
        not_found_request_status=reader.string_list(tree, "not_found_request_status"),
        login_refused_request_status=reader.string_list(tree, "login_refused_request_status"),
        header=HeaderBinding(
            items,
            reader.string(header, "element", "header.element", optional=True),
            reader.string(header, "namespace", "header.namespace", optional=True),
            bool(header.get("qualified", True)),
        ),
        operations=operations,
    )
    return binding, reader.findings


class _Reader:
    """Reads typed items out of a JSON tree and notes every fault by its dotted name."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []

    def note(self, item: str, code: SetupCode, detail: str = "") -> None:
        self.findings.append(Finding(self.file, item, code, detail))

    def mapping(self, tree: Mapping[str, Any], key: str, item: str) -> Mapping[str, Any]:
        value = tree.get(key)
        if isinstance(value, dict):
            return value
        self.note(item, InstallationCode.MISSING if value is None else InstallationCode.TYPE, "object")
        return {}

    def string(self, tree: Mapping[str, Any], key: str, item: str, *, optional: bool = False) -> str:
        value = tree.get(key)
        if isinstance(value, str) and (value or optional):
            return value
        if not (optional and value is None):
            self.note(item, InstallationCode.MISSING if value in (None, "") else InstallationCode.TYPE, "text")
        return ""

    def string_list(self, tree: Mapping[str, Any], key: str) -> frozenset[str]:
        value = tree.get(key, [])
        if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
            return frozenset(value)
        self.note(key, InstallationCode.TYPE, "list of texts")
        return frozenset()

    def strings(self, tree: Mapping[str, Any], key: str, item: str, *, known: frozenset[str]) -> dict[str, str]:
        result: dict[str, str] = {}
        for name, value in self.mapping(tree, key, item).items():
            if name not in known:
                self.note(f"{item}.{name}", WsdlCode.UNKNOWN_FIELD)
            elif not isinstance(value, str) or not all(value.split("/")):
                self.note(f"{item}.{name}", InstallationCode.TYPE, "element name")
            else:
                result[name] = value
        return result

    def paths(self, tree: Mapping[str, Any], key: str, item: str, *, known: frozenset[str]) -> dict[str, ElementPath]:
        return {name: tuple(path.split("/")) for name, path in self.strings(tree, key, item, known=known).items()}

    def operation(self, operation: Operation, tree: Mapping[str, Any]) -> OperationBinding | None:
        before = len(self.findings)
        where = f"operations.{operation.value}"
        service_name = self.string(tree, "service_name", f"{where}.service_name")
        if service_name and ("/" in service_name or not service_name.isascii()):
            self.note(f"{where}.service_name", WsdlCode.SERVICE_NAME, service_name)
        request = self.paths(tree, "request", f"{where}.request", known=REQUEST_FIELDS[operation])
        known_reply = {Operation.APPLICATION_STATUS: _STATUS_FIELDS, Operation.LIST_APPLICATIONS: _NEW_REPLY - {"receipt_number"}}
        reply = self.paths(tree, "reply", f"{where}.reply", known=known_reply.get(operation, _NEW_REPLY))
        needed = ["request_status"] if not operation.value.startswith("new_") else ["request_status", "receipt_number"]
        rows_path: ElementPath = ()
        row_items: Mapping[str, ElementPath] | None = None
        if operation is Operation.LIST_APPLICATIONS:
            rows = self.mapping(tree, "rows", f"{where}.rows")
            rows_path = tuple(part for part in self.string(rows, "path", f"{where}.rows.path").split("/") if part)
            row_items = self.paths(rows, "items", f"{where}.rows.items", known=ROW_FIELDS)
            if "receipt_number" not in row_items:
                self.note(f"{where}.rows.items.receipt_number", InstallationCode.MISSING)
        for name in sorted(NEEDED_REQUEST_FIELDS[operation] - request.keys()):
            self.note(f"{where}.request.{name}", InstallationCode.MISSING)
        for name in needed:
            if name not in reply:
                self.note(f"{where}.reply.{name}", InstallationCode.MISSING)
        entry = OperationBinding(
            operation=operation,
            wsdl=self.string(tree, "wsdl", f"{where}.wsdl"),
            service=self.string(tree, "service", f"{where}.service"),
            port=self.string(tree, "port", f"{where}.port", optional=True) or None,
            wsdl_operation=self.string(tree, "operation", f"{where}.operation"),
            service_name=service_name,
            service_id=self.string(tree, "service_id", f"{where}.service_id", optional=True) or service_name,
            soap_action=self.string(tree, "soap_action", f"{where}.soap_action", optional=True) or None,
            request=request,
            reply=reply,
            rows_path=rows_path,
            row_items=row_items,
        )
        for name in ("wsdl", "service", "operation", "service_name"):
            if not tree.get(name) or not isinstance(tree[name], str):
                return None
        if any(finding.code == InstallationCode.TYPE for finding in self.findings[before:]):
            return None
        return entry
