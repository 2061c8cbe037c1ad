"""Labels and tips that show text exactly as it is: whatever a server, a file or the clerk says never becomes markup."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from denkidesk.ui.parts.theme import set_tone, stepped

_INERT: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})
"""As ``html.escape``, which loads the names of two thousand letters; the first screen has tips."""


def plain_tip(text: str) -> str:
    """What to hand to Qt as a tip, of a widget or of an item, so that the text is shown as it is, and wrapped.

    A tip has no switch for plain text: Qt takes for markup whatever looks like some. So it gets markup in which nothing of the text acts.
    """
    return f'<span style="white-space:pre-wrap">{text.translate(_INERT)}</span>' if text else ""


def set_tip(widget: QWidget, text: str) -> None:
    """The one way to a widget's tip. A screen reader says it as the description: of itself Qt would read the markup out."""
    widget.setToolTip(plain_tip(text))
    widget.setAccessibleDescription(text)


SELECTABLE: Final = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class PlainLabel(QLabel):
    """A label that is always plain text. ``scale`` is a step of the type scale; ``tone`` a text colour of ``Colours``."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        tone: str = "",
        scale: float = 1.0,
        bold: bool = False,
        wrap: bool = False,
        selectable: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setOpenExternalLinks(False)
        self.setText(text)
        if scale != 1.0 or bold:
            self.setFont(stepped(self.font(), scale, bold=bold))
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            self.setWordWrap(True)  # after the policy, which would forget that the height follows from the width
        if selectable:
            self.setTextInteractionFlags(SELECTABLE)
        if tone:
            self.set_tone(tone)

    def set_tone(self, tone: str) -> None:
        """Changes the colour: ``muted``, ``accent``, ``ok``, ``warn``, ``error`` or empty."""
        if self.property("tone") != tone:
            set_tone(self, "tone", tone)


class CutLabel(PlainLabel):
    """One line that ends in an ellipsis where it does not fit; it never asks for room."""

    def __init__(self, text: str, parent: QWidget, *, tone: str = "", scale: float = 1.0) -> None:
        super().__init__(text, parent, tone=tone, scale=scale)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def is_cut(self) -> bool:
        """Whether there is more than can be seen."""
        return self.fontMetrics().horizontalAdvance(self._line) > self.width() or "\n" in self.text()

    @property
    def _line(self) -> str:
        return self.text().replace("\n", "　")

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            words = painter.fontMetrics().elidedText(self._line, Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
