"""なぜ: why a plan of the ranking costs this customer less or more than the present one, and what would turn it."""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Final

from denkidesk.billing.engine import compute_bill, month_charges
from denkidesk.billing.explain import Priced, explain
from denkidesk.billing.rounding import EXACT
from denkidesk.billing.sums import UsageSums
from denkidesk.desk.comparison import BillQuestion
from denkidesk.desk.fuel_rules import fuels_of, terms_for
from denkidesk.desk.market_ranges import at_its_ends
from denkidesk.desk.quote_facts import market_seen_at, seen_at
from denkidesk.desk.ranked_catalogue import is_miscounted
from denkidesk.desk.ranking import Ranking
from denkidesk.desk.trial_usage import tried_sums
from denkidesk.domain.bills import Bill, Rounding
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.plans import Company, PlanDetail, PlanType
from denkidesk.domain.ranking import RankedPlan, Trial
from denkidesk.domain.usage import Usage
from denkidesk.domain.why import Both, Outlook, Why

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk

_MONTHS_BACK: Final = 24
_MOST_FUEL_HUNDREDTHS: Final = 2_000  # 20 yen/kWh: no fuel price moves farther
_LEAST_PERCENT, _MOST_PERCENT, _STEP = -50, 100, 10


_Range = tuple[tuple[Both, Both] | None, tuple[str, ...]]  # None for fewer than two months
_NO_RANGE: Final[_Range] = (None, ())


@dataclass(frozen=True, slots=True)
class Explained:
    """Why one plan costs more or less than another, and what that hangs on. ``kwh``: of the usage that was billed.

    ``unknown``: of which of the two, the present plan and the proposal, nobody knows the fuel price. Such a price is not 0: then there is
    no ``why`` and no difference to be named, and ``without_fuel`` has both as they are without any fuel adjustment. ``miscounted``: which
    of the two has some kWh without a price, or with two; then there is nothing at all.
    """

    why: Why | None
    without_fuel: Why | None
    unknown: tuple[bool, bool]
    outlook: Outlook
    kwh: float
    miscounted: tuple[bool, bool] = (False, False)


@dataclass(frozen=True, slots=True)
class WhyAnswer:
    """A line of a ranking explained. ``seen_at``: when the prices of the present plan, of the line's and, where one of them follows it, of
    the market were last fetched; None of what never was.
    """

    line: RankedPlan
    explained: Explained
    seen_at: tuple[datetime | None, datetime | None, datetime | None]


@dataclass(frozen=True, slots=True)
class _Side:
    """A plan as it is offered and as the fuel rule has it billed."""

    company: Company
    offered: PlanDetail
    priced: Priced
    is_known: bool


@dataclass(frozen=True, slots=True)
class _Case:
    """The present plan and the proposal on one usage. ``trial``: what is tried otherwise than measured."""

    sides: tuple[_Side, _Side]
    measured: Usage
    trial: Trial
    no_fuels: bool

    @property
    def plans(self) -> tuple[Priced, Priced]:
        """Both as they are billed."""
        present, proposed = self.sides
        return present.priced, proposed.priced


def explain_line(desk: "Desk", ranking: Ranking, line: RankedPlan) -> WhyAnswer:
    """On what is stored; needs no network. Raises InputRefused where one of the two has no bill."""
    case, sums = _case_of(ranking, line)
    follower = next((side.company for side in case.sides if side.offered.plan_type is PlanType.MARKET_LINKED), None)
    market = None if follower is None else market_seen_at(desk, follower)
    present, proposed = (seen_at(desk, side.offered) for side in case.sides)
    return WhyAnswer(line, _explained(desk, case, sums), (present, proposed, market))


def reasons_of_line(ranking: Ranking, line: RankedPlan) -> Why:
    """The parts alone, of a line that has a difference: what it hangs on takes ten times as long. Raises as :func:`explain_line` does."""
    case, sums = _case_of(ranking, line)
    return explain(*case.plans, sums)


