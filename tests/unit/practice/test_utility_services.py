"""The practice utility takes what is right, refuses what is wrong and says which item it is, and never takes what it refuses."""

from pathlib import Path

import pytest
from lxml import etree

HEADER_ITEMS = ("requestID", "serviceID", "ipAddress", "timeStamp", "loginID", "password")
FILINGS = ("applyUtilityEquipment", "applyCustomerEquipment", "applyOutage", "applyOther", "applyMenuChange")
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"


def body_of(content: bytes):
    return etree.fromstring(content).find(f"{{{SOAP}}}Body")[0]


@pytest.fixture
def schema(resources: Path):
    return etree.XMLSchema(etree.parse(str(resources / "kansai" / "messages.xsd")))


@pytest.mark.parametrize("operation", FILINGS)
def test_each_kind_is_filed_listed_and_described(soap, practice, schema, filing_values, operation):
    filed = soap.post(operation)
    schema.assertValid(body_of(filed.content))
    assert filed.find("requestStatus") == ["PR00"]
    [number] = filed.find("receiptNumber")
    assert number.startswith("P")
    assert number[1:].isdigit()
    assert number in soap.receipts()

    status = soap.post("getApplicationStatus", {"receiptNumber": number})
    schema.assertValid(body_of(status.content))
    for item, value in filing_values[operation].items():
        if item not in ("remarks", "contactPhone"):
            assert status.find(item) == [value]
    assert status.find("workStage") == ["PW01"]
    [books] = practice.utility.filed()
    assert books.receipt_number == number
    assert dict(books.extra) == {name: value for name, value in filing_values[operation].items() if name == "remarks"}


def test_a_fresh_inbox_holds_every_kind_in_various_stages(soap, practice, schema):
    listing = soap.post("listApplications")
    schema.assertValid(body_of(listing.content))
    assert len(listing.find("receiptNumber")) == 12
    assert len(set(listing.find("workStage"))) == 6
    assert {application.kind for application in practice.utility.applications()} == {
        "utility-equipment",
        "customer-equipment",
        "outage",
        "other",
        "menu-change",
    }
    assert set(listing.find("hasMessage")) == {"0", "1"}
    for number in listing.find("receiptNumber"):
        schema.assertValid(body_of(soap.post("getApplicationStatus", {"receiptNumber": number}).content))


@pytest.mark.parametrize("item", HEADER_ITEMS)
def test_a_missing_header_item_is_named(soap, item):
    answer = soap.post("listApplications", header={item: None})
    assert answer.status == 400
    assert f": {item} (required)" in answer.text


@pytest.mark.parametrize(
    ("item", "value"),
    [
        ("requestID", ""),
        ("serviceID", "H231Other"),
        ("ipAddress", "somewhere"),
        ("timeStamp", "2026-11-22"),
        ("timeStamp", "20261399000000000"),
    ],
)
def test_a_wrong_header_item_is_named(soap, item, value):
    answer = soap.post("listApplications", header={item: value})
    assert answer.status == 400
    assert f": {item}" in answer.text


def test_no_header_block_is_refused(soap):
    answer = soap.post("listApplications", envelope=soap.envelope("", soap.body("listApplications")))
    assert answer.status == 400
    assert ": requestHeader (required)" in answer.text


@pytest.mark.parametrize("item", ["loginID", "password"])
def test_a_wrong_login_or_password_has_no_access(soap, practice, item):
    answer = soap.post("applyOutage", header={item: "wrong"})
    assert answer.status == 403
    assert practice.utility.filed() == ()


def test_a_login_in_the_body_that_differs_is_refused(soap, filing_values):
    answer = soap.post("applyOutage", {"loginID": "another"} | filing_values["applyOutage"])
    assert answer.status == 400
    assert "loginID" in answer.text


@pytest.mark.parametrize("name", ["NoSuchService", "", "h231mshikomikenmeiichiranyokyuserviceprovider"])
def test_an_unknown_service_is_not_found(soap, name):
    assert soap.post("listApplications", service=name).status == 404


def test_another_path_is_not_found(soap, soap_caller, service_names):
    elsewhere = soap_caller(soap.base_url.replace("kakusyuapi", "other"))
    assert elsewhere.post("listApplications").status == 404


def test_only_post_is_taken(soap):
    assert soap.post("listApplications", method="PUT").status == 405


@pytest.mark.parametrize("action", ["", '""', "urn:denkidesk:provisional:kansai:services:1:listApplications", '"urn:other"'])
def test_a_wrong_soap_action_is_refused(soap, action):
    answer = soap.post("listApplications", http_headers={"SOAPAction": action})
    assert answer.status == 400
    assert "SOAPAction" in answer.text


@pytest.mark.parametrize("item", ["selectionCode", "equipmentClass", "supplyPointNumber", "supplyPointAddress", "customerName"])
def test_a_missing_item_is_named(soap, practice, filing_values, item):
    values = filing_values["applyOutage"]
    del values[item]
    answer = soap.post("applyOutage", values)
    assert answer.status == 400
    assert practice.utility.filed() == ()
    assert f": {item} (required)" in answer.text


@pytest.mark.parametrize(
    ("item", "value"),
    [
        ("supplyPointNumber", "060000000000000000001"),
        ("supplyPointNumber", "０６００００００００００００００００００１８"),
        ("visitOn", "2026-12-01"),
        ("visitOn", "20261301"),
        ("visitOn", "20260230"),
        ("customerName", "長" * 101),
        ("selectionCode", ""),
    ],
)
def test_a_wrong_value_is_named_but_never_echoed(soap, practice, filing_values, item, value):
    answer = soap.post("applyOutage", filing_values["applyOutage"] | {item: value})
    assert answer.status == 400
    assert f": {item}" in answer.text
    assert not value or value not in answer.text
    assert practice.utility.filed() == ()


