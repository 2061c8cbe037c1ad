"""The page of the interface set: checks a folder of WSDL, binding and code tables, installs it, and goes back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from denkidesk.desk.setup import SetReport
from denkidesk.domain.errors import DeskError
from denkidesk.jobs.job import LaneName
from denkidesk.texts import settings as texts
from denkidesk.texts import wsdl as wsdl_texts
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.field_row import FieldRow
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_L, SPACE_S
from denkidesk.ui.settings.editors import FolderEditor


class SetPage(QWidget):
    """The report is text, to be copied to whoever mends the set. What is installed stands in the settings at once, whatever is saved."""

    changed = Signal(object, object)  # the folder that the settings name now, and the words for it
    failed = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._sets = context.setup.sets
        self.folder = FolderEditor(texts.SET_FOLDER, self)
        self._in_use = PlainLabel("", self, tone="muted", wrap=True, selectable=True)
        self.verdict = PlainLabel("", self, bold=True, wrap=True, selectable=True)
        self.report = QPlainTextEdit(self, readOnly=True)
        self.report.setTabChangesFocus(True)
        self.report.setAccessibleName(texts.SET_REPORT)
        self.check_button = QPushButton(texts.SET_CHECK, self)
        self.install_button = QPushButton(texts.SET_INSTALL, self)
        self.back_button = QPushButton(texts.SET_BACK, self)
        context.icons.put(self.check_button, "search")
        context.icons.put(self.install_button, "check")
        context.icons.put(self.back_button, "arrow-left")
        self.check_button.clicked.connect(self.check)
        self.install_button.clicked.connect(self.install)
        self.back_button.clicked.connect(self.go_back)
        buttons = HBox(spacing=SPACE_S).add(self.check_button, self.install_button, Stretch(), self.back_button)
        VBox(self, margins=(0, SPACE_L, SPACE_S, SPACE_S), spacing=SPACE_S).add(
            PlainLabel(texts.SET_INTRO, self, tone="muted", wrap=True),
            FieldRow(context.icons, texts.SET_FOLDER, self.folder, label_width=140, parent=self),
            buttons,
            self._in_use,  # below what is pressed: it comes a moment later
            self.verdict,
            (self.report, 1),
        )
        self.back_button.setEnabled(False)
        self._show_report((), "")
        self.reload()

    def reload(self) -> None:
        """Looks up what is in use."""
        self._context.jobs.run(LaneName.WORK, self._sets.in_use).then(self._on_in_use, self._on_failed)

    def check(self) -> None:
        """Reports on the folder and changes nothing."""
        self._begin()
        self._context.jobs.run(LaneName.WORK, self._sets.check, self._chosen()).then(self._on_checked, self._on_failed)

    def install(self) -> None:
        """Installs the folder, or says why not."""
        self._begin()
        self._context.jobs.run(LaneName.WORK, self._sets.install, self._chosen()).then(self._on_installed, self._on_failed)

    def go_back(self) -> None:
        """Takes the set that was in use before."""
        self._begin()
        self._context.jobs.run(LaneName.WORK, self._sets.go_back).then(self._on_went_back, self._on_failed)

    def _chosen(self) -> str:
        return self.folder.line.text().strip()

    def _begin(self) -> None:
        for button in (self.check_button, self.install_button, self.back_button):
            button.setEnabled(False)
        self.verdict.setText(texts.SET_CHECKING)

    def _on_in_use(self, in_use: tuple[str, bool]) -> None:
        folder, can_go_back = in_use
        self._in_use.setText(texts.SET_IN_USE.format(folder=folder or texts.SET_OWN))
        self.check_button.setEnabled(True)
        self.install_button.setEnabled(True)
        self.back_button.setEnabled(can_go_back)

    def _on_checked(self, report: SetReport) -> None:
        self._show_report(wsdl_texts.report_lines(report.findings), wsdl_texts.verdict(report.missing, ok=report.ok))
        self.reload()

    def _on_installed(self, report: SetReport) -> None:
        self._on_checked(report)
        if report.installed:
            self.changed.emit(report.installed, texts.SET_INSTALLED)
        else:
            self.verdict.setText(f"{texts.SET_REFUSED}{wsdl_texts.verdict(report.missing, ok=False) if report.missing else ''}")

    def _on_went_back(self, folder: str) -> None:
        self._show_report((), "")
        self.reload()
        self.changed.emit(folder, texts.SET_WENT_BACK)

    def _on_failed(self, error: object) -> None:
        self._show_report((), "")
        self._on_in_use(("", False))
        if isinstance(error, DeskError):
            self.failed.emit(error)

    def _show_report(self, lines: tuple[str, ...], verdict: str) -> None:
        self.verdict.setText(verdict)
        news = wsdl_texts.report_lines(self._context.desk.installed_set.news)
        told = ((texts.SET_NEWS, *news) if news else ()) + (lines or ((wsdl_texts.NOTHING_FOUND,) if verdict else ()))
        self.report.setPlainText("\n\n".join(told))
