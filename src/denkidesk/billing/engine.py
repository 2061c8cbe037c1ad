"""A plan's bill for one customer's year, by the bill rules; the numbers in the comments are theirs.

The rules are written once and run on two kinds of figures: floats, fast, for ``Rounding.NONE``; decimals as they were written, for
``Rounding.BILL``, where a bill may hit a whole yen exactly. Each assumed rule that acts is named in ``Bill.assumed``.
"""

from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any, Final

import numpy as np

from denkidesk.billing.findings import Findings
from denkidesk.billing.market import market_charge_yen
from denkidesk.billing.plan_check import checked, named
from denkidesk.billing.plan_faults import plan_faults
from denkidesk.billing.rounding import EXACT, as_written, month_charge
from denkidesk.billing.sums import Figures, UsageSums
from denkidesk.billing.windows import MONTHS, Window
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import AssumedRule, Bill, BillParts, BillWarning, FuelRule, MonthBill, Rounding
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import BillOptionCode
from denkidesk.domain.plans import CAPACITY_TYPES, PEAK_TYPES, BaseType, DayClass, PlanDetail, PlanType
from denkidesk.domain.usage import Usage

__all__ = ["ENGINE_VERSION", "BillOptions", "MonthParts", "UsageSums", "compute_bill", "month_parts"]

ENGINE_VERSION: Final = "1"
"""Kept with every quote: raised whenever a rule changes a figure."""


@dataclass(frozen=True, slots=True)
class MonthParts:
    """Twelve figures each, January to December, unrounded and before the discount; 0 in a month without data."""

    base: Figures
    usage: Figures
    adjust: Figures
    levy: Figures
    warnings: tuple[BillWarning, ...]
    assumed: tuple[AssumedRule, ...]


def compute_bill(detail: PlanDetail, usage: Usage | UsageSums, options: BillOptions | None = None) -> Bill:
    """The bill of one plan; a plan or usage that no bill can be made of is refused with its reason.

    Raises InputRefused for "plan", "capacity", "peak", "usage" or "area_prices"; the facts of the first two name the plan.
    """
    options = options or BillOptions()
    sums = usage if isinstance(usage, UsageSums) else UsageSums(usage)
    exact = options.rounding is Rounding.BILL
    with localcontext(EXACT):
        parts = month_parts(detail, sums, options, exact=exact)
        columns = [[_decimal(figure) for figure in column.tolist()] for column in (parts.base, parts.usage, parts.adjust, parts.levy)]
        months = tuple(
            MonthBill(
                month=sums.labels[index],
                kwh=_decimal(kwh),
                parts=BillParts(month_charge(base + used + adjust, levy, detail.discount_rate, options.rounding), base, used, adjust, levy),
                billed=bool(sums.billed[index]),
                days=sums.day_counts[index][0],
                days_of=sums.day_counts[index][1],
            )
            for index, (kwh, base, used, adjust, levy) in enumerate(
                zip(sums.total_kwh(exact).tolist(), *columns, strict=True)  # January to December
            )
        )
        # rule 13: the year is the sum of the months
        year = BillParts(sum((month.parts.charge for month in months), Decimal(0)), *(sum(column, Decimal(0)) for column in columns))
    return Bill(
        epplan_id=detail.epplan_id,
        base_cd=detail.base_cd,
        discount_rate=detail.discount_rate,
        rounding=options.rounding,
        fuel_rule=FuelRule.NONE if options.no_fuels else FuelRule.LATEST,
        year=year,
        months=months,
        warnings=parts.warnings,
        assumed=parts.assumed,
        plan_faults=plan_faults(detail, as_of=options.as_of, capacity=options.capacity),
    )


