"""Fresh forms that begin with what is known: of an earlier application, of a customer, of a template."""

import pytest

from denkidesk.desk.prefill import Template, filled_by, values_of
from denkidesk.domain.applications import ApplicationKind, ApplicationStatus, ListedApplication
from denkidesk.domain.customers import Customer
from fakes.filing import outage

OUTAGE, OTHER, MENU_CHANGE = ApplicationKind.OUTAGE, ApplicationKind.OTHER, ApplicationKind.MENU_CHANGE
POINT = outage().supply_point_number


@pytest.fixture
def filed(desk):
    """An own outage with a phone number that only the form knew; its receipt number."""
    desk.store.drafts.save("d", OUTAGE, {"contact_phone": "06-0000-0000", "postcode": "100-0001"})
    item = desk.outbox.queue(outage(customer_name="見本 太郎", extra={"remarks": "犬がいます"}), draft_id="d")
    return desk.outbox.send(item.item_id).item.receipt_number


def test_one_that_was_filed_here_is_followed_with_all_but_dates_answers_and_note(desk, filed):
    follow = desk.prefill.follow_on(filed)
    sent = outage()
    assert follow.kind is OUTAGE
    assert follow.values == {
        "supply_point_number": POINT,
        "customer_name": "見本 太郎",
        "contact_phone": "06-0000-0000",
        "postcode": "100-0001",
        "supply_point_address": sent.supply_point_address,
        "selection_code": sent.selection_code,
        "equipment_class": sent.equipment_class,
    }


def test_another_kind_takes_the_customer_and_no_code(desk, filed):
    follow = desk.prefill.follow_on(filed, OTHER)
    assert follow.kind is OTHER
    assert set(follow.values) == {"supply_point_number", "contact_phone", "postcode", "supply_point_address"}
    assert desk.prefill.follow_on(filed, MENU_CHANGE).values["customer_name"] == "見本 太郎"


def test_what_the_utility_says_counts_before_what_was_sent(desk, filed):
    said = {"supply_point_number": POINT, "customer_name": "見本　太郎", "supply_point_address": "大阪府例示市9", "visit_on": "2026-12-01"}
    desk.store.inbox.take_status(ApplicationStatus(filed, "PR00", "", (), items=said), lambda _code: OUTAGE)
    values = desk.prefill.follow_on(filed).values
    assert (values["customer_name"], values["supply_point_address"], "visit_on" in values) == ("見本　太郎", "大阪府例示市9", False)


def test_one_of_the_listing_alone_is_followed_by_who_was_met_at_its_point(desk):
    desk.store.customers.note(Customer(POINT, "例示 花子", "レイジ ハナコ", "06-0000-0001", "100-0001", "大阪府例示市1"))
    rows = [
        ListedApplication("L1", "PW01", selection_code="PS501", supply_point_number=POINT),
        ListedApplication("L2", "PW01", supply_point_number=POINT),
    ]
    desk.store.inbox.take_listing(rows, lambda code: MENU_CHANGE if code else None)
    follow = desk.prefill.follow_on("L1")
    assert (follow.kind, follow.values["customer_name"], follow.values["selection_code"]) == (MENU_CHANGE, "例示 花子", "PS501")
    unknown = desk.prefill.follow_on("L2")
    assert (unknown.kind, unknown.values) == (None, values_of(desk.customers.at_point(POINT)[0]))
    assert desk.prefill.follow_on("L2", OUTAGE).values["supply_point_address"] == "大阪府例示市1"
    assert desk.prefill.follow_on("nobody knows").values == {}


def test_a_customer_of_another_name_lends_nothing(desk, filed):
    desk.store.customers.note(Customer(POINT, "例示 花子", phone="06-0000-0099"))
    assert desk.prefill.follow_on(filed).values["contact_phone"] == "06-0000-0000"


def test_a_template_holds_what_is_chosen_and_the_note_and_nothing_of_a_customer(desk):
    typed = {
        "supply_point_number": POINT,
        "customer_name": "見本 太郎",
        "contact_phone": "06-0000-0000",
        "postcode": "100-0001",
        "supply_point_address": "大阪府例示市1",
        "selection_code": "PS301",
        "equipment_class": "",
        "triage_scope": "all",
        "visit_on": "+3",
        "note": "折り返し希望",
        "entered_for": POINT,
    }
    made = desk.prefill.keep_template("いつもの", OUTAGE, typed)
    assert made.values == {"selection_code": "PS301", "note": "折り返し希望"}
    assert desk.prefill.keep_template("空", OUTAGE, {"customer_name": "見本 太郎", "note": " "}) is None
    desk.prefill.keep_template("二つ目", OUTAGE, {"note": "b"})
    desk.prefill.keep_template("いつもの", OTHER, {"note": "c"})
    assert desk.prefill.templates(OUTAGE) == (made, Template("二つ目", OUTAGE, {"note": "b"}))
    desk.prefill.forget_template(made)
    assert [one.name for one in desk.prefill.templates(OUTAGE)] == ["二つ目"]
    assert [one.values for one in desk.prefill.templates(OTHER)] == [{"note": "c"}]


def test_a_template_fills_a_form_and_leaves_the_customer_in_it():
    template = Template("t", OUTAGE, {"selection_code": "PS301", "note": "折り返し希望"})
    filled = filled_by(template, {"customer_name": "見本 太郎", "selection_code": "PS302", "note": "犬がいます"})
    assert filled == {"customer_name": "見本 太郎", "selection_code": "PS301", "note": "犬がいます\n折り返し希望"}
    assert filled_by(template, filled) == filled
    assert filled_by(Template("t", OUTAGE, {}), {}) == {}
