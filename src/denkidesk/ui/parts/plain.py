"""Labels that show text exactly as it is: whatever a server, a file or the clerk says never becomes markup."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from denkidesk.ui.parts.theme import set_tone


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
            font = self.font()
            font.setPointSizeF(round(font.pointSizeF() * scale, 1))
            font.setBold(bold)
            self.setFont(font)
        if wrap:
            self.setWordWrap(True)
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if selectable:
            flags = Qt.TextInteractionFlag
            self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        if tone:
            self.set_tone(tone)

    def set_tone(self, tone: str) -> None:
        """Changes the colour: ``muted``, ``accent``, ``ok``, ``warn``, ``error`` or empty."""
        if self.property("tone") != tone:
            set_tone(self, "tone", tone)
