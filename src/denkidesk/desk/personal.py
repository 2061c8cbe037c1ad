"""One customer's data: what is held where, handed out as a file, taken out for good."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from denkidesk.desk.receipts import ReceiptShelf
from denkidesk.desk.spreadsheets import SUFFIXES, write_table
from denkidesk.domain.customers import Customer
from denkidesk.domain.errors import InputRefused, SetupFault
from denkidesk.domain.fault_codes import ErasureCode, InputCode
from denkidesk.domain.name_folding import folded
from denkidesk.domain.values import dataclass
from denkidesk.store.backups import KEPT_DAYS, backups_dir_of, listed
from denkidesk.store.personal import Held, Holding
from denkidesk.store.store import Store
from denkidesk.texts import customers as texts
from denkidesk.texts.names import field_name

__all__ = ["EXPORTS", "Held", "Holding", "PersonalDesk", "StillInBackups"]

EXPORTS: Final = (*SUFFIXES, ".json")


@dataclass(frozen=True, slots=True)
class StillInBackups:
    """``count``: copies of the data that may hold the customer; ``until``: the first day on which the last of them has been let go."""

    count: int
    until: date | None


class PersonalDesk:
    """Looks into the store and the folder of backups: never on the GUI thread."""

    def __init__(self, store: Store, receipts: ReceiptShelf) -> None:
        self._store = store
        self._receipts = receipts

    def holdings(self, customer: Customer) -> tuple[Holding, ...]:
        """Everything that is held of a customer, by place."""
        return self._store.personal.holdings(customer)

    def backups(self) -> StillInBackups:
        """Which daily copies still hold what is erased now; as long as one is made each day, the last goes when the newer ones are many."""
        copies = listed(backups_dir_of(self._store.path))
        newest = max((copy.day for copy in copies), default=None)
        return StillInBackups(len(copies), None if newest is None else newest + timedelta(days=KEPT_DAYS))

    def export(self, customer: Customer, path: Path) -> int:
        """Writes what is held into an xlsx, CSV or JSON file, and returns how many rows it is about. No file gives way to it.

        Raises InputRefused("file") for another suffix or a file that is there, SetupFault where it cannot be written.
        """
        if path.exists():
            raise InputRefused.of("file", InputCode.EXISTS, path=str(path))
        held = self.holdings(customer)
        if path.suffix.lower() == ".json":
            plain = [{"place": one.place.value, "key": one.key, "at": one.at, **one.values} for one in held]
            try:
                path.write_text(json.dumps(plain, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
            except OSError as error:
                raise SetupFault.of_os_error(path, "file", error) from error
        else:
            rows = [(texts.PLACES[one.place], one.key, one.at, field_name(name), text) for one in held for name, text in one.values.items()]
            write_table(path, texts.EXPORT_HEADINGS, rows)
        return len(held)

    def erase(self, customer: Customer, typed: str) -> tuple[Holding, ...]:
        """Takes out what is held, once the clerk has typed the customer's name, or number where there is no name; returns what it was.

        The journal keeps receipt numbers, times and hashes. Raises InputRefused("customer", ``not_confirmed`` | ``still_open``).
        """
        if _plain(typed) != _plain(confirmation_of(customer)):
            raise InputRefused.of("customer", ErasureCode.NOT_CONFIRMED)
        held = self.holdings(customer)
        if not any(one.is_open for one in held):  # before the rest, whose end takes all of it out of the file
            for one in held:
                if one.place is Held.OUTBOX:
                    self._receipts.put_away(one.key)
        return self._store.personal.erase(customer)


def confirmation_of(customer: Customer) -> str:
    """What has to be typed before a customer's data is taken out."""
    return customer.name or customer.supply_point_number


def _plain(text: str) -> str:
    return "".join(folded(text).split()).replace("-", "")
