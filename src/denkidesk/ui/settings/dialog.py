"""The settings dialog: checks beside each field, a read-only connection test, one save."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDoubleSpinBox, QLineEdit, QPushButton, QSpinBox, QWidget

from denkidesk.desk.connection_check import ConnectionReport
from denkidesk.desk.setup import (
    LONGEST_COUNTDOWN_S,
    LONGEST_OUTAGE_COUNTDOWN_S,
    LONGEST_UNMOVED_DAYS,
    MOST_STATUS_CALLS,
    TYPE_SIZES,
    Settings,
    StoredSetup,
    check,
)
from denkidesk.domain.addresses import is_none_of
from denkidesk.domain.error_codes import RefusalCode
from denkidesk.domain.errors import DeskError, FieldFault, InputRefused
from denkidesk.domain.unseen import trimmed
from denkidesk.jobs.job import LaneName
from denkidesk.texts import settings as texts
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.field_row import FieldRow
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.rail import NoticeTabs
from denkidesk.ui.parts.refused_login import ask_refused_login
from denkidesk.ui.parts.room import resize_within_screen
from denkidesk.ui.parts.strip import Message, Strips
from denkidesk.ui.parts.take_over import ask_take_over
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XS
from denkidesk.ui.settings.closed_page import ClosedPage
from denkidesk.ui.settings.editors import ChoiceEditor, FolderEditor, SecretEditor
from denkidesk.ui.settings.set_page import SetPage

_PAGES = {"kansai": 0, "enegaeru": 1, "desk": 3}


class SettingsDialog(QDialog):
    """What was typed stays until it is saved or given up; nothing is lost by a fault."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts.TITLE)
        resize_within_screen(self, 780, 740)
        self._context = context
        self._stored: StoredSetup | None = None
        self._rows: dict[str, FieldRow] = {}
        self._lines: dict[str, QLineEdit] = {}
        self._secrets: dict[str, SecretEditor] = {}
        self._auth = ChoiceEditor(texts.AUTH_CHOICES, self)
        self._scheme = ChoiceEditor(texts.SCHEME_CHOICES, self)
        sizes = [(str(percent), texts.TYPE_SIZE.format(percent=percent)) for percent in TYPE_SIZES]
        self._type_size = ChoiceEditor(sizes, self)
        self._interval = QDoubleSpinBox(self, decimals=2, minimum=0.1, maximum=3600, singleStep=0.5, suffix=texts.SECONDS)
        self._unmoved = QSpinBox(self, minimum=1, maximum=LONGEST_UNMOVED_DAYS, suffix=texts.DAYS)
        self._countdown = QDoubleSpinBox(self, decimals=1, minimum=1, maximum=LONGEST_COUNTDOWN_S, suffix=texts.SECONDS)
        self._outage_countdown = QDoubleSpinBox(self, decimals=1, minimum=1, maximum=LONGEST_OUTAGE_COUNTDOWN_S, suffix=texts.SECONDS)
        self._budget = QSpinBox(self, minimum=0, maximum=MOST_STATUS_CALLS, suffix=texts.APPLICATIONS)
        self._strips = Strips(self)
        self._tests: dict[str, QPushButton] = {}
        self._assemble()
        self._scheme.chosen.connect(self._on_scheme_chosen)
        self._pages.setEnabled(False)
        self._save.setEnabled(False)
        context.jobs.run(LaneName.WORK, context.setup.stored).then(self._on_stored, self._on_failed)

    # -- assembling

    def _assemble(self) -> None:
        self._pages = NoticeTabs(self._context.icons, self)
        self.rail = self._pages.rail
        self._pages.tabBar().setDrawBase(False)
        self._pages.addTab(self._kansai_page(), texts.PAGE_KANSAI)
        self._pages.addTab(self._enegaeru_page(), texts.PAGE_ENEGAERU)
        self.sets = SetPage(self._context, self)
        self.sets.changed.connect(self._on_set_changed)
        self.sets.failed.connect(self._on_failed)
        self._pages.addTab(self._scrolling(ClosedPage(self._context, self)), texts.PAGE_CLOSED)
        self._pages.addTab(self._desk_page(), texts.PAGE_DESK)
        self._pages.addTab(self._scrolling(self.sets), texts.PAGE_SET)
        self._save = QPushButton(texts.SAVE, self)
        self._save.setProperty("kind", "primary")
        self._save.setDefault(True)
        self._save.clicked.connect(self.save)
        cancel = QPushButton(texts.CANCEL, self)
        cancel.clicked.connect(self.reject)
        buttons = HBox(spacing=SPACE_S).add(
            (PlainLabel(texts.KEYRING_HINT, self, tone="muted", scale=0.9, wrap=True), 1), cancel, self._save
        )
        VBox(self, margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_L), spacing=SPACE_M).add((self._pages, 1), buttons)

    def _kansai_page(self) -> QWidget:
        rows = [
            self._line("kansai.base_url"),
            self._line("kansai.login_id"),
            self._secret("kansai.password"),
            self._line("kansai.ip_address"),
            self._line("kansai.proxy"),
            self._line("kansai.proxy_login_id"),
            self._secret("kansai.proxy_password"),
            self._folder("kansai.wsdl_dir"),
            self._line("kansai.outage_page"),
            self._line("kansai.outage_phone"),
            self._row("kansai.interval_s", self._interval),
            self._row("kansai.status_budget", self._budget),
        ]
        return self._page([PlainLabel(texts.PRACTICE_HINT, self, tone="muted", wrap=True), *rows], self._test("kansai"))

    def _enegaeru_page(self) -> QWidget:
        rows = [
            self._line("enegaeru.base_url"),
            self._row("enegaeru.auth", self._auth),
            self._line("enegaeru.login_id"),
            self._secret("enegaeru.password"),
            self._secret("enegaeru.api_key"),
            self._line("enegaeru.proxy"),
            self._line("enegaeru.proxy_login_id"),
            self._secret("enegaeru.proxy_password"),
        ]
        return self._page(rows, self._test("enegaeru"))

    def _desk_page(self) -> QWidget:
        rows = [
            *(self._line(f"desk.company_{item}") for item in ("name", "address", "phone", "person")),
            self._row("desk.color_scheme", self._scheme),
            self._row("desk.type_size", self._type_size),
            self._row("desk.unmoved_days", self._unmoved),
            self._row("desk.countdown_s", self._countdown),
            self._row("desk.outage_countdown_s", self._outage_countdown),
        ]
        return self._page(rows)

    def _page(self, widgets: Sequence[QWidget], foot: QWidget | None = None) -> QWidget:
        """The rows scroll; the foot stays in sight, and where it is."""
        page = QWidget(self)
        VBox(page, margins=(0, SPACE_L, SPACE_S, SPACE_S), spacing=SPACE_XS).add(*widgets, Stretch())
        whole = QWidget(self)
        column = VBox(whole, margins=0, spacing=0).add((self._scrolling(page), 1))
        if foot is not None:
            column.addWidget(foot)
        return whole

    def _scrolling(self, page: QWidget) -> FittedPage:
        area = FittedPage(self)
        area.set_body(page)
        return area

    def _row(self, name: str, editor: QWidget) -> FieldRow:
        row = FieldRow(self._context.icons, texts.LABELS[name], editor, hint=texts.HINTS.get(name, ""), label_width=140)
        self._rows[name] = row
        return row

    def _line(self, name: str) -> FieldRow:
        line = QLineEdit(self, maxLength=1000)
        line.editingFinished.connect(self._on_edited)
        self._lines[name] = line
        return self._row(name, line)

    def _secret(self, name: str) -> FieldRow:
        editor = SecretEditor(self)
        self._secrets[name] = editor
        editor.trimmed.connect(partial(self._on_secret_trimmed, name))
        return self._row(name, editor)

    def _folder(self, name: str) -> FieldRow:
        editor = FolderEditor(texts.LABELS[name], self)
        self._lines[name] = editor.line
        return self._row(name, editor)

    def _test(self, service: str) -> QWidget:
        button = QPushButton(texts.TEST, self)
        self._context.icons.put(button, "server")
        button.clicked.connect(self.test_kansai if service == "kansai" else self.test_enegaeru)
        self._tests[service] = button
        line = QWidget(self)
        HBox(line, margins=(0, SPACE_S, 0, 0), spacing=SPACE_M).add(button, (PlainLabel(texts.TEST_HINT, line, tone="muted", wrap=True), 1))
        return line

    # -- values

    def _on_stored(self, stored: StoredSetup) -> None:
        self._stored = stored
        for name, line in self._lines.items():
            section, item = name.split(".")
            line.setText(str(getattr(getattr(stored.settings, section), item)))
            line.setCursorPosition(0)
        for name, editor in self._secrets.items():
            editor.show_present(stored.present.get(name))
        self._interval.setValue(stored.settings.kansai.interval_s)
        self._budget.setValue(stored.settings.kansai.status_budget)
        self._unmoved.setValue(stored.settings.desk.unmoved_days)
        self._countdown.setValue(stored.settings.desk.countdown_s)
        self._outage_countdown.setValue(stored.settings.desk.outage_countdown_s)
        self._auth.choose(stored.settings.enegaeru.auth)
        self._scheme.choose(stored.settings.desk.color_scheme)
        self._type_size.choose(str(stored.settings.desk.type_size))
        self._compare_address()
        self._pages.setEnabled(True)
        self._save.setEnabled(True)
        self._lines["kansai.base_url"].setFocus()
        if stored.fault is not None:
            self._on_failed(stored.fault)

    def typed(self) -> Settings:
        """The settings as they stand in the fields; what the dialog does not show stays as it was."""
        base = self._stored.settings if self._stored is not None else Settings()

        def of(section: str) -> dict[str, Any]:
            return {name.split(".")[1]: trimmed(line.text()) for name, line in self._lines.items() if name.startswith(f"{section}.")}

        return replace(
            base,
            kansai=replace(base.kansai, interval_s=self._interval.value(), status_budget=self._budget.value(), **of("kansai")),
            enegaeru=replace(base.enegaeru, auth=self._auth.value, **of("enegaeru")),
            desk=replace(
                base.desk,
                color_scheme=self._scheme.value,
                type_size=int(self._type_size.value),
                unmoved_days=self._unmoved.value(),
                countdown_s=self._countdown.value(),
                outage_countdown_s=self._outage_countdown.value(),
                **of("desk"),
            ),
        )

    def _on_secret_trimmed(self, name: str) -> None:
        from denkidesk.texts.apply import changes

        self._rows[name].set_hint(changes(("trimmed",)))

    def _on_edited(self) -> None:
        self._show_faults(check(self.typed()))
        self._compare_address()

    def _compare_address(self) -> None:
        """The calling address that is registered with the utility is usually this machine's."""
        from denkidesk.ui.settings.own_addresses import own_addresses

        kansai = self.typed().kansai
        own = own_addresses()
        differs = not kansai.on_this_machine and is_none_of(kansai.ip_address, own)
        self._rows["kansai.ip_address"].set_caution(texts.IP_DIFFERS.format(own="、".join(own)) if differs else "")

    def _show_faults(self, faults: Sequence[FieldFault]) -> None:
        from denkidesk.texts.errors import fault_text

        by_field: dict[str, str] = {}
        for fault in faults:
            by_field.setdefault(fault.field, fault_text(fault))
        for name, row in self._rows.items():
            row.set_error(by_field.get(name, ""))

    # -- saving

    def save(self) -> None:
        """Checks, writes off the GUI thread, and asks for a fresh start."""
        settings = self.typed()
        faults = check(settings)
        self._show_faults(faults)
        if faults:
            self._go_to(faults[0].field)
            return
        secrets: dict[str, str | None] = {name: editor.typed for name, editor in self._secrets.items() if editor.typed}
        secrets |= {name: None for name, editor in self._secrets.items() if editor.wants_deletion}
        self._save.setEnabled(False)
        self._context.jobs.run(LaneName.WORK, self._context.setup.store, settings, secrets).then(self._on_saved, self._on_failed)

    def _on_saved(self, _nothing: object) -> None:
        for editor in self._secrets.values():
            editor.line.clear()
        self.accept()
        self._context.request_restart()

    def _on_failed(self, error: object) -> None:
        from denkidesk.texts.errors import said

        self._save.setEnabled(True)
        self._pages.setEnabled(True)
        if isinstance(error, InputRefused):
            self._show_faults(error.faults)
            self._go_to(error.faults[0].field)
        if isinstance(error, DeskError):
            what = said(error)
            self._strips.say(Message("error", what.text, key="settings", detail=what.detail))

    def _go_to(self, name: str) -> None:
        self._pages.setCurrentIndex(_PAGES.get(name.split(".", maxsplit=1)[0], 0))
        row = self._rows.get(name)
        if row is not None:
            row.editor.setFocus()

    def _on_scheme_chosen(self, scheme: str) -> None:
        if self._stored is not None:
            self._context.theme.set_scheme(scheme)

    def reject(self) -> None:
        """Gives everything up; the look goes back to what is stored."""
        if self._stored is not None:
            self._context.theme.set_scheme(self._stored.settings.desk.color_scheme)
        super().reject()

    # -- connection tests

    def test_kansai(self) -> None:
        """One listing of today, with what stands in the fields."""
        test, secrets = self._context.desk.connection.test_kansai, self._secrets
        password, proxy_password = secrets["kansai.password"].typed, secrets["kansai.proxy_password"].typed
        if self._begin_test("kansai"):
            job = self._context.jobs.run(LaneName.KANSAI, test, self.typed().kansai, password, proxy_password)
            job.then(self._on_kansai_tested, self._on_failed).finished.connect(self._on_test_finished)

    def test_enegaeru(self, *, take_over: bool = False, try_again: bool = False) -> None:
        """One login, with what stands in the fields. ``take_over``: the clerk has agreed to end the session elsewhere; ``try_again``: to
        try a login that was refused before.
        """
        test = partial(self._context.desk.connection.test_enegaeru, take_over=take_over, try_again=try_again)
        key, password, proxy_password = (self._secrets[f"enegaeru.{name}"].typed for name in ("api_key", "password", "proxy_password"))
        if self._begin_test("enegaeru"):
            job = self._context.jobs.run(LaneName.QUOTING, test, self.typed().enegaeru, key, password, proxy_password)
            job.then(self._on_enegaeru_tested, self._on_failed).finished.connect(self._on_test_finished)

    def _begin_test(self, service: str) -> bool:
        faults = [fault for fault in check(self.typed()) if fault.field.startswith(service)]
        self._show_faults(faults)
        if faults:
            self._go_to(faults[0].field)
            return False
        self._tests[service].setEnabled(False)
        self._tests[service].setText(texts.TESTING)
        return True

    def _on_kansai_tested(self, report: ConnectionReport) -> None:
        self._show_report(report, texts.TEST_OK_KANSAI.format(count=report.detail))

    def _on_enegaeru_tested(self, report: ConnectionReport) -> None:
        self._show_report(report, texts.TEST_OK_ENEGAERU)

    def _on_set_changed(self, folder: str, words: str) -> None:
        """The settings name another set: what is saved from here on must not name the old one again."""
        self._lines["kansai.wsdl_dir"].setText(folder)
        self._strips.say(Message("info", words, texts.SET_RESTART, self.save, key="settings"))

    def _show_report(self, report: ConnectionReport, good: str) -> None:
        from denkidesk.texts.errors import Help, said

        if report.ok:
            self._strips.say(Message("ok", good, key="settings"))
        elif report.error is not None:
            what = said(report.error)
            message = Message("error", what.text, key="settings", detail=what.detail)
            if what.help is Help.TAKE_OVER:
                message = replace(message, action_text=texts.TAKE_OVER, action=self._ask_take_over)
            elif what.help is Help.REFUSED_LOGIN and report.error.code == RefusalCode.STOPPED:  # a fresh refusal is mended in the fields
                message = replace(message, action_text=texts.REFUSED_LOGIN, action=self._ask_refused_login)
            self._strips.say(message)

    def _ask_take_over(self) -> None:
        on_try = partial(self.test_enegaeru, try_again=True)
        ask_take_over(self, partial(self.test_enegaeru, take_over=True), on_try=on_try)

    def _ask_refused_login(self) -> None:
        ask_refused_login(self, self._try_once)

    def _try_once(self) -> None:
        self._context.desk.login_guard.try_once()
        self.test_kansai()

    def _on_test_finished(self) -> None:
        for button in self._tests.values():
            button.setEnabled(True)
            button.setText(texts.TEST)
