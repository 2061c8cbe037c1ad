"""The tab 新規申込 on a real desk, a real store and the practice server, over real HTTP."""

import pytest

from denkidesk.compose.desk import open_desk
from denkidesk.compose.run import Run
from denkidesk.domain.applications import ApplicationKind, OutboxState
from denkidesk.practice.servers import start_practice
from denkidesk.settings import DeskSettings, Settings, resources_dir
from denkidesk.ui.apply.final_check import Verdict
from denkidesk.ui.apply.tab import ApplyTab
from denkidesk.ui.outbox.auto_sender import AutoSender
from fakes.ui_context import context_of

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

POINT = "0612345678901234567890"
OUTAGE = {
    "supply_point_number": POINT,
    "customer_name": "見本 太郎 & <子>",
    "supply_point_address": "大阪府大阪市見本町0-0-0",
    "selection_code": "PS301",
    "equipment_class": "PE301",
    "visit_on": "+5",
    "triage_scope": "all",
}
MENU_CHANGE = {
    "supply_point_number": POINT,
    "customer_name": "見本 花子",
    "selection_code": "PS501",
    "equipment_class": "PE501",
    "service_menu": "PM03",
    "change_on": "+30",
}


@pytest.fixture
def servers(tmp_path):
    with start_practice(resources_dir(), tmp_path / "utility.db") as running:
        yield running


@pytest.fixture
def context(qtbot, servers, jobs, theme, icons, tmp_path):
    run = Run.decide(tmp_path / "home", Settings(desk=DeskSettings(countdown_s=0.05)), servers=servers)
    desk = open_desk(run)
    yield context_of(run, desk, jobs, theme, icons=icons)
    qtbot.waitUntil(lambda: jobs.is_idle, timeout=20_000)
    desk.close()


@pytest.fixture
def tab(qtbot, context):
    sender = AutoSender(context, context.jobs)
    tab = ApplyTab(context, sender)
    qtbot.addWidget(tab)
    tab.resize(1100, 640)
    tab.show()
    tab.activated()
    yield tab
    sender.stop()
    tab.shut_down()
    tab.hide()


def file_one(tab, qtbot, kind, values):
    tab.start(kind, values)
    qtbot.waitUntil(lambda: tab.form is not None and tab.form.kind is kind and tab.form.isVisible())
    form = tab.form
    qtbot.waitUntil(lambda: form.review.verdict is not Verdict.LOOKING, timeout=20_000)
    if not form.review.may_send:
        warned = form.review.similar_lines
        form.confirm.click()
    else:
        warned = ()
    form.review.xml_button.click()
    qtbot.waitUntil(lambda: bool(form.review.xml), timeout=30_000)
    shown = form.review.xml
    form.go_on()
    qtbot.waitUntil(lambda: tab._dispatch.shown_item is not None, timeout=30_000)
    return shown, warned


@pytest.mark.parametrize(("kind", "values"), [(ApplicationKind.OUTAGE, OUTAGE), (ApplicationKind.MENU_CHANGE, MENU_CHANGE)])
def test_what_was_reviewed_is_what_the_utility_has(tab, qtbot, servers, context, kind, values):
    shown, _ = file_one(tab, qtbot, kind, values)
    receipt = tab.receipt_page.number.text()
    assert receipt
    (item,) = context.desk.outbox.items()
    assert (item.state, item.receipt_number) == (OutboxState.ACCEPTED, receipt)
    assert POINT in shown
    assert "renshu-password" not in shown
    assert any(receipt in str(row) and POINT in str(row) for row in servers.utility.applications())
    assert context.desk.outbox.drafts() == ()


def test_a_cut_connection_is_an_unknown_outcome_and_the_next_one_is_warned_of(tab, qtbot, servers, context):
    servers.utility.inject("cut-after-accept")
    file_one(tab, qtbot, ApplicationKind.OUTAGE, OUTAGE)
    assert tab.outcome_page.title.text() == "結果不明"
    assert [item.state for item in context.desk.outbox.items()] == [OutboxState.UNKNOWN]
    _, warned = file_one(tab, qtbot, ApplicationKind.OUTAGE, OUTAGE)
    assert tab.receipt_page.isVisible()
    assert any("結果不明" in line for line in warned)


def test_a_server_that_is_down_keeps_the_application(tab, qtbot, servers, context):
    servers.stop()
    tab.start(ApplicationKind.OUTAGE, OUTAGE)
    qtbot.waitUntil(lambda: tab.form is not None and tab.form.isVisible())
    qtbot.waitUntil(tab.form.review.foot.send_button.isEnabled, timeout=20_000)
    tab.form.go_on()
    qtbot.waitUntil(lambda: tab._dispatch.shown_item is not None, timeout=30_000)
    assert tab.outcome_page.title.text() == "送信トレイに入れました"
    assert [item.state for item in context.desk.outbox.items()] == [OutboxState.QUEUED]
