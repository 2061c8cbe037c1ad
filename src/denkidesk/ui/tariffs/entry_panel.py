"""A few labelled fields that stand in a page until they are kept or given up; Enter goes on, and keeps at the end."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLineEdit, QPushButton, QWidget

from denkidesk.texts import paper as texts
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S, set_tone
from denkidesk.ui.tariffs.labels import label_of


class EntryPanel(QFrame):
    """``kept``: to be read, and closed if it can be. ``closed``; hidden until it is opened. ``tick``: of a box to tick, "" for none.

    ``other``: a button for another way out, for whoever owns the panel to show.
    """

    kept = Signal()
    closed = Signal()

    def __init__(self, fields: Mapping[str, str], tick: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._heading = PlainLabel("", self, bold=True, wrap=True)
        self._note = PlainLabel("", self, tone="muted", scale=0.9, wrap=True)
        self.editors = {name: QLineEdit(self) for name in fields}
        grid = QGridLayout()
        grid.setSpacing(SPACE_S)
        for row, (name, editor) in enumerate(self.editors.items()):
            editor.setAcceptDrops(False)
            editor.returnPressed.connect(lambda editor=editor: self._go_on(editor))
            grid.addWidget(label_of(editor, fields[name], self), row, 0)
            grid.addWidget(editor, row, 1)
        self.tick = QCheckBox(tick, self)
        self.tick.setVisible(bool(tick))
        keep, give_up = QPushButton(texts.KEEP, self), QPushButton(texts.CANCEL, self)
        self.other = QPushButton(self)
        self.other.hide()
        keep.setProperty("kind", "primary")
        keep.clicked.connect(self.kept)
        give_up.clicked.connect(self.close_panel)
        VBox(self, margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_M), spacing=SPACE_S).add(
            HBox().add((self._heading, 1), keep, give_up), self._note, grid, self.tick, HBox().add(self.other, Stretch())
        )
        self.hide()

    def open(self, heading: str, note: str, values: Mapping[str, str], *, ticked: bool = False) -> None:
        """Shows the fields with what is known; whoever types elsewhere goes on there."""
        self._heading.setText(heading)
        self._note.setText(note)
        for name, editor in self.editors.items():
            editor.setText(values.get(name, ""))
            set_tone(editor, "fault", "no")
        self.tick.setChecked(ticked)
        self.show()

    def focus_first(self) -> None:
        """Puts the cursor into the first field."""
        first = next(iter(self.editors.values()))
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        first.selectAll()

    def close_panel(self) -> None:
        """Goes away; the cursor goes back to where it is used."""
        self.hide()
        self.closed.emit()

    def values(self) -> dict[str, str]:
        """What stands in the fields."""
        return {name: editor.text().strip() for name, editor in self.editors.items()}

    def refuse(self, *names: str) -> None:
        """Marks fields that cannot be read, and goes to the first."""
        for name, editor in self.editors.items():
            set_tone(editor, "fault", "yes" if name in names else "no")
        self.editors[names[0]].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def _go_on(self, editor: QLineEdit) -> None:
        editors = list(self.editors.values())
        place = editors.index(editor) + 1
        if place == len(editors):
            self.kept.emit()
        else:
            editors[place].setFocus(Qt.FocusReason.TabFocusReason)
            editors[place].selectAll()
