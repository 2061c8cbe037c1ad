"""What all rows have in common: an editor for each item that has to be there and has no column."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget

from denkidesk.desk.bulk_batches import Brought
from denkidesk.texts import bulk as texts
from denkidesk.texts.apply import REQUIRED_NAME
from denkidesk.ui.parts.boxes import HBox
from denkidesk.ui.parts.flow import Flow
from denkidesk.ui.parts.plain import PlainLabel, set_tip
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S


class CommonValues(QWidget):
    """Hidden where each item has its column."""

    chosen = Signal(str, str)  # field, value
    column_wanted = Signal(str)  # field: not all rows are alike in it

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.editors: dict[str, QComboBox | QLineEdit] = {}
        self._flow = Flow(SPACE_M)
        margins = HBox(self, margins=(SPACE_L, 0, SPACE_L, 0), spacing=SPACE_S)
        margins.add((self._flow, 1))
        self._parts: list[QWidget] = []
        self._heading = PlainLabel(texts.COMMON, self, tone="muted")
        self._flow.add(self._heading)

    def set_narrow(self, narrow: bool) -> None:
        """Where there is little room the heading is short, so that the editors stand in one line and the rows below have the other."""
        self._heading.setText(texts.COMMON_SHORT if narrow else texts.COMMON)

    def show_brought(self, brought: Brought) -> None:
        """Editors for what has no column, each with what all rows have. The same ones are kept as they are."""
        table, form = brought.table, brought.form
        names = [field.name for field in form.fields if field.name in table.common or field.name in form.missing(table.fields, {})]
        names = [name for name in names if name not in table.fields]
        if names != list(self.editors):
            self._build(brought, names)
        for name, editor in self.editors.items():
            value = table.common.get(name, "")
            if isinstance(editor, QComboBox):
                editor.setCurrentIndex(max(0, editor.findData(value)))
            elif not editor.hasFocus():
                editor.setText(value)

    def focus_missing(self, brought: Brought) -> bool:
        """Puts the cursor where something has to be said yet; False where nothing has."""
        missing = next(iter(brought.form.missing(brought.table.fields, brought.table.common)), "")
        editor = self.editors.get(missing)
        if editor is not None:
            editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return editor is not None

    def _build(self, brought: Brought, names: list[str]) -> None:
        for part in self._parts:
            self._flow.removeWidget(part)
            part.hide()
            part.deleteLater()
        self.editors, self._parts = {}, []
        if not names:
            return
        for name in names:
            box = QWidget(self)
            label = PlainLabel(brought.form.label(name), box)
            editor = self._editor(brought, name, box)
            label.setBuddy(editor)
            said = f"{texts.COMMON} {brought.form.label(name)}"
            editor.setAccessibleName(REQUIRED_NAME.format(label=said) if brought.form.is_required(name) else said)
            HBox(box, margins=0, spacing=SPACE_S).add(label, editor, *self._column_button(brought, name, box))
            self.editors[name] = editor
            self._parts.append(box)
        self._flow.add(*self._parts)
        for part in self._parts:
            part.show()

    def _column_button(self, brought: Brought, name: str, parent: QWidget) -> tuple[QPushButton, ...]:
        """None where there is one code alone."""
        if len(brought.form.choices(name)) == 1:
            return ()
        button = QPushButton(texts.COMMON_COLUMN, parent)
        button.setProperty("small", "yes")
        words = texts.COMMON_COLUMN_TIP.format(label=brought.form.label(name))
        button.setAccessibleName(words)
        set_tip(button, words)
        button.clicked.connect(partial(self.column_wanted.emit, name))
        return (button,)

    def _editor(self, brought: Brought, name: str, parent: QWidget) -> QComboBox | QLineEdit:
        choices = brought.form.choices(name)
        if not choices:
            line = QLineEdit(parent)
            line.setObjectName(name)
            line.editingFinished.connect(self._on_typed)
            return line
        combo = QComboBox(parent)
        combo.setObjectName(name)
        combo.addItem(texts.COMMON_CHOICE, "")
        for code, label in choices:
            combo.addItem(label, code)
        combo.activated.connect(self._on_chosen)
        return combo

    def _on_chosen(self, _place: int) -> None:
        combo = self.sender()
        if isinstance(combo, QComboBox):
            self.chosen.emit(combo.objectName(), str(combo.currentData()))

    def _on_typed(self) -> None:
        line = self.sender()
        if isinstance(line, QLineEdit) and line.isModified():
            line.setModified(False)
            self.chosen.emit(line.objectName(), line.text())
