"""One paper bill at the desk: what is asked, the plan with all that is known of it, and our bill beside the paper one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from denkidesk.domain.areas import area_of_quoting_code
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.paper_bills import BillMatch, BillOnPaper, Period, Supplement
from denkidesk.domain.plans import AreaPriceMonth, BaseOption, Company, Plan, PlanDetail, PlanFault, PlanType
from denkidesk.domain.price_history import FuelPrice, PlanSupplement
from denkidesk.domain.usage import Usage

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class OwnTerms:
    """What a customer's contract adds to a plan: when it began or ended (billing rule 20), and the kW of a bill month (rule 22)."""

    begun_on: date | None = None
    ended_on: date | None = None
    demand_kw: tuple[str, Decimal] | None = None

    def added_to(self, terms: Supplement) -> Supplement:
        """The supplement as it holds for this customer."""
        return replace(
            terms,
            contract_from=self.begun_on or terms.contract_from,
            contract_to=self.ended_on or terms.contract_to,
            demand_kw=terms.demand_kw if self.demand_kw is None else (*(terms.demand_kw or ()), self.demand_kw),
        )


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """A paper bill as far as the form knows it. ``kwh``: of the whole, or by the names of bands. ``own``: of this customer's contract."""

    company: Company
    plan: Plan
    base: BaseOption
    capacity: Decimal | None
    period: Period
    kwh: Decimal | tuple[tuple[str, Decimal], ...]
    yen: Decimal
    lines: tuple[tuple[str, Decimal], ...]
    own: OwnTerms = OwnTerms()

    @property
    def total_kwh(self) -> Decimal:
        """All bands together."""
        return self.kwh if isinstance(self.kwh, Decimal) else sum((kwh for _, kwh in self.kwh), Decimal(0))


@dataclass(frozen=True, slots=True)
class LoadedPlan:
    """A plan's figures with what is known beside them. ``prices``: the fuel price of each bill month."""

    company: Company
    detail: PlanDetail
    supplement: PlanSupplement
    prices: Mapping[str, FuelPrice]
    area_prices: tuple[AreaPriceMonth, ...] = ()

    def of_customer(self, own: OwnTerms) -> "LoadedPlan":
        """The plan as it holds for one customer's contract."""
        return replace(self, supplement=replace(self.supplement, terms=own.added_to(self.supplement.terms)))

    def options(self, capacity: Decimal | None, commission_unit: str) -> BillOptions:
        """What a bill of this plan takes beside its usage."""
        return BillOptions(
            capacity=capacity, area_prices=self.area_prices, commission=self.company.commission, commission_unit=commission_unit
        )


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """Our bill beside the paper one. ``faults``: what is wrong with the plan on the days of the bill."""

    bill: BillOnPaper
    match: BillMatch
    faults: tuple[PlanFault, ...]
    price: FuelPrice | None


def load_plan(
    desk: "Desk", company: Company, plan: Plan, base: BaseOption, capacity: Decimal | None, cancel: CancelToken | None = None
) -> LoadedPlan:
    """Asks server and store."""
    from denkidesk.desk.own_plans import plan_detail

    variable = plan.plan_type is PlanType.VARIABLE_METERED
    detail = plan_detail(desk, plan.epplan_id, base.base_cd, capacity if variable else None, cancel=cancel).value
    area_prices: tuple[AreaPriceMonth, ...] = ()
    if detail.plan_type is PlanType.MARKET_LINKED and (area := area_of_quoting_code(company.area_code)) is not None:
        desk.quoting.area_prices(area, cancel=cancel)
        area_prices = desk.quoting.area_price_history(area)
    supplement = desk.paper.supplement(company, detail)
    return LoadedPlan(company, detail, supplement, desk.paper.prices(supplement, detail), area_prices)


def rebuild(desk: "Desk", loaded: LoadedPlan, question: PaperQuestion, usage: Usage | None, commission_unit: str) -> Rebuilt:
    """``usage``: where its hours count. Raises InputRefused as ``match_bill`` does."""
    bill = BillOnPaper(
        detail=loaded.detail,
        capacity=question.capacity,
        supplement=loaded.of_customer(question.own).supplement.terms,
        period=question.period,
        kwh=question.kwh,
        yen=question.yen,
        lines=question.lines,
    )
    options = loaded.options(question.capacity, commission_unit)
    match = desk.paper.match(bill, usage, options)
    faults = desk.paper.faults(bill, replace(options, as_of=question.period.last))
    return Rebuilt(bill, match, faults, loaded.prices.get(question.period.bill_month))


def whole_kwh(kwh: Decimal) -> Decimal:
    """As a meter is read for a bill."""
    return kwh.quantize(Decimal(1), rounding=ROUND_HALF_UP)
