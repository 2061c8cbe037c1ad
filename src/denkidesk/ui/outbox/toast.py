"""What came of something that was sent, said outside of the window to a clerk who looks elsewhere; where the system shows such notes."""

from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from denkidesk.texts.shell import PRODUCT

_SHOWN_MS: Final = 10_000


class Toast(QObject):
    """The window's entry in the task bar asks for attention; the note names no customer, because anybody may see it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._tray: QSystemTrayIcon | None = None

    def say(self, text: str, *, good: bool) -> None:
        """Says it, unless the clerk has the window before the eyes."""
        if self._window.isActiveWindow():
            return
        QApplication.alert(self._window)
        if self.may_be_shown():
            tray = self._tray or self._made()
            icon = QSystemTrayIcon.MessageIcon
            tray.showMessage(PRODUCT, text, icon.Information if good else icon.Warning, _SHOWN_MS)

    def stop(self) -> None:
        """The window closes."""
        if self._tray is not None:
            self._tray.hide()

    @staticmethod
    def may_be_shown() -> bool:
        """Whether this system has a place for it."""
        return QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()

    def _made(self) -> QSystemTrayIcon:
        self._tray = QSystemTrayIcon(self._window.windowIcon(), self)
        self._tray.setToolTip(PRODUCT)
        self._tray.messageClicked.connect(self._on_clicked)
        self._tray.activated.connect(self._on_clicked)
        self._tray.show()
        return self._tray

    def _on_clicked(self, _reason: object = None) -> None:
        self._window.raise_()
        self._window.activateWindow()
