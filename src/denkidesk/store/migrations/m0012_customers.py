"""Version 12: past customers, filled from the applications that were filed here and from what the utility said of others.

A customer is one name at one supply point; the address is the supply point's. Numbers grow with each time that a customer is met, so
that the one met last is the first to be found.
"""

from typing import Final

# A moment is 32 characters, and sorts as text: what was said last stands behind the greatest of them.
STATEMENTS: Final = (
    """
    CREATE TABLE customers (
        customer_id INTEGER PRIMARY KEY AUTOINCREMENT,
        supply_point_number TEXT NOT NULL,
        name TEXT NOT NULL,
        name_key TEXT NOT NULL,
        reading TEXT NOT NULL,
        phone TEXT NOT NULL,
        postcode TEXT NOT NULL,
        address TEXT NOT NULL,
        seen_at TEXT NOT NULL,
        search_text TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX customers_by_point ON customers (supply_point_number, customer_id)",
    "CREATE INDEX customers_by_name ON customers (name_key, customer_id) WHERE supply_point_number = ''",
    "CREATE VIRTUAL TABLE customer_grams USING fts5 (text, content = '', detail = none, columnsize = 0, tokenize = 'ascii')",
    "CREATE TEMP TABLE met (point TEXT, name TEXT, address TEXT, at TEXT, name_key TEXT)",
    """
    INSERT INTO met
    WITH said (point, items, at) AS (
        SELECT supply_point_number, readable_json(CAST(application AS BLOB)), created_at FROM outbox
        UNION ALL
        SELECT supply_point_number, json_extract(readable_json(CAST(status AS BLOB)), '$.items'), status_at FROM inbox
        WHERE status IS NOT NULL
    )
    SELECT point, trim(COALESCE(json_extract(items, '$.customer_name'), '')) AS name,
        trim(COALESCE(json_extract(items, '$.supply_point_address'), '')) AS address, COALESCE(at, '') AS at,
        folded_for_search(trim(COALESCE(json_extract(items, '$.customer_name'), ''))) AS name_key
    FROM said
    """,
    "CREATE INDEX temp.met_at ON met (point, name_key)",
    """
    INSERT INTO customers (supply_point_number, name, name_key, reading, phone, postcode, address, seen_at, search_text)
    SELECT point, substr(MAX(at || name), 33), name_key, '', '', '',
        COALESCE((SELECT substr(MAX(at || address), 33) FROM met AS others WHERE others.point = one.point
            AND (point <> '' OR others.name_key = one.name_key) AND address <> ''), ''), MAX(at), ''
    FROM met AS one
    WHERE name_key <> '' OR (point <> '' AND NOT EXISTS (SELECT 1 FROM met AS named WHERE named.point = one.point AND named.name_key <> ''))
    GROUP BY point, name_key ORDER BY MAX(at)
    """,
    "DROP TABLE temp.met",
    "UPDATE customers SET search_text = folded_for_search(supply_point_number || char(10) || name || char(10) || address)",
    "INSERT INTO customer_grams (rowid, text) SELECT customer_id, grams_of_numbers(CAST(search_text AS BLOB)) FROM customers",
)
