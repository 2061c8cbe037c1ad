"""What the pictures of a bill and of its usage are drawn from: all figures at hand, computed before anything is drawn."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from denkidesk.desk.comparison import BillQuestion, beside_present
from denkidesk.domain.bills import Bill, Rounding
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.why import Why

if TYPE_CHECKING:  # the second loads the engine, which is a lane's work
    from denkidesk.desk.desk import Desk
    from denkidesk.desk.why import Explained


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both bills of one usage, and why they differ."""

    present: Bill
    proposed: Bill
    why: Why


def compared(
    desk: "Desk", present: BillQuestion | None, question: BillQuestion, bill: Bill, tried: Decimal | None = None
) -> "Comparison | Explained | None":
    """None where there is no other present plan, no bill of it, or another rounding; an explanation without a why says whose price
    is missing.

    ``bill``: of the question; ``tried``: the capacity that both are tried with.
    """
    from denkidesk.desk.fuel_rules import under_rule
    from denkidesk.desk.why import explain_questions

    beside = beside_present(present, question, tried)
    if beside is None:
        return None
    try:
        beside = under_rule(desk, beside)
        found = explain_questions(desk, beside, question)
        if found.why is None:
            return found
        return Comparison(desk.quoting.bill(beside.detail, beside.usage, beside.options(Rounding.BILL)), bill, found.why)
    except InputRefused:
        return None
