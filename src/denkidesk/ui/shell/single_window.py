"""One window a user and data folder: a second start finds the first one and has it come to the front.

The lock on the folder decides who is first; this is only how the second speaks to the first. Imported after the first paint, and by
a second start: nothing else needs Qt's network.
"""

import getpass
import hashlib
import sys
import time
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QThread, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_RAISE: Final = b"raise\n"
_ANSWER: Final = b"raised\n"
_LOOK_AGAIN_MS: Final = 100
_ANY_PROCESS: Final = 0xFFFFFFFF  # ASFW_ANY


def name_of(folder: Path) -> str:
    """The name under which a user's window on a folder is found."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):
        user = "?"
    digest = hashlib.sha256(f"{user}\n{folder.resolve()}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"denkidesk-{digest[:24]}"


class SingleWindow(QObject):
    """Listens for second starts. To be made by the holder of the folder's lock: a name that is still taken is then a dead process's."""

    raise_requested = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        name = name_of(folder)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)
        QLocalServer.removeServer(name)
        self.is_listening = self._server.listen(name)

    def close(self) -> None:
        self._server.close()

    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(self._on_raise)
            socket.disconnected.connect(socket.deleteLater)
            if socket.canReadLine():
                self._answer(socket)

    def _on_raise(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket) and socket.canReadLine():
            self._answer(socket)

    def _answer(self, socket: QLocalSocket) -> None:
        if socket.readLine(64).data() == _RAISE:
            self.raise_requested.emit()
            socket.write(_ANSWER)
            socket.flush()
        socket.disconnectFromServer()


def ask_first_window(folder: Path, wait_s: float = 3.0, start_s: float = 10.0) -> bool:
    """Asks the first window to come to the front; False if nobody answered in time.

    ``start_s``: for how long nobody may be listening. A first window that is still starting does not, and a cold start on a slow machine
    takes longer than a clerk takes to click once more. ``wait_s``: for how long one that listens may leave it unanswered.
    """
    name = name_of(folder)
    until, is_heard = time.monotonic() + start_s, False
    while (left_ms := round((until - time.monotonic()) * 1000)) > 0:
        socket = QLocalSocket()
        socket.connectToServer(name)
        if socket.waitForConnected(left_ms):
            if not is_heard:
                until, is_heard = time.monotonic() + wait_s, True
            # Windows lets only the process in front hand the front over.
            _let_others_come_to_the_front()
            socket.write(_RAISE)
            socket.flush()
            answered = socket.canReadLine() or socket.waitForReadyRead(max(1, round((until - time.monotonic()) * 1000)))
            if answered and socket.readLine(64).data() == _ANSWER:
                return True
        socket.abort()
        QThread.msleep(min(_LOOK_AGAIN_MS, max(1, round((until - time.monotonic()) * 1000))))
    return False


def _let_others_come_to_the_front() -> None:
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(_ANY_PROCESS)
