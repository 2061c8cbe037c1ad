"""Replies that differ from the installed schema: lenient where it cannot lie."""

from datetime import date

import pytest

from denkidesk.domain.applications import ApplicationKind, ListingCriteria
from denkidesk.domain.errors import OutcomeUnknown, SetupFault, Unreachable
from fakes import wsdl_variants as variants
from fakes.filing import submit
from fakes.soap_server import XML, SoapServer, message

OUTAGE = ApplicationKind.OUTAGE
ROW = (
    "<m:receiptNumber>R1</m:receiptNumber><m:workStage>PW01</m:workStage><m:registeredOn>20260102</m:registeredOn>"
    "<m:selectionCode>PS101</m:selectionCode><m:hasMessage>1</m:hasMessage>"
)


@pytest.fixture
def server():
    with SoapServer(lambda *_: (200, XML, b"")) as running:
        yield running


@pytest.fixture
def news():
    return []


@pytest.fixture
def client(server, make_client, news):
    return make_client(server.url, on_news=news.append)


def filed(inner):
    return message("applyOutageResponse", inner)


def listed(*rows):
    inner = "".join(f"<m:application>{row}</m:application>" for row in rows)
    return message("listApplicationsResponse", f"<m:requestStatus>PR00</m:requestStatus><m:applications>{inner}</m:applications>")


NEWER_ELSEWHERE = '<m:requestStatus>PR00</m:requestStatus><m:receiptNumber>R1</m:receiptNumber><colour xmlns="urn:x">red</colour>'
NEWER = {
    "before": "<m:colour>red</m:colour><m:requestStatus>PR00</m:requestStatus><m:receiptNumber>R1</m:receiptNumber>",
    "between": "<m:requestStatus>PR00</m:requestStatus><m:colour>red</m:colour><m:receiptNumber>R1</m:receiptNumber>",
    "behind": "<m:requestStatus>PR00</m:requestStatus><m:receiptNumber>R1</m:receiptNumber><m:colour>red</m:colour>",
    "of another namespace": NEWER_ELSEWHERE,
}


@pytest.mark.parametrize("where", NEWER)
def test_a_filing_is_accepted_though_the_reply_has_items_that_the_schema_does_not_know(where, server, client, news, applications):
    server.answer = lambda *_: (200, XML, filed(NEWER[where]))
    receipt = submit(client, applications[OUTAGE], request_id="1")
    assert (receipt.receipt_number, receipt.extra) == ("R1", {"colour": "red"})
    assert [(one.code, one.item, one.blocks) for one in news] == [("older_than_server", "new_outage/reply/colour", False)]


def test_unknown_blocks_and_attributes_are_news_too(server, client, news, applications):
    inner = '<m:requestStatus now="1">PR00</m:requestStatus><m:new><m:a>1</m:a><m:b>2</m:b></m:new><m:receiptNumber>R1</m:receiptNumber>'
    server.answer = lambda *_: (200, XML, filed(inner))
    receipt = submit(client, applications[OUTAGE], request_id="1")
    assert receipt.receipt_number == "R1"
    assert receipt.extra == {"requestStatus/@now": "1", "new/a": "1", "new/b": "2"}
    assert [one.item for one in news] == ["new_outage/reply/requestStatus/@now", "new_outage/reply/new"]


@pytest.mark.parametrize(
    ("inner", "evidence"),
    [
        ("<m:colour/><m:requestStatus>PR00</m:requestStatus><m:receiptNumber>R 1</m:receiptNumber>", "R 1"),
        ("<m:requestStatus>PR00PR00PR00</m:requestStatus><m:receiptNumber>R1</m:receiptNumber>", "R1"),
        ("<m:receiptNumber>R1</m:receiptNumber><m:requestStatus>PR00</m:requestStatus>", "R1"),
        ("<m:receiptNumber>R1</m:receiptNumber>", "R1"),
        ("<m:requestStatus>PR10</m:requestStatus><m:receiptNumber>R1</m:receiptNumber>", "R1"),
        ("<m:requestStatus>PR00</m:requestStatus><m:receiptNumber>R1</m:receiptNumber><m:receiptNumber>R2</m:receiptNumber>", "R1"),
    ],
)
def test_a_fault_of_a_bound_item_stays_one_and_the_number_is_kept_as_evidence(inner, evidence, server, client, applications):
    server.answer = lambda *_: (200, XML, filed(inner))
    with pytest.raises(OutcomeUnknown) as unknown:
        submit(client, applications[OUTAGE], request_id="1")
    assert unknown.value.code == "schema"
    assert unknown.value.receipt_number == evidence
    assert evidence not in str(unknown.value)


def test_a_faulty_item_that_nothing_is_bound_to_is_shown_as_it_came(server, client):
    inner = "<m:requestStatus>PR00</m:requestStatus><m:plannedWorkOn>tomorrow</m:plannedWorkOn>"
    server.answer = lambda *_: (200, XML, message("getApplicationStatusResponse", inner))
    assert client.application_status("R1").extra == {"plannedWorkOn": "tomorrow"}


