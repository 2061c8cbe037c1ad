"""The tab 料金・見積 on a real desk, a real store and the practice servers, over real HTTP."""

import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QObject, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QMessageBox, QScrollArea, QStyleOptionComboBox, QTabBar, QTableView, QWidget

from denkidesk.compose.desk import open_desk
from denkidesk.compose.run import Run
from denkidesk.domain.errors import ServerRefused
from denkidesk.settings import Settings, resources_dir
from denkidesk.texts import tariffs as tariff_texts
from denkidesk.ui.tariffs.market_page import MarketPage
from denkidesk.ui.tariffs.paper_page import PaperPage
from denkidesk.ui.tariffs.periods_view import PeriodsView
from denkidesk.ui.tariffs.price_history import PriceHistory
from denkidesk.ui.tariffs.quotes_page import QuotesPage
from denkidesk.ui.tariffs.ranking_page import RankingPage
from denkidesk.ui.tariffs.schedule_view import ScheduleView
from denkidesk.ui.tariffs.subsidies_page import SubsidiesPage
from denkidesk.ui.tariffs.tab import TariffsTab
from fakes.ui_context import context_of

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

SAMPLE = resources_dir() / "practice" / "sample_usage.csv"
WAIT_MS = 30_000
MOST_WIDGETS_A_TURN = 65  # two tables with what belongs to them; a page has twice as many, and more


@pytest.fixture
def context(qtbot, practice, jobs, theme, icons, tmp_path, open_now):
    run = Run.decide(tmp_path / "home", Settings(), servers=practice)
    desk = open_desk(run, now=open_now)
    yield context_of(run, desk, jobs, theme, icons=icons)
    qtbot.waitUntil(lambda: jobs.is_idle, timeout=WAIT_MS)
    desk.close()


@pytest.fixture
def open_tab(qtbot, context):
    def leave(tab):
        settle(qtbot, tab, lambda: context.jobs.is_idle)
        tab.shut_down()
        tab.hide()

    def build():
        tab = TariffsTab(context)
        qtbot.addWidget(tab, before_close_func=leave)
        tab.resize(1200, 660)
        tab.show()
        tab.activated()
        settle(qtbot, tab, lambda: tab.finder.plan_list.count() > 0 and tab.detail is not None)
        return tab

    return build


@pytest.fixture
def tab(open_tab):
    return open_tab()


def settle(qtbot, tab, also=lambda: True):
    qtbot.waitUntil(lambda: tab.is_settled and also(), timeout=WAIT_MS)


def pick(qtbot, tab, company, plan):
    finder = tab.finder
    row = next(n for n in range(finder.company_list.count()) if finder.company_list.item(n).text().startswith(company))
    finder.company_list.setCurrentRow(row)
    settle(qtbot, tab, lambda: finder.plan_list.count() > 0)
    row = next(n for n in range(finder.plan_list.count()) if finder.plan_list.item(n).text().startswith(plan))
    finder.plan_list.setCurrentRow(row)
    settle(qtbot, tab)


def read(qtbot, tab, path=SAMPLE):
    tab.open_usage_file(path)
    settle(qtbot, tab, lambda: tab.usage_page.imported is not None)


def bill_of(qtbot, tab):
    settle(qtbot, tab, lambda: tab.bill_page.server_bill is not None)
    return tab.bill_page


def words_of_sheet(tab):
    return " ".join(cell for section in tab.price_page.sections for row in (section.header, *section.rows) for cell in row)


def shown_words(widget):
    """All words of a widget and its children: labels, buttons, names of tabs, cells of tables, tooltips."""
    words = [tab for bar in widget.findChildren(QTabBar) for tab in map(bar.tabText, range(bar.count()))]
    for child in widget.findChildren(QWidget):
        # the page where usage comes from may offer to estimate a year
        if not child.isHidden() and child.window() is widget.window():
            words += [str(child.property(name) or "") for name in ("text", "toolTip", "accessibleName", "placeholderText")]
    for table in widget.findChildren(QTableView):
        model = table.model()
        words += [str(model.index(row, column).data()) for row in range(model.rowCount()) for column in range(model.columnCount())]
    return "\n".join(word for word in words if word != tariff_texts.ONE_MONTH_GO)


