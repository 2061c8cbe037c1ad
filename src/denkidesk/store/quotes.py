"""Quotes with everything they were computed from: opened a year later, a quote shows the same yen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from denkidesk.domain.clock import Now
from denkidesk.store.connection import Database, Row, read_row
from denkidesk.store.values import canonical_json, refuse_unstorable, to_moment, to_text


@dataclass(frozen=True, slots=True)
class StoredQuote:
    """One quote as texts: JSON of the inputs (usage, options), of the plan's figures, and of the result."""

    quote_id: str
    created_at: datetime
    title: str
    engine_version: str
    inputs: str
    plan: str
    result: str


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """A quote without its usage, which is most of it: for a list. ``plans``: all that it compares, at every supply point, as JSON."""

    quote_id: str
    created_at: datetime
    title: str
    plan: str
    result: str
    plans: str


_LINES: Final = """
    SELECT quote_id, created_at, title, plan, result, COALESCE(
        (SELECT json_group_array(json(plan.value)) FROM json_each(inputs, '$[4]') AS point, json_each(point.value, '$.plans') AS plan
            HAVING COUNT(*)),
        json_extract(inputs, '$[3]'), '[]') AS plans
    FROM quotes ORDER BY position DESC
"""
"""The inputs are usage, options, paper bill, plans, and of several supply points each with its own plans; earlier versions kept fewer."""


class QuoteStore:
    """Quotes are only ever added."""

    def __init__(self, database: Database, now: Now) -> None:
        self._database = database
        self._now = now

    def add(self, *, title: str, engine_version: str, inputs: str, plan: str, result: str) -> StoredQuote:
        """Keeps a quote under the next number of the day: 20260401-003."""
        refuse_unstorable("title", title)
        now = self._now()
        with self._database.writing() as connection:
            day = now.strftime("%Y%m%d")
            taken = connection.execute("SELECT COUNT(*) FROM quotes WHERE quote_id LIKE ? || '-%'", (day,)).fetchone()[0]
            quote = StoredQuote(f"{day}-{taken + 1:03}", now, title, engine_version, inputs, plan, result)
            connection.execute(
                "INSERT INTO quotes (quote_id, created_at, title, engine_version, inputs, plan, result, sha256) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (quote.quote_id, to_text(now), title, engine_version, inputs, plan, result, _digest(quote)),
            )
        return quote

    def get(self, quote_id: str) -> StoredQuote | None:
        """A quote as it was kept; SetupFault (``damaged``) if a byte of it differs."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT * FROM quotes WHERE quote_id = ?", (quote_id,)).fetchone()
        return None if row is None else read_row(row, _quote, "quotes")

    def lines(self) -> tuple[QuoteLine, ...]:
        """Every quote, the newest first; whether a byte differs shows when one is opened."""
        return self._database.read(_LINES, (), _line, "quotes")

    def all(self) -> tuple[StoredQuote, ...]:
        """Every quote, the newest first."""
        return self._database.read("SELECT * FROM quotes ORDER BY position DESC", (), _quote, "quotes")

    def titled(self, name: str) -> tuple[tuple[str, datetime, str], ...]:
        """Number, time and title of the quotes whose title has a name in it, the newest first."""
        query = "SELECT quote_id, created_at, title FROM quotes WHERE instr(title, ?) ORDER BY position DESC"
        return self._database.read(query, (name,), lambda row: (row["quote_id"], to_moment(row["created_at"]), row["title"]), "quotes")


def _quote(row: Row) -> StoredQuote:
    quote = StoredQuote(
        row["quote_id"], to_moment(row["created_at"]), row["title"], row["engine_version"], row["inputs"], row["plan"], row["result"]
    )
    if _digest(quote) != row["sha256"]:
        raise ValueError(quote.quote_id)
    return quote


def _line(row: Row) -> QuoteLine:
    return QuoteLine(row["quote_id"], to_moment(row["created_at"]), row["title"], row["plan"], row["result"], row["plans"])


def _digest(quote: StoredQuote) -> str:
    content = canonical_json([quote.title, quote.engine_version, quote.inputs, quote.plan, quote.result])
    import hashlib

    return hashlib.sha256(content.encode("utf-8")).hexdigest()
