"""What ``wsdl check`` says of slips in a set: each once, at the file that is to be mended, with what to write there."""

from dataclasses import replace

import pytest

from denkidesk.domain.applications import Operation
from denkidesk.domain.errors import InputRefused
from denkidesk.kansai.wsdl_check import check_wsdl_set
from denkidesk.texts.wsdl import report_lines
from fakes import wsdl_variants as variants
from fakes.filing import outage
from fakes.foreign_sets import HEADERS, Shape, write_set
from fakes.wsdl_variants import edit_json

OUTAGE = "new_outageService/new_outageOp"


@pytest.fixture
def folder(tmp_path):
    """A good set with an item of the outage that has no name of ours."""
    return write_set(tmp_path / "set", Shape(extra_items='<x:element name="kaisu" type="t:Moji" minOccurs="0"/>'))


def found(folder, *codes):
    return [(one.file, one.item, one.code, one.detail, one.blocks) for one in check_wsdl_set(folder).findings if one.code in codes]


def lines(folder, code):
    return [line for line in report_lines(check_wsdl_set(folder).findings) if f"[{code}" in line]


# The header is one, however many operations have it


def test_a_wrong_path_of_the_header_is_said_once_and_where_the_item_goes(folder):
    variants.edit_binding(folder, lambda tree: tree["header"]["items"].update(password="Himutsu"))
    report = check_wsdl_set(folder)
    assert report.operations_callable == ()
    assert found(folder, "missing_header", "unknown_header") == [
        ("binding.json", "header/Himutsu", "missing_header", "password", True),
        ("binding.json", "header/Himitsu", "unknown_header", "password", True),
        ("binding.json", "header/yobi", "unknown_header", "", False),
    ]
    line = lines(folder, "unknown_header")[0]
    assert '"items": {"password": "Himitsu"}' in line
    assert '"constants": {' not in line, "a password is no constant"


def test_an_item_of_the_header_that_is_left_out_is_looked_for_among_the_elements(folder):
    variants.edit_binding(folder, lambda tree: [tree["header"]["items"].pop(name) for name in ("password", "ip_address")])
    assert [(item, detail) for _, item, _, detail, blocks in found(folder, "unknown_header") if blocks] == [
        ("header/IPAddress", "ip_address"),
        ("header/Himitsu", "password"),
    ]


def test_an_element_of_a_whole_header_that_nobody_binds_is_offered_as_a_constant(folder):
    assert found(folder, "unknown_header") == [("binding.json", "header/yobi", "unknown_header", "", False)]
    assert '"constants": {"yobi": "決まった値"}' in lines(folder, "unknown_header")[0]


@pytest.mark.parametrize(
    ("change", "item"),
    [
        (lambda tree: tree.update(time_stamp_format="yyyy-MM-dd HH:mm:ss.SSS"), "time_stamp_format"),
        (lambda tree: tree.update(request_id_digits=40), "request_id_digits"),
        (lambda tree: tree["header"].update(constants={"yobi": "長い" * 40}), "header/atama/yobi"),
    ],
)
def test_a_value_that_the_header_refuses_is_said_once_where_it_is_written(folder, change, item):
    schema = HEADERS["one"][0].replace("t:", "x:").replace("x:Moji", "x:string")
    limit = '<x:simpleType><x:restriction base="x:string"><x:maxLength value="{}"/></x:restriction></x:simpleType></x:element>'
    path = folder / "atama.xsd"
    text = path.read_text(encoding="utf-8")
    assert schema in text
    for name, longest in (("Nichiji", 22), ("YokyuID", 24), ("yobi", 8)):
        own = f'<x:element name="{name}" type="x:string"'
        assert own in text
        end = text.index("/>", text.index(own))
        text = text[:end].replace(own, f'<x:element name="{name}"') + ">" + limit.format(longest) + text[end + 2 :]
    path.write_text(text, encoding="utf-8")
    variants.edit_binding(folder, lambda tree: tree.update(time_stamp_format="yyyyMMddHHmmss"))
    assert check_wsdl_set(folder).ok
    variants.edit_binding(folder, change)
    assert [(file, item, blocks) for file, item, _, _, blocks in found(folder, "value_refused")] == [("binding.json", item, True)]


# The names that there are


def test_an_operation_or_service_that_is_not_there_is_answered_with_those_that_are(folder):
    def change(tree):
        tree["operations"]["new_outage"].update(operation="teiden")
        tree["operations"]["new_other"].update(service="Sonota")

    variants.edit_binding(folder, change)
    details = {code: detail for _, _, code, detail, _ in found(folder, "missing_operation", "missing_service")}
    assert details["missing_operation"] == "new_outageOp"
    assert details["missing_service"].split(", ") == sorted(f"{operation}Service" for operation in Operation)
    assert "ある名前：new_outageOp" in lines(folder, "missing_operation")[0]


