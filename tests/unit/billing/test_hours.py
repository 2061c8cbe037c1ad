"""Which hours of a year windows cover, said cell by cell by the rules 3 and 4 themselves."""

from hypothesis import given
from hypothesis import strategies as st

from denkidesk.billing.hours import bits, covered, covered_within
from denkidesk.billing.windows import HOURS, MONTHS, Window
from denkidesk.domain.plans import DayClass

WINDOWS = st.builds(
    Window, st.integers(1, 12), st.integers(1, 12), st.sampled_from(DayClass), st.integers(0, HOURS - 1), st.integers(0, HOURS)
)


def holds(window, month, is_holiday, hour):
    other = DayClass.WEEKDAY if is_holiday else DayClass.HOLIDAY
    return window.day_class is not other and window.has_month(month) and window.has_hour(hour)


@given(windows=st.frozensets(WINDOWS, max_size=3), own=WINDOWS)
def test_a_union_has_an_hour_that_one_of_its_windows_has_and_a_condition_only_its_own_months(windows, own):
    union, within = covered(windows), covered_within(windows, own)
    for month in range(1, MONTHS + 1):
        for is_holiday in (False, True):
            for hour in range(HOURS):
                cell = (month - 1, int(is_holiday), hour)
                assert union[cell] == any(holds(window, month, is_holiday, hour) for window in windows)
                assert within[cell] == (union[cell] and own.has_month(month))


def test_bits_are_the_cells_the_first_one_the_lowest():
    summer_day = Window(7, 9, DayClass.WEEKDAY, 10, 12)
    assert bits(covered(frozenset([summer_day]))) == sum(1 << (month - 1) * 48 + hour for month in (7, 8, 9) for hour in (10, 11))
