"""Ctrl+K: a field and a list of all that can be done, found by any part of a name, its readings included."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QDialog, QHeaderView, QMainWindow, QTabWidget, QTreeWidget, QTreeWidgetItem

from denkidesk.texts import acts as texts
from denkidesk.ui.parts.boxes import VBox
from denkidesk.ui.parts.plain import PlainLabel, set_tip
from denkidesk.ui.parts.room import resize_within_screen
from denkidesk.ui.parts.stepping_edit import SteppingEdit
from denkidesk.ui.parts.strip import announce
from denkidesk.ui.parts.theme import SPACE_M, SPACE_S
from denkidesk.ui.shell.acts import FoundAct, acts_of, matching

_NAME, _PLACE, _KEY = range(3)
_ROLE: Final = Qt.ItemDataRole


class ActSearch(QDialog):
    """Enter does the chosen act when the dialog has gone, so that the cursor is where it was; Esc changes nothing."""

    def __init__(self, window: QMainWindow, tabs: QTabWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts.TITLE)
        self._window = window
        self._acts = acts_of(window, tabs)
        self._found: Sequence[FoundAct] = ()
        self.editor = SteppingEdit(self)
        self.editor.setPlaceholderText(texts.HINT)
        self.editor.setAccessibleName(texts.TITLE)
        set_tip(self.editor, texts.HINT)
        self.editor.textChanged.connect(self._on_typed)
        self.editor.stepped.connect(self._step)
        self.editor.returnPressed.connect(self._run)
        self.list = QTreeWidget(self)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrows work from the field
        self.list.setAccessibleName(texts.FOUND)
        self.list.setHeaderLabels(texts.HEADINGS)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionsMovable(False)
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        self.list.itemActivated.connect(self._run)
        self.list.itemClicked.connect(self._run)
        self.list.currentItemChanged.connect(self._on_chosen)
        self.why = PlainLabel("", self, tone="muted", wrap=True)
        VBox(self, margins=SPACE_M, spacing=SPACE_S).add(self.editor, (self.list, 1), self.why)
        self.editor.setFocus()
        resize_within_screen(self, 720, 480)
        self._on_typed("")

    def _on_typed(self, words: str) -> None:
        self._found = matching(self._acts, words)
        self.list.clear()
        for act in self._found:
            place = act.place
            item = QTreeWidgetItem([act.name, place, act.key])
            if act.why:
                for column in range(len(texts.HEADINGS)):
                    item.setForeground(column, self.palette().placeholderText())
            spoken = texts.ROW_SPOKEN.format(name=act.name, place=place, key=act.key or texts.NO_KEY, why=f"、{act.why}" if act.why else "")
            item.setSizeHint(_NAME, QSize(0, self.fontMetrics().height() + SPACE_M))
            item.setData(_NAME, _ROLE.AccessibleTextRole, spoken)
            self.list.addTopLevelItem(item)
        if self._found:
            self._choose(0)
        else:
            self.why.setText(texts.NONE)

    def _on_chosen(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.why.setText(self._found[self.list.indexOfTopLevelItem(item)].why)
            announce(self.editor, item.data(_NAME, _ROLE.AccessibleTextRole))

    def _step(self, rows: int) -> None:
        if self._found:
            self._choose(min(max(self.list.currentIndex().row() + rows, 0), len(self._found) - 1))

    def _choose(self, place: int) -> None:
        self.list.setCurrentIndex(self.list.model().index(place, _NAME))

    def _run(self) -> None:
        place = self.list.currentIndex().row()
        if not 0 <= place < len(self._found):
            return
        act = self._found[place]
        if act.why and not act.leads_there:
            announce(self.editor, act.why)
            return
        self.accept()
        QTimer.singleShot(0, self._window, act.run)
