"""Our bill beside the server's, line by line, each difference with the likeliest reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import AssumedRule, Bill, BillParts, DifferenceReason, MonthBill, Rounding, ServerBill
from denkidesk.domain.plans import CAPACITY_TYPES, PEAK_TYPES, BaseType, PlanDetail, PlanType

PARTS: Final = ("base", "usage", "adjust", "levy", "charge")
NO_DIFFERENCE_YEN: Final = Decimal("0.005")
"""Half of the last place that a server's figure is shown in."""

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that differs. ``month``: "2026-01", or "" for the year; ``part``: base, usage, adjust, levy or charge."""

    month: str
    part: str
    ours_yen: Decimal
    server_yen: Decimal
    reason_code: DifferenceReason

    @property
    def yen(self) -> Decimal:
        """Ours less the server's."""
        return self.ours_yen - self.server_yen


def differences(bill: Bill, server: ServerBill, detail: PlanDetail, options: BillOptions) -> tuple[Difference, ...]:
    """Every figure of year and months that differs by half a sen or more; empty where the two agree.

    Months are aligned by their year-month, never by their place. Without the server's detail only charges are compared.
    """
    found: list[Difference] = []
    if server.months:
        theirs = _by_calendar_month(server.months)
        for month in bill.months:
            found.extend(_of_month(month, theirs.get(month.month[5:], ()), bill, detail, options))
    else:
        for month, server_yen in zip(bill.months, server.monthly_charges, strict=False):  # both January to December
            if _differs(month.parts.charge, server_yen):
                reason = _charge_reason(month.parts.charge - server_yen, False, month.billed, bill)
                found.append(Difference(month.month, "charge", month.parts.charge, server_yen, reason))
    found.extend(_of_year(bill, server, bool(found)))
    return tuple(found)


def _by_calendar_month(months: tuple[MonthBill, ...]) -> Mapping[str, tuple[MonthBill, ...]]:
    grouped: dict[str, tuple[MonthBill, ...]] = {}
    for month in months:
        grouped[month.month[5:]] = (*grouped.get(month.month[5:], ()), month)
    return grouped


def _of_month(ours: MonthBill, theirs: tuple[MonthBill, ...], bill: Bill, detail: PlanDetail, options: BillOptions) -> list[Difference]:
    found: list[Difference] = []
    for part in PARTS:
        our_yen: Decimal = getattr(ours.parts, part)
        server_yen = sum((getattr(month.parts, part) for month in theirs), _ZERO)
        if not _differs(our_yen, server_yen):
            continue
        if len(theirs) > 1:
            reason = DifferenceReason.MONTH_BOTH_ENDS
        elif ours.billed != bool(theirs):
            reason = DifferenceReason.MONTH_NOT_BILLED
        elif part == "charge":
            reason = _charge_reason(our_yen - server_yen, bool(found), ours.billed, bill)
        elif abs(our_yen - server_yen) < 1:
            reason = DifferenceReason.ROUNDING
        else:
            reason = _part_reason(part, (our_yen, server_yen), bill, detail, options)
        found.append(Difference(ours.month, part, our_yen, server_yen, reason))
    return found


def _of_year(bill: Bill, server: ServerBill, months_differ: bool) -> list[Difference]:
    theirs = server.year or BillParts(server.year_charge, *(_ZERO,) * 4)
    parts = PARTS if server.year else ("charge",)
    found: list[Difference] = []
    for part in parts:
        our_yen: Decimal = getattr(bill.year, part)
        server_yen: Decimal = getattr(theirs, part)
        if _differs(our_yen, server_yen):
            reason = DifferenceReason.SUM_OF_PARTS if months_differ else _year_reason(our_yen - server_yen, bill)
            found.append(Difference("", part, our_yen, server_yen, reason))
    return found


def _differs(ours: Decimal, theirs: Decimal) -> bool:
    return abs(ours - theirs) >= NO_DIFFERENCE_YEN


def _charge_reason(difference: Decimal, parts_differ: bool, billed: bool, bill: Bill) -> DifferenceReason:
    if parts_differ:
        return DifferenceReason.SUM_OF_PARTS
    if not billed:
        return DifferenceReason.MONTH_NOT_BILLED
    # two floors a month take off less than two yen
    if abs(difference) < (2 if bill.rounding is Rounding.BILL else 1):
        return DifferenceReason.ROUNDING
    return DifferenceReason.DISCOUNT_ORDER if bill.discount_rate else DifferenceReason.UNKNOWN


def _year_reason(difference: Decimal, bill: Bill) -> DifferenceReason:
    """The months agree and the year does not: each month's rounding may have stayed below what counts as a difference, or not."""
    if abs(difference) < (24 if bill.rounding is Rounding.BILL else 12):
        return DifferenceReason.ROUNDING
    return DifferenceReason.UNKNOWN


def _part_reason(part: str, yen: tuple[Decimal, Decimal], bill: Bill, detail: PlanDetail, options: BillOptions) -> DifferenceReason:
    if part == "base":
        return _base_reason(detail)
    if part == "adjust":
        ours, theirs = yen
        left_out = options.no_fuels or (theirs == 0 and ours != 0)
        return DifferenceReason.FUEL_LEFT_OUT if left_out else DifferenceReason.FUEL_MONTH
    if part == "levy":
        return DifferenceReason.LEVY_YEAR
    if detail.plan_type is PlanType.MARKET_LINKED:
        return DifferenceReason.AREA_PRICE
    for rule, reason in (
        (AssumedRule.HOLIDAYS, DifferenceReason.HOLIDAY),
        (AssumedRule.OVER_THE_CAP, DifferenceReason.CAP),
        (AssumedRule.WRAPPING_WINDOWS, DifferenceReason.WINDOW_WRAP),
    ):
        if rule in bill.assumed:
            return reason
    return DifferenceReason.UNIT_PRICE


def _base_reason(detail: PlanDetail) -> DifferenceReason:
    if detail.base_type in PEAK_TYPES:
        return DifferenceReason.PEAK_BASE
    if detail.base_type == BaseType.FIXED_AND_PER_CAPACITY_ABOVE:
        return DifferenceReason.BASE_TYPE_ASSUMED
    return DifferenceReason.CAPACITY if detail.base_type in CAPACITY_TYPES else DifferenceReason.UNIT_PRICE
