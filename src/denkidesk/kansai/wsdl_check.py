"""What ``denkidesk wsdl check`` finds in a folder: everything missing or unknown, named, and whether the operations can be called."""

from dataclasses import dataclass
from pathlib import Path

from denkidesk.domain.applications import OPERATION_OF_KIND, Operation
from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.wsdl_codes import WsdlCode
from denkidesk.kansai.code_tables import CODE_TABLES_FILE, CodeTables, read_code_tables
from denkidesk.kansai.findings import Finding
from denkidesk.kansai.further_items import FURTHER_ITEMS_FILE, FurtherItems, read_further_items
from denkidesk.kansai.trial import Further, OperationTrial
from denkidesk.kansai.wsdl_set import WsdlSet, load_wsdl_set


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
    elif directory.is_dir():
        # The provisional labels stand in; codes that they do not know are shown as they come.
        findings.append(Finding(CODE_TABLES_FILE, "file", InstallationCode.MISSING, blocks=False))
    further, faults = read_further_items(directory, tables)
    findings += faults
    callable_: list[Operation] = []
    for operation, plan in loaded.plans.items():
        if loaded.binding is not None:
            own = _further(operation, further, tables)
            lost = [path for path, item in own.items() if item.name and tuple(path.split("/")) not in plan.request_elements]
            # Phone and remarks may stay on this machine: without a place in the message the operation can be called all the same.
            tried = [Finding(FURTHER_ITEMS_FILE, own.pop(path).key, WsdlCode.UNKNOWN_ELEMENT, path, blocks=False) for path in lost]
            tried += OperationTrial(loaded.binding, plan, tables, own).findings()
            findings += tried
            if not any(finding.blocks for finding in tried):
                callable_.append(operation)
    findings = _without_sourced(dict.fromkeys(findings), loaded, further)
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
            found[item.path] = Further(f"{kind.value}.{item.path}", "", item.required, codes or None, item.editor == "date")
    return found


def _without_sourced(findings: dict[Finding, None], loaded: WsdlSet, further: FurtherItems) -> list[Finding]:
    """The findings but for the news that a request has an item without a name of ours, where it has a field all the same."""
    sourced = {
        f"{plan.binding.service}/{plan.binding.wsdl_operation}/request/{path}"
        for kind, own in further.items()
        if (plan := loaded.plans.get(OPERATION_OF_KIND[kind])) is not None
        for path in own.paths
    }
    lacking = {finding.item for finding in findings if finding.code is WsdlCode.REQUIRED_EXTRA}
    return [one for one in findings if one.code is not WsdlCode.EXTRA_REQUEST_ELEMENT or one.item not in sourced | lacking]
