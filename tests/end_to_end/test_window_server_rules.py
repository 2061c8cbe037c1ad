"""The server's figures beside ours in the window: part by part and month by month, with the reason, and never silent."""

import pytest

from denkidesk.settings import resources_dir
from denkidesk.texts.tariffs import DIFFERENCE_REASONS

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

SAMPLE = resources_dir() / "practice" / "sample_usage.csv"


@pytest.fixture
def clerk(come_to_work):
    """With the patience that the slow program of the practice server may need on a busy machine."""
    return come_to_work(answer_timeout_s=60.0)


def show_bill(clerk):
    clerk.open_tariffs()
    assert clerk.tariffs.finder.choose("関西電力", "従量電灯A")
    clerk.settle_tariffs()
    clerk.drop(SAMPLE)
    clerk.press("Alt+3")
    clerk.settle_tariffs()
    return clerk.tariffs.bill_page


def test_a_server_of_our_rules_has_the_year_beside_ours_and_no_difference(clerk):
    page = show_bill(clerk)
    clerk.picture()
    rows = page.server_table.rows()
    assert [row[1] for row in rows] == ["基本料金", "電力量料金", "燃料費調整額", "再エネ賦課金", "電気料金"]
    assert {row[4] for row in rows} == {"0.00"}
    assert all(row[2] == row[3] for row in rows), "both under the same rounding"
    assert "12 か月のうち 12 か月は、どの項目も同じです" in page.server_table.note


def test_another_levy_is_named_in_every_month_and_in_words(clerk, practice):
    practice.quoting.service.odd_rule = "levy_year"
    page = show_bill(clerk)
    clerk.picture()
    reason = DIFFERENCE_REASONS["levy_year"]
    assert reason in page.server_text
    rows = page.server_table.rows()
    assert len([row for row in rows if row[1] == "再エネ賦課金" and row[5] == reason]) == 12
    assert {row[5] for row in rows if row[1] == "電気料金"} == {"内訳の合計"}
    assert "0 か月は、どの項目も同じ" in page.server_table.note


def test_months_in_whole_yen_are_named_as_rounding(clerk, practice):
    practice.quoting.service.odd_rule = "rounding"
    page = show_bill(clerk)
    rows = page.server_table.rows()
    assert {row[5] for row in rows if row[0] != "年間" and row[5]} == {DIFFERENCE_REASONS["rounding"]}
    assert "一致" not in page.server_text
