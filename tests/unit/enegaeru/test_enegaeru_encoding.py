"""What goes out in the API's own shapes comes back as the same value."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from denkidesk.domain.areas import QuotingAreaCode
from denkidesk.domain.bills import Bill, BillParts, FuelRule, MonthBill, Rounding
from denkidesk.domain.errors import InputRefused, Unreachable
from denkidesk.domain.plans import AreaPriceMonth, Condition, DayClass, Fuel, HolidayFlags, PlanDetail, PlanType
from denkidesk.domain.usage import Usage, UsageDay
from denkidesk.enegaeru import shapes
from denkidesk.enegaeru.encoding import bill_json, purchase_json, to_json_bytes
from denkidesk.enegaeru.shapes import Origin
from fakes.plan_json import encode_area_prices, encode_plan_detail

MONEY = st.decimals(-10_000, 10_000, allow_nan=False, places=4)
VOLUME = st.decimals(0, 100_000, allow_nan=False, places=2)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)
DETAILS = st.builds(
    PlanDetail,
    epplan_id=st.sampled_from(["0004_1_0001", "0901_3_0002"]),
    base_cd=st.sampled_from(["01", "1", "A"]),
    epcorp_cd=st.sampled_from(["4", "901", "X1"]),
    name=WORDS,
    base_name=WORDS,
    contract_type=st.integers(1, 4),
    plan_type=st.sampled_from(PlanType),
    capacity_unit=st.sampled_from(["A", "kVA", "kW"]),
    discount_rate=st.decimals(0, 50, places=1),
    holidays=st.builds(HolidayFlags, st.booleans(), st.booleans(), st.booleans()),
    base_type=st.integers(1, 9),
    base_unit=MONEY,
    base_fix_unit=st.none() | MONEY,
    ampere=st.none() | VOLUME,
    capacity_from=VOLUME,
    capacity_to=VOLUME,
    capacity=st.none() | VOLUME,
    conditions=st.lists(
        st.builds(
            Condition,
            calc_order=st.integers(0, 99),
            name=WORDS,
            group=st.integers(0, 3),
            volume_cap=VOLUME,
            volume_from=VOLUME,
            volume_to=VOLUME,
            month_from=st.integers(1, 12),
            month_to=st.integers(1, 12),
            day_class=st.sampled_from(DayClass),
            time_from=st.integers(0, 24),
            time_to=st.integers(0, 24),
            unit_yen=MONEY,
        ),
        max_size=3,
    ).map(tuple),
    fuels=st.lists(st.builds(Fuel, st.integers(0, 9), st.integers(0, 1), VOLUME, VOLUME, MONEY), max_size=3).map(tuple),
    levy_yen_per_kwh=MONEY,
    valid_from=st.none() | st.dates(date(2000, 1, 1), date(2900, 1, 1)),
    valid_to=st.none() | st.dates(date(2000, 1, 1), date(2900, 1, 1)),
    source=WORDS,
)


@given(detail=DETAILS)
def test_a_plan_goes_out_and_comes_back_the_same(detail: PlanDetail) -> None:
    back = shapes.decode_plan_detail(encode_plan_detail(detail))
    assert back == detail
    assert str(back.base_unit) == str(detail.base_unit)


def test_area_prices_go_out_and_come_back_the_same() -> None:
    months = (AreaPriceMonth(QuotingAreaCode("05"), "2026-01", tuple(Decimal(n) / 4 for n in range(24))),)
    assert shapes.decode_area_prices(encode_area_prices(months), origin=Origin.FILE) == months


def a_bill() -> Bill:
    def parts(total: str) -> BillParts:
        return BillParts(Decimal(total), Decimal("0.10"), Decimal(1), Decimal("-0.5"), Decimal("4.18"))

    months = tuple(MonthBill(f"2026-{month:02}", Decimal(month), parts(f"{month}.25")) for month in range(1, 13))
    return Bill("0006_1_0001", "01", Decimal("1.5"), Rounding.NONE, FuelRule.LATEST, parts("81"), months)


def test_our_bill_has_the_shape_of_the_servers() -> None:
    bill = a_bill()
    data = to_json_bytes(bill_json(bill, "見本電力", "見本プラン", "30A"))
    assert b'"charge":1.25,"base":0.10,' in data
    read_back = shapes.decode_charge(data)
    assert (read_back.company_name, read_back.plan_name, read_back.base_name) == ("見本電力", "見本プラン", "30A")
    assert read_back.year == bill.year
    assert [(month.month, month.parts) for month in read_back.months] == [(month.month, month.parts) for month in bill.months]
    assert read_back.monthly_charges == tuple(month.parts.charge for month in bill.months)


@pytest.mark.parametrize("months", [0, 11, 13])
def test_a_bill_has_twelve_months(months: int) -> None:
    with pytest.raises(Unreachable):
        shapes.decode_charge(json.dumps({"yearCharge": 1, "monthlyCharges": [1] * months}).encode())


def test_hours_before_and_after_the_data_are_no_gap_and_cost_nothing() -> None:
    first = UsageDay(date(2026, 1, 1), (None,) * 9 + (0.5,) * 15)
    last = UsageDay(date(2026, 1, 2), (0.5,) * 23 + (None,))
    sent = purchase_json(Usage((first, last)))
    assert [day["hourlyPowers"] for day in sent] == [[0.0] * 9 + [0.5] * 15, [0.5] * 23 + [0.0]]


def test_usage_becomes_the_purchase_array() -> None:
    days = tuple(UsageDay(date(2025, 12, 31) + timedelta(days=n), (0.25,) * 24) for n in range(2))
    assert purchase_json(Usage(days)) == [
        {"date": "2025-12-31", "hourlyPowers": [0.25] * 24},
        {"date": "2026-01-01", "hourlyPowers": [0.25] * 24},
    ]
    with pytest.raises(InputRefused):
        purchase_json(Usage((UsageDay(date(2026, 1, 1), (None,) * 24),)))
