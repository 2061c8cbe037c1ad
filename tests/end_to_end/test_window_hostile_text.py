"""Whatever servers, files and the clerk write stays text: no label, tip, cell or box of any screen draws it as markup."""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QToolTip

import denkidesk
from denkidesk.domain.applications import ApplicationKind, ApplicationStatus, ListedApplication, NewApplication, OutboxState, Receipt
from denkidesk.domain.clock import now_jst
from denkidesk.domain.error_codes import InstallationCode, SettingCode
from denkidesk.domain.errors import ServerRefused, SetupFault
from denkidesk.settings import resources_dir
from denkidesk.ui.inbox.rows import MESSAGE
from denkidesk.ui.parts.plain import plain_tip, set_tip
from denkidesk.ui.shell.dialogs import AboutDialog, ReportDialog
from denkidesk.ui.start import questions
from fakes.clerk import POINT
from fakes.rich_text import HOSTILE, as_drawn, drawn_as_markup, shown_texts

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

ALL = " ".join(HOSTILE)


def names(text):
    """Which of the hostile texts a text holds."""
    return {hostile for hostile in HOSTILE if hostile in text}


def look_around():
    """Nothing on the screen comes out as markup; returns all that might have."""
    texts = shown_texts()
    assert drawn_as_markup(texts) == []
    return [(place, as_drawn(text)) for place, text in texts]


