"""The editors of a form's fields. All speak alike: ``value``, ``set_value``, ``begin``, and the signals ``edited``, ``left``, ``advanced``.

No input mask and no validator: they fight with Japanese input methods. What was typed is put in order when the field is left.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QSizePolicy, QWidget

from denkidesk.domain.supply_point import DIGITS, grouped
from denkidesk.forms.model import Editor, Field
from denkidesk.texts import apply as texts
from denkidesk.ui.parts.composition import Composition
from denkidesk.ui.parts.key_binding import ENTER
from denkidesk.ui.parts.theme import CONTROL_HEIGHT, SPACE_S, SPACE_XS

CHIPS_WIDTH: Final = 560


class LineEditor(QLineEdit):
    """One line. Enter goes on to the next field, but not the Enter that ends a composition."""

    edited = Signal()
    left = Signal()
    advanced = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composition = Composition()
        self._beginning = ""
        self.textEdited.connect(self._on_text_edited)

    @property
    def is_begun(self) -> bool:
        """Whether nothing but a beginning stands there, behind which the clerk goes on."""
        return bool(self._beginning) and self.text() == self._beginning

    def take_as_beginning(self) -> None:
        """What stands there now is to be gone on with, and is not typed over."""
        self._beginning = self.text()

    def value(self) -> str:
        return self.text()

    def set_value(self, value: str) -> None:
        if value != self.text():
            self.setText(value)

    def begin(self, value: str) -> None:
        """Puts a value in that nothing went before: Ctrl+Z brings no other one back."""
        self._beginning = ""
        self.clear()
        self.set_value(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter means "on to the next field"."""
        if event.key() in ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.accept()
            if not self._composition.has_enter:
                self.advanced.emit()
            return
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remembers whose the next Enter is."""
        super().inputMethodEvent(event)
        self._composition.note(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt selects everything for a cursor that comes by Tab: the next letter would replace it."""
        super().focusInEvent(event)
        if self.is_begun:
            self.end(False)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the window for a moment or opening a menu is not leaving the field."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()

    def _on_text_edited(self, _text: str) -> None:
        self.edited.emit()


class PointEditor(LineEditor):
    """A supply point number, in groups once it is whole; the value has no separators of ours."""

    def value(self) -> str:
        """What was typed, or the digits that were put into groups."""
        digits = self.text().replace("-", "")
        return digits if grouped(digits) == self.text() else self.text()

    def set_value(self, value: str) -> None:
        super().set_value(grouped(value) if len(value) == DIGITS else value)


class MultilineEditor(QPlainTextEdit):
    """A few lines. Tab leaves the field; Enter begins a line."""

    edited = Signal()
    left = Signal()
    advanced = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setFixedHeight(3 * self.fontMetrics().lineSpacing() + 2 * SPACE_S)
        self._is_setting = False
        self.textChanged.connect(self._on_text_changed)

    def value(self) -> str:
        return self.toPlainText()

    def set_value(self, value: str) -> None:
        if value != self.toPlainText():
            self._is_setting = True
            self.setPlainText(value)
            self._is_setting = False

    def begin(self, value: str) -> None:
        """Puts a value in that nothing went before."""
        self._is_setting = True
        self.setPlainText(value)
        self._is_setting = False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tells that the text is complete, as a line does."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()

    def _on_text_changed(self) -> None:
        if not self._is_setting:
            self.edited.emit()


