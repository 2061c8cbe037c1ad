"""Bill match: the paper bill rebuilt by rules 15 to 23, and the one switch that explains what is left of a difference."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray

from denkidesk.billing.findings import Findings
from denkidesk.billing.paper import Terms, bill_parts, decimal, levy_in, market_yen, months_of_demand, share_of, terms_of, volumes_of
from denkidesk.billing.reading import days_inside, is_whole, under_contract
from denkidesk.billing.rounding import EXACT, as_written
from denkidesk.billing.rules import base_yen, charged
from denkidesk.billing.sums import Figures, UsageSums
from denkidesk.billing.volumes import Bands, Periods, Source, Volumes, unions_of
from denkidesk.billing.windows import Window
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import Rounding
from denkidesk.domain.errors import FieldFault, InputRefused
from denkidesk.domain.fault_codes import InputCode, PaperCode
from denkidesk.domain.paper_bills import BillMatch, BillOnPaper, Period, PeriodBill, Switch, Trial, UsageLine, months_later
from denkidesk.domain.plans import BaseType, DayClass, PlanDetail, PlanType
from denkidesk.domain.usage import Usage

_POWER_FACTORS: Final = (85, 90, 95, 100)
_OF_POWER_FACTOR: Final = frozenset({BaseType.PER_CAPACITY, BaseType.FIXED_AND_PER_CAPACITY, BaseType.FIXED_AND_PER_CAPACITY_FROM})
_DIRECT_DEBITS: Final = (Decimal(55), Decimal(110))


def match_bill(bill: BillOnPaper, usage: Usage | None = None, options: BillOptions | None = None) -> BillMatch:
    """Our bill for the paper one, from the usage of its days where there is one, else from the kWh that stand on it.

    Raises InputRefused for what is missing: "kwh", "usage", "supplement", and what any bill needs.
    """
    options = replace(options or BillOptions(), rounding=Rounding.BILL)
    if bill.capacity is not None:
        options = replace(options, capacity=bill.capacity)
    inside = under_contract(bill.period, bill.supplement)
    if inside is None:
        raise InputRefused.of("period", InputCode.OUT_OF_RANGE)
    (terms,) = terms_of(bill.supplement, [(bill.period.bill_month, share_of(bill.period, inside))], options)
    with localcontext(EXACT):
        case = _Case(bill, inside, usage, options)
        ours = case.priced(terms)
        rest = ours.parts.charge - bill.yen
        trials = tuple(_tried(case, terms, ours)) if rest else ()
        return BillMatch(ours, rest, case.usage_lines(terms), terms.fuel, terms.levy, decimal(terms.charged_from), trials)


class _Case:
    """One paper bill with its kWh: priced under any terms."""

    def __init__(self, bill: BillOnPaper, inside: Period, usage: Usage | None, options: BillOptions) -> None:
        self.bill, self.options = bill, options
        self._inside = inside
        self._usage = usage
        if usage is not None and not is_whole(usage, inside):
            raise InputRefused.of("usage", PaperCode.NO_WHOLE_PERIOD)
        if usage is None and bill.detail.plan_type is PlanType.MARKET_LINKED:
            raise InputRefused.of("usage_file", InputCode.REQUIRED)

    @property
    def has_hours(self) -> bool:
        """Whether there is a usage file."""
        return self._usage is not None

    def priced(self, terms: Terms, *, whole: bool = True, extra_days: bool = True) -> PeriodBill:
        """The bill under these terms. ``whole``: kWh of bands in whole numbers; ``extra_days``: the seven extra special days count."""
        detail, findings = self.bill.detail, Findings()
        volumes, market = self._volumes(terms, findings, whole=whole, extra_days=extra_days)
        base = Fraction(base_yen(detail, self._peak_kw, self.options, findings))
        (lines,) = bill_parts(detail, volumes, [base], [terms], findings, [market])
        return PeriodBill(self.bill.period.bill_month, self._inside.first, self._inside.last, *lines)

    def usage_lines(self, terms: Terms) -> tuple[UsageLine, ...]:
        """What each condition of the plan charges, where it charges anything."""
        findings = Findings()
        volumes, _market = self._volumes(terms, findings)
        lines = []
        for condition, (kwh,) in charged(self.bill.detail, volumes, findings):
            if kwh:
                lines.append(UsageLine(condition.name, decimal(kwh), condition.unit_yen, decimal(kwh * Fraction(condition.unit_yen))))
        return tuple(lines)

    def _volumes(self, terms: Terms, findings: Findings, *, whole: bool = True, extra_days: bool = True) -> tuple[Volumes, Fraction]:
        detail = self.bill.detail
        source: Source
        if self._usage is None:
            source, market = GivenKwh(self.bill, self._inside), Fraction(0)
        else:
            sums = UsageSums(days_inside(self._usage, self._inside), extra_days=extra_days)
            source, market = Periods([sums], detail.holidays), market_yen(detail, sums, self.options, findings)
        return volumes_of(detail, source, [terms.share], whole=whole), market

    def _peak_kw(self) -> Decimal:
        known = [kw for month, kw in self.bill.supplement.demand_kw or () if month in months_of_demand(self.bill.period)]
        if self._usage is not None:
            days = self._usage if self.bill.supplement.demand_kw is None else days_inside(self._usage, self._inside)
            hours = [kwh for day in days.days for kwh in day.hourly_kwh if kwh is not None]
            known.append(as_written(max((day.peak_kw for day in days.days if day.peak_kw is not None), default=max(hours))))
        if not known:
            raise InputRefused.of("supplement", PaperCode.PEAK_MISSING)
        return max(known)


class GivenKwh:
    """The kWh of a paper bill without a usage file, by the bands that its period has."""

    def __init__(self, bill: BillOnPaper, inside: Period) -> None:
        self._months = _months_of(inside)
        detail = bill.detail
        bands = Bands(detail)
        kwh = _by_band(bill.kwh, _names(bands, self._months))
        self._total = sum(kwh.values(), Fraction(0))
        self._kwh = {union: kwh.get(bands.of[condition], Fraction(0)) for condition, union in unions_of(detail).items()}

    def applies(self, own: Window) -> NDArray[np.bool_]:
        """Whether the period has a day in a month of the window."""
        return np.array([any(own.has_month(month) for month in self._months)])

    def measured(self, windows: frozenset[Window], own: Window) -> Figures:
        """The band's kWh as they stand on the bill."""
        return np.array([self._kwh[windows, own]], dtype=object)

    def total(self) -> Figures:
        """All bands together."""
        return np.array([self._total], dtype=object)


