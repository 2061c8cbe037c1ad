"""A cell of the grid: drawn whole, what is wrong with it in words; edited in place, a code by its list."""

from typing import Any, Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QComboBox, QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from denkidesk.texts import bulk as texts
from denkidesk.ui.bulk.model import BEFORE, LINE, TICK, BulkModel
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.table import DeskTable, Index
from denkidesk.ui.parts.theme import SPACE_L, SPACE_S, SPACE_XS, Theme

ICON: Final = 14
AIR: Final = 6
"""At both sides of what stands in a cell."""
_BOX: Final = 14
_FILLED: Final = "filled"
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class BulkDelegate(QStyledItemDelegate):
    """Draws a cell whole, and edits it: a code is chosen from its list, all else is typed."""

    def __init__(self, theme: Theme, icons: Icons, model: BulkModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self._model = model
        self._plain, self._bold = QFont(parent.font()), QFont(parent.font())
        self._bold.setBold(True)

    # -- drawing

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, what stands there, and the line below."""
        row, column = index.row(), index.column()
        rect = QRect(option.rect)
        fault = self._model.fault(row, column)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._colour("accent_soft"))
        painter.setPen(QPen(self._colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if fault:
            painter.fillRect(rect.adjusted(0, 0, -1, -1), self._colour("error_soft"))
            painter.setPen(QPen(self._colour("error"), 1))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        if column == TICK:
            self._paint_tick(painter, rect, on=self._model.is_ticked(row))
        elif column == self._model.result:
            self._paint_result(painter, rect, row)
        else:
            self._paint_text(painter, rect, row, column, fault)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._colour("accent"), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _paint_text(self, painter: QPainter, rect: QRect, row: int, column: int, fault: str) -> None:
        text = " ".join(self._model.text(row, column).split())
        room = rect.adjusted(AIR, 0, -AIR, 0)
        if column == LINE:
            self._write(painter, room, text, "muted", flags=_RIGHT)
        elif fault:
            left = self._icon(painter, room, "error", "error")
            used = self._write(painter, left, text, "error", bold=True)
            self._write(painter, left.adjusted(used + SPACE_S if used else 0, 0, 0, 0), self._model.short_fault(row, column), "error")
        else:
            self._write(painter, room, text, "muted" if self._model.is_quiet(row) else "text")

    def _paint_result(self, painter: QPainter, rect: QRect, row: int) -> None:
        shown = self._model.shown
        if shown is None:
            return
        said = shown.said(shown.rows[self._model.place_at(row)])
        left = self._icon(painter, rect.adjusted(AIR, 0, -AIR, 0), said.icon, said.tone)
        loud = said.tone in ("warn", "error")
        used = self._write(painter, left, said.words, said.tone, bold=loud)
        self._write(painter, left.adjusted(used + SPACE_S, 0, 0, 0), said.more, "text" if said.tone == "ok" else "muted")

    def _paint_tick(self, painter: QPainter, rect: QRect, *, on: bool) -> None:
        box = QRectF(rect.center().x() - _BOX / 2, rect.center().y() - _BOX / 2, _BOX, _BOX)
        painter.setPen(QPen(self._colour("accent" if on else "line_strong"), 1))
        painter.setBrush(self._colour("accent" if on else "surface"))
        painter.drawRoundedRect(box, 3, 3)
        if on:
            self._icons.paint(painter, box.adjusted(1, 1, -1, -1), "check", "on_accent")

    def _icon(self, painter: QPainter, room: QRect, name: str, tone: str) -> QRect:
        top = room.center().y() - ICON / 2 + 1
        self._icons.paint(painter, QRectF(room.left(), top, ICON, ICON), name, tone)
        return room.adjusted(ICON + SPACE_XS, 0, 0, 0)

    def _write(self, painter: QPainter, room: QRect, words: str, tone: str, *, bold: bool = False, flags: int = _LEFT) -> int:
        """Writes on one line, ended by an ellipsis where it does not fit; returns how wide it is."""
        if room.width() <= AIR or not words:
            return 0
        painter.setFont(self._bold if bold else self._plain)
        painter.setPen(self._colour(tone))
        cut = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, flags, cut)
        return painter.fontMetrics().horizontalAdvance(cut)

    def _colour(self, name: str) -> QColor:
        return self._theme.colour(name)

    # -- editing

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A list for a code that has one, else a line."""
        choices = self._choices(index)
        heading = str(self._model.headerData(index.column(), Qt.Orientation.Horizontal))
        editor: QComboBox | QLineEdit
        if choices:
            editor = QComboBox(parent)
            for code, label in choices:
                editor.addItem(label, code)
        else:
            editor = QLineEdit(parent)
        editor.setAccessibleName(f"{texts.LINE_OF.format(line=self._model.text(index.row(), LINE))} {heading}")
        editor.setAccessibleDescription(self._model.fault(index.row(), index.column()))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """What stands in the cell; of a list the entry that it means."""
        text = self._model.text(index.row(), index.column())
        if isinstance(editor, QComboBox) and not editor.property(_FILLED):
            editor.setProperty(_FILLED, True)  # news of other rows must not take back what is being chosen
            shown = self._model.shown
            known = "" if shown is None else shown.rows[self._model.place_at(index.row())].values.get(self._field(index), "")
            editor.setCurrentIndex(editor.findData(known))
        elif isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(text)
            editor.selectAll()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:  # noqa: N802 - Qt's own method
        """As high as an editor is, over the middle of the cell, and wide enough to type in."""
        cell, around = QRect(option.rect), self.parent()
        wide = max(cell.width(), editor.fontMetrics().horizontalAdvance("0" * 26) + 2 * SPACE_L)
        high = editor.sizeHint().height()
        place = QRect(cell.left(), cell.center().y() - high // 2, wide, high)
        if isinstance(around, DeskTable):
            seen = around.viewport().rect()
            place.moveLeft(max(0, min(place.left(), seen.right() - wide)))
            place.moveTop(max(0, min(place.top(), seen.bottom() - high)))
        editor.setGeometry(place)

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        """Only what was changed: a list that nothing was chosen from leaves the cell as it is."""
        if isinstance(editor, QComboBox):
            if editor.currentIndex() >= 0:
                model.setData(index, editor.currentText())
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def _field(self, index: Index) -> str:
        shown = self._model.shown
        return "" if shown is None else shown.brought.table.fields[index.column() - BEFORE]

    def _choices(self, index: Index) -> Any:
        shown, name = self._model.shown, self._field(index)
        return () if shown is None or not name else shown.brought.form.choices(name)
