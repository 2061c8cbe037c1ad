"""Version 6: which application's status was asked for longest ago, told by a number that only grows; 0 is never."""

from typing import Final

STATEMENTS: Final = (
    "ALTER TABLE inbox ADD COLUMN status_look INTEGER NOT NULL DEFAULT 0",
    "UPDATE inbox SET status_look = (SELECT COUNT(*) FROM inbox AS earlier WHERE earlier.status_at <= inbox.status_at)",
    "CREATE INDEX inbox_by_status_look ON inbox (status_look)",
)
