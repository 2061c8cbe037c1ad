"""The request's octets."""

import email.parser
import email.policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from denkidesk.kansai.framing import frame


def test_every_octet_of_the_frame_is_as_the_overview_asks():
    framed = frame("<a>見本</a>".encode(), boundary="B-1", content_id="<root@denkidesk.invalid>")
    assert framed.content_type == 'multipart/related; type="text/xml"; boundary="B-1"; start="<root@denkidesk.invalid>"'
    assert framed.body == (
        b"--B-1\r\n"
        b"Content-Type: text/xml; charset=UTF-8\r\n"
        b"Content-Transfer-Encoding: 8bit\r\n"
        b"Content-ID: <root@denkidesk.invalid>\r\n"
        b"\r\n"
        b"<a>\xe8\xa6\x8b\xe6\x9c\xac</a>\r\n"
        b"--B-1--\r\n"
    )


def test_boundary_and_content_id_differ_from_request_to_request():
    first, second = frame(b"<a/>"), frame(b"<a/>")
    assert first.content_type != second.content_type


@pytest.mark.parametrize("boundary", ["", "x" * 71, "inside"])
def test_a_boundary_that_breaks_the_frame_is_refused(boundary):
    with pytest.raises(ValueError, match="boundary"):
        frame(b"<a>inside</a>", boundary=boundary)


@given(st.binary(max_size=400))
def test_a_mail_parser_finds_the_envelope_again(envelope):
    framed = frame(envelope)
    head = f"Content-Type: {framed.content_type}\r\n\r\n".encode("ascii")
    parsed = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + framed.body)
    (part,) = parsed.iter_parts()
    assert part.get_content_type() == "text/xml"
    assert part["Content-ID"] == parsed["Content-Type"].params["start"]
    begin = framed.body.index(b"\r\n\r\n") + 4
    end = framed.body.rindex(b"\r\n--" + parsed.get_boundary().encode() + b"--\r\n")
    assert framed.body[begin:end] == envelope
