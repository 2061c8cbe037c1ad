"""A question at the supply point number: what shall become of a name and address that were entered for another number."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from denkidesk.texts import apply as texts
from denkidesk.ui.apply.lines import Lines
from denkidesk.ui.apply.picture import Picture
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.strip import COLOUR_OF_TONE, ICON_OF_TONE, announce
from denkidesk.ui.parts.theme import ICON_SIZE, SPACE_M, SPACE_S

_PRESSING: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class PointQuestion(QFrame):
    """Three answers, each by its digit; Esc puts the number back. Hidden while there is nothing to ask."""

    keep_chosen = Signal()
    clear_chosen = Signal()
    back_chosen = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("strip", "warn")
        self._facts = Lines(self)
        answers = (texts.POINT_KEEP, texts.POINT_CLEAR, texts.POINT_BACK)
        self.buttons = [QPushButton(f"{number}  {answer}", self) for number, answer in enumerate(answers, start=1)]
        keep, self._clear, back = self.buttons
        keep.clicked.connect(self.keep_chosen)
        self._clear.clicked.connect(self.clear_chosen)
        back.clicked.connect(self.back_chosen)
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        for button in self.buttons:
            button.setAutoDefault(True)  # Enter presses the button that has the focus
            button.installEventFilter(self)
            row.addWidget(button)
        row.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(SPACE_S)
        words.addWidget(PlainLabel(texts.POINT_CHANGED_TITLE, self, bold=True, wrap=True))
        words.addWidget(self._facts)
        words.addLayout(row)
        words.addWidget(PlainLabel(texts.POINT_CHANGED_CLEAR_HINT, self, tone="muted", scale=0.9, wrap=True))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE_M, SPACE_S + 2, SPACE_M, SPACE_S + 2)
        layout.setSpacing(SPACE_M)
        picture = Picture(icons, ICON_OF_TONE["warn"], COLOUR_OF_TONE["warn"], ICON_SIZE, self)
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        self.setVisible(False)

    def ask(self, entered_for: str, customer: str) -> None:
        """Shows whose the form is so far."""
        self._facts.show_lines((texts.POINT_CHANGED_OF.format(grouped=texts.grouped(entered_for)), customer))
        if self.isHidden():
            self.setVisible(True)
            announce(self, texts.POINT_CHANGED_TITLE)

    def take_focus(self) -> None:
        """The cursor goes to the answer that mixes nothing up: what it takes away is kept as a draft."""
        self._clear.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Digits and Esc on any of the answers; a key that is held down since before the question answers nothing."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.isAutoRepeat() and event.key() in _PRESSING:
                return True
            if not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                number = event.key() - Qt.Key.Key_0
                if event.key() == Qt.Key.Key_Escape:
                    number = len(self.buttons)
                if 1 <= number <= len(self.buttons):
                    self.buttons[number - 1].click()
                    return True
        return super().eventFilter(watched, event)
