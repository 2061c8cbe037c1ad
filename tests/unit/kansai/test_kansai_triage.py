"""Replies, good and bad, one by one: the table of how a SOAP library reads them is what must not happen here."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from denkidesk.domain.errors import Closed, DeskError, OutcomeUnknown, ServerRefused, Unreachable
from denkidesk.kansai.triage import MAX_ATTRIBUTES, MAX_TAGS, Verdicts, triage
from fakes.soap_server import ENVELOPE, envelope, fault

XML = "text/xml; charset=UTF-8"
GOOD = envelope("<a>見本</a>")
FILING, READING = Verdicts(changes_something=True), Verdicts(changes_something=False)
HTML = b"<html><body><p>maintenance</p></body></html>"


def judge(status, content, media=XML, *, verdicts=READING, **headers):
    return triage(status, {"content-type": media} | headers, content, verdicts)


def multipart(*parts, boundary="B", start=None, close=True, eol="\r\n"):
    lines = []
    for identity, media, body in parts:
        lines += [f"--{boundary}", f"Content-Type: {media}", f"Content-ID: {identity}", "", body.decode()]
    lines += [f"--{boundary}--" if close else ""]
    named = f'; start="{start}"' if start else ""
    return eol.join(lines).encode(), f'multipart/related; type="text/xml"; boundary="{boundary}"{named}'


def test_a_plain_reply_gives_the_element_in_its_body():
    element = judge(200, GOOD)
    assert (element.tag, element.text) == ("a", "見本")


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + GOOD,
        b"\r\n  " + GOOD,
        b"\xef\xbb\xbf\n" + GOOD,
        GOOD.replace(b"UTF-8", b"utf8"),
        GOOD.replace(b'"UTF-8"', b"'Utf-8'"),
        GOOD.partition(b"?>")[2],
    ],
)
def test_a_clumsy_beginning_is_read(content):
    assert judge(200, content).text == "見本"
    assert judge(200, content, "").text == "見本", "nor need the type be named"


@pytest.mark.parametrize("name", [b"Shift_JIS", b"EUC-JP", b"UTF-16", b"utf-7", b"x"])
def test_another_encoding_than_utf_8_is_none_of_ours(name):
    with pytest.raises(Unreachable) as refused:
        judge(200, GOOD.replace(b"UTF-8", name))
    assert refused.value.detail == "encoding"


@pytest.mark.parametrize("media", ["text/xml", 'text/xml; charset="shift_jis"', "TEXT/XML;charset=utf-8"])
def test_the_xml_declaration_rules_over_the_http_charset(media):
    assert judge(200, GOOD, media).text == "見本"


@pytest.mark.parametrize("status", [200, 500])
@pytest.mark.parametrize("media", [XML, "text/plain"])
def test_a_fault_is_a_refusal_for_reading_and_unknown_for_filing(status, media):
    if media == "text/plain":
        with pytest.raises(Unreachable):
            judge(status, fault("だめです"), media)
        return
    with pytest.raises(ServerRefused) as refused:
        judge(status, fault("だめです"), media)
    assert (refused.value.code, refused.value.message, refused.value.status) == ("fault", "だめです", status)
    with pytest.raises(OutcomeUnknown) as unknown:
        judge(status, fault("だめです"), media, verdicts=FILING)
    assert (unknown.value.code, unknown.value.detail) == ("fault", "だめです")


def test_a_fault_under_a_default_namespace_keeps_its_words():
    content = (
        f'<Envelope xmlns="{ENVELOPE}"><Body><Fault><faultcode>Server</faultcode><faultstring>言葉</faultstring></Fault></Body></Envelope>'
    ).encode()
    with pytest.raises(ServerRefused) as refused:
        judge(500, content)
    assert refused.value.message == "言葉"


def test_a_soap_12_fault_is_no_soap_11_reply():
    space = "http://www.w3.org/2003/05/soap-envelope"
    content = f'<e:Envelope xmlns:e="{space}"><e:Body><e:Fault/></e:Body></e:Envelope>'.encode()
    with pytest.raises(Unreachable) as error:
        judge(200, content)
    assert (error.value.code, error.value.detail) == ("not_soap", "root")


@pytest.mark.parametrize("content", [GOOD, b"", HTML, b"<html><p>not closed", b"plain text"])
def test_500_without_a_fault_is_a_server_error(content):
    with pytest.raises(Unreachable) as reading:
        judge(500, content)
    with pytest.raises(OutcomeUnknown) as filing:
        judge(500, content, verdicts=FILING)
    assert reading.value.code == filing.value.code == "server_error"
    assert reading.value.status == filing.value.status == 500


@pytest.mark.parametrize(("status", "code"), [(400, "bad_request"), (403, "forbidden"), (404, "unknown_service")])
@pytest.mark.parametrize("verdicts", [FILING, READING])
def test_the_overviews_refusals(status, code, verdicts):
    with pytest.raises(ServerRefused) as with_fault:
        judge(status, fault("項目がありません"), verdicts=verdicts)
    assert (with_fault.value.code, with_fault.value.message, with_fault.value.status) == (code, "項目がありません", status)
    with pytest.raises(ServerRefused) as with_page:
        judge(status, HTML, "text/html", verdicts=verdicts)
    assert (with_page.value.code, with_page.value.message) == (code, "")


def test_503_inside_the_closed_hours_is_closed_until_they_end():
    until = datetime(2026, 11, 22, 3, tzinfo=UTC)
    for changes_something in (True, False):
        with pytest.raises(Closed) as closed:
            judge(503, HTML, "text/html", verdicts=Verdicts(changes_something, until, "weekly"))
        assert (closed.value.until, closed.value.reason) == (until, "weekly")


@pytest.mark.parametrize("content", [HTML, b"<p>not closed", b"", fault()])
def test_503_outside_them_is_maintenance_and_unknown_for_filing(content):
    with pytest.raises(Closed) as closed:
        judge(503, content, "text/html")
    assert (closed.value.reason, closed.value.until) == ("maintenance", None)
    with pytest.raises(OutcomeUnknown) as unknown:
        judge(503, content, "text/html", verdicts=FILING)
    assert unknown.value.status == 503


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_never_followed(status):
    with pytest.raises(Unreachable) as reading:
        judge(status, b"", location="http://127.0.0.1/")
    with pytest.raises(OutcomeUnknown) as filing:
        judge(status, b"", verdicts=FILING, location="http://127.0.0.1/")
    assert reading.value.code == filing.value.code == "redirect"


@pytest.mark.parametrize("status", [201, 202, 204])
def test_other_successes_are_no_answer(status):
    with pytest.raises(OutcomeUnknown):
        judge(status, b"", verdicts=FILING)


@pytest.mark.parametrize(
    ("content", "media", "reason"),
    [
        (b"", XML, "empty"),
        (b" \r\n", XML, "empty"),
        (HTML, "text/html", "media_type"),
        (HTML, XML, "root"),
        (b"<html><p>not closed", XML, "not_xml"),
        (GOOD, "text/html", "media_type"),
        (GOOD, "application/xop+xml", "media_type"),
        (GOOD[:-5], XML, "not_xml"),
        (GOOD + b"<x/>", XML, "not_xml"),
        ("<a>見本</a>".encode("cp932"), XML, "encoding"),
        ("<?xml version='1.0' encoding='UTF-16'?><a/>".encode("utf-16"), XML, "encoding"),
        (b"<?xml version='1.0' encoding='Shift_JIS'?><a/>", XML, "encoding"),
        (b"<?xml version='1.0' encoding='no-such'?><a/>", XML, "encoding"),
        (GOOD.replace(b"<a>", b"<a>\x01"), XML, "not_xml"),
        (GOOD.replace(b"<a>", b"<a>\x00"), XML, "encoding"),
        (GOOD.replace(b"<s:Envelope", b"<!DOCTYPE a><s:Envelope"), XML, "doctype"),
        (f'<s:Envelope xmlns:s="{ENVELOPE}"/>'.encode(), XML, "body"),
        (envelope(""), XML, "empty_body"),
        (envelope("<a/><b/>"), XML, "body"),
        (GOOD, "multipart/related", "boundary"),
        (GOOD, 'multipart/related; boundary="B"', "boundary"),
        (multipart(("<r>", "text/xml", GOOD))[0], XML, "not_xml"),
    ],
)
def test_a_200_that_is_not_soap_is_named(content, media, reason):
    with pytest.raises(Unreachable) as reading:
        judge(200, content, media)
    assert (reading.value.code, reading.value.status, reading.value.detail) == ("not_soap", 200, reason)
    with pytest.raises(OutcomeUnknown) as filing:
        judge(200, content, media, verdicts=FILING)
    assert filing.value.code == "not_soap"


def test_a_packed_reply_is_refused():
    with pytest.raises(Unreachable) as error:
        triage(200, {"content-type": XML, "content-encoding": "gzip"}, GOOD, READING)
    assert error.value.detail == "content_encoding"


@pytest.mark.parametrize("eol", ["\r\n", "\n"])
def test_a_multipart_reply_of_one_part(eol):
    content, media = multipart(("<r>", "text/xml", GOOD), eol=eol)
    assert judge(200, content, media).text == "見本"


def test_the_start_parameter_decides_which_part_is_the_root():
    other, root = ("<other>", "application/octet-stream", b"zzz"), ("<root@x>", "text/xml; charset=UTF-8", GOOD)
    content, media = multipart(other, root, start="<root@x>")
    assert judge(200, content, media).text == "見本"
    content, media = multipart(root, other)
    assert judge(200, content, media).text == "見本"


@pytest.mark.parametrize(
    ("framed", "reason"),
    [
        (multipart(("<a>", "text/xml", GOOD), start="<b>"), "start"),
        (multipart(("<a>", "text/plain", GOOD)), "part_type"),
        (multipart(("<a>", "text/xml", GOOD), close=False), "multipart_cut"),
        (multipart(*[("<a>", "text/xml", b"")] * 40), "too_many_parts"),
        ((b"--B\r\nContent-Type: text/xml\r\n--B--", 'multipart/related; boundary="B"'), "part"),
        (
            (b"--B\r\nContent-Type: text/xml\r\nContent-Transfer-Encoding: odd\r\n\r\n<a/>\r\n--B--", 'multipart/related; boundary="B"'),
            "part_encoding",
        ),
    ],
)
def test_a_multipart_reply_that_is_wrong(framed, reason):
    with pytest.raises(Unreachable) as error:
        judge(200, *framed)
    assert error.value.detail == reason


def test_a_base64_root_part_is_read():
    import base64

    body = b"--B\r\nContent-Type: text/xml\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(GOOD) + b"\r\n--B--\r\n"
    assert judge(200, body, 'multipart/related; boundary="B"').text == "見本"


LAUGHS = b"".join([b'<!ENTITY a0 "ha">', *(b'<!ENTITY a%d "&a%d;&a%d;">' % (n, n - 1, n - 1) for n in range(1, 40))])
HOSTILE = {
    "billion laughs": b"<!DOCTYPE a [" + LAUGHS + b"]><a>&a39;</a>",
    "outside entity": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    "doctype after a comment": b"<!-- <a> --><!DOCTYPE a><a/>",
    "deep nesting": b"<a>" * 90_000 + b"</a>" * 90_000,
    "many tags": b"<r>" + b"<a/>" * (MAX_TAGS + 1) + b"</r>",
    "many attributes": b"<a " + b" ".join(b'a%d=""' % n for n in range(100_000)) + b"/>",
    "many parts": b"--B\r\n\r\n" * 200_000,
    "long boundary lines": b"\r\n--" * 400_000,
}


def test_an_element_holds_as_many_attributes_as_the_limit_says():
    def reply(attributes):
        return envelope("<r><a " + " ".join(f'a{number}=""' for number in range(attributes)) + "/></r>")

    assert len(judge(200, reply(MAX_ATTRIBUTES))) == 1
    with pytest.raises(Unreachable) as refused:
        judge(200, reply(MAX_ATTRIBUTES + 1))
    assert refused.value.detail == "too_many_tags"


def test_a_reply_holds_as_many_tags_as_the_limit_says():
    def reply(tags):
        frame = envelope("<r></r>").count(b"<")
        return envelope("<r>" + "<a/>" * (tags - frame) + "</r>")

    assert len(judge(200, reply(MAX_TAGS))) > 0
    with pytest.raises(Unreachable) as refused:
        judge(200, reply(MAX_TAGS + 1))
    assert refused.value.detail == "too_many_tags"


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_replies_end_soon_and_as_our_own_errors(name):
    media = 'multipart/related; boundary="B"' if "part" in name or "boundary" in name else XML
    begin = time.perf_counter()
    with pytest.raises(Unreachable):
        judge(200, HOSTILE[name], media)
    assert time.perf_counter() - begin < 2.0


def test_too_large_is_refused_before_it_is_read():
    with pytest.raises(Unreachable) as error:
        triage(200, {"content-type": XML}, b" " * 101, READING, max_bytes=100)
    assert error.value.code == "too_large"


MEDIA = st.sampled_from(["", XML, "text/html", 'multipart/related; boundary="B"; start="<r>"', "multipart/related; boundary=", "/;="])
PIECES = st.sampled_from(
    [
        b"<a>",
        b"</a>",
        b"--B",
        b"--B--",
        b"\r\n",
        b"\r\n\r\n",
        b"Content-Type: text/xml",
        GOOD,
        fault(),
        b"<!DOCTYPE a>",
        b"&lt;",
        b"\x00",
        b"\xff",
    ]
)
CONTENT = st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=12).map(b"".join))


@given(st.integers(100, 599), st.one_of(MEDIA, st.text(max_size=40)), CONTENT, st.booleans())
def test_nothing_but_our_own_errors_ever_comes_out(status, media, content, changes_something):
    outcome = None
    try:
        element = triage(status, {"content-type": media}, content, Verdicts(changes_something))
    except DeskError as error:
        outcome = error
    if outcome is None:
        assert status == 200
        assert element is not None
    elif changes_something:
        assert not isinstance(outcome, Unreachable | Closed), "a filing is never called safe to repeat"
