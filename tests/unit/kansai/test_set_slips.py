"""Slips in a set that a schema lets pass: what would go out wrong, or come in wrong, is said before anything is sent."""

from dataclasses import replace

import pytest

from denkidesk.domain.applications import Operation
from denkidesk.kansai.wsdl_check import check_wsdl_set
from denkidesk.texts.wsdl import FAULTY, report_lines, verdict
from fakes import wsdl_variants as variants
from fakes.foreign_sets import TYPES, Shape, write_set

LISTING, OUTAGE = "operations.list_applications", "operations.new_outage"
SHAPE = Shape(extra_items='<x:element name="kaisu" type="t:Code" minOccurs="0"/>')
LOOSE = replace(SHAPE, types=TYPES.replace("[0-9]{4}/[0-9]{2}/[0-9]{2}", ".*"))  # dates without a form
BLOCK = (
    '<x:element name="hako" minOccurs="0"><x:complexType><x:sequence><x:element name="uchi" type="t:Moji" minOccurs="0"/>'
    "</x:sequence></x:complexType></x:element>"
)


@pytest.fixture
def make_set(tmp_path):
    def make(shape=SHAPE, change=lambda tree: None, file="binding.json"):
        folder = write_set(tmp_path / "set", shape)
        variants.edit_json(folder / file, change)
        return folder

    return make


def found(folder, *codes):
    return [(one.file, one.item, one.code, one.detail, one.blocks) for one in check_wsdl_set(folder).findings if one.code in codes]


def blocking(folder):
    return [(one.file, one.item, one.code) for one in check_wsdl_set(folder).findings if one.blocks]


# Orders of dates


@pytest.mark.parametrize(
    ("form", "told", "blocks"),
    [
        ("yyyyddMM", "20260312", True),
        ("MMyyyydd", "12202603", True),
        ("dd/MM/yyyy", "03/12/2026", False),
        ("MM-dd-yyyy", "12-03-2026", False),
    ],
)
def test_an_order_that_swaps_day_and_month_is_said_with_what_goes_out(make_set, form, told, blocks):
    folder = make_set(LOOSE, lambda tree: tree.update(date_format=form))
    assert found(folder, "date_order") == [("binding.json", "date_format", "date_order", f"2026-12-03 09:04:05 → {told}", blocks)]
    assert check_wsdl_set(folder).ok is not blocks
    assert any(told in line for line in report_lines(check_wsdl_set(folder).findings))


@pytest.mark.parametrize(
    ("change", "item"),
    [
        (lambda tree: tree.update(time_stamp_format="yyyyddMMHHmmss"), "time_stamp_format"),
        (lambda tree: tree.update(time_stamp_format="yyyyMMddHHssmm"), "time_stamp_format"),
        (lambda tree: tree.update(date_formats={"visit_on": "yyyy/dd/MM"}), "date_formats.visit_on"),
        (lambda tree: tree["operations"]["new_outage"].update(date_formats={"visit_on": "ddyyyyMM"}), f"{OUTAGE}.date_formats.visit_on"),
    ],
)
def test_every_form_of_the_binding_is_held_to_its_order(make_set, change, item):
    folder = make_set(LOOSE, change)
    assert blocking(folder) == [("binding.json", item, "date_order")]


@pytest.mark.parametrize("form", ["yyyyMMdd", "yyyy年MM月dd日", "'H'yyyy.MM.dd"])
def test_the_order_of_the_calendar_is_not_spoken_of(make_set, form):
    assert found(make_set(LOOSE, lambda tree: tree.update(date_format=form)), "date_order") == []


def test_a_schema_that_tells_days_from_months_refuses_the_sample(make_set):
    """No order of the binding is in question here: the schema wants the day where the form has the month."""
    folder = make_set(replace(SHAPE, types=TYPES.replace("[0-9]{4}/[0-9]{2}/[0-9]{2}", "[0-9]{4}/[0-9]{2}/(0[1-9]|1[0-2])")))
    assert "value_refused" in {code for _, _, code in blocking(folder)}


# Rows


