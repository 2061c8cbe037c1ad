"""The lines of 送信トレイ as a table: groups, and at most one button a line."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from denkidesk.texts import outbox as texts
from denkidesk.ui.outbox.lines import Line, spoken
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.item_icons import KIND_ICONS, KIND_TONES
from denkidesk.ui.parts.plain import plain_tip
from denkidesk.ui.parts.table import Index, RowsModel
from denkidesk.ui.parts.theme import SPACE_S, SPACE_XS, Theme

STATE, KIND, WHO, ADDRESS, REASON, PLAN, ACT = range(7)
_DISPLAY: Final = int(Qt.ItemDataRole.DisplayRole)
_DECORATION: Final = int(Qt.ItemDataRole.DecorationRole)
_TOOLTIP: Final = int(Qt.ItemDataRole.ToolTipRole)
_FOREGROUND: Final = int(Qt.ItemDataRole.ForegroundRole)
_FONT: Final = int(Qt.ItemDataRole.FontRole)
_ACCESSIBLE: Final = int(Qt.ItemDataRole.AccessibleTextRole)


class OutboxModel(RowsModel[Line]):
    """Finished strings; where the same applications stand in the same order only the changed lines are told of."""

    def __init__(self, icons: Icons, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(texts.COLUMNS, parent)
        self._icons = icons
        self._theme = theme
        self._bold = theme.font(bold=True)
        theme.changed.connect(self._on_theme_changed)

    def show_lines(self, lines: Sequence[Line]) -> bool:
        """Shows the lines; whether others stand there now, or in another order."""
        before, now = ([line.item.item_id if line.item else "" for line in some] for some in (self._rows, lines))
        if before == now:
            changed = [place for place, (old, new) in enumerate(zip(self._rows, lines, strict=True)) if old != new]
            self._rows = list(lines)
            for place in changed:
                self._tell_changed(place, place)
            return False
        self.beginResetModel()
        self._rows = list(lines)
        self.endResetModel()
        return True

    def place_of(self, item_id: str) -> int | None:
        """Where an application stands."""
        return next((place for place, line in enumerate(self._rows) if line.item is not None and line.item.item_id == item_id), None)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading cannot be chosen."""
        is_heading = index.isValid() and self._rows[index.row()].item is None
        return Qt.ItemFlag.ItemIsEnabled if is_heading else super().flags(index)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """What a cell shows in a role; its display is always text."""
        line, column = self._rows[index.row()], index.column()
        if not role:
            return line.cells[column]
        if role == _DECORATION:
            if column == STATE and line.icon[0]:
                return self._icons.icon(*line.icon)
            if column == KIND and line.item is not None:
                return self._icons.icon(KIND_ICONS[line.item.application.kind], KIND_TONES[line.item.application.kind])
        elif role == _TOOLTIP:
            return plain_tip(line.cells[column]) or None
        elif role == _ACCESSIBLE:
            return spoken(line) if column == STATE else line.cells[column]
        elif role == _FOREGROUND and line.item is not None:
            tone = KIND_TONES[line.item.application.kind] if column == KIND else line.icon[1] if column == STATE else ""
            return self._theme.colour(tone) if tone else None
        elif role == _FONT and (line.item is None or column == WHO):
            return self._bold
        return None


class ActButton(QStyledItemDelegate):
    """Draws the one thing that helps as a button; the table carries it out by click and by Enter."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """An edge round the word; nothing where there is no act."""
        words = str(index.data() or "")
        self.initStyleOption(option, index)
        option.text = ""
        option.widget.style().drawControl(option.widget.style().ControlElement.CE_ItemViewItem, option, painter, option.widget)
        if not words:
            return
        width = option.fontMetrics.horizontalAdvance(words) + 2 * SPACE_S + 2
        room = option.rect.adjusted(0, SPACE_XS, -SPACE_XS, -SPACE_XS)
        place = QRect(max(room.left(), room.right() - width), room.top(), min(width, room.width()), room.height())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("line_strong")))
        painter.setBrush(self._theme.colour("raised"))
        painter.drawRoundedRect(place, 6, 6)
        painter.setPen(self._theme.colour("text"))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), words)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the word."""
        hint = super().sizeHint(option, index)
        return QSize(hint.width() + 2 * SPACE_S, hint.height())
