"""Version 3: any number of drafts, each with an id of its own; before it there was at most one a kind."""

from typing import Final

STATEMENTS: Final = (
    "ALTER TABLE drafts RENAME TO drafts_by_kind",
    "CREATE TABLE drafts (draft_id TEXT PRIMARY KEY NOT NULL, kind TEXT NOT NULL, fields TEXT NOT NULL, saved_at TEXT NOT NULL) STRICT",
    # The kind was the key, so it is an id as good as any; opening a draft gives it a new one.
    "INSERT INTO drafts (draft_id, kind, fields, saved_at) SELECT kind, kind, fields, saved_at FROM drafts_by_kind WHERE fields <> '{}'",
    "DROP TABLE drafts_by_kind",
)
