"""Typed dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from denkidesk.domain.errors import InputRefused
from denkidesk.forms.dates import parse_date

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("2026/12/1", date(2026, 12, 1)),
        ("2026.12.1", date(2026, 12, 1)),
        ("２０２６／１２／１", date(2026, 12, 1)),
        ("2026年12月1日", date(2026, 12, 1)),
        ("2026年12月1日(火)", date(2026, 12, 1)),
        ("20261201", date(2026, 12, 1)),
        ("12/1", date(2026, 12, 1)),
        ("12月 1日", date(2026, 12, 1)),
        ("１２−１", date(2026, 12, 1)),
        ("11/20", TODAY),
        ("11/19", date(2027, 11, 19)),
        ("1/5", date(2027, 1, 5)),
        ("2/29", date(2028, 2, 29)),
        ("+0", TODAY),
        ("＋３", date(2026, 11, 23)),
        ("今日", TODAY),
        ("本日", TODAY),
        ("明日", date(2026, 11, 21)),
        (" あした ", date(2026, 11, 21)),
        ("明後日", date(2026, 11, 22)),
        ("令和8年12月1日", date(2026, 12, 1)),
        ("令和８年１２月１日（火）", date(2026, 12, 1)),
        ("R8.12.1", date(2026, 12, 1)),
        ("r8/12/1", date(2026, 12, 1)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("㋿8年12月1日", date(2026, 12, 1)),
    ],
)
def test_dates_as_clerks_type_them(text: str, day: date) -> None:
    assert parse_date(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "required"),
        ("　", "required"),
        ("8/12/1", "date_ambiguous"),
        ("26-12-01", "date_ambiguous"),
        ("8年12月1日", "date_ambiguous"),
        ("11/30/26", "date_ambiguous"),
        ("2026-02-30", "date_missing"),
        ("13/1", "date_missing"),
        ("2/30", "date_missing"),
        ("令和0年1月1日", "date_missing"),
        ("20261301", "date_missing"),
        ("+99999", "date_unreadable"),
        ("-1", "date_unreadable"),
        ("2026/12-1", "date_unreadable"),
        ("来週", "date_unreadable"),
        ("平成38年1月1日", "date_unreadable"),
        ("1", "date_unreadable"),
    ],
)
def test_what_cannot_be_one_date_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(InputRefused) as caught:
        parse_date(text, TODAY, "visit_on")
    assert [(fault.field, fault.code) for fault in caught.value.faults] == [("visit_on", code)]


_DATE_LIKE = st.text(alphabet="0123456789０１９/-.年月日令和元Rr+＋今明後 ㋿()（）火", max_size=14)


@given(text=st.one_of(st.text(max_size=40), _DATE_LIKE), today=st.dates())
def test_only_refusals_escape(text: str, today: date) -> None:
    try:
        day = parse_date(text, today)
    except InputRefused as refused:
        day = None
        faults = refused.faults
    else:
        faults = ()
    assert isinstance(day, date) != bool(faults)


@given(day=st.dates(date(2019, 5, 1), date(2099, 12, 31)), today=st.dates(date(2019, 5, 1), date(2090, 1, 1)))
def test_every_way_of_writing_one_day_means_that_day(day: date, today: date) -> None:
    ways = (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        f"令和{day.year - 2018}年{day.month}月{day.day}日",
        f"R{day.year - 2018}.{day.month}.{day.day}",
    )
    assert {parse_date(way, today) for way in ways} == {day}


@given(today=st.dates(date(2000, 1, 1), date(2090, 1, 1)), days=st.integers(0, 365))
def test_a_day_without_a_year_is_the_next_such_day(today: date, days: int) -> None:
    day = today + timedelta(days=days)
    found = parse_date(f"{day.month}/{day.day}", today)
    assert (found.month, found.day) == (day.month, day.day)
    assert today <= found <= day
    assert parse_date(f"+{days}", today) == day
