"""The receipt in the real window, and its row in the inbox before and after the listing brings it."""

import pytest
from PySide6.QtWidgets import QApplication

from fakes.clerk import POINT

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def rows(clerk, number):
    """The rows of the list with this number, as the clerk reads them."""
    model = clerk.inbox.list.model
    found = [model.row_at(place) for place in range(model.rowCount())]
    return [row.cells for row in found if row.receipt_number == number]


def test_it_leads_to_its_own_row_before_the_next_refresh_and_the_listing_makes_no_second_one(clerk, practice):
    clerk.file_outage()
    page = clerk.apply.receipt_page
    assert QApplication.focusWidget() is page.card
    clerk.picture("card")
    (item,) = clerk.items()
    asked = practice.utility.request_starts()
    clerk.press("Alt+I")
    clerk.settle()
    clerk.until(lambda: clerk.inbox.list.chosen_receipt_numbers() == [item.receipt_number])
    clerk.settle()
    clerk.picture("inbox")
    assert practice.utility.request_starts() == asked, "the network is not asked"
    (cells,) = rows(clerk, item.receipt_number)
    assert "一覧で確認中" in cells
    assert "こちらから申し込みました" in clerk.words_in(clerk.inbox.detail)
    clerk.refresh()
    (cells,) = rows(clerk, item.receipt_number)
    assert "一覧で確認中" not in cells
    clerk.picture("listed")
    clerk.press("Ctrl+2")
    assert page.isVisible()
    assert QApplication.focusWidget() is page.card


@pytest.mark.parametrize("size", [(1280, 800), (800, 480)])
def test_the_number_and_the_foot_are_in_sight_at_any_size(clerk, size):
    clerk.window.resize(*size)
    clerk.file_outage()
    clerk.picture()
    page = clerk.apply.receipt_page
    assert clerk.window.size().toTuple() == size
    for widget in (page.title, page.number, page.copy_button):
        assert not widget.visibleRegion().isEmpty()
    number = page.number.mapTo(clerk.window, page.number.rect().bottomRight())
    assert clerk.window.rect().contains(number)


def test_the_next_call_parks_it_and_nothing_of_it_is_lost(clerk):
    clerk.file_outage()
    (item,) = clerk.items()
    clerk.open_outage()
    clerk.type("supply_point_number", POINT[:-1] + "8")
    clerk.press("Ctrl+N")
    clerk.settle()
    clerk.picture("parked")
    clerk.press("Alt+W")
    clerk.until(clerk.apply.receipt_page.isVisible)
    assert item.receipt_number in clerk.outcome()
    clerk.press("Esc")
    clerk.until(clerk.apply.start_page.isVisible)
