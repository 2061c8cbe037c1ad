"""Version 16: a quote of several supply points that is being put together outlives the program."""

from typing import Final

STATEMENTS: Final = (
    """
    CREATE TABLE quote_drafts (
        draft_id TEXT PRIMARY KEY NOT NULL,
        customer TEXT NOT NULL,
        content TEXT NOT NULL,
        saved_at TEXT NOT NULL
    ) STRICT
    """,
)
