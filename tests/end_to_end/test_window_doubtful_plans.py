"""A plan whose sum is doubtful, at the desk: in the form, in the list, in the card, and on the way to the quote."""

import pytest
from tests.end_to_end.test_window_ranking import own_plans, to_ranking

from denkidesk.texts import own_plans as own_texts

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def ranked(clerk):
    """At the ranking."""
    return to_ranking(clerk)


def add_own(clerk, typed, *, presses):
    """An own plan by hand; ``presses``: how often Enter is asked for."""
    own = own_plans(clerk)
    clerk.press("Alt+C")
    clerk.until(own.form.isVisible)
    for field, text in typed.items():
        own.form.editors[field].setFocus()
        clerk.write(text)
    for _ in range(presses):
        clerk.press("Return")
        clerk.settle_tariffs()
    return own


HOLE = {"name": "穴あき", "base_unit": "500", "price 1": "25", "up_to 1": "120", "price 2": "30", "above 2": "300"}


def test_a_doubt_of_an_own_plan_is_said_where_it_is_typed_and_the_second_enter_keeps_it(ranked):
    own = add_own(ranked, HOLE, presses=1)
    ranked.picture("form")
    assert own.form.isVisible()
    assert not own.plans
    assert "120～300 kWh の使用量に単価がありません" in own.form.notes
    assert own_texts.KEEP_ANYWAY in own.form.notes
    marked = {name for name, editor in own.form.editors.items() if editor.property("fault") == "yes"}
    assert marked == {"above 1", "up_to 1", "above 2", "up_to 2"}
    assert own.form.editors["above 1"].hasFocus()
    own.form.editors["above 2"].setFocus()
    ranked.write("200")
    ranked.press("Return")
    ranked.settle_tariffs()
    assert "120～200 kWh" in own.form.notes, "what was changed is looked at again"
    assert not own.plans
    ranked.press("Return")
    ranked.until(lambda: own.plans and not own.is_busy)
    assert not own.form.isVisible()
    assert own.plans[0].detail.conditions[1].volume_from == 200


def test_a_plan_of_a_file_that_is_doubtful_is_named(ranked, tmp_path):
    own = add_own(ranked, HOLE, presses=2)
    ranked.until(lambda: own.plans and not own.is_busy)
    own.write_file(tmp_path / "own.json", own.plans[0])
    ranked.settle_tariffs()
    own.read_file(tmp_path / "own.json")
    ranked.until(lambda: "1件は単価を確かめてください：穴あき" in own.strips.messages[-1].text)


def test_a_plan_of_a_file_that_takes_the_place_of_another_is_named_and_put_back(ranked, tmp_path):
    own = add_own(ranked, HOLE, presses=2)
    ranked.until(lambda: own.plans and not own.is_busy)
    before, file = own.plans, tmp_path / "own.json"
    own.write_file(file, before[0])
    ranked.settle_tariffs()
    file.write_text(file.read_text(encoding="utf-8").replace("穴あき", "ほかの名"), encoding="utf-8")
    own.read_file(file)
    ranked.until(lambda: "1件は同じ番号のプランを置き換えました：穴あき。" in own.strips.messages[-1].text)
    ranked.settle_tariffs()
    assert [one.detail.name for one in own.plans] == ["ほかの名"]
    own.strips.messages[-1].action()
    ranked.until(lambda: "置き換える前に戻しました" in own.strips.messages[-1].text)
    ranked.settle_tariffs()
    assert own.plans == before
