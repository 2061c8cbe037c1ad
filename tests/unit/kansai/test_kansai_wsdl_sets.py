"""WSDL sets in every shape that an official one may have, and in every state that it should not be in."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest
from lxml import etree

from denkidesk.domain.application_items import items_of
from denkidesk.domain.applications import OPERATION_OF_KIND, ApplicationKind, Operation
from denkidesk.domain.errors import InputRefused, SetupFault
from denkidesk.kansai.documents import gather
from denkidesk.kansai.schema import SchemaSet
from denkidesk.kansai.wsdl_check import check_wsdl_set
from fakes import wsdl_variants as variants
from fakes.filing import submit
from fakes.soap_server import XML, SoapServer, message

ENV = "{http://schemas.xmlsoap.org/soap/envelope/}"
GOOD_SETS = {
    "provisional": variants.copy_set,
    "seven files": variants.seven_files,
    "six header parts": variants.six_header_parts,
    "multipart around body and header": variants.multipart_body,
    "multipart around the body": lambda target: variants.multipart_body(target, header_inside=False),
    "header undeclared, one block": variants.header_undeclared,
    "header undeclared, six blocks": lambda target: variants.header_undeclared(target, element=""),
    "header part in the body's message": variants.header_in_the_body_message,
    "inline schemas": variants.inline_schemas,
    "one namespace in several files": variants.split_namespace,
}


@pytest.fixture
def target(tmp_path):
    return tmp_path / "公式 一式 #1"


@pytest.mark.parametrize("shape", GOOD_SETS)
def test_a_good_set_of_any_shape_can_be_called_and_sends_everything(shape, target, make_client, applications):
    folder = GOOD_SETS[shape](target)
    report = check_wsdl_set(folder)
    assert [finding for finding in report.findings if finding.blocks] == []
    assert report.ok
    assert set(report.operations_callable) == set(Operation)
    reply = message("applyOutageResponse", "<m:requestStatus>PR00</m:requestStatus><m:receiptNumber>R1</m:receiptNumber>")
    with SoapServer(lambda *_: (200, XML, reply)) as server:
        client = make_client(server.url, wsdl_dir=folder)
        assert submit(client, applications[ApplicationKind.OUTAGE], request_id="42").receipt_number == "R1"
    ((path, headers, body),) = server.requests
    assert path == "/services/H231ShinikomishikomiteidenYokyuServiceProvider"
    assert headers["SOAPAction"] == '"urn:denkidesk:provisional:kansai:services:1:applyOutage"'
    envelope = etree.fromstring(body[body.index(b"<?xml") : body.rindex(b"\r\n--")])
    texts = {etree.QName(element).localname: element.text for element in envelope.find(ENV + "Header").iter() if len(element) == 0}
    assert sorted(texts) == sorted(variants.HEADER_NAMES)
    assert texts["requestID"] == "42"
    blocks = [etree.QName(block).localname for block in envelope.find(ENV + "Header")]
    assert blocks == (list(variants.HEADER_NAMES) if "six" in shape else ["requestHeader"])
    (wrapper,) = envelope.find(ENV + "Body")
    sent = {etree.QName(element).localname: element.text for element in wrapper}
    assert sent["customerName"] == "見本 太郎"
    assert sent["visitOn"] == "20261201"
    assert len(sent) == 8


@pytest.mark.parametrize("name", ["a%20b", "100%", "a#b?c", "%2e%2e"])
def test_a_folder_may_have_any_name(tmp_path, name):
    folder = variants.seven_files(tmp_path / name)
    report = check_wsdl_set(folder)
    assert [finding for finding in report.findings if finding.blocks] == []
    assert report.ok


def test_every_schema_shape_judges_alike(target):
    namespace = "urn:denkidesk:provisional:kansai:messages:1"
    good = etree.fromstring(f'<getApplicationStatus xmlns="{namespace}"><receiptNumber>R1</receiptNumber></getApplicationStatus>')
    bad = etree.fromstring(f'<getApplicationStatus xmlns="{namespace}"><receiptNumber>?</receiptNumber></getApplicationStatus>')
    unknown = etree.fromstring(f'<getApplicationStatus xmlns="{namespace}"><other/></getApplicationStatus>')
    for number, make in enumerate((variants.copy_set, variants.inline_schemas, variants.split_namespace)):
        folder = make(target.with_name(f"{target.name}{number}"))
        schema = SchemaSet(gather(folder, variants.WSDL))
        assert schema.faults(good) == ()
        assert [(fault.element, fault.rule) for fault in schema.faults(bad)] == [("receiptNumber", "CVC_PATTERN_VALID")]
        assert [(fault.element, fault.expected) for fault in schema.faults(unknown)] == [("other", "receiptNumber")]


def blocking(folder):
    report = check_wsdl_set(folder)
    assert not report.ok
    return {(finding.code, finding.item) for finding in report.findings if finding.blocks}, report


def test_news_are_no_faults(target):
    folder = variants.copy_set(target)
    report = check_wsdl_set(folder)
    extra = {finding.item.rpartition("/")[2] for finding in report.findings if finding.code == "extra_element"}
    assert extra == {"handlingOffice", "plannedWorkOn", "resultNote"}, "the phone and the remarks of a request have their fields"
    (folder / "further_items.json").unlink()
    unnamed = {one.item.rpartition("/")[2] for one in check_wsdl_set(folder).findings if one.code == "extra_request_element"}
    assert unnamed == {"contactPhone", "remarks"}
    (folder / "code_tables.json").unlink()
    report = check_wsdl_set(folder)
    assert report.ok
    assert ("code_tables.json", "missing") in {(finding.file, finding.code) for finding in report.findings}


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("http://127.0.0.1:9/messages.xsd", "import_network"),
        ("https://example.invalid/messages.xsd", "import_network"),
        ("ftp://example.invalid/messages.xsd", "import_network"),
        ("//server/share/messages.xsd", "import_network"),
        ("\\\\server\\share\\messages.xsd", "import_network"),
        ("../messages.xsd", "import_outside"),
        ("..%2Fmessages.xsd", "import_outside"),
        ("/messages.xsd", "import_outside"),
        ("file:///messages.xsd", "import_outside"),
        ("no-such.xsd", "missing"),
    ],
)
def test_an_import_that_leaves_the_folder_or_is_not_there(target, make_client, location, code):
    folder = variants.copy_set(target)
    (target.parent / "messages.xsd").write_bytes((folder / "messages.xsd").read_bytes())
    variants.edit(folder / variants.WSDL, ('schemaLocation="messages.xsd"', f'schemaLocation="{location}"'))
    found, report = blocking(folder)
    assert (code, location) in found
    assert report.operations_callable == ()
    with pytest.raises(SetupFault) as fault:
        make_client("http://127.0.0.1:1/", wsdl_dir=folder).application_status("R1")
    assert (fault.value.code, fault.value.item) == (code, location)


def test_a_link_out_of_the_folder_is_outside(target):
    folder = variants.copy_set(target)
    (folder / "messages.xsd").rename(target.parent / "elsewhere.xsd")
    try:
        (folder / "messages.xsd").symlink_to(target.parent / "elsewhere.xsd")
    except OSError:
        pytest.skip("this system lets nobody make links")
    assert ("import_outside", "messages.xsd") in blocking(folder)[0]


def test_an_http_import_is_never_fetched(target):
    with SoapServer(lambda *_: (200, XML, b"")) as server:
        folder = variants.copy_set(target)
        for name in ("messages.xsd", "header.xsd"):
            variants.edit(folder / variants.WSDL, (f'schemaLocation="{name}"', f'schemaLocation="{server.url}{name}"'))
        assert ("import_network", f"{server.url}messages.xsd") in blocking(folder)[0]
        assert server.requests == []


def test_wsdl_imports_obey_the_same_rule(target):
    folder = variants.copy_set(target)
    (folder / "entry.wsdl").write_text(
        '<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" targetNamespace="urn:x">'
        f'<wsdl:import namespace="urn:denkidesk:provisional:kansai:services:1" location="{variants.WSDL}"/></wsdl:definitions>',
        encoding="utf-8",
    )
    variants.edit_binding(folder, lambda tree: [entry.update(wsdl="entry.wsdl") for entry in tree["operations"].values()])
    assert check_wsdl_set(folder).ok
    variants.edit(folder / "entry.wsdl", (f'location="{variants.WSDL}"', 'location="http://127.0.0.1:9/x.wsdl"'))
    assert ("import_network", "http://127.0.0.1:9/x.wsdl") in blocking(folder)[0]


def test_an_import_without_a_place_is_named(target):
    folder = variants.copy_set(target)
    variants.edit(folder / variants.WSDL, (' schemaLocation="messages.xsd"', ""))
    found, report = blocking(folder)
    assert ("import_unresolved", "urn:denkidesk:provisional:kansai:messages:1") in found
    assert report.operations_callable == ()


def test_an_empty_body_is_named_and_never_sent(target):
    folder = variants.copy_set(target)
    variants.edit(folder / variants.WSDL, ('<wsdl:part name="parameters" element="m:applyOutage"/>', ""))
    found, report = blocking(folder)
    assert ("empty_body", "H231ShinikomishikomiteidenYokyuServiceProvider/applyOutage") in found
    assert set(Operation) - set(report.operations_callable) == {Operation.NEW_OUTAGE}


def test_a_missing_operation_is_named_and_the_others_work(target, make_client, applications):
    folder = variants.copy_set(target)
    variants.edit_binding(folder, lambda tree: tree["operations"].pop("new_outage"))
    found, report = blocking(folder)
    assert ("missing_operation", "operations.new_outage") in found
    assert len(report.operations_callable) == 6
    client = make_client("http://127.0.0.1:1/", wsdl_dir=folder)
    with pytest.raises(SetupFault) as fault:
        client.prepare(applications[ApplicationKind.OUTAGE], request_id="1")
    assert fault.value.code == "missing_operation"
    assert b"applyMenuChange" in client.prepare(applications[ApplicationKind.MENU_CHANGE], request_id="1").document


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("operation", "applyNothing", "missing_operation"),
        ("service", "NoSuchService", "missing_service"),
        ("port", "noPort", "missing_port"),
        ("wsdl", "no-such.wsdl", "missing"),
        ("wsdl", "../x.wsdl", "import_outside"),
        ("wsdl", "a\0b.wsdl", "missing"),
        ("wsdl", "http://[x", "missing"),
        ("soap_action", "urn:日本", "soap_action"),
        ("service_name", "a/b", "service_name"),
    ],
)
def test_a_binding_that_leads_nowhere_is_named(target, key, value, code):
    folder = variants.copy_set(target)
    variants.edit_binding(folder, lambda tree: tree["operations"]["new_other"].update({key: value}))
    found, report = blocking(folder)
    assert code in {finding_code for finding_code, _ in found}
    assert set(Operation) - set(report.operations_callable) == {Operation.NEW_OTHER}


@pytest.mark.parametrize(
    ("side", "field", "element"),
    [("request", "customer_name", "noSuchElement"), ("reply", "receipt_number", "no/Such")],
)
def test_an_unknown_element_is_named(target, side, field, element):
    folder = variants.copy_set(target)
    variants.edit_binding(folder, lambda tree: tree["operations"]["new_outage"][side].update({field: element}))
    found, _ = blocking(folder)
    assert ("unknown_element", f"H231ShinikomishikomiteidenYokyuServiceProvider/applyOutage/{side}/{element}") in found


def test_a_constant_where_an_item_goes_is_named_and_blocks(target):
    """It would go out as the item where the clerk gave none: a day that nobody asked for."""
    folder = variants.copy_set(target)
    binding = json.loads((folder / "binding.json").read_text(encoding="utf-8"))
    outage = binding["operations"]["new_outage"]
    outage["constants"] = {outage["request"]["visit_on"]: "20300101"}
    (folder / "binding.json").write_text(json.dumps(binding), encoding="utf-8")
    report = check_wsdl_set(folder)
    assert not report.ok
    (found,) = [finding for finding in report.findings if finding.code == "already_filled"]
    assert (found.detail, found.blocks) == ("operations.new_outage.request.visit_on", True)


def test_a_row_element_that_is_not_there_is_named(target):
    folder = variants.copy_set(target)
    variants.edit_binding(folder, lambda tree: tree["operations"]["list_applications"]["rows"]["items"].update(work_stage="stage"))
    found, _ = blocking(folder)
    service = "H231MshikomikenmeiichiranYokyuServiceProvider"
    assert ("unknown_element", f"{service}/listApplications/reply/applications/application/stage") in found


def test_a_missing_header_element_is_named(target):
    folder = variants.copy_set(target)
    variants.edit(folder / "header.xsd", ('<xsd:element name="ipAddress" type="h:Text"/>', '<xsd:element name="address" type="h:Text"/>'))
    found, report = blocking(folder)
    assert {code for code, _ in found} == {"missing_header", "unknown_header"}
    assert report.operations_callable == ()


NEEDED = [(kind, name) for kind in ApplicationKind for name in ("login_id", *(item.name for item in items_of(kind)))]


@pytest.mark.parametrize(("kind", "name"), NEEDED)
def test_every_item_of_a_kind_wants_a_place_in_its_message(target, kind, name):
    folder = variants.copy_set(target)
    operation = OPERATION_OF_KIND[kind]
    variants.edit_binding(folder, lambda tree: tree["operations"][operation]["request"].pop(name))
    found, _ = blocking(folder)
    assert ("missing", f"operations.{operation}.request.{name}") in found


def test_unknown_and_missing_fields_of_the_binding_are_named_all_at_once(target):
    folder = variants.copy_set(target)

    def change(tree):
        tree["operations"]["new_outage"]["request"].update(colour="customerName")
        del tree["operations"]["new_outage"]["request"]["customer_name"]
        del tree["operations"]["new_other"]["reply"]["receipt_number"]
        del tree["header"]["items"]["password"]
        tree["date_format"] = "yyyy-dd"
        tree["operations"]["cancel"] = {}

    variants.edit_binding(folder, change)
    found, _ = blocking(folder)
    assert found >= {
        ("unknown_field", "operations.new_outage.request.colour"),
        ("missing", "operations.new_outage.request.customer_name"),
        ("missing", "operations.new_other.reply.receipt_number"),
        ("missing", "header.items.password"),
        ("date_format", "date_format"),
        ("unknown_operation", "operations.cancel"),
    }


def test_a_name_that_stands_twice_is_named(target):
    folder = variants.copy_set(target)
    binding = folder / "binding.json"
    text = binding.read_text(encoding="utf-8").replace("{", '{"operations": {},', 1)
    binding.write_text(text, encoding="utf-8")
    found, report = blocking(folder)
    assert found == {("double", "operations")}
    assert report.operations_callable == ()


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff", b"[" * 100_000, b'{"operations": 1, "header": {"items": {"password": 1}}}'])
def test_a_binding_that_is_none_is_a_finding(target, content):
    folder = variants.copy_set(target)
    (folder / "binding.json").write_bytes(content)
    found, report = blocking(folder)
    assert {code for code, _ in found} & {"not_json", "missing", "type"}
    assert report.operations_callable == ()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_xml"),
        (b"<a>", "not_xml"),
        (b"<html/>", "wsdl_invalid"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"/>', "doctype"),
        (b'<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"/>', "missing_service"),
    ],
)
def test_a_wsdl_that_is_none_is_a_finding(target, content, code):
    folder = variants.copy_set(target)
    (folder / variants.WSDL).write_bytes(content)
    assert code in {finding_code for finding_code, _ in blocking(folder)[0]}


def test_a_schema_that_does_not_compile_is_a_finding(target):
    folder = variants.copy_set(target)
    variants.edit(folder / "messages.xsd", ('type="m:Code"', 'type="m:NoSuchType"'))
    assert "schema_invalid" in {code for code, _ in blocking(folder)[0]}


def test_an_encoded_message_is_named(target):
    folder = variants.copy_set(target)
    variants.edit(folder / variants.WSDL, ('<soap:body use="literal"/>', '<soap:body use="encoded"/>'))
    found, report = blocking(folder)
    assert {code for code, _ in found} == {"rpc_style"}
    assert report.operations_callable == ()


def test_code_tables_are_checked_too(target):
    folder = variants.copy_set(target)
    (folder / "code_tables.json").write_text(json.dumps({"selection_code": {"picnic": []}, "work_stage": [{"code": 1}]}), encoding="utf-8")
    found, report = blocking(folder)
    assert found >= {("unknown_kind", "selection_code.picnic"), ("type", "work_stage[0]"), ("missing", "service_menu")}
    assert len(report.operations_callable) == 7


@pytest.mark.parametrize(
    ("content", "code", "ok"),
    [
        ("{", "not_json", False),
        ('{"outage": 1}', "type", False),
        ('{"outages": {}}', "unknown_kind", False),
        ('{"outage": {"colour": "x"}}', "unknown", False),
        ('{"outage": {"note": "nope"}}', "unknown_element", True),
        ('{"outage": {"remarks": {"editor": "text"}}}', "missing", False),
        ('{"outage": {"remarks": {"label_ja": "備考", "editor": "pen"}}}', "unknown", False),
        ('{"outage": {"remarks": {"label_ja": "備考", "colour": 1}}}', "unknown", False),
        ('{"outage": {"remarks": {"label_ja": "備考", "editor": "choice", "table": "none"}}}', "missing", False),
    ],
)
def test_further_items_are_checked_too(target, content, code, ok):
    folder = variants.copy_set(target)
    (folder / "further_items.json").write_text(content, encoding="utf-8")
    report = check_wsdl_set(folder)
    assert (code, "further_items.json") in {(finding.code, finding.file) for finding in report.findings}
    assert len(report.operations_callable) == 7
    assert report.ok == ok


def test_a_further_item_without_a_place_in_its_message_keeps_the_operation_from_being_called(target):
    folder = variants.copy_set(target)
    (folder / "further_items.json").write_text('{"outage": {"nope": {"label_ja": "階数"}}}', encoding="utf-8")
    found, report = blocking(folder)
    assert found == {("unknown_element", "outage.nope")}
    assert set(Operation) - set(report.operations_callable) == {Operation.NEW_OUTAGE}


def test_no_folder_is_a_finding(tmp_path):
    found, report = blocking(tmp_path / "none")
    assert {code for code, _ in found} == {"missing"}
    assert report.operations_callable == ()


def test_importing_the_room_imports_nothing_heavy():
    rooms = "denkidesk.kansai, denkidesk.kansai.code_tables, denkidesk.kansai.binding"
    code = f"import {rooms}, sys; print([n for n in ('zeep', 'lxml', 'httpx') if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_items_may_stand_in_blocks_without_a_namespace_and_dates_in_another_form(target, make_client, applications):
    folder = variants.nested(target)
    assert check_wsdl_set(folder).ok
    inner = "<requestStatus>PR00</requestStatus><block><receiptNumber>R7</receiptNumber></block>"
    with SoapServer(lambda *_: (200, XML, message("applyOutageResponse", inner))) as server:
        client = make_client(server.url, wsdl_dir=folder)
        outage = replace(applications[ApplicationKind.OUTAGE], extra={"block/contactPhone": "06-0000-0000"})
        assert submit(client, outage, request_id="1").receipt_number == "R7"
        with pytest.raises(InputRefused) as refused:
            submit(client, replace(outage, customer_name="", extra={"contactPhone": "1"}), request_id="1")
    assert {(fault.field, fault.code) for fault in refused.value.faults} == {
        ("customer_name", "required"),
        ("extra.contactPhone", "unknown"),
    }
    (_, _, body) = server.requests[0]
    assert b"<block>" in body
    assert b"<visitOn>2026/12/01</visitOn>" in body
    assert b"<contactPhone>06-0000-0000</contactPhone></block>" in body


def test_element_names_may_be_japanese_and_the_port_is_the_one_for_soap_11(target, make_client, applications):
    folder = variants.japanese_names(target)
    report = check_wsdl_set(folder)
    assert [finding for finding in report.findings if finding.blocks] == []
    inner = "<m:要求成否ステータス>PR00</m:要求成否ステータス><m:申込受付番号>R7</m:申込受付番号>"
    with SoapServer(lambda *_: (200, XML, message("applyOutageResponse", inner))) as server:
        receipt = submit(make_client(server.url, wsdl_dir=folder), applications[ApplicationKind.OUTAGE], request_id="1")
    assert receipt.receipt_number == "R7"
    assert "需要者名>見本 太郎<".encode() in server.requests[0][2]


def test_a_required_element_that_no_field_fills_is_asked_for_by_its_name(target, make_client, applications):
    folder = variants.copy_set(target)
    optional = '<xsd:element name="remarks" type="m:Text1000" minOccurs="0"/>'
    variants.edit(folder / "messages.xsd", (optional, optional.replace(' minOccurs="0"', "")))
    (folder / "further_items.json").unlink()
    found, report = blocking(folder)
    assert {code for code, _ in found} == {"required_extra"}
    assert set(report.operations_callable) == {Operation.LIST_APPLICATIONS, Operation.APPLICATION_STATUS}
    client = make_client("http://127.0.0.1:1/", wsdl_dir=folder)
    outage = applications[ApplicationKind.OUTAGE]
    with pytest.raises(InputRefused) as refused:
        client.prepare(outage, request_id="1")
    assert [(fault.field, fault.code) for fault in refused.value.faults] == [("extra.remarks", "required")]
    assert b"remarks>x<" in client.prepare(replace(outage, extra={"remarks": "x"}), request_id="1").document
