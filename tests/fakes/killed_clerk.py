"""A clerk whose process dies in the middle of a second form: ``python killed_clerk.py HOME``."""

import os
import signal
import sys
import time
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from denkidesk.domain.clock import now_jst
from denkidesk.ui.parts.theme import STYLE_ARGUMENTS
from fakes.clerk import CUSTOMER, POINT, Clerk, open_office

SECOND = "0600000000000000000025"


def _wait(condition: object, timeout: int) -> None:
    until = time.monotonic() + timeout / 1000
    while not condition():
        QApplication.processEvents()
        assert time.monotonic() < until


def main() -> None:
    """Types, waits for the store, and is gone."""
    app = QApplication(["clerk", *STYLE_ARGUMENTS])
    QTimer.singleShot(90_000, lambda: os._exit(99))
    nowhere = "http://127.0.0.1:9/"
    clerk = Clerk(open_office(ExitStack(), app, Path(sys.argv[1]), nowhere, nowhere, now_jst), _wait, "killed")
    clerk.settle()
    clerk.open_outage()
    clerk.type("supply_point_number", POINT)
    clerk.type("customer_name", CUSTOMER)
    clerk.press("Ctrl+Shift+T")
    clerk.type("supply_point_number", SECOND)
    kept = clerk.context.desk.outbox.drafts
    clerk.until(lambda: [draft.fields["supply_point_number"] for draft in kept()] == [SECOND, POINT])
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