def test_a_year_is_billed_and_the_server_agrees(qtbot, tab):
    read(qtbot, tab)
    page = bill_of(qtbot, tab)
    assert page.total_text.startswith("年間 ")
    assert page.server_text == "サーバーと一致"
    assert "端数を残した計算どうし" in page.difference_note
    assert len(page.model.rows) == 13
    assert page.model.rows[0].is_total


def names_of_plans(tab):
    return [tab.finder.plan_list.item(n).text() for n in range(tab.finder.plan_list.count())]


def test_plans_that_are_over_are_shown_when_they_are_asked_for_and_stand_last_and_say_so(tab):
    before, chosen = names_of_plans(tab), tab.finder.choice()
    assert before
    assert not any(name.endswith("（受付終了）") for name in before)
    assert tab.finder.expired.text() == "受付終了のプラン 3件も表示"
    tab.finder.expired.setChecked(True)
    assert tab.finder.choice() == chosen, "what was picked stays"
    over = [name.endswith("（受付終了）") for name in names_of_plans(tab)]
    assert over == [False] * len(before) + [True] * 3
    tab.finder.expired.setChecked(False)
    assert names_of_plans(tab) == before


def test_a_plan_that_is_over_stays_in_the_list_while_it_is_the_one_that_was_picked(qtbot, tab):
    """A customer's present plan often is one: found by its name, or picked before a restart."""
    tab.finder.expired.setChecked(True)
    (last,) = (name for name in names_of_plans(tab) if name.startswith("従量電灯A（2019年"))
    pick(qtbot, tab, "関西電力", "従量電灯A（2019年")
    tab.finder.expired.setChecked(False)
    assert [name for name in names_of_plans(tab) if name.endswith("（受付終了）")] == [last]
    assert tab.finder.choice().plan.name.startswith("従量電灯A（2019年")


def test_a_capacity_is_asked_for_and_what_was_typed_stays(qtbot, tab):
    read(qtbot, tab)
    pick(qtbot, tab, "見本電力", "見本可変")
    assert "容量" in tab.bill_page.empty_text
    tab.bill_page.help_requested.emit()
    assert tab.finder.capacity_editor.hasFocus() or tab.finder.focusWidget() is tab.finder.capacity_editor
    tab.finder.capacity_editor.setText("１０")
    bill_of(qtbot, tab)
    pick(qtbot, tab, "見本電力", "見本おうち")
    pick(qtbot, tab, "見本電力", "見本可変")
    assert tab.finder.capacity_editor.text() == "１０"
    assert bill_of(qtbot, tab).bill is not None


def test_market_linked_plans_show_the_prices_they_use(qtbot, tab):
    pick(qtbot, tab, "見本電力", "見本市場連動")
    settle(qtbot, tab, lambda: any("エリアプライス" in section.title for section in tab.price_page.sections))
    section = next(section for section in tab.price_page.sections if "エリアプライス" in section.title)
    assert "関西" in section.title
    assert len(section.rows) == 12
    assert "手数料" in [section.title for section in tab.price_page.sections]
    sections = tab.price_page.sections
    tab.price_page.hold.click()
    tab.price_page.hold.click()
    assert tab.price_page.sections == sections
    read(qtbot, tab)
    assert bill_of(qtbot, tab).server_text == "サーバーと一致"


def test_without_the_server_our_figure_stands_and_says_so(qtbot, tab, practice):
    practice.quoting.faults.inject("error-500", times=None, operation=None)
    read(qtbot, tab)
    settle(qtbot, tab, lambda: "未照合" in tab.bill_page.server_text)
    assert tab.bill_page.bill is not None
    assert tab.bill_page.server_bill is None
    assert "料金API" in tab.bill_page.server_text


def test_offline_the_stored_lists_come_with_their_age(qtbot, tab, practice):
    practice.quoting.faults.inject("error-500", times=None, operation=None)
    tab.refresh()
    settle(qtbot, tab, lambda: bool(tab.strips.messages))
    assert "保存した内容" in tab.strips.messages[-1].text
    assert tab.finder.plan_list.count() > 0
    assert tab.detail is not None
    practice.quoting.faults.clear()
    tab.refresh()
    settle(qtbot, tab, lambda: not tab.strips.messages)


