"""Beside the list: why the chosen plan is cheaper or dearer, in one sentence, of no other plan and no other usage."""

import pytest
from tests.end_to_end.test_window_ranking import page, to_ranking

from denkidesk.texts.why import reasons_words

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def ranked(clerk):
    """At the ranking, in a window that has room for the card beside the list."""
    to_ranking(clerk)
    page(clerk).table.setFocus()
    return clerk


def why_of_chosen(clerk):
    """The parts, as なぜ shows them."""
    page(clerk).table.setFocus()
    clerk.press("Return")
    clerk.until(lambda: page(clerk).why is not None and page(clerk).why.isVisible())
    clerk.settle_tariffs()
    found = page(clerk).why.answer.explained.why
    clerk.press("Esc")
    clerk.settle_tariffs()
    return found


def test_the_card_says_the_two_largest_differences_of_the_chosen_plan_on_the_usage_that_is_tried(ranked):
    clerk, reason = ranked, page(ranked).card.reason
    said = reason.text()
    clerk.picture("first")
    assert said == reasons_words(why_of_chosen(clerk)) != ""
    page(clerk).table.choose_row(4)  # of another kind: those between differ by their base charge alone
    assert page(clerk).chosen.detail.name.startswith("見本おうち")
    assert reason.text() == "", "that of another plan is not shown for a moment"
    clerk.settle_tariffs()
    second = reason.text()
    assert second == reasons_words(why_of_chosen(clerk)) != said
    clerk.press("Alt+K")
    clerk.press("Right")
    clerk.until(lambda: page(clerk).ranking.trial.kwh_percent)
    clerk.settle_tariffs()
    clerk.picture("tried")
    tried = reason.text()
    assert tried == reasons_words(why_of_chosen(clerk)) != second
    assert tried in page(clerk).card.words


def test_a_plan_without_a_difference_has_no_reason_and_leaves_no_gap(ranked):
    clerk, reason = ranked, page(ranked).card.reason
    model = page(clerk).model
    assert reason.isVisible()
    page(clerk).table.choose_row(next(row for row in range(model.rowCount()) if model.line(row).difference is None))
    clerk.settle_tariffs()
    assert not reason.isVisible()
    page(clerk).table.choose_row(0)
    clerk.settle_tariffs()
    assert reason.isVisible()
    assert reason.text()
