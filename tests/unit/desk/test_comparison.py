"""The desk's own bills for one customer: the hours are summed once, whatever is asked of them."""

from datetime import date

from denkidesk.billing import engine
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import Rounding
from fakes.plan_builder import condition, plan, usage


def test_a_customers_hours_are_summed_once(desk, monkeypatch):
    made = []

    class Counted(engine.UsageSums):
        def __init__(self, hours):
            made.append(hours)
            super().__init__(hours)

    monkeypatch.setattr(engine, "UsageSums", Counted)
    one, other = usage(date(2025, 4, 1), 365), usage(date(2024, 4, 1), 365)
    for rounding in Rounding:
        for price in ("20", "30"):
            desk.quoting.bill(plan(condition(price)), one, BillOptions(rounding=rounding))
    assert made == [one]
    first = desk.quoting.bill(plan(condition("20")), other).months[0].month
    assert made == [one, other]
    assert first == "2025-01"
