"""What a bill needs besides plan and usage."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from denkidesk.domain.bills import Rounding
from denkidesk.domain.plans import AreaPriceMonth


@dataclass(frozen=True, slots=True)
class BillOptions:
    """Options of one bill.

    ``capacity``: contract capacity in the plan's own unit. ``peak_kw``: the year's largest 30-minute demand; None takes the usage's
    own. ``commission``: on the area price; ``commission_unit`` "yen" (yen/kWh) or "percent": which one it is, is not public (rule 10).
    ``as_of``: the day of the quote, on which the plan must be on offer; None: nobody asks.
    """

    capacity: Decimal | None = None
    peak_kw: float | None = None
    no_fuels: bool = False
    rounding: Rounding = Rounding.NONE
    area_prices: tuple[AreaPriceMonth, ...] = ()
    commission: Decimal | None = None
    commission_unit: str = "yen"
    as_of: date | None = None