THREE = Shape(rows=("eigyosho", "ichiran", "ken"))


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_a_path_of_rows_above_what_repeats_is_refused_with_the_path_that_is_meant(make_set, depth):
    def change(tree):
        rows = tree["operations"]["list_applications"]["rows"]
        above = "/".join(THREE.rows[depth + 1 :])
        rows.update(path="/".join(THREE.rows[: depth + 1]), items={k: "/".join(filter(None, (above, v))) for k, v in rows["items"].items()})

    folder = make_set(THREE, change)
    told = found(folder, "repeated")
    assert told == ([("binding.json", f"{LISTING}.rows.path", "repeated", "eigyosho/ichiran/ken", True)] if depth < 2 else [])
    assert (Operation.LIST_APPLICATIONS in check_wsdl_set(folder).operations_callable) is (depth == 2)


def row_item(element, kind, optional, name):
    inner = f'<x:element name="{element}" type="t:{kind}" minOccurs="{int(not optional)}"/>'
    return f'<x:sequence minOccurs="0" maxOccurs="9">{inner}</x:sequence>' if name == "work_stage" else inner


def test_an_item_of_a_row_in_a_group_that_repeats_is_refused_by_its_own_name(make_set):
    folder = make_set(replace(SHAPE, item=row_item))
    assert (f"{LISTING}.rows.items.work_stage", True) in {(item, blocks) for _, item, _, _, blocks in found(folder, "repeated")}
    assert f"{LISTING}.rows.path" not in {item for _, item, *_ in found(folder, "repeated")}


def test_a_row_item_is_offered_the_path_below_the_row(make_set):
    folder = make_set(THREE, lambda tree: tree["operations"]["list_applications"]["rows"]["items"].update(registered_on="torokubbi"))
    (one,) = [one for one in found(folder, "unknown_element") if one[4]]
    assert one[3] == f"{LISTING}.rows.items.registered_on torokubi"


def test_a_wrong_path_of_rows_is_offered_a_block_and_its_items_are_left_alone(make_set):
    folder = make_set(THREE, lambda tree: tree["operations"]["list_applications"]["rows"].update(path="eigyosho/ken"))
    assert [(item, detail) for _, item, _, detail, blocks in found(folder, "unknown_element") if blocks] == [
        ("list_applicationsService/list_applicationsOp/reply/eigyosho/ken", f"{LISTING}.rows.path eigyosho/ichiran/ken")
    ]
    assert not [item for _, item, _, _, _ in found(folder, "extra_element") if "eigyosho" in item]


# One cause, one line


def test_a_status_that_the_schema_refuses_is_blamed_alone(make_set):
    folder = make_set(SHAPE, lambda tree: tree.update(accepted_request_status=["0"]))
    assert blocking(folder) == [("binding.json", "accepted_request_status", "value_refused")]
    assert check_wsdl_set(folder).operations_callable == ()


def test_beside_a_status_that_the_schema_refuses_the_replies_are_read_with_the_other(make_set):
    folder = make_set(SHAPE, lambda tree: tree.update(accepted_request_status=["0", "K00"]))
    assert blocking(folder) == [("binding.json", "accepted_request_status", "value_refused")]


def test_a_service_name_that_nobody_has_is_news_with_the_near_one(make_set):
    def change(tree):
        tree["operations"]["new_outage"]["service_name"] = "new_outageMadoo"
        tree["operations"]["new_other"]["service_name"] = "H231ShinikomishikomisonotaketsukeYokyuServiceProvider"
        tree["operations"]["new_menu_change"]["service_name"] = "new_menu_changeService"

    folder = make_set(SHAPE, change)
    assert found(folder, "unknown_service_name") == [
        ("binding.json", f"{OUTAGE}.service_name", "unknown_service_name", "new_outageMado", False)
    ]
    assert check_wsdl_set(folder).ok


# Blocks


@pytest.mark.parametrize(
    ("change", "item"),
    [
        (lambda tree: tree["operations"]["new_outage"].update(constants={"hako": "x"}), f"{OUTAGE}.constants.hako"),
        (lambda tree: tree["operations"]["new_outage"]["request"].update(customer_name="hako"), f"{OUTAGE}.request.customer_name"),
        (lambda tree: tree["header"].update(constants={"atama": "x"}), "header/atama"),
    ],
)
def test_a_value_for_a_block_is_refused_as_one(make_set, change, item):
    folder = make_set(replace(SHAPE, extra_items=BLOCK), change)
    told = found(folder, "block")
    assert [(file, where, blocks) for file, where, _, _, blocks in told] == [("binding.json", item, True)]
    assert "uchi" in told[0][3] or "YokyuID" in told[0][3]
    assert found(folder, "required_absent") == []
    assert not [one for one in found(folder, "unknown_element") if one[4]]


