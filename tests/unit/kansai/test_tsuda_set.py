"""A whole set that was written from ``resources/kansai/README.md`` alone, with replies written by hand: no line of code knows it."""

import json
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from denkidesk.domain.applications import (
    ApplicationKind,
    ApplicationStatus,
    ListedApplication,
    ListingCriteria,
    NewApplication,
    Operation,
)
from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.errors import InputRefused, LoginRefused, ServerRefused
from denkidesk.domain.wsdl_codes import WsdlCode
from denkidesk.kansai.binding import read_binding
from denkidesk.kansai.wsdl_check import check_wsdl_set
from denkidesk.wire.request_ids import RequestIds
from fakes.filing import submit
from fakes.foreign_sets import sent_envelope
from fakes.soap_server import XML, SoapServer, envelope

FOLDER = Path(__file__).parents[2] / "golden" / "tsuda_set"
M, C = "urn:example:tsuda:messages", "urn:example:tsuda:common"
POINT = "0612345678901234567890"
DAY = date(2026, 12, 1)
FILED = "<Kekka><c:Status>00</c:Status><c:Notice><c:Line>受付</c:Line><c:Line>済み</c:Line></c:Notice></Kekka>"
URGENT = "<Kinkyu><Bango>K2026-00007</Bango><Denwa>06-0000-0000</Denwa></Kinkyu>"
NORMAL = "<Tsujo><Bango>K2026-00007</Bango></Tsujo>"
LISTED = (
    "<Kekka><c:Status>00</c:Status></Kekka><Eigyosho><Mei>見本北</Mei>"
    '<Tantosha><Ken renraku="Y"><Bango>K2026-00001</Bango><Kotei>10</Kotei><Torokubi>R20261120 0930</Torokubi>'
    f"<Homonbi>2026-12-01+09:00</Homonbi><Sentaku>S1</Sentaku><Chiten>{POINT}</Chiten></Ken></Tantosha>"
    '<Tantosha><Ken renraku="N"><Bango>K2026-00002</Bango><Kotei>90</Kotei><Torokubi>R20261121 0000</Torokubi>'
    "<HomonNashi/><Sentaku>S2</Sentaku></Ken></Tantosha></Eigyosho><Eigyosho><Mei>見本南</Mei>"
    '<Tantosha><Ken renraku="N"><Bango>K2026-00003</Bango><Kotei>10</Kotei><Torokubi>R20261122 2359</Torokubi>'
    "<HomonNashi/><Sentaku>S1</Sentaku></Ken></Tantosha></Eigyosho>"
)
STATUS = (
    "<Kekka><c:Status>00</c:Status></Kekka><Bango>K2026-00001</Bango><Kotei>10</Kotei>"
    "<Chosa><Homonbi>2026-11-30T16:30:00Z</Homonbi></Chosa>"
    "<Nichiji>2026-11-20T10:00:00+09:00</Nichiji><Bun>一通目</Bun><Nichiji>2026-11-21T10:00:00+09:00</Nichiji><Bun>二通目</Bun>"
)


def replied(operation, inner):
    return 200, XML, envelope(f'<{operation}Kaito xmlns="{M}" xmlns:c="{C}">{inner}</{operation}Kaito>')


ANSWERS = {
    "Ichiran": LISTED, "Jokyo": STATUS, "HeishaMoshikomi": FILED + NORMAL, "OkyakuMoshikomi": FILED + NORMAL,
    "TeidenMoshikomi": FILED + URGENT, "SonotaMoshikomi": FILED + NORMAL, "MenuMoshikomi": FILED + NORMAL,
}  # fmt: skip


@pytest.fixture
def server():
    def answer(_path, _headers, body):
        operation = etree.QName(sent_envelope(body)[1][0]).localname
        return replied(operation, ANSWERS[operation])

    with SoapServer(answer) as running:
        yield running


@pytest.fixture
def client(server, make_client, tmp_path):
    return make_client(server.url, wsdl_dir=FOLDER, login_id="denki", request_ids=RequestIds(tmp_path / "shared", "kansai"))


def application(kind, *, visit_on=DAY):
    values = {"selection_code": "S1", "equipment_class": "E1", "supply_point_number": POINT}
    if kind is ApplicationKind.MENU_CHANGE:
        return NewApplication(kind, **values, customer_name="見本 花子", change_on=DAY, service_menu="M1")
    values |= {"supply_point_address": "大阪府大阪市見本町0-0-0", "visit_on": visit_on}
    if kind is ApplicationKind.OUTAGE:
        extra = {"Tatemono/Kaisu": "2", "Tatemono/Shurui": "H1", "Biko": "一行目\n二行目"}
        return NewApplication(kind, **values, customer_name="見本 太郎", extra=extra)
    return NewApplication(kind, **values, content_code="N1")