def bills_of_line(ranking: Ranking, line: RankedPlan) -> tuple[Bill, Bill]:
    """The bills that it explains: of the present plan, and of the line's."""
    case, sums = _case_of(ranking, line)
    present, proposed = (compute_bill(one.detail, sums, one.options) for one in case.plans)
    return present, proposed


def _case_of(ranking: Ranking, line: RankedPlan) -> tuple[_Case, UsageSums]:
    question = ranking.held
    sums = tried_sums(UsageSums(question.usage), ranking.trial)

    def side(company: Company, detail: PlanDetail) -> _Side:
        billed = ranking.catalogue.fuel.of(company, detail)
        return _Side(company, detail, Priced(billed.detail, ranking.options_of(company, billed.detail, sums)), billed.is_known)

    sides = (side(question.company, question.detail), side(line.company, line.detail))
    return _Case(sides, question.usage, ranking.trial, question.no_fuels), sums


def explain_questions(desk: "Desk", present: BillQuestion, proposed: BillQuestion) -> Explained:
    """The same of two plans on the proposal's usage and under its fuel rule."""
    terms = terms_for(desk, proposed.fuel, proposed.usage)

    def side(question: BillQuestion) -> _Side:
        billed = terms.of(question.company, question.detail)
        options = replace(question, detail=billed.detail).options(Rounding.BILL)
        return _Side(question.company, question.detail, Priced(billed.detail, options), billed.is_known)

    sides = (side(replace(present, usage=proposed.usage, fuel=proposed.fuel)), side(proposed))
    case = _Case(sides, proposed.usage, Trial(), proposed.no_fuels)
    return _explained(desk, case, UsageSums(proposed.usage))


def _explained(desk: "Desk", case: _Case, sums: UsageSums) -> Explained:
    present, proposed = case.plans
    kwh = sums.usage.total_kwh
    unknown = (not case.sides[0].is_known, not case.sides[1].is_known)
    wrong = (is_miscounted(case.sides[0].company, case.sides[0].offered), is_miscounted(case.sides[1].company, case.sides[1].offered))
    if any(wrong):
        return Explained(None, None, unknown, Outlook(None, None, None, None), kwh, wrong)
    if any(unknown):
        without = explain(_without_fuel(present), _without_fuel(proposed), sums)
        fuel, months = _fuel_range(desk, case, sums)
        return Explained(None, without, unknown, Outlook(fuel, None, None, None, months), kwh)
    why = explain(present, proposed, sums)
    fuel, fuel_months = _fuel_range(desk, case, sums)
    market, market_months = _market_range(present, proposed, sums)
    turning = (_turning_usage(case, why.difference), None if case.no_fuels else _turning_fuel(proposed, why, sums))
    outlook = Outlook(fuel, market, *turning, fuel_months, market_months)
    return Explained(why, None, unknown, outlook, kwh)


def _without_fuel(one: Priced) -> Priced:
    return replace(one, options=replace(one.options, no_fuels=True))


def _fuel_range(desk: "Desk", case: _Case, sums: UsageSums) -> _Range:
    """The best and the worst of the last two years' months whose fuel prices are known for both plans, and all of these."""
    if case.no_fuels:
        return _NO_RANGE
    at = [_by_fuel_month(desk, side.company, side.offered) for side in case.sides]
    known = [months for months in at if months is not None]
    if not known:
        return _NO_RANGE
    months = sorted(set.intersection(*(set(one) for one in known)))[-_MONTHS_BACK:]

    def under(month: str) -> Both:
        sides = (replace(one, detail=one.detail if of is None else of[month]) for one, of in zip(case.plans, at, strict=True))
        return Both(month, *(_year_yen(side, sums) for side in sides))

    return _ends(months, months, under)


