"""What the clerk picked in the finder. Qt-free."""

from dataclasses import dataclass
from decimal import Decimal

from denkidesk.domain.plans import CAPACITY_TYPES, BaseOption, Company, Plan, PlanType

"""Base types whose charge is by contract capacity (billing rule 7)."""


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


def asks_the_same(one: PlanChoice, other: PlanChoice) -> bool:
    """Whether both choices are of one plan's same figures."""
    if (one.company, one.plan, one.base) != (other.company, other.plan, other.base):
        return False
    return other.plan.plan_type is not PlanType.VARIABLE_METERED or one.capacity == other.capacity
