"""Sets in every shape that a generated WSDL has, and with every key of the binding: checked, then called, all seven operations of each."""

import dataclasses
import re
from dataclasses import replace
from datetime import date

import pytest
from lxml import etree

from denkidesk.domain.applications import OPERATION_OF_KIND, ApplicationKind, ListingCriteria, NewApplication, Operation
from denkidesk.domain.errors import InputRefused
from denkidesk.kansai.wsdl_check import check_wsdl_set
from fakes.filing import submit
from fakes.foreign_sets import ANSWERS, HEAD, ITEMS, REQUESTS, TYPES, ForeignServer, Shape, write_set

DAY = date(2026, 12, 1)
VALUES = {
    "selection_code": "A01", "equipment_class": "B01", "content_code": "C01", "visit_on": DAY, "change_on": DAY, "service_menu": "D01",
    "supply_point_number": "06" + "0" * 19 + "1", "supply_point_address": "大阪府大阪市見本町0-0-0", "customer_name": "見本 太郎",
}  # fmt: skip
CRITERIA = ListingCriteria(receipt_number="U-000123", work_stage="S10", registered_from=DAY, has_message=True)
SENT = {name: value for name, value in VALUES.items() if not isinstance(value, date)} | {
    "login_id": "renshu", "receipt_number": "U-000123", "work_stage": "S10", "has_message": "ARI",
}  # fmt: skip


def block(inner, name="yokyu", least=1):
    body = f"<x:complexType><x:sequence>{inner}</x:sequence></x:complexType>"
    return f'<x:element name="{name}" minOccurs="{least}">{body}</x:element>'


def nillable(element, kind, _optional, *_):
    return f'<x:element name="{element}" type="t:{kind}" nillable="true"/>'


def attributed(element, kind, optional, *_):
    least = ' minOccurs="0"' if optional else ""
    return (
        f'<x:element name="{element}"{least}><x:complexType><x:simpleContent><x:extension base="t:{kind}">'
        '<x:attribute name="ban" type="x:string" use="required" fixed="2"/><x:attribute name="memo" type="x:string"/>'
        "</x:extension></x:simpleContent></x:complexType></x:element>"
    )


def typed_dates(kind):
    return lambda element, own, optional, *_: Shape.item(element, own, optional).replace('"t:Hi"', f'"x:{kind}"')


def extended(inner, name):
    """The items after the first in an extension of a type that has the first."""
    first, mark, rest = inner.partition("/>")
    del mark
    EXTENDED.append(f'<x:complexType name="Moto{name}{len(EXTENDED)}"><x:sequence>{first}/></x:sequence></x:complexType>')
    base = f"Moto{name}{len(EXTENDED) - 1}"
    return f'<x:complexContent><x:extension base="t:{base}"><x:sequence>{rest}</x:sequence></x:extension></x:complexContent>'


EXTENDED = []


def nested(inner, _name):
    return f"<x:sequence>{block(block(inner, 'naka'), 'soto')}</x:sequence>"


def choice(inner, _name):
    """The items, or a reference to an earlier message."""
    other = '<x:element name="sanshoA" type="t:Moji"/><x:element name="sanshoB" type="t:Moji"/>'
    return f"<x:choice><x:sequence>{other}</x:sequence><x:sequence>{inner}</x:sequence></x:choice>"


def in_any_order(inner, _name):
    return f'<x:choice minOccurs="0" maxOccurs="unbounded">{inner}</x:choice>'


def grouped(inner, name):
    GROUPS.append(f'<x:group name="Gun{name}{len(GROUPS)}"><x:sequence>{inner}</x:sequence></x:group>')
    return f'<x:group ref="t:Gun{name}{len(GROUPS) - 1}"/>'


GROUPS = []


def open_ended(inner, _name):
    return f'<x:sequence>{inner}<x:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/></x:sequence>'


def required_all(element, kind, *_):
    return f'<x:element name="{element}" type="t:{kind}"/>'


