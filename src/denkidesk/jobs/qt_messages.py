"""What Qt itself has to say goes into the log, and to the terminal if there is one."""

import sys
from typing import Final

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from denkidesk.journal.log import Log, plain

HARMLESS: Final = (
    "This plugin does not support propagateSizeHints()",  # the offscreen platform, of each window with a smallest size
    "This plugin does not support raise()",  # the offscreen platform, when a second start asks for the window
)
_LEVELS: Final = {
    QtMsgType.QtDebugMsg: "debug",
    QtMsgType.QtInfoMsg: "info",
    QtMsgType.QtWarningMsg: "warning",
    QtMsgType.QtCriticalMsg: "critical",
    QtMsgType.QtFatalMsg: "fatal",
}


class QtMessages:
    """Installed for as long as Qt runs. A message may quote what is on the screen, so it is made plain before it is written."""

    def __init__(self, log: Log) -> None:
        self._log = log

    def install(self) -> None:
        """From here on every message of Qt comes here."""
        qInstallMessageHandler(self._on_message)

    def uninstall(self) -> None:
        """Before the interpreter goes: Qt may still speak then."""
        qInstallMessageHandler(None)

    def _on_message(self, kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
        text = plain(message or "")
        level = _LEVELS.get(kind, "warning")
        self._log.note("qt", level=level, category=context.category, text=text)
        if sys.stderr is None or level in ("debug", "info") or (message or "").startswith(HARMLESS):
            return
        try:
            sys.stderr.write(f"Qt {level}: {text}\n")
        except (OSError, ValueError):
            return
