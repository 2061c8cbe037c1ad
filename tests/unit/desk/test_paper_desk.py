"""The price history and the supplements: what is known of a bill month, from where, and what is not."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from denkidesk.domain.areas import Area
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.clock import JST
from denkidesk.domain.errors import InputRefused, SetupFault
from denkidesk.domain.paper_bills import BillOnPaper, FuelMonth, Period, Switch, Trial
from denkidesk.domain.price_history import FuelPrice, MatchedBill, PriceOrigin
from fakes.plan_builder import condition, plan, usage

AUGUST = Period(date(2025, 8, 11), date(2025, 9, 9))  # the bill of September
HEAD = "company,contract_class,from_bill_month,to_bill_month,per_kwh,fixed,subsidy,source\n"


@pytest.fixture
def kansai(desk):
    """Kansai's 従量電灯A as the practice server has it."""
    company = next(one for one in desk.quoting.companies(area=Area.KANSAI).value if one.name == "関西電力")
    detail = next(one for one in desk.quoting.plans(company.epcorp_cd).value if one.name == "従量電灯A")
    return company, desk.quoting.plan_detail(detail.epplan_id, detail.bases[0].base_cd).value


def price(company, contract_class, month, per_kwh, origin=PriceOrigin.HAND, subsidy=None):
    return FuelPrice(company, contract_class, month, Decimal(per_kwh), Decimal(0), subsidy, "見本の検針票", origin)


def fuel(desk, kansai):
    return {month.bill_month: month for month in desk.paper.supplement(*kansai).terms.fuel}


def test_a_published_plan_has_its_supplement_with_its_source_and_the_states_subsidy(desk, kansai):
    found = desk.paper.supplement(*kansai)
    assert (found.terms.included_kwh, found.terms.half_base_at_zero, found.is_own) == (15, False, False)
    assert "kepco" in found.source
    months = fuel(desk, kansai)
    assert months["2025-09"] == FuelMonth("2025-09", Decimal("2.24"), Decimal("33.66"), Decimal("2.4"))
    assert months["2025-07"].subsidy == 0, "no subsidy in that month"
    assert "2021-01" not in months, "what nobody has published is not known"


def test_a_fetch_fills_the_history_of_its_plan(open_a_desk, practice):
    desk = open_a_desk(practice, now=lambda: datetime(2026, 11, 12, 9, tzinfo=JST))
    company = next(one for one in desk.quoting.companies(area=Area.KANSAI).value if one.name == "関西電力")
    listed = next(one for one in desk.quoting.plans(company.epcorp_cd).value if one.name == "従量電灯A")
    detail = desk.quoting.plan_detail(listed.epplan_id, listed.bases[0].base_cd).value
    kept = desk.paper.prices(desk.paper.supplement(company, detail), detail)["2026-10"]
    assert (kept.per_kwh, kept.fixed, kept.origin) == (Decimal("2.24"), Decimal("33.66"), PriceOrigin.SERVER)
    assert kept.noted_at == datetime(2026, 11, 12, 9, tzinfo=JST)


def test_what_the_clerk_typed_counts_before_a_file_that_before_the_programs_own(desk, kansai):
    found = desk.paper.supplement(*kansai)
    of = (found.company, found.contract_class, "2025-09")
    for origin, per_kwh in ((PriceOrigin.FILE, "2"), (PriceOrigin.HAND, "1"), (PriceOrigin.FILE, "3")):
        desk.paper.keep_price(price(*of, per_kwh, origin))
        shown = desk.paper.prices(found, kansai[1])["2025-09"]
        assert shown.origin == (PriceOrigin.FILE if per_kwh == "2" else PriceOrigin.HAND)
    assert fuel(desk, kansai)["2025-09"] == FuelMonth("2025-09", Decimal(1), Decimal(0), Decimal("2.4"))


def test_an_entry_that_says_nothing_new_keeps_its_time(open_a_desk, practice):
    now = [datetime(2026, 11, 1, tzinfo=JST)]
    store = open_a_desk(practice, now=lambda: now[0]).store.paper_bills
    store.put_prices([price("見本電力", "見本", "2026-10", "1")])
    now[0] = datetime(2026, 11, 2, tzinfo=JST)
    store.put_prices([price("見本電力", "見本", "2026-10", "1")])
    assert store.prices()[0].noted_at == datetime(2026, 11, 1, tzinfo=JST)
    store.put_prices([price("見本電力", "見本", "2026-10", "1", subsidy=Decimal(0))])
    assert store.prices()[0].noted_at == datetime(2026, 11, 2, tzinfo=JST)


