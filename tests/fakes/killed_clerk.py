"""A clerk whose process dies: ``python killed_clerk.py HOME`` in the middle of a second form; with the ``KANSAI ENEGAERU`` addresses of
servers that are away, while two applications wait for them.
"""

import os
import signal
import sys
import time
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from denkidesk.domain.applications import ApplicationKind
from denkidesk.domain.clock import now_jst
from denkidesk.ui.parts.theme import STYLE_ARGUMENTS
from fakes.clerk import CUSTOMER, POINT, Clerk, open_office
from fakes.filing import application

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
    home, *servers = sys.argv[1:]
    kansai, enegaeru = servers or (nowhere, nowhere)
    clerk = Clerk(open_office(ExitStack(), app, Path(home), kansai, enegaeru, now_jst), _wait, "killed")
    clerk.settle()
    (_wait_for_servers if servers else _type_two_forms)(clerk)
    os.kill(os.getpid(), signal.SIGKILL)


def _wait_for_servers(clerk: Clerk) -> None:
    clerk.context.desk.outbox.queue(application(ApplicationKind.MENU_CHANGE, 918))
    clerk.fill_outage()
    clerk.press("Ctrl+Return")
    clerk.until(lambda: "つながりません" in clerk.outcome())


def _type_two_forms(clerk: Clerk) -> None:
    clerk.open_outage()
    clerk.type("supply_point_number", POINT)
    clerk.type("customer_name", CUSTOMER)
    clerk.press("Ctrl+Shift+T")
    clerk.type("supply_point_number", SECOND)
    kept = clerk.context.desk.outbox.drafts
    clerk.until(lambda: [draft.fields["supply_point_number"] for draft in kept()] == [SECOND, POINT])


if __name__ == "__main__":
    main()
