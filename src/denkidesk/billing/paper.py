"""The customer's paper bill (Part B, rules 15 to 23), in exact fractions: a period's bill is linear in its kWh once these are whole.

``Terms`` is all that a period's bill hangs on beside plan and kWh; bill match changes one of them at a time.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import partial
from typing import Final

import numpy as np

from denkidesk.billing.findings import Findings
from denkidesk.billing.levy import levy_of
from denkidesk.billing.market import market_charge_yen
from denkidesk.billing.plan_check import checked
from denkidesk.billing.plan_faults import plan_faults
from denkidesk.billing.reading import days_inside, is_whole, under_contract
from denkidesk.billing.rounding import EXACT, as_written
from denkidesk.billing.rules import base_yen, usage_yen
from denkidesk.billing.sums import UsageSums
from denkidesk.billing.volumes import Periods, Source, Volumes, half_up
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import BillParts, BillWarning, Rounding
from denkidesk.domain.errors import FieldFault, InputRefused
from denkidesk.domain.fault_codes import PaperCode
from denkidesk.domain.paper_bills import FuelMonth, PaperBill, Period, PeriodBill, Supplement, months_later
from denkidesk.domain.plans import PlanDetail, PlanType
from denkidesk.domain.usage import Usage

_USUAL_POWER_FACTOR: Final = 85
_MONTHS_OF_DEMAND: Final = 12


@dataclass(frozen=True, slots=True)
class Terms:
    """What a bill month brings to a bill, and how it is rounded."""

    fuel: FuelMonth
    levy: Decimal
    half_base_at_zero: bool
    deduct_yen: Decimal
    power_factor: int | None
    included_kwh: Decimal
    share: Fraction = Fraction(1)
    rounding: Rounding = Rounding.BILL
    single_floor: bool = False

    @property
    def charged_from(self) -> Fraction:
        """The kWh that the fixed fuel sum covers, for the days under contract."""
        included = Fraction(self.included_kwh)
        return included if self.share == 1 else half_up(included * self.share)


def paper_bill(detail: PlanDetail, usage: Usage, supplement: Supplement, periods: Sequence[Period], options: BillOptions) -> PaperBill:
    """The bills of the periods that the data hold whole.

    Raises InputRefused for "plan", "capacity" and "usage" as any bill, and for "supplement": a bill month without its fuel price or levy.
    """
    billed = [(period, inside) for period in periods if (inside := under_contract(period, supplement)) is not None]
    whole = [(period, inside) for period, inside in billed if is_whole(usage, inside)]
    if not whole:
        raise InputRefused.of("usage", PaperCode.NO_WHOLE_PERIOD)
    terms = terms_of(supplement, [(period.bill_month, share_of(period, inside)) for period, inside in whole], options)
    findings = Findings()
    with localcontext(EXACT):
        sums = [UsageSums(days_inside(usage, inside)) for _, inside in whole]
        volumes = volumes_of(detail, Periods(sums, detail.holidays), [one.share for one in terms], whole=options.rounding is Rounding.BILL)
        market = [market_yen(detail, one, options, findings) for one in sums]
        bases = []
        for period, _ in whole:
            peak = partial(_peak_kw, period, whole, usage, supplement, options, findings)
            bases.append(Fraction(base_yen(detail, peak, options, findings)))
        parts = bill_parts(detail, volumes, bases, terms, findings, market)
    bills = [PeriodBill(period.bill_month, inside.first, inside.last, *one) for (period, inside), one in zip(whole, parts, strict=True)]
    cut = tuple(period for period, inside in billed if (period, inside) not in whole)
    on_paper = replace(detail, fuels=())  # the fuel prices are those of the supplement
    faults = plan_faults(on_paper, as_of=options.as_of, capacity=options.capacity, included_kwh=supplement.included_kwh or None)
    return PaperBill(tuple(bills), cut, tuple(dict.fromkeys(findings.warnings)), faults)


def share_of(period: Period, inside: Period) -> Fraction:
    """Rule 20: the days under contract of the days of the period."""
    return Fraction(inside.days, period.days)


def terms_of(supplement: Supplement, months: Sequence[tuple[str, Fraction]], options: BillOptions) -> list[Terms]:
    """The terms of bill months with their shares; every month without its fuel price or levy is named at once."""
    fuel = {month.bill_month: month for month in supplement.fuel}
    faults: list[FieldFault] = []
    terms: list[Terms] = []
    for month, share in months:
        price, levy = fuel.get(month), levy_in(supplement, month)
        if options.no_fuels:
            price = FuelMonth(month, Decimal(0))
        if price is None:
            faults.append(FieldFault("supplement", PaperCode.FUEL_MISSING, {"month": month, "bill_month": month}))
        if levy is None:
            faults.append(FieldFault("supplement", PaperCode.LEVY_MISSING, {"month": month, "bill_month": month}))
        if price is not None and levy is not None:
            terms.append(
                Terms(
                    fuel=price,
                    levy=levy,
                    half_base_at_zero=supplement.half_base_at_zero,
                    deduct_yen=supplement.deduct_yen,
                    power_factor=supplement.power_factor,
                    included_kwh=supplement.included_kwh,
                    share=share,
                    rounding=options.rounding,
                )
            )
    if faults:
        raise InputRefused(faults)
    return terms


def levy_in(supplement: Supplement, bill_month: str) -> Decimal | None:
    """The levy of a bill month: the supplement's own, else that of the desk's table."""
    return levy_of(bill_month) if supplement.levy is None else dict(supplement.levy).get(bill_month)


def volumes_of(detail: PlanDetail, source: Source, shares: Sequence[Fraction], *, whole: bool) -> Volumes:
    """What the conditions of a plan that can be billed are charged for; its own fuel and levy do not count on paper."""
    checked(detail)
    return Volumes(detail, source, Fraction, whole=whole, share=shares)


Lines = tuple[Decimal, BillParts, Decimal, Decimal, Decimal]  # kWh, parts, fuel, subsidy, deduction


def bill_parts(
    detail: PlanDetail,
    volumes: Volumes,
    bases: Sequence[Fraction],
    terms: Sequence[Terms],
    findings: Findings,
    market: Sequence[Fraction] | None = None,
) -> list[Lines]:
    """kWh, parts, fuel, subsidy and deduction of each column of the volumes."""
    used = usage_yen(detail, volumes, findings)
    if market is not None:
        used = used + np.array(market, dtype=object)
    discount = 1 - Fraction(detail.discount_rate) / 100
    columns = zip(volumes.total.tolist(), bases, used.tolist(), terms, strict=True)
    return [_lines(kwh, base, yen, one, discount) for kwh, base, yen, one in columns]


def _lines(kwh: Fraction, base: Fraction, used: Fraction, terms: Terms, discount: Fraction) -> Lines:
    base *= terms.share  # rule 20
    if terms.power_factor is not None:
        base = base * (100 + _USUAL_POWER_FACTOR - terms.power_factor) / 100  # rule 21
    if kwh == 0 and terms.half_base_at_zero:
        base /= 2  # rule 18
    # rule 17
    fuel = Fraction(terms.fuel.fixed) * terms.share + Fraction(terms.fuel.per_kwh) * max(Fraction(0), kwh - terms.charged_from)
    subsidy = Fraction(terms.fuel.subsidy) * kwh
    rest = base + used + fuel - subsidy
    deduction = min(Fraction(terms.deduct_yen), max(Fraction(0), rest))  # rule 19
    levy = Fraction(terms.levy) * kwh
    before, after = (rest - deduction) * discount, levy * discount
    if terms.rounding is Rounding.NONE:
        charge = before + after
    elif terms.single_floor:
        charge = Fraction(math.floor(before + after))
    else:
        charge = Fraction(math.floor(before) + math.floor(after))  # rules 13 and 23
    adjust = fuel - subsidy - deduction
    parts = BillParts(*(decimal(yen) for yen in (charge, base, used, adjust, levy)))
    return decimal(kwh), parts, decimal(fuel), decimal(subsidy), decimal(deduction)


def decimal(figure: Fraction) -> Decimal:
    """The figure to 34 digits, exactly where it ends before."""
    with localcontext() as context:
        context.prec = 34
        return Decimal(figure.numerator) / Decimal(figure.denominator)


def market_yen(detail: PlanDetail, sums: UsageSums, options: BillOptions, findings: Findings) -> Fraction:
    """Energy of a market-linked plan in a period, hours as measured; 0 for any other."""
    if detail.plan_type is not PlanType.MARKET_LINKED:
        return Fraction(0)
    return sum((Fraction(yen) for yen in market_charge_yen(detail, sums, options, True, findings)), Fraction(0))


def _peak_kw(
    period: Period,
    whole: Sequence[tuple[Period, Period]],
    usage: Usage,
    supplement: Supplement,
    options: BillOptions,
    findings: Findings,
) -> Decimal:
    """Rule 22: the largest demand of the month and the eleven before, where the contract is by demand; else the year's peak."""
    if supplement.demand_kw is None:
        given = options.peak_kw if options.peak_kw is not None else usage.peak_kw
        return as_written(given) if given is not None else _largest_hour(usage, findings)
    months = months_of_demand(period)
    known: dict[str, Decimal] = {month: kw for month, kw in supplement.demand_kw if month in months}
    for other, inside in whole:
        if other.bill_month in months:
            days = days_inside(usage, inside)
            peaks = [day.peak_kw for day in days.days if day.peak_kw is not None]
            measured = as_written(max(peaks)) if peaks else _largest_hour(days, findings)
            known[other.bill_month] = max(known.get(other.bill_month, measured), measured)
    if len(known) < _MONTHS_OF_DEMAND:
        findings.warnings.append(BillWarning.DEMAND_MONTHS_UNKNOWN)
    return max(known.values())


def months_of_demand(period: Period) -> list[str]:
    """The bill month and the eleven before."""
    return [months_later(period.bill_month, -back) for back in range(_MONTHS_OF_DEMAND)]


def _largest_hour(usage: Usage, findings: Findings) -> Decimal:
    findings.warnings.append(BillWarning.PEAK_OF_HOURLY_MEANS)
    return as_written(max(kwh for day in usage.days for kwh in day.hourly_kwh if kwh is not None))
