"""A plan's figures in words."""

from dataclasses import replace
from decimal import Decimal

import pytest

from denkidesk.domain.areas import QuotingAreaCode
from denkidesk.domain.plans import Company, Condition, DayClass, Fuel, HolidayFlags, PlanDetail, PlanType
from denkidesk.texts import tariffs as texts
from denkidesk.ui.tariffs.price_sheet import base_words, company_section, holiday_words, hours, kwh_range, months, number, price_sheet


def plan(**changes: object) -> PlanDetail:
    detail = PlanDetail(
        epplan_id="0006_1_0001",
        base_cd="1",
        epcorp_cd="6",
        name="見本プラン",
        base_name="見本契約",
        contract_type=1,
        plan_type=PlanType.METERED,
        capacity_unit="kVA",
        discount_rate=Decimal(0),
        holidays=HolidayFlags(saturday=False, sunday=True, public_holiday=True),
        base_type=4,
        base_unit=Decimal("522.58"),
        base_fix_unit=Decimal(0),
        ampere=None,
        capacity_from=Decimal(0),
        capacity_to=Decimal(0),
        capacity=None,
        conditions=(
            Condition(1, "第1段階", 0, Decimal(0), Decimal(15), Decimal(120), 1, 12, DayClass.ANY, 0, 0, Decimal("20.21")),
            Condition(2, "夜間", 1, Decimal(50), Decimal(120), Decimal(0), 10, 3, DayClass.HOLIDAY, 23, 7, Decimal("10.70")),
        ),
        fuels=(Fuel(1, 1, Decimal(0), Decimal(15), Decimal("33.66")), Fuel(2, 0, Decimal(15), Decimal(0), Decimal("-9.21"))),
        levy_yen_per_kwh=Decimal("3.98"),
    )
    return replace(detail, **changes)  # type: ignore[arg-type] # changes are given by field name


def test_every_figure_of_the_plan_is_on_the_sheet() -> None:
    words = " ".join(cell for section in price_sheet(plan()) for row in section.rows for cell in row)
    for figure in ("522.58", "20.21", "10.70", "33.66", "−9.21", "3.98", "15", "120", "50%"):
        assert figure in words


@pytest.mark.parametrize(
    ("base_type", "words"),
    [
        (1, "定額：522.58 円/月"),
        (2, "契約容量 × 522.58 円/月"),
        (4, "最低料金：522.58 円/月"),
        (5, "年間最大需要電力 × 522.58 円/月"),
        (6, "100.00 円 ＋ 522.58 円 ×（年間最大需要電力 − 10 ＋ 1）/月"),
        (8, "100.00 円 ＋ 522.58 円 × 契約容量 /月"),
        (9, "100.00 円 ＋ 522.58 円 ×（契約容量 − 10 ＋ 1）/月"),
        (99, "この基本料金の方式（種別 99）には対応していません。"),
    ],
)
def test_base_charge_is_said_as_its_formula(base_type: int, words: str) -> None:
    assert base_words(plan(base_type=base_type, base_fix_unit=Decimal(100), capacity_from=Decimal(10))) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [(1, 12, "通年"), (4, 3, "通年"), (7, 9, "7月～9月"), (10, 3, "10月～翌3月"), (8, 8, "8月")],
)
def test_months_include_both_ends_and_wrap_over_the_year(first: int, last: int, words: str) -> None:
    assert months(first, last) == words


@pytest.mark.parametrize(("first", "last", "words"), [(0, 0, "終日"), (0, 24, "終日"), (10, 17, "10時～17時"), (23, 7, "23時～翌7時")])
def test_hours_wrap_over_midnight(first: int, last: int, words: str) -> None:
    assert hours(first, last) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [("0", "0", "すべて"), ("0", "120", "120 kWh まで"), ("300", "0", "300 kWh 超"), ("120", "300", "120 ～ 300 kWh")],
)
def test_tiers(low: str, high: str, words: str) -> None:
    assert kwh_range(Decimal(low), Decimal(high)) == words


def test_holidays_are_named_by_position() -> None:
    assert holiday_words(HolidayFlags(saturday=True, sunday=False, public_holiday=False)) == "土曜"
    assert holiday_words(HolidayFlags(saturday=False, sunday=False, public_holiday=False)) == "なし（毎日が平日）"


def test_numbers_stand_as_they_were_published() -> None:
    assert number(Decimal("1E+2")) == "100"
    assert number(Decimal("20.10")) == "20.10"


def test_market_linked_plans_say_what_their_price_is() -> None:
    words = " ".join(cell for section in price_sheet(plan(plan_type=PlanType.MARKET_LINKED)) for row in section.rows for cell in row)
    assert "月平均・時間別" in words


def test_beside_a_fuel_price_it_is_said_that_no_cap_is_computed() -> None:
    fuels = {
        detail.fuels: section.rows
        for detail in (plan(), plan(fuels=()))
        for section in price_sheet(detail)
        if section.title == texts.SECTION_FUEL
    }
    assert fuels[plan().fuels][-1] == texts.FUEL_CAP
    assert texts.FUEL_CAP not in fuels[()]


def company(**facts) -> Company:
    return Company("4", "見本電力", QuotingAreaCode("06"), former_monopoly=False, **facts)


def test_every_fact_of_a_retailer_has_its_row_said_or_not():
    bare = dict(company_section(company(), "yen").rows)
    assert bare["区分"] == "それ以外の小売電気事業者"
    assert bare["エリア"] == "関西"
    surplus = [name for name in bare if name.startswith("余剰電力の買取")]
    assert len(surplus) == 6
    silent = [*surplus, "広域機関の事業者コード", "経済産業省の登録番号", "広域機関のコード"]
    assert {bare[name] for name in silent} == {"—（サーバーに記載なし）"}
    assert bare["手数料（市場連動プランでエリアプライスに上乗せ）"] == "サーバーに記載なし（0 として計算）"


def test_what_a_retailer_s_server_says_stands_with_its_unit_and_kind():
    full = company(
        fit_prices=(Decimal("16.0"), None, Decimal(0), Decimal("8.5")),
        commission=Decimal("3.3"),
        occto_epcorp_cd="0179",
        meti_epcorp_cd="A0271",
        occto_cd="71004",
    )
    rows = dict(company_section(full, "yen").rows)
    assert rows["余剰電力の買取 FIT期間中・低圧"] == "16.00 円/kWh"
    assert rows["余剰電力の買取 FIT終了後・低圧"] == "—（サーバーに記載なし）"
    assert rows["余剰電力の買取 FIT期間中・高圧と特別高圧 10kW未満"] == "0.00 円/kWh"
    assert rows["余剰電力の買取 FIT終了後・高圧と特別高圧"] == "—（サーバーに記載なし）"
    assert rows["手数料（市場連動プランでエリアプライスに上乗せ）"] == "3.30 円/kWh（単位は設定による）"
    assert dict(company_section(full, "percent").rows)["手数料（市場連動プランでエリアプライスに上乗せ）"] == "3.3 %（単位は設定による）"
    assert [rows[name] for name in ("広域機関の事業者コード", "経済産業省の登録番号", "広域機関のコード")] == ["0179", "A0271", "71004"]
