"""Plans whose prices depend on the contract's capacity, at the desk by keyboard: they are counted, fetched and ranked."""

import pytest
from tests.end_to_end.test_window_ranking import SAMPLE, fill, page, rows

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

VARIABLE = "見本可変低圧プラン"


@pytest.fixture
def of_power(clerk):
    """関西電力's 低圧電力 at 6 kW on the sample, all plans stored and ranked."""
    clerk.open_tariffs()
    clerk.settle_tariffs()
    assert clerk.tariffs.finder.choose("関西電力", "低圧電力")
    clerk.settle_tariffs()
    clerk.tariffs.finder.capacity_editor.setText("6")
    clerk.settle_tariffs()
    clerk.drop(SAMPLE)
    clerk.press("Alt+5")
    clerk.until(page(clerk).isVisible)
    clerk.settle_tariffs()
    fill(clerk)
    clerk.settle_tariffs()
    return clerk


def named(clerk):
    return [row[2] for row in rows(clerk)]


def test_a_variable_metered_plan_is_fetched_for_the_capacity_at_hand_and_ranked(of_power):
    assert any(VARIABLE in name for name in named(of_power))
    of_power.picture("ranked")


def test_at_another_capacity_it_is_left_out_for_that_and_fetched_with_one_key(of_power):
    of_power.press("Alt+B")
    of_power.until(page(of_power).trial.capacity.hasFocus)
    of_power.press("Right")
    of_power.settle_tariffs()
    assert not any(VARIABLE in name for name in named(of_power))
    of_power.press("Alt+E")
    other = page(of_power).other
    of_power.until(lambda: other.table.isVisible() and other.table.hasFocus())
    assert "契約容量ごとの単価が未取得 1件" in other.words
    assert other.fetch.isVisible()
    assert "7kW" in other.fetch.text()
    of_power.picture("left-out")
    page(of_power).strips.clear()
    of_power.press("Alt+Z")
    of_power.until(lambda: page(of_power).strips.messages)
    of_power.settle_tariffs()
    assert "1件を取り込みました" in page(of_power).strips.messages[-1].text
    of_power.until(lambda: not other.fetch.isVisible())
    assert other.table.hasFocus()
    of_power.press("Alt+E")
    assert any(VARIABLE in name for name in named(of_power))
