"""How the outbox stands, in one line, with the way to it: for screens that do not show it."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from denkidesk.domain.applications import OutboxItem, OutboxState
from denkidesk.texts import inbox as texts
from denkidesk.texts.names import OUTBOX_STATE_NAMES
from denkidesk.ui.parts.boxes import HBox, Stretch
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_M

_TOLD: Final = (OutboxState.QUEUED, OutboxState.SENDING, OutboxState.UNKNOWN, OutboxState.ASK, OutboxState.REJECTED)


class OutboxSummary(QWidget):
    """Counts what the clerk has still to do with."""

    open_requested = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = PlainLabel(texts.OUTBOX_EMPTY_HEADING, self, tone="muted")
        self.button = QPushButton(texts.OUTBOX_OPEN, self)
        icons.put(self.button, "outbox")
        self.button.clicked.connect(self.open_requested)
        HBox(self, margins=0, spacing=SPACE_M).add(self.label, Stretch(), self.button)

    def show_items(self, items: Sequence[OutboxItem]) -> None:
        """Says how many items stand where."""
        states = Counter(item.state for item in items)
        counts = [texts.OUTBOX_COUNT.format(state=OUTBOX_STATE_NAMES[state], count=states[state]) for state in _TOLD if states[state]]
        self.label.setText(texts.OUTBOX_NAME + "：" + ("、".join(counts) or texts.OUTBOX_ALL_DONE if items else texts.OUTBOX_NONE))