def answer(tab, words):
    (box,) = tab.findChildren(QMessageBox)
    next(button for button in box.buttons() if button.text() == words).click()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_session_elsewhere_is_ended_after_a_question(qtbot, tab, practice):
    read(qtbot, tab)
    bill_of(qtbot, tab)
    sessions = practice.quoting.service.sessions
    foreign = sessions.open(force=True)
    tab.refresh()
    settle(qtbot, tab, lambda: bool(tab.strips.messages))
    message = tab.strips.messages[-1]
    assert message.action_text == "ほかの端末のログインを終了して使う"
    assert "別の端末でログイン中" in message.detail
    message.action()
    answer(tab, "キャンセル")
    settle(qtbot, tab)
    assert sessions.knows(foreign)
    message.action()
    answer(tab, "終了して使う")
    settle(qtbot, tab, lambda: not tab.strips.messages and tab.bill_page.server_bill is not None)
    assert not sessions.knows(foreign)
    assert tab.detail is not None


def test_between_two_parts_that_are_built_whatever_waits_gets_its_turn(qtbot, context):
    tab = TariffsTab(context)
    qtbot.addWidget(tab)
    tab.resize(1200, 660)
    counts = [len(tab.findChildren(QWidget))]
    ticks = QTimer(interval=0)
    ticks.timeout.connect(lambda: counts.append(len(tab.findChildren(QWidget))))
    ticks.start()
    tab.show()
    tab.activated()
    settle(qtbot, tab, lambda: tab.detail is not None)
    for page in range(tab.pages.count()):
        tab.pages.setCurrentIndex(page)
        settle(qtbot, tab)
    ticks.stop()
    assert counts[-1] > counts[0] + 500
    assert max(after - before for before, after in pairwise(counts)) <= MOST_WIDGETS_A_TURN
    settle(qtbot, tab, lambda: context.jobs.is_idle)
    tab.shut_down()


def test_pages_that_nobody_looks_at_are_not_built(qtbot, tab):
    unseen = (PaperPage, RankingPage, QuotesPage, MarketPage, SubsidiesPage, PeriodsView, PriceHistory)
    read(qtbot, tab)
    pick(qtbot, tab, "見本電力", "見本おうち")
    bill_of(qtbot, tab)
    assert not [kind for kind in unseen if tab.findChildren(kind)]
    for page in range(tab.pages.count()):
        tab.pages.setCurrentIndex(page)
        settle(qtbot, tab)
    assert [kind for kind in unseen if not tab.findChildren(kind)] == [PeriodsView, PriceHistory]
    assert tab.paper_page.tabs.count() == 3


def test_the_present_plan_is_known_before_anybody_looks_at_the_list(qtbot, tab):
    read(qtbot, tab)
    bill_of(qtbot, tab)
    first = tab.detail
    pick(qtbot, tab, "見本電力", "見本夜得")
    settle(qtbot, tab, lambda: tab.quote_output.pair is not None)
    present, picked = tab.quote_output.pair
    assert (present.detail, picked.detail) == (first, tab.detail)
    assert first != tab.detail
    assert tab.ranking_page.is_busy is False
    tab.pages.setCurrentWidget(tab.ranking_page)
    settle(qtbot, tab)
    tab.ranking_page.fill.click()
    settle(qtbot, tab, lambda: tab.ranking_page.ranking is not None)
    assert tab.ranking_page.ranking.question.detail == first


def test_a_picture_is_drawn_when_it_can_be_seen(qtbot, tab, context):
    read(qtbot, tab)
    tab.pages.setCurrentWidget(tab.bill_page)
    qtbot.waitUntil(lambda: tab.usage_page.chart.has_picture or tab.bill_page.chart.has_picture, timeout=WAIT_MS)
    tab.open_usage_file(SAMPLE)
    tab.pages.setCurrentWidget(tab.bill_page)
    bill_of(qtbot, tab)
    qtbot.waitUntil(lambda: tab.bill_page.chart.has_picture and context.jobs.is_idle, timeout=WAIT_MS)
    assert not tab.usage_page.chart.has_picture
    tab.pages.setCurrentWidget(tab.usage_page)
    qtbot.waitUntil(lambda: tab.usage_page.chart.has_picture, timeout=WAIT_MS)


