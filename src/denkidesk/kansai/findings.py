"""What is wrong, or merely worth knowing, about an installed set of WSDL, binding and code tables."""

from denkidesk.domain.error_codes import SettingCode, SetupCode
from denkidesk.domain.errors import SetupFault
from denkidesk.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. ``file``: path inside the set; ``item``: what in it; ``blocks``: False for mere news."""

    file: str
    item: str
    code: SetupCode | SettingCode
    detail: str = ""
    blocks: bool = True

    def as_fault(self) -> SetupFault:
        """The finding as the error that stops a call."""
        return SetupFault(self.file, self.item, self.code, self.detail)


def raise_first(findings: list[Finding]) -> None:
    """Raises SetupFault for the first finding that blocks."""
    for finding in findings:
        if finding.blocks:
            raise finding.as_fault()
