"""An amount as it was typed into one of the fields, and what is said about it. Qt-free."""

from dataclasses import dataclass
from decimal import Decimal

from denkidesk.domain.typed_numbers import decimal_of, spreadsheet_damage
from denkidesk.forms.cleaning import clean_amount
from denkidesk.texts import apply as texts
from denkidesk.texts.faults import SPREADSHEET_FAULTS

MOST = 1_000_000
"""No capacity and no month's use is as much."""


@dataclass(frozen=True, slots=True)
class TypedAmount:
    """``value``: more than none, None where nothing of the kind was typed. ``damage``, ``changes``: words, mostly empty."""

    text: str
    value: Decimal | None
    damage: str
    changes: str


def typed_amount(text: str) -> TypedAmount:
    """Reads an amount as people paste it; what a spreadsheet broke is named."""
    cleaned, value, damage = clean_amount(text), decimal_of(text), spreadsheet_damage(text)
    good = value if value is not None and 0 < value < MOST else None
    return TypedAmount(cleaned.text, good, SPREADSHEET_FAULTS[damage] if damage else "", texts.changes(cleaned.changes))
