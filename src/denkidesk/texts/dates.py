"""How a date or a time is said: the one place for it, on screen, on paper and on the command line.

==================  ============================  ==================================================================
:func:`day`         12月1日(火)                    a day near today; with its year where that is not this one's
:func:`short_day`   12/1(火)                       the same in a column of a table
:func:`coming_day`  今日 12/1, 12/3(木)             a day that somebody waits for, in a column
:func:`days_since`  今日, 9日                      how long ago in a column
:func:`full_day`    2026年12月1日(火)              a day that is checked before something is done: weekday and year
:func:`paper_day`   2026年12月1日                  a day of a period, and on paper
:func:`days_between`  8/11～9/9                   a reading period in a column
:func:`in_field`    2026-12-01                    what a field holds after it was read
:func:`month`       2026年12月                     a month
:func:`clock`       9:05                          a time of a day that is known
:func:`clock_s`     9:05:07                       the same to the second
:func:`moment`      12月1日(火) 9:05               when something happened or goes on
:func:`short_moment`  12/1(火) 9:05                the same in a column
:func:`recent`      今日 9:05, 昨日 18:02            how old what is shown is
==================  ============================  ==================================================================

Moments are said in Japan's time. ``None`` is said as nothing.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from denkidesk.domain.clock import JST, now_jst

_WEEKDAYS: Final = "月火水木金土日"
_TODAY: Final = "今日"
_YESTERDAY: Final = "昨日"
_TOMORROW: Final = "明日"
_DAYS_AGO: Final = "{days}日前"
_DAYS: Final = "{days}日"
_FACTS: Final = frozenset({"day", "first", "last", "month", "time"})
_WRITTEN_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WRITTEN_MONTH: Final = re.compile(r"([0-9]{4})-([0-9]{2})")
_WRITTEN_TIME: Final = re.compile(r"([0-9]{2}):([0-9]{2})")


def day(value: date | None) -> str:
    """12月1日(火); with the year where it is not this one's."""
    if value is None:
        return ""
    return full_day(value) if value.year != _this_year() else f"{value.month}月{value.day}日{_weekday(value)}"


def short_day(value: date | None) -> str:
    """12/1(火); with the year where it is not this one's."""
    if value is None:
        return ""
    short = f"{value.month}/{value.day}{_weekday(value)}"
    return f"{value.year}/{short}" if value.year != _this_year() else short


def coming_day(value: date | None, today: date) -> str:
    """今日 12/1, 明日 12/2, and :func:`short_day` for any other day."""
    word = {0: _TODAY, 1: _TOMORROW}.get((value - today).days) if value is not None else None
    return f"{word} {value.month}/{value.day}" if word and value else short_day(value)


def days_since(value: date | None, today: date) -> str:
    """今日, 9日: how long ago in a column."""
    if value is None:
        return ""
    days = (today - value).days
    return _TODAY if days <= 0 else _DAYS.format(days=f"{days:,}")


def full_day(value: date) -> str:
    """2026年12月1日(火)."""
    return paper_day(value) + _weekday(value)


def paper_day(value: date) -> str:
    """2026年12月1日."""
    return f"{month(value.year, value.month)}{value.day}日"


def days_between(first: date, last: date) -> str:
    """8/11～9/9, beside a month that has the year."""
    return f"{first.month}/{first.day}～{last.month}/{last.day}"


def in_field(value: date) -> str:
    """2026-12-01, as a field takes it back."""
    return value.isoformat()


def month(year: int, number: int) -> str:
    """2026年12月."""
    return f"{year}年{number}月"


def clock(value: datetime) -> str:
    """9:05."""
    there = value.astimezone(JST)
    return f"{there.hour}:{there.minute:02}"


def clock_s(value: datetime) -> str:
    """9:05:07."""
    return f"{clock(value)}:{value.second:02}"


def moment(value: datetime | None) -> str:
    """12月1日(火) 9:05; with the year where it is not this one's."""
    return "" if value is None else f"{day(value.astimezone(JST).date())} {clock(value)}"


def paper_moment(value: datetime) -> str:
    """2026年12月1日 9:05, for paper."""
    return f"{paper_day(value.astimezone(JST).date())} {clock(value)}"


def exact_moment(value: datetime) -> str:
    """12月1日(火) 9:05:41; with the year where it is not this one's."""
    return f"{moment(value)}:{value.astimezone(JST).second:02}"


def short_moment(value: datetime) -> str:
    """12/1(火) 9:05; with the year where it is not this one's."""
    return f"{short_day(value.astimezone(JST).date())} {clock(value)}"


def short_span(first: datetime, last: datetime) -> str:
    """12/1(火) 9:05～9:20; both days where they are two, one moment where they are the same minute."""
    begin, end = short_moment(first), short_moment(last)
    if begin == end:
        return begin
    is_one_day = first.astimezone(JST).date() == last.astimezone(JST).date()
    return f"{begin}～{clock(last) if is_one_day else end}"


def recent(value: datetime, today: date) -> str:
    """今日 9:05, 昨日 18:02, and :func:`moment` for any other day."""
    return f"{recent_day(value.astimezone(JST).date(), today)} {clock(value)}"


def clock_or_day(value: datetime, today: date) -> str:
    """The time of a moment of today, else its day."""
    day_of = value.astimezone(JST).date()
    return clock(value) if day_of == today else recent_day(day_of, today)


def recent_day(value: date, today: date) -> str:
    """今日, 昨日, and :func:`day` for any other day."""
    days = (today - value).days
    return days_ago(days) if days in (0, 1) else day(value)


def days_ago(days: int) -> str:
    """今日, 昨日, 3日前."""
    return {0: _TODAY, 1: _YESTERDAY}.get(days) or _DAYS_AGO.format(days=days)


def age(value: datetime, today: date) -> str:
    """今日, 昨日, 3日前: how long a moment is past."""
    return days_ago((today - value.astimezone(JST).date()).days)


def days_before(days: int) -> str:
    """1日前, 3日前: how long before another day than today."""
    return _DAYS_AGO.format(days=days)


def written(text: str) -> str:
    """A fact in its written form as it is said: "2026-12-01 09:00" is 2026年12月1日 9:00, "2026-12" is 2026年12月.

    Any other text stays as it is.
    """
    return " ".join(_written(part) for part in text.split(" "))


def in_words(facts: Mapping[str, str]) -> dict[str, str]:
    """The facts of a fault or a note, those that are dates and times as they are said."""
    return {name: written(fact) if name in _FACTS else fact for name, fact in facts.items()}


def in_file_name(value: date) -> str:
    """20261201: files with such names stand in the order of their days."""
    return f"{value:%Y%m%d}"


def _written(text: str) -> str:
    if _WRITTEN_DAY.fullmatch(text):
        try:
            return paper_day(date.fromisoformat(text))
        except ValueError:  # a day that no calendar has
            return text
    if found := _WRITTEN_MONTH.fullmatch(text):
        return month(int(found[1]), int(found[2]))
    found = _WRITTEN_TIME.fullmatch(text)
    return f"{int(found[1])}:{found[2]}" if found else text


def _weekday(value: date) -> str:
    return f"({_WEEKDAYS[value.weekday()]})"


def _this_year() -> int:
    return now_jst().year
