"""Runs the steps, and holds what their statements call."""

import json

from denkidesk.store.connection import UNREADABLE, Connection
from denkidesk.store.inbox_rows import newest_message_of
from denkidesk.store.migrations import steps
from denkidesk.store.values import search_text


def migrate(connection: Connection, version: int, newest: int) -> None:
    """Brings a database from a version to the newest one, each step whole or not at all."""
    connection.create_function("folded_for_search", 1, lambda text: search_text(*text.split("\n")), deterministic=True)
    connection.create_function("grams_for_search", 1, _grams_of, deterministic=True)
    connection.create_function("grams_of_numbers", 1, _grams_of_numbers, deterministic=True)
    connection.create_function("readable_json", 1, _readable_json, deterministic=True)
    connection.create_function("newest_message_of", 2, newest_message_of, deterministic=True)
    for step in range(version, newest):
        connection.execute("BEGIN IMMEDIATE")
        try:
            for statement in steps.STEPS[step]:
                connection.execute(statement)
            connection.execute("PRAGMA user_version = " + str(step + 1))
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise


def _grams_of(text: bytes) -> str:
    from denkidesk.store.grams import grams_of  # a new database has no rows

    return grams_of(text.decode(errors="replace"))


def _grams_of_numbers(text: bytes) -> str:
    from denkidesk.store.grams import grams_of_numbers

    return grams_of_numbers(text.decode(errors="replace"))


def _readable_json(text: bytes) -> str:
    """A text that is JSON, as it is; of any other, an object with nothing in it."""
    try:
        return json.dumps(read) if isinstance(read := json.loads(text), dict) else "{}"
    except UNREADABLE:
        return "{}"
