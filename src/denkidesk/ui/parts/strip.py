"""Messages of a screen: words, a tone, and at most one button that helps. The window's rail shows them, one place for all screens."""

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from denkidesk.domain.values import dataclass

ICON_OF_TONE: Final = {"info": "info", "ok": "check-circle", "warn": "warning", "error": "error"}
COLOUR_OF_TONE: Final = {"info": "accent", "ok": "ok", "warn": "warn", "error": "error"}
_MOST_AT_ONCE: Final = 3
_GOOD_NEWS_MS: Final = 8000  # good news without a button goes by itself; everything else stays until it is closed or replaced


@dataclass(frozen=True, slots=True)
class Message:
    """What is said. ``tone``: ``info``, ``ok``, ``warn`` or ``error``. Messages with one ``key`` replace each other."""

    tone: str
    text: str
    action_text: str = ""
    action: Callable[[], object] | None = None
    key: str = ""
    detail: str = ""  # a second, quieter line: a server's own words
    holds: bool = False  # cannot be closed, pushed out or covered by what is said later, for as long as it is so

    @property
    def passes(self) -> bool:
        """Whether it goes by itself."""
        return self.tone == "ok" and not self.action_text


def announce(widget: QWidget, text: str) -> None:
    """Has a screen reader say a text."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # their lists of words cost the start more than this line

    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


class Strips(QObject):
    """The messages of one screen; at most three, and never two equal ones. The rail of its window shows them while the screen is seen."""

    def __init__(self, screen: QWidget) -> None:
        super().__init__(screen)
        self.screen = screen
        self._said: list[tuple[Message, float]] = []
        self._passing = QTimer(self, singleShot=True, interval=_GOOD_NEWS_MS)
        self._passing.timeout.connect(self._on_passed)
        screen.installEventFilter(self)

    @property
    def messages(self) -> tuple[Message, ...]:
        """What stands there now, oldest first."""
        return tuple(message for message, _ in self._said)

    @property
    def said(self) -> tuple[tuple[Message, float], ...]:
        """The messages, each with the moment when it was said."""
        return tuple(self._said)

    def say(self, message: Message) -> None:
        """Shows a message in the place of an equal one or of one with the same key; the oldest goes when there are too many."""
        entry = (message, time.monotonic())
        for place, (old, _) in enumerate(self._said):
            if (message.key and old.key == message.key) or (old.tone, old.text) == (message.tone, message.text):
                self._said[place] = entry
                break
        else:
            free = [place for place, (old, _) in enumerate(self._said) if not old.holds]
            if len(self._said) >= _MOST_AT_ONCE and free:
                del self._said[free[0]]
            self._said.append(entry)
        if message.passes:
            self._passing.start()
        announce(self.screen, message.text)
        self._tell_rail()

    def stand(self, message: Message) -> None:
        """As :meth:`say`, for what holds on: where it stands already, nothing moves and nobody hears it again."""
        if all((known.key, known.text, known.action_text) != (message.key, message.text, message.action_text) for known in self.messages):
            self.say(message)

    def clear(self, key: str | None = None) -> None:
        """Takes away the message with a key, or all of them."""
        self._keep([entry for entry in self._said if key is not None and entry[0].key != key])

    def close(self, message: Message) -> None:
        """Takes one message away."""
        self._keep([entry for entry in self._said if entry[0] is not message])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The rail follows a screen that comes into sight or goes."""
        if self._said and event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._tell_rail()
        return super().eventFilter(watched, event)

    def _on_passed(self) -> None:
        self._keep([entry for entry in self._said if not entry[0].passes])

    def _keep(self, entries: list[tuple[Message, float]]) -> None:
        if len(entries) != len(self._said):
            self._said = entries
            if not any(message.passes for message, _ in entries):
                self._passing.stop()
            self._tell_rail()

    def _tell_rail(self) -> None:
        rail = getattr(self.screen.window(), "rail", None)
        if rail is not None:
            rail.look(self)
