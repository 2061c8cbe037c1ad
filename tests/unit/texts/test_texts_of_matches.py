"""Each switch of bill match has its words, and so has each outcome."""

from datetime import date
from decimal import Decimal

import pytest

from denkidesk.domain.bills import BillParts
from denkidesk.domain.paper_bills import BillMatch, FuelMonth, PeriodBill, Switch, Trial
from denkidesk.texts.bill import SWITCHES, reason_words

NOTHING = Decimal(0)
OURS = PeriodBill("2026-07", date(2026, 6, 10), date(2026, 7, 9), NOTHING, BillParts(*[NOTHING] * 5), NOTHING, NOTHING, NOTHING)


def test_every_switch_has_its_words():
    assert set(SWITCHES) == set(Switch)
    assert len(set(SWITCHES.values())) == len(Switch)


@pytest.mark.parametrize(
    ("rest", "reasons", "said"),
    [
        (0, (), ["一致"]),
        (-8, (Switch.SUBSIDY,), [SWITCHES[Switch.SUBSIDY]]),
        (-8, (Switch.SUBSIDY, Switch.LEVY_YEAR), ["不明", SWITCHES[Switch.SUBSIDY], SWITCHES[Switch.LEVY_YEAR]]),
        (-8, (), ["不明"]),
    ],
)
def test_what_explains_the_rest(rest, reasons, said):
    trials = [Trial(Switch.FUEL_MONTH, "2026-06", Decimal(9)), *(Trial(switch, "", Decimal(-rest)) for switch in reasons)]
    words = reason_words(BillMatch(OURS, Decimal(rest), (), FuelMonth("2026-07", NOTHING), NOTHING, NOTHING, tuple(trials)))
    assert all(word in words for word in said)
