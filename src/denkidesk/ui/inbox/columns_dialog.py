"""The columns of the list by keys: which are shown, in which order, by which the rows are sorted."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QDialog, QListWidget, QListWidgetItem, QPushButton, QWidget

from denkidesk.texts import inbox as texts
from denkidesk.texts.shortcuts import COLUMN_LEFT, COLUMN_RIGHT
from denkidesk.ui.inbox.columns import CHOICE, Columns
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.key_binding import ENTER, bind
from denkidesk.ui.parts.plain import PlainLabel, set_tip
from denkidesk.ui.parts.theme import SPACE_L, SPACE_S

_COLUMN: Final = int(Qt.ItemDataRole.UserRole)


class ColumnsDialog(QDialog):
    """Whatever is changed is seen at once in the list behind it; nothing is to be confirmed."""

    def __init__(self, columns: Columns, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts.COLUMNS_TITLE)
        self._columns = columns
        self.rows = QListWidget(self)
        self.rows.setAccessibleName(texts.COLUMNS_NAME)
        self.rows.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self._fill(CHOICE[0])
        self.rows.itemChanged.connect(self._apply)
        self.rows.model().rowsMoved.connect(self._apply)
        acts = []
        for words, slot in (
            (texts.COLUMN_LEFT, lambda: self._move(-1)),
            (texts.COLUMN_RIGHT, lambda: self._move(1)),
            (texts.COLUMN_SORT, self._sort),
            (texts.COLUMNS_RESET, self._reset),
        ):
            button = QPushButton(words, self)
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            acts.append(button)
        set_tip(acts[0], COLUMN_LEFT.label)
        set_tip(acts[1], COLUMN_RIGHT.label)
        close = QPushButton(texts.CLOSE, self)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        bind(COLUMN_LEFT, self, lambda: self._move(-1))
        bind(COLUMN_RIGHT, self, lambda: self._move(1))
        beside = VBox(margins=0, spacing=SPACE_S).add(*acts, Stretch(), close)
        VBox(self, margins=SPACE_L, spacing=SPACE_S).add(
            PlainLabel(texts.COLUMNS_HINT, self, tone="muted", wrap=True), HBox(spacing=SPACE_L).add((self.rows, 1), beside)
        )
        height = self.rows.sizeHintForRow(0) * len(CHOICE) + 2 * self.rows.frameWidth()
        self.rows.setMinimumSize(240, height)
        self.rows.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the list sorts by the column there."""
        if event.key() in ENTER and self.rows.hasFocus():
            self._sort()
        else:
            super().keyPressEvent(event)

    def _fill(self, current: int) -> None:
        by, is_descending = self._columns.sorted_by
        shown = self._columns.shown
        self.rows.blockSignals(True)
        self.rows.clear()
        for column in (*shown, *(column for column in CHOICE if column not in shown)):
            mark = texts.COLUMN_SORTED[is_descending] if column == by else ""
            item = QListWidgetItem(texts.COLUMNS[column] + mark, self.rows)
            item.setData(_COLUMN, column)
            item.setCheckState(Qt.CheckState.Checked if column in shown else Qt.CheckState.Unchecked)
            if column == current:
                self.rows.setCurrentItem(item)
        self.rows.blockSignals(False)

    def _items(self) -> list[QListWidgetItem]:
        return [self.rows.item(place) for place in range(self.rows.count())]

    def _current(self) -> int:
        item = self.rows.currentItem()
        return CHOICE[0] if item is None else int(item.data(_COLUMN))

    def _apply(self) -> None:
        current = self._current()
        self._columns.show([item.data(_COLUMN) for item in self._items() if item.checkState() is Qt.CheckState.Checked])
        self._fill(current)

    def _move(self, by: int) -> None:
        place = self.rows.currentRow()
        if not 0 <= place + by < self.rows.count():
            return
        self.rows.blockSignals(True)
        item = self.rows.takeItem(place)
        self.rows.insertItem(place + by, item)
        self.rows.setCurrentItem(item)
        self.rows.blockSignals(False)
        self._apply()

    def _sort(self) -> None:
        by, is_descending = self._columns.sorted_by
        current = self._current()
        self._columns.sort_by(current, descending=not is_descending if current == by else False)
        self._fill(current)

    def _reset(self) -> None:
        self._columns.reset()
        self._fill(CHOICE[0])