def empty_types():
    """Every type takes the empty text too."""
    optional = re.sub(r'<x:pattern value="([^"]+)"/>', r'<x:pattern value="(\1)?"/>', TYPES)
    return optional.replace('<x:enumeration value="ARI"/>', '<x:enumeration value=""/><x:enumeration value="ARI"/>')


def every_operation(**changes):
    return lambda tree: [entry.update(changes) for entry in tree["operations"].values()]


def criteria_and_visit_omitted(tree):
    every_operation(absent="nil")(tree)
    tree["operations"]["list_applications"] |= {"absent": "omit", "absent_items": {"receipt_number": "nil", "work_stage": "nil"}}
    tree["operations"]["list_applications"]["absent_items"] |= {"registered_from": "nil", "has_message": "nil"}


def constants(tree):
    tree["header"]["constants"] = {"yobi": "見本"}
    every_operation(constants={"hanto": "7", "@han": "2.1"})(tree)


def with_constant(inner, _name):
    return (
        f'<x:sequence><x:element name="hanto" type="x:int"/>{inner}</x:sequence>'
        '<x:attribute name="han" type="x:string" use="required"/><x:attribute name="koteichi" type="x:string" fixed="z" use="required"/>'
    )


def either_block(inner, name):
    """The receipt number stands in one of two blocks, which of them nobody knows before."""
    if not name.startswith("new_"):
        return f"<x:sequence>{inner}</x:sequence>"
    first, _, receipt = inner.partition('<x:element name="bango"')
    receipt = f'<x:element name="bango"{receipt}'
    return f'<x:sequence>{first}<x:choice minOccurs="0">{block(receipt, "kaiA")}{block(receipt, "kaiB")}</x:choice></x:sequence>'


def either_binding(tree):
    for name, entry in tree["operations"].items():
        if name.startswith("new_"):
            entry["reply"]["receipt_number"] = ["kaiA/bango", "kaiB/bango"]


def either_name(element, kind, optional, *_):
    """The stage under one of two names, in rows, statuses and search items."""
    if element != "kotei":
        return Shape.item(element, kind, optional)
    both = Shape.item("kotei", kind, False) + Shape.item("koteiB", kind, False)
    return f'<x:choice minOccurs="{int(not optional)}">{both}</x:choice>'


def either_name_binding(tree):
    tree["operations"]["list_applications"]["rows"]["items"]["work_stage"] = ["kotei", "koteiB"]
    tree["operations"]["application_status"]["reply"]["work_stage"] = ["kotei", "koteiB"]


