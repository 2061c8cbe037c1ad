"""What is known of the prices that change by bill month, and of a plan's supplement: each with its source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from denkidesk.domain.paper_bills import BillOnPaper, FuelMonth, Supplement, Trial


class PriceOrigin(StrEnum):
    """Where an entry comes from. What the clerk typed or brought counts more than what was published, that more than the API's.

    A price of another month that stands in, since the clerk said so, counts where there is nothing else.
    """

    HAND = "hand"
    FILE = "file"
    SHIPPED = "shipped"
    SERVER = "server"
    STAND_IN = "stand_in"


_BY_TRUST: Final = tuple(PriceOrigin)


@dataclass(frozen=True, slots=True)
class FuelPrice:
    """Fuel adjustment of one bill month. ``subsidy`` None: not in the price, the state's own table says it. ``noted_at`` None: shipped."""

    company: str
    contract_class: str
    bill_month: str  # "2026-06"
    per_kwh: Decimal
    fixed: Decimal
    subsidy: Decimal | None
    source: str
    origin: PriceOrigin
    noted_at: datetime | None = None

    def month(self, subsidy: Decimal) -> FuelMonth:
        """The price as a bill takes it. ``subsidy``: of the state's table."""
        return FuelMonth(self.bill_month, self.per_kwh, self.fixed, subsidy if self.subsidy is None else self.subsidy)


def by_month(prices: Iterable[FuelPrice]) -> dict[str, FuelPrice]:
    """The entry of each bill month that counts most, the newest month first."""
    best: dict[str, FuelPrice] = {}
    for price in sorted(prices, key=lambda one: _BY_TRUST.index(one.origin), reverse=True):
        best[price.bill_month] = price
    return dict(sorted(best.items(), reverse=True))


@dataclass(frozen=True, slots=True)
class PlanSupplement:
    """What a plan needs beside its figures. ``terms`` without fuel: that is the history of ``company`` and ``contract_class``."""

    company: str
    contract_class: str
    terms: Supplement
    source: str
    is_own: bool = False  # kept by the clerk, not as shipped


@dataclass(frozen=True, slots=True)
class MatchedBill:
    """A paper bill that the clerk has accepted as rebuilt: a fact of the customer. ``trial``: what explains the rest, if there is one."""

    company: str
    bill: BillOnPaper
    ours_yen: Decimal
    trial: Trial | None
    customer: str = ""