def test_the_check_finds_nothing_in_the_way():
    report = check_wsdl_set(FOLDER)
    assert [finding for finding in report.findings if finding.blocks] == []
    assert report.operations_callable == tuple(Operation)
    assert report.files == tuple(sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()))


@pytest.mark.parametrize("kind", ApplicationKind)
@pytest.mark.parametrize("visit_on", [DAY, None])
def test_each_kind_is_filed(kind, visit_on, client, server):
    receipt = submit(client, application(kind, visit_on=visit_on), request_id=client.new_request_id())
    assert (receipt.receipt_number, receipt.reception_message) == ("K2026-00007", "受付\n済み")
    ((_, headers, body),) = server.requests
    assert headers["SOAPAction"] == '""'
    root = sent_envelope(body)
    texts = {etree.QName(element).localname: element.text for element in root.iter() if not len(element)}
    assert [etree.QName(block).localname for block in root[0]] == ["AuthInfo", "CallInfo"]
    assert (texts["UserID"], texts["Operator"], texts["System"], texts["Channel"]) == ("denki", "denki", "DENKI", "WEB")
    assert len(texts["Serial"]) == 10
    assert root[1][0].get("version") == "3.1"
    assert texts["Number"] == POINT
    if kind is ApplicationKind.MENU_CHANGE:
        assert texts["Henkobi"] == "2026/12/01"
    else:
        assert texts["Kibobi"] == (None if visit_on is None else "2026-12-01")
    if kind is ApplicationKind.OUTAGE:
        assert (texts["Kaisu"], texts["Shurui"], texts["Biko"]) == ("2", "H1", "一行目\n二行目")
        assert receipt.extra == {"Kinkyu/Denwa": "06-0000-0000"}


def test_the_listing_is_read_through_its_blocks(client, server):
    rows = client.list_applications(ListingCriteria()).applications
    assert [(row.receipt_number, row.work_stage, row.registered_on, row.visit_on, row.has_message) for row in rows] == [
        ("K2026-00001", "10", date(2026, 11, 20), DAY, True),
        ("K2026-00002", "90", date(2026, 11, 21), None, False),
        ("K2026-00003", "10", date(2026, 11, 22), None, False),
    ]
    client.list_applications(ListingCriteria(registered_from=DAY, has_message=True))
    assert b">2026-12-01</" in server.requests[1][2]
    with pytest.raises(InputRefused) as refused:
        client.list_applications(ListingCriteria(receipt_number="K2026-00001", registered_from=DAY))
    assert [(fault.field, fault.code) for fault in refused.value.faults] == [("registered_from", "excluded")]


def test_what_stands_around_the_rows_is_kept_with_each(client):
    rows = client.list_applications(ListingCriteria()).applications
    assert [dict(row.extra) for row in rows] == [
        {"Eigyosho/Mei": "見本北"},
        {"Eigyosho/Mei": "見本北"},
        {"Eigyosho/Mei": "見本南"},
    ]


def test_of_a_long_listing_what_stands_behind_the_rows_of_a_block_is_kept_too(client, server):
    """More rows than are read at once: the block ends when most of them have left the document."""

    def office(name, first, count):
        rows = "".join(
            f'<Ken renraku="N"><Bango>K2026-{number:05}</Bango><Kotei>10</Kotei><Torokubi>R20261120 0930</Torokubi><HomonNashi/>'
            "<Sentaku>S1</Sentaku></Ken>"
            for number in range(first, first + count)
        )
        return f"<Eigyosho><Mei>{name}</Mei><Tantosha>{rows}<Tanto ban='7'>{name}係</Tanto></Tantosha><Denwa>{first}</Denwa></Eigyosho>"

    body = f"<Kekka><c:Status>00</c:Status></Kekka>{office('見本北', 0, 700)}{office('見本南', 700, 5)}<Kensu>705</Kensu>"
    server.answer = lambda *_: replied("Ichiran", body)
    listing = client.list_applications(ListingCriteria())
    around = [dict(row.extra) for row in listing.applications]
    assert len(around) == 705
    for name, first, own in (("見本北", "0", around[:700]), ("見本南", "700", around[700:])):
        assert own == [
            {
                "Eigyosho/Mei": name,
                "Eigyosho/Denwa": first,
                "Eigyosho/Tantosha/Tanto": f"{name}係",
                "Eigyosho/Tantosha/Tanto/@ban": "7",
            }
        ] * len(own)
    assert listing.extra == {"Kensu": "705"}


