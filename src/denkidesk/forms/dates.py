"""Typed dates: what a clerk types on the telephone becomes a date, or a clear refusal."""

import re
import unicodedata
from datetime import date, timedelta
from typing import Final

from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import FormCode

_RELATIVE: Final = {
    "今日": 0, "本日": 0, "きょう": 0,
    "明日": 1, "あす": 1, "あした": 1, "翌日": 1,
    "明後日": 2, "あさって": 2, "翌々日": 2,
}  # fmt: skip
_AGO: Final = re.compile(r"(?P<days>-\d{1,4})|一昨日|おととい|昨日|きのう")
_REIWA_OFFSET: Final = 2018  # 令和1年 = 2019
_PLUS: Final = re.compile(r"\+(\d{1,4})")
_FULL: Final = re.compile(r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})")
_FULL_JA: Final = re.compile(r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日?")
_COMPACT: Final = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_REIWA: Final = re.compile(r"(?:令和|令|[Rr])(元|\d{1,2})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?")
_SHORT: Final = re.compile(r"(\d{1,2})(?:[-/.]|月)(\d{1,2})日?")
_TWO_DIGIT_YEAR: Final = re.compile(r"\d{1,2}(?:[-/.]|年)\d{1,2}(?:[-/.]|月)\d{1,2}日?")
_DASHES: Final = re.compile("[‐‑‒–—―−]")
# The weekday that people write behind a date says nothing new.
_WEEKDAY: Final = re.compile(r"\([月火水木金土日](?:・?祝)?\)$")


def parse_date(text: str, today: date, field: str = "date", *, nearest: bool = False) -> date:
    """The date that was meant. A day without a year is the next such day, today included; or the ``nearest``, past ones too.

    Takes 2026-12-01, 2026/12/1, 2026年12月1日, 20261201, 12/1, 12月1日, +0, +3, 今日, 明日, 明後日, 令和8年12月1日 and
    R8.12.1, in full-width too; where the day may be past also -7, 昨日 and 一昨日.

    Raises InputRefused with code ``required``, ``date_ambiguous`` (a year of one or two digits: 8/12/1), ``date_missing`` (no such
    day) or ``date_unreadable``.
    """
    cleaned = re.sub(r"\s+", "", _DASHES.sub("-", unicodedata.normalize("NFKC", text)))
    cleaned = _WEEKDAY.sub("", cleaned)
    if not cleaned:
        raise InputRefused.of(field, FormCode.REQUIRED)
    try:
        day = _meant(cleaned, today, nearest=nearest)
    except (ValueError, OverflowError):  # no calendar has it
        raise InputRefused.of(field, FormCode.DATE_MISSING) from None
    if day is None:
        raise InputRefused.of(field, FormCode.DATE_AMBIGUOUS if _TWO_DIGIT_YEAR.fullmatch(cleaned) else FormCode.DATE_UNREADABLE)
    return day


def _meant(text: str, today: date, *, nearest: bool) -> date | None:
    """None for a text that is written like no date. Raises ValueError or OverflowError for a day that there is not."""
    if text in _RELATIVE:
        return today + timedelta(days=_RELATIVE[text])
    if plus := _PLUS.fullmatch(text):
        return today + timedelta(days=int(plus[1]))
    if nearest and (ago := _AGO.fullmatch(text)):
        return today + timedelta(days=int(ago["days"] or (-1 if text in ("昨日", "きのう") else -2)))
    if full := _FULL.fullmatch(text) or _FULL_JA.fullmatch(text) or _COMPACT.fullmatch(text):
        return date(*(int(part) for part in full.group("year", "month", "day")))
    if reiwa := _REIWA.fullmatch(text):
        if (year := 1 if reiwa[1] == "元" else int(reiwa[1])) == 0:
            raise ValueError("令和0年")
        return date(_REIWA_OFFSET + year, int(reiwa[2]), int(reiwa[3]))
    if short := _SHORT.fullmatch(text):
        return (_nearest if nearest else _next)(int(short[1]), int(short[2]), today)
    return None


def _next(month: int, day: int, today: date) -> date:
    # 29 February may be up to eight years away (around 2100).
    for year in range(today.year, min(today.year + 9, date.max.year + 1)):
        try:
            candidate = date(year, month, day)
        except ValueError:
            continue
        if candidate >= today:
            return candidate
    raise ValueError("never")


def _nearest(month: int, day: int, today: date) -> date:
    following = _next(month, day, today)
    for year in range(today.year, max(today.year - 9, date.min.year), -1):
        try:
            candidate = date(year, month, day)
        except ValueError:
            continue
        if candidate <= today:
            return min(candidate, following, key=lambda one: abs(one - today))
    return following
