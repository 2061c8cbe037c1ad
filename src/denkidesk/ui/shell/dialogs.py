"""The guide with the sheet of keys, the about box, and the report of a bug."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QWidget,
)

from denkidesk import __version__
from denkidesk.texts import help as help_texts
from denkidesk.texts import shell as texts
from denkidesk.texts.shortcuts import SHEET
from denkidesk.ui.parts.boxes import Gap, VBox
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.room import resize_within_screen
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XL, SPACE_XS


def _close_box(dialog: QDialog) -> QDialogButtonBox:
    box = QDialogButtonBox(dialog)
    button = box.addButton(texts.CLOSE, QDialogButtonBox.ButtonRole.RejectRole)
    button.setDefault(True)
    box.rejected.connect(dialog.reject)
    return box


def _scrolled(page: QWidget) -> QScrollArea:
    area = QScrollArea(widgetResizable=True)
    page.setProperty("kind", "page")
    area.setWidget(page)
    return area


def _sheet_lines() -> list[tuple[str, str]]:
    """The lines of the sheet of keys; one without a meaning is a heading."""
    lines = []
    for heading, shortcuts in SHEET:
        lines += [(heading, ""), *((shortcut.label, shortcut.does) for shortcut in shortcuts)]
    return lines


class HelpDialog(QDialog):
    """How to work with the desk, and all its keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts.HELP_TITLE)
        resize_within_screen(self, 720, 620)
        tabs = self.tabs = QTabWidget(self)
        tabs.addTab(_scrolled(self._guide()), texts.HELP_GUIDE)
        tabs.addTab(_scrolled(self._keys()), texts.HELP_KEYS)
        VBox(self, margins=SPACE_M).add(tabs, _close_box(self))

    def _guide(self) -> QWidget:
        page = QWidget()
        layout = VBox(page, margins=SPACE_L, spacing=SPACE_XS)
        for heading, text in help_texts.GUIDE:
            layout.addWidget(PlainLabel(heading, page, bold=True, scale=1.1))
            layout.addWidget(PlainLabel(text, page, wrap=True, selectable=True))
            layout.addSpacing(SPACE_L)
        layout.addStretch(1)
        return page

    def _keys(self) -> QWidget:
        page = QWidget()
        layout = QGridLayout(page)
        layout.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_L)
        layout.setHorizontalSpacing(SPACE_XL)
        layout.setVerticalSpacing(SPACE_S)
        layout.setColumnStretch(1, 1)
        row = 0
        for keys, meaning in _sheet_lines():
            if meaning:
                layout.addWidget(PlainLabel(keys, page, tone="accent"), row, 0)
                layout.addWidget(PlainLabel(meaning, page), row, 1)
            else:
                layout.addWidget(PlainLabel(keys, page, bold=True), row, 0, 1, 2)
            row += 1
        layout.setRowStretch(row, 1)
        return page


class AboutDialog(QDialog):
    """Version, licence, and where the data lie."""

    def __init__(self, data_dir: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts.ABOUT_TITLE)
        layout = VBox(self, margins=(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L), spacing=SPACE_S).add(
            PlainLabel(texts.PRODUCT, self, scale=1.6, bold=True), PlainLabel(texts.ABOUT_TEXT, self), Gap(SPACE_S)
        )
        for line in (texts.ABOUT_VERSION.format(version=__version__), texts.ABOUT_LICENCE, texts.ABOUT_FONT):
            layout.addWidget(PlainLabel(line, self, tone="muted", selectable=True))
        words = texts.ABOUT_PLACE.format(place=data_dir)
        place = QLineEdit(words, self, readOnly=True, cursorPosition=0)  # a path may be longer than a screen is wide
        place.setAccessibleName(words)
        layout.addWidget(place)
        layout.addSpacing(SPACE_M)
        layout.addWidget(_close_box(self))


class ReportDialog(QDialog):
    """Something that the program did not foresee, with a report to copy. Without a parent it is the program's last word."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(texts.BUG_TITLE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_within_screen(self, 640, 420)
        self._report = QPlainTextEdit(report, self, readOnly=True)
        self._report.setAccessibleName(texts.BUG_TITLE)
        box = _close_box(self)
        copy = QPushButton(texts.BUG_COPY, self)
        copy.clicked.connect(self._on_copy)
        box.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        detail = texts.BUG_AT_THE_END if parent is None else texts.BUG_DETAIL
        VBox(self, margins=(SPACE_XL, SPACE_L, SPACE_XL, SPACE_L), spacing=SPACE_M).add(
            PlainLabel(texts.BUG_TEXT, self, bold=True, wrap=True), PlainLabel(detail, self, wrap=True), (self._report, 1), box
        )

    def _on_copy(self) -> None:
        QApplication.clipboard().setText(self._report.toPlainText())


class BugDialog(ReportDialog):
    """A bug that has just shown itself."""
