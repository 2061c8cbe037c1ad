"""A customer's files as usage, for the window and for the command line."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from denkidesk.desk.file_reading import read_bounded
from denkidesk.domain.errors import ChoiceOpen
from denkidesk.domain.fault_codes import UsageCode
from denkidesk.domain.plans import PlanDetail
from denkidesk.domain.usage import ImportedUsage, UsageChoices

_KW_OF_AN_AMPERE: Final = Decimal("0.1")
_BEYOND: Final = Decimal("2.5")
"""Times the contract's capacity: a breaker lets more than its rating through for a while, but not so much for a half-hour."""


def import_usage(paths: Sequence[Path], choices: UsageChoices | None = None) -> ImportedUsage:
    """The usage of one file or several joined; see :func:`denkidesk.metering.files.read_files`."""
    from denkidesk.metering.files import read_files

    return read_files([(path.name, read_bounded(path, "usage_file")) for path in paths], choices)


@dataclass(frozen=True, slots=True)
class Contract:
    """How much a contract allows."""

    size: Decimal
    unit: str  # kW, kVA or A

    @property
    def kw(self) -> Decimal:
        """In kW, or kVA."""
        return self.size * (_KW_OF_AN_AMPERE if self.unit == "A" else 1)


def contract_of(detail: PlanDetail, capacity: Decimal | None) -> Contract | None:
    """The contract that was chosen, else the one that the plan's prices are of; None where neither says how much."""
    size = capacity if capacity is not None else detail.capacity
    return Contract(size, detail.capacity_unit) if size else None


def check_capacity(imported: ImportedUsage, contract: Contract | None, *, accepted: bool) -> None:
    """Raises ChoiceOpen("accept_values") where a figure is one that the contract cannot have."""
    usage = imported.usage
    if accepted or contract is None or usage.estimated or imported.layout == "purchase-json":
        return
    if Decimal(str(usage.largest_kw)) > contract.kw * _BEYOND:
        day = max(usage.days, key=lambda day: (day.peak_kw or 0.0, max((kwh for kwh in day.hourly_kwh if kwh is not None), default=0.0)))
        facts = {"value": f"{usage.largest_kw:g}", "day": day.day.isoformat(), "capacity": f"{contract.size:f} {contract.unit}"}
        raise ChoiceOpen(UsageCode.ABOVE_CAPACITY, "accept_values", (True,), **facts)
