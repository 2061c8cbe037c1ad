"""The steps of a form at its left: where the clerk is, what is done, and the way back."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from denkidesk.forms.walk import Walk
from denkidesk.texts import apply as texts
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.theme import SPACE_XS, set_tone


class StepList(QWidget):
    """A button for each step and one for the review; only what was reached can be gone to."""

    place_chosen = Signal(object)

    def __init__(self, icons: Icons, titles: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._titles = list(titles)
        self._buttons: list[QPushButton] = []
        self.setAccessibleName(texts.STEPS_NAME)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_XS)
        for place, title in enumerate(self._titles):
            button = QPushButton(f"{place + 1}　{title}", self)
            button.setProperty("kind", "step")
            button.setProperty("place", place)
            button.clicked.connect(self._on_clicked)
            layout.addWidget(button)
            self._buttons.append(button)
        layout.addStretch(1)

    def show_walk(self, walk: Walk) -> None:
        """Marks the present place; what lies ahead unseen cannot be pressed."""
        for place, button in enumerate(self._buttons):
            is_here = place == walk.at
            state = "here" if is_here else "seen" if walk.can_jump_to(place) else "ahead"
            button.setEnabled(state != "ahead")
            button.setAccessibleName(
                texts.STEP_ACCESSIBLE[state].format(number=place + 1, count=len(self._buttons), title=self._titles[place])
            )
            self._icons.put(
                button, "chevron-right" if is_here else "check" if place < walk.reached else "dot", "accent" if is_here else "muted"
            )
            set_tone(button, "state", state)

    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, QPushButton):
            self.place_chosen.emit(sender.property("place"))
