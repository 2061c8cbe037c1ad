"""Loads beside the window what the first bill, picture and application need, so that none of them waits for it."""

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer

from denkidesk.jobs.job import LaneName, Priority
from denkidesk.ui.context import UiContext
from denkidesk.ui.start.garbage import GarbageCollector
from denkidesk.ui.start.interpreter import settle_memory

if TYPE_CHECKING:
    from denkidesk.ui.apply.tab import ApplyTab

QUIET_MS: Final = 250
"""Until the new window has been laid out and painted for good; beside a busy lane a paint takes thrice as long."""

LIMIT_MS: Final = 30_000
"""Garbage is looked for from then on at the latest: a lane may wait as long for a server's answer before it gets to its warm-up."""


def load_screens() -> None:
    """The modules of the screen that is the slowest to load; for a lane."""
    importlib.import_module("denkidesk.ui.tariffs.tab")


def load_form() -> None:
    """The modules of the form of an outage, and what its answers are read with; for a lane."""
    for name in ("tab", "form_page", "customer_line", "towns"):
        importlib.import_module(f"denkidesk.ui.apply.{name}")
    for name in ("denkidesk.forms.steps", "uuid"):
        importlib.import_module(name)


def load_reading() -> None:
    """The modules that an application of the inbox is read with; for a lane."""
    importlib.import_module("denkidesk.ui.inbox.application_view")


class WarmUp(QObject):
    """One lane after the other: each that runs beside the window takes as large a share of the interpreter as the window has.

    ``start_servers``: starts the practice servers, if there are any. ``applications``: the screen with the form of an outage, built when it
    is asked for; a customer on the phone waits for no other, so it comes first, a part in each turn of the window. ``prepare_reading``:
    builds what an application of the inbox is read with. When all is loaded, memory is settled and a :class:`GarbageCollector` lives as the
    last child of this object.
    """

    def __init__(
        self,
        context: UiContext,
        start_servers: Callable[[], None],
        applications: "Callable[[], ApplyTab]",
        prepare_reading: Callable[[], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._prepare_reading = prepare_reading
        self._applications = applications
        self._context = context
        self._start_servers = start_servers
        self._cold: list[tuple[LaneName, Callable[[], None]]] = []
        self._collector: GarbageCollector | None = None

    def begin(self) -> None:
        """When the window is ready."""
        QTimer.singleShot(QUIET_MS, self, self._begin_loading)

    def _begin_loading(self) -> None:
        desk = self._context.desk
        self._cold = [
            (LaneName.WORK, load_reading),
            (LaneName.QUOTING, desk.warm_up_quoting),
            (LaneName.WORK, self._context.charts.warm_up),
            (LaneName.WORK, load_screens),
            (LaneName.KANSAI, desk.warm_up),  # last: what the clerk sends goes before it, and may wait long for its answer
        ]
        QTimer.singleShot(LIMIT_MS, self, self._begin_collecting)
        self._start_servers()
        self._context.jobs.run(LaneName.WORK, load_form, priority=Priority.BACKGROUND).finished.connect(self._prepare_form)

    def _prepare_form(self) -> None:
        tab = self._applications()
        tab.prepared.connect(self._load_next, Qt.ConnectionType.SingleShotConnection)
        tab.prepare()

    def _load_next(self) -> None:
        if self._cold:
            lane, load = self._cold.pop(0)
            job = self._context.jobs.run(lane, load, priority=Priority.BACKGROUND)
            job.finished.connect(self._on_reading_loaded if load is load_reading else self._load_next)
        else:
            settle_memory()
            self._begin_collecting()

    def _on_reading_loaded(self) -> None:
        self._prepare_reading()
        self._load_next()

    def _begin_collecting(self) -> None:
        if self._collector is None:
            self._collector = GarbageCollector(self)
