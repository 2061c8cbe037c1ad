"""What ``denkidesk wsdl check`` finds in a folder: everything missing or unknown, named."""

from dataclasses import dataclass
from pathlib import Path

from denkidesk.domain.applications import OPERATION_OF_KIND, Operation
from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.errors import SetupFault
from denkidesk.domain.wsdl_codes import WsdlCode
from denkidesk.kansai.code_tables import CODE_TABLES_FILE, read_code_tables
from denkidesk.kansai.findings import Finding
from denkidesk.kansai.further_items import FURTHER_ITEMS_FILE, load_further_items
from denkidesk.kansai.wsdl_set import WsdlSet, load_wsdl_set


@dataclass(frozen=True, slots=True)
class WsdlReport:
    """All findings, those that block first, and the operations that can be called."""

    findings: tuple[Finding, ...]
    operations_callable: tuple[Operation, ...]

    @property
    def ok(self) -> bool:
        """Whether all seven operations can be called and nothing blocks."""
        return len(self.operations_callable) == len(Operation) and not any(finding.blocks for finding in self.findings)


def check_wsdl_set(directory: Path) -> WsdlReport:
    """Checks WSDL, binding and code tables of a folder without calling anything; never raises for what is wrong in them."""
    loaded = load_wsdl_set(directory)
    findings = list(loaded.findings)
    if (directory / CODE_TABLES_FILE).exists():
        findings += read_code_tables(directory)[1]
    elif directory.is_dir():
        # The provisional labels stand in; codes that they do not know are shown as they come.
        findings.append(Finding(CODE_TABLES_FILE, "file", InstallationCode.MISSING, blocks=False))
    findings += _further_items(directory, loaded)
    findings = list(dict.fromkeys(findings))
    findings.sort(key=lambda finding: not finding.blocks)
    return WsdlReport(tuple(findings), tuple(operation for operation in Operation if operation in loaded.plans))


def _further_items(directory: Path, loaded: WsdlSet) -> list[Finding]:
    """Items of the forms that no extra element of the request takes: what the clerk types there could not be sent."""
    try:
        items_by_kind = load_further_items(directory)
    except SetupFault as fault:
        return [Finding(fault.file, fault.item, fault.code, fault.detail)]
    findings: list[Finding] = []
    for kind, items in items_by_kind.items():
        plan = loaded.plans.get(OPERATION_OF_KIND[kind])
        for name, element in items.items():
            if plan is not None and tuple(element.split("/")) not in plan.request_elements:
                # The operation can be called all the same: such an item is refused beside its field.
                findings.append(Finding(FURTHER_ITEMS_FILE, f"{kind.value}.{name}", WsdlCode.UNKNOWN_ELEMENT, element, blocks=False))
    return findings
