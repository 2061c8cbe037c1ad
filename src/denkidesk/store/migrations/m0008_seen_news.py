"""Version 8: how far down the history of an application the clerk has seen; of what is read already, all of it."""

from typing import Final

STATEMENTS: Final = (
    "ALTER TABLE inbox ADD COLUMN seen_to INTEGER NOT NULL DEFAULT 0",
    "UPDATE inbox SET seen_to = (SELECT COALESCE(MAX(id), 0) FROM inbox_history) WHERE unread = 0",
)
