"""``denkidesk export``: what the lists show, as a table for a spreadsheet program."""

import argparse
from pathlib import Path

from denkidesk.cli.output import Exit, say, write_json
from denkidesk.cli.session import opened, run_of
from denkidesk.desk.export import INBOX_HEADINGS, OUTBOX_HEADINGS, inbox_rows, outbox_rows
from denkidesk.desk.spreadsheets import write_table
from denkidesk.texts import cli as texts


def run(arguments: argparse.Namespace) -> Exit:
    """Numbers stay text, nothing is a formula."""
    target = Path(arguments.file)
    with opened(run_of(arguments), servers=False) as desk:
        rows = inbox_rows(desk) if arguments.action == "inbox" else outbox_rows(desk)
    write_table(target, INBOX_HEADINGS if arguments.action == "inbox" else OUTBOX_HEADINGS, rows)
    say(texts.EXPORTED.format(count=len(rows)))
    write_json({"file": str(target), "rows": len(rows)})
    return Exit.DONE