def test_an_item_that_the_interface_does_not_have_is_named(soap, filing_values):
    answer = soap.post("applyOutage", filing_values["applyOutage"] | {"contentCode": "PC101"})
    assert answer.status == 400
    assert ": contentCode" in answer.text


def test_the_body_of_another_service_is_refused(soap):
    envelope = soap.envelope(soap.header("applyOutage"), soap.body("listApplications"))
    answer = soap.post("applyOutage", envelope=envelope)
    assert answer.status == 400
    assert ": listApplications" in answer.text


@pytest.mark.parametrize(
    "spoil",
    [
        lambda xml: b"\xef\xbb\xbf" + xml,
        lambda xml: xml.replace(b"?>", b"?><!DOCTYPE x>", 1),
        lambda xml: xml.replace(b"UTF-8", b"Shift_JIS", 1),
        lambda xml: xml.replace(b"</soapenv:Envelope>", b""),
        lambda xml: xml.replace("見本".encode(), "見本".encode("cp932")),
        lambda xml: xml.replace(b"http://schemas.xmlsoap.org/soap/envelope/", b"http://www.w3.org/2003/05/soap-envelope"),
        lambda xml: xml.replace(b"<soapenv:Body>", b"<soapenv:Body/><soapenv:Body>"),
    ],
)
def test_xml_that_a_strict_server_would_not_read_is_refused(soap, practice, spoil):
    envelope = soap.envelope(soap.header("applyOutage"), soap.body("applyOutage"))
    assert soap.post("applyOutage", envelope=spoil(envelope)).status == 400
    assert practice.utility.filed() == ()


@pytest.mark.parametrize(
    ("item", "value"),
    [("selectionCode", "PS999"), ("equipmentClass", "PE101"), ("supplyPointNumber", "0300000000000000000018")],
)
def test_what_the_utility_cannot_take_is_declined_in_a_200(soap, practice, filing_values, item, value):
    answer = soap.post("applyOutage", filing_values["applyOutage"] | {item: value})
    assert answer.status == 200
    assert answer.find("requestStatus") == ["PR10"]
    assert answer.find("receiptNumber") == []
    assert practice.utility.filed() == ()


def test_the_status_of_an_unknown_receipt_is_not_found(soap):
    answer = soap.post("getApplicationStatus", {"receiptNumber": "P9999999999"})
    assert answer.status == 200
    assert answer.find("requestStatus") == ["PR20"]


def test_a_repeated_request_id_is_taken_and_recorded(soap, practice):
    for _ in range(2):
        assert soap.post("applyOutage", header={"requestID": "same"}).status == 200
    assert practice.utility.request_ids()["same"] == 2
    assert practice.utility.report()["repeated_request_ids"] == 1
    assert len(practice.utility.filed()) == 2


def test_the_listing_filters_by_each_criterion(soap, practice):
    everything = {application.receipt_number: application for application in practice.utility.applications()}
    some = everything["P0000000004"]
    day = some.registered_on
    wire_day, visit = day.replace("-", ""), str(some.visit_on)
    cases = {
        ("receiptNumber", some.receipt_number): lambda a: a.receipt_number == some.receipt_number,
        ("workStage", "PW05"): lambda a: a.work_stage == "PW05",
        ("registeredFrom", wire_day): lambda a: a.registered_on >= day,
        ("registeredTo", wire_day): lambda a: a.registered_on <= day,
        ("visitFrom", visit.replace("-", "")): lambda a: a.visit_on is not None and a.visit_on >= visit,
        ("visitTo", visit.replace("-", "")): lambda a: a.visit_on is not None and a.visit_on <= visit,
        ("selectionCode", "PS301"): lambda a: a.selection_code == "PS301",
        ("supplyPointNumber", some.supply_point_number): lambda a: a.supply_point_number == some.supply_point_number,
        ("hasMessage", "0"): lambda a: a.message_count == 0,
        ("hasMessage", "1"): lambda a: a.message_count > 0,
    }
    for (item, value), wanted in cases.items():
        expected = [number for number, application in everything.items() if wanted(application)]
        assert 0 < len(expected) < 12
        assert soap.receipts(**{item: value}) == expected
    assert soap.receipts(workStage="PW05", selectionCode="PS301") == ["P0000000003"]
    assert soap.receipts(receiptNumber="P9999999999") == []


def test_a_thousand_applications_are_listed_whole_and_quickly(soap, practice, schema):
    practice.utility.fill(1000)
    started, answered = practice.utility.request_starts(), soap.post("listApplications")
    assert len(answered.find("receiptNumber")) == 1012
    assert len(set(answered.find("receiptNumber"))) == 1012
    schema.assertValid(body_of(answered.content))
    assert len(practice.utility.request_starts()) == len(started) + 1


def test_requests_must_say_how_long_they_are(practice, soap):
    import socket

    with socket.create_connection(("127.0.0.1", practice.kansai_server.port), timeout=10) as raw:
        raw.sendall(b"POST /kakusyuapi/services/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
        assert raw.recv(100).startswith(b"HTTP/1.1 411 ")
    with socket.create_connection(("127.0.0.1", practice.kansai_server.port), timeout=10) as raw:
        raw.sendall(b"POST /kakusyuapi/services/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n")
        assert raw.recv(100).startswith(b"HTTP/1.1 413 ")
