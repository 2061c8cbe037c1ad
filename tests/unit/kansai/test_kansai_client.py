"""The client over real HTTP: against the practice utility, and against a plain server that says whatever a test wants."""

import logging
import socket
import traceback
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime

import pytest

from denkidesk.domain.applications import ApplicationKind, ListingCriteria
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.clock import JST
from denkidesk.domain.errors import Cancelled, Closed, InputRefused, OutcomeUnknown, ServerRefused, SetupFault, Unreachable
from denkidesk.kansai.framing import frame
from denkidesk.kansai.transport import Outgoing
from denkidesk.practice.servers import start_practice
from denkidesk.settings import PRACTICE_PASSWORD
from fakes import wsdl_variants as variants
from fakes.filing import submit
from fakes.soap_server import XML, SoapServer, fault, message

CANARY = "カナリア&<pass>"
OUTAGE = ApplicationKind.OUTAGE
SUNDAY = datetime(2026, 11, 22, 2, 0, tzinfo=JST)
MONDAY = datetime(2026, 11, 23, 12, 0, tzinfo=JST)


@pytest.fixture(scope="module")
def practice(tmp_path_factory):
    books = tmp_path_factory.mktemp("practice") / "utility.db"
    with start_practice(variants.PROVISIONAL.parent, books, auto_move_s=None, now=lambda: MONDAY) as servers:
        yield servers


@pytest.fixture
def server():
    with SoapServer(lambda *_: (200, XML, b"")) as running:
        yield running


def accepted(receipt="<m:receiptNumber>R1</m:receiptNumber>", status="PR00"):
    verdict = f"<m:requestStatus>{status}</m:requestStatus><m:receptionMessage>言葉</m:receptionMessage>"
    return message("applyOutageResponse", verdict + receipt)


# All seven, against the strict practice server


@pytest.mark.parametrize("kind", ApplicationKind)
def test_each_kind_is_filed_listed_and_described(practice, make_client, applications, kind):
    client = make_client(practice.kansai_base_url)
    application = applications[kind]
    request_id = client.new_request_id()
    receipt = submit(client, application, request_id=request_id)
    assert receipt.request_id == request_id
    filed = practice.utility.application(receipt.receipt_number)
    assert filed is not None
    (row,) = client.list_applications(ListingCriteria(receipt_number=receipt.receipt_number)).applications
    assert (row.receipt_number, row.selection_code) == (receipt.receipt_number, application.selection_code)
    assert row.supply_point_number == application.supply_point_number
    assert row.visit_on == application.visit_on
    status = client.application_status(receipt.receipt_number)
    for name, value in application.items().items():
        assert status.items[name] == (value.isoformat() if isinstance(value, date) else value)
    assert status.items["work_stage"] == row.work_stage


def test_messages_arrive_in_order_and_mark_the_row(practice, make_client, applications):
    client = make_client(practice.kansai_base_url)
    number = submit(client, applications[OUTAGE], request_id=client.new_request_id()).receipt_number
    for text in ("一つ目", "二つ目"):
        practice.utility.advance(number, message=text)
    status = client.application_status(number)
    assert [text for text in status.messages if "目" in text] == list(status.messages)
    assert len(status.messages) == 2
    assert "一つ目" in status.messages[0]
    (row,) = client.list_applications(ListingCriteria(receipt_number=number, has_message=True)).applications
    assert row.has_message


def test_every_criterion_reaches_the_server(server, make_client):
    server.answer = lambda *_: (200, XML, message("listApplicationsResponse", "<m:requestStatus>PR00</m:requestStatus>"))
    day = date(2026, 1, 2)
    criteria = ListingCriteria("R1", "PW01", day, day, day, day, "PS101", "06" + "0" * 20, False)
    assert make_client(server.url).list_applications(criteria).applications == ()
    (_, _, body) = server.requests[0]
    for element in ("receiptNumber>R1", "workStage>PW01", "registeredFrom>20260102", "visitTo>20260102", "hasMessage>0"):
        assert element.encode() in body


def test_a_wrong_password_is_forbidden(practice, make_client):
    client = make_client(practice.kansai_base_url, password=lambda: "wrong")
    with pytest.raises(ServerRefused) as refused:
        client.application_status("P1")
    assert refused.value.code == "forbidden"


def test_an_unknown_receipt_number_is_not_found(practice, make_client):
    with pytest.raises(ServerRefused) as refused:
        make_client(practice.kansai_base_url).application_status("P9999999999")
    assert refused.value.code == "not_found"


