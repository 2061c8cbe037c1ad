"""Tariffs, area prices and subsidies as they were fetched: a new version wherever the figures differ from the newest one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from denkidesk.domain.clock import Now
from denkidesk.store.connection import Database
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
        import hashlib

        payload = to_json(value)
        digest = hashlib.sha256(payload.encode("utf-8")).hexdigest()
        now = self._now()
        at = to_text(now)
        with self._database.writing() as connection:
            newest = connection.execute(
                "SELECT id, sha256 FROM catalogue WHERE topic = ? AND key = ? ORDER BY id DESC LIMIT 1", (topic, key)
            ).fetchone()
            if newest is not None and newest["sha256"] == digest:
                connection.execute("UPDATE catalogue SET checked_at = ? WHERE id = ?", (at, newest["id"]))
            else:
                connection.execute(
                    "INSERT INTO catalogue (topic, key, fetched_at, checked_at, payload, sha256) VALUES (?, ?, ?, ?, ?, ?)",
                    (topic, key, at, at, payload, digest),
                )
        return now

    def newest(self, topic: str, key: str, shape: type[T]) -> Version[T] | None:
        """The newest stored answer, read back as ``shape``; None if there is none."""
        versions = self.versions(topic, key, shape, limit=1)
        return versions[0] if versions else None

    def versions(self, topic: str, key: str, shape: type[T], *, limit: int = 1000) -> tuple[Version[T], ...]:
        """Stored answers, the newest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT fetched_at, checked_at, payload FROM catalogue WHERE topic = ? AND key = ? ORDER BY id DESC LIMIT ?",
                (topic, key, limit),
            ).fetchall()
        return tuple(Version(from_json(row["payload"], shape), to_moment(row["fetched_at"]), to_moment(row["checked_at"])) for row in rows)