def test_an_operation_without_an_answer_is_not_called_missing(folder):
    variants.edit(folder / "mado.wsdl", ('<w:output message="s:new_outageOut"/>', ""))
    assert [(item, detail) for _, item, _, detail, _ in found(folder, "empty_body", "missing_operation")] == [(OUTAGE, "output")]


# A path has one source


def test_a_further_item_where_the_binding_has_a_constant_is_named_in_both_files(folder, make_client):
    variants.edit_binding(folder, lambda tree: tree["operations"]["new_outage"].update(constants={"kaisu": "2"}))
    edit_json(folder / "further_items.json", lambda tree: tree.update(outage={"kaisu": {"label_ja": "建物の階数"}}))
    (one,) = found(folder, "already_filled")
    assert one == ("further_items.json", "outage.kaisu", "already_filled", "operations.new_outage.constants.kaisu", True)
    report = check_wsdl_set(folder)
    assert [other for other in report.findings if other.blocks] == [report.findings[0]], "nothing else is said of it"
    assert report.operations_callable == tuple(Operation), "it can be called: with the constant"
    assert not report.ok
    (line,) = lines(folder, "already_filled")
    assert "further_items.json" in line
    assert "binding.json" in line
    client = make_client("http://127.0.0.1:1/", wsdl_dir=folder)
    application = outage(selection_code="A01", equipment_class="B01")
    assert b"kaisu>2<" in client.prepare(application, request_id="1").document
    with pytest.raises(InputRefused):
        client.prepare(replace(application, extra={"kaisu": "3"}), request_id="1")


def test_where_such_an_item_is_required_the_operation_cannot_be_called(folder):
    variants.edit_binding(folder, lambda tree: tree["operations"]["new_outage"].update(constants={"kaisu": "2"}))
    edit_json(folder / "further_items.json", lambda tree: tree.update(outage={"kaisu": {"label_ja": "建物の階数", "required": True}}))
    assert [code for _, _, code, _, blocks in found(folder, "already_filled", "unknown_element") if blocks] == ["already_filled"]
    assert set(Operation) - set(check_wsdl_set(folder).operations_callable) == {Operation.NEW_OUTAGE}


def test_a_further_item_where_an_item_of_ours_goes_is_named(folder):
    edit_json(folder / "further_items.json", lambda tree: tree.update(outage={"note": "namae", "jusho": {"label_ja": "住所"}}))
    assert {(item, detail) for _, item, _, detail, _ in found(folder, "already_filled")} == {
        ("outage.note", "operations.new_outage.request.customer_name"),
        ("outage.jusho", "operations.new_outage.request.supply_point_address"),
    }


def test_two_further_items_in_one_place_are_named(folder):
    edit_json(folder / "further_items.json", lambda tree: tree.update(outage={"contact_phone": "kaisu", "note": "kaisu"}))
    assert found(folder, "already_filled") == [("further_items.json", "outage.note", "already_filled", "outage.contact_phone", True)]


@pytest.mark.parametrize(
    ("change", "item", "detail"),
    [
        (
            lambda tree: tree["operations"]["new_outage"]["request"].update(supply_point_address="namae"),
            "operations.new_outage.request.customer_name",
            "operations.new_outage.request.supply_point_address",
        ),
        (lambda tree: tree["header"]["items"].update(login_id="atama/YokyuID"), "header/YokyuID", "request_id login_id"),
        (lambda tree: tree["header"].update(constants={"atama/Himitsu": "x"}), "header/Himitsu", "password atama/Himitsu"),
    ],
)
def test_two_lines_of_the_binding_for_one_place_are_named_and_block(folder, change, item, detail):
    variants.edit_binding(folder, change)
    assert found(folder, "already_filled") == [("binding.json", item, "already_filled", detail, True)]
    assert Operation.NEW_OUTAGE not in check_wsdl_set(folder).operations_callable


def test_an_item_that_a_kind_does_not_have_is_in_nobodys_way(folder):
    """A binding made from one pattern for all kinds: a desired day of change is never sent with an outage."""
    variants.edit_binding(folder, lambda tree: tree["operations"]["new_outage"]["request"].update(change_on="homonbi"))
    assert check_wsdl_set(folder).ok


# One slip, one finding