PLAIN = Shape()
SHAPES = {
    "sequence": PLAIN,
    "unqualified": replace(PLAIN, form="unqualified"),
    "nested blocks": replace(PLAIN, around=nested, path=("soto", "naka")),
    "choice": replace(PLAIN, around=choice),
    "repeated choice": replace(PLAIN, around=in_any_order),
    "repeated sequence": replace(PLAIN, around=lambda inner, _: f'<x:sequence maxOccurs="unbounded">{inner}</x:sequence>'),
    "optional sequence": replace(
        PLAIN, around=lambda inner, _: f'<x:sequence><x:sequence minOccurs="0">{inner}</x:sequence></x:sequence>', reply_around=PLAIN.around
    ),
    "all": replace(PLAIN, around=lambda inner, _: f"<x:all>{inner}</x:all>"),
    "group": replace(PLAIN, around=grouped),
    "any": replace(PLAIN, around=open_ended, extra_reply=f'<k:shinki xmlns:k="{HEAD}:new"><k:a>1</k:a></k:shinki>'),
    "extension": replace(PLAIN, around=extended),
    "simple content with attributes": replace(
        PLAIN, item=attributed, answer=lambda element, text: f'<m:{element} ban="2">{text}</m:{element}>'
    ),
    "fixed and default": replace(
        PLAIN,
        extra_items='<x:element name="han" type="x:string" fixed="1.0"/><x:element name="gengo" type="x:string" default="ja"/>',
    ),
    "nil where there is no value": replace(
        PLAIN, item=nillable, binding=every_operation(absent="nil"), missing='<m:{} xsi:nil="true"/>', answers=ANSWERS | {"visit_on": ""}
    ),
    "empty where there is no value": replace(
        PLAIN,
        item=required_all,
        types=empty_types(),
        binding=every_operation(absent="empty"),
        missing="<m:{}/>",
        answers=ANSWERS | {"messages": ""},
    ),
    "empty where the schema takes it": replace(
        PLAIN,
        types=empty_types().replace('value="([0-9]{4}/[0-9]{2}/[0-9]{2})?"', 'value="[0-9]{4}/[0-9]{2}/[0-9]{2}"'),
        binding=every_operation(absent="empty"),
    ),
    "nil for single items": replace(PLAIN, item=nillable, binding=criteria_and_visit_omitted, missing='<m:{} xsi:nil="true"/>'),
    "constants": replace(PLAIN, around=with_constant, reply_around=PLAIN.around, head="one", binding=constants),
    "xsd:date": replace(
        PLAIN, item=typed_dates("date"), answers=ANSWERS | {"registered_on": "2026-11-20Z", "visit_on": "2026-12-01+09:00"}
    ),
    "xsd:dateTime": replace(
        PLAIN,
        item=typed_dates("dateTime"),
        answers=ANSWERS | {"registered_on": "2026-11-19T15:00:00Z", "visit_on": "2026-12-01T08:00:00.5+09:00"},
    ),
    "date forms of single items": replace(
        PLAIN,
        types=TYPES.replace("[0-9]{4}/[0-9]{2}/[0-9]{2}", "([0-9]{4}/[0-9]{2}/[0-9]{2}|R[0-9]{8}|[0-9]{8}T[0-9]{6})"),
        answers=ANSWERS | {"registered_on": "20261120T101112", "visit_on": "R20261201"},
        binding=lambda tree: (
            tree.update(date_formats={"registered_on": "yyyyMMdd'T'HHmmss", "visit_on": "yyyy"[:4] + "MMdd"}),
            tree["date_formats"].update(visit_on="'R'yyyyMMdd"),
            tree["operations"]["new_other"].update(date_formats={"visit_on": "yyyy/MM/dd"}),
        ),
    ),
    "one item in one of two blocks": replace(PLAIN, reply_around=either_block, binding=either_binding, in_block={"receipt_number": "kaiB"}),
    "an item of a row under one of two names": replace(
        PLAIN,
        item=either_name,
        answer=lambda element, text: Shape.answer("koteiB" if element == "kotei" else element, text),
        binding=either_name_binding,
    ),
    "rows eleven blocks deep": replace(PLAIN, rows=(*(f"hako{depth}" for depth in range(9)), "ichiran", "ken")),
    "short request numbers": replace(
        PLAIN,
        head="one",
        binding=lambda tree: tree.update(request_id_digits=8),
    ),
    "header in six parts": replace(PLAIN, head="six"),
    "header in nested blocks": replace(PLAIN, head="nested"),
    "header that the WSDL is silent about": replace(PLAIN, head="undeclared"),
    "multipart around header and body": replace(PLAIN, files="multipart"),
    "seven files over folders": replace(PLAIN, files="seven"),
    "a namespace for each service": replace(PLAIN, files="seven", namespaces=lambda operation: f"urn:mihon:{operation}"),
    "one file, prefixes on its root": replace(PLAIN, files="inline"),
    "imports by web address": replace(
        PLAIN,
        files="address",
        binding=lambda tree: tree.update(locations={f"https://mihon.invalid/xsd/{name}": name for name in ("denbun.xsd", "atama.xsd")}),
    ),
    "rpc/literal": replace(PLAIN, files="rpc", style="rpc", types=empty_types(), binding=every_operation(absent="empty")),
}