def _by_fuel_month(desk: "Desk", company: Company, detail: PlanDetail) -> Mapping[str, PlanDetail] | None:
    """The plan with the fuel price of each bill month that is known; None for one that has no fuel adjustment."""
    if not detail.fuels:
        return None
    terms = desk.paper.supplement(company, detail).terms
    return {month.bill_month: replace(detail, fuels=fuels_of(month, terms.included_kwh)) for month in terms.fuel}


def _market_range(present: Priced, proposed: Priced, sums: UsageSums) -> _Range:
    """All months at the prices of one market month: the best and the worst for the proposal, and all whose prices are known."""
    followers = [one for one in (present, proposed) if one.detail.plan_type is PlanType.MARKET_LINKED]
    if not followers:
        return _NO_RANGE
    prices = followers[0].options.area_prices
    at_the_ends = dict(at_its_ends(prices) or ())

    def under(name: str) -> Both:
        flat = at_the_ends[name]
        sides = (replace(one, options=replace(one.options, area_prices=flat)) if one in followers else one for one in (present, proposed))
        return Both(name, *(_year_yen(side, sums) for side in sides))

    return _ends(sorted(month.year_month for month in prices), list(at_the_ends), under)


def _ends(months: Sequence[str], looked_at: Sequence[str], under: Callable[[str], Both]) -> _Range:
    if len(months) < 2:
        return _NO_RANGE
    found = sorted((under(month) for month in looked_at), key=lambda both: both.difference)
    return (found[0], found[-1]), tuple(months)


def _turning_usage(case: _Case, difference: int) -> int | None:
    """The change of usage in percent, nearest to none, from which the order is the other one."""
    if not difference:
        return None

    measured = UsageSums(case.measured)

    def turned(percent: int) -> bool:
        if percent <= -100:
            return False
        factor = (100 + case.trial.kwh_percent) * (100 + percent) / 100 - 100
        sums = tried_sums(measured, replace(case.trial, kwh_percent=round(factor)))
        present, proposed = (_unrounded(one, sums) for one in case.plans)
        return present is not None and proposed is not None and (proposed - present) * difference < 0

    for distance in range(_STEP, _MOST_PERCENT + 1, _STEP):
        for sign in (-1, 1):
            if sign * distance < _LEAST_PERCENT or not turned(sign * distance):
                continue
            near = next((percent for percent in range(distance - _STEP + 1, distance) if turned(sign * percent)), distance)
            return sign * near
    return None


def _turning_fuel(proposed: Priced, why: Why, sums: UsageSums) -> float | None:
    """The change of the proposal's fuel price in yen/kWh, nearest to none, from which the order is the other one, as bills round it.

    None for a plan that has no such price, or that follows the market; and for the kWh that a fixed sum is due for nothing changes.
    """
    per_kwh = {one.month: one for one in reversed(proposed.detail.fuels) if one.calc_type == 0}
    if not per_kwh or not why.difference or proposed.detail.plan_type is PlanType.MARKET_LINKED:
        return None
    sign = -1 if why.difference > 0 else 1

    def is_turned(hundredths: int) -> bool:
        more = Decimal(sign * hundredths) / 100
        added = (replace(one, volume_to=Decimal(0), unit_yen=more) for one in per_kwh.values())
        changed = replace(proposed, detail=replace(proposed.detail, fuels=(*proposed.detail.fuels, *added)))
        return (_year_yen(changed, sums) - why.present_yen) * sign > 0

    reach = range(_MOST_FUEL_HUNDREDTHS + 1)
    place = bisect_left(reach, True, key=is_turned)
    return sign * place / 100 if place in reach else None


def _year_yen(one: Priced, sums: UsageSums) -> int:
    return int(compute_bill(one.detail, sums, one.options).year.charge)


def _unrounded(one: Priced, sums: UsageSums) -> Decimal | None:
    """None where it has no bill on such a usage."""
    try:
        months = month_charges(one.detail, sums, replace(one.options, rounding=Rounding.NONE, peak_kw=sums.peak_kw))
    except InputRefused:
        return None
    with localcontext(EXACT):
        return sum(months, Decimal(0))
