"""What is open at a supply point, told while the number is typed: real keys in the real window, the store of the day behind it."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from fakes.clerk import FILING, POINT

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.mark.parametrize(("fault", "word"), [("", "受付済"), ("cut-after-accept", "結果不明"), ("forbidden-403", "送信待ち")])
def test_an_own_application_is_told_with_the_last_digit_and_read_beside_the_form(clerk, practice, fault, word):
    if fault:
        practice.utility.inject(fault, operation=FILING)
    clerk.file_outage()
    (filed,) = clerk.items()
    clerk.open_outage()
    asked = practice.utility.request_starts()
    clerk.type("supply_point_number", POINT)
    clerk.settle()
    panel = clerk.apply.form.at_point
    line = panel.doubles.lines[0]
    assert word in line
    assert (filed.receipt_number or "受付番号なし") in line
    clerk.press("Alt+O")
    clerk.settle()
    clerk.picture("beside")
    beside = clerk.apply.form.review.beside
    assert dict(beside.pairs.pairs)["需要者名"] == "見本 太郎"
    assert QApplication.focusWidget() is clerk.field("supply_point_number").editor
    assert practice.utility.request_starts() == asked, "the network is not asked"


def test_one_of_the_listing_is_told_with_its_stage_and_its_messages_are_read_beside(clerk, practice):
    clerk.refresh()
    entry = next(
        one for one in clerk.context.desk.inbox.entries() if one.status is not None and one.status.messages and one.kind is not None
    )
    clerk.press("Ctrl+2")
    clerk.open_outage()
    clerk.type("supply_point_number", entry.listed.supply_point_number)
    clerk.settle()
    panel = clerk.apply.form.at_point
    assert any(entry.listed.receipt_number in line for line in (*panel.doubles.lines, *panel.others.lines))
    clerk.press("Alt+O")
    clerk.settle()
    clerk.picture("listed")
    assert entry.status.messages[-1] in clerk.words_in(clerk.apply.form.review.beside)


@pytest.mark.parametrize("size", [(800, 480), (1280, 800)])
def test_there_is_room_for_it(clerk, practice, size):
    clerk.window.resize(*size)
    clerk.file_outage()
    clerk.open_outage()
    clerk.type("supply_point_number", POINT)
    clerk.settle()
    form = clerk.apply.form
    name = f"{size[0]}"
    clerk.picture(name)
    clerk.press("Alt+O")
    clerk.settle()
    clerk.picture(f"{name}-beside")
    assert form.review.beside.isVisible()
    assert clerk.window.size().toTuple() == size
    for label in form.review.beside.pairs.findChildren(QLabel):
        assert label.mapTo(form.review.beside, label.rect().bottomRight()).x() < form.review.beside.width(), label.text()
        assert label.width() >= label.minimumSizeHint().width(), "no word is cut"
    seen = form.review.beside.pairs.visibleRegion().boundingRect().width()
    assert seen == form.review.beside.pairs.width(), "nothing lies behind the scroll bar"
    number = clerk.field("supply_point_number").editor
    assert number.visibleRegion().boundingRect() == number.rect()
    clerk.press("Alt+O")
    assert not form.review.beside.isVisible()
    clerk.fill_outage()
    clerk.picture(f"{name}-review")
    clerk.press("Alt+D")
    assert clerk.apply.form.review.foot.send_button.isEnabled()
