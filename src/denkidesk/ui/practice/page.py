"""The page of the practice: three steps with the keys of the daily work, and five troubles by name."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QWidget

from denkidesk.domain.troubles import Trouble
from denkidesk.texts import practice as texts
from denkidesk.ui.parts.boxes import Gap, HBox, Stretch, VBox
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.picture import Picture
from denkidesk.ui.parts.plain import PlainLabel, set_tip
from denkidesk.ui.parts.theme import ICON_SIZE, SPACE_L, SPACE_M, SPACE_S, SPACE_XL, SPACE_XS, set_tone

_ICONS: Final = {
    Trouble.CUT: ("unknown", "warn"),
    Trouble.LATE: ("clock", "muted"),
    Trouble.MAINTENANCE: ("server-off", "warn"),
    Trouble.LOGIN: ("key", "error"),
    Trouble.CLOSED: ("calendar", "muted"),
}
_BESIDE_FROM: Final = 900  # narrower than this, the two cards stand below each other
_LOW: Final = 360  # lower than this, the steps and what begins them are not in sight together
_DONE, _NEXT, _LATER = range(3)


class _Step(QFrame):
    """One step: its number or a check, what it is, and its keys."""

    def __init__(self, number: int, step: texts.Step, parent: QWidget) -> None:
        super().__init__(parent)
        self._number = number
        self._step = step
        self._mark = PlainLabel(str(number), self, scale=1.6, bold=True)
        self._mark.setMinimumWidth(self._mark.fontMetrics().horizontalAdvance("00"))
        self._mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words = VBox(spacing=SPACE_XS).add(
            PlainLabel(step.title, self, scale=1.2, bold=True), PlainLabel(step.text, self, tone="muted", wrap=True)
        )
        keys = PlainLabel(step.keys, self, tone="accent", bold=True)
        HBox(self, margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_M), spacing=SPACE_M).add(self._mark, (words, 1), keys)

    def show_state(self, state: int) -> None:
        """``_DONE``, ``_NEXT`` or ``_LATER``; the next one is lit."""
        self._mark.setText("✓" if state == _DONE else str(self._number))
        self._mark.set_tone(("ok", "accent", "muted")[state])
        set_tone(self, "strip", "info" if state == _NEXT else "")
        step = self._step
        self.setAccessibleName(
            texts.STEP_SPOKEN.format(
                number=self._number,
                count=len(texts.STEPS),
                state=texts.STEP_STATES[state],
                title=step.title,
                keys=step.keys,
                text=step.text,
            )
        )


class PracticePage(FittedPage):
    """Says what is asked for by signals; what is done and what waits is shown by :meth:`show_progress`."""

    begin_requested = Signal()
    samples_requested = Signal()
    trouble_requested = Signal(object)  # Trouble

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        body = QWidget(self)
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._cards.setSpacing(SPACE_XL)
        self._cards.addWidget(self._build_steps(body), 3)
        self._cards.addWidget(self._build_troubles(icons, body), 2)
        VBox(body, margins=SPACE_L).add(Stretch(), self._cards, Stretch(2))
        self.set_body(body)
        self.setFocusProxy(self.begin)
        self.show_progress(0)

    def _build_steps(self, body: QWidget) -> QWidget:
        side, card = QWidget(body), QFrame(body)
        card.setProperty("kind", "card")
        self._steps = [_Step(number, step, card) for number, step in enumerate(texts.STEPS, 1)]
        self.begin = QPushButton(texts.BEGIN, card)
        self.begin.setProperty("kind", "primary")
        self.begin.clicked.connect(self.begin_requested)
        self.samples = QPushButton(texts.SAMPLES, card)
        self.samples.setProperty("kind", "quiet")
        self.samples.clicked.connect(self.samples_requested)
        self._foot = QWidget(card)
        foot = HBox(self._foot, margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_M), spacing=SPACE_M)
        foot.add(self.begin, self.samples, Stretch())
        self._lines = VBox(card, margins=0, spacing=0).add(*self._steps, self._foot)
        VBox(side, margins=0, spacing=SPACE_S).add(
            PlainLabel(texts.HEADING, side, scale=1.6, bold=True, wrap=True),
            PlainLabel(f"{texts.LEAD}{texts.LATER}", side, tone="muted", wrap=True),
            Gap(SPACE_S),
            card,
            Stretch(),
        )
        return side

    def _build_troubles(self, icons: Icons, body: QWidget) -> QWidget:
        side, card = QWidget(body), QFrame(body)
        card.setProperty("kind", "card")
        rows = VBox(card, margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_M), spacing=SPACE_M)
        self.troubles: dict[Trouble, QPushButton] = {}
        for number, (trouble, words) in enumerate(texts.TROUBLES.items(), 1):
            button = QPushButton(texts.PRACTISE.format(number=number), card)
            button.setAccessibleName(texts.PRACTISE_NAME.format(name=words.name, happens=words.happens))
            button.clicked.connect(partial(self.trouble_requested.emit, trouble))
            set_tip(button, words.then)
            self.troubles[trouble] = button
            told = VBox(spacing=SPACE_XS).add(
                PlainLabel(words.name, card, bold=True), PlainLabel(words.happens, card, tone="muted", wrap=True)
            )
            rows.add(HBox(spacing=SPACE_M).add(Picture(icons, *_ICONS[trouble], ICON_SIZE, card), (told, 1), button))
        VBox(side, margins=0, spacing=SPACE_S).add(
            PlainLabel(texts.TROUBLES_HEADING, side, scale=1.2, bold=True),
            PlainLabel(f"{texts.TROUBLES_LEAD}{texts.TROUBLES_FOOT}", side, tone="muted", wrap=True),
            Gap(SPACE_S),
            card,
            Stretch(),
        )
        return side

    def show_progress(self, done: int) -> None:
        """``done``: how many of the steps are behind the clerk."""
        for place, step in enumerate(self._steps):
            step.show_state(_DONE if place < done else _NEXT if place == done else _LATER)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room; in a low window what begins it stands above the steps, where no scroll is needed."""
        self._lines.insertWidget(0 if self.viewport().height() < _LOW else len(self._steps), self._foot)
        beside = self.viewport().width() >= _BESIDE_FROM
        self._cards.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        super().resizeEvent(event)
