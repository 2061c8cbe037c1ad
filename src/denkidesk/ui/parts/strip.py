"""Messages of a screen: a strip above its contents, with words, an icon and at most one button that helps."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from denkidesk.domain.values import dataclass
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.plain import PlainLabel, set_tip
from denkidesk.ui.parts.theme import ICON_SIZE, SPACE_M, SPACE_S, SPACE_XS, set_tone

ICON_OF_TONE: Final = {"info": "info", "ok": "check-circle", "warn": "warning", "error": "error"}
COLOUR_OF_TONE: Final = {"info": "accent", "ok": "ok", "warn": "warn", "error": "error"}
_MOST_AT_ONCE: Final = 3
_GOOD_NEWS_MS: Final = 8000  # good news without a button goes by itself; everything else stays until it is closed or replaced


@dataclass(frozen=True, slots=True)
class Message:
    """What a strip says. ``tone``: ``info``, ``ok``, ``warn`` or ``error``. Messages with one ``key`` replace each other.

    ``closable`` False: stands for as long as what it speaks of does; neither the clerk nor a newer message takes it away.
    """

    tone: str
    text: str
    action_text: str = ""
    action: Callable[[], object] | None = None
    key: str = ""
    detail: str = ""  # a second, quieter line: a server's own words
    closable: bool = True


def announce(widget: QWidget, text: str) -> None:
    """Has a screen reader say a text."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # their lists of words cost the start more than this line

    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


class Strips(QWidget):
    """The place above a screen's contents where its messages stand; at most three, and never two equal ones."""

    changed = Signal()

    def __init__(self, icons: Icons, close_text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._close_text = close_text
        self._strips: list[_Strip] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACE_S)
        self.setVisible(False)

    @property
    def messages(self) -> tuple[Message, ...]:
        """What stands there now, oldest first."""
        return tuple(strip.message for strip in self._strips)

    def say(self, message: Message) -> None:
        """Shows a message in the place of an equal one or of one with the same key; the oldest goes when there are too many."""
        for strip in self._strips:
            same_key = message.key and strip.message.key == message.key
            if same_key or (strip.message.tone, strip.message.text) == (message.tone, message.text):
                strip.show_message(message)
                announce(self, message.text)
                self.changed.emit()
                return
        if len(self._strips) >= _MOST_AT_ONCE:
            self._remove(next((strip for strip in self._strips if strip.message.closable), self._strips[0]))
        strip = _Strip(self._icons, self._close_text, self)
        strip.close_requested.connect(self._on_close_requested)
        strip.show_message(message)
        self._strips.append(strip)
        self._layout.addWidget(strip)
        self.setVisible(True)
        announce(self, message.text)
        self.changed.emit()

    def clear(self, key: str | None = None) -> None:
        """Takes away the message with a key, or all of them."""
        for strip in list(self._strips):
            if key is None or strip.message.key == key:
                self._remove(strip)
        self.changed.emit()

    def _on_close_requested(self, strip: "_Strip") -> None:
        self._remove(strip)
        self.changed.emit()

    def _remove(self, strip: "_Strip") -> None:
        if strip in self._strips:
            self._strips.remove(strip)
            strip.stop()
            self._layout.removeWidget(strip)
            strip.hide()
            strip.deleteLater()
        self.setVisible(bool(self._strips))


class _Strip(QFrame):
    close_requested = Signal(object)

    def __init__(self, icons: Icons, close_text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icons = icons
        self.message = Message("info", "")
        self._picture = QLabel(self)
        self._picture.setFixedSize(QSize(ICON_SIZE, ICON_SIZE))
        self._text = PlainLabel("", self, wrap=True, selectable=True)
        self._detail = PlainLabel("", self, wrap=True, selectable=True, tone="muted")
        self._button = QPushButton(self)
        self._button.clicked.connect(self._on_action)
        self._close = QPushButton(self)
        self._close.setProperty("kind", "quiet")
        self._close.setAccessibleName(close_text)
        set_tip(self._close, close_text)
        icons.put(self._close, "close", "muted")
        self._close.clicked.connect(self._on_close)
        self.setProperty("strip", "info")
        icons.changed.connect(self._draw)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_GOOD_NEWS_MS)
        self._timer.timeout.connect(self._on_close)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._text)
        words.addWidget(self._detail)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE_M, SPACE_XS, SPACE_XS, SPACE_XS)
        layout.setSpacing(SPACE_M)
        layout.addWidget(self._picture)
        layout.addLayout(words, 1)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_message(self, message: Message) -> None:
        """Shows another message in this strip."""
        self.message = message
        tone = message.tone if message.tone in ICON_OF_TONE else "info"
        set_tone(self, "strip", tone)
        self._draw()
        self._text.setText(message.text)
        self._detail.setText(message.detail)
        self._detail.setVisible(bool(message.detail))
        self._button.setText(message.action_text)
        self._button.setVisible(bool(message.action_text))
        self._close.setVisible(message.closable)
        self.setAccessibleName(message.text)
        if tone == "ok" and not message.action_text:
            self._timer.start()
        else:
            self._timer.stop()

    def _draw(self) -> None:
        tone = str(self.property("strip"))
        picture = self._icons.pixmap(ICON_OF_TONE[tone], COLOUR_OF_TONE[tone], ICON_SIZE, self.devicePixelRatioF())
        self._picture.setPixmap(picture)

    def stop(self) -> None:
        """Stays until it is closed: the count-down ends."""
        self._timer.stop()

    def _on_action(self) -> None:
        if self.message.action is not None:
            self.message.action()

    def _on_close(self) -> None:
        self.close_requested.emit(self)
