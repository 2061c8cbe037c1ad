"""What a screen shows when it has nothing to show: a sentence that says why, and a button that helps."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_M, SPACE_S, Theme

_PICTURE_SIZE = 48


class EmptyState(QWidget):
    """A picture, a heading, a sentence and at most one button, in the middle of the place."""

    action_requested = Signal()

    def __init__(self, icons: Icons, theme: Theme, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._icon = icon
        self._picture = QLabel(self)
        self._picture.setFixedSize(QSize(_PICTURE_SIZE, _PICTURE_SIZE))
        self._heading = PlainLabel("", self, scale=1.2, bold=True)
        self._text = PlainLabel("", self, tone="muted", wrap=True)
        self._text.setMaximumWidth(480)
        self._button = QPushButton(self)
        self._button.setProperty("kind", "primary")
        self._button.clicked.connect(self.action_requested)
        self.setFocusProxy(self._button)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE_S)
        centre = Qt.AlignmentFlag.AlignHCenter
        for label in (self._heading, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(2)
        layout.addWidget(self._picture, 0, centre)
        layout.addWidget(self._heading)
        text_row = QVBoxLayout()
        text_row.addWidget(self._text, 0, centre)
        layout.addLayout(text_row)
        layout.addSpacing(SPACE_M)
        layout.addWidget(self._button, 0, centre)
        layout.addStretch(3)
        self._draw()
        theme.changed.connect(self._draw)

    def show_text(self, heading: str, text: str, action_text: str = "") -> None:
        """Changes the words."""
        self._heading.setText(heading)
        self._text.setText(text)
        # A wrapping label between stretches needs to be told how wide it may become.
        self._text.setMinimumWidth(min(480, self._text.fontMetrics().horizontalAdvance(text) + SPACE_M))
        self._button.setText(action_text)
        self._button.setVisible(bool(action_text))

    def set_icon(self, icon: str) -> None:
        """Changes the picture."""
        self._icon = icon
        self._draw()

    def _draw(self) -> None:
        self._picture.setPixmap(self._icons.pixmap(self._icon, "line_strong", _PICTURE_SIZE, self.devicePixelRatioF()))