def test_a_wrong_path_names_what_may_be_meant_and_says_nothing_else_of_it(folder):
    variants.edit_binding(folder, lambda tree: tree["operations"]["new_outage"]["request"].update(customer_name="namee"))
    edit_json(folder / "further_items.json", lambda tree: tree.update(outage={"kaisu": {"label_ja": "建物の階数"}}))
    own = [one for one in check_wsdl_set(folder).findings if OUTAGE in one.item or one.file == "further_items.json"]
    assert [(one.item, one.code, one.detail) for one in own] == [
        (f"{OUTAGE}/request/namee", "unknown_element", "operations.new_outage.request.customer_name namae")
    ]
    assert "もしかして namae" in lines(folder, "unknown_element")[0]


def test_code_tables_that_cannot_be_read_do_not_make_a_further_item_wrong(folder):
    edit_json(
        folder / "further_items.json", lambda tree: tree.update(outage={"kaisu": {"label_ja": "階数", "editor": "choice", "table": "kai"}})
    )
    (folder / "code_tables.json").write_text("{", encoding="utf-8")
    assert [(one.file, one.code) for one in check_wsdl_set(folder).findings if one.blocks] == [("code_tables.json", "not_json")]


def test_a_table_that_is_wrong_is_said_at_the_table(folder):
    edit_json(folder / "code_tables.json", lambda tree: tree.update(kai=[{"code": 1}]))
    edit_json(
        folder / "further_items.json", lambda tree: tree.update(outage={"kaisu": {"label_ja": "階数", "editor": "choice", "table": "kai"}})
    )
    assert [(one.file, one.item) for one in check_wsdl_set(folder).findings if one.blocks] == [("code_tables.json", "kai[0]")]


def test_an_element_without_a_name_of_ours_is_offered_a_place_that_its_message_has(folder):
    """Fields are the forms': a search and a status have none."""
    alone = [report_lines([one])[0] for one in check_wsdl_set(folder).findings if one.code == "extra_request_element"]
    by_operation = {line.partition("Service/")[0].rpartition(" ")[2]: line for line in alone}
    assert len(by_operation) == 7
    for operation, line in by_operation.items():
        if operation.startswith("new_"):
            kind = operation.removeprefix("new_").replace("_", "-")
            assert f'further_items.json に "{kind}": {{"kaisu": {{"label_ja": "画面での名前"}}}}' in line
        else:
            assert '"constants": {"kaisu": "決まった値"}' in line


# What stands there and means nothing


def facts(**more):
    return {"label_ja": "建物の階数", **more}


@pytest.mark.parametrize(
    ("file", "change", "item", "code", "detail"),
    [
        ("code_tables.json", lambda tree: tree["work_stage"][0].update(close=True), "work_stage[0].close", "unknown", "closed"),
        (
            "code_tables.json",
            lambda tree: tree["selection_code"]["outage"][0].update(label="x"),
            "selection_code.outage[0].label",
            "unknown",
            "label_ja",
        ),
        ("code_tables.json", lambda tree: tree.update(format=2), "format", "format", "2"),
        ("code_tables.json", lambda tree: tree.update(provisional="no"), "provisional", "type", "true, false"),
        ("further_items.json", lambda tree: tree.update(format="1"), "format", "format", "1"),
        ("further_items.json", lambda tree: tree.update(outages={}), "outages", "unknown_kind", "outage"),
        (
            "further_items.json",
            lambda tree: tree.update(outage={"kaisu": facts(lable_ja="x")}),
            "outage.kaisu.lable_ja",
            "unknown",
            "label_ja",
        ),
        ("further_items.json", lambda tree: tree.update(outage={"kaisu": facts(provisional=1)}), "outage.kaisu.provisional", "unknown", ""),
        ("further_items.json", lambda tree: tree.update(outage={"notes": "kaisu"}), "outage.notes", "unknown", "note"),
        ("binding.json", lambda tree: tree.update(provisional="false"), "provisional", "type", "true, false"),
        ("binding.json", lambda tree: tree["header"].update(qualified="false"), "header.qualified", "type", "true, false"),
        ("binding.json", lambda tree: tree.update(false_value="ARI"), "false_value", "double", "true_value"),
        (
            "binding.json",
            lambda tree: tree["operations"].update(new_outages={}),
            "operations.new_outages",
            "unknown_operation",
            "new_outage",
        ),
    ],
)
def test_an_unknown_key_of_any_file_is_a_fault_with_what_may_be_meant(folder, file, change, item, code, detail):
    edit_json(folder / file, change)
    report = check_wsdl_set(folder)
    assert not report.ok
    assert [(one.file, one.item, one.code, one.detail) for one in report.findings if one.blocks] == [(file, item, code, detail)]


