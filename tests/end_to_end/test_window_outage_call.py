"""A call about an outage, on one page and by keyboard alone, from whatever tab the clerk is in."""

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from denkidesk.domain.applications import OutboxState
from fakes.clerk import ADDRESS, CUSTOMER, POINT
from fakes.hand import Caller, Hand

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.mark.parametrize("tab", ["Ctrl+1", "Ctrl+4"])
def test_from_any_tab_to_the_receipt_in_few_keys(come_to_work, tab):
    clerk = come_to_work(countdown_s=0.4)
    clerk.press(tab)
    clerk.settle()
    hand = Hand(clerk)
    hand.opens_form()
    hand.hears(Caller())
    clerk.picture("answering")
    hand("1", "1", "1", "2")
    clerk.until(lambda: clerk.apply.form.review.may_send)
    clerk.picture("answered")
    rows = dict(clerk.apply.form.review.rows)
    assert rows["設備項目区分"].startswith("建物全体の停電"), "it follows from the answers"
    assert rows["選択項目"].startswith("停電の調査依頼"), "the usual one stands there from the beginning"
    hand("Ctrl+Return")
    clerk.until(clerk.apply.form.review.foot.countdown.isVisible)
    clerk.picture("counting")
    assert QApplication.focusWidget() is clerk.apply.form.review.foot.countdown.button
    clerk.until(clerk.apply.receipt_page.isVisible)
    clerk.settle()
    clerk.picture("receipt")
    assert hand.keys <= 15
    (item,) = clerk.items()
    assert item.state is OutboxState.ACCEPTED
    assert (item.application.customer_name, item.application.equipment_class) == (CUSTOMER, "PE301")
    assert "メーターの表示：消えている" in item.application.extra["remarks"]


def strip(clerk):
    """What the strip above the form says of each that is at hand, the open one marked."""
    chips = [chip for chip in clerk.apply.parked.chips if chip.parked is not None]
    return [(chip.parked.customer, chip.is_open) for chip in chips] if clerk.apply.parked.isVisible() else []


@pytest.mark.parametrize("size", [(1280, 800), (800, 480)])
def test_a_second_call_parks_the_first_form_and_a_key_brings_each_back(come_to_work, size):
    clerk = come_to_work(countdown_s=0.4, size=size)
    clerk.open_outage()
    clerk.type("customer_name", CUSTOMER)
    clerk.type("note", "見本：折り返し")
    clerk.press("Ctrl+Shift+T")
    clerk.settle()
    form = clerk.apply.form
    clerk.picture(f"{size[0]}-fresh")
    assert form.draft() == {}
    assert CUSTOMER not in clerk.words_in(form)
    assert strip(clerk) == [("氏名未入力", True), (CUSTOMER, False)]
    clerk.type("customer_name", "見本 花子")
    clerk.press("Ctrl+PgDown")
    clerk.settle()
    assert clerk.field("customer_name").value() == CUSTOMER
    assert strip(clerk) == [("見本 花子", False), (CUSTOMER, True)], "each keeps its place"
    clerk.type("supply_point_number", POINT)
    clerk.type("supply_point_address", ADDRESS)
    clerk.choose("triage_scope")
    clerk.picture(f"{size[0]}-filled")
    if size[0] == 800:
        clerk.press("Ctrl+Return")
        clerk.until(lambda: clerk.apply.form.review.may_send)
        clerk.picture("800-review")
    clerk.until(lambda: clerk.apply.form.review.may_send)
    clerk.send()
    clerk.until(clerk.apply.receipt_page.isVisible)
    clerk.settle()
    clerk.picture(f"{size[0]}-receipt")
    assert strip(clerk) == [(CUSTOMER, True), ("見本 花子", False)], "the receipt stays at hand until it is closed"
    clerk.press("Ctrl+PgDown")
    clerk.settle()
    assert clerk.field("customer_name").value() == "見本 花子"
    clerk.press("Ctrl+PgUp")
    clerk.until(clerk.apply.receipt_page.isVisible)


