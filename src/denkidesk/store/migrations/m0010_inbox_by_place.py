"""Version 10: the inbox is read by place. Each order has an index, each filter a count that every change keeps, search an index of grams.

Rows have a number of their own, which is never given twice: what the index of grams still says of a row that is gone finds nothing.
"""

from typing import Final

_COLUMNS: Final = (
    "receipt_number, work_stage, registered_on, visit_on, selection_code, supply_point_number, has_message, extra, kind, unread, "
    "previous_stage, first_seen_at, changed_at, synced_at, status, status_at, search_text, status_is_old, status_look, seen_to"
)
_NEEDS_ACTION: Final = "has_message = 1 AND (unread = 1 OR status_at IS NULL OR status_is_old = 1)"

STATEMENTS: Final = (
    f"""
    CREATE TABLE inbox_by_id (
        receipt_number TEXT NOT NULL UNIQUE,
        work_stage TEXT NOT NULL,
        registered_on TEXT,
        visit_on TEXT,
        selection_code TEXT NOT NULL,
        supply_point_number TEXT NOT NULL,
        has_message INTEGER NOT NULL,
        extra TEXT NOT NULL,
        kind TEXT,
        unread INTEGER NOT NULL,
        previous_stage TEXT NOT NULL,
        first_seen_at TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        synced_at TEXT NOT NULL,
        status TEXT,
        status_at TEXT,
        search_text TEXT NOT NULL,
        status_is_old INTEGER NOT NULL DEFAULT 0,
        status_look INTEGER NOT NULL DEFAULT 0,
        seen_to INTEGER NOT NULL DEFAULT 0,
        newest_message TEXT NOT NULL DEFAULT '',
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        is_read INTEGER NOT NULL AS (unread = 0),
        kind_key TEXT NOT NULL AS (COALESCE(kind, '')),
        visit_key TEXT NOT NULL AS (COALESCE(visit_on, '9')),
        registered_key TEXT NOT NULL AS (COALESCE(registered_on, '')),
        needs_action INTEGER NOT NULL AS ({_NEEDS_ACTION}),
        is_outage INTEGER NOT NULL AS (kind IS 'outage'),
        may_have_news INTEGER NOT NULL AS (has_message = 1 OR status_is_old = 1 OR kind IS 'outage')
    ) STRICT
    """,
    f"INSERT INTO inbox_by_id ({_COLUMNS}) SELECT {_COLUMNS} FROM inbox ORDER BY rowid",  # noqa: S608 - constants only
    "UPDATE inbox_by_id SET newest_message = newest_message_of(CAST(status AS BLOB), has_message)",
    "DROP TABLE inbox",
    "ALTER TABLE inbox_by_id RENAME TO inbox",
    # Equal keys stand with the newest receipt first where the order begins with the smallest key; of days, where it ends with it.
    "CREATE INDEX inbox_by_registration ON inbox (registered_key, receipt_number)",
    "CREATE INDEX inbox_by_reading ON inbox (is_read, receipt_number DESC)",
    "CREATE INDEX inbox_by_kind ON inbox (kind_key, receipt_number DESC)",
    "CREATE INDEX inbox_by_stage ON inbox (work_stage, receipt_number DESC)",
    "CREATE INDEX inbox_by_visit ON inbox (visit_key, receipt_number DESC, registered_key)",
    "CREATE INDEX inbox_by_supply_point ON inbox (supply_point_number, receipt_number DESC)",
    "CREATE INDEX inbox_by_message ON inbox (newest_message, receipt_number DESC)",
    "CREATE INDEX inbox_unread ON inbox (registered_key, receipt_number) WHERE unread = 1",
    "CREATE INDEX inbox_needing_action ON inbox (registered_key, receipt_number) WHERE needs_action = 1",
    "CREATE INDEX inbox_outages ON inbox (registered_key, receipt_number) WHERE is_outage = 1",
    "CREATE INDEX inbox_by_status_look ON inbox (status_look)",
    "CREATE INDEX inbox_by_need_of_a_look ON inbox (work_stage, may_have_news, status_look, is_outage DESC, registered_key DESC)",
    "CREATE TABLE inbox_counts (name TEXT PRIMARY KEY NOT NULL, entries INTEGER NOT NULL) STRICT",
    "INSERT INTO inbox_counts SELECT 'all', COUNT(*) FROM inbox",
    "INSERT INTO inbox_counts SELECT 'unread', COALESCE(SUM(unread), 0) FROM inbox",
    "INSERT INTO inbox_counts SELECT 'needs_action', COALESCE(SUM(needs_action), 0) FROM inbox",
    "INSERT INTO inbox_counts SELECT 'outage', COALESCE(SUM(is_outage), 0) FROM inbox",
    """
    CREATE TRIGGER inbox_counts_what_comes AFTER INSERT ON inbox BEGIN
        UPDATE inbox_counts SET entries = entries + CASE name WHEN 'all' THEN 1 WHEN 'unread' THEN NEW.unread
            WHEN 'needs_action' THEN NEW.needs_action ELSE NEW.is_outage END;
    END
    """,
    """
    CREATE TRIGGER inbox_counts_what_goes AFTER DELETE ON inbox BEGIN
        UPDATE inbox_counts SET entries = entries - CASE name WHEN 'all' THEN 1 WHEN 'unread' THEN OLD.unread
            WHEN 'needs_action' THEN OLD.needs_action ELSE OLD.is_outage END;
    END
    """,
    """
    CREATE TRIGGER inbox_counts_what_changes AFTER UPDATE OF kind, unread, has_message, status_at, status_is_old ON inbox BEGIN
        UPDATE inbox_counts SET entries = entries + CASE name WHEN 'unread' THEN NEW.unread - OLD.unread
            WHEN 'needs_action' THEN NEW.needs_action - OLD.needs_action ELSE NEW.is_outage - OLD.is_outage END
        WHERE name <> 'all';
    END
    """,
    "CREATE VIRTUAL TABLE inbox_grams USING fts5 (text, content = '', detail = none, columnsize = 0, tokenize = 'ascii')",
    "INSERT INTO inbox_grams (rowid, text) SELECT id, grams_for_search(CAST(search_text AS BLOB)) FROM inbox",
)
