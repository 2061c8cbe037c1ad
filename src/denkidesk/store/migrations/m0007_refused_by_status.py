"""Version 7: an application that was refused by a status alone, as a page that is not the utility's own, is told from others."""

from typing import Final

STATEMENTS: Final = ("ALTER TABLE outbox ADD COLUMN by_status INTEGER NOT NULL DEFAULT 0",)
