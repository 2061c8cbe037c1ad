"""Version 9: fuel prices by bill month, supplements of plans, and the paper bills that were matched."""

from typing import Final

STATEMENTS: Final = (
    """
    CREATE TABLE fuel_prices (
        id INTEGER PRIMARY KEY,
        company TEXT NOT NULL,
        contract_class TEXT NOT NULL,
        bill_month TEXT NOT NULL,
        origin TEXT NOT NULL,
        per_kwh TEXT NOT NULL,
        fixed TEXT NOT NULL,
        subsidy TEXT,
        source TEXT NOT NULL,
        noted_at TEXT NOT NULL,
        UNIQUE (company, contract_class, bill_month, origin)
    ) STRICT
    """,
    """
    CREATE TABLE supplements (
        plan TEXT PRIMARY KEY NOT NULL,
        payload TEXT NOT NULL,
        saved_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE matched_bills (
        id INTEGER PRIMARY KEY,
        matched_at TEXT NOT NULL,
        customer TEXT NOT NULL,
        payload TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX matched_bills_by_customer ON matched_bills (customer, id)",
)