class ListEditor(QComboBox):
    """One of many choices. The mouse wheel scrolls the page and never changes a choice in passing."""

    edited = Signal()
    left = Signal()
    advanced = Signal()

    def __init__(self, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(texts.CHOOSE)
        for code, label in choices:
            self.addItem(label, code)
        self.setCurrentIndex(-1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(self._on_activated)

    def value(self) -> str:
        """The code that is chosen; empty if none is."""
        code = self.currentData()
        return code if isinstance(code, str) else ""

    def set_value(self, value: str) -> None:
        """Chooses a code; an unknown one chooses nothing."""
        self.setCurrentIndex(self.findData(value))

    def begin(self, value: str) -> None:
        self.set_value(value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leaves the wheel to the page."""
        event.ignore()

    def _on_activated(self, _index: int) -> None:
        self.edited.emit()
        self.left.emit()


class ChipsEditor(QWidget):
    """One of a few choices, all in sight. A digit chooses and goes on to the next field; arrows move, Space chooses."""

    edited = Signal()
    left = Signal()
    advanced = Signal()
    turned = Signal(bool)  # the cursor came here, or went

    def __init__(self, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codes = [code for code, _ in choices]
        self._labels = [label for _, label in choices]
        self._buttons: list[QPushButton] = []
        self._group = QButtonGroup(self, exclusive=True)
        for number, (_, label) in enumerate(choices, start=1):
            button = QPushButton(f"{number}  {label}", self)
            button.setCheckable(True)
            button.setProperty("kind", "chip")
            button.setAccessibleName(label)
            button.clicked.connect(self._on_clicked)
            button.installEventFilter(self)
            self._group.addButton(button)
            self._buttons.append(button)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if self._buttons:
            self.setFocusProxy(self._buttons[0])

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's own method
        """Each answer is said with its question: a screen reader comes to the answer alone."""
        super().setAccessibleName(name)
        for button, label in zip(self._buttons, self._labels, strict=True):
            button.setAccessibleName(f"{name}、{label}")

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._flow(width, move=False)

    def sizeHint(self) -> QSize:
        """One row if it is not too long."""
        total = sum(button.sizeHint().width() + SPACE_S for button in self._buttons)
        width = min(CHIPS_WIDTH, total)
        return QSize(width, self._flow(width, move=False))

    def minimumSizeHint(self) -> QSize:
        """The longest button alone."""
        width = max((button.sizeHint().width() for button in self._buttons), default=0)
        return QSize(width, CONTROL_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._flow(self.width(), move=True)

    def _flow(self, width: int, *, move: bool) -> int:
        """Fills row after row; returns the height. A row is as high as a line editor, so that labels stand level with it."""
        left = top = 0
        for button in self._buttons:
            size = button.sizeHint()
            if left and left + size.width() > width:
                left, top = 0, top + CONTROL_HEIGHT + SPACE_XS
            if move:
                button.setGeometry(left, top + (CONTROL_HEIGHT - size.height()) // 2, size.width(), size.height())
            left += size.width() + SPACE_S
        return top + CONTROL_HEIGHT

    def value(self) -> str:
        """The code that is chosen; empty if none is."""
        return next((code for code, button in zip(self._codes, self._buttons, strict=True) if button.isChecked()), "")

    def set_value(self, value: str) -> None:
        """Chooses a code; an unknown one chooses nothing."""
        self._group.setExclusive(False)
        for code, button in zip(self._codes, self._buttons, strict=True):
            button.setChecked(code == value)
        self._group.setExclusive(True)
        chosen = next((button for button in self._buttons if button.isChecked()), None)
        if self._buttons:
            self.setFocusProxy(chosen or self._buttons[0])

    def begin(self, value: str) -> None:
        self.set_value(value)

    def name_after(self, question: str) -> None:
        """A screen reader hears the question with each of its answers, and how many there are."""
        self.setAccessibleName(question)
        for number, button in enumerate(self._buttons, start=1):
            words = texts.CHOICE_NAME.format(question=question, answer=button.text(), number=number, count=len(self._buttons))
            button.setAccessibleName(" ".join(words.split()))

    def eventFilter(self, _watched: object, event: QEvent) -> bool:
        """Digits and Enter on any of the buttons."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.turned.emit(event.type() == QEvent.Type.FocusIn)
            return False
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            number = event.key() - Qt.Key.Key_0
            if 1 <= number <= len(self._buttons):
                self._choose(self._buttons[number - 1])
                self.advanced.emit()
                return True
            if event.key() in ENTER:
                self.advanced.emit()
                return True
        return False

    def _choose(self, button: QPushButton) -> None:
        button.setChecked(True)
        button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_clicked()

    def _on_clicked(self) -> None:
        chosen = self._group.checkedButton()
        if chosen is not None:
            self.setFocusProxy(chosen)
        self.edited.emit()
        self.left.emit()


FieldEditor = LineEditor | MultilineEditor | ListEditor | ChipsEditor

_CHIPS_AT_MOST: Final = 5


def editor_of(field: Field, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> FieldEditor:
    """The editor that fits a field; a code without a table is typed."""
    match field.editor:
        case Editor.MULTILINE:
            return MultilineEditor(parent)
        case Editor.SUPPLY_POINT:
            return PointEditor(parent)
        case Editor.ANSWER:
            return ChipsEditor([(code, texts.ANSWERS[code]) for code in field.answers], parent)
        case Editor.CHOICE if choices:
            return ChipsEditor(choices, parent) if len(choices) <= _CHIPS_AT_MOST else ListEditor(choices, parent)
        case _:
            return LineEditor(parent)