@pytest.mark.parametrize(
    ("name", "kind", "code"),
    [
        ("cut-after-accept", OutcomeUnknown, "cut"),
        ("cut-body", OutcomeUnknown, "cut"),
        ("error-500", OutcomeUnknown, "server_error"),
        ("soap-fault-500", OutcomeUnknown, "fault"),
        ("not-xml", OutcomeUnknown, "not_soap"),
        ("empty-200", OutcomeUnknown, "not_soap"),
        ("redirect-307", OutcomeUnknown, "redirect"),
        ("maintenance-503-html", OutcomeUnknown, "maintenance"),
        ("no-receipt", OutcomeUnknown, "no_receipt"),
        ("forbidden-403", ServerRefused, "forbidden"),
        ("bad-request-400", ServerRefused, "bad_request"),
        ("declined", ServerRefused, "declined"),
    ],
)
def test_faults_of_the_practice_server_while_filing(practice, make_client, applications, name, kind, code):
    client = make_client(practice.kansai_base_url, now=lambda: MONDAY)
    practice.utility.inject(name, times=1)
    with pytest.raises(kind) as error:
        submit(client, applications[OUTAGE], request_id=client.new_request_id())
    practice.utility.faults.clear()
    assert error.value.code == code


# The verdicts, one by one


@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        ((200, XML, accepted("")), OutcomeUnknown, "no_receipt"),
        ((200, XML, accepted("", "PR10")), ServerRefused, "declined"),
        ((200, XML, accepted(status="PR10")), OutcomeUnknown, "schema"),
        ((200, XML, accepted("<m:receiptNumber/>")), OutcomeUnknown, "schema"),
        ((200, XML, accepted("<m:other/>")), OutcomeUnknown, "no_receipt"),
        ((200, XML, message("applyOtherResponse", "<m:requestStatus>PR00</m:requestStatus>")), OutcomeUnknown, "schema"),
        ((200, XML, fault()), OutcomeUnknown, "fault"),
        ((500, XML, fault()), OutcomeUnknown, "fault"),
        ((302, {"Location": "http://127.0.0.1:1/"}, b""), OutcomeUnknown, "redirect"),
        ((404, {}, b""), ServerRefused, "unknown_service"),
    ],
)
def test_filing_ends_in_a_receipt_a_refusal_or_the_unknown(server, make_client, applications, answer, kind, code):
    server.answer = lambda *_: answer
    with pytest.raises(kind) as error:
        submit(make_client(server.url), applications[OUTAGE], request_id="1")
    assert error.value.code == code
    assert len(server.requests) == 1, "sent once, whatever came"


def test_the_servers_words_of_a_refusal_are_kept(server, make_client, applications):
    server.answer = lambda *_: (200, XML, accepted("", "PR10"))
    with pytest.raises(ServerRefused) as refused:
        submit(make_client(server.url), applications[OUTAGE], request_id="1")
    assert refused.value.message == "言葉"


@pytest.mark.parametrize(("moment", "reason"), [(SUNDAY, "weekly"), (MONDAY, None)])
def test_503_is_the_weekly_stop_only_inside_it(server, make_client, applications, moment, reason):
    server.answer = lambda *_: (503, {"Content-Type": "text/html"}, b"<html/>")
    client = make_client(server.url, now=lambda: moment)
    with pytest.raises(Closed) as closed:
        client.list_applications(ListingCriteria())
    assert closed.value.reason == (reason or "maintenance")
    assert closed.value.until == (datetime(2026, 11, 22, 3, 0, tzinfo=JST) if reason else None)
    with pytest.raises(Closed if reason else OutcomeUnknown):
        submit(client, applications[OUTAGE], request_id="1")


def test_the_servers_clock_may_say_that_it_is_the_weekly_stop_within_minutes_of_ours(server, make_client, applications):
    ours = SUNDAY.replace(hour=0, minute=58)
    shown = {"Content-Type": "text/html", "Date": format_datetime((ours + timedelta(minutes=4)).astimezone(UTC), usegmt=True)}
    server.answer = lambda *_: (503, shown, b"<html/>")
    client = make_client(server.url, now=lambda: ours)
    with pytest.raises(Closed) as closed:
        submit(client, applications[OUTAGE], request_id="1")
    left = timedelta(hours=3) - timedelta(hours=1, minutes=2)
    assert (closed.value.reason, closed.value.until) == ("weekly", ours + left), "as long as the server's clock says"


@pytest.mark.parametrize(
    "shown", ["yesterday", "", "Sat, 21 Nov 2026 17:00:00 GMT", "Sun, 04 Jan 1970 17:00:00 GMT", "Sat, 02 Jan 2100 17:00:00 GMT"]
)
def test_a_servers_clock_that_differs_from_ours_proves_nothing(server, make_client, applications, shown):
    server.answer = lambda *_: (503, {"Content-Type": "text/html", "Date": shown}, b"<html/>")
    client = make_client(server.url, now=lambda: MONDAY)
    with pytest.raises(OutcomeUnknown):
        submit(client, applications[OUTAGE], request_id="1")
    with pytest.raises(Closed) as closed:
        client.list_applications(ListingCriteria())
    assert (closed.value.reason, closed.value.until) == ("maintenance", None)


