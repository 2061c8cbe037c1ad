"""Plans whose prices depend on the contract's capacity, at the desk by keyboard: they are counted, fetched and ranked."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from tests.end_to_end.test_window_ranking import SAMPLE, fill, page, rows, to_ranking

from denkidesk.domain.plans import PlanType
from denkidesk.practice.faults import parse_fault
from denkidesk.texts.dates import short_moment

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


@pytest.fixture
def ranked(clerk):
    """関西電力's 従量電灯A."""
    return to_ranking(clerk)


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
    assert "プラン 1件の単価を取り込みました（新しいプラン 1件" in page(of_power).strips.messages[-1].text
    of_power.until(lambda: not other.fetch.isVisible())
    assert other.table.hasFocus()
    of_power.press("Alt+E")
    assert any(VARIABLE in name for name in named(of_power))


def test_each_plan_and_the_market_prices_have_their_age_in_the_comparison_and_on_the_pair_of_sheets(ranked):
    table, model = page(ranked).table, page(ranked).model
    row = next(row for row in range(model.rowCount()) if model.line(row).detail.plan_type is PlanType.MARKET_LINKED)
    table.choose_row(row)
    line = page(ranked).chosen
    stored = ranked.context.desk.store.catalogue
    seen = stored.stamps("plan_detail")[f"{line.detail.epplan_id}/{line.detail.base_cd}/"][1]
    plan, market = f"単価 {short_moment(seen)} 取得", f"市場価格 {short_moment(stored.stamps('area_prices')['06'][1])} 取得"
    for words in (page(ranked).card.words, model.spoken(line)):
        assert plan in words
        assert market in words
    assert plan in model.index(row, 2).data(Qt.ItemDataRole.ToolTipRole)
    other = next(at for at in range(model.rowCount()) if model.line(at).detail.plan_type is PlanType.METERED)
    assert "市場価格" not in model.spoken(model.line(other))
    ranked.press("Alt+T")
    sheet = ranked.tariffs.price_page
    ranked.until(lambda: sheet.isVisible() and sheet.pairs)
    ages = [label.text() for label in sheet.findChildren(QLabel) if label.isVisible() and label.text().startswith("単価 ")]
    sides = (present_of(ranked), (line.company, line.detail))
    assert ages == [f"単価 {short_moment(page(ranked).ranking.catalogue.seen(*side)[0])} 取得" for side in sides]
    ranked.picture("pair")


def test_in_a_low_window_the_age_stands_beside_the_counts(of_power):
    assert "に取得" not in page(of_power).counts_text
    of_power.window.resize(800, 480)
    of_power.settle_tariffs()
    page(of_power)._rank()
    of_power.settle_tariffs()
    assert "に取得" in page(of_power).counts_text


def test_what_the_server_refuses_while_the_catalogue_is_filled_is_named_and_left_out_as_not_fetched(of_power, practice):
    before = len(page(of_power).ranking.left_out)
    stored = of_power.context.desk.catalogue
    known = len(stored.details())
    practice.quoting.faults.add(parse_fault("bad-request-400@epplan*1"))
    fill(of_power)
    of_power.settle_tariffs()
    message = page(of_power).strips.messages[-1]
    assert message.tone == "warn"
    assert "1件は料金APIが答えませんでした（" in message.text
    assert f"プラン {known - 1}件の単価を取り込みました" in message.text, "all others were asked for"
    assert len(page(of_power).ranking.left_out) == before, "what is stored of it stands"


def present_of(clerk):
    question = page(clerk).ranking.question
    return question.company, question.detail