def test_the_numbers_of_a_picture_are_those_of_the_newest_one_whenever_they_are_asked_for(qtbot, tab):
    read(qtbot, tab)
    pictures = bill_of(qtbot, tab).pictures
    assert not [table for table in pictures.findChildren(QTableView) if table.parent() is pictures]
    pictures.numbers.setChecked(True)
    shown = [str(pictures.table.model().index(0, column).data()) for column in range(3)]
    assert shown == list(pictures.picture.rows[0].cells[:3])
    pick(qtbot, tab, "見本電力", "見本おうち")
    settle(qtbot, tab, lambda: bill_of(qtbot, tab).bill is not None)
    assert pictures.table.model().rowCount() == len(pictures.picture.rows)
    now = [str(pictures.table.model().index(0, column).data()) for column in range(3)]
    assert now == list(pictures.picture.rows[0].cells[:3])
    assert now != shown


def test_the_paper_has_the_present_plan_that_was_known_before_it(qtbot, tab, context):
    read(qtbot, tab)
    bill = bill_of(qtbot, tab).bill
    present, _ = tab.quote_output.pair
    picked = replace(present, detail=replace(present.detail, base_cd="another"))
    other = TariffsTab(context)
    qtbot.addWidget(other)
    other.present.begin_with(present)
    other.present.show_question(picked)
    other.quote_output.show_question(picked, bill, ())
    assert [one.detail for one in other.quote_output.pair] == [present.detail, picked.detail]
    other.shut_down()


def test_a_page_that_is_built_later_has_the_fuel_rule_that_was_chosen(qtbot, tab):
    tab.bill_page.fuel.combo.setCurrentIndex(1)
    assert tab.ranking_page.fuel.choice == tab.bill_page.fuel.choice


def test_a_session_elsewhere_is_told_with_an_empty_store_too(qtbot, context, practice):
    practice.quoting.service.sessions.open(force=True)
    tab = TariffsTab(context)
    qtbot.addWidget(tab)
    tab.show()
    tab.activated()
    settle(qtbot, tab, lambda: bool(tab.strips.messages))
    (message,) = tab.strips.messages
    assert tab.price_page.empty_text.startswith("料金APIへのログインを断られました。")
    assert tab.bill_page.empty_text == tab.price_page.empty_text
    assert message.action_text == "ほかの端末のログインを終了して使う"
    assert "IT担当用" not in message.text
    assert "IT担当用" in message.detail
    with qtbot.waitSignal(tab.settings_requested):
        message.action()
        answer(tab, "設定を開く")
    message.action()
    answer(tab, "終了して使う")
    settle(qtbot, tab, lambda: tab.detail is not None and not tab.strips.messages)
    tab.shut_down()
    tab.hide()


def test_a_refused_token_leads_to_the_settings(qtbot, tab):
    # a server that lets us in and then refuses every call; what the client makes of one has its own tests
    tab.finder.failed.emit(ServerRefused("enegaeru", "forbidden", "トークンが無効です。", 403))
    (message,) = tab.strips.messages
    assert message.action_text == "設定を開く"
    assert message.detail == "IT担当用：forbidden 403"
    with qtbot.waitSignal(tab.settings_requested):
        message.action()
    tab.strips.clear()


def test_a_file_may_be_let_go_anywhere(qtbot, tab):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(SAMPLE))])
    left = Qt.MouseButton.LeftButton
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, left, Qt.KeyboardModifier.NoModifier)
    tab.dropEvent(event)
    settle(qtbot, tab, lambda: tab.usage_page.imported is not None)
    assert tab.usage_page.imported.usage.source == SAMPLE.name
    assert not tab.finder.search.editor.acceptDrops()


def test_purchase_json_is_usage_too(qtbot, tab, tmp_path):
    first = date(2026, 1, 1)
    days = [{"date": (first + timedelta(n)).isoformat(), "hourlyPowers": [0.5] * 24} for n in range(60)]
    path = tmp_path / "purchase.json"
    path.write_text(json.dumps(days), encoding="utf-8")
    read(qtbot, tab, path)
    page = bill_of(qtbot, tab)
    # two months and a day are no year, and nobody may take them for one
    assert page.total_text.startswith("60日分 ")
    assert any("1年分の料金ではありません" in line for line in page.doubts.lines)
    assert any("2026年3月 1/31 日" in line for line in page.doubts.lines)
    assert [row.cells[0] for row in page.model.rows if "/" in row.cells[0]] == ["2026年3月 1/31 日"]
    # the server bills the same whole months: that is said of the sum, never of a year
    assert page.server_text == "合計はサーバーと一致"
    assert shown_words(tab.pages).count("年間") == 0


