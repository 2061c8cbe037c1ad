"""ヘルプ › 送信の記録 and ファイル › 控えを保存: what was sent, masked, filtered and written; all data in one file."""

import csv
import sqlite3

import pytest

from denkidesk.domain.applications import OutboxState
from denkidesk.texts import journal as texts
from denkidesk.texts import start as start_texts
from denkidesk.ui.shell.backup_file import BackupFile
from denkidesk.ui.shell.journal_dialog import JournalDialog
from fakes.filing import outage
from fakes.reach import complaints


@pytest.fixture
def journal(main_window, context, practice, settle):
    desk = context.desk
    desk.sender.pause()  # or the window sends too
    desk.outbox.send(desk.outbox.queue(outage(901)).item_id)
    practice.utility.inject("cut-before-work")
    desk.outbox.send(desk.outbox.queue(outage(902)).item_id)
    main_window.open_journal()
    settle()
    dialog = main_window.findChild(JournalDialog)
    yield dialog
    dialog.reject()


def shown(dialog):
    return [dialog.model.row_at(row) for row in range(dialog.model.rowCount())]


def test_every_step_stands_there_the_newest_first_without_a_name(journal, context):
    rows = shown(journal)
    unknown, accepted = (next(row for row in rows if words in row[1]) for words in ("結果が分からなくなりました", "受け付けられました"))
    assert rows.index(unknown) < rows.index(accepted)
    (item,) = [item for item in context.desk.outbox.items() if item.state is OutboxState.ACCEPTED]
    (attempt,) = context.desk.outbox.attempts(item.item_id)
    assert accepted[3:] == (
        texts.masked(item.application.supply_point_number),
        item.receipt_number,
        attempt.request_id,
        attempt.envelope_sha256,
    )
    everything = "\n".join("\n".join(row) for row in rows)
    application = item.application
    assert not [
        part
        for part in (application.supply_point_number, application.customer_name, application.supply_point_address)
        if part and part in everything
    ]
    assert complaints(journal) == []


def test_the_filter_and_the_table_that_is_written(journal, settle, tmp_path):
    (item_number,) = {row[4] for row in shown(journal) if row[4]}
    journal.search.setText(item_number)
    rows = shown(journal)
    assert 0 < len(rows) < len(journal._all)
    assert journal.count.text() == texts.COUNT_OF.format(count=len(rows), total=len(journal._all))
    journal.export_to(tmp_path / "記録.csv")
    settle()
    assert journal.told.text() == texts.EXPORTED.format(count=len(rows), name="記録.csv")
    written = list(csv.reader((tmp_path / "記録.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [row[1] for row in written[1:]] == [row[1] for row in rows]
    journal.search.setText("どこにもない")
    assert not journal.export_button.isEnabled()
    assert journal.told.text() == texts.NOT_FOUND, "something was sent"
    journal.search.clear()
    assert journal.told.text() == ""


def test_the_copy_of_everything_is_whole_and_no_other_file_gives_way(main_window, context, settle, tmp_path):
    context.desk.outbox.queue(outage(903))
    saver = BackupFile(context, main_window)
    saver.save_to(tmp_path / "copy.db")
    settle()
    assert start_texts.BACKUP_SAVED.format(name="copy.db") in [message.text for message in main_window._strips.messages]
    with sqlite3.connect(tmp_path / "copy.db") as copy:
        assert copy.execute("SELECT COUNT(*) FROM outbox").fetchone() == (1,)
    (tmp_path / "letter.db").write_text("見本")
    saver.save_to(tmp_path / "letter.db")
    settle()
    assert (tmp_path / "letter.db").read_text() == "見本"
    assert main_window._strips.messages[-1].tone == "error"
