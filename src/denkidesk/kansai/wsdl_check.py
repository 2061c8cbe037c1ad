"""What ``denkidesk wsdl check`` finds in a folder: everything missing or unknown, named."""

from dataclasses import dataclass
from pathlib import Path

from denkidesk.domain.applications import Operation
from denkidesk.kansai.code_tables import CODE_TABLES_FILE, read_code_tables
from denkidesk.kansai.findings import Finding
from denkidesk.kansai.wsdl_set import load_wsdl_set


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
        findings.append(Finding(CODE_TABLES_FILE, "file", "missing", blocks=False))
    findings = list(dict.fromkeys(findings))
    findings.sort(key=lambda finding: not finding.blocks)
    return WsdlReport(tuple(findings), tuple(operation for operation in Operation if operation in loaded.plans))
