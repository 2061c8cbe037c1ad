"""The figures of two plans in rows, what differs marked, as high as its rows."""

from collections.abc import Sequence

from PySide6.QtGui import QBrush
from PySide6.QtWidgets import QHeaderView, QWidget

from denkidesk.texts import price_pairs as texts
from denkidesk.ui.parts.theme import Theme
from denkidesk.ui.tariffs.paper_table import TextTable
from denkidesk.ui.tariffs.price_pairs import Pair, folded


class PairTable(TextTable):
    """``names``: of the two plans."""

    def __init__(self, theme: Theme, names: tuple[str, str], found: Sequence[Pair], parent: QWidget) -> None:
        mark, item, apart = texts.HEAD
        super().__init__(f"{names[0]}・{names[1]}", (mark, item, *names, apart), (0, 1, 2, 3), 2, parent)
        self.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        different, same = folded(found)
        rows = [(texts.DIFFERENT, pair.item, pair.left, pair.right, pair.difference) for pair in different]
        rows += [(texts.SAME, same.item, same.left, "", "")] if same else []
        warn = QBrush(theme.colour("warn_soft"))
        self.show_rows(rows, [row[0] == texts.DIFFERENT for row in rows], [warn if row[0] == texts.DIFFERENT else None for row in rows])
        if same:
            self.setSpan(len(rows) - 1, 2, 1, 3)
