"""What a screen shows when it has nothing to show: a sentence that says why, and a button that helps."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from denkidesk.ui.parts.boxes import Gap, HBox, Stretch, VBox
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.picture import Picture
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_M, SPACE_S

_PICTURE_SIZE = 48
_TEXT_WIDTH = 480


class EmptyState(QWidget):
    """A picture, a heading, a sentence and at most one button, in the middle of the place."""

    action_requested = Signal()

    def __init__(self, icons: Icons, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        picture = Picture(icons, icon, "line_strong", _PICTURE_SIZE, self)
        self._heading = PlainLabel("", self, scale=1.2, bold=True)
        self._text = PlainLabel("", self, tone="muted", wrap=True)
        self._text.setMaximumWidth(_TEXT_WIDTH)
        self._button = QPushButton(self)
        self._button.setProperty("kind", "primary")
        self._button.clicked.connect(self.action_requested)
        self.setFocusProxy(self._button)
        centre = Qt.AlignmentFlag.AlignHCenter
        for label in (self._heading, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        text_row = HBox().add(Stretch(1), (self._text, 100), Stretch(1))  # as wide as it may be, and as high as its words are at that width
        VBox(self, spacing=SPACE_S).add(
            Stretch(2), (picture, 0, centre), self._heading, text_row, Gap(SPACE_M), (self._button, 0, centre), Stretch(3)
        )

    def show_text(self, heading: str, text: str, action_text: str = "") -> None:
        self._heading.setText(heading)
        self._text.setText(text)
        self._button.setText(action_text)
        self._button.setVisible(bool(action_text))
