"""A plan by a part of its name, from the pages that show one plan: typed, Enter, there; over all that is stored, with the servers off."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from denkidesk.settings import resources_dir
from denkidesk.ui.tour.keyboard import Keyboard

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

SAMPLE = resources_dir() / "practice" / "sample_usage.csv"


@pytest.fixture
def stored(clerk, practice):
    """関西電力's 従量電灯A on the sample, every retailer's plans stored, and no server any more."""
    clerk.open_tariffs()
    clerk.tariffs.finder.choose("関西電力", "従量電灯A")
    clerk.drop(SAMPLE)
    desk = clerk.context.desk
    desk.catalogue.sync(200)
    practice.quoting.faults.inject("error-500", times=None, operation=None)
    clerk.press("Alt+1")
    return clerk


def hits(clerk):
    model = clerk.tariffs.finder.search.hits.model()
    return [[model.index(row, column).data() for column in range(2)] for row in range(model.rowCount())]


def search(clerk, words):
    clerk.press("Ctrl+F")
    finder = clerk.tariffs.finder
    clerk.until(finder.search.editor.hasFocus)
    Keyboard(clerk.window).type(words)
    clerk.until(lambda: not finder.search.is_busy)


@pytest.mark.parametrize("page", ["Alt+1", "Alt+3"])
@pytest.mark.parametrize(
    ("words", "plan", "company"),
    [
        ("なっとく", "なっトクでんき", "関西電力"),
        ("ｽﾏｰﾄﾗｲﾌ s", "スマートライフS", "東京電力エナジーパートナー"),  # in another area
        ("eneos", "ENEOS A", "ENEOS Power"),
    ],
)
def test_part_of_a_name_and_enter_lead_to_the_plan(stored, page, words, plan, company):
    stored.press(page)
    sheet = stored.tariffs.detail
    search(stored, words)
    assert hits(stored)
    stored.picture("hits")
    assert stored.tariffs.detail is sheet, "nothing changes before one is picked"
    if company.startswith("ENEOS"):
        stored.press("Down")  # the retailer itself is first
    stored.press("Return")
    stored.settle_tariffs()
    stored.picture()
    assert stored.tariffs.detail.name.startswith(plan)
    assert stored.tariffs.finder.choice().company.name.startswith(company)
    assert stored.tariffs.finder.plan_list.hasFocus()
    assert not stored.tariffs.finder.search.hits.isVisible()
    if page == "Alt+3":
        assert stored.tariffs.bill_page.bill.epplan_id == stored.tariffs.detail.epplan_id


def test_enter_that_is_quicker_than_the_store_picks_the_first(stored):
    stored.press("Ctrl+F")
    editor = stored.tariffs.finder.search.editor
    QTest.keyClicks(editor, "natt")
    editor.setText("なっとく")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    stored.settle_tariffs()
    assert stored.tariffs.detail.name.startswith("なっトクでんき")


def test_a_retailer_is_picked_with_its_first_plan_and_esc_picks_nothing(stored):
    search(stored, "おおさかがす")
    assert hits(stored)[0] == ["大阪ガス", "（会社）"]
    stored.press("Esc")
    assert not stored.tariffs.finder.search.hits.isVisible()
    stored.press("Return")  # opens what Esc has closed
    assert hits(stored)
    stored.press("Return")
    stored.settle_tariffs()
    assert stored.tariffs.finder.choice().company.name == "大阪ガス"


def test_what_nothing_is_called_is_said_and_the_sheet_stays(stored):
    sheet = stored.tariffs.detail
    search(stored, "ない名前")
    assert "「ない名前」に合う会社・プランは" in stored.words_in(stored.tariffs.finder)
    stored.picture()
    stored.press("Return")
    stored.press("Tab")
    assert "ない名前" not in stored.words_in(stored.tariffs.finder)
    assert stored.tariffs.detail is sheet


@pytest.mark.parametrize("size", [(800, 480), (1366, 768)])
def test_what_is_found_is_in_sight(stored, size):
    stored.window.resize(*size)
    search(stored, "でん")
    stored.picture("-".join(map(str, size)))
    listed = stored.tariffs.finder.search.hits
    for part in (listed, stored.tariffs.finder.search.note, stored.tariffs.finder.search.editor):
        stored.until(lambda part=part: part.visibleRegion().boundingRect() == part.rect())
    assert all(listed.columnWidth(column) > 0 for column in range(2))
