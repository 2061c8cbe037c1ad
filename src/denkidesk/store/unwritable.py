"""Reading a database where nothing can be written."""

import contextlib
import shutil
import sqlite3
from pathlib import Path


def copy_unwritable(database: Path, target: Path) -> None:
    """Copies what was committed into a file of one's own; leaves none where there is no database. Raises OSError."""
    if not database.exists():
        return
    try:
        with (
            contextlib.closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as source,
            contextlib.closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
    except sqlite3.Error:
        # Without its index SQLite cannot read the log of a read-only database. Then nobody writes either, so the files fit each other.
        for companion in ("", "-wal"):
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(database.with_name(database.name + companion), target.with_name(target.name + companion))
