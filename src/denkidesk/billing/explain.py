"""Two plans' bills for one usage, taken apart into lines that can be set beside each other and that add up to the yen.

Energy is compared by the bands of the plan that has bands, the proposal's first: the yen of either plan's windows and tiers are shared to
the hours whose kWh they are charged for, by the hour's part of the month's kWh (a tier has no hours: its mean price counts). So an hour
that costs the same in both plans differs in none, whichever condition a cap has led its kWh to.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from denkidesk.billing.engine import compute_bill
from denkidesk.billing.findings import Findings
from denkidesk.billing.hours import covered, covered_within, months_of
from denkidesk.billing.market import market_yen_by_hour
from denkidesk.billing.rules import before_tiers, tier
from denkidesk.billing.sums import KINDS_OF_DAY, UsageSums, by_kind_of_day
from denkidesk.billing.volumes import Months, Volumes, unions_of
from denkidesk.billing.windows import HOURS, MONTHS, Window
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import Bill
from denkidesk.domain.plans import Condition, PlanDetail, PlanType
from denkidesk.domain.why import BandTime, MonthPair, Why, WhyLine, WhyPart

_MOST_STEPS: Final = 8
"""More than that nobody reads at a glance."""
_HALF: Final = Fraction(1, 2)

T = TypeVar("T")
Cells = NDArray[np.float64]  # January to December x kinds of day x hours


@dataclass(frozen=True, slots=True)
class Priced:
    """A plan with the options that it is billed under."""

    detail: PlanDetail
    options: BillOptions


@dataclass(frozen=True, slots=True)
class _Band:
    name: str
    when: BandTime | None = None


def explain(present: Priced, proposed: Priced, sums: UsageSums) -> Why:
    """Both must be billed in whole yen (``Rounding.BILL``). Raises InputRefused as ``compute_bill`` does."""
    bills = [compute_bill(one.detail, sums, one.options) for one in (present, proposed)]
    others = [_others(bill) for bill in bills]
    most = _MOST_STEPS - 1 - sum(any(figures) for figures in zip(*others, strict=True))  # one is what rounding takes
    bands, band_of = _bands(proposed.detail, sums, most)
    if len(bands) < 2:
        bands, band_of = _bands(present.detail, sums, most)
    columns = [
        _whole_yen(bill, _by_band(one, sums, band_of, len(bands)), other)
        for one, bill, other in zip((present, proposed), bills, others, strict=True)
    ]
    titles = [
        (WhyPart.BASE, _Band("")),
        *((WhyPart.BAND, band if len(bands) > 1 else _Band("")) for band in bands),
        (WhyPart.FUEL, _Band("")),
        (WhyPart.LEVY, _Band("")),
        (WhyPart.DISCOUNT, _Band("")),
        (WhyPart.ROUNDING, _Band("")),
    ]
    lines = (WhyLine(part, band.name, ours, theirs, band.when) for (part, band), ours, theirs in zip(titles, *columns, strict=True))
    months = (
        MonthPair(ours.month, int(ours.parts.charge), int(theirs.parts.charge), ours.is_partial)
        for ours, theirs in zip(*(bill.billed_months for bill in bills), strict=True)
    )
    ours, theirs = (int(bill.year.charge) for bill in bills)
    return Why(tuple(line for line in lines if line.present_yen or line.proposed_yen), tuple(months), ours, theirs)


def _others(bill: Bill) -> tuple[Fraction, Fraction, Fraction, Fraction]:
    """Base, fuel, levy and, below zero, the discount on all parts (rule 12), before rounding."""
    year = bill.year
    base, usage, adjust, levy = map(Fraction, (year.base, year.usage, year.adjust, year.levy))
    return base, adjust, levy, -(base + usage + adjust + levy) * Fraction(bill.discount_rate) / 100


def _whole_yen(bill: Bill, bands: Sequence[float], others: tuple[Fraction, Fraction, Fraction, Fraction]) -> list[int]:
    """Each part to its nearest yen, so that equal parts of two plans are equal; what rounding takes makes up the year."""
    shared = [Fraction(band) for band in bands]
    # floats, and a sum of hours that they cannot tell from a half kWh: what is left goes to the largest band, where it is least
    largest = max(range(len(shared)), key=lambda place: abs(shared[place]))
    shared[largest] += Fraction(bill.year.usage) - sum(shared)
    base, adjust, levy, discount = others
    whole = [math.floor(figure + _HALF) for figure in (base, *shared, adjust, levy, discount)]
    return [*whole, int(bill.year.charge) - sum(whole)]


def _by_band(priced: Priced, sums: UsageSums, band_of: NDArray[np.intp], count: int) -> list[float]:
    """The plan's energy, yen by band."""
    yen = _energy_yen(priced, sums)
    return [float(yen[band_of == band].sum()) for band in range(count)]


