"""A plan whose fuel price nobody has published: the clerk types its price where it stands apart, and every figure has it and says so."""

from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication
from tests.end_to_end.test_window_quote import save
from tests.end_to_end.test_window_ranking import page, rows, to_ranking

from denkidesk.domain.bills import FuelRule

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def at_unknown(clerk):
    """関西電力's 従量電灯A on the sample, all plans ranked, the cursor on the first whose fuel price is unknown."""
    to_ranking(clerk)
    page(clerk).strips.clear()
    page(clerk).table.choose_row(next(number for number, row in enumerate(rows(clerk)) if row[1] == "―"))
    page(clerk).table.setFocus()
    return clerk


def ask(clerk):
    """A button that is reached by its letter goes down before it acts."""
    clerk.press("Alt+C")
    clerk.until(page(clerk).price.editor.hasFocus)


def typed(clerk, words):
    ask(clerk)
    clerk.write(words)
    clerk.press("Return")
    clerk.until(page(clerk).table.hasFocus)
    clerk.settle_tariffs()


def test_in_the_smallest_window_the_row_stays_in_sight_while_its_price_is_typed(at_unknown):
    clerk = at_unknown
    clerk.window.resize(800, 480)
    QApplication.processEvents()
    table = page(clerk).table
    index = table.model().index(table.chosen_rows()[0], 0)
    table.scrollTo(index, table.ScrollHint.PositionAtBottom)
    height = table.viewport().height()
    ask(clerk)
    QApplication.processEvents()
    clerk.picture("low")
    assert page(clerk).price.isVisible()
    assert table.viewport().height() < height - table.row_height
    assert table.viewport().rect().contains(table.visualRect(index))


def test_a_price_that_is_typed_ranks_the_plan_and_is_said_in_list_bill_and_quote(at_unknown, tmp_path):
    clerk = at_unknown
    unknown, plan = len(page(clerk).ranking.fuel_unknown), page(clerk).chosen.detail
    without = page(clerk).chosen.yen
    typed(clerk, "-2.5")
    clerk.picture("priced")
    line = page(clerk).chosen
    assert (line.detail, line.rank is not None) == (plan, True)
    assert line.yen < without
    assert line.difference == line.yen - page(clerk).ranking.present.yen
    assert len(page(clerk).ranking.fuel_unknown) == unknown - 1
    assert "［燃料費は入力］" in rows(clerk)[page(clerk).table.chosen_rows()[0]][2]
    assert page(clerk).counts_text.endswith("、ほか1プランは入力した単価")
    clerk.press("Return")
    clerk.until(lambda: page(clerk).why is not None and page(clerk).why.answer is not None)
    assert page(clerk).why.answer.explained.why.proposed_yen == line.yen
    clerk.press("Esc")
    clerk.press("Space")
    clerk.until(lambda: clerk.tariffs.detail == plan)
    clerk.settle_tariffs()
    clerk.press("Alt+3")
    bill = clerk.tariffs.bill_page
    assert bill.bill.year.charge == line.yen
    assert any("入力した単価 −2.50 円/kWh" in line for line in bill.doubts.lines)
    save(clerk, tmp_path / "quote.pdf")
    (quote,) = clerk.context.desk.quoting.quotes()
    words = "\n".join(quote.sheet.conditions)
    assert "入力した燃料費調整の単価：ご提案 −2.50 円/kWh" in words
    assert "ご提案 不明" not in words


def test_without_a_price_it_stands_apart_again_and_what_is_no_price_is_marked(at_unknown):
    clerk = at_unknown
    before = rows(clerk)
    ask(clerk)
    clerk.write("x")
    clerk.press("Return")
    assert page(clerk).price.editor.property("fault") == "yes"
    clerk.press("Esc")
    assert page(clerk).table.hasFocus()
    assert not page(clerk).price.isVisible()
    typed(clerk, "1")
    assert rows(clerk) != before
    ask(clerk)
    assert page(clerk).price.editor.text() == "1"
    page(clerk).price.editor.clear()
    clerk.press("Return")
    clerk.until(page(clerk).table.hasFocus)
    clerk.settle_tariffs()
    assert rows(clerk) == before
    page(clerk).table.choose_row(0)
    assert not page(clerk)._acts.of_chosen[-1].isEnabled(), "a plan with a price of its own needs none"


def test_in_a_low_window_it_is_typed_above_the_list_and_another_rule_has_no_use_for_it(at_unknown):
    clerk = at_unknown
    clerk.window.resize(800, 480)
    clerk.settle_tariffs()
    page(clerk).table.setFocus()
    typed(clerk, "2")
    clerk.picture()
    assert page(clerk).ranking.question.fuel.of_plans[0][1] == Decimal(2)
    clerk.press("Alt+U")
    clerk.press("Down")
    clerk.until(lambda: page(clerk).ranking.question.fuel.rule is FuelRule.NONE)
    clerk.settle_tariffs()
    assert page(clerk).ranking.question.fuel.of_plans == ()
    assert "入力した単価" not in page(clerk).counts_text
