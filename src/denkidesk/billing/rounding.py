"""How a month's yen are rounded (billing rule 13), and figures as they were written."""

from decimal import MAX_EMAX, MIN_EMIN, ROUND_FLOOR, Context, Decimal

from denkidesk.domain.bills import Rounding

EXACT = Context(prec=2000, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""Enough digits that no sum or product of figures as written is ever rounded: digits that are not there cost nothing."""

_ONE = Decimal(1)
_HUNDRED = Decimal(100)


def as_written(figure: float | Decimal) -> Decimal:
    """The decimal figure that was written: the shortest that reads back as this float."""
    return figure if isinstance(figure, Decimal) else Decimal(repr(float(figure)))


def as_it_is(figure: Decimal) -> Decimal:
    """The figure: what ``float`` is for fast bills, this is for exact ones."""
    return figure


def month_charge(before_levy: Decimal, levy: Decimal, discount_rate: Decimal, rounding: Rounding) -> Decimal:
    """Yen of one month after the discount (rule 12), rounded by the policy; to be called under the context ``EXACT``.

    ``bill``: two floors, one for base, usage and fuel, one for the levy, as published bills show.
    """
    keep = _ONE - discount_rate / _HUNDRED
    if rounding is Rounding.BILL:
        return floor_yen(before_levy * keep) + floor_yen(levy * keep)
    return (before_levy + levy) * keep


def floor_yen(amount: Decimal) -> Decimal:
    """The largest whole yen that is not above the amount."""
    return amount.to_integral_value(ROUND_FLOOR)
