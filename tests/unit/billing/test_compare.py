"""Each difference from the server's figure is found, aligned by year-month, and given a reason."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from denkidesk.billing.compare import differences
from denkidesk.billing.engine import UsageSums, compute_bill
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import Difference, Rounding, ServerBill
from denkidesk.domain.bills import DifferenceReason as Reason
from denkidesk.domain.plans import DayClass
from fakes.plan_builder import condition, fuel, plan, usage

OPTIONS = BillOptions(capacity=Decimal(6), peak_kw=4.0)
YEAR = usage(date(2025, 4, 1), 365, lambda day, hour: round(0.2 + hour * 0.013 + day.day % 7 * 0.021 + day.month * 0.017, 3))
DETAIL = plan(condition("20"), base=(8, "100", "50"), fuels=(fuel("-1"),), levy="3", discount="5")


def server_like(bill, **changes):
    """The server's answer where it has our own figures, but for some parts of March."""
    months = tuple(replace(month, parts=replace(month.parts, **changes)) if month.month.endswith("-03") else month for month in bill.months)
    charges = tuple(month.parts.charge for month in months)
    return ServerBill("見本電力", "見本プラン", "見本", sum(charges), charges, bill.year, months)


def compared(bill, server, detail=DETAIL, options=OPTIONS):
    return differences(bill, server, detail, UsageSums(YEAR), options)


@pytest.fixture
def bill():
    return compute_bill(DETAIL, YEAR, OPTIONS)


def test_equal_bills_have_no_difference(bill):
    assert compared(bill, server_like(bill)) == ()


@pytest.mark.parametrize("part", ["base", "usage", "adjust", "levy"])
def test_a_part_that_differs_in_one_month_is_unknown_and_the_charge_follows(bill, part):
    march = bill.months[2].parts
    server = server_like(bill, **{part: getattr(march, part) + 10, "charge": march.charge + Decimal("9.5")})
    first, second = compared(bill, server)
    assert first == Difference("2026-03", part, getattr(march, part), getattr(march, part) + 10, Reason.UNKNOWN)
    assert (second.part, second.reason_code, second.yen) == ("charge", Reason.SUM_OF_PARTS, Decimal("-9.5"))


def test_less_than_a_yen_is_no_proof_of_rounding(bill):
    march = bill.months[2].parts
    found = compared(bill, server_like(bill, usage=march.usage + Decimal("0.4")))
    assert {one.reason_code for one in found} == {Reason.UNKNOWN}


def under(bill, detail, options=OPTIONS, **sums):
    """A server that has every figure from our program, by another rule."""
    other = compute_bill(detail, UsageSums(YEAR, **sums), options)
    return ServerBill("見本電力", "見本プラン", "見本", other.year.charge, (), other.year, other.months)


@pytest.mark.parametrize(
    ("detail", "other", "part", "reason"),
    [
        (DETAIL, replace(DETAIL, fuels=(fuel("-2.5"),)), "adjust", Reason.FUEL_MONTH),
        (DETAIL, replace(DETAIL, fuels=()), "adjust", Reason.FUEL_LEFT_OUT),
        (DETAIL, replace(DETAIL, levy_yen_per_kwh=Decimal("3.49")), "levy", Reason.LEVY_YEAR),
        (DETAIL, replace(DETAIL, levy_yen_per_kwh=Decimal("3.5")), "levy", Reason.UNKNOWN),
        (DETAIL, replace(DETAIL, base_unit=Decimal(101)), "base", Reason.UNKNOWN),
        (plan(condition("20"), base=(3, "10", "0")), plan(condition("20"), base=(9, "10", "0")), "base", Reason.UNKNOWN),
        (plan(condition("20", hours=(22, 8))), plan(condition("20", hours=(22, 0))), "usage", Reason.WINDOW_WRAP),
        (plan(condition("20", hours=(8, 22))), plan(condition("20", hours=(8, 23))), "usage", Reason.WINDOW_ENDS),
        (
            plan(condition("20", months=(7, 9)), levy="3"),
            plan(condition("20", months=(7, 8)), levy="3"),
            "usage",
            Reason.WINDOW_ENDS,
        ),
        (
            plan(condition("20", cap="10"), condition("30", order=2)),
            plan(condition("20"), condition("30", order=2)),
            "usage",
            Reason.CAP,
        ),
    ],
)
def test_the_one_rule_that_gives_the_servers_figures_is_the_reason(detail, other, part, reason):
    ours = compute_bill(detail, YEAR, OPTIONS)
    found = compared(ours, under(ours, other), detail)
    assert {one.reason_code for one in found if one.part == part and one.month} == {reason}
    assert {one.part for one in found} == {part, "charge"}
    assert {one.reason_code for one in found if one.part == "charge"} == {Reason.SUM_OF_PARTS}