@pytest.fixture
def folder_of(tmp_path):
    def make(shape):
        EXTENDED.clear(), GROUPS.clear()
        folder = write_set(tmp_path / "一式", shape)
        if EXTENDED or GROUPS:
            path = folder / "denbun.xsd"
            path.write_text(
                path.read_text(encoding="utf-8").replace("</x:schema>", "".join(EXTENDED + GROUPS) + "</x:schema>"), encoding="utf-8"
            )
        return folder

    return make


def application_of(kind, *, visit_on=DAY):
    operation = OPERATION_OF_KIND[kind]
    values = {name: VALUES[name] for name in REQUESTS[operation] if name != "login_id"}
    if "visit_on" in values:
        values["visit_on"] = visit_on
    return NewApplication(kind, **values)


def call_all(client, *, visit_on=DAY):
    """All seven operations; what came back by operation."""
    found = {
        Operation.LIST_APPLICATIONS: client.list_applications(CRITERIA),
        Operation.APPLICATION_STATUS: client.application_status("U-000123"),
    }
    for kind, operation in OPERATION_OF_KIND.items():
        found[operation] = submit(client, application_of(kind, visit_on=visit_on), request_id=client.new_request_id())
    client.list_applications(ListingCriteria())
    return found


@pytest.mark.parametrize("name", SHAPES)
def test_a_set_of_this_shape_is_found_callable_and_all_seven_operations_work(name, folder_of, make_client, tmp_path):
    from denkidesk.wire.request_ids import RequestIds

    shape = SHAPES[name]
    folder = folder_of(shape)
    report = check_wsdl_set(folder)
    assert [finding for finding in report.findings if finding.blocks] == []
    assert report.operations_callable == tuple(Operation)
    with ForeignServer(folder, shape) as server:
        client = make_client(server.url, wsdl_dir=folder, request_ids=RequestIds(tmp_path / "gate", "kansai"))
        found = call_all(client)
        asked = {operation: dict(server.bodies) for operation in ("first",)}["first"]
        without = submit(client, application_of(ApplicationKind.OUTAGE, visit_on=None), request_id=client.new_request_id())
    assert server.faults == []
    assert without.receipt_number == "U-000123"
    for operation, message in asked.items():
        texts = {etree.QName(element).localname: element.text for element in message.iter() if len(element) == 0}
        for item in REQUESTS[operation]:
            if operation != "list_applications" and item in SENT:
                assert texts[ITEMS[item][0]] == SENT[item], (operation, item)
    (row,) = found[Operation.LIST_APPLICATIONS].applications
    visit = DAY if shape.answers["visit_on"] else None
    assert (row.receipt_number, row.work_stage, row.registered_on, row.visit_on) == ("U-000123", "S10", date(2026, 11, 20), visit)
    assert (row.selection_code, row.has_message) == ("A01", True)
    status = found[Operation.APPLICATION_STATUS]
    assert status.items["registered_on"] == "2026-11-20"
    assert status.items.get("visit_on") == (DAY.isoformat() if visit else None)
    assert status.items["customer_name"] == "見本 太郎"
    assert status.messages == ((ANSWERS["messages"],) if shape.answers["messages"] else ())
    for operation in OPERATION_OF_KIND.values():
        assert (found[operation].receipt_number, found[operation].reception_message) == ("U-000123", "受け取りました")
    ids = [element.text for one in server.requests for element in sent_head(one).iter() if etree.QName(element).localname == "YokyuID"]
    assert len(set(ids)) == len(ids) == len(server.requests)
    if "short" in name:
        assert all(len(each) == 8 and each.isdigit() for each in ids)


def test_a_block_that_stands_once_speaks_of_the_listing_and_not_of_each_row(folder_of, make_client):
    """A count beside the rows would else make news of every row whenever one is added; what is bound stays where it is bound."""
    shape = SHAPES["nested blocks"]
    folder = folder_of(shape)
    with ForeignServer(
        folder, shape, changed=lambda _name, inner: inner.replace("<m:ichiran>", "<m:ichiran><m:kensu>1</m:kensu>")
    ) as server:
        listing = make_client(server.url, wsdl_dir=folder).list_applications(ListingCriteria())
    assert listing.extra == {"soto/naka/ichiran/kensu": "1"}
    assert [dict(row.extra) for row in listing.applications] == [{}]
    assert listing.reception_message == ANSWERS["reception_message"]


