"""The pictures of a bill by keyboard and by click: another kind, from the year to a month to a day and back, the numbers behind each."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from denkidesk.settings import resources_dir
from denkidesk.texts import pictures as texts
from denkidesk.ui.charts.pictures import PictureKind

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

SAMPLE = resources_dir() / "practice" / "sample_usage.csv"


def pictures(clerk):
    return clerk.tariffs.bill_page.pictures


def stands(clerk):
    """Waits until the picture that is to be shown is on the screen, or its numbers, or the reason why there is none."""
    clerk.settle_tariffs()
    shown = pictures(clerk)
    clerk.until(lambda: shown.chart.has_picture or shown.numbers.isChecked() or (shown.picture is None and shown.words))


def choose(clerk, kind):
    """By the key of the choice and the arrows."""
    clerk.press("Alt+J")
    assert clerk.window.focusWidget() is pictures(clerk).kind
    clerk.press("Home")
    for _ in range([*PictureKind].index(kind)):
        clerk.press("Down")
    assert pictures(clerk).chosen is kind
    stands(clerk)


@pytest.fixture
def with_bill(clerk):
    """A year's bill in front."""
    clerk.open_tariffs()
    assert clerk.tariffs.finder.choose("関西電力", "従量電灯A")
    clerk.drop(SAMPLE)
    clerk.press("Alt+3")
    clerk.until(lambda: clerk.tariffs.bill_page.isVisible() and clerk.tariffs.bill_page.bill is not None)
    stands(clerk)
    return clerk


def test_from_the_year_to_a_day_and_back_by_keys(with_bill):
    clerk = with_bill
    shown = pictures(clerk)
    clerk.press("Alt+J")
    clerk.press("Return")
    assert clerk.window.focusWidget() is shown.chart
    clerk.press("Right")
    clerk.press("Right")
    clerk.press("Return")
    stands(clerk)
    month = clerk.tariffs.bill_page.bill.billed_months[1].month
    assert shown.words == texts.DAYS_TITLE.format(month=f"{month[:4]}年{int(month[5:])}月")
    assert shown.back.isVisible()
    clerk.picture("month")
    clerk.press("End")
    clerk.press("Left")
    clerk.press("Return")
    stands(clerk)
    assert shown.words.endswith("の使用量（時間別）")
    assert shown.chart.places == ()
    clerk.picture("day")
    clerk.press("Esc")
    stands(clerk)
    assert shown.chart.reached == shown.picture.rows[-2].to
    clerk.press("Esc")
    stands(clerk)
    assert shown.chart.reached == month
    assert (shown.words, shown.back.isVisible()) == ("", False)
    assert clerk.window.focusWidget() is shown.chart


def test_a_click_on_a_month_and_a_day_leads_there(with_bill):
    clerk = with_bill
    choose(clerk, PictureKind.LOAD)
    chart = pictures(clerk).chart
    for expected in ("日別", "時間別"):
        place = chart.places[3]
        middle = QPoint(round(chart.width() * (place.left + place.right) / 2), round(chart.height() * (place.top + place.bottom) / 2))
        QTest.mouseClick(chart, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
        stands(clerk)
        assert expected in pictures(clerk).words
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(100, 100))  # nothing further
    assert "時間別" in pictures(clerk).words
    pictures(clerk).back.click()
    stands(clerk)
    assert "日別" in pictures(clerk).words


@pytest.mark.parametrize("kind", PictureKind)
def test_every_kind_has_its_numbers_by_a_key_and_as_tsv(with_bill, kind):
    clerk = with_bill
    choose(clerk, kind)
    shown = pictures(clerk)
    clerk.picture(kind.value)
    if kind in (PictureKind.PAIRS, PictureKind.WATERFALL, PictureKind.MARKET):  # the only plan is the present one, and no market's
        assert shown.words in (texts.NO_PRESENT, texts.NO_MARKET)
        assert not shown.numbers.isEnabled()
        assert not shown.menu.isEnabled()
        return
    assert clerk.tariffs.bill_page.table.isVisible() is (kind is PictureKind.MONTHS)
    clerk.press("Alt+K")
    clerk.until(shown.table.isVisible)
    assert clerk.window.focusWidget() is shown.table
    assert shown.table.model().rowCount() == len(shown.picture.rows) > 0
    clerk.picture(f"{kind.value}-numbers")
    clerk.press("Esc")
    assert shown.chart.isVisible()
    assert clerk.window.focusWidget() is shown.chart
    clerk.press("Ctrl+C")
    copied = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert copied == shown.table_rows()
    assert len({len(line) for line in copied}) == 1
    assert len(copied) >= 2