def test_two_rules_in_two_parts_are_both_named(bill):
    other = replace(DETAIL, levy_yen_per_kwh=Decimal("3.49"))
    found = compared(bill, under(bill, other, replace(OPTIONS, capacity=Decimal(7))))
    assert {one.part: one.reason_code for one in found if one.month} == {
        "base": Reason.CAPACITY,
        "levy": Reason.LEVY_YEAR,
        "charge": Reason.SUM_OF_PARTS,
    }


def test_a_charge_alone_points_at_rounding_or_the_discount(bill):
    def server(charge):
        months = tuple(replace(month, parts=replace(month.parts, charge=charge(month.parts))) for month in bill.months)
        return replace(server_like(bill), months=months, year=replace(bill.year, charge=sum(month.parts.charge for month in months)))

    whole = compared(bill, server(lambda parts: Decimal(int(parts.charge))))
    assert {one.reason_code for one in whole if one.month} == {Reason.ROUNDING}
    undiscounted = compared(bill, server(lambda parts: (parts.base + parts.usage) * Decimal("0.95") + parts.adjust + parts.levy))
    assert {one.reason_code for one in undiscounted if one.month} == {Reason.DISCOUNT_ORDER}


def test_holidays_are_told_by_their_days():
    detail = plan(condition("20", day_class=DayClass.HOLIDAY), holidays=(True, True, True))
    ours = compute_bill(detail, YEAR, OPTIONS)
    found = compared(ours, under(ours, detail, extra_days=False), detail)
    assert {one.reason_code for one in found if one.part == "usage" and one.month} == {Reason.HOLIDAY}
    assert len({one.month for one in found}) > 3


def test_kwh_in_whole_numbers_are_told_in_every_part_that_has_them(bill):
    rounded = compute_bill(DETAIL, YEAR, replace(OPTIONS, rounding=Rounding.BILL))
    months = tuple(
        replace(month, parts=replace(p, charge=(p.base + p.usage + p.adjust + p.levy) * Decimal("0.95")))
        for month, p in ((month, month.parts) for month in rounded.months)
    )
    found = compared(bill, replace(server_like(bill), months=months, year=None, year_charge=sum(month.parts.charge for month in months)))
    assert {(one.part, one.reason_code) for one in found if one.month and one.part != "charge"} == {
        (part, Reason.WHOLE_KWH) for part in ("usage", "adjust", "levy")
    }


def test_months_are_aligned_by_their_name_and_both_ends_are_one(bill):
    """The server's rows run from April on; it has March twice, as a span that begins mid-month gives it."""
    march = bill.months[2]
    rows = (*bill.months[3:], *bill.months[:2], march, replace(march, month="2025-03"))
    server = replace(server_like(bill), months=rows)
    assert {(found.month, found.reason_code) for found in compared(bill, server)} == {("2026-03", Reason.MONTH_BOTH_ENDS)}


def test_a_month_that_only_one_side_billed(bill):
    server = replace(server_like(bill), months=tuple(month for month in bill.months if month.month != "2026-03"))
    assert {found.reason_code for found in compared(bill, server)} == {Reason.MONTH_NOT_BILLED}


def test_without_detail_only_charges_are_compared(bill):
    server = replace(server_like(bill), months=(), year=None)
    assert compared(bill, server) == ()
    charges = (server.monthly_charges[0] + Decimal("0.3"), *server.monthly_charges[1:])
    found = compared(bill, replace(server, monthly_charges=charges, year_charge=server.year_charge + Decimal("0.3")))
    assert [(one.month, one.reason_code) for one in found] == [("2026-01", Reason.UNKNOWN), ("", Reason.SUM_OF_PARTS)]


def test_without_detail_a_rule_behind_every_sum_is_told(bill):
    other = under(bill, replace(DETAIL, levy_yen_per_kwh=Decimal("3.49")))
    charges = tuple(month.parts.charge for month in other.months)
    found = compared(bill, replace(other, months=(), year=None, monthly_charges=charges))
    assert {one.reason_code for one in found if one.month} == {Reason.LEVY_YEAR}