def test_a_faulty_plan_is_billed_and_its_faults_stay_beside_the_figure_and_on_paper(qtbot, tab, practice, tmp_path):
    row = next(row for row in practice.quoting.service.catalogue.plans if row["epplan_id"] == "0006_1_0002")
    first = row["conditions"][0]
    whole = dict(first)
    first.update(volumeFrom=0, timeTo=12)
    try:
        tab.finder.expired.setChecked(True)
        pick(qtbot, tab, "関西電力", "従量電灯A（2023年4月")
        read(qtbot, tab)
        page = bill_of(qtbot, tab)
    finally:
        first.update(whole)
    assert not page.doubts.isHidden()
    doubts = page.doubts.lines
    said = ["このプランの適用期間は2024年3月31日で終わっています。", "単価が二重になっている時間帯があります", "使用量に単価がありません"]
    assert all(any(words in line for line in doubts) for words in said)
    assert page.total_text.startswith("年間 ")
    path = tmp_path / "quote.pdf"
    tab.quote_output.save_pdf(path)
    settle(qtbot, tab, path.exists)
    text = "".join(PdfReader(path).pages[0].extract_text().split())
    assert all("".join(words.split()) in text for words in said)
    assert f"金額の注意が{len(doubts)}件あります" in text
    pick(qtbot, tab, "関西電力", "従量電灯A")
    bill_of(qtbot, tab)
    assert page.doubts.lines == ()
    assert page.doubts.isHidden()


def test_gaps_stop_the_bill_until_a_rule_is_chosen(qtbot, tab, tmp_path):
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    path = tmp_path / "gaps.csv"
    cells = lines[60].split(",")
    cells[-1] = ""
    lines[60] = ",".join(cells)
    path.write_text("\n".join(lines), encoding="utf-8")
    read(qtbot, tab, path)
    assert tab.bill_page.bill is None
    assert "欠測" in tab.bill_page.empty_text
    assert any("データの抜けが 1 か所" in message.text for message in tab.usage_page.strips.messages)


def test_a_broken_file_is_named_and_the_usage_before_stays(qtbot, tab, tmp_path):
    read(qtbot, tab)
    before = tab.usage_page.usage
    path = tmp_path / "broken.csv"
    path.write_bytes(b"%PDF-1.7 not a table")
    tab.open_usage_file(path)
    settle(qtbot, tab, lambda: bool(tab.usage_page.strips.messages))
    assert tab.usage_page.strips.messages[-1].tone == "error"
    assert tab.usage_page.strips.messages[-1].text.startswith("「broken.csv」は使えません。")
    assert tab.usage_page.usage is before


def test_the_last_choice_is_there_again(qtbot, tab, open_tab):
    pick(qtbot, tab, "見本電力", "見本夜得")
    again = open_tab()
    settle(qtbot, again, lambda: again.detail is not None)
    assert again.detail.name.startswith("見本夜得")


def test_search_and_print_keys(qtbot, tab):
    tab.focus_search()
    assert tab.focusWidget() is tab.finder.search.editor
    tab.print_quote()
    assert "まだありません" in tab.strips.messages[-1].text
    tab.strips.clear()


def test_table_and_picture_are_handed_on(qtbot, tab, tmp_path):
    read(qtbot, tab)
    page = bill_of(qtbot, tab)
    page.picture_menu.copy_table()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 14
    assert lines[1].split("\t")[7] == str(page.bill.year.charge)
    tab.usage_page.summary.picture_menu.copy_table()
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert len(lines) == 1 + len(tab.usage_page.usage.days)
    assert sum(float(line[1]) for line in lines[1:]) == pytest.approx(tab.usage_page.usage.total_kwh, abs=4)
    tab.usage_page.strips.clear()
    finder = tab.finder
    finder.plan_list.currentItem().setText('=HYPERLINK("http://x.invalid")')
    QTest.keySequence(finder.plan_list, QKeySequence.StandardKey.Copy)
    assert QGuiApplication.clipboard().text().startswith("\"'=HYPERLINK")
    page.picture_menu.copy_picture()
    settle(qtbot, tab, lambda: not QGuiApplication.clipboard().image().isNull())
    path = tmp_path / "picture.svg"
    page.picture_menu.save_picture(path)
    settle(qtbot, tab, path.exists)
    assert b"<svg" in path.read_bytes()
    page.strips.clear()


