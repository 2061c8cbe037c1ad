"""比較 before there is anything to compare: each empty page says what is missing, and one key leads to it."""

import pytest

from denkidesk.settings import resources_dir
from denkidesk.texts import ranking as texts

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

SAMPLE = resources_dir() / "practice" / "sample_usage.csv"
LOW = (800, 480)


def page(clerk):
    return clerk.tariffs.ranking_page


def come_to_ranking(clerk):
    clerk.press("Alt+5")
    clerk.until(page(clerk).isVisible)
    clerk.settle_tariffs()
    clerk.picture()


@pytest.mark.parametrize("keys", ["Space", "Alt+C"])
def test_without_usage_one_key_leads_to_where_it_is_brought(clerk, keys):
    clerk.open_tariffs()
    clerk.tariffs.finder.choose("関西電力", "従量電灯A")
    come_to_ranking(clerk)
    words = clerk.words_in(page(clerk))
    assert "使用量を入れると" in words
    assert "左の一覧" not in words, "there is none beside this page"
    clerk.press(keys)
    clerk.until(lambda: clerk.tariffs.usage_page.isVisible() and clerk.tariffs.usage_page.isAncestorOf(clerk.window.focusWidget()))


def test_without_a_plan_it_leads_to_the_lists(clerk):
    clerk.open_tariffs()
    finder = clerk.tariffs.finder
    finder.choose("関西電力", "従量電灯A")
    while finder.choice() is not None:  # a contract type that the retailer has no plan of
        finder._contract_type.setCurrentIndex(finder._contract_type.currentIndex() + 1)
    clerk.drop(SAMPLE)
    come_to_ranking(clerk)
    assert "今の契約のプランを選び" in clerk.words_in(page(clerk))
    clerk.press("Space")
    clerk.until(lambda: finder.isVisible() and finder.isAncestorOf(clerk.window.focusWidget()))


def test_without_a_capacity_it_leads_to_its_field(clerk):
    clerk.open_tariffs()
    assert clerk.tariffs.finder.choose("関西電力", "低圧電力")
    clerk.settle_tariffs()
    clerk.drop(SAMPLE)
    come_to_ranking(clerk)
    assert "今の契約の容量" in clerk.words_in(page(clerk))
    clerk.press("Space")
    clerk.until(lambda: clerk.tariffs.finder.capacity_editor.hasFocus() and clerk.tariffs.finder.isVisible())


@pytest.mark.parametrize("keys", ["Space", "Alt+D"])
def test_before_the_first_filling_it_is_offered_in_the_smallest_window_too(clerk, keys):
    clerk.open_tariffs()
    clerk.tariffs.finder.choose("関西電力", "従量電灯A")
    clerk.drop(SAMPLE)
    clerk.window.resize(*LOW)
    come_to_ranking(clerk)
    assert page(clerk).ranking is None, "one plan is no comparison"
    assert texts.NO_CATALOGUE in clerk.words_in(page(clerk))
    assert page(clerk).fill.isVisible()
    clerk.press(keys)
    clerk.until(lambda: page(clerk).strips.messages)
    clerk.settle_tariffs()
    clerk.picture("filled")
    assert page(clerk).table.isVisible()
    assert page(clerk).model.rowCount() > 3
    assert page(clerk).table.hasFocus()
    assert "未取得の会社" not in page(clerk).counts_text


def test_a_catalogue_of_what_was_looked_at_says_how_many_retailers_it_lacks(clerk):
    clerk.open_tariffs()
    finder = clerk.tariffs.finder
    clerk.drop(SAMPLE)
    names = [finder.plan_list.item(row).text() for row in range(finder.plan_list.count())]
    for row in range(len(names)):
        finder.plan_list.setCurrentRow(row)
        clerk.settle_tariffs()
    clerk.window.resize(*LOW)
    come_to_ranking(clerk)
    others = finder.company_list.count() - 1
    assert len(names) > 2
    assert others
    assert f"プラン未取得の会社 {others}社" in page(clerk).counts_text
    assert page(clerk).fill.isVisible()


@pytest.fixture
def low(clerk):
    """The smallest window with everything ranked and the cursor in the list."""
    clerk.open_tariffs()
    clerk.tariffs.finder.choose("関西電力", "従量電灯A")
    clerk.drop(SAMPLE)
    come_to_ranking(clerk)
    clerk.press("Alt+D")
    clerk.until(lambda: page(clerk).strips.messages)
    clerk.settle_tariffs()
    page(clerk).strips.clear()
    clerk.window.resize(*LOW)
    clerk.settle_tariffs()
    assert page(clerk).table.hasFocus()
    return clerk


def tools(clerk):
    """A button that is reached by its letter goes down before it acts."""
    was = page(clerk).tools.isChecked()
    clerk.press("Alt+M")
    clerk.until(lambda: page(clerk).tools.isChecked() is not was)


@pytest.mark.parametrize(("keys", "slider"), [("Alt+K", "kwh"), ("Alt+L", "night"), ("Alt+W", "home")])
def test_in_a_low_window_a_slider_stands_in_one_line_above_the_list_that_it_ranks(low, keys, slider):
    trial = page(low).trial
    low.press(keys)
    assert getattr(trial, slider).hasFocus()
    low.press("Right")
    low.settle_tariffs()
    low.picture()
    for part in (page(low).table, page(low).pinned, page(low)._counts, trial):
        assert part.isVisible()
    assert page(low).counts_text.startswith("試算中：")
    assert trial.height() < 2 * page(low).table.row_height
    assert page(low).table.viewport().height() >= 3 * page(low).table.row_height
    low.press("Esc")
    assert page(low).table.hasFocus()
    assert not trial.isVisible()
    assert page(low).counts_text.startswith("試算中："), "what is tried stays, and is said"


def test_in_a_low_window_a_slider_among_the_tools_brings_the_list_back_as_soon_as_it_moves(low):
    tools(low)
    assert not page(low).table.isVisible()
    low.press("Alt+L")
    low.until(page(low).trial.night.hasFocus)
    assert not page(low).table.isVisible()
    low.press("PgUp")
    low.settle_tariffs()
    assert page(low).table.isVisible()
    assert page(low).trial.night.hasFocus()
    assert "昼（7～23時）から夜へ 5%" in page(low).counts_text
    low.press("Alt+R")
    low.until(page(low).table.hasFocus)
    low.settle_tariffs()
    assert not page(low).trial.isVisible()
    assert "試算中" not in page(low).counts_text


def test_the_cursor_is_never_left_behind_where_list_and_tools_take_turns(low):
    tools(low)
    tools(low)
    assert page(low).table.hasFocus()
    low.press("Down")
    low.press("Return")
    low.until(lambda: page(low).why is not None and page(low).why.isVisible())
    low.press("Esc")
    low.until(page(low).table.hasFocus)
    tools(low)
    low.window.resize(1280, 800)
    low.until(page(low).table.hasFocus)
    low.press("Alt+K")
    low.window.resize(*LOW)
    low.until(lambda: not page(low)._tools.isVisible())
    assert page(low).table.hasFocus()
    low.press("Alt+K")
    low.window.resize(1280, 800)
    low.until(page(low)._tools.isVisible)
    assert page(low).trial.kwh.hasFocus()
    assert page(low).trial.home.isVisible()
