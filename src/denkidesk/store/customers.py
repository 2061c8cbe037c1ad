"""Past customers: one row for each name at each supply point, found by any part of what is known of them."""

import json
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Final

from denkidesk.domain.customers import Customer
from denkidesk.store.connection import UNREADABLE, Connection, Database, Row
from denkidesk.store.values import refuse_unstorable, search_text

_FOUND_BY_LETTERS: Final = """
    SELECT customers.* FROM customer_grams CROSS JOIN customers ON customers.customer_id = customer_grams.rowid
    WHERE customer_grams MATCH :match AND NOT EXISTS (SELECT 1 FROM json_each(:unsure) WHERE NOT instr(search_text, value))
    ORDER BY customer_grams.rowid DESC LIMIT :limit
"""
_FOUND_BY_SIGNS: Final = """
    SELECT * FROM customers WHERE NOT EXISTS (SELECT 1 FROM json_each(:unsure) WHERE NOT instr(search_text, value))
    ORDER BY customer_id DESC LIMIT :limit
"""
_AT_POINTS: Final = """
    SELECT * FROM customers WHERE customer_id IN (
        SELECT (SELECT MAX(customer_id) FROM customers WHERE supply_point_number = value) FROM json_each(:numbers)
    )
"""
_KNOWN_AT_POINT: Final = "SELECT * FROM customers WHERE supply_point_number = ? ORDER BY customer_id DESC"
_KNOWN_BY_NAME: Final = "SELECT * FROM customers WHERE supply_point_number = '' AND name_key = ? ORDER BY customer_id DESC"
_DRAFT: Final = "SELECT fields FROM drafts WHERE draft_id = ?"


class CustomerStore:
    """The customer met last first, everywhere."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def search(self, text: str, limit: int) -> tuple[Customer, ...]:
        """Who is found by every word: a part of the supply point number, of name, reading or address, of the digits of the phone number;
        blind to width, kana, case, variants of kanji and what stands between digits.
        """
        words = [word for word in map(_asked_for, text.split()) if word]
        if not words:
            return ()
        from denkidesk.store.grams import match_of

        match = match_of(words, of_numbers=True)
        query = _FOUND_BY_LETTERS if match.expression else _FOUND_BY_SIGNS
        asked = {"match": match.expression, "unsure": json.dumps(match.unsure), "limit": limit}
        return self._database.read(query, asked, customer_of, "customers")

    def at_point(self, supply_point_number: str) -> tuple[Customer, ...]:
        """Everybody who was met at a supply point."""
        return self._database.read(_KNOWN_AT_POINT, (supply_point_number,), customer_of, "customers") if supply_point_number else ()

    def at_points(self, supply_point_numbers: Collection[str]) -> Mapping[str, Customer]:
        """Who was met last at each of the supply points."""
        numbers = json.dumps([number for number in supply_point_numbers if number])
        found = self._database.read(_AT_POINTS, {"numbers": numbers}, customer_of, "customers")
        return {customer.supply_point_number: customer for customer in found}

    def note(self, customer: Customer) -> None:
        """As :func:`note_customer`, in a transaction of its own."""
        self.note_all((customer,))

    def note_all(self, customers: Iterable[Customer]) -> None:
        """As :meth:`note`, many in one transaction."""
        with self._database.writing() as connection:
            for customer in customers:
                note_customer(connection, customer)


def note_customer(connection: Connection, met: Customer) -> None:
    """A customer was met again, or for the first time: what is said now counts, and what is left out stays as it was.

    Whoever has another name at a supply point is another customer there, at the same address.
    """
    met = replace(met, name=met.name.strip(), address=met.address.strip(), phone=met.phone.strip())
    if not (met.supply_point_number or met.name):
        return
    refuse_unstorable("customer", [met.supply_point_number, met.name, met.reading, met.phone, met.postcode, met.address])
    key = search_text(met.name)
    query, of = (_KNOWN_AT_POINT, met.supply_point_number) if met.supply_point_number else (_KNOWN_BY_NAME, key)
    known = [(row["name_key"], customer_of(row)) for row in connection.execute(query, (of,)).fetchall()]
    same = next((one for name, one in known if name == key or not key or not name), None)
    if same is not None:
        forget_customer(connection, same.customer_id)
        met = replace(
            met,
            name=met.name or same.name,
            reading=met.reading or same.reading,
            phone=met.phone or same.phone,
        )
    if known:
        newest = same or known[0][1]
        moved = bool(met.address) and search_text(met.address) != search_text(newest.address)
        met = replace(met, postcode=met.postcode or ("" if moved else newest.postcode), address=met.address or newest.address)
    _insert(connection, met)


def note_filed_customer(connection: Connection, supply_point_number: str, items: Mapping[str, str], draft_id: str, at: str) -> None:
    """The customer of an application of this desk; the form's own words tell what the application does not."""
    fields: dict[str, str] = {}
    row = connection.execute(_DRAFT, (draft_id,)).fetchone()
    if row is not None:
        with suppress(*UNREADABLE):
            fields = {str(name): str(value) for name, value in json.loads(row["fields"]).items()}
    note_customer(
        connection,
        Customer(
            supply_point_number,
            items.get("customer_name") or "",
            phone=fields.get("contact_phone", ""),
            postcode=fields.get("postcode", ""),
            address=items.get("supply_point_address") or "",
            seen_at=at,
        ),
    )


def _insert(connection: Connection, customer: Customer) -> None:
    text = _found_by(customer)
    cursor = connection.execute(
        "INSERT INTO customers (supply_point_number, name, name_key, reading, phone, postcode, address, seen_at, search_text) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            customer.supply_point_number,
            customer.name,
            search_text(customer.name),
            customer.reading,
            customer.phone,
            customer.postcode,
            customer.address,
            customer.seen_at,
            text,
        ),
    )
    from denkidesk.store.grams import grams_of_numbers

    connection.execute("INSERT INTO customer_grams (rowid, text) VALUES (?, ?)", (cursor.lastrowid, grams_of_numbers(text)))


def forget_customer(connection: Connection, customer_id: int) -> None:
    """Knows a customer no longer, neither by number nor by name."""
    from denkidesk.store.grams import grams_of_numbers

    row = connection.execute("SELECT search_text FROM customers WHERE customer_id = ?", (customer_id,)).fetchone()
    grams = grams_of_numbers(row["search_text"])
    connection.execute("INSERT INTO customer_grams (customer_grams, rowid, text) VALUES ('delete', ?, ?)", (customer_id, grams))
    connection.execute("DELETE FROM customers WHERE customer_id = ?", (customer_id,))


def _found_by(customer: Customer) -> str:
    numbers = (_digits(search_text(number)) for number in (customer.phone, customer.postcode))
    return search_text(customer.supply_point_number, customer.name, customer.reading, *numbers, customer.address)


def _asked_for(word: str) -> str:
    """A number is asked for by its digits, however they are parted."""
    folded = search_text(word)
    return _digits(folded) if folded.strip("0123456789()+/.,") == "" and _digits(folded) else folded


def _digits(text: str) -> str:
    return "".join(ch for ch in text if ch.isdigit())


def customer_of(row: Row) -> Customer:
    """A row of the table as a value."""
    return Customer(
        supply_point_number=row["supply_point_number"],
        name=row["name"],
        reading=row["reading"],
        phone=row["phone"],
        postcode=row["postcode"],
        address=row["address"],
        seen_at=row["seen_at"],
        customer_id=row["customer_id"],
    )
