"""One plan for one customer: our bill twice (as shown, and unrounded to compare), then the server's for the same question."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from denkidesk.domain.bills import Bill, Difference, DifferenceReason, FuelChoice, FuelRule, Rounding, ServerBill
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.clock import now_jst
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import BillOptionCode
from denkidesk.domain.own_plans import is_own
from denkidesk.domain.paper_bills import PeriodBill
from denkidesk.domain.plans import CAPACITY_TYPES, AreaPriceMonth, BaseOption, Company, Plan, PlanDetail, PlanKey, PlanType
from denkidesk.domain.quote_sheet import QuotedPlan
from denkidesk.domain.ranking import Size, Trial
from denkidesk.domain.usage import ImportNoteCode, Usage

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk
    from denkidesk.domain.bill_options import BillOptions

_AGREEMENT_YEN: Final = Decimal("0.5")  # a year's figures that round to the same yen agree


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """What the clerk picked. ``capacity`` is None where it was not given or is not needed."""

    company: Company
    plan: Plan
    base: BaseOption
    capacity: Decimal | None

    @property
    def needs_capacity(self) -> bool:
        """Whether neither price nor bill can be had without a capacity."""
        return self.base.base_type in CAPACITY_TYPES or self.plan.plan_type is PlanType.VARIABLE_METERED

    def asks_the_same(self, other: "PlanChoice") -> bool:
        """Whether both choices are of one plan's same figures."""
        if (self.company, self.plan, self.base) != (other.company, other.plan, other.base):
            return False
        return other.plan.plan_type is not PlanType.VARIABLE_METERED or self.capacity == other.capacity

    def question(
        self,
        detail: PlanDetail,
        usage: Usage,
        area_prices: tuple[AreaPriceMonth, ...],
        fuel: FuelChoice,
        rounding: Rounding,
        commission_unit: str,
        estimated_months: frozenset[int],
    ) -> "BillQuestion | None":
        """What decides the bill of a usage; None while the capacity is missing."""
        if self.needs_capacity and self.capacity is None:
            return None
        return BillQuestion(
            self.company, self.base, detail, usage, self.capacity, area_prices, fuel, rounding, commission_unit, estimated_months
        )


@dataclass(frozen=True, slots=True)
class BillQuestion:
    """All that decides one bill."""

    company: Company
    base: BaseOption
    detail: PlanDetail
    usage: Usage
    capacity: Decimal | None
    area_prices: tuple[AreaPriceMonth, ...]
    fuel: FuelChoice
    rounding: Rounding
    commission_unit: str
    estimated_months: frozenset[int] = frozenset()
    as_of: date = field(default_factory=lambda: now_jst().date())  # the day on which the plan must be on offer
    trial: Trial = field(default_factory=Trial)  # what is tried otherwise than the usage has it
    house: Size | None = None  # of a house whose plan does not depend on it, for plans that do
    excluded: frozenset[PlanKey] = frozenset()  # what the clerk has taken out of the comparison

    @property
    def no_fuels(self) -> bool:
        """Whether the fuel adjustment is left out."""
        return self.fuel.rule is FuelRule.NONE

    @property
    def own_capacity(self) -> Decimal | None:
        """Of the contract, in the unit of its plan; None where its plan does not depend on one."""
        return self.capacity or self.detail.capacity or self.detail.ampere

    @property
    def title(self) -> str:
        """Company, plan and contract."""
        return f"{self.company.name}　{self.detail.name}　{self.base.name}"

    @classmethod
    def of(cls, plan: QuotedPlan, usage: Usage, estimated_months: frozenset[int]) -> "BillQuestion":
        """The question that a plan of a quote was the answer to."""
        options = plan.options
        return cls(
            plan.company,
            plan.base,
            plan.detail,
            usage,
            options.capacity,
            options.area_prices,
            FuelChoice(FuelRule.NONE if options.no_fuels else FuelRule.LATEST),  # a rule of other prices is in the plan that was kept
            options.rounding,
            options.commission_unit,
            estimated_months,
            options.as_of or now_jst().date(),
        )

    def quoted(self) -> QuotedPlan:
        """The plan with all that its bill is computed from, for a quote."""
        return QuotedPlan(self.company, self.base, self.detail, self.options(self.rounding))

    def options(self, rounding: Rounding) -> "BillOptions":
        """The question in the shape that the engine takes."""
        from denkidesk.domain.bill_options import BillOptions

        return BillOptions(
            capacity=self.capacity,
            peak_kw=self.usage.peak_kw,
            no_fuels=self.no_fuels,
            rounding=rounding,
            area_prices=self.area_prices,
            commission=self.company.commission,
            commission_unit=self.commission_unit,
            as_of=self.as_of,
        )


