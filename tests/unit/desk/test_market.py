"""Area prices: an archive of every month that was fetched, and what a customer's hours make of a year of them."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from denkidesk.compose.desk import open_desk
from denkidesk.compose.run import Run
from denkidesk.domain.areas import AREAS_WITH_PRICES, Area
from denkidesk.domain.clock import JST
from denkidesk.domain.errors import ServerRefused, Unreachable
from denkidesk.domain.market import AreaArchive, cheapest_hours, hourly_use, priced_year, scale_of
from denkidesk.domain.plans import AreaPriceMonth
from denkidesk.domain.usage import Usage, UsageDay
from denkidesk.practice.faults import parse_fault
from denkidesk.settings import Settings
from denkidesk.texts import market as texts


@pytest.fixture
def clock():
    """A time that goes on when a test says so."""
    return [datetime(2026, 11, 4, 10, tzinfo=JST)]


@pytest.fixture
def desk(clock, start_practice_servers, tmp_path):
    practice = start_practice_servers(now=lambda: clock[0])
    opened = open_desk(Run.decide(tmp_path / "home", Settings(), servers=practice), now=lambda: clock[0])
    opened.practice = practice
    yield opened
    opened.close()


def month(year_month, *prices):
    return AreaPriceMonth("06", year_month, tuple(Decimal(str(price)) for price in (prices * 24)[:24]))


def days(first, count, hourly):
    return tuple(UsageDay(first + timedelta(days=n), tuple(hourly)) for n in range(count))


def test_the_archive_keeps_what_the_api_has_forgotten(desk, clock):
    assert desk.market.kept(Area.KANSAI) is None
    first = desk.market.fetch(Area.KANSAI).value
    assert (first.months[0].year_month, first.months[-1].year_month) == ("2025-11", "2026-10")
    assert desk.market.is_of_today(Area.KANSAI)
    clock[0] = datetime(2027, 2, 4, 10, tzinfo=JST)
    assert not desk.market.is_of_today(Area.KANSAI)
    later = desk.market.fetch(Area.KANSAI).value
    assert [one.year_month for one in (later.months[0], later.months[-1])] == ["2025-11", "2027-01"]
    assert [(run[0].year_month, run[-1].year_month, len(run)) for run in later.years()] == [
        ("2026-02", "2027-01", 12),
        ("2025-11", "2026-01", 3),
    ]


def test_a_month_that_nobody_fetched_ends_a_run(clock):
    months = tuple(month(name, 10) for name in ("2024-11", "2024-12", "2025-03", "2025-04"))
    runs = AreaArchive(Area.KANSAI, months, clock[0]).years()
    assert [[one.year_month for one in run] for run in runs] == [["2025-03", "2025-04"], ["2024-11", "2024-12"]]


def test_without_a_server_the_archive_comes_with_its_age(desk, clock):
    before = desk.market.fetch(Area.TOKYO)
    desk.practice.stop()
    clock[0] += timedelta(days=2)
    answer = desk.market.fetch(Area.TOKYO)
    assert answer.from_store
    assert isinstance(answer.error, Unreachable)
    assert (answer.value, answer.fetched_at) == (before.value, before.fetched_at)


@pytest.mark.parametrize("fault", ["bad-request-400", "error-500", "not-xml"])
def test_a_fault_of_the_server_is_told_and_nothing_is_kept_of_it(desk, fault):
    desk.practice.quoting.faults.add(parse_fault(f"{fault}@areaprices*1"))
    with pytest.raises((ServerRefused, Unreachable)):
        desk.market.fetch(Area.KANSAI)
    assert desk.market.kept(Area.KANSAI) is None
    assert len(desk.market.fetch(Area.KANSAI).value.months) == 12


def test_okinawa_has_no_market():
    assert len(AREAS_WITH_PRICES) == 9
    assert Area.OKINAWA not in AREAS_WITH_PRICES


def test_a_use_that_is_the_same_all_day_pays_the_flat_mean_whatever_the_months():
    year = priced_year(
        [month(f"2026-{number:02}", *range(number, number + 24)) for number in (1, 2, 3)],
        hourly_use(Usage(days(date(2026, 1, 1), 90, [0.5] * 24))),
    )
    assert [one.difference for one in year.months] == [0, 0, 0]
    assert (year.difference, year.by_hours, year.by_season) == (0, 0, 0)
    assert texts.headline(year) == texts.EQUAL


def test_evening_and_winter_are_told_apart_and_add_up():
    prices = [month("2026-01", *[10] * 18, *[20] * 6), month("2026-02", *[10] * 24)]
    evening = [0.0] * 18 + [1.0] * 6
    use = hourly_use(Usage((*days(date(2025, 1, 1), 31, evening), *days(date(2025, 2, 1), 28, [0.25] * 24))))
    year = priced_year(prices, use)
    january, february = year.months
    assert (january.flat, january.weighted, january.difference) == (Decimal("12.5"), 20, Decimal("7.5"))
    assert (february.flat, february.weighted) == (10, 10)
    assert year.weighted == (20 * 186 + 10 * 168) / Decimal(354)
    assert year.flat == (Decimal("12.5") * 31 + 10 * 28) / Decimal(59)
    assert year.by_hours == Decimal("7.5") * 186 / Decimal(354)
    assert year.by_hours + year.by_season == year.difference
    assert year.dearest == (january, 18)
    assert "高くなります" in texts.headline(year)


def test_both_sides_count_the_months_that_have_a_use():
    prices = [month("2026-01", 30), month("2026-02", 10)]
    year = priced_year(prices, hourly_use(Usage(days(date(2026, 2, 1), 28, [1.0] * 24))))
    assert (year.flat, year.weighted, year.used_months) == (10, 10, 1)
    assert year.months[0].weighted is None
    assert texts.price(year.months[0].weighted) == texts.NONE
    assert "1か月で比べています" in texts.detail(year)


def test_hours_without_a_figure_count_nothing_and_no_use_says_so():
    use = hourly_use(Usage(days(date(2026, 2, 1), 1, [None] * 23 + [2.0])))
    year = priced_year([month("2026-02", *range(24))], use)
    assert year.weighted == 23
    without = priced_year([month("2026-02", *range(24))], hourly_use(Usage(days(date(2026, 2, 1), 3, [None] * 24))))
    assert (without.weighted, without.difference, without.by_hours) == (None, None, None)
    assert texts.headline(without) == texts.NO_USAGE
    assert without.flat == Decimal("11.5")


def test_prices_of_nothing_and_below_it_are_prices():
    year = priced_year([month("2026-05", *[0] * 24)], hourly_use(Usage(days(date(2026, 5, 1), 31, [1.0] * 24))))
    assert (year.weighted, year.difference) == (0, 0)
    assert texts.price(Decimal("-0.5"), 1) == "−0.5"
    assert texts.signed(Decimal("-0.71")) == "−0.71"
    assert texts.signed(Decimal("0.004")) == "0.00"


def test_areas_share_one_scale_and_the_cheapest_hours_are_three():
    one, other = (priced_year([month("2026-01", *prices)], {}) for prices in ([5, 9, 7], [3, 4, 8]))
    assert scale_of([one, other]) == (3, 9)
    assert cheapest_hours((Decimal(2),) * 24) == {0, 1, 2}


@given(st.lists(st.integers(0, 40), min_size=24, max_size=24), st.lists(st.integers(0, 9), min_size=24, max_size=24))
def test_the_parts_add_up_as_they_are_shown(prices, kwh):
    use = hourly_use(Usage((*days(date(2026, 1, 1), 31, map(float, kwh)), *days(date(2026, 2, 1), 28, map(float, kwh[::-1])))))
    year = priced_year([month("2026-01", *prices), month("2026-02", *prices[::-1])], use)
    if not any(kwh):
        assert year.difference is None
        return
    assert round(year.by_hours + year.by_season, 20) == round(year.difference, 20)
    used = [sum(price * amount for price, amount in zip(order[0], order[1], strict=True)) for order in ((prices, kwh),)]
    assert round(year.months[0].weighted, 12) == round(Decimal(used[0]) / sum(kwh), 12)
