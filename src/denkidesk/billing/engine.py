"""A plan's bill for one customer's year, by the bill rules; the numbers in the comments are theirs.

The rules run on two kinds of figures: floats, fast, for ``Rounding.NONE``; decimals as they were written, for ``Rounding.BILL``, where kWh
are whole and a bill may hit a whole yen exactly. Each assumed rule that acts is named in ``Bill.assumed``.

What is due for what (hours, groups, caps, tiers, base, fuel, the total) is stated in ``hours``, ``volumes`` and ``rules``, for this and for
the compiled catalogue (``compiled``, ``ranking``). How it is added up, discounted and rounded stands in both, for decimals one by one and
for arrays of floats: that the two agree to the yen is tested, and held for 2,000 plans by ``bench/agreement.py``.
"""

from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Final

import numpy as np

from denkidesk.billing.findings import Findings
from denkidesk.billing.market import market_charge_yen
from denkidesk.billing.plan_check import checked
from denkidesk.billing.plan_faults import plan_faults
from denkidesk.billing.rounding import EXACT, as_it_is, as_written, month_charge
from denkidesk.billing.rules import base_yen, fuel_due, tier, usage_yen
from denkidesk.billing.sums import Figures, UsageSums
from denkidesk.billing.volumes import Months, Number, Volumes
from denkidesk.billing.windows import MONTHS, Window
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import AssumedRule, Bill, BillParts, BillWarning, FuelRule, MonthBill, Rounding
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import BillOptionCode
from denkidesk.domain.plans import DayClass, PlanDetail, PlanType
from denkidesk.domain.usage import Usage

__all__ = ["ENGINE_VERSION", "BillOptions", "MonthParts", "UsageSums", "compute_bill", "month_charges", "month_parts"]

ENGINE_VERSION: Final = "2"
"""Kept with every quote: raised whenever a rule changes a figure."""


@dataclass(frozen=True, slots=True)
class MonthParts:
    """Twelve figures each, January to December, before the discount, yen unrounded; 0 in a month without data."""

    kwh: Figures  # as billed: whole on a bill (rule 15)
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
    with localcontext(EXACT):
        parts, months = _months(detail, sums, options)
        # rule 13: the year is the sum of the months
        figures = zip(*((one.charge, one.base, one.usage, one.adjust, one.levy) for one in (month.parts for month in months)), strict=True)
        year = BillParts(*(sum(column, Decimal(0)) for column in figures))
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


def month_charges(detail: PlanDetail, sums: UsageSums, options: BillOptions) -> tuple[Decimal, ...]:
    """What ``compute_bill`` charges, January to December; refuses what it refuses, and does not look for the plan's faults."""
    with localcontext(EXACT):
        return tuple(month.parts.charge for month in _months(detail, sums, options)[1])


def _months(detail: PlanDetail, sums: UsageSums, options: BillOptions) -> tuple[MonthParts, tuple[MonthBill, ...]]:
    """January to December, under the context ``EXACT``."""
    parts = month_parts(detail, sums, options, exact=options.rounding is Rounding.BILL)
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
        for index, (kwh, base, used, adjust, levy) in enumerate(zip(parts.kwh.tolist(), *columns, strict=True))
    )
    return parts, months


