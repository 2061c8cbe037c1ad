"""The octets of our own set's requests: what other SOAP stacks were seen to accept stays as it is."""

import hashlib
from datetime import date

import pytest
from lxml import etree

from denkidesk.domain.application_items import items_of
from denkidesk.domain.applications import OPERATION_OF_KIND, Operation
from denkidesk.kansai.envelope import build_envelope, serialize, with_password
from denkidesk.kansai.framing import frame
from denkidesk.kansai.wsdl_set import load_wsdl_set
from fakes.wsdl_variants import PROVISIONAL

DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
HEADER = {"request_id": "42", "service_id": "S", "ip_address": "192.0.2.1", "time_stamp": "20261126120000000", "login_id": "L"}
DAY = date(2026, 12, 1)
VALUES = {
    "supply_point_number": "06" + "0" * 19 + "1", "supply_point_address": "大阪府大阪市見本町0-0-0", "visit_on": DAY,
    "change_on": date(2026, 12, 2), "selection_code": "PS101", "equipment_class": "PE1", "content_code": "PC1",
    "customer_name": "見本 太郎", "service_menu": "PM02", "login_id": "L",
}  # fmt: skip
CRITERIA = {
    "receipt_number": "R1", "work_stage": "PW1", "registered_from": DAY, "registered_to": DAY, "visit_from": DAY, "visit_to": DAY,
    "selection_code": "PS101", "supply_point_number": VALUES["supply_point_number"], "has_message": True,
}  # fmt: skip
EXTRA = {"contactPhone": "06-0000-0000", "remarks": "a\nb<&>"}
DIGESTS = {  # of what follows the XML declaration, smallest and fullest
    Operation.LIST_APPLICATIONS: ("2ea5700f5cf3e02a826c", "f4b56be3e73fbb4e506f"),
    Operation.APPLICATION_STATUS: ("3d7a4388e4fe41f0d564", "3d7a4388e4fe41f0d564"),
    Operation.NEW_UTILITY_EQUIPMENT: ("7df322414d2a5927b0a1", "09c632e860739ff6c466"),
    Operation.NEW_CUSTOMER_EQUIPMENT: ("75f25301c5959b5207fc", "456c4edd781fe45d423e"),
    Operation.NEW_OUTAGE: ("7e3991040fe0939631eb", "d43ba3a1ccf315cd1242"),
    Operation.NEW_OTHER: ("267dba48926e4239c650", "6a50d54cd16134b3a77b"),
    Operation.NEW_MENU_CHANGE: ("f747b99013794ca36fca", "418b18410a8c6882c583"),
}


def messages(operation):
    """Values and further items of the smallest and the fullest message."""
    if operation is Operation.LIST_APPLICATIONS:
        return ({}, {}), (CRITERIA, {})
    if operation is Operation.APPLICATION_STATUS:
        return (({"receipt_number": "R1"}, {}),) * 2
    kind = next(kind for kind, one in OPERATION_OF_KIND.items() if one is operation)
    values = {name: VALUES[name] for name in ("login_id", *(item.name for item in items_of(kind)))}
    return (values, {}), (values, EXTRA)


@pytest.fixture(scope="module")
def own_set():
    return load_wsdl_set(PROVISIONAL)


def octets(own_set, operation, values, extra):
    plan = own_set.plan(operation)
    return serialize(with_password(plan, build_envelope(own_set.binding, plan, values, HEADER, extra), "pw"))


@pytest.mark.parametrize("operation", Operation)
def test_the_octets_of_each_request_are_those_that_were_tried(own_set, operation):
    made = [octets(own_set, operation, *message) for message in messages(operation)]
    assert all(one.startswith(DECLARATION) for one in made)
    assert tuple(hashlib.sha256(one[len(DECLARATION) - 1 :]).hexdigest()[:20] for one in made) == DIGESTS[operation]


@pytest.mark.parametrize("operation", Operation)
def test_each_request_is_valid_by_the_schema_files_alone(own_set, operation):
    imports = "".join(
        f'<x:import namespace="urn:denkidesk:provisional:kansai:{name}:1" schemaLocation="{(PROVISIONAL / f"{file}.xsd").as_uri()}"/>'
        for name, file in (("messages", "messages"), ("header", "header"))
    )
    schema = etree.XMLSchema(etree.fromstring(f'<x:schema xmlns:x="http://www.w3.org/2001/XMLSchema">{imports}</x:schema>'))
    for message in messages(operation):
        envelope = etree.fromstring(octets(own_set, operation, *message))
        for element in (envelope[0][0], envelope[1][0]):
            schema.assertValid(element)


def test_the_whole_frame_of_an_outage(own_set):
    envelope = octets(own_set, Operation.NEW_OUTAGE, *messages(Operation.NEW_OUTAGE)[0])
    framed = frame(envelope, boundary="B-1", content_id="<r@denkidesk.invalid>")
    assert framed.content_type.startswith('multipart/related; type="text/xml"; ')
    head, _, body = framed.body.partition(b"\r\n\r\n")
    assert head == b"--B-1\r\nContent-Type: text/xml; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\nContent-ID: <r@denkidesk.invalid>"
    assert body == envelope + b"\r\n--B-1--\r\n"
    assert body.startswith(DECLARATION + b'<soap-env:Envelope xmlns:soap-env="http://schemas.xmlsoap.org/soap/envelope/"><soap-env:Header>')
