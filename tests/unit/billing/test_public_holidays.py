"""Japan's public holidays: known days, and a second library's opinion."""

from datetime import date

import holidays
import pytest

from denkidesk.domain.calendar import public_holidays


@pytest.mark.parametrize(
    ("day", "is_holiday"),
    [
        # Cabinet Office, 国民の祝日について, https://www8.cao.go.jp/chosei/shukujitsu/gaiyou.html
        (date(2026, 5, 6), True),  # substitute holiday
        (date(2026, 9, 22), True),  # citizens' holiday between two others
        (date(2019, 5, 1), True),  # the enthronement
        (date(2020, 7, 24), True),  # moved for the Olympic Games
        (date(2021, 10, 11), False),  # moved away from here
        (date(2026, 12, 23), False),  # the former emperor's birthday
    ],
)
def test_known_days(day: date, is_holiday: bool) -> None:
    assert (day in public_holidays(day.year)) is is_holiday


@pytest.mark.parametrize("year", range(1986, 2051))
def test_a_second_library_agrees(year: int) -> None:
    assert public_holidays(year) == set(holidays.country_holidays("JP", years=year))
