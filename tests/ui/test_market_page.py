"""市場価格 by keys: the kept months at once, another area on the same scale, the customer's own mean, and what is doubtful about it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication

from denkidesk.domain.areas import Area
from denkidesk.practice.faults import parse_fault
from denkidesk.settings import resources_dir
from denkidesk.texts import market as texts
from denkidesk.ui.charts.style import ON_PRICE, PRICE_RAMP, between
from fakes.reach import complaints

SAMPLE = resources_dir() / "practice" / "sample_usage.csv"


@pytest.fixture
def clerk(clerk_at_tariffs):
    return clerk_at_tariffs


@pytest.fixture
def page(clerk):
    clerk.press("Alt+7")
    clerk.settle_tariffs()
    return clerk.tariffs.further.market


def cells(table, row):
    model = table.prices
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_a_year_by_month_and_hour_comes_by_itself_and_is_kept(clerk, page):
    assert texts.NO_USAGE in page.words
    assert "保存 12か月分" in page.words
    assert page.table.prices.rowCount() == 13
    kept = clerk.context.desk.market.kept(Area.KANSAI)
    assert cells(page.table, 0)[1:25] == [texts.price(price, 1) for price in kept.months[0].prices_yen]
    assert cells(page.table, 0)[25:] == [texts.price(page.year.months[0].flat), texts.NONE, texts.NONE]
    assert texts.LABEL in clerk.words_in(page)
    assert complaints(clerk.window) == []
    clerk.picture("without-usage")


def test_the_customers_mean_stands_beside_the_flat_one_with_its_doubts(clerk, page):
    clerk.drop(SAMPLE)
    clerk.press("Alt+7")
    clerk.settle_tariffs()
    assert page.year.used_months == 12
    assert texts.headline(page.year) in page.words
    weighted = [cells(page.table, row)[26] for row in range(13)]
    assert texts.NONE not in weighted
    assert weighted[-1] == texts.price(page.year.weighted)
    assert ("同じ月の価格" in page.words) is any(
        month.year_month not in {f"{day.day:%Y-%m}" for day in page._usage.days} for month in page.year.months
    )
    clerk.picture("with-usage")
    clerk.context.theme.set_scheme("dark")
    clerk.picture("dark")
    clerk.context.theme.set_scheme("light")


def test_another_area_stands_below_on_the_same_scale(clerk, page):
    page.compared.setFocus()
    clerk.press("Down")  # Hokkaido
    clerk.settle_tariffs()
    assert page.other_table.isVisible()
    assert page.other_table.prices.rowCount() == 13
    assert page.table.prices.ends == page.other_table.prices.ends
    low, high = page.table.prices.ends
    assert low <= min(page.year.ends) <= max(page.year.ends) <= high
    assert page.other_table.accessibleName() == texts.TABLE.format(area="北海道")
    assert complaints(clerk.window) == []
    clerk.picture("compared")
    clerk.press("Up")
    assert not page.other_table.isVisible()


def test_the_arrows_go_through_the_cells_which_say_what_they_are_and_are_copied(clerk, page):
    page.table.setFocus()
    page.table.setCurrentIndex(page.table.prices.index(0, 1))
    clerk.press("Right")
    clerk.press("Down")
    index = page.table.currentIndex()
    assert (index.row(), index.column()) == (1, 2)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "1時台" in spoken
    assert index.data() in spoken
    clerk.press("Ctrl+C")
    heading, row = QGuiApplication.clipboard().text().splitlines()
    assert heading.split("\t") == list(texts.headings())
    assert row.split("\t") == cells(page.table, 1)


def test_f5_asks_again_and_without_a_server_the_kept_months_stay_with_their_age(clerk, page, practice):
    practice.quoting.faults.add(parse_fault("error-500@areaprices"))
    clerk.press("F5")
    clerk.settle_tariffs()
    (message,) = page.strips.messages
    assert "保存した内容" in message.text
    assert page.table.prices.rowCount() == 13
    page.area.setFocus()
    clerk.press("Down")  # an area that was never fetched
    clerk.settle_tariffs()
    assert page.year is None
    assert texts.NOTHING.format(area=page.area.currentText()) in clerk.words_in(page)
    practice.quoting.faults.clear()
    page.get.click()
    clerk.settle_tariffs()
    assert page.strips.messages == ()
    assert page.table.prices.rowCount() == 13


def test_two_areas_stand_on_one_scale_as_dots_with_their_numbers_and_are_saved(clerk, page, tmp_path):
    clerk.drop(SAMPLE)
    clerk.press("Alt+7")
    clerk.settle_tariffs()
    page.compared.setCurrentIndex(1)
    clerk.settle_tariffs()
    assert not page.pictures.menu.isVisible()
    clerk.press("Alt+J")
    clerk.until(page.pictures.show.hasFocus)
    for name, words in ((texts.MAP, "map"), (texts.DOTS, "dots")):
        clerk.press("Down")
        assert page.pictures.show.currentText() == name
        clerk.until(lambda: page.pictures.chart.has_picture)
        assert page.pictures.chart.isVisible()
        assert complaints(clerk.window) == []
        clerk.picture(words)
    head, *rows = page.pictures.table_rows()
    assert head == list(texts.HEAD_DOTS)
    assert {row[1] for row in rows} == {"関西", "北海道"}
    assert len(rows) == 26
    ours = next(row for row in rows if row[0] == texts.YEAR)
    assert ours[2:4] == [texts.price(page.year.flat), texts.price(page.year.weighted)]
    for ending, head in ((".svg", b"<?xml"), (".png", b"\x89PNG"), (".pdf", b"%PDF")):
        path = tmp_path / f"areas{ending}"
        page.pictures.menu.save_picture(path)
        clerk.settle_tariffs()
        assert path.read_bytes().startswith(head)
    clerk.context.theme.set_scheme("dark")
    clerk.until(lambda: page.pictures.chart.has_picture)
    clerk.picture("dots-dark")
    clerk.context.theme.set_scheme("light")
    page.pictures.show.setCurrentIndex(0)
    assert page.table.isVisible()


def painted(table):
    """A picture of the map, and where a cell is on it."""
    return table.viewport().grab().toImage(), lambda row, column: table.visualRect(table.prices.index(row, column))


def inks(image, rect):
    """The colours inside a cell, but for its edges, where frames are."""
    inside = rect.adjusted(3, 3, -4, -3)
    return {image.pixelColor(x, y).name() for x in range(inside.left(), inside.right()) for y in range(inside.top(), inside.bottom())}


def has_ink(image, rect, colour):
    """Whether words of a colour stand there: thin strokes let a little of the ground through."""
    ours = QColor(colour).getRgb()
    return any(max(abs(one - other) for one, other in zip(QColor(ink).getRgb(), ours, strict=True)) < 20 for ink in inks(image, rect))


def test_each_price_stands_on_its_colour_and_the_cheapest_in_a_frame(clerk, page):
    table = page.table
    image, place_of = painted(table)
    low, high = table.prices.ends
    for row, month in enumerate(page.year.months[:4]):
        for hour, price in enumerate(month.prices):
            rect = place_of(row, hour + 1)
            ground = between(PRICE_RAMP, float((price - low) / (high - low))).lower()
            cell = inks(image, rect)
            assert ground in cell, (row, hour)
            assert len(cell) > 4, (row, hour)  # words
            edge = image.pixelColor(rect.left() + 1, rect.center().y()).name()
            assert (edge == QColor(ON_PRICE).name()) is (hour in month.cheapest), (row, hour)
        for column in (0, 25):
            assert has_ink(image, place_of(row, column), clerk.context.theme.colour("text")), (row, column)


def test_the_map_follows_the_scale_and_the_look(clerk, page):
    before, place_of = painted(page.table)
    page.compared.setFocus()
    clerk.press("Down")  # Hokkaido, whose prices are others
    clerk.settle_tariffs()
    assert page.table.prices.ends != page.year.ends
    after, place_of = painted(page.table)
    corner = place_of(0, 1).topLeft()
    assert before.pixelColor(corner) != after.pixelColor(corner)
    clerk.context.theme.set_scheme("dark")
    dark, place_of = painted(page.table)
    assert has_ink(dark, place_of(0, 0), clerk.context.theme.colour("text"))
    clerk.context.theme.set_scheme("light")


def test_the_current_cell_and_the_chosen_ones_are_seen(clerk, page):
    table = page.table
    plain, place_of = painted(table)
    table.setFocus()
    table.setCurrentIndex(table.prices.index(2, 5))
    image, _ = painted(table)
    rect = place_of(2, 5)
    assert image.pixelColor(rect.left() + 1, rect.center().y()) == clerk.context.theme.colour("accent")
    clerk.press("Shift+Home")  # Ctrl+Home, as in every table: up to the first month
    chosen, _ = painted(table)
    name = place_of(1, 0).topLeft() + QPoint(3, 3)
    assert table.selectionModel().isSelected(table.prices.index(1, 0))
    assert chosen.pixelColor(name) != plain.pixelColor(name)
