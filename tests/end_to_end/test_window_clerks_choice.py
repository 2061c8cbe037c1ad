"""Which plans the clerk puts into the quote or takes out of the comparison, and an empty list: always said, always taken back by a key."""

import pytest
from tests.end_to_end.test_window_ranking import SAMPLE, page, rows, to_ranking

from denkidesk.domain.ranking import LeftOut

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def of_clerk(clerk):
    """関西電力's 従量電灯A on the sample, all plans stored and ranked, the cursor in the list."""
    to_ranking(clerk)
    page(clerk).strips.clear()
    page(clerk).table.setFocus()
    return clerk


def ticked(clerk):
    return [number for number, row in enumerate(rows(clerk)) if row[0]]


def excluded(clerk):
    ranking = page(clerk).ranking
    return {ranking.catalogue.plans[place][1].key for place, why in ranking.left_out.items() if why is LeftOut.EXCLUDED}


def test_space_a_second_time_takes_the_plan_out_of_the_quote_again(of_clerk):
    clerk = of_clerk
    clerk.press("Down")
    clerk.press("Space")
    clerk.until(lambda: ticked(clerk) == [1])
    clerk.settle_tariffs()
    assert page(clerk)._acts.take.isEnabled()
    clerk.press("Space")
    clerk.until(lambda: not ticked(clerk))
    clerk.settle_tariffs()
    present = page(clerk).ranking.present
    assert clerk.tariffs.detail == present.detail
    assert not page(clerk)._acts.take.isEnabled()
    assert page(clerk).table.hasFocus()
    clerk.press("Alt+3")
    assert clerk.tariffs.bill_page.bill.year.charge == present.yen


def test_a_plan_taken_out_of_the_comparison_is_said_everywhere_and_put_back(of_clerk):
    clerk = of_clerk
    before, present = rows(clerk), page(clerk).ranking.present
    clerk.press("Down")
    first, line = page(clerk).model.line(0), page(clerk).chosen
    clerk.press("Delete")
    clerk.until(lambda: excluded(clerk) == {line.detail.key})
    clerk.settle_tariffs()
    clerk.picture("excluded")
    assert len(rows(clerk)) == len(before) - 1
    assert page(clerk).table.chosen_rows() == [1], "the cursor stays where it was"
    assert page(clerk).model.line(0).rank == first.rank == 1
    assert page(clerk).ranking.present.rank == present.rank - 1, "it was a cheaper one"
    assert "比較から外した 1件" in page(clerk).counts_text
    assert line.detail.name in page(clerk).strips.messages[-1].text
    clerk.press("Alt+X")
    clerk.until(lambda: len(excluded(clerk)) == 2)
    clerk.settle_tariffs()
    clerk.press("Alt+E")
    other = page(clerk).other
    clerk.until(lambda: other.table.isVisible() and other.table.hasFocus())
    clerk.picture("left-out")
    assert [other.rows.index(row, 0).data() for row in range(3)] == ["比較から外した", "比較から外した", "別のエリア"]
    for left in (1, 0):
        clerk.press("Alt+I")
        clerk.until(lambda left=left: len(excluded(clerk)) == left)
        clerk.settle_tariffs()
        assert other.table.hasFocus()
    assert not other.include.isVisible()
    clerk.press("Esc")
    assert page(clerk).table.hasFocus()
    assert rows(clerk) == before
    assert not page(clerk).strips.messages


def test_what_is_taken_out_is_taken_back_at_once_and_is_of_this_customer_only(of_clerk):
    clerk = of_clerk
    before = rows(clerk)
    clerk.press("Space")
    clerk.until(lambda: ticked(clerk) == [0])
    clerk.settle_tariffs()
    clerk.press("Delete")
    clerk.until(lambda: excluded(clerk))
    clerk.settle_tariffs()
    assert not ticked(clerk), "nor is it in the quote any more"
    page(clerk).strips.messages[-1].action()
    clerk.until(lambda: not excluded(clerk))
    clerk.settle_tariffs()
    assert rows(clerk) == before
    clerk.press("Delete")
    clerk.until(lambda: excluded(clerk))
    clerk.tariffs.present.forget_customer()
    clerk.drop(SAMPLE)
    clerk.press("Alt+5")
    clerk.settle_tariffs()
    assert not excluded(clerk)
    assert rows(clerk) == before


def test_a_trial_and_another_fuel_rule_keep_it_out(of_clerk):
    clerk = of_clerk
    clerk.press("Delete")
    clerk.until(lambda: excluded(clerk))
    for keys in (("Alt+K", "Right"), ("Alt+U", "Down")):
        for key in keys:
            clerk.press(key)
        clerk.settle_tariffs()
        assert len(excluded(clerk)) == 1


@pytest.mark.parametrize("size", [(1280, 800), (800, 480)])
def test_a_list_that_a_filter_empties_says_so_and_one_key_shows_all_again(of_clerk, size):
    clerk = of_clerk
    every = rows(clerk)
    page(clerk)._filters.chips["★お気に入り"].click()
    page(clerk).filter.setFocus()
    clerk.write("ない語")
    clerk.window.resize(*size)
    clerk.settle_tariffs()
    page(clerk).table.setFocus()
    clerk.picture()
    assert rows(clerk) == []
    assert "「★お気に入り」「ない語」に合うプランはありません。" in clerk.words_in(page(clerk).table)
    clerk.press("Alt+I")
    clerk.until(lambda: rows(clerk) == every)
    assert page(clerk).table.hasFocus()
    assert page(clerk).table.chosen_rows() == [0]
    assert "合うプランはありません" not in clerk.words_in(page(clerk).table)


def test_esc_in_the_field_shows_all_again_and_leaves_a_list_that_stands_in_the_place_of_the_plans(of_clerk):
    clerk = of_clerk
    every = rows(clerk)
    page(clerk).filter.setFocus()
    clerk.write("ない語")
    assert rows(clerk) == []
    clerk.press("Esc")
    assert rows(clerk) == every
    assert page(clerk).filter.hasFocus()
    for keys in ("Alt+E", "Alt+N"):
        clerk.press(keys)
        clerk.until(page(clerk).other.isVisible)
        clerk.settle_tariffs()
        clerk.press("Esc")
        assert page(clerk).table.isVisible()
        assert page(clerk).table.hasFocus()