def test_the_quote_says_what_the_screen_says(qtbot, tab, tmp_path):
    tab.usage_page.type_one_month(1, "400")
    page = bill_of(qtbot, tab)
    page.customer.setText("見本 <b>太郎</b> & 花子")
    path = tmp_path / "quote.pdf"
    tab.quote_output.save_pdf(path)
    settle(qtbot, tab, path.exists)
    document = PdfReader(path)
    text = "".join(document.pages[0].extract_text().split())
    assert len(document.pages) == 1
    assert "見本<b>太郎</b>&花子様" in text
    assert f"{page.bill.year.charge:,.0f}円" in text
    assert "1月の使用量400kWhからの推計" in text
    page.strips.clear()


def test_the_table_needs_no_horizontal_scroll_bar(qtbot, tab):
    read(qtbot, tab)
    page = bill_of(qtbot, tab)
    tab.pages.setCurrentWidget(page)
    qtbot.waitUntil(lambda: page.table.isVisible() and page.table.viewport().width() > 300)
    assert page.table.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("width", [960, 780])
@pytest.mark.parametrize("rule", range(len(tariff_texts.FUEL_RULES)))
def test_in_the_smallest_window_no_choice_is_cut(qtbot, tab, width, rule):
    read(qtbot, tab)
    page = bill_of(qtbot, tab)
    tab.pages.setCurrentWidget(page)
    page.fuel.combo.setCurrentIndex(rule)
    tab.resize(width, 450)
    qtbot.waitUntil(lambda: page.table.isVisible() and tab.width() == width)
    area = page.findChild(QScrollArea)
    for part in (page.fuel, page._rounding):
        right = part.mapTo(area.viewport(), part.rect().bottomRight()).x()
        assert right <= area.viewport().width()
    for combo in page.findChildren(QComboBox):
        words = max(combo.fontMetrics().horizontalAdvance(combo.itemText(n)) for n in range(combo.count()))
        style = combo.style()
        option = QStyleOptionComboBox()
        combo.initStyleOption(option)
        room = style.subControlRect(style.ComplexControl.CC_ComboBox, option, style.SubControl.SC_ComboBoxEditField, combo)
        assert room.width() >= words
        assert combo.toolTip()


def test_a_capacity_is_taken_as_people_paste_it_and_what_was_changed_is_said(qtbot, tab):
    read(qtbot, tab)
    pick(qtbot, tab, "見本電力", "見本可変")
    editor = tab.finder.capacity_editor
    paste(editor, "「容量：１，０００」")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    settle(qtbot, tab)
    assert editor.text() == "1000"
    assert "桁区切りを除去" in shown_words(tab.finder)
    paste(editor, "1.2E+03")
    assert "指数" in shown_words(tab.finder)
    assert editor.text() == "1.2E+03"
    settle(qtbot, tab)


def test_a_month_is_taken_as_people_paste_it_and_what_was_changed_is_said(qtbot, tab):
    tab.usage_page.type_one_month(1, "１，２００")
    settle(qtbot, tab, lambda: tab.usage_page.imported is not None)
    assert "整えました" in shown_words(tab.usage_page)
    assert sum(tab.usage_page.imported.usage.days[0].hourly_kwh) > 0
    assert "1200 kWh" in tab.usage_page.imported.usage.source
    tab.usage_page.type_one_month(1, "#####")
    assert "列を広げて" in shown_words(tab.usage_page)


@pytest.mark.parametrize(
    ("pasted", "shown", "said"),
    [
        ("〒５３０ー０００１", "530-0001", "整えました"),
        ('="5300001"', "530-0001", "見出しを除去"),
        ("530-0001", "530-0001", "7桁（例"),
        ("5.30E+06", "5.30E+06", "指数"),
        ("600001", "600001", "先頭の 0"),
        ("530000", "530000", "先頭の 0"),
        ("530-000", "530-000", "7桁です"),
        ("5300001と5300002", "5300001と5300002", "7桁です"),
    ],
)
def test_a_postcode_as_people_paste_it(qtbot, tab, pasted, shown, said):
    tab.finder.place.choose_mode(2)
    editor = tab.finder.place.zip_editor
    paste(editor, pasted)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    settle(qtbot, tab)
    assert editor.text() == shown
    assert said in shown_words(tab.finder.place)


