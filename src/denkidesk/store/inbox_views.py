"""What the inbox can be asked for: filters, orders, words; and the SQL of an order."""

import json
from collections.abc import Callable, Collection
from dataclasses import field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from denkidesk.domain.applications import InboxEntry, ListingCriteria
from denkidesk.domain.values import dataclass
from denkidesk.store.connection import Connection


class InboxFilter(StrEnum):
    """The one-click filters."""

    ALL = "all"
    UNREAD = "unread"  # 未読
    NEEDS_ACTION = "needs_action"  # 要対応: a message that is unread or was not fetched since, or a day to look again that has come
    OUTAGE = "outage"  # 停電
    VISIT_TOMORROW = "visit_tomorrow"  # 明日訪問
    UNMOVED = "unmoved"  # 動きなし: open, and nothing moved for some days


class InboxOrder(StrEnum):
    """What the rows are sorted by: a column of the table."""

    READING = "is_read"
    KIND = "kind_key"
    NAME = "name_key"
    ADDRESS = "address_key"
    STAGE = "work_stage"
    VISIT = "visit_key"
    MOVEMENT = "moved_on"
    MESSAGE = "newest_message"
    REGISTRATION = "registered_key"
    RECEIPT = "receipt_number"
    SUPPLY_POINT = "supply_point_number"


TAG_SIGNS: Final = "#＃"


@dataclass(frozen=True, slots=True)
class Judging:
    """What the filters are held against: the day, the stages after which nothing is waited for, and how many days are long."""

    today: date
    closed_stages: Callable[[], Collection[str]] = tuple  # asked for where there are rows: they are read from a file
    unmoved_days: int = 7

    @property
    def long_ago(self) -> date:
        """What moved after that day did so lately."""
        return self.today - timedelta(days=self.unmoved_days)

    def is_unmoved(self, entry: InboxEntry) -> bool:
        """Whether it is open, and nothing moved for so many days that somebody should ask."""
        return entry.moved_on is not None and entry.moved_on <= self.long_ago and entry.listed.work_stage not in self.closed_stages()

    @property
    def parameters(self) -> dict[str, str]:
        """As the SQL of a view takes them."""
        return {
            "today": self.today.isoformat(),
            "tomorrow": (self.today + timedelta(days=1)).isoformat(),
            "unmoved": self.long_ago.isoformat(),
            "closed": json.dumps(sorted(self.closed_stages())),
        }


@dataclass(frozen=True, slots=True)
class InboxView:
    """What of the inbox is asked for. ``search``: words, all of which must occur; blind to width, kana and case. #至急 is a tag.

    ``criteria``: those of the utility's listing, met by what is stored. ``kept``: shown too, though the filter has let them go.
    Equal keys stand with the newest receipt first in ascending order, days in descending order; the other way round all is reversed.
    """

    filter: InboxFilter = InboxFilter.ALL
    search: str = ""
    criteria: ListingCriteria = ListingCriteria()
    order: InboxOrder = InboxOrder.REGISTRATION
    is_descending: bool = True
    kept: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_everything(self) -> bool:
        """Whether it shows all rows."""
        return self.filter is InboxFilter.ALL and not self.search.split() and self.criteria == ListingCriteria()


@dataclass(frozen=True, slots=True)
class InboxCounts:
    """How many entries each filter shows."""

    all: int
    unread: int = 0
    needs_action: int = 0
    outage: int = 0
    visit_tomorrow: int = 0
    unmoved: int = 0
    due: int = 0  # whose day to look again has come: they need action, whatever the utility says


DUE: Final = "follow_up_on <= :today"
_KEPT_COUNTS: Final = "SELECT name, entries FROM inbox_counts"
_COUNT_ALL: Final = "SELECT entries FROM inbox_counts WHERE name = 'all'"
_COUNTS: Final = """
    SELECT 'visit_tomorrow' AS name, COUNT(*) AS entries FROM inbox WHERE visit_key = :tomorrow
    UNION ALL SELECT 'unmoved', COALESCE(SUM(entries), 0) FROM inbox_days
        WHERE moved_on <= :unmoved AND work_stage NOT IN (SELECT value FROM json_each(:closed))
    UNION ALL SELECT 'due', COUNT(*) FROM inbox WHERE follow_up_on <= :today
    UNION ALL SELECT 'needs_action', (SELECT entries FROM inbox_counts WHERE name = 'needs_action') + COUNT(*) FROM inbox
        WHERE follow_up_on <= :today AND needs_action = 0
"""


def counts(connection: Connection, judging: Judging) -> InboxCounts:
    """How many entries each filter shows."""
    found = {row["name"]: int(row["entries"]) for row in connection.execute(_KEPT_COUNTS)}
    if not found["all"]:
        return InboxCounts(0)
    return InboxCounts(**found | {row["name"]: int(row["entries"]) for row in connection.execute(_COUNTS, judging.parameters)})


def count_all(connection: Connection) -> int:
    """How many entries there are."""
    return int(connection.execute(_COUNT_ALL).fetchone()[0])


def ties_descend(order: InboxOrder, descending: bool) -> bool:
    """Which way equal keys go by their receipt number."""
    return descending is (order in (InboxOrder.MOVEMENT, InboxOrder.REGISTRATION, InboxOrder.RECEIPT))


def order_by(order: InboxOrder, descending: bool) -> str:
    """What stands behind ORDER BY."""
    ways = ("ASC", "DESC")
    return f"{order} {ways[descending]}, receipt_number {ways[ties_descend(order, descending)]}"