def test_a_further_item_on_a_block_is_refused_as_one(make_set):
    entry = {"outage": {"hako": {"label_ja": "箱"}, "note": "hako"}, "other": {"note": "hako"}}
    folder = make_set(replace(SHAPE, extra_items=BLOCK), lambda tree: tree.update(entry), "further_items.json")
    assert ("further_items.json", "other.note", "block", "uchi", True) in found(folder, "block")
    assert found(folder, "unknown_element") == []


@pytest.mark.parametrize("place", [0, 1, 2])
def test_every_code_of_a_further_item_is_tried(make_set, place):
    entry = {"outage": {"kaisu": {"label_ja": "階数", "editor": "choice", "table": "kai"}}}
    codes = [{"code": "X" if number == place else f"K{number:02d}", "label_ja": f"{number}"} for number in range(3)]
    folder = make_set(SHAPE, lambda tree: tree.update(entry), "further_items.json")
    variants.edit_json(folder / "code_tables.json", lambda tree: tree.update(kai=codes))
    (one,) = found(folder, "value_refused")
    assert one[:2] == (("mado.wsdl", "new_outageService/new_outageOp/request/kaisu") if place == 0 else ("code_tables.json", "kai"))
    assert "X" in one[3].split()


def test_a_date_that_the_schema_refuses_is_shown_as_it_leaves(make_set):
    folder = make_set(SHAPE, lambda tree: tree.update(date_format="yyyyMMdd"))
    assert all("20261228" in detail for _, _, _, detail, _ in found(folder, "value_refused"))


# What is to be mended is named


@pytest.mark.parametrize(
    ("change", "items"),
    [
        (lambda tree: tree.update(date_format="yyyyMMdd"), ["date_format"]),
        (lambda tree: tree.update(true_value="1", false_value="0"), ["true_value", "false_value"]),
        (
            lambda tree: tree["operations"]["new_outage"].update(date_formats={"visit_on": "yyyy.MM.dd"}),
            [f"{OUTAGE}.date_formats.visit_on"],
        ),
        (lambda tree: tree.update(date_formats={"registered_on": "yyyyMMdd"}), ["date_formats.registered_on"]),
    ],
)
def test_a_form_that_the_schema_refuses_is_named_once_by_its_line(make_set, change, items):
    folder = make_set(SHAPE, change)
    assert blocking(folder) == [("binding.json", item, "value_refused") for item in items]
    (first, *_) = [detail for _, _, _, detail, _ in found(folder, "value_refused")]
    assert first.split()[0].count(".") >= 2, "the place in the binding, since the path may be what is wrong"


def test_a_date_in_a_wrong_place_names_that_place(make_set):
    folder = make_set(SHAPE, lambda tree: tree["operations"]["new_outage"]["request"].update(visit_on="kaisu"))
    (one,) = found(folder, "value_refused")
    assert one[1] == "date_format"
    assert one[3].startswith("new_outage.request.visit_on 2026/12/28 ")


def test_a_further_date_that_the_schema_refuses_blames_the_form_of_all(make_set):
    entry = {"outage": {"kaisu": {"label_ja": "完了", "editor": "date"}}}
    (one,) = found(make_set(SHAPE, lambda tree: tree.update(entry), "further_items.json"), "value_refused")
    assert one[1] == "date_format"
    assert one[3].startswith("new_outage.outage.kaisu 2026/12/28 ")


def test_a_table_that_is_misspelt_is_named_as_it_is_written_and_as_it_is_meant(make_set):
    folder = make_set(SHAPE, lambda tree: tree.update(equipement_class=tree.pop("equipment_class")), "code_tables.json")
    report = check_wsdl_set(folder)
    lines = report_lines(report.findings)
    assert any("equipment_class（設備項目区分）" in line for line in lines)
    assert any("equipement_class" in line and "もしかして equipment_class" in line for line in lines)
    assert (report.ok, verdict((), ok=report.ok)) == (False, FAULTY)
    assert len(report.operations_callable) == len(Operation)


