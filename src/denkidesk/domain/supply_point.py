"""The supply point number (供給地点特定番号): 22 digits, of which the first two name the area."""

import re
from typing import Final

from denkidesk.domain.areas import area_of_supply_prefix
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import FormCode, SpreadsheetCode

DIGITS: Final = 22
MASKED: Final = r"\d{2}(?:-\*{4}){4}-\d{4}"
"""What :func:`masked` makes, as a pattern."""


def parse_supply_point_number(text: str, field: str = "supply_point_number") -> str:
    """The 22 ASCII digits. Takes full-width digits, separators, quotes and labels; refuses whatever is not 22 digits of a known area.

    Raises InputRefused with code ``required``, ``not_digits``, ``length`` (facts: ``digits``), ``area`` (facts: ``prefix``), or what a
    spreadsheet made of the number.
    """
    from denkidesk.domain.typed_numbers import clean_digits, spreadsheet_damage  # the inbox stands without

    if damage := spreadsheet_damage(text):
        raise InputRefused.of(field, damage)
    cleaned = clean_digits(text)
    if not cleaned:
        raise InputRefused.of(field, FormCode.REQUIRED)
    if not (cleaned.isascii() and cleaned.isdigit()):
        raise InputRefused.of(field, FormCode.NOT_DIGITS)
    if len(cleaned) == DIGITS - 1 and cleaned[0] != "0":  # all areas but Okinawa begin with it
        raise InputRefused.of(field, SpreadsheetCode.ZERO_LOST)
    if len(cleaned) != DIGITS:
        raise InputRefused.of(field, FormCode.LENGTH, digits=str(len(cleaned)))
    if area_of_supply_prefix(cleaned[:2]) is None:
        raise InputRefused.of(field, FormCode.AREA, prefix=cleaned[:2])
    return cleaned


def looks_rounded_by_spreadsheet(digits: str) -> bool:
    """Whether digits 16 to 22 are all zero: spreadsheets keep 15 digits and fill up. A warning only: real numbers may end so."""
    return len(digits) == DIGITS and digits[15:] == "0" * 7


def grouped(number: str) -> str:
    """A supply point number in groups of 2-4-4-4-4-4, as it is read aloud and printed on bills; what is none, or none yet, as it is."""
    if len(number) != DIGITS or not number.isdigit():
        return number
    return "-".join((number[:2], *(number[i : i + 4] for i in range(2, DIGITS, 4))))


def parse_and_mask(text: str) -> str:
    """A number as it is typed, or as it was printed, for paper. Raises InputRefused as :func:`parse_supply_point_number` does."""
    printed = text.strip()
    return printed if re.fullmatch(MASKED, printed) else masked(parse_supply_point_number(text))


def masked(number: str) -> str:
    """The area and the last four digits of a supply point number, for paper that leaves the house."""
    shown = grouped(number).split("-")
    return "-".join((shown[0], *("****" for _ in shown[1:-1]), shown[-1]))
