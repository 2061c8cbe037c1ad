"""A tinted box inside a page: a mark, a heading, and a few lines."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from denkidesk.ui.parts.boxes import HBox, VBox
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.lines import Lines
from denkidesk.ui.parts.picture import Picture
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.strip import COLOUR_OF_TONE, ICON_OF_TONE, announce
from denkidesk.ui.parts.theme import ICON_SIZE, SPACE_M, SPACE_S, SPACE_XS


class NoticeBox(QFrame):
    """Hidden while it has no lines."""

    def __init__(self, icons: Icons, tone: str, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[str, ...] = ()
        self._heading = PlainLabel(heading, self, bold=True, wrap=True)
        self.setProperty("strip", tone)
        picture = Picture(icons, ICON_OF_TONE[tone], COLOUR_OF_TONE[tone], ICON_SIZE, self)
        self._text = Lines(self)
        self._words = VBox(spacing=SPACE_XS + 2).add(self._heading, self._text)
        HBox(self, margins=(SPACE_M, SPACE_S + 2, SPACE_M, SPACE_S + 2), spacing=SPACE_M).add(
            (picture, 0, Qt.AlignmentFlag.AlignTop), (self._words, 1)
        )
        self.setVisible(False)

    def add(self, widget: QWidget) -> None:
        """Puts something below the lines, to be answered there."""
        self._words.addWidget(widget)

    def show_lines(self, lines: Sequence[str], heading: str = "") -> None:
        """Shows the lines, under another heading if one is given; none hides the box."""
        self.lines = tuple(lines)
        if heading:
            self._heading.setText(heading)
        self._text.show_lines(self.lines)
        self.setVisible(bool(self.lines))
        if self.lines:
            announce(self, self._heading.text())
