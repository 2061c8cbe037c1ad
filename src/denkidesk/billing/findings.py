"""What comes up on the way to a bill."""

from dataclasses import dataclass, field

from denkidesk.domain.bills import AssumedRule, BillWarning


@dataclass(slots=True)
class Findings:
    """Warnings and the assumed rules that acted, as they come up during one bill."""

    warnings: list[BillWarning] = field(default_factory=list)
    assumed: list[AssumedRule] = field(default_factory=list)
