"""What a printed quote holds: kept whole with the quote, so that the paper can be made again from it alone."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import Bill
from denkidesk.domain.clock import JST
from denkidesk.domain.plans import BaseOption, Company, PlanDetail, PlanType
from denkidesk.domain.subsidies import QuotedSubsidy
from denkidesk.domain.usage import Usage
from denkidesk.domain.why import Outlook, Why


@dataclass(frozen=True, slots=True)
class QuotedPlan:
    """A plan of a quote with all that its bill was computed from, beside the usage."""

    company: Company
    base: BaseOption
    detail: PlanDetail
    options: BillOptions


@dataclass(frozen=True, slots=True)
class FuelSeen:
    """A plan's fuel price per kWh, of a bill month; None where it is none of one price. ``fetched_at``: when it was asked for."""

    per_kwh: Decimal | None
    bill_month: str
    fetched_at: datetime
    is_known: bool = True

    @property
    def fetched_on(self) -> date:
        """The day in Japan."""
        return self.fetched_at.astimezone(JST).date()


@dataclass(frozen=True, slots=True)
class PriceChange:
    """A figure of one of the two plans that is another than in the quote before; ``yen``: what it alone changes the result by.

    ``point``: where, of a quote of several supply points; ``stays``: of a plan there that is present and proposed alike.
    """

    is_present: bool
    name: str
    before: str
    after: str
    yen: int
    point: str = ""
    stays: bool = False


@dataclass(frozen=True, slots=True)
class Revision:
    """What a quote replaces, and what changed since. The yen of ``changes`` add up to the change of the result.

    The result is the difference to the present plan, or the proposal's sum where none stands beside it (``present_yen`` None).
    """

    number: str
    issued_on: date
    present_yen: int | None
    proposed_yen: int
    changes: tuple[PriceChange, ...]
    note: str = ""  # what of the quote before was not kept with it, and where it is from

    @property
    def result(self) -> int:
        """Yen of the quote before."""
        return self.proposed_yen - (self.present_yen or 0)


@dataclass(frozen=True, slots=True)
class PresentPlan:
    """The customer's present plan beside the proposal. ``sentences``: why, as it was said when the quote was made."""

    company_name: str
    plan_name: str
    contract: str  # the base option and capacity in words
    why: Why
    sentences: tuple[str, ...]
    bill: Bill | None = None  # of the same months; None in a quote that was kept before it was
    outlook: Outlook | None = None


@dataclass(frozen=True, slots=True)
class QuoteSheet:
    """Everything that the pages show. Yen are rounded for display only where the bill itself is unrounded.

    ``number``: "" until it is issued. ``present``: None for a quote of one plan alone.
    """

    number: str
    issued_on: date
    valid_until: date
    customer_name: str
    retailer_name: str
    company_name: str
    plan_name: str
    contract: str  # the base option and capacity in words
    bill: Bill
    usage_first: date
    usage_last: date
    usage_source: str
    usage_estimated: bool
    plan_type: PlanType
    levy_unit: Decimal | None
    tariff_source: str
    server_difference_yen: Decimal | None  # None: not compared
    server_difference_reason: str
    engine_version: str
    practice: bool
    estimated_months: frozenset[int] = frozenset()  # calendar months that were not measured whole
    warnings: tuple[str, ...] = ()  # sentences: what can make a wrong yen
    usage_notes: tuple[str, ...] = ()  # sentences: how the usage was read, filled and made whole
    matched: str = ""  # the paper bill that was rebuilt, in a sentence
    assumed: str = ""  # the assumed rules in words, where the server's figure differs
    present: PresentPlan | None = None
    fuel_note: str = ""  # the fuel prices that were used, with their age
    trial_note: str = ""  # what was tried otherwise than measured
    retailer_lines: tuple[str, ...] = ()  # address, telephone and person
    supply_point: str = ""  # masked
    honorific: str = ""  # behind the customer's name; "" in a quote that was kept before it was chosen
    compared: str = ""  # among how many plans, and whose, the proposal was chosen
    market_note: str = ""  # the dearest hour of the stored market prices, of a market-linked plan
    conditions: tuple[str, ...] = ()  # all sentences of the assumptions as they were said when the quote was issued
    revision: Revision | None = None  # of a quote that replaces another
    subsidies: tuple[QuotedSubsidy, ...] = ()  # what the clerk has ticked; no sum counts them
    point_name: str = ""  # which of several supply points this is the page of
    points: tuple["QuoteSheet", ...] = ()  # of a quote of several, a page each; all else in it is the first one's
    # what the pictures are drawn from; the quote keeps both once, beside its paper
    usage: Usage | None = None
    detail: PlanDetail | None = None

    @property
    def alone(self) -> "QuoteSheet":
        """Without what the quote keeps beside it."""
        return replace(self, usage=None, detail=None, points=tuple(one.alone for one in self.points))

    @property
    def proposed_yen(self) -> int:
        """The proposal's sum as it is shown."""
        return int(self.bill.year.charge.quantize(Decimal(1), rounding=ROUND_HALF_UP))

    @property
    def kwh(self) -> Decimal:
        """The whole usage that was billed."""
        return sum((month.kwh for month in self.bill.months), Decimal(0))
