"""A customer's files as usage, for the window and for the command line."""

from collections.abc import Sequence
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


def check_capacity(imported: ImportedUsage, detail: PlanDetail, capacity: Decimal | None, *, accepted: bool) -> None:
    """Raises ChoiceOpen("accept_values") where a figure is one that a contract of this capacity cannot have."""
    size = capacity if capacity is not None else detail.capacity
    usage = imported.usage
    if accepted or not size or usage.estimated or imported.layout == "purchase-json":
        return
    largest_kw, day = max(
        (day.peak_kw if day.peak_kw is not None else max((kwh for kwh in day.hourly_kwh if kwh is not None), default=0.0), day.day)
        for day in usage.days
    )
    most_kw = size * (_KW_OF_AN_AMPERE if detail.capacity_unit == "A" else 1) * _BEYOND
    if Decimal(str(largest_kw)) > most_kw:
        facts = {"value": f"{largest_kw:g}", "day": day.isoformat(), "time": "", "capacity": f"{size:f} {detail.capacity_unit}"}
        raise ChoiceOpen(UsageCode.ABOVE_CAPACITY, "accept_values", (True,), **facts)
