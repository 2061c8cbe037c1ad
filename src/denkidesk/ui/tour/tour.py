"""Runs the steps of a tour: does one, waits until it has happened, saves its picture, goes on."""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.strip import Message, Strips

if TYPE_CHECKING:
    from denkidesk.ui.shell.main_window import MainWindow

_LOOK_EVERY_MS: Final = 25
_STEP_LIMIT_S: Final = 90.0  # the first step waits for zeep and the service description too, on however slow a machine
_SETTLED_LOOKS: Final = 3  # a picture is taken when nothing has changed for so many looks: layouts need a turn or two


@dataclass(frozen=True, slots=True)
class Step:
    """One step. ``done`` tells that it has happened; a step without a name leaves no picture."""

    name: str
    act: Callable[[], object]
    done: Callable[[], bool]


class Tour(QObject):
    """``ended`` carries the exit code: 0 if every step happened, 1 otherwise."""

    ended = Signal(object)

    def __init__(self, window: "MainWindow", context: UiContext, directory: Path, steps: Sequence[Step]) -> None:
        super().__init__(window)
        self._window = window
        self._directory = directory
        self._is_ready = False
        self._steps = [Step("", window.activateWindow, lambda: self._is_ready), *steps]
        self._position = -1
        self._picture = 0
        self._good_looks = 0
        self._deadline = 0.0
        self._complaints: list[str] = []
        self._timer = QTimer(self, interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        window.ready.connect(self._on_ready)
        context.notices.bug.connect(self._on_bug)
        context.notices.message.connect(self._on_message)

    def start(self) -> None:
        """Begins: the first step waits until the window is ready, or a bug kept it from that."""
        self._directory.mkdir(parents=True, exist_ok=True)
        for old in self._directory.glob("[0-9][0-9]-*.png"):
            old.unlink()
        self._next()
        self._timer.start()

    def _next(self) -> None:
        self._position += 1
        self._good_looks = 0
        self._deadline = time.monotonic() + _STEP_LIMIT_S
        if self._position == len(self._steps):
            self._end(0)
            return
        self._steps[self._position].act()

    def _look(self) -> None:
        step = self._steps[self._position]
        complaint = next(iter(self._complaints), "") or self._complaint_of_a_screen()
        if complaint:
            self._fail(step, complaint)
        elif step.done():
            self._good_looks += 1
            if self._good_looks >= _SETTLED_LOOKS:
                if step.name:
                    self._save(step.name)
                self._next()
        elif time.monotonic() > self._deadline:
            self._fail(step, f"not within {_STEP_LIMIT_S:.0f} s")
        else:
            self._good_looks = 0

    def _complaint_of_a_screen(self) -> str:
        """What a screen's own strip says went wrong: no step of the clerk's day does."""
        said = [message for strips in self._window.findChildren(Strips) for message in strips.messages]
        return next((message.text for message in said if message.tone == "error"), "")

    def _save(self, name: str) -> None:
        self._picture += 1
        shown: QWidget = QApplication.activeModalWidget() or self._window
        path = self._directory / f"{self._picture:02}-{name}.png"
        if not shown.grab().save(str(path)):
            self._complaints.append(f"{path.name} could not be saved")

    def _fail(self, step: Step, why: str) -> None:
        self._save("failed")
        print(f"tour: step {self._position + 1} ({step.name or 'no picture'}) did not happen: {why}", file=sys.stderr)  # noqa: T201 - for whoever started it from a terminal
        self._end(1)

    def _end(self, code: int) -> None:
        self._timer.stop()
        self.ended.emit(code)

    def _on_ready(self) -> None:
        self._is_ready = True

    def _on_bug(self, error: BaseException) -> None:
        self._complaints.append(f"{type(error).__name__}: {error}")

    def _on_message(self, message: Message) -> None:
        if message.tone == "error":
            self._complaints.append(message.text)
