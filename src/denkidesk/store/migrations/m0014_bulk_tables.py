"""Version 14: tables of many applications as the clerk brought them, each row with the application that it became."""

from typing import Final

STATEMENTS: Final = (
    """
    CREATE TABLE bulk_batches (
        batch_id TEXT PRIMARY KEY NOT NULL,
        kind TEXT NOT NULL,
        source TEXT NOT NULL,
        headings TEXT NOT NULL,
        fields TEXT NOT NULL,
        common TEXT NOT NULL,
        created_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE bulk_rows (
        batch_id TEXT NOT NULL REFERENCES bulk_batches (batch_id) ON DELETE CASCADE,
        line INTEGER NOT NULL,
        cells TEXT NOT NULL,
        item_id TEXT,
        PRIMARY KEY (batch_id, line)
    ) STRICT
    """,
)
