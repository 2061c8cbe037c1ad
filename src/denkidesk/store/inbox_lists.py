"""The rows of a filter or a search, in order, by their numbers: few at once, of many the beginning first and the rest when wished."""

import json
from array import array
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from denkidesk.domain.applications import ListingCriteria
from denkidesk.domain.cancel import CancelToken
from denkidesk.store.connection import Connection
from denkidesk.store.grams import match_of
from denkidesk.store.inbox_views import (
    DUE,
    TAG_SIGNS,
    InboxCounts,
    InboxFilter,
    InboxOrder,
    InboxView,
    Judging,
    count_all,
    counts,
    order_by,
)
from denkidesk.store.listing_criteria import MEETS, parameters
from denkidesk.store.values import search_text

_FEW: Final = 1_500  # so many rows are sooner looked up and sorted than met along an index
_DENSE: Final = 25  # one row in so many is met soon by looking at each row from the top
_BEGINNING: Final = 128
_LOOKED_AT: Final = 4_000
_MET: Final = 20_000
_AT_ONCE: Final = 5_000

_SHOWN_BY: Final = {
    InboxFilter.ALL: "1",
    InboxFilter.UNREAD: "unread = 1",
    InboxFilter.NEEDS_ACTION: "needs_action = 1",
    InboxFilter.OUTAGE: "is_outage = 1",
    InboxFilter.VISIT_TOMORROW: "visit_key = :tomorrow",
    InboxFilter.UNMOVED: """moved_on <= :unmoved AND work_stage IN (
        SELECT work_stage FROM inbox_days WHERE work_stage NOT IN (SELECT value FROM json_each(:closed))
    )""",
}
_KEPT: Final = "receipt_number IN (SELECT value FROM json_each(:kept))"
_WORDS: Final = "NOT EXISTS (SELECT 1 FROM json_each(:words) WHERE NOT instr(search_text, value))"
_TAGGED: Final = """NOT EXISTS (SELECT 1 FROM json_each(:tagged) AS asked WHERE NOT EXISTS (
    SELECT 1 FROM json_each(asked.value) AS one WHERE instr(' ' || tags || ' ', ' ' || one.value || ' ')
))"""
_UNSURE_WORDS: Final = _WORDS.replace(":words", ":unsure")
_FOUND: Final = "SELECT rowid AS id FROM inbox_grams WHERE inbox_grams MATCH :match"
_HOW_MANY_FOUND: Final = "SELECT COUNT(*) FROM (SELECT 1 FROM inbox_grams WHERE inbox_grams MATCH :match LIMIT :most)"


