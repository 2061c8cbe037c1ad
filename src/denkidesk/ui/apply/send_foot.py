"""Where an application is sent from, and in the same place: how long it may still be stopped, and that it is on its way."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QProgressBar, QPushButton, QSizePolicy, QStackedWidget, QWidget

from denkidesk.texts import apply as texts
from denkidesk.ui.apply.final_check import Verdict
from denkidesk.ui.parts.boxes import Stretch, VBox
from denkidesk.ui.parts.countdown import Countdown
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S

_PRESSING: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_TO_BE_CONFIRMED: Final = (Verdict.OPEN, Verdict.UNPROVED)


class SendFoot(QStackedWidget):
    """What is missing stands below the button, which works only when nothing is; the tick comes where there may be a double.

    On its way, nothing but stopping can be pressed: ``show_sending`` to ``stop``.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # what is above it scrolls instead
        self.verdict = Verdict.LOOKING
        self._unfilled = ""
        before = QWidget(self)
        self.tick = QCheckBox(before)
        self.tick.toggled.connect(self._show_state)
        self.send_button = QPushButton(texts.SEND, before)
        self.send_button.setProperty("kind", "primary")
        self.send_button.installEventFilter(self)
        self._missing = PlainLabel("", before, tone="muted", scale=0.9, wrap=True)
        margins = (SPACE_L, SPACE_M, SPACE_L, SPACE_M)
        VBox(before, margins=margins, spacing=SPACE_S).add(Stretch(), self.tick, self.send_button, self._missing)
        going = QWidget(self)
        self.countdown = Countdown(going)
        self.words = PlainLabel("", going, bold=True, wrap=True)
        self._kept = PlainLabel(texts.SENDING_SAVED, going, tone="muted", scale=0.9, wrap=True)
        self._bar = QProgressBar(going, textVisible=False)
        self.rest = QWidget(going)  # where the focus is while nothing can be pressed: no Enter does anything there
        self.rest.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.countdown.next_in_focus = lambda: self.rest
        VBox(going, margins=margins, spacing=SPACE_S).add(Stretch(), self.countdown, self.words, self._bar, self._kept, self.rest)
        self.addWidget(before)
        self.addWidget(going)
        self.begin()

    @property
    def may_send(self) -> bool:
        """Whether everything is there, was looked up, and nothing speaks against it that the clerk has not answered."""
        return not self._unfilled and (self.is_clear or (self.verdict in _TO_BE_CONFIRMED and self.tick.isChecked()))

    @property
    def is_clear(self) -> bool:
        """Whether nothing speaks against sending."""
        return self.verdict is Verdict.CLEAR

    @property
    def missing(self) -> str:
        """What keeps the clerk from sending, in words; empty where nothing does."""
        if self.may_send:
            return ""
        asks = texts.NO_DOUBLE_MISSING if not self.tick.isHidden() and not self.tick.isChecked() else ""
        waits = "" if self._unfilled or asks or self.verdict is not Verdict.LOOKING else texts.CHECKING
        return "　".join(words for words in (self._unfilled, asks, waits) if words)

    def begin(self) -> None:
        """Another form: nothing is known of it, and what was ticked counts no more."""
        self.stop()
        self.tick.setVisible(False)
        self.tick.setChecked(False)
        self.show_verdict(Verdict.LOOKING)

    def show_unfilled(self, words: str) -> None:
        """What is not filled in yet, or not rightly; empty where nothing is missing."""
        self._unfilled = words
        self._show_state()

    def show_verdict(self, verdict: Verdict) -> None:
        """What is known of doubles; while it is being looked up the tick stays as it is."""
        self.verdict = verdict
        if verdict in _TO_BE_CONFIRMED:
            self.tick.setVisible(True)
        elif verdict is Verdict.CLEAR:
            self.ask("")
        self._show_state()

    def ask(self, words: str) -> None:
        """What is to be ticked; other words than before, of other applications, are to be ticked anew. Empty: nothing is."""
        if words != self.tick.text():
            self.tick.setChecked(False)
            self.tick.setText(words)
            self.tick.setMinimumHeight(self.tick.sizeHint().height())
        self.tick.setVisible(bool(words))
        self._show_state()

    # -- on its way

    def show_sending(self, text: str, *, is_kept: bool) -> None:
        """It is on its way, and from when on it cannot be lost."""
        self.setCurrentIndex(1)
        self._kept.setVisible(is_kept)
        self.show_progress(text)

    def show_countdown(self, left_s: float, total_s: float) -> None:
        """It may still be stopped, and the finger that has sent is where it can be."""
        self.words.setVisible(False)
        self._bar.setVisible(False)
        self.countdown.count(left_s, total_s)
        self.countdown.take_focus()

    def show_progress(self, text: str) -> None:
        """Changes the sentence."""
        self.words.setText(text)
        self.words.setVisible(True)
        self.countdown.stop()
        self._bar.setRange(0, 0)
        self._bar.setVisible(True)
        self.rest.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop(self) -> None:
        """Nothing is on its way any more: an endless bar keeps a timer."""
        self._bar.setRange(0, 1)
        self.countdown.stop()
        self.setCurrentIndex(0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key that is held down does not press the button that the cursor came to meanwhile."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.isAutoRepeat() and event.key() in _PRESSING:
            return True
        return super().eventFilter(watched, event)

    def _show_state(self) -> None:
        self.send_button.setEnabled(self.may_send)
        self._missing.setText(self.missing)
