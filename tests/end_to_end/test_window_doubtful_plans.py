"""A plan whose sum is doubtful, at the desk: in the form, in the list, in the card, and on the way to the quote."""

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from tests.end_to_end.test_window_ranking import own_plans, page, rows, to_ranking

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


def test_a_plan_with_a_hole_has_no_rank_and_its_doubt_is_in_the_row_the_card_the_why_and_on_the_way_to_the_quote(ranked):
    add_own(ranked, HOLE, presses=2)
    ranked.press("Esc")
    ranked.until(lambda: page(ranked).ranking.miscounted)
    ranked.settle_tariffs()
    shown, model = rows(ranked), page(ranked).model
    assert "穴あき" not in shown[0][2], "it would be the cheapest"
    assert shown[-1][1:] == ["―", "穴あき［自社］［要注意］　自社", "―", "単価に漏れ・重複"]
    assert "単価に漏れ・重複 1件" in page(ranked).counts_text
    doubt = "120～300 kWh の使用量に単価がありません"
    assert doubt in model.spoken(model.line(len(shown) - 1))
    assert doubt in model.index(len(shown) - 1, 2).data(Qt.ItemDataRole.ToolTipRole)
    page(ranked).table.choose_row(len(shown) - 1)
    assert doubt in page(ranked).card.words
    assert "円/年" not in page(ranked).card.words
    ranked.picture("list")
    ranked.press("Alt+Y")
    ranked.until(lambda: page(ranked).why is not None and page(ranked).why.answer is not None)
    ranked.settle_tariffs()
    ranked.picture("why")
    assert "提案の単価に漏れか重複があるため、安くなるか高くなるかは分かりません。" in page(ranked).why.words
    assert f"提案：{doubt}" in page(ranked).why.words
    assert not page(ranked).why.lines.isVisible()
    assert page(ranked).why.isAncestorOf(ranked.window.focusWidget())
    ranked.press("Esc")
    ranked.press("Space")
    ranked.until(lambda: any(doubt in message.text for message in page(ranked).strips.messages))
    ranked.settle_tariffs()
    ranked.press("Alt+3")
    assert any(doubt in line for line in ranked.tariffs.bill_page.doubts.lines)


def test_newer_prices_of_the_present_plan_count_everywhere_at_once_and_are_told(ranked):
    page(ranked).table.choose_row(4)
    ranked.press("Alt+Y")
    ranked.until(lambda: page(ranked).why is not None and page(ranked).why.answer is not None)
    ranked.settle_tariffs()
    before = page(ranked).why.answer.explained.why
    present = page(ranked).ranking.present
    newer = replace(present.detail, levy_yen_per_kwh=Decimal(1))
    ranked.context.desk.store.catalogue.put("plan_detail", f"{newer.epplan_id}/{newer.base_cd}/", newer)
    page(ranked).fill.filled.emit()
    ranked.until(lambda: page(ranked).ranking.present.yen < present.yen)
    ranked.settle_tariffs()
    ranked.until(lambda: page(ranked).why.answer is not None)
    ranking, explained = page(ranked).ranking, page(ranked).why.answer.explained.why
    assert page(ranked).why.isVisible(), "it is told anew, where it is read"
    assert explained.present_yen == ranking.present.yen < before.present_yen
    assert explained.proposed_yen == before.proposed_yen
    words = f"{present.yen:,} 円 から {ranking.present.yen:,} 円"
    assert any(words in message.text for message in page(ranked).strips.messages)
    ranked.press("Esc")
    assert ranking.question.detail == newer
    assert [ranking.row(place).is_present for place in ranking.compared].count(True) == 1
    assert all("従量電灯A" not in row[2].split()[0] or row[1] != str(ranking.present.rank) for row in rows(ranked))
    ranked.picture("renewed")