@pytest.mark.parametrize(("date", "kind"), [("Sat, 21 Nov 2026 16:00:00 GMT", OutcomeUnknown), ("Sat, 21 Nov 2026 16:00:02 GMT", Closed)])
def test_an_application_that_began_before_the_weekly_stop_may_have_been_taken(server, make_client, applications, date, kind):
    # 16:00 GMT is 01:00 in Japan. It was answered at the stroke of the closing, so that it began before; 2 s later it began after.
    server.answer = lambda *_: (503, {"Content-Type": "text/html", "Date": date}, b"<html/>")
    client = make_client(server.url, now=lambda: SUNDAY.replace(hour=0, minute=58))
    with pytest.raises(kind):
        submit(client, applications[OUTAGE], request_id="1")
    with pytest.raises(Closed) as closed:
        client.list_applications(ListingCriteria())
    assert closed.value.reason == "weekly", "a listing changes nothing, so that the answer's time is enough"


def test_a_reply_about_somebody_elses_application_is_refused(server, make_client):
    inner = "<m:requestStatus>PR00</m:requestStatus><m:receiptNumber>R2</m:receiptNumber>"
    server.answer = lambda *_: (200, XML, message("getApplicationStatusResponse", inner))
    with pytest.raises(Unreachable) as error:
        make_client(server.url).application_status("R1")
    assert (error.value.code, error.value.detail) == ("schema", "receipt_number")


def test_items_that_the_binding_does_not_name_are_kept(server, make_client):
    inner = (
        "<m:requestStatus>PR00</m:requestStatus><m:receiptNumber>R1</m:receiptNumber><m:visitOn>20260230</m:visitOn>"
        "<m:changeOn>20260228</m:changeOn><m:handlingOffice>見本町</m:handlingOffice><m:resultNote> 済 </m:resultNote>"
        "<m:messages><m:message>一</m:message><m:message/><m:message>二</m:message></m:messages>"
    )
    server.answer = lambda *_: (200, XML, message("getApplicationStatusResponse", inner))
    status = make_client(server.url).application_status("R1")
    assert status.items == {"change_on": "2026-02-28"}
    assert status.extra == {"visitOn": "20260230", "handlingOffice": "見本町", "resultNote": "済"}, "a day that is none is shown as it came"
    assert status.messages == ("一", "二")


def row(number, **changes):
    values = {"receiptNumber": f"R{number}", "workStage": "PW01", "registeredOn": "20260102", "visitOn": "20260103"}
    values |= {"selectionCode": "PS101", "supplyPointNumber": "06" + f"{number:020d}", "hasMessage": "1", "handlingOffice": "見本町"}
    inner = "".join(f"<m:{name}>{text}</m:{name}>" for name, text in (values | changes).items() if text is not None)
    return f"<m:application>{inner}</m:application>"


def listing(*rows):
    return message("listApplicationsResponse", f"<m:requestStatus>PR00</m:requestStatus><m:applications>{''.join(rows)}</m:applications>")


def test_a_listing_of_thousands_of_rows_is_read_whole(server, make_client):
    content = listing(*(row(number) for number in range(5_000)))
    server.answer = lambda *_: (200, XML, content)
    found = make_client(server.url).list_applications(ListingCriteria()).applications
    assert len(found) == 5_000
    assert found[4_999].receipt_number == "R4999"
    assert found[0].registered_on == date(2026, 1, 2)
    assert found[0].has_message
    assert found[0].extra == {"handlingOffice": "見本町"}


@pytest.mark.parametrize(
    "content",
    [
        listing(row(1, receiptNumber=None)),
        listing(row(1, receiptNumber="")),
        listing(row(1, registeredOn="2026/01/02")),
        listing(row(1))[:-40],
        listing("\n" * (8 * 1024 * 1024)),
    ],
)
def test_a_listing_that_breaks_the_schema_is_reported_not_half_read(server, make_client, content):
    server.answer = lambda *_: (200, XML, content)
    with pytest.raises(Unreachable) as error:
        make_client(server.url).list_applications(ListingCriteria())
    assert error.value.code in ("schema", "not_soap", "too_large")
    assert "見本" not in str(error.value)


