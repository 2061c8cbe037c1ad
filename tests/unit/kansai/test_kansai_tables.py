"""Code tables, dates on the wire, and the provisional set's own promises."""

import json
import threading
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from denkidesk.domain.applications import OPERATION_OF_KIND, ApplicationKind, Operation
from denkidesk.domain.errors import SetupFault
from denkidesk.kansai.binding import read_binding
from denkidesk.kansai.code_tables import load_code_tables, read_code_tables
from denkidesk.kansai.wire_text import DateReader, is_date_format, is_time_stamp_format, write_moment
from fakes.wsdl_variants import PROVISIONAL

SERVICES = {
    Operation.LIST_APPLICATIONS: "H231MshikomikenmeiichiranYokyuServiceProvider",
    Operation.APPLICATION_STATUS: "H231MshikomijokyoYokyuServiceProvider",
    Operation.NEW_UTILITY_EQUIPMENT: "H231ShinikomishikomishasetsubiyokyuServiceProvider",
    Operation.NEW_CUSTOMER_EQUIPMENT: "H231ShinikomishikomikyakusamasetsubiyokyuServiceProvider",
    Operation.NEW_OUTAGE: "H231ShinikomishikomiteidenYokyuServiceProvider",
    Operation.NEW_OTHER: "H231ShinikomishikomisonotaketsukeYokyuServiceProvider",
    Operation.NEW_MENU_CHANGE: "H231ShinikomishikomimenuhenkoyokyuServiceProvider",
}


def test_the_seven_services_are_spelled_as_published():
    binding, _ = read_binding(PROVISIONAL / "binding.json")
    assert {operation: entry.service_name for operation, entry in binding.operations.items()} == SERVICES


def test_everything_provisional_says_so():
    for name in ("binding.json", "code_tables.json"):
        assert json.loads((PROVISIONAL / name).read_text(encoding="utf-8"))["provisional"] is True
    for path in [*PROVISIONAL.glob("*.xsd"), *PROVISIONAL.glob("*.wsdl")]:
        text = path.read_text(encoding="utf-8")
        assert "PROVISIONAL" in text
        assert "urn:denkidesk:provisional:" in text
    tables = load_code_tables(PROVISIONAL)
    assert tables.provisional
    for field in ("selection_code", "equipment_class", "content_code", "work_stage", "service_menu", "request_status"):
        assert all(entry.code.startswith("P") for entry in tables.choices(field))


def test_each_kind_has_the_choices_that_its_request_asks_for():
    tables, binding = load_code_tables(PROVISIONAL), read_binding(PROVISIONAL / "binding.json")[0]
    for kind in ApplicationKind:
        asked = binding.operations[OPERATION_OF_KIND[kind]].request
        for field in ("selection_code", "equipment_class", "content_code"):
            assert bool(tables.choices(field, kind)) == (field in asked)
    statuses = {entry.code for entry in tables.choices("request_status")}
    assert binding.accepted_request_status | binding.not_found_request_status <= statuses
    assert tables.label("work_stage", "PW05") == "完了"
    assert tables.label("work_stage", "??") == "??"


def test_code_tables_that_cannot_be_read_are_a_setup_fault(tmp_path):
    with pytest.raises(SetupFault) as missing:
        load_code_tables(tmp_path)
    assert (missing.value.file, missing.value.code) == ("code_tables.json", "missing")
    tree = json.loads((PROVISIONAL / "code_tables.json").read_text(encoding="utf-8"))
    tree["work_stage"].append(tree["work_stage"][0])
    (tmp_path / "code_tables.json").write_text(json.dumps(tree), encoding="utf-8-sig")
    with pytest.raises(SetupFault) as double:
        load_code_tables(tmp_path)
    assert double.value.code == "double"


@given(st.dates(), st.sampled_from(["yyyyMMdd", "yyyy-MM-dd", "yyyy/MM/dd", "dd.MM.yyyy", "yyyy年MM月dd日"]))
def test_a_date_survives_the_wire(day, wire_format):
    assert is_date_format(wire_format)
    assert DateReader(wire_format).read(write_moment(day, wire_format)) == day


@pytest.mark.parametrize("text", ["", "20260230", "2026-01-01", "202601011", "２０２６０１０１", "00000000", " 20260101"])
def test_what_is_no_day_reads_as_none(text):
    assert DateReader("yyyyMMdd").read(text) is None


def test_time_stamps():
    moment = datetime(2026, 11, 22, 1, 2, 3, 45_678)  # noqa: DTZ001 - the form does not ask for the zone
    assert write_moment(moment, "yyyyMMddHHmmssSSS") == "20261122010203045"
    assert write_moment(moment, "yyyy-MM-ddTHH:mm:ss.SSS+09:00") == "2026-11-22T01:02:03.045+09:00"
    assert write_moment(date(2026, 1, 2), "yyyy/MM/dd") == "2026/01/02"
    assert is_time_stamp_format("yyyy/MM/dd HH:mm:ss")
    assert not is_time_stamp_format("yyyyMMdd")
    assert not is_date_format("yyyyMMddHH")


def test_one_client_builds_envelopes_on_many_threads(make_client, applications):
    client = make_client("http://127.0.0.1:1/")
    wrong = []

    def build(number):
        for turn in range(20):
            request_id = f"{number}-{turn}"
            for kind, application in applications.items():
                envelope = client.prepare(application, request_id=request_id).document
                if f">{request_id}<".encode() not in envelope or application.selection_code.encode() not in envelope:
                    wrong.append((kind, request_id))

    threads = [threading.Thread(target=build, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert wrong == []


@pytest.mark.parametrize(
    ("change", "item"),
    [
        (lambda tree: tree["work_stage"][0].update(closed="yes"), "work_stage[0].closed"),
        (lambda tree: tree.update(triage={}), "triage[0]"),
        (lambda tree: tree.update(triage=[{"equipment_class": "nope"}]), "triage[0]"),
        (lambda tree: tree.update(triage=[{"triage_scope": "half", "equipment_class": "PE301"}]), "triage[0].triage_scope"),
        (lambda tree: tree.update(triage=[{"weather": "rain", "equipment_class": "PE301"}]), "triage[0].weather"),
        (lambda tree: tree.update(building=["x"]), "building[0]"),
        (lambda tree: tree.update(building={"picnic": []}), "building.picnic"),
    ],
)
def test_what_is_wrong_in_a_code_table_is_named(tmp_path, change, item):
    tree = json.loads((PROVISIONAL / "code_tables.json").read_text(encoding="utf-8"))
    change(tree)
    (tmp_path / "code_tables.json").write_text(json.dumps(tree), encoding="utf-8")
    assert item in [finding.item for finding in read_code_tables(tmp_path)[1]]
