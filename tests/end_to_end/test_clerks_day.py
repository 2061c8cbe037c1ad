"""The clerk's whole day at one window, by keys alone, the utility in another process. Every key but typed values is counted."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import openpyxl
import pytest

from denkidesk.domain.applications import OutboxState
from denkidesk.settings import Places
from fakes.bulk_hand import BulkHand, copy, points, rows_of
from fakes.clerk import TIMEOUT_MS
from fakes.hand import Caller, Hand, everything_in

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
FIRST = Caller()
SECOND = Caller("0600000000000000000025", "例示 花子", "06-0000-0020", "", "京都府京都市例示町9-9-9")


def in_the_books(tmp_path, receipt_number):
    """Every word that the utility keeps of an application."""
    books = Places(tmp_path / "utility", practice=True).practice_state
    with closing(sqlite3.connect(books)) as db:
        return str(db.execute("SELECT * FROM applications WHERE receipt_number = ?", (receipt_number,)).fetchone())


def nothing_of(caller, words):
    return [value for value in caller.spoken() if value in words] == []


def test_a_day_from_the_first_message_to_the_last_receipt(open_window, utility, open_now, tmp_path):
    clerk = open_window(countdown_s=0.4, answer_timeout_s=TIMEOUT_MS / 1000)
    clerk.press("F5")  # the evening before
    clerk.settle()
    Hand(clerk).reads_all()

    # 08:45: overnight the utility wrote to four, to those with a flag for the second time
    stages = {code.code: code for code in clerk.context.desk.installed_set.stages()}
    open_ones = [one.listed for one in clerk.context.desk.inbox.entries() if not stages[one.listed.work_stage].closed]
    written_to = [row for row in open_ones if row.has_message][:2] + [row for row in open_ones if not row.has_message][:2]
    messages = {row.receipt_number: f"見本の知らせ {place}" for place, row in enumerate(written_to)}
    for number, message in messages.items():
        utility.ask("advance", receipt_number=number, message=message)
    hand = Hand(clerk)
    hand("F5")
    clerk.settle()
    clerk.picture("1-refreshed")
    assert hand.unread == len(messages) == 4
    seen = hand.reads_all()
    clerk.picture("2-read")
    assert all(message in seen for message in messages.values())
    assert hand.keys <= 1 + len(messages), "one key for the refresh and one for each message"

    # 10:15: a customer calls while the clerk is at the prices, and another while the first is half filled
    clerk.open_tariffs()
    first = Hand(clerk)
    first.opens_form()
    first.hears(FIRST)
    first("1", "1")
    clerk.settle_jobs()
    half = clerk.apply.form.draft()
    clerk.picture("3-half-filled")
    assert not nothing_of(FIRST, everything_in(clerk.apply.form))
    clerk.press("Ctrl+1")  # to look something up for the first
    clerk.settle()
    second = Hand(clerk)
    second.opens_form()
    clerk.picture("4-fresh")
    assert nothing_of(FIRST, everything_in(clerk.apply.form))
    second.hears(SECOND)
    second("1", "1", "1", "2")
    clerk.until(lambda: clerk.apply.form.review.may_send)
    clerk.picture("5-second")
    assert nothing_of(FIRST, everything_in(clerk.apply.form))
    second("Ctrl+Return")
    clerk.until(clerk.apply.receipt_page.isVisible)
    clerk.settle()
    clerk.picture("6-receipt")
    assert second.keys <= 15
    (filed,) = clerk.items()
    assert filed.receipt_number in clerk.outcome()
    assert nothing_of(FIRST, str(filed.application) + in_the_books(tmp_path, filed.receipt_number))

    first("Ctrl+PgDown")
    clerk.until(lambda: clerk.apply.form is not None and clerk.apply.form.isVisible())
    clerk.settle_jobs()
    clerk.picture("7-first-again")
    assert clerk.apply.form.draft() == half, "as it was left"
    assert nothing_of(SECOND, everything_in(clerk.apply.form))
    first("1", "2")
    clerk.until(lambda: clerk.apply.form.review.may_send)
    first("Ctrl+Return")
    clerk.until(clerk.apply.receipt_page.isVisible)
    clerk.settle()
    clerk.picture("8-both-filed")
    assert first.keys <= 15
    assert [item.application.customer_name for item in clerk.items()] == [SECOND.customer, FIRST.customer]
    assert nothing_of(SECOND, str(clerk.items()[-1].application) + in_the_books(tmp_path, clerk.items()[-1].receipt_number))

    # 11:00: twenty menu changes out of Excel, two of them with a bad cell
    many = BulkHand(clerk)
    rows = rows_of(f"{open_now().date() + timedelta(days=30):%Y/%m/%d}")
    rows[3][1], rows[11][5] = "1.23457E+21", "2026/2/30"
    copy(rows)
    many.paste()
    clerk.picture("9-pasted")
    many.mend(points(4)[3])
    many.mend("+30")
    many.hold_enter()
    clerk.until(lambda: many.rows.sent() and not many.rows.has_open)
    clerk.settle()
    many.save(tmp_path / "変更_結果.xlsx")
    clerk.picture("10-done")
    assert many.keys <= 12, f"{many.keys} beside {many.mending} for two cells"
    sheet = openpyxl.load_workbook(tmp_path / "変更_結果.xlsx").active
    numbers = {item.application.supply_point_number: item.receipt_number for item in clerk.items()}
    lines = [(line[1].value, line[6].value, line[7].value) for line in sheet.iter_rows(min_row=2)]
    assert lines == [(point, "受付済", numbers[point]) for point in points(20)], "the clerk's own order, all 22 digits"

    # 17:00: nothing is open that is not on the screen
    clerk.refresh()
    clerk.picture("11-evening")
    assert clerk.messages() == []
    assert {item.state for item in clerk.items()} == {OutboxState.ACCEPTED}
    listed = {one.listed.receipt_number for one in clerk.context.desk.inbox.entries()}
    assert {item.receipt_number for item in clerk.items()} <= listed
    report = utility.ask("report")
    assert (report["filed"], report["repeated_request_ids"]) == (22, 0), "each of them once"
