"""Plans of the clerk's own house that no server knows: typed in a form, or brought in a file."""

from dataclasses import dataclass
from typing import Final

from denkidesk.domain.areas import QuotingAreaCode
from denkidesk.domain.plans import BaseOption, Company, Plan, PlanDetail

_MARK: Final = "own-"
"""No number of the quoting API begins so."""


@dataclass(frozen=True, slots=True)
class OwnPlan:
    """A plan and where it is sold. ``detail``: its number and its retailer's are made by :meth:`of`."""

    retailer: str
    area_code: QuotingAreaCode
    detail: PlanDetail

    @property
    def company(self) -> Company:
        """The own house in the plan's area, as a retailer."""
        return Company(self.detail.epcorp_cd, self.retailer, self.area_code, former_monopoly=False)

    @property
    def plan(self) -> Plan:
        """The line of the retailer's list."""
        one = self.detail
        base = BaseOption(one.base_cd, one.base_name, one.base_type or 0, one.ampere, one.capacity_from, one.capacity_to)
        head = (one.epplan_id, one.epcorp_cd, one.name, one.contract_type, one.plan_type, one.capacity_unit, one.valid_from, one.valid_to)
        return Plan(*head, one.discount_rate, one.holidays, (base,))


def own_company_code(area: QuotingAreaCode) -> str:
    """The own house's number in an area."""
    return f"{_MARK}{area}"


def own_plan_id(number: str) -> str:
    """A number that no server's plan has."""
    return number if is_own(number) else f"{_MARK}{number}"


def is_own(number: str) -> bool:
    """Whether a plan's or a retailer's number is one of the own house."""
    return number.startswith(_MARK)