def test_a_table_of_prices_goes_out_and_comes_in(desk, tmp_path):
    file = tmp_path / "prices.csv"
    file.write_bytes(
        (HEAD + '見本電力,見本,2026-01,2026-03,−1.50,,,"検針票, 見本"\n見本電力,見本,2026-04,,"1,000.5",3,2.5,電話\n').encode("cp932")
    )
    assert desk.paper.read_prices(file) == 4
    kept = desk.store.paper_bills.prices()
    assert [(one.bill_month, one.per_kwh, one.fixed, one.subsidy) for one in kept] == [
        *((f"2026-0{month}", Decimal("-1.50"), Decimal(0), None) for month in (1, 2, 3)),
        ("2026-04", Decimal("1000.5"), Decimal(3), Decimal("2.5")),
    ]
    assert kept[0].source == "検針票, 見本"
    again = tmp_path / "again.csv"
    assert desk.paper.write_prices(again) > 50, "what comes with the program goes out too"
    assert desk.paper.read_prices(again) > 50
    assert [one for one in desk.store.paper_bills.prices() if one.company == "見本電力"] == list(kept)


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ("見本電力,見本,2026-01,,abc,,,見本", "2: per_kwh"),
        ("見本電力,見本,2026-01,,,,,見本", "2: per_kwh"),
        ("見本電力,見本,2026-13,,1,,,見本", "2: from_bill_month"),
        ("見本電力,見本,2026-03,2026-01,1,,,見本", "2: from_bill_month"),
        ("見本電力,見本,2026-01,,1,,,", "2: source"),
        (",見本,2026-01,,1,,,見本", "2: company"),
        ("見本電力,見本,2026-01,,1,,999999,見本", "2: subsidy"),
    ],
)
def test_a_table_with_a_bad_row_is_refused_whole(desk, tmp_path, row, where):
    file = tmp_path / "prices.csv"
    file.write_text(HEAD + row + "\n見本電力,見本,2026-05,,1,,,見本\n", encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        desk.paper.read_prices(file)
    assert [fault.facts["where"] for fault in refused.value.faults] == [where]
    assert desk.store.paper_bills.prices() == ()


def test_a_file_that_is_no_table_of_prices_is_refused(desk, tmp_path):
    file = tmp_path / "other.csv"
    for text in ("", "a,b\n1,2\n", HEAD):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(InputRefused):
            desk.paper.read_prices(file)


def test_a_supplement_is_changed_kept_written_and_read(desk, kansai, tmp_path):
    company, detail = kansai
    found = desk.paper.supplement(company, detail)
    changed = replace(found, source="お客さまの契約書", terms=replace(found.terms, deduct_yen=Decimal(55), half_base_at_zero=True))
    desk.paper.keep_supplement(detail, changed)
    kept = desk.paper.supplement(company, detail)
    assert (kept.terms, kept.source, kept.is_own) == (changed.terms, "お客さまの契約書", True)
    file = tmp_path / "supplement.json"
    desk.paper.write_supplement(file, kept, detail)
    other = replace(detail, epplan_id="9999_1_0001")
    desk.paper.read_supplement(file, other)
    read = desk.paper.supplement(company, other)
    assert read.terms.deduct_yen == 55
    assert {month.bill_month for month in read.terms.fuel} >= {month.bill_month for month in kept.terms.fuel}
    with pytest.raises(SetupFault):
        desk.paper.write_supplement(tmp_path / "none" / "supplement.json", kept, detail)


def test_a_plan_that_nobody_has_published_anything_about_asks_for_its_fuel(desk, kansai):
    company, detail = kansai
    unknown = replace(detail, name="見本", epplan_id="9999_1_0001")
    bare = desk.paper.supplement(company, unknown)
    assert (bare.terms.fuel, bare.terms.included_kwh) == ((), 15)
    bill = BillOnPaper(unknown, None, bare.terms, AUGUST, Decimal(398), Decimal(10_000))
    with pytest.raises(InputRefused) as refused:
        desk.paper.match(bill, None, BillOptions())
    assert (refused.value.faults[0].code, refused.value.faults[0].facts["month"]) == ("fuel_missing", "2025-09")


def test_the_paper_bill_is_rebuilt_and_the_direct_debit_found(desk, kansai):
    company, detail = kansai
    terms = desk.paper.supplement(company, detail).terms
    match = desk.paper.match(BillOnPaper(detail, None, terms, AUGUST, Decimal(398), Decimal(0)), None, BillOptions())
    # 522.58 + 105 x 20.21 + 180 x 25.61 + 98 x 28.59 + 33.66 + 383 x 2.24 - 398 x 2.4 = 9992.63, 398 x 3.98 = 1584.04
    assert match.ours.parts.charge == 9_992 + 1_584
    assert [(line.name, line.kwh, line.yen) for line in match.usage] == [
        ("第1段階", 105, Decimal("2122.05")),
        ("第2段階", 180, Decimal("4609.80")),
        ("第3段階", 98, Decimal("2801.82")),
    ]
    paid = match.ours.parts.charge - 55
    match = desk.paper.match(BillOnPaper(detail, None, terms, AUGUST, Decimal(398), paid), None, BillOptions())
    assert (match.rest_yen, match.reason, [trial.value for trial in match.explaining]) == (55, Switch.DIRECT_DEBIT, ["55"])
    assert {trial.switch for trial in match.trials} >= {Switch.SUBSIDY, Switch.LEVY_YEAR, Switch.SINGLE_FLOOR, Switch.FUEL_MONTH}


def test_a_match_is_remembered_with_its_customer(desk, kansai):
    company, detail = kansai
    bill = BillOnPaper(detail, Decimal(30), desk.paper.supplement(company, detail).terms, AUGUST, Decimal(398), Decimal(10_375))
    match = MatchedBill(company.name, bill, Decimal(10_430), Trial(Switch.DIRECT_DEBIT, "55", Decimal(10_375)), "見本 太郎")
    desk.paper.accept(replace(match, customer="見本 花子"))
    desk.paper.accept(match)
    assert desk.paper.matches_of("見本 太郎") == (match,)
    assert desk.paper.matches_of("") == ()


def test_the_paper_bills_of_a_reading_day(desk, kansai):
    company, detail = kansai
    hours = usage(date(2025, 8, 1), 70)
    terms = desk.paper.supplement(company, detail).terms
    bills = desk.paper.bills(detail, hours, terms, 11, BillOptions())
    assert [(one.month, one.first, one.last) for one in bills.periods] == [("2025-09", date(2025, 8, 11), date(2025, 9, 10))]
    by_dates = desk.paper.bills(detail, hours, terms, [date(2025, 8, 11), date(2025, 9, 11)], BillOptions())
    assert by_dates.periods == bills.periods
    assert desk.paper.kwh_in(hours, Period(date(2025, 7, 11), date(2025, 8, 10))) is None
    assert round(desk.paper.kwh_in(hours, Period(date(2025, 8, 11), date(2025, 9, 10)))) == bills.periods[0].kwh


def test_the_kwh_of_bands_are_asked_for_by_their_names(desk):
    bands = plan(condition("20", hours=(8, 22)), condition("10", order=2, hours=(22, 8)))
    assert len(desk.paper.band_names(bands, AUGUST)) == 2
    assert len(desk.paper.band_names(plan(condition("20")), AUGUST)) == 1


def test_area_prices_of_every_fetch_are_kept_beyond_the_apis_twelve_months(open_a_desk, practice):
    now = [datetime(2026, 11, 12, tzinfo=JST)]
    desk = open_a_desk(practice, now=lambda: now[0])
    first = desk.quoting.area_prices(Area.KANSAI).value
    earlier = tuple(replace(month, year_month=f"2024-{number:02}") for number, month in enumerate(first, 1))
    desk.store.catalogue.put("area_prices", "06", earlier)
    desk.quoting.area_prices(Area.KANSAI)
    kept = desk.quoting.area_price_history(Area.KANSAI)
    assert [month.year_month for month in kept] == [month.year_month for month in (*earlier, *first)]
