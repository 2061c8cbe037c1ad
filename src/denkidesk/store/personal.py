"""One customer's data wherever it is held: found, and taken out for good.

What is left of an application is what proves that it was filed: receipt number, kind, times, and the hash of what was sent.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from enum import StrEnum
from typing import Any, Final

from denkidesk.domain.customers import Customer
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import ErasureCode
from denkidesk.domain.values import dataclass
from denkidesk.store.connection import UNREADABLE, Connection, Database, Row
from denkidesk.store.customers import customer_of, forget_customer
from denkidesk.store.inbox_finding import find_by
from denkidesk.store.inbox_rows import entry_of
from denkidesk.store.values import search_text


class Held(StrEnum):
    """Where something of a customer may be held."""

    CUSTOMERS = "customers"
    DRAFTS = "drafts"
    OUTBOX = "outbox"
    INBOX = "inbox"
    QUOTES = "quotes"
    BILLS = "bills"
    TABLES = "tables"  # of many applications, as the clerk brought them


@dataclass(frozen=True, slots=True)
class Holding:
    """One row that is about the customer. ``key``: names it within its place; ``values``: what it says, by the names of items."""

    place: Held
    key: str
    at: str
    values: Mapping[str, str]
    is_open: bool = False  # an application whose end is not known yet


_OPEN: Final = ("queued", "sending", "unknown", "ask")
_QUERIES: Final[Mapping[Held, str]] = {
    Held.CUSTOMERS: "SELECT * FROM customers WHERE supply_point_number = :point OR name_key = :name",
    Held.DRAFTS: "SELECT * FROM drafts",
    Held.OUTBOX: "SELECT * FROM outbox WHERE supply_point_number = :point OR supply_point_number = '' OR :point = '' ORDER BY position",
    Held.INBOX: "SELECT * FROM inbox WHERE (:point <> '' AND supply_point_number = :point) OR (:name <> '' AND instr(search_text, :name))",
    Held.QUOTES: (
        "SELECT quote_id, created_at, title, inputs, plan, result FROM quotes WHERE :name <> '' "
        "UNION ALL SELECT draft_id, saved_at, customer, content, '', '[]' FROM quote_drafts WHERE :name <> ''"
    ),
    Held.BILLS: "SELECT * FROM matched_bills WHERE :name <> ''",
    Held.TABLES: "SELECT * FROM bulk_rows JOIN bulk_batches USING (batch_id)",
}
_CUSTOMER_ITEMS: Final = ("customer", "customer_name")
"""What a quote's JSON calls the customer."""
_APPEND_ONLY: Final = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND instr(sql, 'append only')"
_LIFTED: Final[Mapping[str, str]] = {
    "outbox_attempts_are_not_rewritten": "DROP TRIGGER outbox_attempts_are_not_rewritten",
    "outbox_events_are_not_rewritten": "DROP TRIGGER outbox_events_are_not_rewritten",
    "inbox_history_is_not_rewritten": "DROP TRIGGER inbox_history_is_not_rewritten",
}
_WITHOUT_CUSTOMER: Final = """
    UPDATE outbox SET supply_point_number = '', reception_message = '', failure_message = '',
        application = json_set(application, '$.supply_point_number', '', '$.supply_point_address', NULL, '$.customer_name', NULL,
            '$.extra', json('{}'))
    WHERE item_id = ?
"""
_WITHOUT_SENT: Final = "UPDATE outbox_attempts SET payload = '', envelope = x'' WHERE item_id = ?"
# of an event stays what names an application or an attempt: a receipt number, a request's id
_WITHOUT_WORDS: Final = "UPDATE outbox_events SET detail = '' WHERE item_id = ? AND to_state NOT IN ('accepted', 'sending')"
_WITHOUT_STATUS: Final = """
    UPDATE inbox SET supply_point_number = '', status = NULL, extra = '{}', note = '', noted_at = NULL, tags = '' WHERE receipt_number = ?
"""
_WITHOUT_HISTORY: Final = """
    UPDATE inbox_history SET before = '', after = ''
    WHERE receipt_number = ? AND kind NOT IN ('new', 'filed', 'work_stage', 'registered_on', 'visit_on', 'has_message')
"""