def _energy_yen(priced: Priced, sums: UsageSums) -> Cells:
    """The plan's energy, yen by the hours whose kWh are charged: in whole kWh, as a bill has them (rule 15).

    What flows over a cap to another condition (rule 5) stays with the hours that it came from, of each of which an equal part flows on.
    """
    detail, kwh = priced.detail, sums.by_kind_of_day
    findings = Findings()
    yen, flowing = np.zeros_like(kwh), np.zeros_like(kwh)
    volumes = Volumes(detail, Months(sums, detail.holidays, exact=False), float, whole=True)
    unions = unions_of(detail)
    for condition, volume in before_tiers(detail, volumes, findings):
        windows, own = unions[condition]
        at_work = months_of(own)[:, None, None]
        pool = np.where(at_work, kwh * by_kind_of_day(covered(windows), detail.holidays) + flowing, 0.0)
        in_pool = np.maximum(pool.sum(axis=(1, 2)), 0.0)
        part = np.divide(pool, in_pool[:, None, None], out=np.zeros_like(pool), where=in_pool[:, None, None] > 0)
        taken = np.asarray(tier(volume, *volumes.tier_of(condition), 0.0), dtype=np.float64)
        yen += part * (taken * float(condition.unit_yen))[:, None, None]
        if condition.volume_cap > 0:
            over = np.maximum(in_pool - np.asarray(volume, dtype=np.float64), 0.0)
            flowing = np.where(at_work, part * over[:, None, None], flowing)
        else:
            flowing = np.where(at_work, 0.0, flowing)
    if detail.plan_type is PlanType.MARKET_LINKED:
        by_hour = np.asarray(market_yen_by_hour(detail, sums, priced.options, False, findings), dtype=np.float64)
        of_hour = kwh.sum(axis=1, keepdims=True)
        yen += np.divide(kwh * by_hour[:, None, :], of_hour, out=np.zeros_like(kwh), where=of_hour > 0)
    return yen


def _bands(detail: PlanDetail, sums: UsageSums, most: int) -> tuple[list[_Band], NDArray[np.intp]]:
    """The plan's bands by name, those with the most kWh where there are too many, and the band of each cell; others are the last."""
    masks: dict[bytes, tuple[list[Condition], NDArray[np.bool_]]] = {}
    unions = unions_of(detail)
    for condition in sorted(detail.conditions, key=lambda one: one.calc_order):
        windows, own = unions[condition]
        mask = by_kind_of_day(covered_within(windows, own), detail.holidays)
        masks.setdefault(mask.tobytes(), ([], mask))[0].append(condition)
    band_of = np.full((MONTHS, KINDS_OF_DAY, HOURS), -1, dtype=np.intp)
    for place, (_, mask) in enumerate(masks.values()):
        band_of[mask & (band_of < 0)] = place
    bands = _named([own for own, _ in masks.values()])
    kwh = [float(sums.by_kind_of_day[band_of == place].sum()) for place in range(len(bands))]
    is_other = bool((band_of < 0).any()) or len(bands) > most
    places = range(len(bands))
    kept = sorted(sorted(places, key=lambda place: -kwh[place])[: most - is_other])
    if not kept:
        return [_Band("")], np.zeros_like(band_of)
    renumbered = np.full_like(band_of, len(kept) if is_other else 0)
    for number, place in enumerate(kept):
        renumbered[band_of == place] = number
    return [*(bands[place] for place in kept), *([_Band("")] if is_other else [])], renumbered


def _named(bands: Sequence[Sequence[Condition]]) -> list[_Band]:
    """Each by the name of its tiers; of one name, with the time in which they differ."""
    names = [_common([one.name for one in tiers]) for tiers in bands]
    found = []
    for name, tiers in zip(names, bands, strict=True):
        own = Window.of(tiers[0])
        same = [Window.of(others[0]) for other, others in zip(names, bands, strict=True) if other == name]

        def of(what: Callable[[Window], T], own: Window = own, same: Sequence[Window] = same) -> T | None:
            return what(own) if len({what(one) for one in same}) > 1 else None

        when = BandTime(
            of(lambda one: (one.month_from, one.month_to)), of(lambda one: (one.time_from, one.time_to)), of(lambda one: int(one.day_class))
        )
        found.append(_Band(name, when if len(same) > 1 else None))
    return found


def _common(names: Sequence[str]) -> str:
    """What the tiers of a band are called together: the words that they begin with, else all of them."""
    first = names[0]
    for length in range(len(first), 0, -1):
        if all(name.startswith(first[:length]) for name in names):
            return first[:length].rstrip(" 　（(第・") or "・".join(names)
    return "・".join(names)
