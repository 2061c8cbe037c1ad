"""An own plan as it is typed: what it costs by the month, the hour and the step."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLineEdit, QPushButton, QWidget

from denkidesk.desk.own_plan_form import COLUMNS, ROWS, UNITS
from denkidesk.domain.areas import AREA_NAMES_JA, quoting_code
from denkidesk.texts import own_plans as texts
from denkidesk.ui.parts.boxes import HBox, VBox
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.strip import announce
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XS, set_tone
from denkidesk.ui.tariffs.labels import label_of

_CHOICES: Final[Mapping[str, Mapping[str, str]]] = {
    "area": {quoting_code(area): name for area, name in AREA_NAMES_JA.items()},
    "contract_type": texts.KINDS,
    "base": texts.BASES,
    "unit": {unit: unit for unit in UNITS},
}
_WIDTHS: Final = {"name": 116, "price": 72}
_NARROW: Final = 64
_BESIDE: Final = 3


class OwnPlanForm(QFrame):
    """``kept``: to be read, and closed if it can be. ``closed``; hidden until it is opened."""

    kept = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._heading = PlainLabel("", self, bold=True, wrap=True)
        self._note = PlainLabel("", self, tone="error", wrap=True, selectable=True)
        self._doubted: dict[str, str] = {}  # what stood in the fields when a doubt was said
        self.combos: dict[str, QComboBox] = {}
        self.editors: dict[str, QLineEdit] = {}
        self.keep, give_up = QPushButton(texts.KEEP, self), QPushButton(texts.CANCEL, self)
        self.keep.setProperty("kind", "primary")
        self.keep.clicked.connect(self.kept)
        give_up.clicked.connect(self.close_form)
        VBox(self, margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_M), spacing=SPACE_S).add(
            HBox().add((self._heading, 1), self.keep, give_up),
            self._note,
            self._build_fields(),
            PlainLabel(texts.ROWS_HINT, self, tone="muted", scale=0.9, wrap=True),
            self._build_rows(),
        )
        self.hide()

    @property
    def notes(self) -> str:
        """What is said about fields that cannot be read, or are doubtful."""
        return self._note.text()

    def open(self, heading: str, values: Mapping[str, str]) -> None:
        """Shows what is known of a plan; the cursor goes to its name."""
        self._heading.setText(heading)
        self._doubted = {}
        for name, combo in self.combos.items():
            combo.setCurrentIndex(max(0, combo.findData(values.get(name, ""))))
        for name, editor in self.editors.items():
            editor.setText(values.get(name, ""))
        self.refuse("", ())
        self.show()
        self.editors["name"].setFocus(Qt.FocusReason.OtherFocusReason)

    def values(self) -> dict[str, str]:
        """What stands in the fields."""
        return {
            **{name: str(combo.currentData()) for name, combo in self.combos.items()},
            **{name: editor.text() for name, editor in self.editors.items()},
        }

    @property
    def is_doubted(self) -> bool:
        """Whether a doubt was said of exactly what stands in the fields: who keeps it all the same has read it."""
        return self._doubted == self.values()

    def doubt(self, words: str, fields: tuple[str, ...]) -> None:
        """Says what is doubtful, and marks the fields; it can be kept by the same key."""
        self.refuse(words, fields, "warn")
        self._doubted = self.values()

    def refuse(self, words: str, fields: tuple[str, ...], tone: str = "error") -> None:
        """Says what cannot be kept, and marks the fields; the cursor goes to the first."""
        self._note.setText(words)
        self._note.set_tone(tone)
        if words:
            announce(self, words)
        self._note.setVisible(bool(words))
        for name, editor in self.editors.items():
            set_tone(editor, "fault", "yes" if name in fields else "no")
        if first := next((self.editors[name] for name in fields if name in self.editors), None):
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            first.selectAll()

    def close_form(self) -> None:
        """Goes away; nothing of it is kept."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up, Enter keeps."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_form()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.kept.emit()
        else:
            super().keyPressEvent(event)

    def _build_fields(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_M)
        grid.setVerticalSpacing(SPACE_XS)
        for place, (name, words) in enumerate(texts.FIELDS.items()):
            row, column = divmod(place, _BESIDE)
            editor: QWidget
            if name in _CHOICES:
                editor = self.combos[name] = QComboBox(self)
                for value, shown in _CHOICES[name].items():
                    self.combos[name].addItem(shown, value)
                self.combos[name].setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            else:
                editor = self._field(name)
            grid.addWidget(label_of(editor, words, self, scale=0.9), row * 2, column)
            grid.addWidget(editor, row * 2 + 1, column)
        return grid

    def _build_rows(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_S)
        grid.setVerticalSpacing(SPACE_XS)
        for column, name in enumerate(COLUMNS):
            grid.addWidget(PlainLabel(texts.COLUMNS[name], self, tone="muted", scale=0.9), 0, column)
            for row in range(1, ROWS + 1):
                editor = self._field(f"{name} {row}")
                editor.setAccessibleName(texts.field_words(f"{name} {row}"))
                editor.setMinimumWidth(_WIDTHS.get(name, _NARROW))
                if name != "name":
                    editor.setAlignment(Qt.AlignmentFlag.AlignRight)
                grid.addWidget(editor, row, column)
        before: QWidget = self.editors["discount"]
        for row in range(1, ROWS + 1):  # along the rows, as they are read
            for name in COLUMNS:
                QWidget.setTabOrder(before, self.editors[f"{name} {row}"])
                before = self.editors[f"{name} {row}"]
        return grid

    def _field(self, name: str) -> QLineEdit:
        editor = self.editors[name] = QLineEdit(self)
        editor.setAcceptDrops(False)  # a file that is let go here is a usage file
        return editor
