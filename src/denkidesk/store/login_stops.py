"""Logins that a server refused: what keeps every process from trying them again."""

from dataclasses import dataclass
from typing import Final

from denkidesk.domain.clock import Now
from denkidesk.store.connection import Database
from denkidesk.store.values import to_text

_KEPT_AT_MOST: Final = 16  # a service; older ones are passwords of long ago


@dataclass(frozen=True, slots=True)
class LoginStop:
    """One refused login. ``digest``: of login id and password under ``salt``; ``message``: the server's own words."""

    stop_id: int
    salt: bytes
    digest: bytes
    message: str


class LoginStopStore:
    """Refused logins by service, the newest first."""

    def __init__(self, database: Database, now: Now) -> None:
        self._database = database
        self._now = now

    def all(self, service: str) -> tuple[LoginStop, ...]:
        """Every refused login of a service."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT * FROM login_stops WHERE service = ? ORDER BY id DESC", (service,)).fetchall()
        return tuple(LoginStop(row["id"], row["salt"], row["digest"], row["message"]) for row in rows)

    def add(self, service: str, *, salt: bytes, digest: bytes, message: str) -> None:
        """Keeps a refused login."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO login_stops (service, salt, digest, message, refused_at) VALUES (?, ?, ?, ?, ?)",
                (service, salt, digest, message.encode("utf-8", "replace").decode("utf-8"), to_text(self._now())),
            )
            connection.execute(
                "DELETE FROM login_stops WHERE service = ?1 AND id NOT IN "
                "(SELECT id FROM login_stops WHERE service = ?1 ORDER BY id DESC LIMIT ?2)",
                (service, _KEPT_AT_MOST),
            )

    def remove(self, stop_id: int) -> None:
        """Forgets a refusal: the login was taken since."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM login_stops WHERE id = ?", (stop_id,))
