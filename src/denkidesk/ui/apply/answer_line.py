"""What the answers of an outage say about 設備項目区分, with the way to overrule it; and where the utility tells of its outages."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from denkidesk.texts import apply as texts
from denkidesk.ui.apply.compact_row import QUESTION_WIDTH
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.notice_box import NoticeBox
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_S

AROUND: Final = ("triage_neighbours", "around_too")


class AnswerLine(QWidget):
    """``page_requested`` only by the clerk's own act: nothing is looked up by itself."""

    overruled = Signal()
    page_requested = Signal()

    def __init__(self, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self.button = QPushButton("", self)
        self.button.setProperty("kind", "quiet")
        icons.put(self.button, "chevron-right", "accent")
        self.button.clicked.connect(self.overruled)
        self._goes_into = PlainLabel(texts.ANSWERS_GO_INTO, self, tone="muted", scale=0.9)
        self.page_button = QPushButton(texts.OUTAGE_PAGE, self)
        self.page_button.setProperty("kind", "quiet")
        self.page_button.clicked.connect(self.page_requested)
        self._phone = PlainLabel("", self, scale=0.9, selectable=True)
        self.around = NoticeBox(icons, "info", texts.TRIAGE_AROUND_TITLE, self)
        row = HBox(margins=(QUESTION_WIDTH - SPACE_S, 0, 0, 0), spacing=SPACE_S).add(
            self.button, self._goes_into, Stretch(), self.page_button, self._phone
        )
        VBox(self, margins=0, spacing=SPACE_S).add(self.around, row)
        self.offer("", "")

    def offer(self, page: str, phone: str) -> None:
        """The address and the number that the settings name; empty ones are not shown."""
        self.page_button.setVisible(bool(page))
        self._phone.setText(texts.OUTAGE_PHONE.format(number=phone) if phone else "")
        self._phone.setVisible(bool(phone))

    def show_answers(self, label: str, *, is_open: bool, values: Mapping[str, str]) -> None:
        """``label``: what follows from the answers; ``is_open``: the clerk chooses it below."""
        self.button.setText(texts.ANSWERS_SAY.format(label=label or texts.ANSWERS_SAY_NOTHING))
        self.button.setVisible(not is_open)
        self._goes_into.setVisible(not is_open and bool(label))
        name, answer = AROUND
        self.around.show_lines((texts.TRIAGE_AROUND,) if values.get(name) == answer else ())