# What never leaves


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"customer_name": ""}, {("customer_name", "required")}),
        ({"customer_name": "あ" * 101}, {("customer_name", "too_long")}),
        ({"customer_name": "a\x0bb"}, {("customer_name", "control")}),
        ({"customer_name": "a\ud800"}, {("customer_name", "control")}),
        ({"supply_point_number": "123"}, {("supply_point_number", "format")}),
        ({"content_code": "PC101"}, {("content_code", "unknown")}),
        ({"extra": {"nothing": "1"}}, {("extra.nothing", "unknown")}),
        ({"extra": {"customerName": "x"}}, {("extra.customerName", "unknown")}),
        ({"extra": {"contactPhone": "0" * 31}}, {("contact", "")}),
    ],
)
def test_input_that_the_schema_refuses_is_named_and_not_sent(server, make_client, applications, changes, faults):
    import dataclasses

    application = dataclasses.replace(applications[OUTAGE], **changes)
    with pytest.raises(InputRefused) as refused:
        submit(make_client(server.url), application, request_id="1")
    found = {(each.field, each.code) for each in refused.value.faults}
    assert found == ({("extra.contactPhone", "too_long")} if ("contact", "") in faults else faults)
    assert server.requests == []


@pytest.mark.parametrize(
    ("changes", "item"),
    [({"login_id": ""}, "kansai.login_id"), ({"ip_address": ""}, "kansai.ip_address"), ({"password": lambda: None}, "kansai.password")],
)
def test_a_missing_login_is_a_setup_fault(server, make_client, changes, item):
    with pytest.raises(SetupFault) as setup:
        make_client(server.url, **changes).application_status("R1")
    assert (setup.value.item, setup.value.code) == (item, "missing")
    assert server.requests == []


def test_before_the_first_byte_the_caller_can_still_stop_it(server, make_client, applications):
    def stop():
        raise Cancelled

    client = make_client(server.url)
    with pytest.raises(Cancelled):
        submit(client, applications[OUTAGE], request_id="1", before_first_byte=stop)
    cancelled = CancelToken()
    cancelled.cancel()
    with pytest.raises(Cancelled):
        submit(client, applications[OUTAGE], request_id="1", cancel=cancelled)
    assert server.requests == []


def test_a_server_that_is_not_there_is_unreachable_for_filing_too(make_client, applications):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        client = make_client(f"http://127.0.0.1:{unused.getsockname()[1]}/")
        with pytest.raises(Unreachable) as error:
            submit(client, applications[OUTAGE], request_id="1")
    assert error.value.code == "connect"


def test_the_shown_envelope_has_no_password_and_needs_none(make_client, applications):
    def no_password():
        raise AssertionError("nobody may ask for the password here")

    shown = make_client("http://127.0.0.1:1/", password=no_password).prepare(applications[OUTAGE], request_id="77").document
    assert b">****</" in shown
    assert b">77</" in shown
    assert "見本 太郎".encode() in shown


def test_no_secret_and_no_name_reaches_a_log_or_an_error(server, make_client, applications, caplog):
    caplog.set_level(logging.DEBUG)
    client = make_client(server.url, password=lambda: CANARY)
    odd = accepted("<m:receiptNumber>見本 太郎</m:receiptNumber>")
    server.answer = lambda *_: (200, XML, accepted())
    submit(client, applications[OUTAGE], request_id="1")
    for answer in ((200, XML, odd), (500, XML, b"x"), (200, XML, b"<")):
        server.answer = lambda *_, answer=answer: answer
        with pytest.raises(OutcomeUnknown) as unknown:
            submit(client, applications[OUTAGE], request_id="1")
        told = "".join(traceback.format_exception(unknown.value))
        assert "見本" not in told
        assert "カナリア" not in told
    assert "カナリア".encode() in server.requests[0][2]
    for secret in ("カナリア", "見本", "太郎"):
        assert secret not in caplog.text
    assert "status=200" in caplog.text


def test_what_is_sent_never_shows_where_a_value_is_printed():
    outgoing = Outgoing("Service", "action", f"<password>{PRACTICE_PASSWORD}</password>".encode(), changes_something=True)
    assert PRACTICE_PASSWORD not in repr(outgoing) + repr(frame(outgoing.envelope))


def test_request_ids_are_never_alike(make_client):
    client = make_client("http://127.0.0.1:1/")
    made = {client.new_request_id() for _ in range(500)}
    assert len(made) == 500
    assert all(len(each) == 24 and each.isdigit() for each in made)


def test_the_password_of_practice_mode_goes_out_as_it_is(server, make_client):
    server.answer = lambda *_: (404, {}, b"")
    with pytest.raises(ServerRefused):
        make_client(server.url).application_status("R1")
    assert f">{PRACTICE_PASSWORD}</".encode() in server.requests[0][2]


def test_without_an_address_that_is_said_and_a_preview_still_works(make_client, applications):
    client = make_client("", password=lambda: None)
    application = applications[ApplicationKind.OUTAGE]
    for call in (
        lambda: submit(client, application, request_id="1"),
        lambda: client.list_applications(ListingCriteria()),
        lambda: client.application_status("R1"),
    ):
        with pytest.raises(SetupFault) as setup:
            call()
        assert (setup.value.item, setup.value.code) == ("kansai.base_url", "no_base_url")
    assert "見本 太郎" in client.prepare(application, request_id="1").preview
