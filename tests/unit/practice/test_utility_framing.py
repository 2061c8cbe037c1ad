"""The practice utility refuses every frame that a strict server would refuse."""

import pytest

RIGHT = 'multipart/related; type="text/xml"; boundary="=_hand"; start="<root@hand>"'


@pytest.mark.parametrize(
    "content_type",
    [
        RIGHT,
        'multipart/related; type="text/xml"; boundary="=_hand"',  # no start: the first part is the root
        'Multipart/Related; boundary="=_hand"; type="text/xml"; start="<root@hand>"',
        'multipart/related;type="text/xml";boundary="=_hand"',
    ],
)
def test_right_content_types_are_taken(soap, content_type):
    answer = soap.post("listApplications", http_headers={"Content-Type": content_type})
    assert answer.status == 200, answer.text
    assert answer.headers["content-type"] == "text/xml; charset=UTF-8"


@pytest.mark.parametrize(
    ("content_type", "named"),
    [
        ("text/xml; charset=UTF-8", "Content-Type"),
        ("", "Content-Type"),
        ('multipart/mixed; type="text/xml"; boundary="=_hand"', "Content-Type"),
        ('multipart/related; type=text/xml; boundary="=_hand"', "Content-Type"),  # a slash must be quoted
        ('multipart/related; boundary="=_hand"; start="<root@hand>"', "Content-Type type"),
        ('multipart/related; type="application/xop+xml"; boundary="=_hand"', "Content-Type type"),
        ('multipart/related; type="text/xml"', "Content-Type boundary"),
        ('multipart/related; type="text/xml"; boundary=""', "Content-Type boundary"),
        ('multipart/related; type="text/xml"; boundary="' + "b" * 71 + '"', "Content-Type boundary"),
        ('multipart/related; type="text/xml"; boundary="other"', "boundary"),
        ('multipart/related; type="text/xml"; boundary="=_hand"; boundary="=_hand"', "Content-Type boundary"),
        ('multipart/related; type="text/xml"; boundary="=_hand"; start="<nobody@hand>"', "Content-Type start"),
        ('multipart/related; type="text/xml"; boundary="=_hand"; start="root@hand"', "Content-Type start"),
    ],
)
def test_wrong_content_types_are_refused_by_name(soap, content_type, named):
    answer = soap.post("listApplications", http_headers={"Content-Type": content_type})
    assert answer.status == 400
    assert f": {named}" in answer.text


def changed(old: bytes, new: bytes):
    return lambda framed: framed.replace(old, new)


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (changed(b"\r\n--=_hand--\r\n", b"\r\n"), "boundary"),
        (changed(b"--=_hand--", b"--=_hand"), "boundary"),
        (changed(b"\r\n", b"\n"), "boundary"),
        (changed(b"Content-Type: text/xml; charset=UTF-8\r\n", b""), "root part Content-Type"),
        (changed(b"text/xml; charset=UTF-8", b"application/xml; charset=UTF-8"), "root part Content-Type"),
        (changed(b"text/xml; charset=UTF-8", b"text/xml"), "root part charset"),
        (changed(b"text/xml; charset=UTF-8", b"text/xml; charset=Shift_JIS"), "root part charset"),
        (changed(b"8bit", b"base64"), "root part Content-Transfer-Encoding"),
        (changed(b"8bit\r\nContent-ID: <root@hand>\r\n\r\n", b"8bit\r\nContent-ID: <root@hand>\r\n"), "root part (no empty"),
        (changed(b"\r\n--=_hand--", b"\r\n--=_hand\r\nContent-Type: text/plain\r\n\r\nfurther\r\n--=_hand--"), "attachment"),
        (lambda _framed: b"", "boundary"),
        (lambda _framed: b"--=_hand--\r\n", "root part"),
    ],
)
def test_wrong_bodies_are_refused_by_name(soap, spoil, named):
    framed = soap.frame(soap.envelope(soap.header("listApplications"), soap.body("listApplications")))
    answer = soap.post("listApplications", framed=spoil(framed))
    assert answer.status == 400
    assert f": {named}" in answer.text


def test_eight_bit_octets_under_seven_bit_are_refused(soap):
    framed = soap.frame(soap.envelope(soap.header("applyOutage"), soap.body("applyOutage")))
    assert soap.post("applyOutage", framed=framed).status == 200
    answer = soap.post("applyOutage", framed=framed.replace(b"8bit", b"7bit"))
    assert answer.status == 400
    assert "Content-Transfer-Encoding" in answer.text


def test_a_preamble_and_an_epilogue_are_no_matter(soap):
    framed = soap.frame(soap.envelope(soap.header("listApplications"), soap.body("listApplications")))
    assert soap.post("listApplications", framed=b"preamble\r\n" + framed + b"epilogue").status == 200
