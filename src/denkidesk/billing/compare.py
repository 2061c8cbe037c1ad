"""Our bill beside the server's, line by line, each difference with the likeliest reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import Bill, BillParts, MonthBill, Rounding, ServerBill
from denkidesk.domain.plans import CAPACITY_TYPES, PEAK_TYPES, BaseType, PlanDetail, PlanType

PARTS: Final = ("base", "usage", "adjust", "levy", "charge")
NO_DIFFERENCE_YEN: Final = Decimal("0.005")
"""Half of the last place that a server's figure is shown in."""

_ZERO = Decimal(0)


class Reason(StrEnum):
    """Why two figures of one part may differ: the first of these that applies, never a proof."""

    MONTH_NOT_BILLED = "month_not_billed"  # one side billed a month that the other has no data for
    MONTH_BOTH_ENDS = "month_both_ends"  # the span touches the month twice (assumed rule 1)
    ROUNDING = "rounding"  # less than a yen for a part
    PEAK_BASE = "peak_base"  # which peak the base charge follows
    CAPACITY = "capacity"
    BASE_TYPE_ASSUMED = "base_type_assumed"  # assumed rule 7
    FUEL_LEFT_OUT = "fuel_left_out"  # one side was asked to leave the fuel adjustment out
    FUEL_MONTH = "fuel_month"  # the server's newest price is of another month than our stored plan's
    LEVY_YEAR = "levy_year"  # likewise the levy of another fiscal year
    AREA_PRICE = "area_price"  # market-linked: price month or commission (assumed rule 10)
    HOLIDAY = "holiday"  # which days are holidays (assumed rule 2)
    WINDOW_WRAP = "window_wrap"  # windows over midnight or the year's end (assumed rule 3)
    CAP = "cap"  # what flows on over a cap (assumed rule 5)
    UNIT_PRICE = "unit_price"  # nothing assumed acted: the prices themselves are of another day
    DISCOUNT_ORDER = "discount_order"  # the parts agree, their sum less discount does not
    SUM_OF_PARTS = "sum_of_parts"  # follows from the parts above
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that differs. ``month``: "2026-01", or "" for the year; ``part``: base, usage, adjust, levy or charge."""

    month: str
    part: str
    ours_yen: Decimal
    server_yen: Decimal
    reason_code: str

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
            reason = Reason.MONTH_BOTH_ENDS
        elif ours.billed != bool(theirs):
            reason = Reason.MONTH_NOT_BILLED
        elif part == "charge":
            reason = _charge_reason(our_yen - server_yen, bool(found), ours.billed, bill)
        elif abs(our_yen - server_yen) < 1:
            reason = Reason.ROUNDING
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
            reason = Reason.SUM_OF_PARTS if months_differ else _year_reason(our_yen - server_yen, bill)
            found.append(Difference("", part, our_yen, server_yen, reason))
    return found


def _differs(ours: Decimal, theirs: Decimal) -> bool:
    return abs(ours - theirs) >= NO_DIFFERENCE_YEN


def _charge_reason(difference: Decimal, parts_differ: bool, billed: bool, bill: Bill) -> Reason:
    if parts_differ:
        return Reason.SUM_OF_PARTS
    if not billed:
        return Reason.MONTH_NOT_BILLED
    # two floors a month take off less than two yen
    if abs(difference) < (2 if bill.rounding is Rounding.BILL else 1):
        return Reason.ROUNDING
    return Reason.DISCOUNT_ORDER if bill.discount_rate else Reason.UNKNOWN


def _year_reason(difference: Decimal, bill: Bill) -> Reason:
    """The months agree and the year does not: each month's rounding may have stayed below what counts as a difference, or not."""
    if abs(difference) < (24 if bill.rounding is Rounding.BILL else 12):
        return Reason.ROUNDING
    return Reason.UNKNOWN


def _part_reason(part: str, yen: tuple[Decimal, Decimal], bill: Bill, detail: PlanDetail, options: BillOptions) -> Reason:
    if part == "base":
        return _base_reason(detail)
    if part == "adjust":
        ours, theirs = yen
        left_out = options.no_fuels or (theirs == 0 and ours != 0)
        return Reason.FUEL_LEFT_OUT if left_out else Reason.FUEL_MONTH
    if part == "levy":
        return Reason.LEVY_YEAR
    if detail.plan_type is PlanType.MARKET_LINKED:
        return Reason.AREA_PRICE
    for rule, reason in (("2", Reason.HOLIDAY), ("5", Reason.CAP), ("3", Reason.WINDOW_WRAP)):
        if rule in bill.assumed:
            return reason
    return Reason.UNIT_PRICE


def _base_reason(detail: PlanDetail) -> Reason:
    if detail.base_type in PEAK_TYPES:
        return Reason.PEAK_BASE
    if detail.base_type == BaseType.FIXED_AND_PER_CAPACITY_ABOVE:
        return Reason.BASE_TYPE_ASSUMED
    return Reason.CAPACITY if detail.base_type in CAPACITY_TYPES else Reason.UNIT_PRICE
