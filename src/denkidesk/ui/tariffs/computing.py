"""What the tab has computed on other threads: our bill twice (as shown, and unrounded to compare), then the server's. Qt-free."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from denkidesk.domain.bills import AssumedRule, Bill, DifferenceReason, Rounding, ServerBill
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.clock import now_jst
from denkidesk.domain.plans import AreaPriceMonth, BaseOption, Company, PlanDetail
from denkidesk.domain.usage import Usage
from denkidesk.texts import tariffs as texts
from denkidesk.texts.bill import span_of_difference, yen

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk
    from denkidesk.domain.bill_options import BillOptions

_FOLLOWS: Final = DifferenceReason.SUM_OF_PARTS  # says nothing by itself
AGREEMENT_YEN: Final = Decimal("0.5")  # a year's figures that round to the same yen agree


@dataclass(frozen=True, slots=True)
class BillQuestion:
    """All that decides one bill."""

    company: Company
    base: BaseOption
    detail: PlanDetail
    usage: Usage
    capacity: Decimal | None
    area_prices: tuple[AreaPriceMonth, ...]
    no_fuels: bool
    rounding: Rounding
    commission_unit: str
    estimated_months: frozenset[int] = frozenset()
    as_of: date = field(default_factory=lambda: now_jst().date())  # the day on which the plan must be on offer

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
    """One bill as the clerk chose to round it, and the same unrounded."""

    shown: Bill
    unrounded: Bill


@dataclass(frozen=True, slots=True)
class ServerAnswer:
    """The server's figure, and what there is to say about the difference (ours less the server's)."""

    bill: ServerBill
    difference_yen: Decimal
    agrees: bool
    words: str  # for a badge
    detail: str  # a sentence
    reason: str


def compute(desk: "Desk", question: BillQuestion) -> BothBills:
    """Our own figures; needs no network."""
    unrounded = desk.quoting.bill(question.detail, question.usage, question.options(Rounding.NONE))
    if question.rounding is Rounding.NONE:
        return BothBills(unrounded, unrounded)
    return BothBills(desk.quoting.bill(question.detail, question.usage, question.options(question.rounding)), unrounded)


def ask_server(desk: "Desk", question: BillQuestion, unrounded: Bill, cancel: CancelToken | None = None) -> ServerAnswer:
    """The server's figure for the same question, compared line by line."""
    options = question.options(Rounding.NONE)
    server = desk.quoting.server_bill(question.detail, question.usage, options, cancel=cancel)
    difference = unrounded.year.charge - server.year_charge
    if abs(difference) < AGREEMENT_YEN:
        words, sentence = texts.SERVER_MATCH, texts.SERVER_MATCH_DETAIL
        if not unrounded.is_year:
            words, sentence = texts.SERVER_MATCH_PERIOD, texts.SERVER_MATCH_PERIOD_DETAIL
        return ServerAnswer(server, difference, True, words, sentence, "")
    found = desk.quoting.differences(unrounded, server, question.detail, options)
    codes = dict.fromkeys(entry.reason_code for entry in found if entry.reason_code != _FOLLOWS) or {DifferenceReason.UNKNOWN: None}
    reason = "、".join(texts.DIFFERENCE_REASONS[code] for code in codes)
    sentence = texts.SERVER_DIFFERS_DETAIL.format(span=span_of_difference(unrounded), yen=yen(difference), reason=reason)
    if unrounded.assumed:
        sentence += assumed_words(unrounded.assumed)
    return ServerAnswer(server, difference, False, texts.SERVER_DIFFERS.format(yen=yen(difference)), sentence, reason)


def assumed_words(rules: Sequence[AssumedRule]) -> str:
    """The assumed rules that acted, for whoever wonders why two figures differ."""
    return texts.ASSUMED.format(rules="、".join(texts.ASSUMED_RULES[rule] for rule in rules))


def estimated_months(usage: Usage, read: Usage) -> frozenset[int]:
    """Calendar months of ``usage`` that were not measured whole: all of an estimate, else those where ``read`` had gaps."""
    return frozenset(day.day.month for day in read.days) if usage.estimated else frozenset(day.month for day, _ in read.gaps)
