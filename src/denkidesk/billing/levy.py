"""The renewable levy of every fiscal year, yen/kWh with tax (再エネ賦課金; METI's yearly notices)."""

from decimal import Decimal
from typing import Final

_FIRST_YEAR: Final = 2012
_YEN: Final = ("0.22", "0.35", "0.75", "1.58", "2.25", "2.64", "2.90", "2.95", "2.98", "3.36", "3.45", "1.40", "3.49", "3.98", "4.18")
ALL_LEVIES: Final = tuple(Decimal(yen) for yen in _YEN)
_FIRST_MONTH: Final = "2012-08"
_SHORT_FIRST_YEAR_END: Final = "2013-03"  # the second year began in April; all later ones in May


def levy_of(bill_month: str) -> Decimal | None:
    """The levy of a bill month, May's bill to next April's; None where the table has none."""
    if bill_month < _FIRST_MONTH:
        return None
    year, month = int(bill_month[:4]), int(bill_month[5:])
    fiscal_year = year if month >= 5 or (bill_month > _SHORT_FIRST_YEAR_END and year == 2013) else year - 1
    place = fiscal_year - _FIRST_YEAR
    return Decimal(_YEN[place]) if place < len(_YEN) else None