def test_a_faulty_item_that_is_bound_is_a_fault(server, client):
    inner = "<m:requestStatus>PR00</m:requestStatus><m:visitOn>tomorrow</m:visitOn><m:colour/>"
    server.answer = lambda *_: (200, XML, message("getApplicationStatusResponse", inner))
    with pytest.raises(Unreachable) as error:
        client.application_status("R1")
    assert error.value.detail == "visitOn:CVC_PATTERN_VALID"


def test_a_listing_with_unknown_items_gives_its_rows(server, client, news):
    server.answer = lambda *_: (200, XML, listed(ROW + "<m:colour>red</m:colour>", f"<m:colour>blue</m:colour>{ROW}"))
    rows = client.list_applications(ListingCriteria()).applications
    assert [(row.receipt_number, row.registered_on, row.extra) for row in rows] == [
        ("R1", date(2026, 1, 2), {"colour": "red"}),
        ("R1", date(2026, 1, 2), {"colour": "blue"}),
    ]
    assert [one.item for one in news] == ["list_applications/reply/applications/application/colour"]


@pytest.mark.parametrize("row", [ROW.replace("20260102", "2026-01-02") + "<m:colour/>", ROW.replace("PW01", "") + "<m:colour/>"])
def test_a_listing_with_unknown_items_and_a_faulty_one_is_no_listing(row, server, client):
    server.answer = lambda *_: (200, XML, listed(ROW, row))
    with pytest.raises(Unreachable):
        client.list_applications(ListingCriteria())


def test_a_day_that_is_none_is_reported_by_its_name_and_its_text_kept(server, client, news):
    server.answer = lambda *_: (200, XML, listed(ROW.replace("20260102", "20260230")))
    (row,) = client.list_applications(ListingCriteria()).applications
    assert (row.registered_on, row.extra) == (None, {"registeredOn": "20260230"})
    assert [(one.code, one.item, one.detail) for one in news] == [("date_unreadable", "registered_on", "list_applications")]


@pytest.mark.parametrize("halves", ["&#xD842;&#xDFB7;", "&#xd842;&#xdfb7;", "&#55362;&#57271;"])
def test_a_character_written_as_two_halves_is_read(halves, server, client, applications):
    inner = (
        f"<m:requestStatus>PR00</m:requestStatus><m:receptionMessage>{halves}野家</m:receptionMessage><m:receiptNumber>R1</m:receiptNumber>"
    )
    server.answer = lambda *_: (200, XML, filed(inner))
    assert submit(client, applications[OUTAGE], request_id="1").reception_message == "𠮷野家"


@pytest.mark.parametrize("halves", ["&#xD842;", "&#xDFB7;&#xD842;", "&#xD842;x&#xDFB7;", "&#xD842;&#x41;"])
def test_a_half_alone_is_no_character(halves, server, client, applications):
    inner = f"<m:requestStatus>PR00</m:requestStatus><m:receptionMessage>{halves}</m:receptionMessage><m:receiptNumber>R1</m:receiptNumber>"
    server.answer = lambda *_: (200, XML, filed(inner))
    with pytest.raises(OutcomeUnknown):
        submit(client, applications[OUTAGE], request_id="1")


def test_references_in_quoted_text_are_not_touched(server, client, applications):
    inner = (
        "<m:requestStatus>PR00</m:requestStatus><m:receptionMessage><![CDATA[&#xD842;&#xDFB7;]]></m:receptionMessage>"
        "<m:receiptNumber>R1</m:receiptNumber>"
    )
    server.answer = lambda *_: (200, XML, filed(inner))
    assert submit(client, applications[OUTAGE], request_id="1").reception_message == "&#xD842;&#xDFB7;"


# A header's fault names what the value comes from


@pytest.mark.parametrize(
    ("changes", "bind", "blamed"),
    [
        ({"login_id": "x" * 129}, None, ("settings.toml", "kansai.login_id")),
        ({"ip_address": "x" * 129}, None, ("settings.toml", "kansai.ip_address")),
        ({"password": lambda: "x" * 129}, None, ("credentials", "kansai.password")),
        ({}, {"service_id": "x" * 129}, ("binding.json", "operations.application_status.service_id")),
        ({}, {"time_stamp_format": "yyyyMMddHHmmss"}, ("binding.json", "time_stamp_format")),
    ],
)
def test_a_header_item_that_the_schema_refuses_blames_its_own_source(changes, bind, blamed, tmp_path, make_client):
    folder = variants.copy_set(tmp_path / "set")

    def change(tree):
        for key, value in (bind or {}).items():
            (tree if key in tree else tree["operations"]["application_status"])[key] = value

    variants.edit_binding(folder, change)
    with pytest.raises(SetupFault) as fault:
        make_client("http://127.0.0.1:1/", wsdl_dir=folder, **changes).application_status("R1")
    assert (fault.value.file, fault.value.item) == blamed


def test_a_request_number_of_the_wrong_length_blames_the_binding(tmp_path, make_client):
    folder = variants.copy_set(tmp_path / "set")
    variants.edit(folder / "header.xsd", ('name="requestID" type="h:Text"', 'name="requestID" type="h:TimeStamp"'))
    with pytest.raises(SetupFault) as fault:
        make_client("http://127.0.0.1:1/", wsdl_dir=folder).application_status("R1")
    assert (fault.value.file, fault.value.item) == ("binding.json", "request_id_digits")
