"""``binding.json``: our field names -> the element names of whatever WSDL is installed."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from denkidesk.domain.application_items import DATE_ITEMS, ITEM_BY_NAME, items_of
from denkidesk.domain.applications import OPERATION_OF_KIND, ListingCriteria, Operation
from denkidesk.domain.clock import JST
from denkidesk.domain.error_codes import InstallationCode, SetupCode
from denkidesk.domain.wsdl_codes import WsdlCode
from denkidesk.kansai.findings import Finding, near_or_all, nearest
from denkidesk.kansai.json_file import FORMAT, YES_OR_NO, head_findings, read_json_object
from denkidesk.kansai.wire_text import has_falling_order, is_date_format, is_time_stamp_format, write_moment

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


def _sent(operation: Operation) -> frozenset[str]:
    """The request items that a message of this operation can have; a binding may name others too."""
    return REQUEST_FIELDS[operation] if operation is Operation.LIST_APPLICATIONS else NEEDED_REQUEST_FIELDS[operation]


ROW_FIELDS: Final = frozenset(
    {"receipt_number", "work_stage", "registered_on", "visit_on", "selection_code", "supply_point_number", "has_message"}
)
DATE_FIELDS: Final = frozenset({"registered_on", "registered_from", "registered_to", "visit_from", "visit_to", *DATE_ITEMS})
FLAG_FIELDS: Final = frozenset({"has_message"})
_STATUS_FIELDS: Final = _APPLICATION | ROW_FIELDS | {"messages", "request_status", "reception_message"}
_NEW_REPLY: Final = frozenset({"request_status", "reception_message", "receipt_number"})

_KEYS: Final = frozenset(
    {"format", "provisional", "source", "date_format", "time_stamp_format", "true_value", "false_value", "accepted_request_status"}
    | {"not_found_request_status", "login_refused_request_status", "request_id_digits", "date_formats", "locations", "header", "operations"}
)
_HEADER_KEYS: Final = frozenset({"items", "element", "namespace", "qualified", "constants"})
_ROWS_KEYS: Final = frozenset({"path", "items"})
_OPERATION_KEYS: Final = frozenset(
    {"wsdl", "service", "port", "operation", "service_name", "service_id", "soap_action", "request", "reply"}
    | {"absent", "absent_items", "constants", "date_formats"}
)
_DIGITS: Final = range(1, 41)
_SWAPPABLE: Final = datetime(2026, 12, 3, 9, 4, 5, tzinfo=JST)  # no two parts are alike

ElementPath = tuple[str, ...]
"""Local element names from the wrapper element down; an attribute is a last step ``@name``."""
Places = tuple[ElementPath, ...]
"""Where an item of a reply may stand; the first that is there counts."""


class Absent(StrEnum):
    """What is sent for an item that has no value."""

    OMIT = "omit"
    EMPTY = "empty"
    NIL = "nil"


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
    reply: Mapping[str, Places]
    rows_path: ElementPath = ()
    row_items: Mapping[str, Places] | None = None
    absent: Absent = Absent.OMIT
    absent_items: Mapping[str, Absent] = field(default_factory=dict)
    constants: Mapping[ElementPath, str] = field(default_factory=dict)
    date_formats: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HeaderBinding:
    """The six header elements; ``element`` and ``namespace`` matter only where the WSDL declares no header."""

    items: Mapping[str, ElementPath]
    element: str
    namespace: str
    qualified: bool
    constants: Mapping[ElementPath, str] = field(default_factory=dict)


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
    request_id_digits: int | None = None
    date_formats: Mapping[str, str] = field(default_factory=dict)
    locations: Mapping[str, str] = field(default_factory=dict)

    def date_format_of(self, entry: OperationBinding, name: str) -> str | None:
        """The form that the binding gives to a single item; None where none is."""
        return entry.date_formats.get(name) or self.date_formats.get(name)


def read_binding(path: Path) -> tuple[Binding | None, list[Finding]]:
    """What can be read of a binding, and everything that is wrong with it; None where nothing can be read."""
    tree, finding = read_json_object(path)
    if finding is not None:
        return None, [finding]
    reader = _Reader(path.name)
    reader.keys(tree, _KEYS, "")
    reader.findings += head_findings(path.name, tree)
    if "format" not in tree:
        reader.note("format", InstallationCode.MISSING, str(FORMAT))
    header = reader.mapping(tree, "header", "header")
    reader.keys(header, _HEADER_KEYS, "header.")
    items = reader.paths(header, "items", "header.items", known=frozenset(HEADER_ITEMS))
    for name in HEADER_ITEMS:
        if name not in items:
            reader.note(f"header.items.{name}", InstallationCode.MISSING)
    raw_operations = reader.mapping(tree, "operations", "operations")
    operations: dict[Operation, OperationBinding] = {}
    for name in raw_operations:
        if name not in {operation.value for operation in Operation}:
            reader.note(f"operations.{name}", WsdlCode.UNKNOWN_OPERATION, nearest(name, Operation))
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
    if not isinstance(header.get("qualified", True), bool):
        reader.note("header.qualified", InstallationCode.TYPE, YES_OR_NO)
    binding = Binding(
        provisional=bool(tree.get("provisional", False)),
        date_format=reader.form(tree, "date_format", is_date_format),
        time_stamp_format=reader.form(tree, "time_stamp_format", is_time_stamp_format),
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
            reader.constants(header, "header.constants"),
        ),
        operations=operations,
        request_id_digits=reader.digits(tree, "request_id_digits"),
        date_formats=reader.date_formats(tree, "date_formats"),
        locations=reader.texts(tree, "locations", "locations"),
    )
    return binding, [*reader.findings, *_at_odds(path.name, binding)]


def _at_odds(file: str, binding: Binding) -> Iterator[Finding]:
    """Two flags that are one, and what changes nothing: forms of dates that are bound nowhere, a status that already means something."""
    if binding.true_value and binding.true_value == binding.false_value:  # every flag would read as false
        yield Finding(file, "false_value", WsdlCode.DOUBLE, "true_value")
    bound = {name for entry in binding.operations.values() for name in _bound(entry)}
    forms = [(f"operations.{entry.operation.value}.", entry.date_formats.keys() - _bound(entry)) for entry in binding.operations.values()]
    if len(binding.operations) == len(Operation):
        forms.append(("", binding.date_formats.keys() - bound))
    items = [f"{where}date_formats.{name}" for where, names in forms for name in names & DATE_FIELDS]
    accepted, refused, unknown = binding.accepted_request_status, binding.login_refused_request_status, binding.not_found_request_status
    items += [f"login_refused_request_status.{code}" for code in refused & accepted]
    items += [f"not_found_request_status.{code}" for code in unknown & (accepted | refused)]
    yield from (Finding(file, item, WsdlCode.WITHOUT_EFFECT, blocks=False) for item in sorted(items))


def _bound(entry: OperationBinding) -> frozenset[str]:
    return frozenset({*entry.request, *entry.reply, *(entry.row_items or {})})


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

    def form(self, tree: Mapping[str, Any], key: str, is_form: Callable[[str], bool]) -> str:
        """A form of dates or times."""
        text = self.string(tree, key, key)
        if text:
            self.order(key, text, is_readable=is_form(text))
        return text

    def order(self, item: str, form: str, *, is_readable: bool) -> None:
        """Notes a form that cannot be read, or whose order a schema may let pass though days and months are swapped."""
        if not is_readable:
            self.note(item, WsdlCode.DATE_FORMAT, form)
        elif not has_falling_order(form):
            told = f"{_SWAPPABLE:%Y-%m-%d %H:%M:%S} → {write_moment(_SWAPPABLE, form)}"
            is_usual = has_falling_order(form, or_day_first=True)
            self.findings.append(Finding(self.file, item, WsdlCode.DATE_ORDER, told, blocks=not is_usual))

    def digits(self, tree: Mapping[str, Any], key: str) -> int | None:
        """An optional number of digits."""
        value = tree.get(key)
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and value in _DIGITS):
            return value
        self.note(key, InstallationCode.TYPE, f"{_DIGITS.start}-{_DIGITS.stop - 1}")
        return None

    def string_list(self, tree: Mapping[str, Any], key: str) -> frozenset[str]:
        value = tree.get(key, [])
        if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
            return frozenset(value)
        self.note(key, InstallationCode.TYPE, "list of texts")
        return frozenset()

    def keys(self, tree: Mapping[str, Any], known: Collection[str], where: str) -> None:
        """Notes every key that is none of ours, with the one that may have been meant."""
        for key in tree:
            if key not in known:
                self.note(f"{where}{key}", InstallationCode.UNKNOWN, nearest(key, known))

    def places(self, tree: Mapping[str, Any], key: str, item: str, *, known: Collection[str]) -> dict[str, Places]:
        """Our name -> path, or list of paths."""
        result: dict[str, Places] = {}
        for name, value in self.mapping(tree, key, item).items():
            written = value if isinstance(value, list) else [value]
            if name not in known:
                self.note(f"{item}.{name}", WsdlCode.UNKNOWN_FIELD, near_or_all(name, known))
            elif not written or not all(isinstance(path, str) and all(path.split("/")) for path in written):
                self.note(f"{item}.{name}", InstallationCode.TYPE, "element name")
            else:
                result[name] = tuple(tuple(path.split("/")) for path in written)
        return result

    def paths(self, tree: Mapping[str, Any], key: str, item: str, *, known: Collection[str]) -> dict[str, ElementPath]:
        """Our name -> path."""
        found = self.places(tree, key, item, known=known)
        for name, places in found.items():
            if len(places) > 1:
                self.note(f"{item}.{name}", InstallationCode.TYPE, "element name")
        return {name: places[0] for name, places in found.items()}

    def texts(self, tree: Mapping[str, Any], key: str, item: str) -> dict[str, str]:
        """An optional object of texts."""
        if key not in tree:
            return {}
        found = self.mapping(tree, key, item)
        for name, value in found.items():
            if not isinstance(value, str):
                self.note(f"{item}.{name}", InstallationCode.TYPE, "text")
        return {name: value for name, value in found.items() if isinstance(value, str)}

    def constants(self, tree: Mapping[str, Any], item: str) -> dict[ElementPath, str]:
        """Path -> text."""
        return {tuple(path.split("/")): text for path, text in self.texts(tree, "constants", item).items()}

    def date_formats(self, tree: Mapping[str, Any], item: str) -> dict[str, str]:
        """Our name of a date -> its form."""
        found = self.texts(tree, "date_formats", item)
        for name, form in found.items():
            if name not in DATE_FIELDS:
                self.note(f"{item}.{name}", WsdlCode.UNKNOWN_FIELD, near_or_all(name, DATE_FIELDS))
            else:
                self.order(f"{item}.{name}", form, is_readable=is_date_format(form, with_clock=True))
        return found

    def absent(self, tree: Mapping[str, Any], where: str, known: Collection[str]) -> tuple[Absent, dict[str, Absent]]:
        """What is sent for items without a value, and for single ones."""
        ways = {"absent": tree.get("absent", Absent.OMIT)}
        singles = self.texts(tree, "absent_items", f"{where}.absent_items")
        for name in singles.keys() - set(known):
            self.note(f"{where}.absent_items.{name}", WsdlCode.UNKNOWN_FIELD, near_or_all(name, known))
        for name, way in [*ways.items(), *((f"absent_items.{name}", way) for name, way in singles.items())]:
            if way not in list(Absent):
                self.note(f"{where}.{name}", WsdlCode.ABSENT, str(way))
                return Absent.OMIT, {}
        return Absent(ways["absent"]), {name: Absent(way) for name, way in singles.items()}

    def one_source(self, operation: Operation, request: Mapping[str, ElementPath], constants: Collection[ElementPath]) -> None:
        """Notes every element of a request that two lines of the binding would fill."""
        where = f"operations.{operation.value}"
        filled: dict[ElementPath, str] = {}
        for name, path in request.items():
            if path in constants:  # it would go out where the clerk gave nothing
                self.note(f"{where}.constants.{'/'.join(path)}", WsdlCode.ALREADY_FILLED, f"{where}.request.{name}")
            if name in _sent(operation) and (other := filled.setdefault(path, name)) != name:
                self.note(f"{where}.request.{name}", WsdlCode.ALREADY_FILLED, f"{where}.request.{other}")

    def operation(self, operation: Operation, tree: Mapping[str, Any]) -> OperationBinding | None:
        before = len(self.findings)
        where = f"operations.{operation.value}"
        self.keys(tree, _OPERATION_KEYS | ({"rows"} if operation is Operation.LIST_APPLICATIONS else set()), f"{where}.")
        service_name = self.string(tree, "service_name", f"{where}.service_name")
        if service_name and ("/" in service_name or not service_name.isascii()):
            self.note(f"{where}.service_name", WsdlCode.SERVICE_NAME, service_name)
        request = self.paths(tree, "request", f"{where}.request", known=REQUEST_FIELDS[operation])
        known_reply = {Operation.APPLICATION_STATUS: _STATUS_FIELDS, Operation.LIST_APPLICATIONS: _NEW_REPLY - {"receipt_number"}}
        reply = self.places(tree, "reply", f"{where}.reply", known=known_reply.get(operation, _NEW_REPLY))
        needed = ["request_status"] if not operation.value.startswith("new_") else ["request_status", "receipt_number"]
        rows_path: ElementPath = ()
        row_items: Mapping[str, Places] | None = None
        if operation is Operation.LIST_APPLICATIONS:
            rows = self.mapping(tree, "rows", f"{where}.rows")
            rows_path = tuple(part for part in self.string(rows, "path", f"{where}.rows.path").split("/") if part)
            self.keys(rows, _ROWS_KEYS, f"{where}.rows.")
            row_items = self.places(rows, "items", f"{where}.rows.items", known=ROW_FIELDS)
            if "receipt_number" not in row_items:
                self.note(f"{where}.rows.items.receipt_number", InstallationCode.MISSING)
        for name in sorted(NEEDED_REQUEST_FIELDS[operation] - request.keys()):
            self.note(f"{where}.request.{name}", InstallationCode.MISSING)
        for name in needed:
            if name not in reply:
                self.note(f"{where}.reply.{name}", InstallationCode.MISSING)
        absent, absent_items = self.absent(tree, where, request)
        constants = self.constants(tree, f"{where}.constants")
        self.one_source(operation, request, constants)
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
            absent=absent,
            absent_items=absent_items,
            constants=constants,
            date_formats=self.date_formats(tree, f"{where}.date_formats"),
        )
        for name in ("wsdl", "service", "operation", "service_name"):
            if not tree.get(name) or not isinstance(tree[name], str):
                return None
        if any(finding.code == InstallationCode.TYPE for finding in self.findings[before:]):
            return None
        return entry