def outage_entry(**changes):
    return lambda tree: tree["operations"]["new_outage"].update(changes)


@pytest.mark.parametrize(
    ("file", "change", "item", "detail"),
    [
        (
            "binding.json",
            outage_entry(absent_items={"customer_name": "empty"}),
            "operations.new_outage.absent_items.customer_name",
            "",
        ),
        ("binding.json", outage_entry(absent_items={"visit_on": "omit"}), "operations.new_outage.absent_items.visit_on", ""),
        ("binding.json", outage_entry(date_formats={"change_on": "yyyyMMdd"}), "operations.new_outage.date_formats.change_on", ""),
        ("binding.json", lambda tree: tree.update(date_formats={"registered_to": "yyyyMMdd"}), "date_formats.registered_to", ""),
        (
            "binding.json",
            lambda tree: tree.update(locations={"https://mihon.invalid/x": "denbun.xsd"}),
            "locations.https://mihon.invalid/x",
            "",
        ),
        ("binding.json", lambda tree: tree.update(not_found_request_status=["K00"]), "not_found_request_status.K00", ""),
        (
            "binding.json",
            lambda tree: tree.update(not_found_request_status=["K90"], login_refused_request_status=["K90"]),
            "not_found_request_status.K90",
            "",
        ),
        ("code_tables.json", lambda tree: tree.update(trige=[{"code": "1", "label_ja": "一"}]), "trige", "triage"),
        ("code_tables.json", lambda tree: tree["service_menu"][1].update(closed=True), "service_menu[1].closed", ""),
        ("further_items.json", lambda tree: tree.update(outage={"kaisu": facts(table="none")}), "outage.kaisu.table", ""),
        (
            "further_items.json",
            lambda tree: tree.update(outage={"kaisu": facts(editor="date", max_length=8)}),
            "outage.kaisu.max_length",
            "",
        ),
    ],
)
def test_what_changes_nothing_is_said_and_stops_nothing(folder, file, change, item, detail):
    edit_json(folder / file, change)
    assert check_wsdl_set(folder).ok
    assert found(folder, "without_effect") == [(file, item, "without_effect", detail, False)]


def test_what_has_an_effect_is_not_called_idle(tmp_path):
    """Nil where the item may be missing; empty inside a block that is there only for the sake of another item; a table that is used."""

    def in_block(inner, name):
        if name != "list_applications":
            return f"<x:sequence>{inner}</x:sequence>"
        first, mark, rest = inner.partition('<x:element name="torokuKara"')
        block = f'<x:element name="joken" minOccurs="0"><x:complexType><x:sequence>{mark}{rest}</x:sequence></x:complexType></x:element>'
        return f"<x:sequence>{first}{block}</x:sequence>"

    def change(tree):
        entry = tree["operations"]["list_applications"]
        entry["request"] |= {"registered_from": "joken/torokuKara", "has_message": "joken/renraku"}
        entry["absent_items"] = {"has_message": "nil"}
        tree["date_formats"] = {"registered_on": "yyyy/MM/dd"}
        tree["login_refused_request_status"] = ["K90"]
        tree["operations"]["new_outage"]["absent_items"] = {"visit_on": "nil"}

    def nillable(element, kind, optional, *_):
        return f'<x:element name="{element}" type="t:{kind}" nillable="true" minOccurs="{int(not optional)}"/>'

    shape = Shape(
        around=in_block,
        reply_around=Shape.around,
        item=nillable,
        binding=change,
        extra_items='<x:element name="kaisu" type="t:Moji" minOccurs="0"/>',
    )
    folder = write_set(tmp_path / "set", shape)
    edit_json(folder / "code_tables.json", lambda tree: tree.update(kai=[{"code": "1", "label_ja": "一"}]))
    edit_json(
        folder / "further_items.json",
        lambda tree: tree.update(other={"kaisu": facts(editor="choice", table="kai")}, outage={"kaisu": facts(max_length=3)}),
    )
    report = check_wsdl_set(folder)
    assert report.ok, [one for one in report.findings if one.blocks]
    assert found(folder, "without_effect") == []


def test_a_location_that_was_mistyped_names_the_address_that_is_imported(tmp_path):
    folder = write_set(
        tmp_path / "set",
        Shape(files="address", binding=lambda tree: tree.update(locations={"https://mihon.invalid/xsd/denbun": "denbun.xsd"})),
    )
    assert (
        "binding.json",
        "locations.https://mihon.invalid/xsd/denbun",
        "without_effect",
        "https://mihon.invalid/xsd/denbun.xsd",
        False,
    ) in found(folder, "without_effect")
