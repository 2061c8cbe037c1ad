"""The next customer sits down: nothing of the last one stands beside the new file, plan or application, and nothing of it arrives late.

The lanes are held while the test looks: what is seen is what the clerk sees for as long as server or computer take.
"""

import threading
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from denkidesk.jobs.job import LaneName
from denkidesk.jobs.lanes import THREADS_OF
from denkidesk.settings import resources_dir
from denkidesk.texts import tariffs as texts

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

COMPANY, PLAN = "関西電力", "従量電灯A"
YAMADA = "山田 花子"
HEAD = "日付（kWh）," + ",".join(f"{hour}:00" for hour in range(24))
MONTH = "\n".join([HEAD, *(f"2026-01-{day:02}," + ",".join(["0.5"] * 24) for day in range(1, 32))]) + "\n"


@contextmanager
def held(clerk, *lanes):
    """Everything that is asked of these lanes waits until the block ends."""
    go, running = threading.Event(), threading.Semaphore(0)

    def wait():
        running.release()
        go.wait()

    for lane in lanes:
        for _ in range(THREADS_OF[lane]):
            clerk.context.jobs.run(lane, wait)
    for lane in lanes:
        for _ in range(THREADS_OF[lane]):
            assert running.acquire(timeout=30)
    try:
        yield
    finally:
        go.set()


@pytest.fixture
def clerk(come_to_work):
    """One with patience: what is awaited here is awaited however loaded the machine is."""
    return come_to_work(answer_timeout_s=30.0)


@pytest.fixture
def files(tmp_path):
    """Two customers' files."""
    yamada, tanaka = tmp_path / "yamada.csv", tmp_path / "tanaka.csv"
    yamada.write_bytes((resources_dir() / "practice" / "sample_usage.csv").read_bytes())
    tanaka.write_text(MONTH, encoding="utf-8")
    return yamada, tanaka


@pytest.fixture
def with_yamada(clerk, files):
    """A finished quote for the first customer, made by keys, the bill in front."""
    clerk.open_tariffs()
    assert clerk.tariffs.finder.choose(COMPANY, PLAN)
    clerk.settle_tariffs()
    clerk.press("Alt+2")
    clerk.open_usage(files[0])
    clerk.settle_tariffs()
    show_bill(clerk)
    write_name(clerk, YAMADA)
    assert page(clerk).customer_name() == YAMADA
    assert page(clerk).server_bill is not None, page(clerk).server_text
    clerk.picture("before")
    return clerk


def page(clerk):
    return clerk.tariffs.bill_page


def show_bill(clerk):
    clerk.press("Alt+3")
    assert page(clerk).isVisible()
    clerk.settle_tariffs()


def write_name(clerk, name):
    page(clerk).customer.setFocus(Qt.FocusReason.TabFocusReason)
    clerk.write(name)


def seen(clerk, *, where=None):
    """Every text of the tariffs, or of one page, that is on the screen or comes to it when a page is turned to."""
    labels = [label.text() for label in (where or clerk.tariffs.pages).findChildren(QLabel) if not label.isHidden()]
    cells = [cell for row in page(clerk).model.rows for cell in row.cells]
    return "\n".join([*labels, *cells, page(clerk).customer.text(), *(m.text for m in page(clerk).strips.messages)])


def figures(clerk):
    """The figures of the bill that is on the screen."""
    rows = page(clerk).model.rows
    return {page(clerk).total_text, *(cell for row in rows for cell in row.cells[1:] if len(cell) > 3)}


def assert_gone(clerk, old_figures):
    """No figure, picture, agreement or paper of the last bill is left."""
    text = seen(clerk, where=page(clerk))
    assert [figure for figure in old_figures if figure in text] == []
    assert page(clerk).bill is None
    assert page(clerk).server_text == ""
    assert page(clerk).chart._image is None
    assert page(clerk).chart.maker is None
    assert page(clerk).difference_note == ""
    buttons = [button for button in page(clerk).findChildren(QPushButton) if button.text() in (texts.PREVIEW, texts.PRINT, texts.SAVE_PDF)]
    assert len(buttons) == 3
    assert not any(button.isEnabled() for button in [*buttons, page(clerk).picture_menu])


