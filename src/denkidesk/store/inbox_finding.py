"""What an entry of the inbox is found, known and sorted by, gathered from all that is known of it."""

import json
from contextlib import suppress
from typing import Final

from denkidesk.domain.applications import ApplicationStatus, ListedApplication
from denkidesk.store.connection import UNREADABLE, Connection
from denkidesk.store.inbox_rows import newest_message
from denkidesk.store.values import search_text

WHO_AND_WHERE: Final = ("customer_name", "supply_point_address")
_MET_AT: Final = "SELECT name AS customer_name, address AS supply_point_address FROM customers WHERE supply_point_number = ? LIMIT 2"


def find_by(connection: Connection, listed: ListedApplication, status: ApplicationStatus | None) -> None:
    """Brings up to date what an entry is found, known and sorted by, in the table and in the index of grams."""
    wanted = "SELECT id, search_text, note, tags FROM inbox WHERE receipt_number = ?"
    row = connection.execute(wanted, (listed.receipt_number,)).fetchone()
    filed, told = _filed(connection, listed.receipt_number), status.items if status is not None else {}
    text = _search_text(listed, status, *filed.values(), row["note"], row["tags"])
    message = newest_message(status, listed.has_message)
    met = _met_at(connection, listed.supply_point_number)
    who_and_where = [told.get(item) or filed[item] or met[item] for item in WHO_AND_WHERE]
    if text != row["search_text"]:
        from denkidesk.store.grams import index_grams  # the first screen reads only

        index_grams(connection, row["id"], row["search_text"], text)
    connection.execute(
        "UPDATE inbox SET search_text = ?, newest_message = ?, customer_name = ?, supply_point_address = ? WHERE id = ?",
        (text, message, *who_and_where, row["id"]),
    )


def _search_text(listed: ListedApplication, status: ApplicationStatus | None, *own: str) -> str:
    parts = [listed.receipt_number, listed.supply_point_number, *listed.extra.values(), *own]
    if status is not None:
        parts += [*status.messages, *status.items.values(), *status.extra.values()]
    return search_text(*parts)


def _filed(connection: Connection, receipt_number: str) -> dict[str, str]:
    """Who and where, as the application of this desk has it; nothing where it was filed elsewhere."""
    row = connection.execute("SELECT application FROM outbox WHERE receipt_number = ?", (receipt_number,)).fetchone()
    if row is not None:
        with suppress(*UNREADABLE):
            sent = json.loads(row["application"])
            return {item: sent.get(item) or "" for item in WHO_AND_WHERE}
    return dict.fromkeys(WHO_AND_WHERE, "")


def _met_at(connection: Connection, supply_point_number: str) -> dict[str, str]:
    """Who was met at a supply point, if it was never anybody else: a guess between two would call somebody by another's name."""
    met = connection.execute(_MET_AT, (supply_point_number,)).fetchall() if supply_point_number else ()
    return dict(met[0]) if len(met) == 1 else dict.fromkeys(WHO_AND_WHERE, "")
