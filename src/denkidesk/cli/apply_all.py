"""``denkidesk apply-all``: the applications of a table, checked row by row, kept, sent, and the table written back with the answers."""

import argparse
from dataclasses import replace
from pathlib import Path

from denkidesk.cli.outbox import worst
from denkidesk.cli.output import Exit, say, tell, write_json
from denkidesk.cli.session import opened, run_of
from denkidesk.desk.bulk import BulkRow, BulkTable, bulk_table, looked_up, result_rows
from denkidesk.desk.spreadsheets import SUFFIXES, read_table, result_file, write_table
from denkidesk.domain.applications import ApplicationKind, OutboxItem
from denkidesk.domain.clock import now_jst
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import InputCode
from denkidesk.store.bulk import answer_of
from denkidesk.texts import cli as texts
from denkidesk.texts.errors import fault_text


def run(arguments: argparse.Namespace) -> Exit:
    """Prints a row a line of the table. With a faulty row nothing is kept and nothing sent, unless only the good ones are asked for."""
    try:
        kind = ApplicationKind(arguments.kind)
    except ValueError:
        raise InputRefused.of("kind", InputCode.CHOICE, given=arguments.kind) from None
    path = Path(arguments.file)
    if path.suffix.lower() not in SUFFIXES:
        raise InputRefused.of("file", InputCode.CHOICE, given=path.name)
    decided = run_of(arguments)
    with opened(decided, servers=not arguments.dry_run) as desk:
        table = bulk_table(kind, read_table(path), desk.installed_set.form_tables(), now_jst().date())
        table = replace(table, rows=looked_up(table.rows, desk.outbox))
        good = [row for row in table.rows if row.is_good]
        bad = len(table.rows) - len(good)
        _say_faults(table)
        if arguments.dry_run or not good or (bad and not arguments.only_good):
            write_json({"file": None, "rows": [_row_json(table, row, None, dry_run=arguments.dry_run) for row in table.rows]})
            if bad and not (arguments.only_good and good):
                say(texts.BULK_NOTHING_SENT.format(total=len(table.rows), bad=bad))
                return Exit.INPUT_REFUSED
            return Exit.DONE
        say(texts.BULK_GOING.format(count=len(good), bad=bad))
        kept = {row.source.line: desk.outbox.queue(row.application).item_id for row in good if row.application is not None}
        target = result_file(path)
        try:
            results = tuple(desk.outbox.send_each(kept.values()))
        finally:  # whatever happens, the clerk's table has every number that came
            items = {line: item for line, item_id in kept.items() if (item := desk.outbox.item(item_id)) is not None}
            write_table(target, *result_rows(table, {line: answer_of(item) for line, item in items.items()}))
    code = worst(results)
    if len(results) < len(kept):
        say(texts.KEPT)
    say(texts.BULK_RESULT.format(file=target.name))
    rows = [_row_json(table, row, items.get(row.source.line)) for row in table.rows]
    return tell({"file": str(target), "rows": rows}, code)


def _say_faults(table: BulkTable) -> None:
    if table.not_sent:
        say(texts.BULK_NOT_SENT.format(headings="、".join(table.not_sent)))
    for row in table.rows:
        for fault in (*row.faults, *row.doubts):
            say(texts.BULK_ROW.format(row=row.source.line, column=table.heading_of(fault.field), text=fault_text(fault)))


def _row_json(table: BulkTable, row: BulkRow, item: OutboxItem | None, *, dry_run: bool = False) -> dict[str, object]:
    return {
        "row": row.source.line,
        "state": item.state.value if item else "dry-run" if dry_run and row.is_good else None,
        "receipt_number": (item.receipt_number or None) if item else None,
        "faults": [{"column": table.heading_of(fault.field), "code": fault.code} for fault in (*row.faults, *row.doubts)],
    }
