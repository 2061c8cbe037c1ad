"""The seconds before something is sent, with the way to stop it."""

import math
import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLayout, QProgressBar, QPushButton, QWidget

from denkidesk.texts import outbox as texts
from denkidesk.texts.shortcuts import ESCAPE
from denkidesk.ui.parts.boxes import HBox, VBox
from denkidesk.ui.parts.key_binding import is_pressed
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.strip import announce
from denkidesk.ui.parts.theme import SPACE_M, SPACE_S

_TICK_MS: Final = 100


class Countdown(QFrame):
    """Counts by itself once it was told how much is left, and stands at "sending" at the end. Esc stops, and so does Enter where the
    focus is: who goes on pressing after 送信 stops it rather than sending twice.
    """

    stop_requested = Signal()
    over = Signal()  # nothing can be stopped any more

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("strip", "info")
        self.next_in_focus: Callable[[], QWidget] | None = None
        self._ends_at = 0.0
        self._total_s = 1.0
        self._before = texts.COUNTDOWN
        self._number = PlainLabel("", self, scale=2.4, bold=True, tone="accent")
        self._words = PlainLabel("", self, bold=True, wrap=True)
        self._bar = QProgressBar(self, textVisible=False)
        self.button = QPushButton(texts.STOP_COUNTDOWN, self)
        self.button.clicked.connect(self.stop_now)
        line = HBox(spacing=SPACE_M).add(self._number, (self._words, 1), self.button)
        VBox(self, margins=SPACE_M, spacing=SPACE_S).add(line, self._bar)
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._show_left)
        self.setVisible(False)

    def count(self, left_s: float, total_s: float, words: str = texts.COUNTDOWN) -> None:
        """Shows what is left; the screen reader hears of it once."""
        begins = not self._timer.isActive()
        self._before = words
        self._ends_at, self._total_s = time.monotonic() + left_s, max(total_s, 0.1)
        self.setVisible(True)
        self._timer.start()
        self._show_left()
        if begins:
            announce(self, texts.COUNTDOWN_SPOKEN.format(seconds=math.ceil(left_s)))

    def stop(self) -> None:
        """Goes. The focus that it had goes to where no Enter does anything; left to Qt it would come to some other button."""
        self._timer.stop()
        had_focus = self.button.hasFocus()
        self.setVisible(False)
        if had_focus and self.next_in_focus is not None:
            self.next_in_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def move_to(self, layout: QLayout) -> None:
        """Goes on counting in another place."""
        is_counting, had_focus, is_shown = self._timer.isActive(), self.button.hasFocus(), not self.isHidden()
        layout.addWidget(self)  # which hides it
        self.setVisible(is_shown)
        if is_counting:
            self._timer.start()
        if had_focus:
            self.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops."""
        if is_pressed(ESCAPE, event):
            self.stop_now()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self._timer.stop()

    def take_focus(self) -> None:
        """The way to stop is under the finger that has sent."""
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_left(self) -> None:
        left_s = max(0.0, self._ends_at - time.monotonic())
        self._number.setText(str(math.ceil(left_s)) if left_s else "")
        self._words.setText(self._before if left_s else texts.SENDING_NOW)
        self._bar.setRange(0, 1000)
        self._bar.setValue(round(1000 * (1 - left_s / self._total_s)) if left_s else 1000)
        if not left_s:
            self._timer.stop()
            self.over.emit()

    def stop_now(self) -> None:
        """While it counts; then it is too late, and the button keeps the focus: no other comes under a finger that still presses."""
        if self._timer.isActive():
            self._timer.stop()
            self.stop_requested.emit()
