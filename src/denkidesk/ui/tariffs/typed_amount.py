"""An amount as it was typed into one of the fields, and what is said about it. Qt-free."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from denkidesk.domain.typed_numbers import decimal_of, spreadsheet_damage
from denkidesk.forms.cleaning import clean_amount
from denkidesk.texts import apply as texts
from denkidesk.texts.faults import SPREADSHEET_FAULTS

_APART: Final = re.compile(r"[\t\r\n]")
MOST: Final = 1_000_000
"""No capacity and no month's use is as much."""


@dataclass(frozen=True, slots=True)
class TypedAmount:
    """``value``: more than none, None where nothing of the kind was typed. ``damage``, ``changes``: words, mostly empty."""

    text: str
    value: Decimal | None
    damage: str
    changes: str


def typed_amount(text: str, most: int = MOST) -> TypedAmount:
    """Reads an amount as people paste it; what a spreadsheet broke is named."""
    cleaned, value, damage = clean_amount(text), decimal_of(text), spreadsheet_damage(text)
    good = value if value is not None and 0 < value < most else None
    return TypedAmount(cleaned.text, good, SPREADSHEET_FAULTS[damage] if damage else "", texts.changes(cleaned.changes))


def typed_amounts(text: str, most: int) -> tuple[TypedAmount, ...]:
    """One amount, or several as they stand in a row or a column of a sheet, or with spaces between them."""
    parts = text.split()
    if len(parts) < 3 and not _APART.search(text.strip()):
        return (typed_amount(text, most),)
    return tuple(typed_amount(part, most) for part in parts)
