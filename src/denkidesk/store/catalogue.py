"""Tariffs, area prices and subsidies as they were fetched: a new version wherever the figures differ from the newest one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from denkidesk.domain.clock import Now
from denkidesk.store.connection import Database, Row
from denkidesk.store.plain_json import from_json, to_json
from denkidesk.store.values import to_moment, to_text

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Version(Generic[T]):
    """One stored answer. ``fetched_at``: when these figures were first seen; ``checked_at``: when they were last seen unchanged."""

    value: T
    fetched_at: datetime
    checked_at: datetime


class CatalogueStore:
    """Answers of the quoting API by topic (``companies``, ``plans``, ``plan_detail``, ``area_prices``, ``subsidies``) and key."""

    def __init__(self, database: Database, now: Now) -> None:
        self._database = database
        self._now = now

    def put(self, topic: str, key: str, value: object) -> datetime:
        """Keeps an answer and returns the moment it was taken."""
        payload = to_json(value)
        digest = _digest(payload)
        now = self._now()
        at = to_text(now)
        with self._database.writing() as connection:
            newest = connection.execute(
                "SELECT id, sha256 FROM catalogue WHERE topic = ? AND key = ? ORDER BY id DESC LIMIT 1", (topic, key)
            ).fetchone()
            if newest is not None and newest["sha256"] == digest:
                connection.execute("UPDATE catalogue SET checked_at = ?, payload = ? WHERE id = ?", (at, payload, newest["id"]))
            else:
                connection.execute(
                    "INSERT INTO catalogue (topic, key, fetched_at, checked_at, payload, sha256) VALUES (?, ?, ?, ?, ?, ?)",
                    (topic, key, at, at, payload, digest),
                )
        return now

    def check(self) -> None:
        """Reads every answer, whatever its shape."""
        self._database.read("SELECT * FROM catalogue", (), _checked, "catalogue")

    def newest(self, topic: str, key: str, shape: type[T]) -> Version[T] | None:
        """The newest stored answer, read back as ``shape``; None if there is none."""
        versions = self.versions(topic, key, shape, limit=1)
        return versions[0] if versions else None

    def stamps(self, topic: str, key: str | None = None) -> dict[str, tuple[datetime, datetime]]:
        """By key: when the newest figures were first seen, and when last."""

        def stamp(row: Row) -> tuple[str, tuple[datetime, datetime]]:
            return row["key"], (to_moment(row["fetched_at"]), to_moment(row["checked_at"]))

        query = "SELECT key, fetched_at, checked_at FROM catalogue WHERE topic = ? AND (? IS NULL OR key = ?) ORDER BY id"
        return dict(self._database.read(query, (topic, key, key), stamp, "catalogue"))  # the newest comes last

    def all_newest(self, topic: str, shape: type[T]) -> dict[str, Version[T]]:
        """The newest answer of each key."""
        query = "SELECT * FROM catalogue WHERE id IN (SELECT MAX(id) FROM catalogue WHERE topic = ? GROUP BY key) ORDER BY key"
        return dict(self._database.read(query, (topic,), lambda row: (row["key"], _version(row, shape)), "catalogue"))

    def changed_since(self, topic: str, since: datetime, shape: type[T]) -> tuple[tuple[Version[T], Version[T]], ...]:
        """The newest answer and the last one from before ``since``, of each key whose figures were seen to be others since then."""
        found = []
        for key, (fetched_at, _) in self.stamps(topic).items():
            if fetched_at >= since:
                versions = self.versions(topic, key, shape)
                before = next((version for version in versions if version.fetched_at < since), versions[-1])
                if before is not versions[0]:
                    found.append((versions[0], before))
        return tuple(found)

    def versions(self, topic: str, key: str, shape: type[T], *, limit: int = 1000) -> tuple[Version[T], ...]:
        """Stored answers, the newest first."""
        query = "SELECT * FROM catalogue WHERE topic = ? AND key = ? ORDER BY id DESC LIMIT ?"
        return self._database.read(query, (topic, key, limit), lambda row: _version(row, shape), "catalogue")


def _version(row: Row, shape: type[T]) -> Version[T]:
    return Version(from_json(row["payload"], shape), to_moment(row["fetched_at"]), to_moment(row["checked_at"]))


def _digest(payload: str) -> str:
    import hashlib

    return hashlib.sha256(payload.encode("utf-8")).hexdigest()


def _checked(row: Row) -> None:
    to_moment(row["fetched_at"]), to_moment(row["checked_at"])
    if _digest(row["payload"]) != row["sha256"]:
        raise ValueError(row["id"])
