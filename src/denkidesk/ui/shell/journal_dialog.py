"""The journal of what was sent: to be read, filtered and written into a table."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QPushButton, QWidget

from denkidesk.desk.sent_journal import MOST, JournalRow, export, journal_rows, matching
from denkidesk.domain.clock import now_jst
from denkidesk.jobs.job import LaneName
from denkidesk.texts import journal as texts
from denkidesk.texts import shell as shell_texts
from denkidesk.texts.dates import in_file_name
from denkidesk.texts.errors import said
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import HBox, VBox
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.room import resize_within_screen
from denkidesk.ui.parts.table import DeskTable, Index, RowsModel
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S

_WIDTHS: Final = (164, 316, 104, 120, 116, 172, 64)
_FOLDER: Final = "journal_folder"


class JournalModel(RowsModel[JournalRow]):
    """The rows as they are, each as one sentence for a screen reader."""

    def show_rows(self, rows: Sequence[JournalRow]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, and the whole text as a tip where a column is narrow."""
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            return "、".join(cell for cell in row[:-1] if cell)
        return None


class JournalDialog(QDialog):
    """Reads the journal once, when it opens."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts.TITLE)
        resize_within_screen(self, 1120, 640)
        self._context = context
        self._all: tuple[JournalRow, ...] = ()
        self._shown: tuple[JournalRow, ...] = ()
        self._path = Path()
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(texts.SEARCH)
        self.search.setAccessibleName(texts.SEARCH)
        self.search.textChanged.connect(self._filter)
        self.count = PlainLabel("", self, tone="muted")
        self.model = JournalModel(texts.HEADINGS, self)
        self.table = DeskTable(texts.TITLE, self)
        self.table.setModel(self.model)
        self.table.set_widths(_WIDTHS)
        self.told = PlainLabel("", self, wrap=True)
        self.export_button = QPushButton(texts.EXPORT, self)
        self.export_button.clicked.connect(self._ask_path)
        close = QPushButton(shell_texts.CLOSE, self)
        close.clicked.connect(self.reject)
        VBox(self, margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_L), spacing=SPACE_S).add(
            PlainLabel(texts.LEAD, self, tone="muted", wrap=True),
            HBox(spacing=SPACE_M).add((self.search, 1), self.count),
            (self.table, 1),
            HBox(spacing=SPACE_S).add((self.told, 1), self.export_button, close),
        )
        self.export_button.setEnabled(False)
        self.search.setFocus()
        context.jobs.run(LaneName.STORE, journal_rows, context.desk.outbox).then(self._on_read, self._on_failed)

    def _on_read(self, rows: tuple[JournalRow, ...]) -> None:
        self._all = rows
        self._filter(self.search.text())

    def _filter(self, words: str) -> None:
        self._shown = matching(self._all, words)
        self.model.show_rows(self._shown)
        total, count = len(self._all), len(self._shown)
        self.count.setText(texts.COUNT.format(count=count) if count == total else texts.COUNT_OF.format(count=count, total=total))
        self.export_button.setEnabled(bool(self._shown))
        most = texts.MOST.format(count=MOST) if total == MOST else ""
        self.told.set_tone("")
        self.told.setText(most if count else texts.NOT_FOUND if total else texts.NONE)

    def _ask_path(self) -> None:
        folder = Path(self._context.ui_state.text(_FOLDER) or Path.home())
        suggested = folder / texts.EXPORT_NAME.format(date=in_file_name(now_jst().date()))
        chosen, _filter = QFileDialog.getSaveFileName(self, texts.TITLE, str(suggested), texts.EXPORT_FILTER)
        if chosen:
            self._context.ui_state.put(_FOLDER, str(Path(chosen).parent))
            self.export_to(Path(chosen))

    def export_to(self, path: Path) -> None:
        """Writes what is shown."""
        self._path = path
        self._context.jobs.run(LaneName.WORK, export, path, self._shown).then(self._on_exported, self._on_failed)

    def _on_exported(self, count: int) -> None:
        self.told.set_tone("ok")
        self.told.setText(texts.EXPORTED.format(count=count, name=self._path.name))

    def _on_failed(self, error: object) -> None:
        self.told.set_tone("error")
        self.told.setText(said(error).text)
