"""The figures of two plans in rows, what differs marked, as high as its rows."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetrics
from PySide6.QtWidgets import QHeaderView, QWidget

from denkidesk.texts import price_pairs as texts
from denkidesk.ui.parts.theme import Theme
from denkidesk.ui.tariffs.paper_table import TextTable
from denkidesk.ui.tariffs.price_pairs import Pair, folded

_ITEM, _LEFT, _RIGHT, _APART = 1, 2, 3, 4
_ROOM: Final = 12  # pixels of a cell beside its words
_AIR: Final = 8
_LEAST: Final = 44
_WRAPPED: Final = int(Qt.TextFlag.TextWordWrap)


class PairTable(TextTable):
    """``names``: of the two plans. Words are never cut: a row is as high as they need in the width that there is."""

    def __init__(self, theme: Theme, names: tuple[str, str], found: Sequence[Pair], parent: QWidget) -> None:
        mark, item, apart = texts.HEAD
        self._widest = 0
        super().__init__(f"{names[0]}・{names[1]}", (mark, item, *names, apart), (0, 1, 2, 3), _LEFT, parent, least=_LEAST)
        self.setWordWrap(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        header.setSectionResizeMode(_RIGHT, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_ITEM, QHeaderView.ResizeMode.Fixed)
        different, same = folded(found)
        rows = [(texts.DIFFERENT, pair.item, pair.left, pair.right, pair.difference) for pair in different]
        bold = self._metrics(is_bold=True)
        self._widest = max((bold.horizontalAdvance(pair.item) for pair in different), default=0) + _ROOM
        rows += [(texts.SAME, same.left, "", "", "")] if same else []  # each with its name
        warn = QBrush(theme.colour("warn_soft"))
        self.show_rows(rows, [row[0] == texts.DIFFERENT for row in rows], [warn if row[0] == texts.DIFFERENT else None for row in rows])
        self.setColumnHidden(_APART, not any(pair.difference for pair in different))
        if same:
            self.setSpan(len(rows) - 1, _ITEM, 1, len(rows[0]) - _ITEM)
        self._fit()

    def _metrics(self, *, is_bold: bool) -> QFontMetrics:
        font = QFont(self.font())
        font.setBold(is_bold)
        return QFontMetrics(font)

    def _fit(self) -> None:
        self.setColumnWidth(_ITEM, min(self._widest, self.width() // 5))
        height = self.horizontalHeader().sizeHint().height() + 4
        for row in range(self.model_of_rows.rowCount()):
            self.setRowHeight(row, self._height(row))
            height += self.rowHeight(row)
        if height != self.height():
            self.setFixedHeight(height)

    def _height(self, row: int) -> int:
        """What the words of a row need; a cell over several columns has the width of all of them."""
        metrics = self._metrics(is_bold=self.model_of_rows.item(row, 0).font().bold())
        span = self.columnSpan(row, _ITEM)
        widths = [self.columnWidth(column) for column in range(self.model_of_rows.columnCount())]
        widths[_ITEM] = sum(widths[_ITEM : _ITEM + span])
        words = [self.model_of_rows.item(row, column).text() for column in range(len(widths))]
        boxes = (metrics.boundingRect(QRect(0, 0, width - _ROOM, 0), _WRAPPED, text) for width, text in zip(widths, words, strict=True))
        return _AIR + max(metrics.height(), *(box.height() for box in boxes))
