"""What was typed of a paper bill, as values. Qt-free."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from denkidesk.domain.errors import InputRefused
from denkidesk.domain.paper_bills import Period, month_of, months_later
from denkidesk.domain.plans import CAPACITY_TYPES, BaseOption, Plan
from denkidesk.domain.typed_numbers import decimal_of
from denkidesk.forms.dates import parse_date

_HAS_YEAR: Final = re.compile(r"\d{4}|令|[Rr]")
_LONGEST_PERIOD: Final = 62
_MOST: Final = Decimal(1_000_000_000)


def past_day(text: str, today: date) -> date | None:
    """The day that was meant: bills are of the past, so a day without a year is the last such day. None where it is none."""
    try:
        day = parse_date(text, today)
        if day > today and not _HAS_YEAR.search(text):
            day = day.replace(year=day.year - 1)
    except (InputRefused, ValueError):
        return None
    return day


def usual_last_day(first: date) -> date:
    """The day before the same day of the next month."""
    year, month = map(int, months_later(month_of(first), 1).split("-"))
    for day in range(first.day, 27, -1):
        try:
            return date(year, month, day) - timedelta(days=1)
        except ValueError:
            continue
    return date(year, month, min(first.day, 28)) - timedelta(days=1)


def period_of(first: date | None, last: date | None) -> Period | None:
    """A reading period of a plausible length."""
    if first is None or last is None or not 0 <= (last - first).days < _LONGEST_PERIOD:
        return None
    return Period(first, last)


def amount(text: str, *, least: Decimal = Decimal(0)) -> Decimal | None:
    """A number of at least so much; None where it is none."""
    value = decimal_of(text)
    return value if value is not None and least <= value <= _MOST else None


def asks_for_size(plan: Plan) -> bool:
    """Whether the size of the contract decides something."""
    return len(plan.bases) > 1 or any(base.base_type in CAPACITY_TYPES for base in plan.bases)


def base_of_size(plan: Plan, size: Decimal | None) -> BaseOption | None:
    """The base option that a contract of that size has; None where the plan has none."""
    if not asks_for_size(plan):
        return plan.bases[0]
    if size is None:
        return None
    for base in plan.bases:
        if base.ampere:
            if base.ampere == size:
                return base
        elif base.capacity_from <= size and (not base.capacity_to or size < base.capacity_to):
            return base
    return None


def sizes_of(plan: Plan) -> str:
    """The sizes that a plan knows, for whoever typed another one."""
    return "、".join(f"{base.ampere:f}" if base.ampere else base.name for base in plan.bases)
