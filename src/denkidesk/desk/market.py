"""Area prices as they were fetched, month by month for ever: the API itself knows the last twelve."""

from denkidesk.desk.quoting import Fetched, QuotingDesk
from denkidesk.domain.areas import Area, quoting_code
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.clock import Now
from denkidesk.domain.market import AreaArchive
from denkidesk.store.store import Store


class MarketDesk:
    """What is kept is there without a server."""

    def __init__(self, quoting: QuotingDesk, store: Store, now: Now) -> None:
        self._quoting = quoting
        self._store = store
        self._now = now

    def kept(self, area: Area) -> AreaArchive | None:
        """All months that were ever fetched of an area; None where none was."""
        code = str(quoting_code(area))
        seen = self._store.catalogue.stamps("area_prices", code).get(code)
        return None if seen is None else AreaArchive(area, self._quoting.area_price_history(area), seen[1])

    def is_of_today(self, area: Area) -> bool:
        """Whether the server was asked today: its prices change by the month."""
        kept = self.kept(area)
        return kept is not None and kept.checked_at.date() >= self._now().date()

    def fetch(self, area: Area, cancel: CancelToken | None = None) -> Fetched[AreaArchive]:
        """Asks the server for an area's months; where it is away, the kept ones come with the reason."""
        answer = self._quoting.area_prices(area, cancel)
        found = self.kept(area) or AreaArchive(area, answer.value, answer.fetched_at)  # it could not be kept
        return Fetched(found, answer.fetched_at, answer.from_store, answer.error)