def labels_of(widget):
    """Everything that can be read in a part of the window, as one text."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


@pytest.fixture
def hostile_quoting(practice):
    """Every name that the quoting server has to give is hostile."""
    catalogue = practice.quoting.service.catalogue
    for company in catalogue.companies:
        company["epcorpName"] += ALL
    for plan in catalogue.plans:
        plan["epplanName"] += ALL
        plan["source"] += ALL
        for base in plan["bases"]:
            base["baseName"] = (base["baseName"] or "") + ALL
        for condition in plan["conditions"]:
            for key in [key for key, value in condition.items() if isinstance(value, str)]:
                condition[key] += ALL


@pytest.fixture
def hostile_store(clerk):
    """An inbox and an outbox full of them: every item that a server fills, and every one that the clerk fills."""
    store = clerk.context.desk.store
    today = now_jst().date()
    listed = [
        ListedApplication(f"R{n}{text}", text, today, today, text, text, has_message=True, extra={text: text})
        for n, text in enumerate(HOSTILE)
    ]
    store.inbox.take_listing(listed, lambda _code: ApplicationKind.OUTAGE)
    for one in listed:
        text = one.work_stage
        items = {"work_stage": text, "customer_name": text, "note": text, "visit_on": text}
        status = ApplicationStatus(one.receipt_number, text, text, (text, ALL), items, {text: ALL})
        store.inbox.take_status(status, lambda _code: ApplicationKind.OUTAGE)
    for text in HOSTILE:
        application = NewApplication(ApplicationKind.OUTAGE, text, text, POINT, customer_name=text, supply_point_address=text)
        store.outbox.settle(store.outbox.add(application).item_id, OutboxState.REJECTED, code="bad_request", message=text)
        refused = store.outbox.add(application)
        store.outbox.settle(refused.item_id, OutboxState.UNKNOWN, code=text, message=text)
        sent = store.outbox.add(application)
        store.outbox.accept(sent.item_id, Receipt(text, text, text))
    clerk.inbox.reload()
    clerk.settle()
    return clerk


def test_inbox_and_outbox(hostile_store):
    clerk = hostile_store
    full = []
    for place in range(clerk.inbox.list.model.rowCount()):
        clerk.inbox.list.table.choose_row(place)
        clerk.settle()
        look_around()
        shown = clerk.inbox.detail.detail.row
        if shown.cells[MESSAGE]:  # what was sent from here is a row too, with nothing fetched
            full.append(shown.receipt_number)
            assert names(labels_of(clerk.inbox.detail)) == set(HOSTILE)
    assert len(full) == len(HOSTILE)
    clerk.open_outbox()
    texts = look_around()
    cells = {text for place, text in texts if place.endswith("item ToolTipRole")}
    assert set().union(*(names(cell) for cell in cells)) == set(HOSTILE), "the cells' tips hold them, and show them as they are"
    clerk.press("Ctrl+2")
    clerk.settle()
    look_around()
    clerk.picture()


@pytest.mark.qt_log_ignore("does not support raise", "propagateSizeHints", extend=True)
def test_a_tip_that_is_really_shown(hostile_store, qtbot):
    table = hostile_store.inbox.list.table
    message = next(index for place in range(table.model().rowCount()) if (index := table.model().index(place, MESSAGE)).data())
    place = table.visualRect(message).center()
    QApplication.sendEvent(table.viewport(), QHelpEvent(QEvent.Type.ToolTip, place, table.viewport().mapToGlobal(place)))
    qtbot.waitUntil(QToolTip.isVisible)
    assert names(as_drawn(QToolTip.text()))
    look_around()
    QToolTip.hideText()


def test_a_form_from_its_start_to_its_outcome(clerk):
    clerk.fill_outage()
    clerk.press("Alt+Left")
    for name, text in (("note", HOSTILE[0]), ("note", HOSTILE[1])):
        clerk.type(name, text)
    clerk.press("Ctrl+Return")
    clerk.until(lambda: clerk.apply.form.review.isVisible() and clerk.apply.form.review.foot.send_button.isEnabled())
    assert names(labels_of(clerk.apply.form.review))
    look_around()
    clerk.send()
    look_around()
    clerk.open_outage()
    clerk.type("customer_name", HOSTILE[0])
    clerk.apply.form.discard_requested.emit()
    look_around()


def test_tariffs_and_quotes(clerk, hostile_quoting, practice, tmp_path):
    clerk.open_tariffs()
    tariffs = clerk.tariffs
    assert tariffs.finder.choose("関西電力", "従量電灯A")
    clerk.settle_tariffs()
    assert names(labels_of(tariffs.price_page)) == set(HOSTILE)
    usage = tmp_path / "b<b>太字<b> <img src=x>.csv"
    usage.write_bytes((resources_dir() / "practice" / "sample_usage.csv").read_bytes())
    clerk.drop(usage)
    assert "<img src=x>" in labels_of(tariffs.usage_page)
    tariffs.bill_page.customer.setText(HOSTILE[0])
    assert names(labels_of(tariffs.bill_page))
    tips = {text for place, text in look_around() if "tip" in place.lower()}
    assert set().union(*(names(tip) for tip in tips)) == set(HOSTILE)
    clerk.drop(tmp_path / "<b>gone.csv")
    tariffs.finder.failed.emit(ServerRefused("enegaeru", "bad_request", ALL, 400))
    look_around()
    clerk.picture()


def test_dialogs_and_strips(clerk, qtbot):
    folder = Path("/") / "<b>x" / "img src='file:///x'>"
    clerk.context.notices.failure(ServerRefused("kansai", "bad_request", ALL, 400))
    for dialog in (AboutDialog(folder, clerk.window), ReportDialog(ALL, clerk.window)):
        dialog.open()
        look_around()
        dialog.close()
    clerk.window.open_settings()
    clerk.settle()
    look_around()
    QApplication.activeModalWidget().close()


@pytest.mark.parametrize(
    "ask",
    [
        lambda: questions.tell_folder_fault(SetupFault(ALL, "folder", InstallationCode.UNWRITABLE, ALL)),
        lambda: questions.tell_no_answer(ALL),
        lambda: questions.ask_about_settings(SetupFault(ALL, ALL, SettingCode.CHOICE, ALL), 3),
        lambda: questions.ask_about_damage(SetupFault(ALL, "file", InstallationCode.DAMAGED, ALL), None),
    ],
    ids=["folder", "no-answer", "settings", "damage"],
)
def test_questions_before_the_window(qapp, qtbot, monkeypatch, ask):
    seen = []

    def look(box):
        seen.append(f"{box.text()}{box.informativeText()}")
        look_around()

    monkeypatch.setattr(QMessageBox, "exec", look)
    ask()
    assert names(seen[0])


@pytest.mark.parametrize("text", [*HOSTILE, ALL, "二行の\n文  です", "5 < 6 & 7", "&lt;b&gt;"])
def test_a_tip_is_drawn_letter_by_letter_and_read_out_without_markup(qapp, qtbot, text):
    assert as_drawn(plain_tip(text)) == text
    button = QPushButton()
    qtbot.addWidget(button)
    set_tip(button, text)
    assert as_drawn(button.toolTip()) == text
    assert button.accessibleDescription() == text
    set_tip(button, "")
    assert (button.toolTip(), button.accessibleDescription()) == ("", "")


def test_there_is_one_way_to_a_tip_and_no_label_is_left_to_guess():
    """A tip that is set past ``plain_tip``, or a label that guesses, shows as text until the day when the text is hostile."""
    astray = []
    for path in sorted((Path(denkidesk.__file__).parent / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func).rsplit(".", 1)[-1]
            tip = ast.unparse(node.args[-1]) if called == "setToolTip" else ""
            # The name in the task bar's corner: Windows shows a tip there as it is, and would show the markup of a plain one.
            tipped = bool(tip) and not tip.startswith("plain_tip(") and (path.name, tip) != ("toast.py", "PRODUCT")
            guessing = called == "QLabel" and any(not isinstance(a, ast.Name) or a.id != "self" for a in node.args)
            if (
                tipped
                or guessing
                or called in {"setWhatsThis", "setStatusTip", "setHtml", "setMarkdown", "showText", "QTextBrowser", "QTextEdit"}
            ):
                astray.append(f"{path.name}:{node.lineno} {called}")
    assert astray == []


def test_the_look_around_finds_what_it_is_for(qapp, qtbot):
    label = QLabel(HOSTILE[0])
    qtbot.addWidget(label)
    label.setToolTip(HOSTILE[1])
    assert len(drawn_as_markup(shown_texts())) == 2
    assert label.mapToGlobal(QPoint()) is not None
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setToolTip(plain_tip(HOSTILE[1]))
    assert drawn_as_markup(shown_texts()) == []
