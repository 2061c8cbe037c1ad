"""The list of subsidies as a clerk works with it: what is new in it, what narrows it, and what of it goes onto a quote."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from denkidesk.domain.areas import PREFECTURE_NAMES_JA
from denkidesk.domain.name_folding import folded
from denkidesk.domain.plans import Subsidy

_BETWEEN: Final = re.compile(r"[・、，,/／\s]+")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_OLD_AFTER_DAYS: Final = 365


class Standing(StrEnum):
    """How an entry compares with the list before."""

    NEW = "new"
    CHANGED = "changed"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class SubsidyRow:
    """``changed``: the names of the items that are others now. ``found_by``: all its words, in one form of each letter."""

    subsidy: Subsidy
    standing: Standing
    changed: tuple[str, ...]
    found_by: str

    @property
    def prefectures(self) -> tuple[str, ...]:
        """Those that the free text names; the text itself where it names none; nothing for the whole country or where it is empty."""
        text = self.subsidy.prefecture.strip()
        named = tuple(name for name in PREFECTURE_NAMES_JA.values() if name in text)
        return named or ((text,) if text else ())

    @property
    def audience(self) -> tuple[str, ...]:
        """個人, 事業者: whom its class names."""
        return _parts_of(self.subsidy.subsidy_class)

    @property
    def modified_on(self) -> date | None:
        """The day of its last change; None where that is no date."""
        found = _DAY.match(self.subsidy.modified.strip())
        try:
            return date.fromisoformat(found[0]) if found else None
        except ValueError:  # a day that no calendar has
            return None

    def is_old(self, today: date) -> bool:
        """Whether nobody has touched it for a year: it may be over."""
        changed_on = self.modified_on
        return changed_on is not None and (today - changed_on).days > _OLD_AFTER_DAYS


@dataclass(frozen=True, slots=True)
class SubsidyList:
    """``checked_at``: when the list was seen last. ``compared_at``: when the other one before it was; None for the first one.

    ``gone``: how many of that one are not in it any more.
    """

    rows: tuple[SubsidyRow, ...]
    checked_at: datetime
    compared_at: datetime | None = None
    gone: int = 0


@dataclass(frozen=True, slots=True)
class SubsidyFilter:
    """Empty: whatever it is. An entry that names no prefecture or no city is for all of them, and stays in the list."""

    prefecture: str = ""
    city: str = ""
    facility: str = ""
    audience: str = ""
    words: str = ""
    news_only: bool = False

    def of(self, rows: Iterable[SubsidyRow]) -> list[SubsidyRow]:
        """What is left of a list."""
        wanted = folded(self.words).split()
        return [row for row in rows if self._lets(row) and all(word in row.found_by for word in wanted)]

    def _lets(self, row: SubsidyRow) -> bool:
        subsidy = row.subsidy
        return (
            (not self.prefecture or not row.prefectures or self.prefecture in row.prefectures)
            and (not self.city or subsidy.city.strip() in ("", self.city))
            and (not self.facility or self.facility in subsidy.facilities)
            and (not self.audience or not row.audience or self.audience in row.audience)
            and (not self.news_only or row.standing is not Standing.KNOWN)
        )


@dataclass(frozen=True, slots=True)
class QuotedSubsidy:
    """What a quote says of a subsidy, word for word as it was listed: nobody here knows whether the customer gets it."""

    title: str
    place: str
    price: str
    phone: str
    listed_on: date  # when the list was seen last


def row_of(subsidy: Subsidy, before: Subsidy | None, *, is_first_list: bool, changed: tuple[str, ...] = ()) -> SubsidyRow:
    """``before``: the same entry in the list before, if it was there."""
    standing = Standing.KNOWN
    if before is None:
        standing = Standing.KNOWN if is_first_list else Standing.NEW
    elif changed:
        standing = Standing.CHANGED
    words = (subsidy.title, subsidy.area, subsidy.prefecture, subsidy.city, subsidy.subsidy_class, *subsidy.facilities)
    return SubsidyRow(subsidy, standing, changed, folded(" ".join((*words, subsidy.price, subsidy.rep, subsidy.overview))))


def prefectures_of(rows: Iterable[SubsidyRow]) -> list[str]:
    """The prefectures of a list from north to south, then what else stands in their place."""
    named = {name for row in rows for name in row.prefectures}
    known = [name for name in PREFECTURE_NAMES_JA.values() if name in named]
    return [*known, *sorted(named - set(known))]


def cities_of(rows: Iterable[SubsidyRow], prefecture: str) -> list[str]:
    """The cities of a prefecture that have an entry."""
    return sorted({row.subsidy.city.strip() for row in rows if prefecture in row.prefectures} - {""})


def facilities_of(rows: Sequence[SubsidyRow]) -> list[str]:
    """What the entries are for, the most frequent first."""
    return _by_count(facility for row in rows for facility in row.subsidy.facilities)


def audiences_of(rows: Sequence[SubsidyRow]) -> list[str]:
    """Whom the entries are for, the most frequent first."""
    return _by_count(part for row in rows for part in row.audience)


def quoted(subsidy: Subsidy, listed_on: date) -> QuotedSubsidy:
    """An entry as a quote keeps it."""
    return QuotedSubsidy(subsidy.title, place_of(subsidy), subsidy.price, subsidy.phone, listed_on)


def place_of(subsidy: Subsidy) -> str:
    """Prefecture and city, or the area where neither is named."""
    return " ".join(filter(None, (subsidy.prefecture.strip(), subsidy.city.strip()))) or subsidy.area.strip()


def _parts_of(text: str) -> tuple[str, ...]:
    return tuple(part for part in _BETWEEN.split(text) if part)


def _by_count(names: Iterable[str]) -> list[str]:
    from collections import Counter

    counts = Counter(filter(None, names))
    return sorted(counts, key=lambda name: (-counts[name], name))
