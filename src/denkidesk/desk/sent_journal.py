"""The journal of what was sent, in words: when, what became of it, and the fingerprint of the bytes. Names and addresses are not in it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from denkidesk.desk.outbox import OutboxDesk
from denkidesk.desk.spreadsheets import write_table
from denkidesk.domain.name_folding import folded
from denkidesk.texts import dates, journal
from denkidesk.texts.names import kind_name
from denkidesk.texts.outbox import course_step

MOST: Final = 5_000
JournalRow = tuple[str, ...]


def journal_rows(outbox: OutboxDesk) -> tuple[JournalRow, ...]:
    """The newest steps first, as the headings name them."""
    return tuple(
        (
            dates.exact_moment(entry.event.at),
            course_step(entry.event.from_state, entry.event.to_state, entry.event.code, entry.event.detail),
            kind_name(entry.kind),
            journal.masked(entry.supply_point_number),
            entry.receipt_number,
            entry.request_id,
            entry.sha256,
        )
        for entry in outbox.journal(MOST)
    )


def matching(rows: Sequence[JournalRow], words: str) -> tuple[JournalRow, ...]:
    """The rows in which each word is found, whatever its width or kana."""
    parts = folded(words).split()
    return tuple(row for row in rows if all(part in folded("\n".join(row)) for part in parts)) if parts else tuple(rows)


def export(path: Path, rows: Sequence[JournalRow]) -> int:
    """Writes rows into a table and says how many. Raises as :func:`write_table`."""
    write_table(path, journal.HEADINGS, rows)
    return len(rows)
