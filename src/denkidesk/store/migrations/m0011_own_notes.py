"""Version 11: what the clerk notes on an application stays on this machine: a note, tags, and the day to look at it again."""

from typing import Final

STATEMENTS: Final = (
    "ALTER TABLE inbox ADD COLUMN note TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE inbox ADD COLUMN noted_at TEXT",
    "ALTER TABLE inbox ADD COLUMN tags TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE inbox ADD COLUMN follow_up_on TEXT",
    "CREATE INDEX inbox_by_follow_up ON inbox (follow_up_on, receipt_number DESC) WHERE follow_up_on IS NOT NULL",
    "CREATE INDEX inbox_by_tags ON inbox (tags) WHERE tags <> ''",
)