class PersonalStore:
    """A row is a customer's where point and name agree, as far as the row tells them; what tells neither is nobody's.

    ``customer``: with a supply point number, a name, or both.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def holdings(self, customer: Customer) -> tuple[Holding, ...]:
        """Everything that is held of a customer."""
        with self._database.reading() as connection:
            return tuple(_held(connection, customer))

    def erase(self, customer: Customer) -> tuple[Holding, ...]:
        """Takes out what is held of a customer, in one transaction, and returns what it was.

        Raises InputRefused("customer", ``still_open``; facts: ``count``) while the end of an application is not known: nothing may be lost.
        """
        with self._database.writing() as connection:
            connection.execute("PRAGMA secure_delete = ON")
            held = tuple(_held(connection, customer))
            if still_open := sum(one.is_open for one in held):
                raise InputRefused.of("customer", ErasureCode.STILL_OPEN, count=str(still_open))
            with _rewriting(connection):
                for one in held:
                    _ERASERS[one.place](connection, one.key)
        with self._database.reading() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()  # the log has the old pages
        return held


def _held(connection: Connection, customer: Customer) -> Iterator[Holding]:
    about = {"point": customer.supply_point_number, "name": search_text(customer.name)}
    for place, query in _QUERIES.items():
        for row in connection.execute(query, about).fetchall():
            with suppress(*UNREADABLE):
                holding, points, names = _READERS[place](row)
                if _agree(about["point"], points) and _agree(about["name"], tuple(map(search_text, names))) and (points or names):
                    yield holding


def _agree(asked: str, told: Sequence[str]) -> bool:
    """Whether a row may mean what is asked for; silence on either side is no contradiction."""
    return not asked or not told or asked in told


def _draft(row: Row) -> "_Read":
    fields = {str(name): str(value) for name, value in json.loads(row["fields"]).items() if value}
    return Holding(Held.DRAFTS, row["draft_id"], row["saved_at"], {"kind": row["kind"], **fields}), *_who(fields)


def _item(row: Row) -> "_Read":
    sent: dict[str, Any] = json.loads(row["application"])
    texts = {**{name: str(value) for name, value in sent.items() if isinstance(value, str) and value}, **(sent.get("extra") or {})}
    values = {"state": row["state"], "receipt_number": row["receipt_number"], **texts, "reception_message": row["reception_message"]}
    holding = Holding(Held.OUTBOX, row["item_id"], row["created_at"], _filled(values), is_open=row["state"] in _OPEN)
    return holding, *_who(texts)


def _entry(row: Row) -> "_Read":
    entry = entry_of(row)
    listed, status = entry.listed, entry.status
    said = {**listed.extra, **(status.items if status else {}), **(status.extra if status else {})}
    values = {
        **{name: row[name] for name in ("receipt_number", "kind", "work_stage", "registered_on", "visit_on", "supply_point_number")},
        **said,
        "messages": "\n".join(status.messages) if status else "",
        "note": row["note"],
        "tags": row["tags"],
    }
    names = {"supply_point_number": listed.supply_point_number, **said}
    return Holding(Held.INBOX, listed.receipt_number, row["first_seen_at"], _filled(values)), *_who(names)


def _customer(row: Row) -> "_Read":
    one = customer_of(row)
    values = {
        "supply_point_number": one.supply_point_number,
        "customer_name": one.name,
        "reading": one.reading,
        "contact_phone": one.phone,
        "postcode": one.postcode,
        "supply_point_address": one.address,
    }
    return Holding(Held.CUSTOMERS, str(one.customer_id), one.seen_at, _filled(values)), *_who(values)


def _quote(row: Row) -> "_Read":
    values = {"title": row["title"], "inputs": row["inputs"], "plan": row["plan"], "result": row["result"]}
    return (
        Holding(Held.QUOTES, row["quote_id"], row["created_at"], values),
        (),
        tuple({*_customers_in(json.loads(row["inputs"])), *_customers_in(json.loads(row["result"]))}),
    )


def _customers_in(value: Any) -> Iterator[str]:
    """Whose quote it is, and whose paper bill stands in it."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, dict):
        yield from (name for item in _CUSTOMER_ITEMS if isinstance(name := value.get(item), str) and name)
    for one in inner:
        yield from _customers_in(one)