def test_what_stands_around_the_rows_holds_no_secret(client, server):
    server.answer = lambda *_: replied("Ichiran", LISTED.replace("見本南", "見本 denki renshu-password"))
    *_, last = client.list_applications(ListingCriteria()).applications
    assert "renshu-password" not in last.extra["Eigyosho/Mei"]
    assert last.extra["Eigyosho/Mei"].startswith("見本 ")


def test_a_status_is_read(client):
    status = client.application_status("K2026-00001")
    assert status.messages == ("一通目", "二通目")
    assert status.items == {"work_stage": "10", "visit_on": "2026-12-01"}
    assert status.extra == {"Nichiji": "2026-11-20T10:00:00+09:00\n2026-11-21T10:00:00+09:00"}


@pytest.mark.parametrize(("code", "kind"), [("44", ServerRefused), ("90", LoginRefused), ("77", ServerRefused)])
def test_refusals_are_told_apart(code, kind, client, server):
    server.answer = lambda *_: replied("Jokyo", f"<Kekka><c:Status>{code}</c:Status></Kekka>")
    with pytest.raises(kind) as refused:
        client.application_status("K2026-00001")
    assert refused.value.code == {"44": "not_found", "90": "login_status", "77": "declined"}[code]


def test_what_the_schema_demands_of_a_further_item_is_asked_for_by_its_path(client):
    bare = NewApplication(
        ApplicationKind.OUTAGE, "S1", "E1", POINT, supply_point_address="大阪府大阪市見本町0-0-0", customer_name="見本 太郎"
    )
    with pytest.raises(InputRefused) as refused:
        client.prepare(bare, request_id="1234567890")
    assert {(fault.field, fault.code) for fault in refused.value.faults} == {
        ("extra.Tatemono/Kaisu", "required"),
        ("extra.Tatemono/Shurui", "required"),
    }


README = (Path(__file__).parents[3] / "resources" / "kansai" / "README.md").read_text(encoding="utf-8")
OUR_NAMES = {f.name for cls in (NewApplication, ListedApplication, ApplicationStatus, ListingCriteria) for f in fields(cls)} | {"login_id"}


@pytest.mark.parametrize(
    ("row", "operation", "part"),
    [
        ("request of `list_applications`", "list_applications", "request"),
        ("request of `application_status`", "application_status", "request"),
        ("request of the five new applications", "new_outage", "request"),
        ("reply of `list_applications`", "list_applications", "reply"),
        ("`rows.items`", "list_applications", "rows"),
        ("reply of `application_status`", "application_status", "reply"),
        ("reply of the five", "new_other", "reply"),
    ],
)
def test_the_readme_names_every_item_that_can_be_bound_and_no_other(row, operation, part, tmp_path):
    (line,) = (line for line in README.splitlines() if line.startswith(f"| {row} |"))
    told = {name for quoted in line.split("|")[2].split("`")[1::2] for name in quoted.split()}
    tree = json.loads((FOLDER / "binding.json").read_text(encoding="utf-8"))
    entry = tree["operations"][operation]
    (entry["rows"] if part == "rows" else entry)["items" if part == "rows" else part] = dict.fromkeys(OUR_NAMES | told, "x")
    (tmp_path / "binding.json").write_text(json.dumps(tree), encoding="utf-8")
    where = f"operations.{operation}.{'rows.items' if part == 'rows' else part}."
    refused = {one.item.removeprefix(where) for one in read_binding(tmp_path / "binding.json")[1] if one.code == "unknown_field"}
    assert told == (OUR_NAMES | told) - refused


def test_the_codes_that_the_readme_explains_are_codes():
    lines = README.partition("| code | means |")[2].partition("\n\n")[0].splitlines()[2:]
    told = [code for line in lines for code in line.split("|")[1].replace("`", "").replace(",", "").split()]
    assert set(told) <= {*WsdlCode, *InstallationCode}
    assert len(told) > 10


def test_the_example_of_the_readme_is_json():
    blocks = [part.partition("```")[0] for part in README.split("```json\n")[1:]]
    assert len(blocks) == 2
    assert all(json.loads(block) for block in blocks)
