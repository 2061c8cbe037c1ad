"""Closed hours: by the minute, by the zone, and against a slow walk through time."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from denkidesk.domain.clock import JST
from denkidesk.domain.errors import Closed
from denkidesk.wire.closed_hours import ClosedHours, ClosedWindow

SUNDAY = datetime(2026, 11, 22, tzinfo=JST)


def at(hour, minute=0, second=0, day=0):
    return SUNDAY + timedelta(days=day, hours=hour, minutes=minute, seconds=second)


@pytest.mark.parametrize(
    ("moment", "until"),
    [
        (at(0, 59, 59), None),
        (at(1), at(3)),
        (at(2, 59, 59), at(3)),
        (at(3), None),
        (at(2, day=1), None),
        (at(2, day=-1), None),
        (at(2, day=7), at(3, day=7)),
    ],
)
def test_the_utility_sleeps_on_sundays_from_one_to_three(moment, until):
    assert ClosedHours().closed_until(moment) == until


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=-8)), timezone(timedelta(hours=14))])
def test_the_zone_of_the_pc_does_not_matter(zone):
    assert ClosedHours().closed_until(at(2).astimezone(zone)) == at(3)
    assert ClosedHours().closed_until(at(3).astimezone(zone)) is None


def test_no_answer_may_fall_into_the_closed_hours():
    hours = ClosedHours()
    assert hours.closed_until(at(0, 59), answer_timeout_s=60) is None
    assert hours.closed_until(at(0, 59, 1), answer_timeout_s=60) == at(3)


def test_an_entered_window_is_kept_and_named():
    window = ClosedWindow(at(22), at(23, day=1), "臨時メンテナンス")
    with pytest.raises(Closed) as caught:
        ClosedHours([window]).check(at(22, 30))
    assert (caught.value.reason, caught.value.until) == ("window", at(23, day=1))
    with pytest.raises(Closed) as caught:
        ClosedHours([window]).check(at(1, 30))
    assert (caught.value.reason, caught.value.until) == ("weekly", at(3))
    assert ClosedHours([window]).check(at(21, 59)) is None


def test_windows_that_touch_count_as_one():
    windows = [ClosedWindow(at(3), at(4)), ClosedWindow(at(3, 30), at(5)), ClosedWindow(at(5, 0, 30), at(6))]
    assert ClosedHours(windows).closed_until(at(1)) == at(5)
    assert ClosedHours(windows).closed_until(at(1), answer_timeout_s=60) == at(6), "30 s between two windows hold no answer of 60 s"


def test_an_answer_longer_than_a_week_meets_the_next_sunday():
    assert ClosedHours([ClosedWindow(at(4), at(5))], weekly=False).closed_until(at(3), answer_timeout_s=3601) == at(5)


def test_naive_times_and_windows_that_end_before_they_start_are_refused():
    with pytest.raises(ValueError, match="aware"):
        ClosedHours().closed_until(datetime(2026, 11, 22, 2))  # noqa: DTZ001 - the naive time is the test
    with pytest.raises(ValueError, match="aware"):
        ClosedWindow(datetime(2026, 11, 22, 2), at(3))  # noqa: DTZ001 - the naive time is the test
    with pytest.raises(ValueError, match="end after"):
        ClosedWindow(at(3), at(3))


minutes = st.integers(0, 14 * 24 * 60)
spans = st.lists(st.tuples(minutes, st.integers(1, 600)), max_size=6)


@given(spans, minutes, st.integers(0, 90), st.booleans())
def test_it_agrees_with_a_walk_minute_by_minute(entered, start, timeout, weekly):
    shut = {minute for first, length in entered for minute in range(first, first + length)}
    if weekly:
        shut |= {week * 10080 + minute for week in range(5) for minute in range(60, 180)}

    def allowed(minute):
        return not any(later in shut for later in range(minute, minute + max(timeout, 1)))

    expected = start
    while not allowed(expected):
        expected += 1
    windows = [ClosedWindow(SUNDAY + timedelta(minutes=first), SUNDAY + timedelta(minutes=first + length)) for first, length in entered]
    until = ClosedHours(windows, weekly).closed_until(SUNDAY + timedelta(minutes=start), timeout * 60)
    if until is None:
        assert allowed(start)
    else:
        assert not allowed(start)
        assert until >= SUNDAY + timedelta(minutes=expected), "never earlier than it is really open"
        assert allowed(int((until - SUNDAY).total_seconds()) // 60), "and open then"
        assert all(not allowed(minute) for minute in range(start, int((until - SUNDAY).total_seconds()) // 60))