def month_parts(detail: PlanDetail, sums: UsageSums, options: BillOptions, *, exact: bool) -> MonthParts:
    """The four parts of every month, as arrays: float64, or Decimal objects where ``exact`` (then under the context ``EXACT``)."""
    checked(detail)
    findings = Findings()
    if sums.months_incomplete:
        findings.assumed.append(AssumedRule.WHOLE_MONTHS)  # a month that has data is billed whole; both ends of a year are one month
    number: Number = as_it_is if exact else float
    volumes = Volumes(detail, Months(sums, detail.holidays, exact=exact), number, whole=exact and options.rounding is Rounding.BILL)
    total, zero = volumes.total, number(Decimal(0))
    base = np.full(MONTHS, number(base_yen(detail, lambda: peak_kw(sums, options, findings), options, findings)))
    if not detail.conditions and detail.plan_type is not PlanType.MARKET_LINKED:
        findings.warnings.append(BillWarning.NO_CONDITIONS)
    name_assumed(detail, sums, findings)
    usage = usage_yen(detail, volumes, findings)
    if detail.plan_type is PlanType.MARKET_LINKED:
        usage = usage + market_charge_yen(detail, sums, options, exact, findings)
    # rule 9
    if detail.levy_yen_per_kwh is None:
        findings.warnings.append(BillWarning.LEVY_MISSING)
    levy = total * number(detail.levy_yen_per_kwh or Decimal(0))
    adjust = volumes.zeros() if options.no_fuels else _adjust_yen(detail, volumes)
    # rule 1: nothing in a month without a day of data
    base, usage, adjust, levy = (np.where(sums.billed, part, zero) for part in (base, usage, adjust, levy))
    warnings = tuple(dict.fromkeys(findings.warnings))
    return MonthParts(total, base, usage, adjust, levy, warnings, tuple(sorted(set(findings.assumed), key=int)))


def warnings_at_hand(detail: PlanDetail, sums: UsageSums, options: BillOptions) -> tuple[BillWarning, ...]:
    """What its bill would warn of whichever hour has how many kWh: a list of plans has no time for their bills. Raises as the bill does."""
    findings = Findings()
    base_yen(detail, lambda: peak_kw(sums, options, findings), options, findings)
    if detail.levy_yen_per_kwh is None:
        findings.warnings.append(BillWarning.LEVY_MISSING)
    if detail.plan_type is PlanType.MARKET_LINKED and options.commission is None:
        findings.warnings.append(BillWarning.COMMISSION_MISSING)
    return tuple(dict.fromkeys(findings.warnings))


def name_assumed(detail: PlanDetail, sums: UsageSums, findings: Findings) -> None:
    """Which of the assumed rules 2, 3 and 5 act."""
    conditions = detail.conditions
    if any(condition.day_class is not DayClass.ANY for condition in conditions) and sums.holiday_rule_acts(detail.holidays):
        findings.assumed.append(AssumedRule.HOLIDAYS)
    if any(Window.of(condition).wraps for condition in conditions):
        findings.assumed.append(AssumedRule.WRAPPING_WINDOWS)
    if any(condition.volume_cap > 0 for condition in conditions):
        findings.assumed.append(AssumedRule.OVER_THE_CAP)


def _adjust_yen(detail: PlanDetail, volumes: Volumes) -> Figures:
    """Rule 8: fuel on the month's total."""
    yen, number, zero = volumes.zeros(), volumes.number, volumes.number(Decimal(0))
    for fuel in detail.fuels:
        unit, due = number(fuel.unit_yen), fuel_due(fuel)
        low, high = number(due.low), None if due.high is None else number(due.high)
        of_fuel = np.where(volumes.total > low, unit, zero) if due.once else tier(volumes.total, low, high, zero) * unit
        yen = yen + (np.where(np.arange(1, MONTHS + 1) == due.month, of_fuel, zero) if due.month else of_fuel)
    return yen


def peak_kw(sums: UsageSums, options: BillOptions, findings: Findings) -> Decimal:
    """The year's peak: as given, else from the half-hours, else the largest hour, which is lower than what a meter bills."""
    given = options.peak_kw if options.peak_kw is not None else sums.peak_kw
    if given is None:
        findings.warnings.append(BillWarning.PEAK_OF_HOURLY_MEANS)
        return as_written(sums.largest_hour_kwh)
    peak = as_written(given)
    if not peak.is_finite() or peak < 0:
        raise InputRefused.of("peak", BillOptionCode.NOT_A_PEAK, value=str(given))
    return peak


def _decimal(figure: float | Decimal | int) -> Decimal:
    return figure if isinstance(figure, Decimal) else Decimal(repr(float(figure)))