def month_parts(detail: PlanDetail, sums: UsageSums, options: BillOptions, *, exact: bool) -> MonthParts:
    """The four parts of every month, as arrays: float64, or Decimal objects where ``exact`` (then under the context ``EXACT``)."""
    checked(detail)
    findings = Findings()
    if sums.months_incomplete:
        findings.assumed.append(AssumedRule.WHOLE_MONTHS)  # a month that has data is billed whole; both ends of a year are one month
    base = _base_yen(detail, sums, options, exact, findings)
    usage = _usage_yen(detail, sums, exact, findings)
    if detail.plan_type is PlanType.MARKET_LINKED:
        usage = usage + market_charge_yen(detail, sums, options, exact, findings)
    total = sums.total_kwh(exact)
    # rule 9
    if detail.levy_yen_per_kwh is None:
        findings.warnings.append(BillWarning.LEVY_MISSING)
    levy = total * _number(detail.levy_yen_per_kwh or Decimal(0), exact)
    adjust = _zeros(exact) if options.no_fuels else _adjust_yen(detail, total, exact)
    # rule 1: nothing in a month without a day of data
    base, usage, adjust, levy = (np.where(sums.billed, part, _number(Decimal(0), exact)) for part in (base, usage, adjust, levy))
    warnings = tuple(dict.fromkeys(findings.warnings))
    return MonthParts(base, usage, adjust, levy, warnings, tuple(sorted(set(findings.assumed), key=int)))


def _usage_yen(detail: PlanDetail, sums: UsageSums, exact: bool, findings: Findings) -> Figures:
    """Rules 3 to 6: volume of each condition's window or group, cap, tier, price."""
    zero = _number(Decimal(0), exact)
    total = sums.total_kwh(exact)
    yen, overflow = _zeros(exact), _zeros(exact)
    groups: dict[int, frozenset[Window]] = {}
    for condition in detail.conditions:
        if condition.group >= 1:
            groups[condition.group] = groups.get(condition.group, frozenset()) | {Window.of(condition)}
    if not detail.conditions and detail.plan_type is not PlanType.MARKET_LINKED:
        findings.warnings.append(BillWarning.NO_CONDITIONS)
    _name_assumed(detail, sums, findings)
    for condition in sorted(detail.conditions, key=lambda one: one.calc_order):
        own = Window.of(condition)
        # rule 4: a month outside of the condition's own months gives it nothing, whatever its group has there
        applies = np.array([own.has_month(month) for month in range(1, MONTHS + 1)])
        inside = sums.volume_kwh(groups.get(condition.group) or frozenset([own]), detail.holidays, exact)
        volume = np.where(applies, inside + overflow, zero)
        overflow = np.where(applies, zero, overflow)
        if condition.volume_cap > 0:  # rule 5 (assumed): what is over flows to the next that applies in this month
            taken = np.minimum(volume, total * _number(condition.volume_cap / 100, exact))
            overflow = np.where(applies, volume - taken, overflow)
            volume = taken
        yen = yen + _tier(volume, condition.volume_from, condition.volume_to, exact) * _number(condition.unit_yen, exact)
    if bool((overflow > zero).any()):
        findings.warnings.append(BillWarning.VOLUME_ABOVE_CAP_UNPRICED)
    return yen


def _name_assumed(detail: PlanDetail, sums: UsageSums, findings: Findings) -> None:
    conditions = detail.conditions
    if any(condition.day_class is not DayClass.ANY for condition in conditions) and sums.holiday_rule_acts(detail.holidays):
        findings.assumed.append(AssumedRule.HOLIDAYS)
    if any(Window.of(condition).wraps for condition in conditions):
        findings.assumed.append(AssumedRule.WRAPPING_WINDOWS)
    if any(condition.volume_cap > 0 for condition in conditions):
        findings.assumed.append(AssumedRule.OVER_THE_CAP)


def _tier(volume: Figures, volume_from: Decimal, volume_to: Decimal, exact: bool) -> Figures:
    """Rule 6: the part of a month's kWh between the tier's ends; ``volume_to`` 0 is no limit."""
    if volume_to > 0:
        volume = np.minimum(volume, _number(volume_to, exact))
    charged: Figures = np.maximum(volume - _number(volume_from, exact), _number(Decimal(0), exact))
    return charged