def test_a_new_file_takes_everything_of_the_last_customer_away_at_once(with_yamada, files):
    clerk = with_yamada
    old = figures(clerk)
    with held(clerk, LaneName.WORK):
        clerk.press("Alt+2")
        clerk.open_usage(files[1])
        assert_gone(clerk, old)
        assert "yamada.csv" not in seen(clerk)
        assert YAMADA not in seen(clerk)
        usage = clerk.tariffs.usage_page
        assert usage.chart._image is None
        assert not usage.chart.isVisible()
        assert "「tanaka.csv」を読み込んでいます" in clerk.words_in(usage)
        clerk.picture("reading")
        clerk.press("Ctrl+P")
        assert QApplication.activeModalWidget() is None
        clerk.tariffs.pages.setCurrentWidget(page(clerk))
        assert page(clerk).total_text == texts.COMPUTING
        clerk.picture("computing")
    clerk.settle_tariffs()
    assert page(clerk).bill is not None
    assert page(clerk).customer_name() == ""
    assert "tanaka.csv" in clerk.tariffs.usage_page.imported.usage.source
    clerk.picture("after")


def test_the_last_name_can_be_had_back_for_a_second_file_of_the_same_customer(with_yamada, files):
    clerk = with_yamada
    clerk.press("Alt+2")
    clerk.open_usage(files[1])
    show_bill(clerk)
    clerk.picture()
    (message,) = [m for m in page(clerk).strips.messages if m.action_text == texts.QUOTE_FOR_BACK]
    assert YAMADA not in message.text
    message.action()
    assert page(clerk).customer_name() == YAMADA
    assert all(m.action_text != texts.QUOTE_FOR_BACK for m in page(clerk).strips.messages)
    clerk.press("Alt+2")
    clerk.open_usage(files[0])
    show_bill(clerk)
    write_name(clerk, "田中 次郎")
    assert all(m.action_text != texts.QUOTE_FOR_BACK for m in page(clerk).strips.messages), "a new name was typed"


def test_a_file_that_cannot_be_read_leaves_the_last_customer_whole_and_says_so(with_yamada, tmp_path):
    clerk = with_yamada
    old, bill = figures(clerk), page(clerk).bill
    broken = tmp_path / "broken.csv"
    broken.write_bytes(b"")
    with held(clerk, LaneName.WORK):
        clerk.press("Alt+2")
        clerk.open_usage(broken)
        assert_gone(clerk, old)
        assert YAMADA not in seen(clerk)
    clerk.settle_tariffs()
    clerk.picture()
    (message,) = clerk.tariffs.usage_page.strips.messages
    assert "broken.csv" in message.text
    assert "前の使用量（yamada.csv）のまま" in message.text
    assert page(clerk).bill == bill
    assert page(clerk).customer_name() == YAMADA
    clerk.until(lambda: clerk.tariffs.usage_page.chart.has_picture)


@pytest.mark.parametrize("lane", [LaneName.QUOTING, LaneName.WORK])
def test_another_plan_takes_the_last_one_s_figures_away_at_once(with_yamada, lane):
    clerk = with_yamada
    old = figures(clerk)
    sheet = {cell for section in clerk.tariffs.price_page.sections for row in section.rows for cell in row if "円" in cell}
    with held(clerk, lane):
        plans = clerk.tariffs.finder.plan_list
        plans.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(plans, Qt.Key.Key_Down)
        if lane is LaneName.WORK:
            clerk.until(lambda: clerk.tariffs.detail is not None)
        else:
            assert clerk.tariffs.price_page.empty_text == texts.LOADING
            assert [price for price in sheet if price in seen(clerk, where=clerk.tariffs.price_page)] == []
        assert_gone(clerk, old)
        assert page(clerk).total_text in (texts.LOADING, texts.COMPUTING)
        assert page(clerk).customer_name() == YAMADA, "it is the same customer's usage"
        clerk.picture(lane.value)
    clerk.settle_tariffs()
    assert page(clerk).bill is not None
    assert not old & {page(clerk).total_text}


