"""The desk: everything that a clerk can do, with or without a window."""

import threading
from collections import Counter
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from denkidesk.desk.closed_windows import ClosedHoursDesk
from denkidesk.desk.inbox import InboxDesk
from denkidesk.desk.installed_set import InstalledSet
from denkidesk.desk.login_guard import LoginGuard
from denkidesk.desk.outbox import OutboxDesk
from denkidesk.desk.ports import Services
from denkidesk.desk.traffic import Traffic
from denkidesk.domain.clock import Now, now_jst
from denkidesk.settings import KansaiSettings
from denkidesk.store.kept_aside import KeptAside
from denkidesk.store.store import Store

if TYPE_CHECKING:  # loaded when they are first asked for: the inbox stands without them
    from denkidesk.desk.backups import BackupDesk
    from denkidesk.desk.connection_check import ConnectionDesk
    from denkidesk.desk.quoting import QuotingDesk
    from denkidesk.desk.reconciliation import ReconciliationDesk


class Desk:
    """One desk on one store. ``closed_hours``, ``login_guard`` and ``traffic`` are given because the clients ask or tell them too."""

    def __init__(
        self,
        store: Store,
        services: Services,
        *,
        aside: KeptAside | None = None,
        closed_hours: ClosedHoursDesk | None = None,
        login_guard: LoginGuard | None = None,
        installed_set: InstalledSet | None = None,
        traffic: Traffic | None = None,
        close_services: Callable[[], None] = lambda: None,
        warm_up: Callable[[], None] = lambda: None,
        now: Now = now_jst,
    ) -> None:
        self.store = store
        self._services = services
        self._now = now
        self._close_services = close_services
        self._warm_up = warm_up
        self._quoting: QuotingDesk | None = None
        self._quoting_lock = threading.Lock()
        self.closed_hours = closed_hours or ClosedHoursDesk(store, now)
        self.traffic = traffic or Traffic(None, now)
        aside = aside or KeptAside([store.path.parent])
        self.login_guard = login_guard or LoginGuard(store, "kansai", aside)
        self.installed_set = installed_set or InstalledSet(KansaiSettings())
        self.inbox = InboxDesk(store, services, now, self.installed_set.closed_stages)
        self.outbox = OutboxDesk(store, services, now, aside=aside)

    @cached_property
    def connection(self) -> "ConnectionDesk":
        """Tests of what stands in the settings."""
        from denkidesk.desk.connection_check import ConnectionDesk

        return ConnectionDesk(self._services, self._now)

    @cached_property
    def backups(self) -> "BackupDesk":
        """The copies of the desk's data."""
        from denkidesk.desk.backups import BackupDesk

        return BackupDesk(self.store, self._now)

    @cached_property
    def reconciliation(self) -> "ReconciliationDesk":
        """What became of applications with an unknown outcome."""
        from denkidesk.desk.reconciliation import ReconciliationDesk

        return ReconciliationDesk(self.store, self._services)

    @property
    def quoting(self) -> "QuotingDesk":
        """Tariffs, bills and quotes; loaded by whoever asks first, while all others wait."""
        with self._quoting_lock:
            if self._quoting is None:
                from denkidesk.desk.quoting import QuotingDesk

                self._quoting = QuotingDesk(self.store, self._services, self._now)
            return self._quoting

    def unreadable_rows(self) -> Counter[str]:
        """How many rows of each table were met that cannot be read; they are left out wherever rows are shown."""
        return Counter(table for table, _key in tuple(self.store.unreadable))

    def warm_up(self) -> None:
        """Loads what the first call to a server needs; sends nothing. For a lane, after the window is there."""
        self._warm_up()

    def warm_up_quoting(self) -> None:
        """Loads what the first bill needs. For a lane, as above."""
        self.quoting.warm_up()

    def close(self) -> None:
        """Ends the desk and closes its store; nothing may be running on it any more."""
        self._close_services()
        self.store.close()