def sent_head(request):
    from fakes.foreign_sets import sent_envelope

    return sent_envelope(request[2])[0]


# What is wrong is named, with file, item and what to do


@pytest.mark.parametrize(
    ("change", "code", "item"),
    [
        (lambda tree: tree.update(format=2), "format", "format"),
        (lambda tree: tree.update(date_fromat="yyyy"), "unknown", "date_fromat"),
        (lambda tree: tree["header"].update(item={}), "unknown", "header.item"),
        (lambda tree: tree["operations"]["new_other"].update(abset="nil"), "unknown", "operations.new_other.abset"),
        (lambda tree: tree["operations"]["list_applications"]["rows"].update(item={}), "unknown", "operations.list_applications.rows.item"),
        (lambda tree: tree["operations"]["new_other"].update(rows={}), "unknown", "operations.new_other.rows"),
        (lambda tree: tree["operations"]["new_other"].update(absent="none"), "absent", "operations.new_other.absent"),
        (
            lambda tree: tree["operations"]["new_other"].update(absent_items={"visit": "nil"}),
            "unknown_field",
            "operations.new_other.absent_items.visit",
        ),
        (
            lambda tree: tree["operations"]["new_other"].update(absent_items={"visit_on": "nul"}),
            "absent",
            "operations.new_other.absent_items.visit_on",
        ),
        (lambda tree: tree.update(date_format="yyyy/M/d"), "date_format", "date_format"),
        (lambda tree: tree.update(date_formats={"visit_on": "yyyy-MM-dd EEE"}), "date_format", "date_formats.visit_on"),
        (lambda tree: tree.update(date_formats={"visit": "yyyyMMdd"}), "unknown_field", "date_formats.visit"),
        (lambda tree: tree.update(time_stamp_format="yyyy-MM-dd"), "date_format", "time_stamp_format"),
        (lambda tree: tree.update(request_id_digits=0), "type", "request_id_digits"),
        (lambda tree: tree.update(request_id_digits="8"), "type", "request_id_digits"),
        (
            lambda tree: tree["operations"]["new_other"].update(constants={"nanika": "1"}),
            "unknown_element",
            "new_otherService/new_otherOp/request/nanika",
        ),
        (lambda tree: tree["header"].update(constants={"nanika": "1"}), "unknown_element", "header/nanika"),
        (lambda tree: tree.update(accepted_request_status=["K0"]), "value_refused", "accepted_request_status"),
        (lambda tree: tree.update(date_format="yyyyMMdd"), "value_refused", "date_format"),
        (lambda tree: tree.update(true_value="1"), "value_refused", "true_value"),
        (
            lambda tree: tree["operations"]["new_other"]["reply"].update(receipt_number=["bango", "kaiB/bango"]),
            "unknown_element",
            "new_otherService/new_otherOp/reply/kaiB/bango",
        ),
    ],
)
def test_what_is_wrong_in_a_binding_is_named(change, code, item, folder_of):
    report = check_wsdl_set(folder_of(replace(PLAIN, binding=change)))
    assert not report.ok
    assert (code, item) in {(finding.code, finding.item) for finding in report.findings if finding.blocks}


def test_a_typing_slip_is_answered_with_what_was_meant(folder_of):
    report = check_wsdl_set(folder_of(replace(PLAIN, binding=lambda tree: tree.update(date_formts={}))))
    assert ("date_formts", "date_formats") in {(finding.item, finding.detail) for finding in report.findings}


def test_a_code_that_the_schema_refuses_is_named(folder_of):
    folder = folder_of(PLAIN)
    path = folder / "code_tables.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"A02"', '"ab"'), encoding="utf-8")
    report = check_wsdl_set(folder)
    found = {(one.file, one.item, one.code) for one in report.findings if one.blocks}
    assert ("code_tables.json", "selection_code.outage", "value_refused") in found
    assert set(report.operations_callable) == {Operation.LIST_APPLICATIONS, Operation.APPLICATION_STATUS}


