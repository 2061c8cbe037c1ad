"""What a customer is shown: the present contract, one other plan, and why it costs more or less."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from denkidesk.billing.plan_faults import plan_faults
from denkidesk.desk.comparison import BillQuestion
from denkidesk.desk.ranking import Ranking
from denkidesk.desk.why import explain_line, explain_questions
from denkidesk.domain.bills import FuelChoice, FuelRule
from denkidesk.domain.plans import PlanDetail, PlanFaultCode, PlanType
from denkidesk.domain.ranking import RankedPlan, Trial
from denkidesk.domain.usage import Usage
from denkidesk.domain.why import Outlook, Why

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class Offer:
    """Two plans on one usage. ``why`` is None where the fuel price of one is not known: no saving is said of such a pair.

    ``is_present``: both are the customer's plan. ``kwh``: of the usage that was billed. ``unit``: of the tried capacity. ``is_doubtful``: a
    plan has a fault that can make its yen wrong, or hours of the usage are not measured.
    """

    present_name: str
    company_name: str
    plan_name: str
    is_present: bool
    is_market_linked: bool
    why: Why | None
    outlook: Outlook
    is_year: bool
    kwh: float
    first: date
    last: date
    fuel: FuelChoice
    trial: Trial
    unit: str
    is_doubtful: bool


def offer_of_line(desk: "Desk", ranking: Ranking, line: RankedPlan) -> Offer:
    """A line of a ranking beside the customer's plan, as the sliders stand. Raises InputRefused where one of the two has no bill."""
    question = ranking.question
    found = explain_line(desk, ranking, line).explained
    plans = (question.detail, line.detail)
    return Offer(
        present_name=question.detail.name,
        company_name=line.company.name,
        plan_name=line.detail.name,
        is_present=line.is_present,
        is_market_linked=_follows_market(plans),
        why=found.why,
        outlook=found.outlook,
        is_year=ranking.is_year,
        kwh=found.kwh,
        first=question.usage.days[0].day,
        last=question.usage.days[-1].day,
        fuel=question.fuel,
        trial=ranking.trial,
        unit=ranking.size.unit,
        is_doubtful=_is_doubtful(plans, question),
    )


def offer_of_questions(desk: "Desk", present: BillQuestion, proposed: BillQuestion) -> Offer:
    """The plan that is picked beside the customer's, on the usage as it is. Raises InputRefused where one of the two has no bill."""
    found = explain_questions(desk, present, proposed)
    why = found.why
    plans = (present.detail, proposed.detail)
    usage = proposed.usage
    return Offer(
        present_name=present.detail.name,
        company_name=proposed.company.name,
        plan_name=proposed.detail.name,
        is_present=present.detail.key == proposed.detail.key,
        is_market_linked=_follows_market(plans),
        why=why,
        outlook=found.outlook,
        is_year=why is not None and len(why.months) == len(usage.months) == 12 and not any(pair.is_partial for pair in why.months),
        kwh=found.kwh,
        first=usage.days[0].day,
        last=usage.days[-1].day,
        fuel=proposed.fuel,
        trial=Trial(),
        unit="",
        is_doubtful=_is_doubtful(plans, proposed),
    )


def _follows_market(plans: Iterable[PlanDetail]) -> bool:
    return any(plan.plan_type is PlanType.MARKET_LINKED for plan in plans)


def _is_doubtful(plans: Iterable[PlanDetail], question: BillQuestion) -> bool:
    usage: Usage = question.usage
    faults = (fault for plan in plans for fault in plan_faults(plan, as_of=question.as_of))
    is_filled = bool(question.estimated_months) or usage.estimated or usage.filled_by is not None or usage.completed_by is not None
    of_plan = question.fuel.rule is FuelRule.LATEST
    return is_filled or any(fault.code != PlanFaultCode.FUEL_UNKNOWN or of_plan for fault in faults)
