"""The capacity of a house of 従量電灯A, whose bill does not depend on it, typed at the desk: which plans by capacity it can have."""

from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication
from tests.end_to_end.test_window_ranking import page, rows, to_ranking

from denkidesk.domain.ranking import Size

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def of_house(clerk):
    """関西電力's 従量電灯A on the sample, all plans stored and ranked."""
    to_ranking(clerk)
    return clerk


def sizes(clerk):
    """Of the plans of one retailer that stand in the list with a rank."""
    model = page(clerk).model
    lines = [model.line(row) for row in range(model.rowCount())]
    return {line.detail.ampere for line in lines if line.rank is not None and line.detail.ampere is not None}


def typed(clerk, words, size):
    clerk.write(words)
    clerk.until(lambda: page(clerk).ranking is not None and page(clerk).ranking.question.house == size)
    clerk.settle_tariffs()


def test_without_it_the_list_says_that_plans_of_every_size_stand_in_it_and_with_it_only_those_that_fit_do(of_house):
    clerk = of_house
    before = rows(clerk)
    assert len(sizes(clerk)) > 2
    assert "契約容量が未入力" in page(clerk).counts_text
    present = page(clerk).ranking.present.yen
    clerk.press("Alt+B")
    assert page(clerk).trial.house.editor.hasFocus()
    typed(clerk, "40", Size(Decimal(40), is_ampere=True))
    clerk.picture("40A")
    assert sizes(clerk) == {Decimal(40)}
    assert "契約容量 40A で比較" in page(clerk).counts_text
    assert "試算" not in page(clerk).counts_text, "it is a fact, and nothing is tried"
    assert page(clerk).ranking.present.yen == present
    assert page(clerk).trial.house.editor.hasFocus()
    typed(clerk, "5kVA", Size(Decimal(5), is_ampere=False))
    assert sizes(clerk) == {Decimal(50)}
    typed(clerk, "5", Size(Decimal(5), is_ampere=True))
    clerk.press("Tab")
    assert page(clerk).trial.house.unit.hasFocus()
    clerk.press("Down")
    clerk.until(lambda: page(clerk).ranking.question.house == Size(Decimal(5), is_ampere=False))
    clerk.press("Alt+B")
    typed(clerk, "x", None)
    assert page(clerk).trial.house.editor.property("fault") == "yes"
    clerk.settle_tariffs()
    assert rows(clerk) == before


def test_it_goes_with_a_plan_into_the_quote_and_not_to_the_next_customer(of_house):
    clerk = of_house
    clerk.press("Alt+B")
    typed(clerk, "40A", Size(Decimal(40), is_ampere=True))
    page(clerk).table.setFocus()
    clerk.press("Space")
    clerk.settle_tariffs()
    assert page(clerk).ranking.question.house == Size(Decimal(40), is_ampere=True)
    assert sizes(clerk) == {Decimal(40)}
    clerk.tariffs.present.forget_customer()
    assert not page(clerk).trial.house.editor.text()


def test_in_a_low_window_it_is_typed_in_the_line_above_the_list(of_house):
    clerk = of_house
    clerk.window.resize(800, 480)
    clerk.settle_tariffs()
    page(clerk).table.setFocus()
    clerk.press("Alt+B")
    assert page(clerk).trial.house.editor.hasFocus()
    typed(clerk, "30", Size(Decimal(30), is_ampere=True))
    clerk.picture()
    assert page(clerk).table.isVisible()
    assert QApplication.focusWidget() is page(clerk).trial.house.editor
    clerk.press("Esc")
    assert page(clerk).table.hasFocus()
    clerk.press("Alt+M")
    clerk.until(lambda: not page(clerk).table.isVisible())
    clerk.press("Alt+B")
    typed(clerk, "40", Size(Decimal(40), is_ampere=True))
    assert page(clerk).table.isVisible(), "among the tools it brings the list back as a slider does"
    assert page(clerk).trial.house.editor.hasFocus()
