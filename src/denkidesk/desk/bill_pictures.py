"""What the pictures of a bill and of its usage are drawn from: all figures at hand, computed before anything is drawn."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from denkidesk.desk.comparison import BillQuestion, beside_present
from denkidesk.domain.bills import Bill, Rounding
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.why import Why

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both bills of one usage, and why they differ."""

    present: Bill
    proposed: Bill
    why: Why


def compared(
    desk: "Desk", present: BillQuestion | None, question: BillQuestion, bill: Bill, tried: Decimal | None = None
) -> Comparison | None:
    """None where there is no other present plan, no bill or no known fuel price of it, or another rounding.

    ``bill``: of the question; ``tried``: the capacity that both are tried with.
    """
    from denkidesk.desk.fuel_rules import under_rule
    from denkidesk.desk.why import explain_questions

    beside = beside_present(present, question, tried)
    if beside is None:
        return None
    try:
        beside = under_rule(desk, beside)
        why = explain_questions(desk, beside, question).why
        if why is None:
            return None
        return Comparison(desk.quoting.bill(beside.detail, beside.usage, beside.options(Rounding.BILL)), bill, why)
    except InputRefused:
        return None
