"""What a stored quote is now, a day or a year after it was issued."""

from enum import StrEnum


class QuoteState(StrEnum):
    """The first that applies."""

    PRICES_CHANGED = "prices_changed"  # the plan has other prices by now
    EXPIRED = "expired"
    ISSUED = "issued"
