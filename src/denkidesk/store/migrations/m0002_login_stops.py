"""Version 2: logins that a server refused.

A row stops everything that would be sent with the same login. ``digest`` is scrypt of login id and password under ``salt``; neither of
the two is kept.
"""

from typing import Final

STATEMENTS: Final = (
    """
    CREATE TABLE login_stops (
        id INTEGER PRIMARY KEY,
        service TEXT NOT NULL,
        salt BLOB NOT NULL,
        digest BLOB NOT NULL,
        message TEXT NOT NULL,
        refused_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX login_stops_by_service ON login_stops (service, id)",
)
