"""Each difference from the server's figure is found, aligned by year-month, and given a reason."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from denkidesk.billing.compare import Difference, differences
from denkidesk.billing.engine import compute_bill
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import DifferenceReason as Reason
from denkidesk.domain.bills import Rounding, ServerBill
from denkidesk.domain.plans import DayClass
from fakes.plan_builder import condition, fuel, plan, usage

OPTIONS = BillOptions(capacity=Decimal(6), peak_kw=4.0)
DETAIL = plan(condition("20"), base=(8, "100", "50"), fuels=(fuel("-1"),), levy="3", discount="5")


def server_like(bill, **changes):
    """The server's answer where it has our own figures, but for some parts of March."""
    months = tuple(replace(month, parts=replace(month.parts, **changes)) if month.month.endswith("-03") else month for month in bill.months)
    charges = tuple(month.parts.charge for month in months)
    return ServerBill("見本電力", "見本プラン", "見本", sum(charges), charges, bill.year, months)


@pytest.fixture
def bill():
    return compute_bill(DETAIL, usage(date(2025, 4, 1), 365), OPTIONS)


def test_equal_bills_have_no_difference(bill):
    assert differences(bill, server_like(bill), DETAIL, OPTIONS) == ()


@pytest.mark.parametrize(
    ("part", "reason"), [("base", Reason.CAPACITY), ("usage", Reason.UNIT_PRICE), ("adjust", Reason.FUEL_MONTH), ("levy", Reason.LEVY_YEAR)]
)
def test_a_part_that_differs_has_its_reason_and_the_charge_follows(bill, part, reason):
    march = bill.months[2].parts
    server = server_like(bill, **{part: getattr(march, part) + 10, "charge": march.charge + Decimal("9.5")})
    first, second = differences(bill, server, DETAIL, OPTIONS)
    assert first == Difference("2026-03", part, getattr(march, part), getattr(march, part) + 10, reason)
    assert (second.part, second.reason_code, second.yen) == ("charge", Reason.SUM_OF_PARTS, Decimal("-9.5"))


def test_less_than_a_yen_is_rounding(bill):
    march = bill.months[2].parts
    (found,) = differences(bill, server_like(bill, usage=march.usage + Decimal("0.4")), DETAIL, OPTIONS)
    assert found.reason_code == Reason.ROUNDING


def test_a_charge_alone_points_at_the_discount(bill):
    (found,) = differences(bill, server_like(bill, charge=bill.months[2].parts.charge + 30), DETAIL, OPTIONS)
    assert found.reason_code == Reason.DISCOUNT_ORDER


def test_fuel_left_out_is_seen(bill):
    without = compute_bill(DETAIL, usage(date(2025, 4, 1), 365), replace(OPTIONS, no_fuels=True))
    found = differences(without, server_like(bill), DETAIL, replace(OPTIONS, no_fuels=True))
    assert {difference.reason_code for difference in found if difference.part == "adjust" and difference.month} == {Reason.FUEL_LEFT_OUT}


@pytest.mark.parametrize(
    ("detail", "part", "reason"),
    [
        (plan(condition("20"), base=(5, "10", "0")), "base", Reason.PEAK_BASE),
        (plan(condition("20"), base=(3, "10", "0")), "base", Reason.BASE_TYPE_ASSUMED),
        (plan(condition("20"), base=(1, "10", "0")), "base", Reason.UNIT_PRICE),
        (plan(condition("20", day_class=DayClass.HOLIDAY), holidays=(True, True, True)), "usage", Reason.HOLIDAY),
        (plan(condition("20", cap="10"), condition("30", order=2)), "usage", Reason.CAP),
        (plan(condition("20", hours=(22, 8))), "usage", Reason.WINDOW_WRAP),
    ],
)
def test_the_assumed_rule_that_acted_is_the_reason(detail, part, reason):
    bill = compute_bill(detail, usage(date(2025, 4, 1), 365), OPTIONS)
    server = server_like(bill, **{part: getattr(bill.months[2].parts, part) + 100})
    assert differences(bill, server, detail, OPTIONS)[0].reason_code == reason


def test_months_are_aligned_by_their_name_and_both_ends_are_one(bill):
    """The server's rows run from April on; it has March twice, as a span that begins mid-month gives it."""
    march = bill.months[2]
    rows = (*bill.months[3:], *bill.months[:2], march, replace(march, month="2025-03"))
    server = replace(server_like(bill), months=rows)
    assert {(found.month, found.reason_code) for found in differences(bill, server, DETAIL, OPTIONS)} == {
        ("2026-03", Reason.MONTH_BOTH_ENDS)
    }


def test_a_month_that_only_one_side_billed(bill):
    server = replace(server_like(bill), months=tuple(month for month in bill.months if month.month != "2026-03"))
    assert {found.reason_code for found in differences(bill, server, DETAIL, OPTIONS)} == {Reason.MONTH_NOT_BILLED}


def test_without_detail_only_charges_are_compared(bill):
    server = replace(server_like(bill), months=(), year=None)
    assert differences(bill, server, DETAIL, OPTIONS) == ()
    charges = (server.monthly_charges[0] + Decimal("0.3"), *server.monthly_charges[1:])
    found = differences(bill, replace(server, monthly_charges=charges, year_charge=server.year_charge + Decimal("0.3")), DETAIL, OPTIONS)
    assert [(one.month, one.reason_code) for one in found] == [("2026-01", Reason.ROUNDING), ("", Reason.SUM_OF_PARTS)]


def test_our_two_floors_are_named_as_rounding(bill):
    floored = compute_bill(DETAIL, usage(date(2025, 4, 1), 365), replace(OPTIONS, rounding=Rounding.BILL))
    found = differences(floored, server_like(bill), DETAIL, OPTIONS)
    assert {one.reason_code for one in found if one.month} <= {Reason.ROUNDING}
