"""Past customers: who was met where, in own applications, in what the utility said, in tables of the retailer's own."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from denkidesk.domain.clock import Now, now_jst
from denkidesk.domain.customers import Customer
from denkidesk.store.store import Store

if TYPE_CHECKING:
    from denkidesk.desk.customer_import import Imported

__all__ = ["HITS", "Customer", "CustomerDesk"]

HITS: Final = 8
"""So many stand below a search line; who is not among them is found by another word."""


class CustomerDesk:
    """Looks into the store; the customer met last comes first."""

    def __init__(self, store: Store, now: Now = now_jst) -> None:
        self._store = store
        self._now = now

    def search(self, text: str, limit: int = HITS) -> tuple[Customer, ...]:
        """Who is found by every word of a text: a part of the supply point number, of the name in any variant or reading that is known,
        of the address, of the digits of the phone number. Nobody where there is no word.
        """
        return self._store.customers.search(text, limit)

    def at_point(self, supply_point_number: str) -> tuple[Customer, ...]:
        """Everybody who was met at a supply point."""
        return self._store.customers.at_point(supply_point_number)

    def at_points(self, supply_point_numbers: Collection[str]) -> Mapping[str, Customer]:
        """Who was met last at each of the supply points that anybody was met at."""
        return self._store.customers.at_points(supply_point_numbers)

    def import_table(self, path: Path) -> "Imported":
        """Reads the retailer's own table of customers, CSV or xlsx; see :func:`desk.customer_import.import_customers`."""
        from denkidesk.desk.customer_import import import_customers

        return import_customers(self._store, path, self._now)
