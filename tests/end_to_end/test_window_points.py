"""A customer with several supply points: each put together as always, ranked in all by retailer, and one quote with a page for each."""

import re

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.end_to_end.test_window_ranking import fill

from denkidesk.cli.quote import _headline
from denkidesk.settings import resources_dir
from denkidesk.texts.shortcuts import POINTS
from denkidesk.ui.tariffs.points_book import PointsBook
from denkidesk.ui.tariffs.points_dialog import PointsDialog
from fakes.reach import complaints

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

SAMPLE = resources_dir() / "practice" / "sample_usage.csv"


def half_of_the_sample(folder):
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    path = folder / "half.csv"
    halved = (re.sub(r"(?<=,)\d+\.\d+", lambda kwh: f"{float(kwh[0]) / 2:.2f}", line) for line in lines[1:])
    path.write_text("\n".join([lines[0], *halved]) + "\n", encoding="utf-8")
    return path


def opened(clerk):
    clerk.press(POINTS.key)
    clerk.until(lambda: isinstance(QApplication.activeModalWidget(), PointsDialog))
    dialog = QApplication.activeModalWidget()
    idle(clerk, dialog)
    return dialog


def idle(clerk, dialog):
    clerk.until(lambda: not dialog.is_busy and clerk.context.jobs.is_idle)


def press(dialog, keys):
    QTest.keySequence(dialog.focusWidget() or dialog, QKeySequence(keys))


def add(clerk, name):
    """By keys: the dialog, the point's name, Enter."""
    dialog = opened(clerk)
    press(dialog, "Alt+N")
    clerk.until(dialog.name.hasFocus)
    dialog.name.insert(name)
    press(dialog, "Return")
    idle(clerk, dialog)
    return dialog


def leave(clerk, dialog):
    press(dialog, "Esc")
    clerk.back_in_the_window()
    clerk.until(clerk.window.isActiveWindow)


@pytest.fixture
def first_point(clerk):
    """The sample's house with all plans stored and the cheapest of them proposed."""
    clerk.open_tariffs()
    clerk.tariffs.finder.choose("関西電力", "従量電灯A")
    clerk.drop(SAMPLE)
    clerk.tariffs.bill_page.customer.setText("見本商店")
    clerk.press("Alt+5")
    clerk.until(clerk.tariffs.ranking_page.isVisible)
    clerk.settle_tariffs()
    fill(clerk)
    clerk.settle_tariffs()
    clerk.tariffs.ranking_page.table.setFocus()
    line = clerk.tariffs.ranking_page.chosen
    clerk.press("Space")
    clerk.until(lambda: clerk.tariffs.detail is not None and clerk.tariffs.detail.key == line.detail.key)
    clerk.settle_tariffs()
    return clerk


def number(text):
    return int(text.replace(",", "").replace("−", "-").replace("+", "").removesuffix("円/年"))


def test_two_points_of_two_kinds_are_one_quote_ranked_in_all_with_a_page_for_each(first_point, tmp_path):
    clerk = first_point
    leave(clerk, add(clerk, "本店"))
    clerk.tariffs.finder.choose("関西電力", "従量電灯A")
    clerk.settle_tariffs()
    clerk.drop(half_of_the_sample(tmp_path))
    assert clerk.tariffs.bill_page.customer.text() == ""
    dialog = add(clerk, "2号店")
    rows = dialog.table.rows()
    assert [row[0] for row in rows] == ["本店", "2号店", "合計 2地点"]
    for column in (1, 3, 5, 6):
        assert number(rows[0][column]) + number(rows[1][column]) == pytest.approx(number(rows[2][column]), abs=1 if column == 1 else 0)
    assert rows[1][4] == "（変更なし）"
    assert number(rows[1][6]) == 0
    assert complaints(dialog) == []
    clerk.picture("dialog")
    ranked = [[number(row[3]), number(row[4])] for row in dialog.retailers.rows()]
    assert ranked == sorted(ranked)
    assert {yen - apart for yen, apart in ranked} == {number(rows[2][3])}, "all beside the same present sum"
    best = dialog.ranking.retailers[0]
    assert best.yen == sum(plan.yen for plan in best.plans)
    press(dialog, "Alt+T")
    clerk.until(lambda: "のプランにしました" in dialog._told.text())
    idle(clerk, dialog)
    rows = dialog.table.rows()
    assert number(rows[2][5]) == best.yen
    assert number(rows[2][6]) == best.difference
    dialog.save(tmp_path / "quote.pdf")
    clerk.until((tmp_path / "quote.pdf").exists)
    idle(clerk, dialog)
    pages = [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(tmp_path / "quote.pdf").pages]
    assert len(pages) == 3
    for said in ("見本商店", "本店", "2号店", f"{best.yen:,}円", rows[2][6]):
        assert said.replace(" ", "") in pages[0], said
    assert "地点：本店" in pages[1]
    assert "地点：2号店" in pages[2]
    assert rows[0][5] in pages[1]
    assert rows[1][5] in pages[2]
    leave(clerk, dialog)
    desk = clerk.context.desk
    (quote,) = desk.quoting.quotes()
    assert quote.quote_id in pages[0]
    assert quote.quote_id in pages[2]
    assert [one.usage.total_kwh for one in quote.points] == pytest.approx(
        [one.bill.months and float(one.kwh) for one in quote.sheet.points], rel=1e-3
    )
    (line,) = desk.quoting.quote_lines()
    assert (line.yen, line.difference, line.points, line.customer) == (best.yen, best.difference, 2, "見本商店")
    said = _headline(quote)
    assert (said["yearCharge"], said["difference"]) == (best.yen, best.difference)
    assert [one["name"] for one in said["points"]] == ["本店", "2号店"]
    clerk.press("Alt+6")
    page = clerk.tariffs.further.quotes
    clerk.until(lambda: page.isVisible() and page.model.rowCount() == 1)
    clerk.picture("list")
    page.save_pdf(tmp_path / "again.pdf")
    clerk.settle_tariffs()
    assert [re.sub(r"\s", "", sheet.extract_text()) for sheet in PdfReader(tmp_path / "again.pdf").pages] == pages


def test_what_does_not_belong_together_is_refused_and_nothing_is_lost(first_point, tmp_path):
    clerk = first_point
    leave(clerk, add(clerk, "本店"))
    dialog = add(clerk, "本店")
    assert "別の名前" in dialog._told.text()
    rows = dialog.table.rows()
    leave(clerk, dialog)
    clerk.window.findChild(PointsBook).setParent(None)  # as it is after a restart: nothing is known but what was kept
    dialog = opened(clerk)
    assert dialog.table.rows() == rows
    assert "前回の続き" in dialog._told.text()
    leave(clerk, dialog)
    clerk.tariffs.bill_page.customer.setText("見本 次郎")
    dialog = add(clerk, "2号店")
    assert "見本 次郎" in dialog._told.text()
    assert len(dialog.table.rows()) == 2
    leave(clerk, dialog)
    clerk.tariffs.bill_page.customer.setText("")
    clerk.tariffs.bill_page.fuel.combo.setCurrentIndex(1)
    clerk.settle_tariffs()
    dialog = add(clerk, "2号店")
    assert "燃料費調整" in dialog._told.text()
    assert dialog.name.text() == "2号店"
    dialog.table.choose_row(0)
    press(dialog, "Alt+D")
    clerk.until(lambda: not dialog.table.rows())
    idle(clerk, dialog)
    leave(clerk, dialog)