def test_a_customer_of_before_fills_the_form_and_can_be_taken_back(come_to_work):
    clerk = come_to_work(countdown_s=0.4)
    clerk.file_outage()
    clerk.open_outage()
    clerk._keyboard.type("見本")
    clerk.settle()
    clerk.picture("found")
    clerk.press("Return")
    clerk.settle_jobs()
    clerk.picture("filled")
    values = clerk.apply.form.values()
    assert (values["supply_point_number"], values["customer_name"], values["supply_point_address"]) == (POINT, CUSTOMER, ADDRESS)
    assert clerk.apply.form.at_point.doubles.isVisible(), "and what is open there is told at once"
    clerk.press("Alt+Z")
    clerk.settle_jobs()
    assert clerk.apply.form.draft() == {}


def test_who_looks_for_a_number_need_not_have_one(come_to_work):
    clerk = come_to_work(countdown_s=0.4)
    clerk.press("Ctrl+N")
    clerk.settle()
    clerk.press("Alt+5")
    clerk.until(lambda: clerk.apply.form is not None and clerk.apply.form.isVisible())
    clerk.settle()
    clerk.type("supply_point_address", ADDRESS)
    for name in ("selection_code", "equipment_class", "content_code"):
        clerk.choose(name)
    clerk.press("Ctrl+Return")
    assert clerk.field("supply_point_number").error, "any other enquiry is about a point"
    clerk.field("selection_code").take_focus()
    clerk.press("2")
    clerk.until(lambda: clerk.apply.form.review.may_send)
    clerk.picture("no-number")
    clerk.send()
    (item,) = clerk.items()
    assert (item.state, item.application.supply_point_number) == (OutboxState.ACCEPTED, "")
    clerk.until(clerk.apply.receipt_page.isVisible)
    clerk.picture("no-number-receipt")
    clerk.refresh()
    (listed,) = [one for one in clerk.context.desk.inbox.entries() if one.listed.receipt_number == item.receipt_number]
    assert listed.listed.supply_point_number == ""
    assert clerk.messages() == []


class Browser(QObject):
    """What opens a web page in place of the system's browser."""

    def __init__(self):
        super().__init__()
        self.pages = []

    @Slot(QUrl)
    def show_page(self, url):
        self.pages.append(url.toString())


@pytest.fixture
def browser(qapp):
    browser = Browser()
    QDesktopServices.setUrlHandler("http", browser, "show_page")
    yield browser
    QDesktopServices.unsetUrlHandler("http")


@pytest.mark.parametrize("way_on", ["Tab", "Return"])
def test_a_postcode_begins_the_address_and_alt_w_opens_the_utilitys_page(come_to_work, browser, way_on):
    clerk = come_to_work(outage_page="http://127.0.0.1:9/outage", outage_phone="0000-00-0000")
    hand = Hand(clerk)
    hand.opens_form()
    hand.types(POINT)
    clerk.settle_jobs()
    hand("Return", "Tab", "Tab")
    hand.types("530-0001")
    clerk.until(lambda: clerk.field("supply_point_address").value() == "大阪府大阪市北区梅田")
    assert clerk.field("postcode").editor.hasFocus()
    hand(way_on)
    assert clerk.field("supply_point_address").editor.hasFocus()
    hand.types("0-0-0")
    assert clerk.field("supply_point_address").value() == "大阪府大阪市北区梅田0-0-0", "the clerk goes on where the postcode ends"
    hand("Shift+Tab", "Tab")
    hand.types("別の住所")
    assert clerk.field("supply_point_address").value() == "別の住所", "what was typed is typed over, as everywhere"
    clerk.picture("postcode")
    assert browser.pages == []
    hand("Alt+W")
    assert browser.pages == ["http://127.0.0.1:9/outage"]
    assert "0000-00-0000" in clerk.words_in(clerk.apply.form)