def test_an_unfilled_choice_names_the_item_itself(folder_of, make_client):
    def either(inner, _name):
        return f"<x:sequence>{inner}</x:sequence>".replace(
            '<x:element name="homonbi" type="t:Hi" minOccurs="0"/>',
            '<x:choice><x:element name="betsu" type="t:Moji"/><x:element name="homonbi" type="t:Hi"/></x:choice>',
        )

    folder = folder_of(replace(PLAIN, around=either, reply_around=PLAIN.around))
    assert [finding for finding in check_wsdl_set(folder).findings if finding.blocks] == []
    client = make_client("http://127.0.0.1:1/", wsdl_dir=folder)
    with pytest.raises(InputRefused) as refused:
        client.prepare(application_of(ApplicationKind.OUTAGE, visit_on=None), request_id="1")
    assert [(fault.field, fault.code) for fault in refused.value.faults] == [("visit_on", "required")]
    both = dataclasses.replace(application_of(ApplicationKind.OUTAGE), extra={"betsu": "1"})
    with pytest.raises(InputRefused) as refused:
        client.prepare(both, request_id="1")
    assert [fault.code for fault in refused.value.faults] == ["excluded"]


def test_an_item_that_the_schema_demands_and_that_may_not_be_empty_is_asked_for(folder_of, make_client):
    folder = folder_of(replace(PLAIN, item=required_all, binding=every_operation(absent="empty")))
    assert {one.value for one in check_wsdl_set(folder).operations_callable} == {
        operation for operation in REQUESTS if operation != "list_applications"
    }
    with pytest.raises(InputRefused) as refused:
        make_client("http://127.0.0.1:1/", wsdl_dir=folder).prepare(application_of(ApplicationKind.OUTAGE, visit_on=None), request_id="1")
    assert [(fault.field, fault.code) for fault in refused.value.faults] == [("visit_on", "required")]


def test_types_that_contain_themselves_end(folder_of, make_client):
    types = TYPES + (
        '<x:complexType name="Hako"><x:sequence><x:element name="memo" type="t:Moji"/>'
        '<x:element name="hako" type="t:Hako" minOccurs="0"/></x:sequence></x:complexType>'
    )
    folder = folder_of(replace(PLAIN, types=types, extra_items='<x:element name="hako" type="t:Hako" minOccurs="0"/>'))
    assert check_wsdl_set(folder).ok
    inside = dataclasses.replace(application_of(ApplicationKind.OUTAGE), extra={"hako/memo": "1", "hako/hako/memo": "2"})
    document = make_client("http://127.0.0.1:1/", wsdl_dir=folder).prepare(inside, request_id="1").document
    assert b"memo>2<" in document


def test_a_listing_that_demands_a_criterion_cannot_be_called(folder_of):
    folder = folder_of(replace(PLAIN, item=required_all))
    report = check_wsdl_set(folder)
    assert ("required_absent", "list_applicationsService/list_applicationsOp/request/bango") in {
        (one.code, one.item) for one in report.findings if one.blocks
    }
    assert Operation.LIST_APPLICATIONS not in report.operations_callable


def test_an_optional_header_item_that_nobody_binds_is_news_and_a_required_one_a_fault(folder_of):
    folder = folder_of(PLAIN)
    item = "header/yobi"
    assert ("unknown_header", item, False) in {(one.code, one.item, one.blocks) for one in check_wsdl_set(folder).findings}
    path = folder / "atama.xsd"
    path.write_text(path.read_text(encoding="utf-8").replace(' minOccurs="0"', ""), encoding="utf-8")
    report = check_wsdl_set(folder)
    assert ("unknown_header", item, True) in {(one.code, one.item, one.blocks) for one in report.findings}
    assert report.operations_callable == ()
