"""What ``denkidesk wsdl check`` finds in a folder: everything missing or unknown, named, and whether the operations can be called."""

from dataclasses import dataclass, replace
from pathlib import Path

from denkidesk.domain.applications import OPERATION_OF_KIND, Operation
from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.wsdl_codes import WsdlCode
from denkidesk.kansai.binding import BINDING_FILE, OperationBinding
from denkidesk.kansai.code_tables import CODE_TABLES_FILE, TRIAGE, CodeTables, read_code_tables
from denkidesk.kansai.findings import Finding, nearest, shown
from denkidesk.kansai.further_items import FURTHER_ITEMS_FILE, FurtherItems, read_further_items
from denkidesk.kansai.trial import Further, OperationTrial
from denkidesk.kansai.wsdl_set import WsdlSet, load_wsdl_set, near_place


@dataclass(frozen=True, slots=True)
class WsdlReport:
    """All findings, those that block first, and the operations that can be called. ``files``: what the set consists of."""

    findings: tuple[Finding, ...]
    operations_callable: tuple[Operation, ...]
    files: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether all seven operations can be called and nothing blocks."""
        return len(self.operations_callable) == len(Operation) and not any(finding.blocks for finding in self.findings)


def check_wsdl_set(directory: Path) -> WsdlReport:
    """Builds, validates and reads what the seven operations would send and receive; calls nothing, and raises for nothing in the folder."""
    loaded = load_wsdl_set(directory)
    findings = list(loaded.findings)
    tables: CodeTables | None = None
    if (directory / CODE_TABLES_FILE).exists():
        tables, faults = read_code_tables(directory)
        findings += faults
        if any(fault.item == "file" for fault in faults):
            tables = None  # nothing can be held against what cannot be read
    elif directory.is_dir():
        # The provisional labels stand in; codes that they do not know are shown as they come.
        findings.append(Finding(CODE_TABLES_FILE, "file", InstallationCode.MISSING, blocks=False))
    further, faults = read_further_items(directory, tables)
    findings += faults
    used = {item.table for own in further.values() for item in own.items}
    meant = {TRIAGE, *used, *(one.item for one in findings if one.file == CODE_TABLES_FILE and one.code is InstallationCode.MISSING)}
    for name in sorted(tables.further() - used) if tables is not None else ():
        findings.append(Finding(CODE_TABLES_FILE, name, WsdlCode.WITHOUT_EFFECT, nearest(name, meant), blocks=False))
    callable_: list[Operation] = []
    for operation, plan in loaded.plans.items():
        if loaded.binding is not None:
            own = _further(operation, further, tables)
            lost = [path for path, item in own.items() if item.name and tuple(path.split("/")) not in plan.request_elements]
            # Phone and remarks may stay on this machine: without a place in the message the operation can be called all the same.
            for path in lost:
                near = near_place(plan, path, own)
                key = own.pop(path).key
                findings.append(Finding(FURTHER_ITEMS_FILE, key, WsdlCode.UNKNOWN_ELEMENT, f"{path} {near}".rstrip(), blocks=False))
            filled = _filled(plan.binding)
            clashes = {path: own.pop(path) for path in [*own] if path in filled}
            findings += [Finding(FURTHER_ITEMS_FILE, item.key, WsdlCode.ALREADY_FILLED, filled[path]) for path, item in clashes.items()]
            tried = OperationTrial(loaded.binding, plan, tables, own).findings()
            findings += tried
            # What the form insists on, and the message then refuses, keeps an operation from being called.
            if not any(finding.blocks for finding in tried) and not any(item.required for item in clashes.values()):
                callable_.append(operation)
    findings = _without_sourced(_told_together(findings), loaded, further)
    findings.sort(key=lambda finding: not finding.blocks)
    files = {*loaded.files, *(path.name for path in directory.glob("*.json"))} if directory.is_dir() else set()
    return WsdlReport(tuple(findings), tuple(operation for operation in Operation if operation in callable_), tuple(sorted(files)))


def _further(operation: Operation, further: FurtherItems, tables: CodeTables | None) -> dict[str, Further]:
    """The further items of the kind that an operation files, by path."""
    found: dict[str, Further] = {}
    for kind, own in further.items():
        if OPERATION_OF_KIND[kind] is not operation:
            continue
        found |= {path: Further(f"{kind.value}.{name}", name, required=False) for name, path in own.notes.items()}
        for item in own.items:
            codes = [entry.code for entry in tables.choices(item.table, kind)] if tables is not None and item.table else []
            table = f"{item.table}.{kind.value}" if tables is not None and item.table in tables.by_kind else item.table
            found[item.path] = Further(f"{kind.value}.{item.path}", "", item.required, codes or None, item.editor == "date", table)
    return found


def _filled(entry: OperationBinding) -> dict[str, str]:
    """Every path of a request that the binding fills -> the line that does."""
    where = f"operations.{entry.operation.value}"
    filled = {"/".join(path): f"{where}.request.{name}" for name, path in entry.request.items()}
    return filled | {path: f"{where}.constants.{path}" for path in ("/".join(steps) for steps in entry.constants)}


def _told_together(findings: list[Finding]) -> list[Finding]:
    """The findings, each once; of a value of the binding that is refused in several places one, with the places or names first."""
    names: dict[Finding, list[str]] = {}
    for one in findings:
        is_value = one.file == BINDING_FILE and one.code is WsdlCode.VALUE_REFUSED
        name, _, rest = one.detail.partition(" ") if is_value else ("", "", one.detail)
        told = names.setdefault(replace(one, detail=rest), [])
        told += [name] if name and name not in told else []
    return [replace(one, detail=f"{shown(told)} {one.detail}") if told else one for one, told in names.items()]


def _without_sourced(findings: list[Finding], loaded: WsdlSet, further: FurtherItems) -> list[Finding]:
    """The findings but for the news that a request has an item without a name of ours, where it has a field all the same."""
    entries = loaded.binding.operations if loaded.binding is not None else {}
    sourced = {
        f"{entry.service}/{entry.wsdl_operation}/request/{path}"
        for kind, own in further.items()
        if (entry := entries.get(OPERATION_OF_KIND[kind])) is not None
        for path in own.places.values()
    }
    lacking = {finding.item for finding in findings if finding.code is WsdlCode.REQUIRED_EXTRA}
    return [one for one in findings if one.code is not WsdlCode.EXTRA_REQUEST_ELEMENT or one.item not in sourced | lacking]