@dataclass(frozen=True, slots=True)
class BothBills:
    """One bill as the clerk chose to round it, and the same unrounded.

    ``question``: whose bills they are, its trial made its usage, with the plan as the fuel rule has it. ``unrounded``: with the prices
    that the server takes, whatever the rule.
    ``period``: the paper bill of a usage that is one reading period; ``dearest``, ``cheapest``: a market-linked bill as it would be if
    all months had the prices of one (named "2026-01").
    """

    question: BillQuestion
    shown: Bill
    unrounded: Bill
    period: PeriodBill | None = None
    dearest: tuple[str, Decimal] | None = None
    cheapest: tuple[str, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class ServerAnswer:
    """The server's figure beside ours, both unrounded."""

    bill: ServerBill
    ours: Bill
    differences: tuple[Difference, ...]

    @property
    def difference_yen(self) -> Decimal:
        """Ours less the server's."""
        return self.ours.year.charge - self.bill.year_charge

    @property
    def agrees(self) -> bool:
        """Whether every figure of year and months is the same to the yen."""
        return all(abs(one.yen) < _AGREEMENT_YEN for one in self.differences)

    @property
    def reasons(self) -> tuple[DifferenceReason, ...]:
        """What explains the differences; a sum of parts says nothing by itself."""
        found = dict.fromkeys(one.reason_code for one in self.differences if one.reason_code != DifferenceReason.SUM_OF_PARTS)
        return tuple(found) or (DifferenceReason.UNKNOWN,)


def beside_present(present: BillQuestion | None, question: BillQuestion, tried: Decimal | None) -> BillQuestion | None:
    """The present plan on the usage and by the fuel rule of a proposal. ``tried``: the capacity that both are tried with.

    None where the proposal is of the present plan itself, and where one side would be rounded otherwise.
    """
    if present is None or present.detail.key == question.detail.key or question.rounding is not Rounding.BILL:
        return None
    return replace(present, usage=question.usage, fuel=question.fuel, capacity=tried or present.capacity)


def compute(desk: "Desk", question: BillQuestion) -> BothBills:
    """Our own figures; needs no network. Raises InputRefused for "fuel" where the rule's price is not known."""
    from denkidesk.desk.fuel_rules import under_rule

    if question.trial != Trial():
        from denkidesk.desk.trial_usage import tried_usage

        question = replace(question, usage=tried_usage(question.usage, question.trial), trial=Trial())
    of_server, question = question, under_rule(desk, question)
    unrounded = desk.quoting.bill(of_server.detail, question.usage, question.options(Rounding.NONE))
    options = question.options(question.rounding)
    is_same = question.rounding is Rounding.NONE and question is of_server
    shown = unrounded if is_same else desk.quoting.bill(question.detail, question.usage, options)
    bills = BothBills(question, replace(shown, fuel_rule=question.fuel.rule), unrounded, _one_period(desk, question))
    if question.detail.plan_type is not PlanType.MARKET_LINKED or not question.area_prices:
        return bills
    by_mean = sorted(question.area_prices, key=lambda month: sum(month.prices_yen))
    cheapest, dearest = (_if_all_months_were(month, desk, question, options) for month in (by_mean[0], by_mean[-1]))
    return replace(bills, dearest=dearest, cheapest=cheapest)


def _if_all_months_were(month: AreaPriceMonth, desk: "Desk", question: BillQuestion, options: "BillOptions") -> tuple[str, Decimal]:
    prices = tuple(replace(other, prices_yen=month.prices_yen) for other in question.area_prices)
    bill = desk.quoting.bill(question.detail, question.usage, replace(options, area_prices=prices))
    return month.year_month, bill.year.charge


def _one_period(desk: "Desk", question: BillQuestion) -> PeriodBill | None:
    """None where the usage is no reading period, or a price of its bill month is not known."""
    ends = [dict(note.facts) for note in question.usage.notes if note.code is ImportNoteCode.ONE_PERIOD]
    if not ends:
        return None
    readings = (date.fromisoformat(ends[0]["first"]), date.fromisoformat(ends[0]["last"]) + timedelta(days=1))
    terms = desk.paper.supplement(question.company, question.detail).terms
    try:
        return desk.paper.bills(question.detail, question.usage, terms, readings, question.options(Rounding.BILL)).periods[0]
    except InputRefused:
        return None


def ask_server(desk: "Desk", question: BillQuestion, unrounded: Bill, cancel: CancelToken | None = None) -> ServerAnswer:
    """The server's figure for the same question, compared line by line. Raises InputRefused("plan") for an own plan."""
    if is_own(question.detail.epplan_id):
        raise InputRefused.of("plan", BillOptionCode.OWN_PLAN)
    options = question.options(Rounding.NONE)
    server = desk.quoting.server_bill(question.detail, question.usage, options, cancel=cancel)
    return ServerAnswer(server, unrounded, desk.quoting.differences(unrounded, server, question.detail, question.usage, options))


def estimated_months(usage: Usage, read: Usage) -> frozenset[int]:
    """Calendar months of ``usage`` that were not measured whole: all of an estimate, else those where a rule has added to what was read."""
    as_read = {day.day: day for day in read.days}
    return frozenset(day.day.month for day in usage.days if usage.estimated or as_read.get(day.day) != day)
