"""A listing of a hundred thousand rows is read as it comes, within 128 MiB; what is made to hurt is refused on the way."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from denkidesk.domain.applications import ListingCriteria
from denkidesk.domain.errors import ServerRefused, Unreachable
from denkidesk.kansai.listing_stream import ListingStream
from fakes.desk_home import environment
from fakes.soap_server import MESSAGES, XML, SoapServer, fault, message

WORKER = Path(__file__).parents[2] / "fakes" / "listing_worker.py"
STATUS = "<m:requestStatus>PR00</m:requestStatus><m:receptionMessage>一覧</m:receptionMessage>"


def row(number, more="", receipt="R{}"):
    return (
        f"<m:application><m:receiptNumber>{receipt.format(number)}</m:receiptNumber><m:workStage>PW01</m:workStage>"
        f"<m:registeredOn>20260102</m:registeredOn><m:visitOn>202601{number % 28 + 1:02d}</m:visitOn>"
        "<m:selectionCode>PS101</m:selectionCode>"
        f"<m:supplyPointNumber>06{number:020d}</m:supplyPointNumber><m:hasMessage>{number % 2}</m:hasMessage>"
        f"<m:handlingOffice>見本町営業所</m:handlingOffice>{more}</m:application>"
    )


def listing(rows, status=STATUS, behind=""):
    return message("listApplicationsResponse", f"{status}<m:applications>{''.join(rows)}</m:applications>{behind}")


@pytest.fixture
def server():
    with SoapServer(lambda *_: (500, {}, b"")) as running:
        yield running


@pytest.fixture
def read(server, make_client):
    def listed(content, headers=XML, status=200):
        server.answer = lambda *_: (status, headers, content)
        return make_client(server.url).list_applications(ListingCriteria()).applications

    return listed


def in_a_process(url, *arguments):
    done = subprocess.run([sys.executable, str(WORKER), url, *arguments], capture_output=True, env=environment(), timeout=280, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def test_a_hundred_thousand_rows_are_read_and_stored_within_128_mib(server, tmp_path):
    content, empty = listing(row(number) for number in range(100_000)), listing([])
    assert len(content) > 30 * 1024 * 1024
    server.answer = lambda _path, _headers, body: (200, XML, empty if b">none<" in body else content)
    took = in_a_process(server.url, str(tmp_path))
    assert (took["rows"], took["error"]) == (100_000, "")
    assert took["read_mib"] <= 128, took
    assert took["stored_mib"] <= 128, took


def test_one_row_more_is_too_large(server):
    content, empty = listing(row(number) for number in range(100_001)), listing([])
    server.answer = lambda _path, _headers, body: (200, XML, empty if b">none<" in body else content)
    took = in_a_process(server.url)
    assert took["error"] == "kansai:too_large:200:rows"
    assert took["read_mib"] <= 128, took


def test_rows_are_the_same_however_the_body_is_cut(read, make_client, server):
    rows = [row(number, more="<m:note>&#xD842;&#xDFB7; a &lt; b</m:note>" if number % 7 == 0 else "") for number in range(700)]
    content = listing(rows)
    whole = read(content)
    assert [one.receipt_number for one in whole] == [f"R{number}" for number in range(700)]
    assert whole[7].extra == {"handlingOffice": "見本町営業所", "note": "𠮷 a < b"}
    assert (whole[1].has_message, whole[0].has_message) == (True, False)
    for seed in range(20):
        stream = ListingStream(("applications", "application"), lambda reply, batch: [one[0].text for one in batch])
        take = stream.begin(200, {"content-type": "text/xml"})
        rest, cut = content, random.Random(seed)  # noqa: S311 - a test
        while rest:
            size = cut.choice([1, 7, 100, 5_000, 60_000])
            take(rest[:size])
            rest = rest[size:]
        root = stream.finish()
        assert [*stream.rows, *(one[0].text for one in root.iter(f"{{{MESSAGES}}}application"))] == [f"R{number}" for number in range(700)]


def test_what_stands_behind_the_rows_counts(read):
    rows = [row(number) for number in range(600)]
    assert len(read(listing(rows, behind="<m:totalCount>600</m:totalCount>"))) == 600
    with pytest.raises(ServerRefused):
        read(listing([], status="<m:requestStatus>PR90</m:requestStatus>"))


@pytest.mark.parametrize(
    ("content", "code", "detail"),
    [
        (listing([row(1) for _ in range(400)] + ["<m:application><m:workStage>PW01</m:workStage></m:application>"] * 400), "schema", None),
        (listing([row(1)] * 300 + [row(2, more="<m:x/>" * 1_200)] + [row(1)] * 300), "not_soap", "too_many_tags"),
        (listing([row(1)] * 300 + ["<m:application>" + "<m:x/>" * 200_000]), "not_soap", "too_many_tags"),
        (listing([], status=STATUS + "<m:x/>" * 200_000), "not_soap", "too_many_tags"),
        (listing([row(1, more="<m:note>" + "x" * 900_000 + "</m:note>")]), "not_soap", "too_many_tags"),
        (listing([row(1)] * 300 + ["<m:a>" * 3_000 + "</m:a>" * 3_000]), "not_soap", "not_xml"),
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>' + listing([row(1)] * 300).partition(b"?>")[2], "not_soap", "doctype"),
        (listing([row(1)] * 300).replace(b"PW01", b"P\xff\xfe1", 400), "not_soap", "not_xml"),
        (listing([row(1)] * 300).replace(b"PW01", b"P\x001", 1), "not_soap", "encoding"),
        (listing([row(1)] * 300).replace(b"UTF-8", b"Shift_JIS", 1), "not_soap", "encoding"),
        (listing([row(1)] * 300)[:-40], "not_soap", "not_xml"),
        (b" \r\n", "not_soap", "empty"),
        (b"<html>" + b"<p/>" * 1_000 + b"</html>", "not_soap", "root"),
        (listing([row(1)] * 300).replace(b"PW01</m", b"PW&bomb;</m", 1), "not_soap", "not_xml"),
    ],
)
def test_what_is_made_to_hurt_is_refused(read, content, code, detail):
    with pytest.raises(Unreachable) as refused:
        read(content)
    assert refused.value.code == code
    assert detail is None or refused.value.detail == detail


def test_a_fault_in_the_place_of_a_listing_is_the_servers_word(read):
    with pytest.raises(ServerRefused) as refused:
        read(fault("見本の断り"))
    assert refused.value.message == "見本の断り"


def test_other_calls_keep_their_limits(server, make_client):
    server.answer = lambda *_: (200, XML, listing(row(number) for number in range(10_000)))
    with pytest.raises(Unreachable) as refused:
        make_client(server.url).application_status("R1")
    assert refused.value.code == "too_large"