def _bill(row: Row) -> "_Read":
    return Holding(Held.BILLS, str(row["id"]), row["matched_at"], {"bill": row["payload"]}), (), (row["customer"],)


def _table_row(row: Row) -> "_Read":
    cells = dict(zip(json.loads(row["fields"]), map(str, json.loads(row["cells"])), strict=False))
    values = {name: text for name, text in cells.items() if name and text}
    number = "".join(re.findall(r"[0-9]", unicodedata.normalize("NFKC", values.get("supply_point_number", ""))))  # in groups, or full width
    holding = Holding(Held.TABLES, f"{row['batch_id']} {row['line']}", row["created_at"], {"kind": row["kind"], **values})
    return holding, *_who({**values, "supply_point_number": number})


def _who(values: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The supply point and the name that a row tells, each where it tells one."""
    return tuple(tuple(filter(None, (values.get(name),))) for name in ("supply_point_number", "customer_name"))  # type: ignore[return-value]


def _filled(values: Mapping[str, str | None]) -> dict[str, str]:
    return {name: text for name, text in values.items() if text}


@contextmanager
def _rewriting(connection: Connection) -> Iterator[None]:
    """Lifts, within the transaction, what keeps the journals from being rewritten."""
    kept = {row["name"]: row["sql"] for row in connection.execute(_APPEND_ONLY)}
    for name, lift in _LIFTED.items():
        if name in kept:
            connection.execute(lift)
    yield
    for name in _LIFTED:
        if name in kept:
            connection.execute(kept[name])


def _erase_customer(connection: Connection, key: str) -> None:
    forget_customer(connection, int(key))


def _erase_draft(connection: Connection, key: str) -> None:
    connection.execute("DELETE FROM drafts WHERE draft_id = ?", (key,))


def _erase_item(connection: Connection, key: str) -> None:
    for statement in (_WITHOUT_CUSTOMER, _WITHOUT_SENT, _WITHOUT_WORDS):
        connection.execute(statement, (key,))
    row = connection.execute("SELECT receipt_number FROM outbox WHERE item_id = ?", (key,)).fetchone()
    if row["receipt_number"]:
        _erase_entry(connection, row["receipt_number"])


def _erase_entry(connection: Connection, key: str) -> None:
    for statement in (_WITHOUT_STATUS, _WITHOUT_HISTORY):
        connection.execute(statement, (key,))
    row = connection.execute("SELECT * FROM inbox WHERE receipt_number = ?", (key,)).fetchone()
    if row is not None:
        find_by(connection, entry_of(row).listed, None)


def _erase_quote(connection: Connection, key: str) -> None:
    connection.execute("DELETE FROM quotes WHERE quote_id = ?", (key,))
    connection.execute("DELETE FROM quote_drafts WHERE draft_id = ?", (key,))  # its key is no quote's number


def _erase_bill(connection: Connection, key: str) -> None:
    connection.execute("DELETE FROM matched_bills WHERE id = ?", (int(key),))


def _erase_table_row(connection: Connection, key: str) -> None:
    batch_id, line = key.split(" ")
    connection.execute("DELETE FROM bulk_rows WHERE batch_id = ? AND line = ?", (batch_id, int(line)))


_Read = tuple[Holding, tuple[str, ...], tuple[str, ...]]
_READERS: Final[Mapping[Held, Callable[[Row], _Read]]] = {
    Held.CUSTOMERS: _customer,
    Held.DRAFTS: _draft,
    Held.OUTBOX: _item,
    Held.INBOX: _entry,
    Held.QUOTES: _quote,
    Held.BILLS: _bill,
    Held.TABLES: _table_row,
}
_ERASERS: Final[Mapping[Held, Callable[[Connection, str], None]]] = {
    Held.CUSTOMERS: _erase_customer,
    Held.DRAFTS: _erase_draft,
    Held.OUTBOX: _erase_item,
    Held.INBOX: _erase_entry,
    Held.QUOTES: _erase_quote,
    Held.BILLS: _erase_bill,
    Held.TABLES: _erase_table_row,
}
