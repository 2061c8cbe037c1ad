"""Which fuel prices a plan is billed with: the rule is one for all plans of a comparison, and no price that nobody knows counts as 0."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from denkidesk.billing.plan_faults import is_fuel_unknown
from denkidesk.domain.bills import FuelChoice, FuelRule
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import PaperCode
from denkidesk.domain.paper_bills import FuelMonth, Supplement
from denkidesk.domain.plans import Company, Fuel, PlanDetail
from denkidesk.domain.usage import Usage

if TYPE_CHECKING:
    from denkidesk.desk.comparison import BillQuestion
    from denkidesk.desk.desk import Desk

TermsOf = Callable[[Company, PlanDetail], Supplement]
_OF_THE_PLAN: Final = frozenset({FuelRule.LATEST, FuelRule.NONE})


@dataclass(frozen=True, slots=True)
class BilledPlan:
    """``detail``: the plan with the prices of the rule, without any where one is not known. ``missing``: bill months whose price is not."""

    detail: PlanDetail
    is_known: bool
    missing: tuple[str, ...] = ()


class FuelTerms:
    """One rule on one usage's months; that "2026-06" has the price of 6月分 is assumed. ``terms_of``: with all prices that are known."""

    def __init__(self, choice: FuelChoice, months: Iterable[str], terms_of: TermsOf) -> None:
        self.choice = choice
        self.months = tuple(months)
        self._terms_of = terms_of

    def of(self, company: Company, detail: PlanDetail) -> BilledPlan:
        """A plan without a fuel adjustment has none under any rule."""
        rule = self.choice.rule
        of_plan = typed_for(self.choice, detail)
        if of_plan is not None:
            return BilledPlan(replace(detail, fuels=_typed(of_plan)), is_known=True)
        if rule in _OF_THE_PLAN or not detail.fuels:
            return BilledPlan(detail, rule is FuelRule.NONE or not is_fuel_unknown(detail))
        if rule is FuelRule.TYPED:
            typed = self.choice.typed
            fuels = () if typed is None else _typed(typed)
            return BilledPlan(replace(detail, fuels=fuels), typed is not None)
        terms = self._terms_of(company, detail)
        known = {one.bill_month: one for one in terms.fuel}
        missing = tuple(month for month in self.months if month not in known)
        fuels = (
            () if missing else tuple(fuel for month in self.months for fuel in fuels_of(known[month], terms.included_kwh, int(month[5:])))
        )
        return BilledPlan(replace(detail, fuels=fuels), not missing, missing)


def typed_for(choice: FuelChoice, detail: PlanDetail) -> Decimal | None:
    """The price that the clerk has typed for one plan; a plan that says its own has no use for it."""
    typed = choice.price_of(detail.epplan_id) if choice.of_plans else None
    return typed if typed is not None and is_fuel_unknown(detail) else None


def _typed(per_kwh: Decimal) -> tuple[Fuel, ...]:
    return (Fuel(1, 0, Decimal(0), Decimal(0), per_kwh),)


def fuels_of(price: FuelMonth, included_kwh: Decimal, month: int = 0) -> tuple[Fuel, ...]:
    """A bill month's price in the shape of a plan's own. ``month``: the only one that it is due in, 0 for all."""
    none = Decimal(0)
    fuels = (
        Fuel(1, 1, none, none, price.fixed, month=month),
        Fuel(2, 0, included_kwh, none, price.per_kwh, month=month),
        Fuel(3, 0, none, none, -price.subsidy, month=month),
    )
    return tuple(fuel for fuel in fuels if fuel.unit_yen) or fuels[1:2]  # a price of 0 is a known one


def months_of(usage: Usage) -> tuple[str, ...]:
    """The months of a usage that are billed, each with the year of its first day (rule 1)."""
    found: dict[int, str] = {}
    for day in usage.days:
        found.setdefault(day.day.month, f"{day.day.year:04}-{day.day.month:02}")
    return tuple(sorted(found.values()))


def terms_for(desk: "Desk", choice: FuelChoice, usage: Usage) -> FuelTerms:
    """The rule on what the desk knows now."""
    return FuelTerms(choice, months_of(usage), lambda company, detail: desk.paper.supplement(company, detail).terms)


def under_rule(desk: "Desk", question: "BillQuestion") -> "BillQuestion":
    """The question with the plan as its fuel rule has it.

    Raises InputRefused for "fuel" where a price is missing; the plan's own prices are taken as they are, with their faults.
    """
    if question.fuel.rule in _OF_THE_PLAN and typed_for(question.fuel, question.detail) is None:
        return question
    billed = terms_for(desk, question.fuel, question.usage).of(question.company, question.detail)
    if not billed.is_known:
        if not (missing := billed.missing):
            raise InputRefused.of("fuel", PaperCode.FUEL_UNTYPED)
        raise InputRefused.of("fuel", PaperCode.FUEL_MONTHS_MISSING, first=missing[0], last=missing[-1], count=str(len(missing)))
    return replace(question, detail=billed.detail)
