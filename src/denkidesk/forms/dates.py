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
_REIWA_OFFSET: Final = 2018  # 令和1年 = 2019
_PLUS: Final = re.compile(r"\+(\d{1,4})")
_FULL: Final = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_FULL_JA: Final = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日?")
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_REIWA: Final = re.compile(r"(?:令和|令|[Rr])(元|\d{1,2})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?")
_SHORT: Final = re.compile(r"(\d{1,2})(?:[-/.]|月)(\d{1,2})日?")
_TWO_DIGIT_YEAR: Final = re.compile(r"\d{1,2}(?:[-/.]|年)\d{1,2}(?:[-/.]|月)\d{1,2}日?")
_DASHES: Final = re.compile("[‐‑‒–—―−]")
# The weekday that people write behind a date says nothing new.
_WEEKDAY: Final = re.compile(r"\([月火水木金土日](?:・?祝)?\)$")


def parse_date(text: str, today: date, field: str = "date") -> date:
    """The date that was meant. A day without a year is the next such day, today included.

    Takes 2026-12-01, 2026/12/1, 2026年12月1日, 20261201, 12/1, 12月1日, +0, +3, 今日, 明日, 明後日, 令和8年12月1日 and
    R8.12.1, in full-width too.

    Raises InputRefused with code ``required``, ``date_ambiguous`` (a year of one or two digits: 8/12/1), ``date_missing`` (no such
    day) or ``date_unreadable``.
    """
    cleaned = re.sub(r"\s+", "", _DASHES.sub("-", unicodedata.normalize("NFKC", text)))
    cleaned = _WEEKDAY.sub("", cleaned)
    if not cleaned:
        raise InputRefused.of(field, FormCode.REQUIRED)
    if cleaned in _RELATIVE:
        return _after(today, _RELATIVE[cleaned], field)
    if plus := _PLUS.fullmatch(cleaned):
        return _after(today, int(plus.group(1)), field)
    if full := _FULL.fullmatch(cleaned):
        return _day(int(full.group(1)), int(full.group(3)), int(full.group(4)), field)
    if match := _FULL_JA.fullmatch(cleaned) or _COMPACT.fullmatch(cleaned):
        return _day(int(match.group(1)), int(match.group(2)), int(match.group(3)), field)
    if reiwa := _REIWA.fullmatch(cleaned):
        year = 1 if reiwa.group(1) == "元" else int(reiwa.group(1))
        if year == 0:
            raise InputRefused.of(field, FormCode.DATE_MISSING)
        return _day(_REIWA_OFFSET + year, int(reiwa.group(2)), int(reiwa.group(3)), field)
    if short := _SHORT.fullmatch(cleaned):
        return _next(int(short.group(1)), int(short.group(2)), today, field)
    if _TWO_DIGIT_YEAR.fullmatch(cleaned):
        raise InputRefused.of(field, FormCode.DATE_AMBIGUOUS)
    raise InputRefused.of(field, FormCode.DATE_UNREADABLE)


def _after(today: date, days: int, field: str) -> date:
    try:
        return today + timedelta(days=days)
    except OverflowError:
        raise InputRefused.of(field, FormCode.DATE_MISSING) from None


def _day(year: int, month: int, day: int, field: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise InputRefused.of(field, FormCode.DATE_MISSING) from None


def _next(month: int, day: int, today: date, field: str) -> date:
    # 29 February may be up to eight years away (around 2100).
    for year in range(today.year, min(today.year + 9, date.max.year + 1)):
        try:
            candidate = date(year, month, day)
        except ValueError:
            continue
        if candidate >= today:
            return candidate
    raise InputRefused.of(field, FormCode.DATE_MISSING)
