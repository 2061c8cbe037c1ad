"""Version 4: what came later is told by numbers that only grow; the times beside them are for the eye, because a clock may be wrong.

The numbers of ``inbox_history`` order what the inbox has seen: an attempt remembers the newest one at its beginning.
"""

from typing import Final

STATEMENTS: Final = (
    "ALTER TABLE inbox ADD COLUMN status_is_old INTEGER NOT NULL DEFAULT 0",
    "UPDATE inbox SET status_is_old = 1 WHERE status_at < changed_at",
    "ALTER TABLE outbox_attempts ADD COLUMN inbox_seen INTEGER NOT NULL DEFAULT 0",
    "DROP TRIGGER outbox_attempts_are_not_rewritten",
    "UPDATE outbox_attempts SET inbox_seen = (SELECT COALESCE(MAX(id), 0) FROM inbox_history WHERE inbox_history.at < outbox_attempts.at)",
    """
    CREATE TRIGGER outbox_attempts_are_not_rewritten BEFORE UPDATE ON outbox_attempts
    BEGIN SELECT RAISE(ABORT, 'append only'); END
    """,
    "ALTER TABLE catalogue RENAME TO catalogue_by_time",
    """
    CREATE TABLE catalogue (
        id INTEGER PRIMARY KEY,
        topic TEXT NOT NULL,
        key TEXT NOT NULL,
        fetched_at TEXT NOT NULL,
        checked_at TEXT NOT NULL,
        payload TEXT NOT NULL,
        sha256 TEXT NOT NULL
    ) STRICT
    """,
    "INSERT INTO catalogue (topic, key, fetched_at, checked_at, payload, sha256) "
    "SELECT topic, key, fetched_at, checked_at, payload, sha256 FROM catalogue_by_time ORDER BY fetched_at",
    "DROP TABLE catalogue_by_time",
    "CREATE INDEX catalogue_by_key ON catalogue (topic, key, id)",
)