def test_another_rule_leaves_no_old_figure_and_keeps_the_cursor(with_yamada):
    clerk = with_yamada
    old = figures(clerk)
    combo = page(clerk).fuel.combo
    combo.setFocus(Qt.FocusReason.TabFocusReason)
    assert combo.hasFocus()
    with held(clerk, LaneName.WORK):
        QTest.keyClick(combo, Qt.Key.Key_Down)
        assert_gone(clerk, old)
        assert page(clerk).total_text == texts.COMPUTING
        assert combo.hasFocus()
        clerk.picture()
    clerk.settle_tariffs()
    assert page(clerk).total_text not in old
    clerk.until(lambda: page(clerk).chart.has_picture)
    assert combo.hasFocus()


def test_bars_that_take_long_do_not_leave_the_old_ones_below_a_new_total(with_yamada):
    clerk = with_yamada
    chart = page(clerk).chart
    started, go = threading.Event(), threading.Event()
    real = clerk.context.charts.drawn

    def slow(*arguments):
        started.set()
        go.wait()
        return real(*arguments)

    clerk.context.charts.drawn = slow
    before = page(clerk).total_text
    fuel = page(clerk).fuel.combo
    fuel.setCurrentIndex((fuel.currentIndex() + 1) % fuel.count())
    clerk.until(started.is_set)
    clerk.until(lambda: page(clerk).bill is not None)
    assert page(clerk).total_text != before
    assert chart._image is None
    clerk.picture()
    go.set()
    clerk.until(lambda: chart.has_picture)
    clerk.settle_tariffs()


def test_what_the_last_question_brings_late_never_lands(with_yamada, files):
    clerk = with_yamada
    shown = []
    real = page(clerk).show_bill

    def note(question, *rest):
        shown.append(question.title)
        real(question, *rest)

    page(clerk).show_bill = note
    finder = clerk.tariffs.finder
    with held(clerk, LaneName.WORK):
        for step in range(3):
            finder.plan_list.setFocus(Qt.FocusReason.TabFocusReason)
            QTest.keyClick(finder.plan_list, Qt.Key.Key_Up if step == 1 else Qt.Key.Key_Down)
            clerk.until(lambda: clerk.tariffs.detail is not None)
    clerk.settle_tariffs()
    assert len(shown) == 1
    assert clerk.tariffs.detail.name in shown[0]
    with held(clerk, LaneName.QUOTING):
        clerk.drop_now(files[1])
        clerk.until(lambda: page(clerk).bill is not None)
        clerk.drop_now(files[0])
        clerk.until(lambda: page(clerk).bill is not None and not page(clerk).chart._newest.is_busy)
    clerk.settle_tariffs()
    assert page(clerk).server_text == "サーバーと一致", "it is the answer to the newest question"


def test_a_preview_of_the_last_customer_does_not_come_up_before_the_next_one(with_yamada, files, tmp_path, qtbot):
    clerk = with_yamada
    pdf = tmp_path / "yamada.pdf"
    with held(clerk, LaneName.WORK):
        clerk.tariffs.quote_output.save_pdf(pdf)
        preview = next(button for button in page(clerk).findChildren(QPushButton) if button.text() == texts.PREVIEW)
        preview.setFocus(Qt.FocusReason.TabFocusReason)
        clerk.press("Space")
        clerk.drop_now(files[1])
    with qtbot.waitSignal(clerk.tariffs.quote_output.finished, timeout=30_000) as saved:
        pass
    clerk.settle_tariffs()
    assert QApplication.activeModalWidget() is None
    assert saved.args == [pdf], "what the clerk had saved is saved, and told"
    assert pdf.exists()


def test_a_capacity_that_is_being_typed_leaves_no_old_figure(with_yamada):
    clerk = with_yamada
    finder = clerk.tariffs.finder
    row = next(n for n in range(finder.company_list.count()) if finder.company_list.item(n).text().startswith("見本電力"))
    finder.company_list.setCurrentRow(row)
    clerk.settle_tariffs()
    assert finder.choose("見本電力", "見本可変")
    clerk.settle_tariffs()
    finder.focus_capacity()
    QTest.keyClicks(finder.capacity_editor, "10")
    clerk.settle_tariffs()
    old = figures(clerk)
    assert page(clerk).bill is not None
    QTest.keyClicks(finder.capacity_editor, "0")
    assert_gone(clerk, old)
    clerk.settle_tariffs()
    assert page(clerk).bill is not None
    assert page(clerk).total_text not in old


