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
    from denkidesk.desk.bulk_batches import BulkDesk
    from denkidesk.desk.catalogue import CatalogueDesk
    from denkidesk.desk.connection_check import ConnectionDesk
    from denkidesk.desk.customers import CustomerDesk
    from denkidesk.desk.inbox_acts import InboxActs
    from denkidesk.desk.listing_criteria import ListingCriteriaDesk
    from denkidesk.desk.market import MarketDesk
    from denkidesk.desk.own_plans import OwnPlansDesk
    from denkidesk.desk.paper import PaperDesk
    from denkidesk.desk.personal import PersonalDesk
    from denkidesk.desk.plan_search import PlanSearchDesk
    from denkidesk.desk.point_records import PointRecords
    from denkidesk.desk.prefill import PrefillDesk
    from denkidesk.desk.quoting import QuotingDesk
    from denkidesk.desk.ranking import RankingDesk
    from denkidesk.desk.receipts import ReceiptShelf
    from denkidesk.desk.reconciliation import ReconciliationDesk
    from denkidesk.desk.sending import Sender
    from denkidesk.desk.subsidies import SubsidyDesk
    from denkidesk.desk.troubles import TroubleDesk, TroubleMaker


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
        trouble_maker: "TroubleMaker | None" = None,
        countdown_s: float = 10.0,
        outage_countdown_s: float = 3.0,
        unmoved_days: int = 7,
        close_services: Callable[[], None] = lambda: None,
        warm_up: Callable[[], None] = lambda: None,
        now: Now = now_jst,
    ) -> None:
        self.store = store
        self._services = services
        self._now = now
        self._close_services = close_services
        self._warm_up = warm_up
        self._countdown_s = countdown_s
        self._outage_countdown_s = outage_countdown_s
        self._quoting: QuotingDesk | None = None
        self._quoting_lock = threading.Lock()
        self.closed_hours = closed_hours or ClosedHoursDesk(store, now)
        self.traffic = traffic or Traffic(None, now)
        self._trouble_maker = trouble_maker
        aside = aside or KeptAside([store.path.parent])
        self.login_guard = login_guard or LoginGuard(store, "kansai", aside)
        self.installed_set = installed_set or InstalledSet(KansaiSettings())
        self.inbox = InboxDesk(store, services, now, self.installed_set.closed_stages, unmoved_days)
        self.outbox = OutboxDesk(store, services, now, aside=aside, stages=self.installed_set.stages)

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
    def inbox_acts(self) -> "InboxActs":
        """What is done with applications of the inbox, one or many."""
        from denkidesk.desk.inbox_acts import InboxActs

        return InboxActs(self.store, self._now)

    @cached_property
    def bulk(self) -> "BulkDesk":
        """Many applications out of one table."""
        from denkidesk.desk.bulk_batches import BulkDesk

        return BulkDesk(self.store, self.outbox, self.installed_set, lambda: self.sender, self._now)

    @cached_property
    def point_records(self) -> "PointRecords":
        """Everything that is known of one supply point."""
        from denkidesk.desk.point_records import PointRecords

        return PointRecords(self.store, self.installed_set.stages)

    @cached_property
    def catalogue(self) -> "CatalogueDesk":
        """Every company's plans, offline."""
        from denkidesk.desk.catalogue import CatalogueDesk

        return CatalogueDesk(self.quoting, self.store, self._now)

    @cached_property
    def customers(self) -> "CustomerDesk":
        """Past customers."""
        from denkidesk.desk.customers import CustomerDesk

        return CustomerDesk(self.store, self._now)

    @cached_property
    def personal(self) -> "PersonalDesk":
        """What is held of one customer."""
        from denkidesk.desk.personal import PersonalDesk

        return PersonalDesk(self.store, self.receipts)

    @cached_property
    def prefill(self) -> "PrefillDesk":
        """Forms that are begun with what is known."""
        from denkidesk.desk.prefill import PrefillDesk

        return PrefillDesk(self.store, self.installed_set)

    @cached_property
    def paper(self) -> "PaperDesk":
        """Paper bills: what they need, how they match, and what was known of prices when."""
        from denkidesk.desk.paper import PaperDesk

        return PaperDesk(self.store)

    @cached_property
    def own_plans(self) -> "OwnPlansDesk":
        """Plans of the own house that no server knows."""
        from denkidesk.desk.own_plans import OwnPlansDesk

        return OwnPlansDesk(self.store, self._now)

    @cached_property
    def plan_search(self) -> "PlanSearchDesk":
        """Every stored plan by its name."""
        from denkidesk.desk.plan_search import PlanSearchDesk

        return PlanSearchDesk(self.store, self.own_plans)

    @cached_property
    def ranking(self) -> "RankingDesk":
        """All stored plans on one customer's usage."""
        from denkidesk.desk.ranking import RankingDesk

        return RankingDesk(self.store, self.quoting, self.catalogue, self.paper, self.own_plans)

    @cached_property
    def market(self) -> "MarketDesk":
        """The area prices of the market, offline."""
        from denkidesk.desk.market import MarketDesk

        return MarketDesk(self.quoting, self.store, self._now)

    @cached_property
    def subsidies(self) -> "SubsidyDesk":
        """The list of subsidies, offline."""
        from denkidesk.desk.subsidies import SubsidyDesk

        return SubsidyDesk(self.quoting, self.store, self._now)

    @cached_property
    def receipts(self) -> "ReceiptShelf":
        """The cards of accepted applications that are not put away."""
        from denkidesk.desk.receipts import ReceiptShelf

        return ReceiptShelf(self.outbox, self.store.ui_state)

    @cached_property
    def reconciliation(self) -> "ReconciliationDesk":
        """What became of applications with an unknown outcome."""
        from denkidesk.desk.reconciliation import ReconciliationDesk

        return ReconciliationDesk(self.store, self._services)

    @cached_property
    def listing_criteria(self) -> "ListingCriteriaDesk":
        """What the listing can be asked for."""
        from denkidesk.desk.listing_criteria import ListingCriteriaDesk

        return ListingCriteriaDesk(self.store, self.installed_set, self._now)

    @cached_property
    def troubles(self) -> "TroubleDesk | None":
        """What goes wrong on purpose; None where no practice server is built in."""
        from denkidesk.desk.troubles import TroubleDesk

        return None if self._trouble_maker is None else TroubleDesk(self._trouble_maker, self.closed_hours, self._now)

    @cached_property
    def sender(self) -> "Sender":
        """What sends the waiting applications by itself."""
        from denkidesk.desk.sending import Sender

        closed_until = self.closed_hours.closed_until
        return Sender(
            self.outbox,
            self.store.ui_state,
            self.reconciliation.probe,
            self.traffic,
            closed_until,
            self._now,
            countdown_s=self._countdown_s,
            outage_countdown_s=self._outage_countdown_s,
        )

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
