"""Items of the official message beyond the main ones: fields that the installed set adds, from the form to the wire."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from denkidesk.compose.desk import open_desk
from denkidesk.compose.run import Run
from denkidesk.credentials import Credentials
from denkidesk.domain.applications import ApplicationKind, OutboxState
from denkidesk.domain.clock import now_jst
from denkidesk.settings import DeskSettings, KansaiSettings, Settings
from denkidesk.ui.apply.final_check import Verdict
from denkidesk.ui.apply.tab import ApplyTab
from denkidesk.ui.outbox.auto_sender import AutoSender
from fakes import wsdl_variants as variants
from fakes.apply_hand import field
from fakes.soap_server import XML, SoapServer, message
from fakes.ui_context import context_of

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

FURTHER = {
    "floors": {"label_ja": "建物の階数", "editor": "digits", "required": True, "max_length": 2},
    "building": {"label_ja": "建物の種類", "editor": "choice", "table": "building", "required": True},
    "doneBy": {"label_ja": "完了の希望日", "editor": "date"},
    "place": {"label_ja": "目印", "editor": "text", "max_length": 20},
}
OUTAGE = {
    "supply_point_number": "0612345678901234567890",
    "customer_name": "見本 太郎",
    "supply_point_address": "大阪府大阪市見本町0-0-0",
    "selection_code": "PS301",
    "triage_neighbours": "around_too",
}
ELEMENTS = (
    '<xsd:element name="floors"><xsd:simpleType><xsd:restriction base="xsd:int"><xsd:maxInclusive value="60"/></xsd:restriction>'
    '</xsd:simpleType></xsd:element><xsd:element name="building" type="m:Code"/><xsd:element name="doneBy" type="m:Date" minOccurs="0"/>'
    '<xsd:element name="place" type="m:Text100" minOccurs="0"/>'
)


@pytest.fixture
def folder(tmp_path):
    folder = variants.copy_set(tmp_path / "set")
    path = folder / "messages.xsd"
    text = path.read_text(encoding="utf-8")
    begin = text.index('<xsd:element name="applyOutage">')
    end = text.index("    </xsd:sequence>", begin)
    path.write_text(text[:end] + ELEMENTS + text[end:], encoding="utf-8")
    (folder / "further_items.json").write_text(json.dumps({"outage": {"note": "remarks", **FURTHER}}, ensure_ascii=False), encoding="utf-8")
    tables = json.loads((folder / "code_tables.json").read_text(encoding="utf-8"))
    tables["building"] = [{"code": "H1", "label_ja": "戸建て"}, {"code": "H2", "label_ja": "集合住宅"}]
    tables["triage"] = [{"triage_neighbours": "around_too", "equipment_class": "PE302"}, {"equipment_class": "PE301"}]
    (folder / "code_tables.json").write_text(json.dumps(tables, ensure_ascii=False), encoding="utf-8")
    return folder


@pytest.fixture
def server():
    receipt = message(
        "applyOutageResponse", "<m:requestStatus>PR00</m:requestStatus><m:receiptNumber>R1</m:receiptNumber><m:denwa>06-0000-0000</m:denwa>"
    )
    with SoapServer(lambda *_: (200, XML, receipt)) as running:
        yield running


@pytest.fixture
def context(qtbot, server, folder, jobs, theme, icons, tmp_path):
    kansai = KansaiSettings(base_url=server.url, wsdl_dir=str(folder), interval_s=0.01, margin_s=0.0)
    settings = Settings(kansai=kansai, desk=DeskSettings(countdown_s=0.05))
    run = Run.decide(tmp_path / "home", settings, credentials=Credentials(environ={}))
    desk = open_desk(run)
    yield context_of(run, desk, jobs, theme, icons=icons)
    qtbot.waitUntil(lambda: jobs.is_idle, timeout=20_000)
    desk.close()


@pytest.fixture
def tab(qtbot, context):
    sender = AutoSender(context, context.jobs)
    tab = ApplyTab(context, sender)
    qtbot.addWidget(tab)
    tab.resize(800, 480)
    tab.show()
    tab.activated()
    yield tab
    sender.stop()
    tab.shut_down()
    tab.hide()


def begun(tab, qtbot, **more):
    tab.start(ApplicationKind.OUTAGE, OUTAGE | more)
    qtbot.waitUntil(lambda: tab.form is not None and tab.form.isVisible(), timeout=20_000)
    return tab.form


def test_each_further_item_has_a_field_of_its_own_and_arrives(tab, qtbot, server, context):
    form = begun(tab, qtbot)
    names = [one.field.name for one in form.fields.all]
    assert names[-4:] == [f"extra.{path}" for path in FURTHER]
    assert not field(form, "equipment_class").isVisible(), "it follows from what was asked on the telephone"
    assert [field(form, name).editor.accessibleName().partition("、")[0] for name in names[-4:]] == [
        facts["label_ja"] for facts in FURTHER.values()
    ]
    form.go_on()
    assert (field(form, "extra.floors").error, field(form, "extra.place").error) == ("入力してください。", "")
    field(form, "extra.floors").set_value("１２")
    field(form, "extra.building").set_value("H2")
    field(form, "extra.doneBy").set_value("+7")
    field(form, "extra.place").set_value("ﾐﾎﾝ橋の南")
    form.go_on()
    qtbot.waitUntil(lambda: form.review.verdict is not Verdict.LOOKING, timeout=30_000)
    rows = dict(form.review.rows)
    assert (rows["建物の階数"], rows["建物の種類"], rows["目印"]) == ("12", "集合住宅（H2）", "ミホン橋の南")
    assert rows["設備項目区分"].endswith("（PE302）")
    form.go_on()
    qtbot.waitUntil(lambda: tab._dispatch.shown_item is not None, timeout=30_000)
    (item,) = context.desk.outbox.items()
    assert item.state is OutboxState.ACCEPTED
    assert dict(tab.receipt_page.pairs.pairs)["受付メッセージ"] == "denwa：06-0000-0000", (
        "what the utility says beyond the binding is shown"
    )
    day = now_jst().date() + timedelta(days=7)
    assert item.application.extra["doneBy"] == day.isoformat()
    (_, _, body) = server.requests[0]
    for sent in ("floors>12<", "building>H2<", f"doneBy>{day:%Y%m%d}<", "place>ミホン橋の南<", "equipmentClass>PE302<"):
        assert sent.encode() in body


def test_what_only_the_schema_refuses_is_said_beside_its_field_before_anything_is_sent(tab, qtbot, server, context):
    form = begun(tab, qtbot, **{"extra.floors": "61", "extra.building": "H1"})
    qtbot.waitUntil(lambda: field(form, "extra.floors").error == "送配電会社の決まりに合わない値です。", timeout=30_000)
    assert not form.review.may_send
    assert server.requests == []
    assert context.desk.outbox.items() == ()


def test_a_draft_keeps_further_items(tab, qtbot, context):
    form = begun(tab, qtbot)
    field(form, "extra.floors").editor.setText("3")
    field(form, "extra.floors").editor.textEdited.emit("3")
    qtbot.waitUntil(lambda: any(draft.fields.get("extra.floors") == "3" for draft in context.desk.outbox.drafts()), timeout=10_000)


def test_answers_without_a_rule_leave_the_question_to_the_clerk(folder, tmp_path):
    from denkidesk.desk.installed_set import InstalledSet

    path = folder / "code_tables.json"
    tree = json.loads(path.read_text(encoding="utf-8"))
    tree["triage"].pop()
    path.write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")
    tables = InstalledSet(replace(KansaiSettings(), wsdl_dir=str(folder))).form_tables()
    asked = tables.form(ApplicationKind.OUTAGE).field("equipment_class")
    assert asked.required, "what no rule gives is asked for"
    given = tables.with_derived(ApplicationKind.OUTAGE, {"triage_neighbours": "around_too"})
    assert given["equipment_class"] == "PE302"
    assert "equipment_class" not in tables.with_derived(ApplicationKind.OUTAGE, {"triage_neighbours": "unknown"})
    assert tables.with_derived(ApplicationKind.OUTAGE, {"equipment_class": "PE303"}) == {"equipment_class": "PE303"}
