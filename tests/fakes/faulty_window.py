"""The real window with one fault injected into it: ``python faulty_window.py HOME OUT FAULT [BUTTON]``.

Starts the program as ``main`` does, answers each question that is asked before there is a window (by the button named BUTTON, else by
the one that leaves), injects FAULT when the window is there, closes the window when the fault has shown, and writes what a clerk would
have seen as JSON to OUT.
"""

import base64
import faulthandler
import json
import os
import signal
import sys
import threading
from pathlib import Path

from PySide6.QtCore import QObject, QThread, QTimer, qFatal, qWarning
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

import denkidesk.compose.window
import denkidesk.main
from denkidesk.domain.applications import ApplicationKind
from denkidesk.jobs.job import LaneName
from denkidesk.ui.shell.dialogs import ReportDialog

CANARY = "CANARY-päss<&>word"
CUSTOMER = "見本 太郎"
DRAFT_ID = "the-draft"
DEADLINE_MS = 40_000


def as_read(text):
    """What a person reads in a box: a long path may be broken after each folder, by a mark that nobody sees."""
    return text.replace("\u200b", "")


def spellings(secret=CANARY):
    """The secret as it might lie in a file."""
    raw = secret.encode()
    return [raw, secret.encode("utf-16-le"), base64.b64encode(raw), b"CANARY", CUSTOMER.encode(), CUSTOMER.encode("utf-16-le")]


def break_down():
    """A bug in a frame that is full of what must not be told."""
    password, customer = CANARY, CUSTOMER
    raise RuntimeError(f"{password} {customer}")


class Slot(QObject):
    """Its slot fails."""

    def fail(self):
        """As a bug in a screen would."""
        break_down()


class FailingThread(QThread):
    """Fails on its own thread."""

    def run(self):
        """As a bug in a worker would."""
        break_down()


class FailingPaint(QWidget):
    """Fails each time it is painted."""

    def paintEvent(self, _event):
        """As a bug in a delegate would."""
        break_down()


class FaultyRun(denkidesk.compose.window.WindowRun):
    """A run that is watched, and in which something goes wrong."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self._kept = []

    def _application(self, settings):
        app, theme = super()._application(settings)
        clock = QTimer(app)
        clock.timeout.connect(self._look)
        clock.start(20)
        QTimer.singleShot(DEADLINE_MS, lambda: os._exit(99))
        return app, theme

    def _look(self):
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox) and box not in self._kept:
            self._kept.append(box)
            buttons = {button.text(): button for button in box.buttons()}
            SEEN["asked"].append({"text": as_read(box.text()), "detail": as_read(box.informativeText()), "buttons": list(buttons)})
            chosen = next((button for text, button in buttons.items() if ANSWER and ANSWER in text), box.escapeButton())
            QTimer.singleShot(0, chosen.click)

    def _exec(self, app, context, window):
        self._context, self._shown = context, window
        SEEN["said"] += [{"tone": message.tone, "text": message.text} for message in window._strips.messages]
        context.notices.message.connect(lambda message: SEEN["said"].append({"tone": message.tone, "text": message.text}))
        clock = QTimer(window)
        clock.setInterval(20)
        clock.timeout.connect(self._step)
        window.ready.connect(clock.start)
        window.ready.connect(self._count)
        self._begun = False
        return app.exec()

    def _count(self):
        SEEN["windows"] += 1

    def _step(self):
        """Waits until the window has settled, injects, waits until it shows, closes."""
        if not self._context.jobs.is_idle:
            return
        if not self._begun:
            self._begun = True
            getattr(self, f"_fault_{FAULT}")()
            return
        SEEN["reports"] = [dialog._report.toPlainText() for dialog in self._shown.findChildren(ReportDialog)]
        if self._is_over():
            SEEN["draft"] = next((dict(draft.fields) for draft in self._context.desk.outbox.drafts() if draft.draft_id == DRAFT_ID), {})
            self._shown._close_now()

    def _is_over(self):
        if FAULT in ("nothing", "chatter", "none_but_save", "refused_login"):
            return True
        if FAULT == "see_report":
            if not SEEN["reports"]:
                return False
            for dialog in self._shown.findChildren(ReportDialog):
                dialog.close()
            SEEN["seen"] = SEEN["reports"]
            return True
        return bool(SEEN["reports"]) or any(message["tone"] == "error" for message in SEEN["said"])

    # -- faults

    def _fault_nothing(self):
        pass

    def _fault_none_but_save(self):
        fields = {"customer_name": "見本 花子"}
        self._context.jobs.run(LaneName.STORE, self._context.desk.outbox.save_draft, DRAFT_ID, ApplicationKind.OUTAGE, fields)

    def _fault_see_report(self):
        (strip,) = [strip for strip in self._shown._strips.messages if strip.action_text == "記録を見る"]
        strip.action()

    def _fault_chatter(self):
        qWarning("This plugin does not support propagateSizeHints()")
        qWarning(f"QSomething: '{CUSTOMER}' has 0612345678901234567890 and {CUSTOMER}")

    def _fault_slot(self):
        self._kept.append(Slot())
        QTimer.singleShot(0, self._kept[-1].fail)

    def _fault_qthread(self):
        thread = FailingThread(self._shown)
        thread.start()
        thread.wait()

    def _fault_lane(self):
        self._context.jobs.run(LaneName.WORK, break_down)

    def _fault_thread(self):
        thread = threading.Thread(target=break_down)
        thread.start()
        thread.join()

    def _fault_thread_and_death(self):
        """The process is gone before anybody could see what happened."""
        self._fault_thread()
        os._exit(9)

    def _fault_paint(self):
        widget = FailingPaint(self._shown)
        widget.resize(100, 100)
        widget.show()
        for _ in range(30):
            widget.repaint()

    def _fault_segfault(self):
        faulthandler._sigsegv()

    def _fault_qfatal(self):
        qFatal(f"the end of '{CUSTOMER}'")

    def _fault_kill(self):
        os.kill(os.getpid(), signal.SIGKILL)

    def _fault_refused_login(self):
        self._shown.refresh()

    def _fault_full_disk(self):
        """Writes until there is no room, and then has the desk save something."""
        blocks = [1 << 16, 1 << 12, 1]
        with (HOME / "filler").open("wb", buffering=0) as filler:
            for block in blocks:
                try:
                    while True:
                        filler.write(b"x" * block)
                except OSError:
                    continue
        for number in range(3):
            fields = {"customer_name": "x" * 30_000 + str(number)}
            self._context.jobs.run(LaneName.STORE, self._context.desk.outbox.save_draft, DRAFT_ID, ApplicationKind.OUTAGE, fields)


if __name__ == "__main__":
    HOME, OUT, FAULT = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    ANSWER = sys.argv[4] if len(sys.argv) > 4 else ""
    SEEN = {"asked": [], "said": [], "reports": [], "seen": [], "windows": 0, "draft": {}}
    denkidesk.compose.window.WindowRun = FaultyRun
    try:
        code = denkidesk.main.main(["--home", str(HOME)])
    finally:
        OUT.write_text(json.dumps(SEEN, ensure_ascii=False), encoding="utf-8")
    sys.exit(code)