def paste(editor, text):
    QGuiApplication.clipboard().setText(text)
    editor.setFocus()
    editor.selectAll()
    QTest.keySequence(editor, QKeySequence.StandardKey.Paste)


def test_a_retailer_is_found_in_any_form_of_its_name(qtbot, practice, open_tab):
    sample = next(company for company in practice.quoting.service.catalogue.companies if company["epcorpName"].startswith("見本電力"))
    sample["epcorpName"] = "髙德でんき"
    tab = open_tab()
    tab.finder.focus_search()
    paste(tab.finder.focusWidget(), "高徳デンキ")
    settle(qtbot, tab)
    assert first_hit(tab) == "髙德でんき"


def test_a_retailer_is_found_by_its_reading_and_its_short_name(qtbot, tab):
    for words in ("かんでん", "kepco"):
        tab.finder.focus_search()
        paste(tab.finder.focusWidget(), words)
        settle(qtbot, tab)
        assert first_hit(tab) == "関西電力"


def first_hit(tab):
    return tab.finder.search.hits.model().index(0, 0).data()


def test_a_letter_that_cannot_be_printed_is_told_before_anything_is_written(qtbot, tab, tmp_path):
    read(qtbot, tab)
    page = bill_of(qtbot, tab)
    page.customer.setText("𠮷野 太郎")
    path = tmp_path / "quote.pdf"
    for answer in ("キャンセル", "このまま作る(&Y)"):
        tab.quote_output.save_pdf(path)
        (box,) = [box for box in tab.findChildren(QMessageBox) if box.isVisible()]
        assert "𠮷（U+20BB7）" in box.text()
        assert not path.exists()
        next(button for button in box.buttons() if button.text() == answer).click()
        settle(qtbot, tab, lambda: not tab.quote_output.is_busy)
        assert path.exists() is (answer != "キャンセル")
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    page.strips.clear()


def test_what_is_wrong_with_a_plan_stands_on_its_sheet_and_old_prices_in_the_list(qtbot, tab):
    names = [tab.finder.plan_list.item(n).text() for n in range(tab.finder.plan_list.count())]
    assert [name for name in names if "今の単価ではありません" in name] == [name for name in names if "2018年" in name]
    pick(qtbot, tab, "関西電力", "はぴeタイム（新規")
    assert "燃料費調整の単価が分からないため" in shown_words(tab.price_page)
    assert "不明" in words_of_sheet(tab)
    pick(qtbot, tab, "関西電力", "従量電灯A")
    assert "燃料費調整の単価が分からないため" not in shown_words(tab.price_page)


class _Painted(QObject):
    """How many children each picture had beside it whenever it was painted."""

    def __init__(self):
        super().__init__()
        self.beside = []

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and isinstance(watched, ScheduleView):
            self.beside.append(len(watched.parentWidget().children()))
        return False


def test_a_section_that_comes_below_the_picture_does_not_have_it_painted_anew(qtbot, tab):
    tab.resize(1200, 500)  # so that the picture scrolls from the first: a bar that comes later takes room from it
    settle(qtbot, tab)
    painted = _Painted()
    QApplication.instance().installEventFilter(painted)
    pick(qtbot, tab, "見本電力", "見本おうち")
    settle(qtbot, tab)
    QApplication.instance().removeEventFilter(painted)
    (view,) = tab.price_page.findChildren(ScheduleView)
    cards = [card for card in view.parentWidget().children() if isinstance(card, QFrame) and card.property("kind") == "card"]
    assert len(cards) == len(tab.price_page.sections) > 3
    assert painted.beside
    assert max(painted.beside) <= len(view.parentWidget().children()) - len(cards) + 1
    below = [card.geometry() for card in cards]
    assert all(above.bottom() < place.top() for above, place in pairwise([view.geometry(), *below]))
    assert view.height() == view.sizeHint().height()


def test_a_sheet_is_scrolled_by_keys(qtbot, tab):
    area = tab.price_page.findChild(QScrollArea)
    area.setFocus()
    assert area.hasFocus()
    QTest.keyClick(area, Qt.Key.Key_PageDown)
    assert area.verticalScrollBar().value() > 0