@pytest.mark.parametrize(
    ("written", "told"), [("outege", "もしかして outage"), ("xyz", "ある名前：customer-equipment menu-change other outage")]
)
@pytest.mark.parametrize("file", ["code_tables.json", "further_items.json"])
def test_a_kind_that_is_none_is_answered_with_the_near_one_or_with_all(make_set, written, told, file):
    def change(tree):
        (tree["equipment_class"] if file == "code_tables.json" else tree)[written] = [] if file == "code_tables.json" else {}

    lines = report_lines(check_wsdl_set(make_set(SHAPE, change, file)).findings)
    assert [told in line for line in lines if "[unknown_kind]" in line] == [True]


def test_a_required_item_without_a_source_is_offered_a_field(make_set):
    folder = make_set(replace(SHAPE, extra_items='<x:element name="kaisu" type="t:Code"/>'))
    lines = [line for line in report_lines(check_wsdl_set(folder).findings) if "[required_extra" in line]
    assert any('"outage": {"kaisu": {"label_ja": "画面での名前", "required": true}}' in line for line in lines)
    assert '"constants": {"kaisu": ' in next(line for line in lines if "list_applications" in line), "a search has no fields"


def test_a_further_item_that_leads_nowhere_is_offered_the_place_that_is_free(make_set):
    entry = {"outage": {"kaisuu": {"label_ja": "階数", "required": True}, "note": "kaisuu2"}}
    folder = make_set(
        replace(SHAPE, extra_items='<x:element name="kaisu" type="t:Code"/>'), lambda tree: tree.update(entry), "further_items.json"
    )
    told = {(item, detail, blocks) for file, item, _, detail, blocks in found(folder, "unknown_element") if file == "further_items.json"}
    assert told == {("outage.kaisuu", "kaisuu kaisu", True), ("outage.note", "kaisuu2 kaisu", False)}
    assert not [item for _, item, *_ in found(folder, "required_extra") if "outage" in item]


def test_a_constant_against_a_fixed_value_is_told_the_one_that_is_fixed(make_set):
    shape = replace(SHAPE, extra_items='<x:element name="han" type="x:string" fixed="1.00"/>')
    folder = make_set(shape, lambda tree: tree["operations"]["new_outage"].update(constants={"han": "2.00"}))
    (one,) = found(folder, "value_refused")
    assert one[3].split()[-1] == "1.00"


# Words


@pytest.mark.parametrize("file", ["binding.json", "code_tables.json", "further_items.json"])
def test_a_file_that_is_not_json_or_no_utf_8_says_where_or_how_to_save_it(make_set, file):
    folder = make_set()
    variants.edit_json(folder / file, lambda tree: tree)
    text = (folder / file).read_text(encoding="utf-8")
    (folder / file).write_text(text[:1] + '\n "a" 1' + text[1:], encoding="utf-8")
    assert found(folder, "not_json") == [(file, "file", "not_json", "2:6", True)]
    (folder / file).write_bytes('{"source": "見本の表"}'.encode("cp932"))
    assert found(folder, "not_json") == [(file, "file", "not_json", "UTF-8", True)]
    assert any("UTF-8 で保存し直して" in line for line in report_lines(check_wsdl_set(folder).findings))


def test_nil_where_the_schema_has_none_says_why(make_set):
    folder = make_set(SHAPE, lambda tree: tree["operations"]["new_outage"].update(absent_items={"visit_on": "nil"}))
    assert found(folder, "not_nillable", "without_effect") == [
        ("binding.json", f"{OUTAGE}.absent_items.visit_on", "not_nillable", "", False)
    ]


def test_a_name_like_none_is_answered_with_all(make_set):
    folder = make_set(SHAPE, lambda tree: tree["operations"]["application_status"]["request"].update(time_stamp="kaisu"))
    assert [detail for _, _, _, detail, _ in found(folder, "unknown_field")] == ["receipt_number"]
    folder_line = next(line for line in report_lines(check_wsdl_set(folder).findings) if "[unknown_field]" in line)
    assert "receipt_number" in folder_line


def test_what_every_message_has_beyond_the_binding_is_said_in_one_line(make_set):
    report = check_wsdl_set(make_set())
    items = [one.item for one in report.findings if one.code == "extra_request_element"]
    (line,) = (line for line in report_lines(report.findings) if "request/kaisu" in line)
    assert len(items) == len(Operation), "for a program each stands by itself"
    assert line.endswith("（7操作で同じ）")