def band_names(detail: PlanDetail, period: Period) -> tuple[str, ...]:
    """By which name the kWh of each band of the period can stand on a bill; one alone where the whole is enough."""
    return tuple(own[0] for own in _names(Bands(detail), _months_of(period)).values())


def _months_of(period: Period) -> set[int]:
    first, last = period.first, period.last
    return {(first.month - 1 + step) % 12 + 1 for step in range((last.year - first.year) * 12 + last.month - first.month + 1)}


def _names(bands: Bands, months: set[int]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = {}
    for condition, band in bands.of.items():
        if band and any(Window.of(condition).has_month(month) for month in months):
            names.setdefault(band, []).append(condition.name)
    return names


def _by_band(kwh: Decimal | tuple[tuple[str, Decimal], ...] | None, names: dict[int, list[str]]) -> dict[int, Fraction]:
    if kwh is None:
        raise InputRefused.of("kwh", InputCode.REQUIRED)
    if isinstance(kwh, Decimal):
        if len(names) != 1:
            raise InputRefused.of("kwh", PaperCode.BANDS_MISSING, names=_written(names.values()))
        return {band: Fraction(kwh) for band in names}
    found: dict[int, Fraction] = {}
    faults = []
    for name, figure in kwh:
        holders = [band for band, own in names.items() if name in own]
        if len(holders) == 1:
            found[holders[0]] = found.get(holders[0], Fraction(0)) + Fraction(figure)
        elif figure or len(holders) > 1:
            faults.append(FieldFault("kwh", PaperCode.UNKNOWN_BAND, {"name": name[:40]}))
    if missing := [own for band, own in names.items() if band not in found]:
        faults.append(FieldFault("kwh", PaperCode.BANDS_MISSING, {"names": _written(missing)}))
    if faults:
        raise InputRefused(faults)
    return found


def _written(bands: Iterable[Sequence[str]]) -> str:
    return ", ".join("/".join(dict.fromkeys(own)) for own in bands)


def _tried(case: _Case, terms: Terms, ours: PeriodBill) -> Iterator[Trial]:
    """Each switch alone, with what the bill comes to under it."""
    for switch, value, changed in _changed_terms(case, terms, ours):
        yield Trial(switch, value, case.priced(changed).parts.charge)
    if case.has_hours:
        yield Trial(Switch.WHOLE_KWH, "", case.priced(terms, whole=False).parts.charge)
        if any(condition.day_class is not DayClass.ANY for condition in case.bill.detail.conditions):
            yield Trial(Switch.HOLIDAYS, "", case.priced(terms, extra_days=False).parts.charge)


def _changed_terms(case: _Case, terms: Terms, ours: PeriodBill) -> Iterator[tuple[Switch, str, Terms]]:
    supplement, month = case.bill.supplement, ours.month
    if not case.options.no_fuels:
        others = {months_later(month, step) for step in (-2, -1, 1, 2)}
        for fuel in supplement.fuel:
            if fuel.bill_month in others:
                yield Switch.FUEL_MONTH, fuel.bill_month, replace(terms, fuel=fuel)
    if terms.fuel.subsidy:
        yield Switch.SUBSIDY, f"{terms.fuel.subsidy:f}", replace(terms, fuel=replace(terms.fuel, subsidy=Decimal(0)))
    for step in (-12, 12):
        if (levy := levy_in(supplement, months_later(month, step))) is not None:
            yield Switch.LEVY_YEAR, f"{levy:f}", replace(terms, levy=levy)
    for deduct in (Decimal(0),) if terms.deduct_yen else _DIRECT_DEBITS:
        yield Switch.DIRECT_DEBIT, f"{deduct:f}", replace(terms, deduct_yen=deduct)
    yield Switch.SINGLE_FLOOR, "", replace(terms, single_floor=True)
    yield Switch.HALF_BASE, "", replace(terms, half_base_at_zero=not terms.half_base_at_zero)
    if case.bill.detail.base_type in _OF_POWER_FACTOR:
        yield from ((Switch.POWER_FACTOR, str(factor), replace(terms, power_factor=factor)) for factor in _POWER_FACTORS)
    if terms.share != 1:
        yield Switch.PRORATION, "", replace(terms, share=Fraction(1))
