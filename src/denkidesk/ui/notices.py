"""The one bridge by which anything tells the clerk something that belongs to no screen of its own."""

from PySide6.QtCore import QObject, Signal

from denkidesk.domain.errors import Cancelled, DeskError
from denkidesk.ui.parts.strip import Message


class Notices(QObject):
    """The main window shows what comes here: messages as strips, bugs as a dialog with a report to copy."""

    message = Signal(object)
    bug = Signal(object)
    bug_seen = Signal()  # the report of a bug was shown and closed
    withdrawn = Signal(object)

    def say(self, message: Message) -> None:
        """Shows a message; equal ones never pile up."""
        self.message.emit(message)

    def withdraw(self, key: str) -> None:
        """Takes the message with a key away."""
        self.withdrawn.emit(key)

    def failure(self, error: object) -> None:
        """Shows a failure: foreseen ones in words, a cancelled one not at all, all else as a bug."""
        if isinstance(error, Cancelled):
            return
        if isinstance(error, DeskError):
            from denkidesk.texts.errors import said

            what = said(error)
            self.message.emit(Message("error", what.text, detail=what.detail, key=type(error).__name__))
        else:
            self.bug.emit(error)
