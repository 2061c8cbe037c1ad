"""Version 13: the inbox knows who an application is for, where, and since when nothing has moved, each in an order of its own.

How many have not moved for some days is counted by stage and day: most of a long inbox is closed, and no closed one is waited for.
"""

from typing import Final

_NAME, _ADDRESS = (
    f"""
    COALESCE(
        NULLIF(CASE WHEN status IS NOT NULL THEN json_extract(readable_json(CAST(status AS BLOB)), '$.items.{item}') END, ''),
        NULLIF((SELECT json_extract(readable_json(CAST(application AS BLOB)), '$.{item}') FROM outbox
            WHERE outbox.receipt_number = inbox.receipt_number AND outbox.receipt_number <> ''), ''),
        (SELECT MAX({column}) FROM customers
            WHERE customers.supply_point_number = inbox.supply_point_number AND customers.supply_point_number <> ''
            HAVING COUNT(*) = 1),
        ''
    )
    """  # noqa: S608 - constants only
    for item, column in (("customer_name", "name"), ("supply_point_address", "address"))
)
_MOVED: Final = """
    COALESCE(
        (SELECT MAX(at) FROM inbox_history AS news WHERE news.receipt_number = inbox.receipt_number AND news.kind NOT IN ('new', 'filed')),
        registered_on,
        first_seen_at
    )
"""

STATEMENTS: Final = (
    "ALTER TABLE inbox ADD COLUMN customer_name TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE inbox ADD COLUMN supply_point_address TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE inbox ADD COLUMN moved_on TEXT NOT NULL DEFAULT ''",
    # Those of whom nothing is known stand behind the others.
    "ALTER TABLE inbox ADD COLUMN name_key TEXT NOT NULL AS (COALESCE(NULLIF(customer_name, ''), char(1114111)))",
    "ALTER TABLE inbox ADD COLUMN address_key TEXT NOT NULL AS (COALESCE(NULLIF(supply_point_address, ''), char(1114111)))",
    f"UPDATE inbox SET customer_name = {_NAME}, supply_point_address = {_ADDRESS}, moved_on = substr({_MOVED}, 1, 10)",  # noqa: S608 - as above
    "CREATE INDEX inbox_by_name ON inbox (name_key, receipt_number DESC)",
    "CREATE INDEX inbox_by_address ON inbox (address_key, receipt_number DESC)",
    "CREATE INDEX inbox_by_movement ON inbox (moved_on, receipt_number)",
    """
    CREATE TABLE inbox_days (
        work_stage TEXT NOT NULL, moved_on TEXT NOT NULL, entries INTEGER NOT NULL, PRIMARY KEY (work_stage, moved_on)
    ) STRICT, WITHOUT ROWID
    """,
    "INSERT INTO inbox_days SELECT work_stage, moved_on, COUNT(*) FROM inbox GROUP BY work_stage, moved_on",
    """
    CREATE TRIGGER inbox_days_what_comes AFTER INSERT ON inbox BEGIN
        INSERT INTO inbox_days VALUES (NEW.work_stage, NEW.moved_on, 1)
        ON CONFLICT (work_stage, moved_on) DO UPDATE SET entries = entries + 1;
    END
    """,
    """
    CREATE TRIGGER inbox_days_what_goes AFTER DELETE ON inbox BEGIN
        UPDATE inbox_days SET entries = entries - 1 WHERE work_stage = OLD.work_stage AND moved_on = OLD.moved_on;
    END
    """,
    """
    CREATE TRIGGER inbox_days_what_moves AFTER UPDATE OF work_stage, moved_on ON inbox
    WHEN NEW.work_stage <> OLD.work_stage OR NEW.moved_on <> OLD.moved_on BEGIN
        UPDATE inbox_days SET entries = entries - 1 WHERE work_stage = OLD.work_stage AND moved_on = OLD.moved_on;
        INSERT INTO inbox_days VALUES (NEW.work_stage, NEW.moved_on, 1)
        ON CONFLICT (work_stage, moved_on) DO UPDATE SET entries = entries + 1;
    END
    """,
)
