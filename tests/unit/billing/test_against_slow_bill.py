"""The fast engine against the practice server's plain hour-by-hour program, which shares no code with it."""

from datetime import date
from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from denkidesk.billing.engine import compute_bill
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import Rounding
from denkidesk.domain.usage import Usage, UsageDay
from fakes.plan_builder import condition, plan
from fakes.random_plans import bill_options, plans, prices_something, usages
from fakes.slow_program import PARTS, slowly


@settings(max_examples=150, deadline=None)
@given(detail=plans().filter(prices_something), used=usages(), options=bill_options())
def test_every_part_of_every_month(detail, used, options):
    fast, slow = compute_bill(detail, used, options), slowly(detail, used, options)
    # Parts of both signs cancel: a difference is measured by what was added up, not by what is left of it.
    dearest = max([60.0] + [float(price) for month in options.area_prices for price in month.prices_yen])
    gross_yen = 1.0 + used.total_kwh * dearest
    for ours, theirs in [(fast.year, slow.year), *zip([m.parts for m in fast.months], [m.parts for m in slow.months], strict=True)]:
        for part in PARTS:
            our_yen, their_yen = Fraction(getattr(ours, part)), getattr(theirs, part)
            if options.rounding is Rounding.BILL:
                assert our_yen == their_yen, part
            else:
                assert abs(our_yen - their_yen) <= 1e-9 * gross_yen, part
    for our_month, their_month in zip(fast.months, slow.months, strict=True):
        assert our_month.billed == bool(their_month.label)
        assert not our_month.billed or our_month.month == their_month.label


@settings(max_examples=30, deadline=None)
@given(used=usages(), unit=st.decimals("0.01", 60, places=2).map(str))
@example(used=Usage((UsageDay(date(2024, 2, 29), (1e-7,) * 24),)), unit="0.01")
def test_nothing_cancels_in_one_price_so_the_difference_is_relative(used, unit):
    detail = plan(condition(unit, hours=(22, 7), months=(11, 4)), base=(1, unit, "0"), levy="3.98")
    fast, slow = compute_bill(detail, used), slowly(detail, used, BillOptions())
    for part in PARTS:
        theirs = getattr(slow.year, part)
        assert abs(Fraction(getattr(fast.year, part)) - theirs) <= 1e-9 * theirs, part
