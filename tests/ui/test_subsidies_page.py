"""補助金 by keys: the kept list at once, the server behind it, filters, ticks that reach the paper, and a page opened only on purpose."""

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest

from denkidesk.practice.faults import parse_fault
from denkidesk.settings import resources_dir
from denkidesk.texts import subsidies as texts
from denkidesk.ui.quote.sheet import assumptions
from denkidesk.ui.tariffs.subsidy_table import PLACE, TITLE
from fakes.reach import complaints

SAMPLE = resources_dir() / "practice" / "sample_usage.csv"


@pytest.fixture
def clerk(clerk_at_tariffs):
    return clerk_at_tariffs


@pytest.fixture
def page(clerk):
    clerk.press("Alt+8")
    clerk.settle_tariffs()
    return clerk.tariffs.further.subsidies


@pytest.fixture
def opened(monkeypatch):
    """The pages that were opened in the browser."""
    pages = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda page: pages.append(page.toString()) or True)
    return pages


def pick(combo, name):
    combo.setFocus()
    combo.setCurrentIndex(combo.findText(name))


def test_the_list_comes_by_itself_and_is_kept(clerk, page):
    assert page.words.startswith("30 件（全 30 件）")
    assert texts.FIRST_LIST in page.words
    assert clerk.context.desk.subsidies.kept() == page.list
    assert page.finder.hasFocus()
    assert not clerk.tariffs.finder.isVisible()
    assert complaints(clerk.window) == []
    clerk.picture("list")


def test_filters_and_words_narrow_it_and_say_when_nothing_is_left(clerk, page):
    pick(page.prefecture, "大阪府")
    assert {row.subsidy.prefecture for row in map(page.model.row_at, range(page.model.rowCount()))} == {"大阪府", ""}
    pick(page.city, "見本市")
    pick(page.facility, "太陽光発電")
    assert page.model.rowCount() == 3
    clerk.press("Ctrl+F")
    QTest.keyClicks(page.finder, "zzz")
    assert texts.NO_MATCH in clerk.words_in(page)
    assert not page.tick.isEnabled()
    page.finder.clear()
    clerk.press("Return")
    assert page.table.hasFocus()
    assert page.model.rowCount() == 3


def test_a_tick_goes_onto_the_quote_and_another_customer_has_none(clerk, page, qtbot, tmp_path):
    clerk.tariffs.finder.choose("関西電力", "従量電灯A")
    clerk.drop(SAMPLE)
    clerk.press("Alt+8")
    clerk.settle_tariffs()
    page.focus_search()
    clerk.press("Return")
    clerk.press("Space")
    title = page.chosen.subsidy.title
    clerk.press("Down")
    clerk.press("Space")
    clerk.press("Space")  # and off again
    assert texts.TICKED_COUNT.format(count=1) in clerk.words_in(page)
    output = clerk.tariffs.quote_output
    clerk.until(lambda: output._bill is not None)
    with qtbot.waitSignal(output.finished, timeout=30_000):
        output.save_pdf(tmp_path / "quote.pdf")
    (stored,) = clerk.context.desk.quoting.quotes()
    assert [one.title for one in stored.sheet.subsidies] == [title]
    sheet = stored.sheet
    (line,) = [line for line in assumptions(sheet) if texts.ASK in line]
    assert title in line
    clerk.drop(SAMPLE)
    assert page.model.ticked == {}
    assert output._subsidies == ()
    assert texts.TICKED_COUNT.format(count=1) not in clerk.words_in(page)


def test_a_page_is_opened_by_its_key_alone_and_only_where_it_is_one(clerk, page, opened):
    clerk.press("Return")
    clerk.press("Down")
    clerk.press("Return")
    assert opened == []
    clerk.press("Alt+O")
    clerk.until(lambda: opened)
    assert opened == [page.chosen.subsidy.url]
    assert QUrl(opened[0]).scheme() == "https"


@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "file:///etc/passwd", "見本のページ", "https://", "ftp://example.com/1"])
def test_what_is_no_address_of_a_web_page_opens_nothing(clerk, page, opened, address):
    from dataclasses import replace

    row = page.list.rows[0]
    page._on_kept(replace(page.list, rows=(replace(row, subsidy=replace(row.subsidy, url=address)),)))
    assert not page.open_page.isEnabled()
    page._open_page()
    assert opened == []
    assert page.open_page.accessibleDescription() == texts.NO_PAGE


def test_f5_asks_again_and_a_server_that_is_away_leaves_the_list_with_its_age(clerk, page, practice):
    practice.quoting.faults.add(parse_fault("error-500@subsidy"))
    clerk.press("F5")
    clerk.settle_tariffs()
    (message,) = page.strips.messages
    assert "保存した内容" in message.text
    assert page.model.rowCount() == 30
    practice.quoting.faults.clear()
    page.get.click()
    clerk.settle_tariffs()
    assert page.strips.messages == ()


def test_without_list_and_server_the_page_says_why(clerk, practice):
    practice.quoting.faults.add(parse_fault("error-500@subsidy"))
    clerk.press("Alt+8")
    clerk.settle_tariffs()
    page = clerk.tariffs.further.subsidies
    assert len(page.strips.messages) == 1
    assert texts.NOTHING in clerk.words_in(page)


def test_a_row_is_told_whole_to_who_does_not_see_it(page):
    page._tick()
    from PySide6.QtCore import Qt

    spoken = page.model.index(0, 3).data(Qt.ItemDataRole.AccessibleTextRole)
    row = page.chosen
    assert row.subsidy.title in spoken
    assert spoken.endswith(texts.SPOKEN_TICKED)
    assert page.tick.text() == texts.UNTICK
    assert page.detail.words.startswith(row.subsidy.title)
    assert texts.ASK in page.detail.words


def test_each_column_but_the_titles_is_as_wide_as_its_widest_words(clerk, page):
    clerk.window.resize(1600, 900)
    clerk.settle_tariffs()
    table, model = page.table, page.model
    for column in (column for column in range(model.columnCount()) if column != TITLE):
        hints = [table.sizeHintForIndex(model.index(row, column)).width() for row in range(model.rowCount())]
        assert table.columnWidth(column) == max(*hints, table.horizontalHeader().sectionSizeHint(column)), column
    before = table.columnWidth(PLACE)
    font = table.font()
    font.setPointSizeF(font.pointSizeF() * 1.5)
    table.setFont(font)
    assert table.columnWidth(PLACE) > before