def test_enter_on_a_line_of_the_numbers_leads_on_as_well(with_bill):
    clerk = with_bill
    clerk.press("Alt+K")
    table = pictures(clerk).table
    clerk.until(table.isVisible)
    table.choose_row(3)
    clerk.press("Return")
    stands(clerk)
    assert "日別" in pictures(clerk).words
    assert table.isVisible()
    table.choose_row(4)
    clerk.press("Return")
    assert table.model().rowCount() == 24
    clerk.press("Esc")
    clerk.press("Esc")
    assert pictures(clerk).words == ""
    clerk.press("Esc")
    assert pictures(clerk).chart.isVisible()


def test_another_plan_has_its_pairs_beside_the_present_one(with_bill):
    clerk = with_bill
    choose(clerk, PictureKind.PAIRS)
    assert pictures(clerk).words == texts.NO_PRESENT
    clerk.tariffs.finder.company_list.setCurrentRow(4)
    clerk.settle_tariffs()
    assert clerk.tariffs.finder.choose("見本電力", "見本おうち")  # with a fuel price that is known
    clerk.settle_tariffs()
    stands(clerk)
    both = pictures(clerk).picture.both
    bill = clerk.tariffs.bill_page.bill
    assert both.proposed == bill
    assert both.why.proposed_yen == int(bill.year.charge) != both.why.present_yen
    clerk.picture("pairs-of-two")
    choose(clerk, PictureKind.WATERFALL)
    assert sum(line.difference for line in pictures(clerk).picture.both.why.lines) == both.why.difference
    clerk.picture("waterfall-of-two")


@pytest.mark.parametrize("kind", [PictureKind.PAIRS, PictureKind.WATERFALL])
def test_beside_a_plan_whose_fuel_price_nobody_knows_it_is_said_whose_is_missing(with_bill, kind):
    clerk = with_bill
    choose(clerk, kind)
    finder = clerk.tariffs.finder
    finder.choose("大阪ガス", "")
    clerk.settle_tariffs()
    assert finder.choose("大阪ガス", "ベースプランA-G")
    clerk.settle_tariffs()
    stands(clerk)
    assert pictures(clerk).picture is None
    assert pictures(clerk).words == "提案の燃料費調整の単価が分からないため、安くなるか高くなるかは分かりません。"


def test_the_next_customer_finds_nothing_of_the_last_picture(with_bill):
    clerk = with_bill
    choose(clerk, PictureKind.DURATION)
    clerk.tariffs.bill_page.show_waiting("")
    assert pictures(clerk).picture is None
    assert pictures(clerk).table_rows() == []
    assert pictures(clerk).table.model().rowCount() == 0
    assert pictures(clerk).chart.maker is None
    assert not pictures(clerk).menu.isEnabled()


@pytest.mark.parametrize("size", [(800, 480), (853, 533), (1280, 800), (1366, 768)])
def test_the_months_stand_whole_with_their_legend_above_the_table_at_any_size(with_bill, size):
    clerk = with_bill
    clerk.window.resize(*size)
    stands(clerk)
    page = clerk.tariffs.bill_page
    chart, around = page.chart, page.pictures
    assert chart.height() >= chart.minimumHeight() >= 160
    assert around.rect().contains(chart.geometry()), "the place of the picture cuts nothing off"
    assert around.geometry().bottom() < page.table.geometry().top()
    clerk.picture()
