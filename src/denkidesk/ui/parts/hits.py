"""What a field has found: rows below it in the page, never in a popup, and the keys that choose one while the cursor stays in the field."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QWidget

from denkidesk.ui.parts.composition import Composition
from denkidesk.ui.parts.key_binding import ENTER
from denkidesk.ui.parts.table import DeskTable, Index, RowsModel

_MOST_ROWS: Final = 6
_ROOM: Final = 6  # above and below the letters of a row
_BESIDE: Final = 8
_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class HitModel(RowsModel[Sequence[str]]):
    """Rows of words."""

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, and the whole row as one sentence for screen readers."""
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row[index.column()]
        return "、".join(row) if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0 else None


class Hits(DeskTable):
    """Hidden while there are none. ↑↓ choose, Enter and a click pick, Esc closes; while an input method composes, its keys are its own.

    ``shares``: by column, of the width that is left by the columns with a share of 0, which are as wide as their words.
    """

    picked = Signal(int)

    def __init__(self, name: str, headings: Sequence[str], shares: Sequence[float], editor: QLineEdit, parent: QWidget) -> None:
        super().__init__(name, parent)
        self._editor = editor
        self._shares = shares
        self._composition = Composition()
        self._model = HitModel(headings, self)
        self.setModel(self._model)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrows work from the field
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # the end tells two addresses apart
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 2 * _ROOM)
        self.clicked.connect(self._on_clicked)
        editor.installEventFilter(self)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether there is something to choose."""
        return self._model.rowCount() > 0

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Shows what was found, the first of it chosen; nothing hides the list."""
        self._model.show_rows(rows)
        height = self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(min(len(rows), _MOST_ROWS) * height + 2 * self.frameWidth())
        self.setVisible(bool(rows))
        self.choose_row(0)
        self._spread()

    def close_hits(self) -> None:
        """Hides the list; nothing is picked."""
        self.show_rows(())

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._spread()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The keys of the field that belong to the list."""
        if isinstance(event, QInputMethodEvent):
            self._composition.note(event)
        elif event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_own(event):
            event.accept()  # or Esc would be the page's
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._is_own(event):
            self._press(event)
            return True
        return False

    def _is_own(self, event: QKeyEvent) -> bool:
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return self.is_open and is_plain and not self._composition.is_on and event.key() in (*_STEPS, *ENTER, Qt.Key.Key_Escape)

    def _press(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if event.key() == Qt.Key.Key_Escape:
            self.close_hits()
        elif event.key() in ENTER:
            if not (event.isAutoRepeat() or self._composition.has_enter):
                self.picked.emit(max(row, 0))
        else:
            self.choose_row(min(max(row + _STEPS[Qt.Key(event.key())], 0), self._model.rowCount() - 1))

    def _on_clicked(self, index: Index) -> None:
        self.picked.emit(index.row())

    def _spread(self) -> None:
        words = [self.sizeHintForColumn(column) + _BESIDE if not share else 0 for column, share in enumerate(self._shares)]
        left = self.viewport().width() - sum(words)
        self.set_widths([known or round(left * share) for known, share in zip(words, self._shares, strict=True)])
