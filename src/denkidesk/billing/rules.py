"""The bill rules on a month or a reading period (billing rules 3 to 8): written once, for every kind of figure and of column."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import numpy as np

from denkidesk.billing.findings import Findings
from denkidesk.billing.plan_check import named
from denkidesk.billing.sums import Figures
from denkidesk.billing.volumes import Volumes
from denkidesk.billing.windows import Window
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import AssumedRule, BillWarning
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import BillOptionCode
from denkidesk.domain.plans import CAPACITY_TYPES, PEAK_TYPES, BaseType, Condition, Fuel, PlanDetail

_BELOW_ANY: Final = Decimal(-1)  # kWh


def usage_yen(detail: PlanDetail, volumes: Volumes, findings: Findings) -> Figures:
    """Rules 3 to 6: volume of each condition's window or group, cap, tier, price."""
    yen = volumes.zeros()
    for condition, kwh in charged(detail, volumes, findings):
        yen = yen + kwh * volumes.number(condition.unit_yen)
    return yen


def charged(detail: PlanDetail, volumes: Volumes, findings: Findings) -> Iterator[tuple[Condition, Figures]]:
    """Each condition in its order, with the kWh that its price is charged for."""
    zero = volumes.number(Decimal(0))
    for condition, volume in before_tiers(detail, volumes, findings):
        low, high = volumes.tier_of(condition)
        yield condition, tier(volume, low, high, zero)


def before_tiers(detail: PlanDetail, volumes: Volumes, findings: Findings) -> Iterator[tuple[Condition, Figures]]:
    """Each condition in its order, with the kWh that its tier is taken of."""
    zero = volumes.number(Decimal(0))
    overflow = volumes.zeros()
    for condition in sorted(detail.conditions, key=lambda one: one.calc_order):
        # rule 4: a month outside of the condition's own months gives it nothing, whatever its group has there
        applies = volumes.applies(Window.of(condition))
        volume = np.where(applies, volumes.of(condition) + overflow, zero)
        overflow = np.where(applies, zero, overflow)
        if condition.volume_cap > 0:  # rule 5 (assumed): what is over flows to the next that applies in this month
            taken = np.minimum(volume, volumes.measured_total * volumes.number(condition.volume_cap / 100))
            overflow = np.where(applies, volume - taken, overflow)
            volume = taken
        yield condition, volume
    if bool((overflow > zero).any()):
        findings.warnings.append(BillWarning.VOLUME_ABOVE_CAP_UNPRICED)


def tier(volume: Figures, low: Any, high: Any, zero: Any) -> Figures:
    """Rule 6: the part of the kWh between the tier's ends; no ``high`` (None) is no limit."""
    if high is not None:
        volume = np.minimum(volume, high)
    charged: Figures = np.maximum(volume - low, zero)
    return charged


@dataclass(frozen=True, slots=True)
class FuelDue:
    """Rule 8: what a fuel's price is due for, of a whole month's kWh: those between two ends, or ``once`` where they are above ``low``.

    ``high``: None is no limit. ``month``: the only one of the year, 0 for all.
    """

    low: Decimal
    high: Decimal | None
    once: bool
    month: int


def fuel_due(fuel: Fuel) -> FuelDue:
    """Negative prices are normal, and change nothing of it."""
    if fuel.calc_type == 0:
        return FuelDue(fuel.volume_from, fuel.volume_to if fuel.volume_to > 0 else None, once=False, month=fuel.month)
    return FuelDue(fuel.volume_from or _BELOW_ANY, None, once=True, month=fuel.month)  # from 0 on: in a month without kWh too


@dataclass(frozen=True, slots=True)
class BaseTerms:
    """Rule 7: yen a month = fixed + per_capacity x contract capacity + per_peak x annual peak in kW."""

    fixed: Decimal
    per_capacity: Decimal = Decimal(0)
    per_peak: Decimal = Decimal(0)


def base_terms(detail: PlanDetail) -> BaseTerms:
    """Of a plan that ``checked`` has let through."""
    kind, unit = detail.base_type, detail.base_unit
    if kind is None or unit is None:  # only a market-linked plan comes this far (rule 10: where present)
        return BaseTerms(Decimal(0))
    fixed = detail.base_fix_unit or Decimal(0)
    above, begun = unit * detail.capacity_from, unit  # "from" counts the lower bound itself
    match kind:
        case BaseType.PER_CAPACITY:
            return BaseTerms(Decimal(0), per_capacity=unit)
        case BaseType.FIXED_AND_PER_CAPACITY_ABOVE:  # assumed
            return BaseTerms(fixed - above, per_capacity=unit)
        case BaseType.FIXED_AND_PER_CAPACITY:
            return BaseTerms(fixed, per_capacity=unit)
        case BaseType.FIXED_AND_PER_CAPACITY_FROM:
            return BaseTerms(fixed - above + begun, per_capacity=unit)
        case BaseType.PER_PEAK:
            return BaseTerms(Decimal(0), per_peak=unit)
        case BaseType.FIXED_AND_PER_PEAK_FROM:
            return BaseTerms(fixed - above + begun, per_peak=unit)
        case _:  # a minimum charge and one fixed by contract charge as a flat one: the vendor's FAQ
            return BaseTerms(unit)


def needs_capacity(detail: PlanDetail) -> bool:
    """Whether the base charge cannot be told without the contract's capacity."""
    return detail.base_type in CAPACITY_TYPES and detail.base_unit is not None


def base_yen(detail: PlanDetail, peak_kw: Callable[[], Decimal], options: BillOptions, findings: Findings) -> Decimal:
    """Rule 7: the base charge of one month. ``peak_kw`` is asked only where the base type needs it."""
    capacity = options.capacity if options.capacity is not None else detail.capacity
    if capacity is not None:
        _check_capacity(detail, capacity, findings)
    kind = detail.base_type
    terms = base_terms(detail)
    amount = terms.fixed
    if needs_capacity(detail):
        if capacity is None:
            raise InputRefused.of("capacity", BillOptionCode.REQUIRED, base_type=str(kind), unit=detail.capacity_unit, **named(detail))
        amount += terms.per_capacity * capacity
        if kind == BaseType.FIXED_AND_PER_CAPACITY_ABOVE:
            findings.assumed.append(AssumedRule.BASE_TYPE_3)
    elif kind in PEAK_TYPES and detail.base_unit is not None:
        amount += terms.per_peak * peak_kw()
    if amount < 0:
        findings.warnings.append(BillWarning.BASE_BELOW_ZERO)
    return amount


def _check_capacity(detail: PlanDetail, capacity: Decimal, findings: Findings) -> None:
    if not capacity.is_finite() or capacity < 0:
        raise InputRefused.of("capacity", BillOptionCode.NOT_A_CAPACITY, value=str(capacity), **named(detail))
    # A warning only: the vendor says that the limits need not be exact.
    if capacity < detail.capacity_from or (detail.capacity_to > 0 and capacity >= detail.capacity_to):
        findings.warnings.append(BillWarning.CAPACITY_OUTSIDE)
    if detail.capacity is not None and capacity != detail.capacity:  # rule 11: the prices were fetched for another capacity
        findings.warnings.append(BillWarning.CAPACITY_NOT_OF_PRICES)