def _adjust_yen(detail: PlanDetail, total: Figures, exact: bool) -> Figures:
    """Rule 8: fuel on the month's total; negative prices are normal."""
    yen = _zeros(exact)
    for fuel in detail.fuels:
        unit = _number(fuel.unit_yen, exact)
        if fuel.calc_type == 0:
            yen = yen + _tier(total, fuel.volume_from, fuel.volume_to, exact) * unit
        elif fuel.volume_from == 0:
            yen = yen + unit
        else:
            yen = yen + np.where(total > _number(fuel.volume_from, exact), unit, _number(Decimal(0), exact))
    return yen


def _base_yen(detail: PlanDetail, sums: UsageSums, options: BillOptions, exact: bool, findings: Findings) -> Figures:
    """Rule 7: one amount for every billed month."""
    capacity = options.capacity if options.capacity is not None else detail.capacity
    if capacity is not None:
        _check_capacity(detail, capacity, findings)
    kind = detail.base_type
    if kind is None or detail.base_unit is None:  # only a market-linked plan comes this far (rule 10: where present)
        return _zeros(exact)
    unit, fixed = detail.base_unit, detail.base_fix_unit or Decimal(0)
    if kind in CAPACITY_TYPES:
        if capacity is None:
            raise InputRefused.of("capacity", BillOptionCode.REQUIRED, base_type=str(kind), unit=detail.capacity_unit, **named(detail))
        amount = {
            BaseType.PER_CAPACITY: capacity * unit,
            BaseType.FIXED_AND_PER_CAPACITY_ABOVE: fixed + unit * (capacity - detail.capacity_from),  # assumed
            BaseType.FIXED_AND_PER_CAPACITY: fixed + unit * capacity,
            BaseType.FIXED_AND_PER_CAPACITY_FROM: fixed + unit * (capacity - detail.capacity_from + 1),
        }[BaseType(kind)]
        if kind == BaseType.FIXED_AND_PER_CAPACITY_ABOVE:
            findings.assumed.append(AssumedRule.BASE_TYPE_3)
    elif kind in PEAK_TYPES:
        peak_kw = _peak_kw(sums, options, findings)
        amount = peak_kw * unit if kind == BaseType.PER_PEAK else fixed + unit * (peak_kw - detail.capacity_from + 1)
    else:  # a minimum charge and one fixed by contract charge as a flat one: the vendor's FAQ
        amount = unit
    if amount < 0:
        findings.warnings.append(BillWarning.BASE_BELOW_ZERO)
    return np.full(MONTHS, _number(amount, exact), dtype=object if exact else np.float64)


def _check_capacity(detail: PlanDetail, capacity: Decimal, findings: Findings) -> None:
    if not capacity.is_finite() or capacity < 0:
        raise InputRefused.of("capacity", BillOptionCode.NOT_A_CAPACITY, value=str(capacity), **named(detail))
    # A warning only: the vendor says that the limits need not be exact.
    if capacity < detail.capacity_from or (detail.capacity_to > 0 and capacity >= detail.capacity_to):
        findings.warnings.append(BillWarning.CAPACITY_OUTSIDE)
    if detail.capacity is not None and capacity != detail.capacity:  # rule 11: the prices were fetched for another capacity
        findings.warnings.append(BillWarning.CAPACITY_NOT_OF_PRICES)


def _peak_kw(sums: UsageSums, options: BillOptions, findings: Findings) -> Decimal:
    """The year's peak: as given, else from the half-hours, else the largest hour, which is lower than what a meter bills."""
    given = options.peak_kw if options.peak_kw is not None else sums.usage.peak_kw
    if given is None:
        findings.warnings.append(BillWarning.PEAK_OF_HOURLY_MEANS)
        return as_written(sums.largest_hour_kwh)
    peak = as_written(given)
    if not peak.is_finite() or peak < 0:
        raise InputRefused.of("peak", BillOptionCode.NOT_A_PEAK, value=str(given))
    return peak


def _number(figure: Decimal, exact: bool) -> Any:
    return figure if exact else float(figure)


def _decimal(figure: float | Decimal | int) -> Decimal:
    return figure if isinstance(figure, Decimal) else Decimal(repr(float(figure)))


def _zeros(exact: bool) -> Figures:
    return np.full(MONTHS, Decimal(0), dtype=object) if exact else np.zeros(MONTHS)