def test_another_area_takes_the_lists_of_the_last_one_away_at_once(with_yamada):
    clerk = with_yamada
    finder, old = clerk.tariffs.finder, figures(clerk)
    with held(clerk, LaneName.QUOTING):
        area = finder.place.area_combo
        area.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(area, Qt.Key.Key_Up)
        assert finder.company_list.count() == 0
        assert finder.plan_list.count() == 0
        assert_gone(clerk, old)
        assert clerk.tariffs.price_page.empty_text == texts.LOADING
        clerk.picture()
    clerk.settle_tariffs()
    assert finder.company_list.count() > 0


def test_a_new_file_while_the_lists_are_fetched_again(with_yamada, files):
    clerk = with_yamada
    old = figures(clerk)
    with held(clerk, LaneName.QUOTING):
        clerk.press("F5")
        clerk.drop_now(files[1])
        clerk.until(lambda: clerk.tariffs.usage_page.usage is not None)
        assert_gone(clerk, old)
        clerk.press("Ctrl+P")
        assert QApplication.activeModalWidget() is None
    clerk.settle_tariffs()
    assert page(clerk).bill is not None


@pytest.mark.parametrize("size", [(800, 480), (1280, 800)])
def test_pictures_of_the_moment_between_two_customers(with_yamada, files, size):
    clerk = with_yamada
    clerk.window.resize(*size)
    with held(clerk, LaneName.WORK):
        clerk.drop_now(files[1])
        clerk.picture("reading")
        clerk.tariffs.pages.setCurrentWidget(page(clerk))
        clerk.picture("computing")
        assert page(clerk).total_text == texts.COMPUTING
    show_bill(clerk)
    clerk.picture("after")
    assert page(clerk).bill is not None


# --- the inbox


def test_another_application_takes_the_last_one_s_details_away_at_once(clerk):
    clerk.refresh()
    inbox = clerk.inbox
    inbox.list.want("P0000000001")
    clerk.settle()
    clerk.press("Shift+F5")
    clerk.settle()
    first = inbox.detail.detail
    assert first.messages
    inbox.list.table.setFocus(Qt.FocusReason.TabFocusReason)
    with held(clerk, LaneName.STORE):
        QTest.keyClick(inbox.list.table, Qt.Key.Key_Up)
        words = clerk.words_in(inbox.detail)
        assert first.row.receipt_number not in words
        assert [message.text for message in first.messages if message.text in words] == []
        assert inbox.list.chosen_receipt_numbers()[0] in words
        clerk.press("Ctrl+U")
        clerk.picture()
    clerk.settle()
    assert inbox.detail.detail.row.receipt_number == inbox.list.chosen_receipt_numbers()[0]
    is_unread = clerk.context.desk.inbox.entry(first.row.receipt_number).unread
    assert is_unread == first.row.entry.unread, "the button did not act on the one before"


def test_a_status_that_is_being_fetched_belongs_to_its_application(clerk, practice):
    clerk.refresh()
    inbox = clerk.inbox
    inbox.list.table.choose_row(0)
    clerk.settle()
    (first,) = inbox.list.chosen_receipt_numbers()
    practice.utility.inject("cut-before-work", 1)
    with held(clerk, LaneName.KANSAI):
        clerk.press("Shift+F5")
        assert not inbox.detail.view.acts[3].isEnabled()
        inbox.list.table.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(inbox.list.table, Qt.Key.Key_Down)
        assert inbox.detail.view.acts[3].isEnabled()
        QTest.keyClick(inbox.list.table, Qt.Key.Key_Up)
        assert not inbox.detail.view.acts[3].isEnabled()
        QTest.keyClick(inbox.list.table, Qt.Key.Key_Down)
    clerk.settle()
    (message,) = [m for m in clerk.messages() if m.key == "inbox.status"]
    assert first in message.text, "whose status it was, now that another one is chosen"
    message.action()
    clerk.settle()
    assert clerk.context.desk.inbox.entry(first).status is not None
    assert [m for m in clerk.messages() if m.key == "inbox.status"] == []