class InboxList:
    """One view, read on one connection."""

    def __init__(self, connection: Connection, view: InboxView, judging: Judging) -> None:
        parts = view.search.split()
        tagged = _tagged(connection, parts)
        words = [word for word in (search_text(part[1:] if part in tagged else part) for part in parts) if word]
        match = match_of(words)
        self._connection = connection
        self._view = view
        self._about: dict[str, object] = {
            **judging.parameters,
            **parameters(view.criteria),
            "kept": json.dumps(sorted(view.kept)),
            "words": json.dumps(words),
            "tagged": json.dumps(list(tagged.values())),
            "unsure": json.dumps(match.unsure),
            "match": match.expression,
        }
        demands = [*([MEETS] if view.criteria != ListingCriteria() else []), *([_TAGGED] if tagged else [])]
        is_met = not demands
        is_filtered = view.filter is not InboxFilter.ALL
        known = counts(connection, judging) if is_filtered else InboxCounts(count_all(connection))
        has_due = view.filter is InboxFilter.NEEDS_ACTION and known.due > 0
        shown = f"({_SHOWN_BY[view.filter]} OR {DUE})" if has_due else _SHOWN_BY[view.filter]
        filtered = f"({shown} OR {_KEPT})" if view.kept and view.filter is not InboxFilter.ALL else shown
        met = " AND ".join(demands) or "1"
        self._asked = f"{filtered} AND {_WORDS} AND {met}"
        # Every row of the list is among the candidates, and what they have to meet besides is cheaper than what any row has to.
        self._most = known.all // _DENSE if _DENSE else known.all
        self._size = int(getattr(known, view.filter)) + len(view.kept)
        self._shown, self._is_exact = "1", False
        found = self._how_many_found() if match.expression else self._size + 1
        self._is_searched = bool(words) or not is_met
        if found <= self._size and not (found > self._most and match.unsure):
            self._candidates, self._size = _FOUND, found
            self._shown = f"{filtered} AND {_UNSURE_WORDS if match.unsure else '1'} AND {met}"
            self._is_exact = found <= self._most and view.filter is InboxFilter.ALL and is_met and not match.unsure
        else:
            also = (_KEPT, DUE) if has_due else (_KEPT,)  # each along its own index
            own = " UNION ".join(f"SELECT id FROM inbox WHERE {one}" for one in (_SHOWN_BY[view.filter], *also))  # noqa: S608 - constants only
            among = f"id IN ({own}) AND {_WORDS} AND {met}" if view.filter is not InboxFilter.ALL else self._asked
            self._candidates = f"SELECT id FROM inbox WHERE {among}" if self._is_searched else own  # noqa: S608
            self._is_exact = not self._is_searched and not view.kept
        # In the order of registration these have indexes of their own.
        is_indexed = view.filter not in (InboxFilter.VISIT_TOMORROW, InboxFilter.UNMOVED) and not has_due
        self._has_index = is_indexed and not self._is_searched and not view.kept and view.order is InboxOrder.REGISTRATION
        if self._has_index:
            self._shown = shown

    def beginning(self) -> tuple["array[int]", int]:
        """The first rows, and how many there are as far as that is known: as many as these where they are all.

        Soon, whatever is asked for: of rows that stand far down there may be none yet. :meth:`all` has them.
        """
        if self._size <= _FEW and not self._has_index:
            ids = self._read("few")
            return ids, len(ids)
        ids = self._read("indexed" if self._has_index else "looked at" if self._size > self._most else "met first", _BEGINNING)
        return ids, self._size if self._is_exact else len(ids) + 1

    def all(self, cancel: CancelToken | None = None) -> "array[int]":
        """All rows. Raises Cancelled where nobody wants them any more."""
        return self._read("indexed" if self._has_index else "few" if self._size <= _FEW else "met", cancel=cancel)

    def count(self) -> int:
        """How many rows there are."""
        if self._is_exact:
            return self._size
        statement = f"SELECT COUNT(*) FROM inbox WHERE id IN ({self._candidates}) AND {self._shown}"  # noqa: S608 - constants only
        return int(self._connection.execute(statement, self._about).fetchone()[0])

    def _how_many_found(self) -> int:
        return int(self._connection.execute(_HOW_MANY_FOUND, {**self._about, "most": max(_FEW, self._most) + 1}).fetchone()[0])

    def _read(self, how: str, limit: int = -1, cancel: CancelToken | None = None) -> "array[int]":
        shown = self._asked if how == "looked at" else self._shown
        statement = _statement(self._view.order, self._view.is_descending, self._candidates, shown, how)
        cursor = self._connection.execute(statement, {**self._about, "limit": limit})
        ids = array("q")
        while rows := cursor.fetchmany(_AT_ONCE):
            if cancel is not None:
                cancel.raise_if_cancelled()
            ids.extend([row["id"] for row in rows])
        return ids


def _tagged(connection: Connection, parts: Sequence[str]) -> dict[str, list[str]]:
    """The words of a search that ask for a tag, each with those it may mean; a sign before no tag in use is a word."""
    signed = [part for part in parts if part[0] in TAG_SIGNS and len(part) > 1]
    if not signed:
        return {}
    from denkidesk.store.inbox_notes import tags_in_use  # few ask for one

    in_use = tags_in_use(connection)
    meant = {part: [tag for tag in in_use if search_text(tag) == search_text(part[1:])] for part in signed}
    return {part: tags for part, tags in meant.items() if tags}


@lru_cache(maxsize=64)
def _statement(order: InboxOrder, descending: bool, candidates: str, shown: str, how: str) -> str:
    """``indexed``: by the filter's own index; ``few`` candidates are looked up and sorted, more of them ``met`` along the order's index.

    Of the order's first rows alone, candidates are ``met first``, or any row is ``looked at``.
    """
    by = order_by(order, descending)
    match how:
        case "indexed":
            rows = f"inbox WHERE {shown} ORDER BY {by}"
        case "few":
            rows = f"({candidates}) AS one CROSS JOIN inbox ON inbox.id = one.id WHERE {shown} ORDER BY {by}"
        case "met":
            # the plus keeps SQLite from looking the candidates up, and the filter's index out of the way
            rows = f"inbox WHERE +id IN ({candidates}) AND +({shown}) ORDER BY {by}"
        case "met first":
            # nothing but numbers is read of the rows that are no candidates
            first = f"(SELECT id FROM inbox ORDER BY {by} LIMIT {_MET}) AS first"  # noqa: S608
            rows = f"{first} CROSS JOIN inbox ON inbox.id = first.id WHERE first.id IN ({candidates}) AND +({shown})"
        case _:
            rows = f"(SELECT * FROM inbox ORDER BY {by} LIMIT {_LOOKED_AT}) AS inbox WHERE {shown}"  # noqa: S608 - constants only
    return f"SELECT inbox.id FROM {rows} LIMIT :limit"  # noqa: S608
