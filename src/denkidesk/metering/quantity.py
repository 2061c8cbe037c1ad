"""Which unit a column is in, and what a cell of it is in kWh."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from denkidesk.domain.error_codes import FaultCode
from denkidesk.domain.errors import ChoiceOpen, InputRefused
from denkidesk.domain.fault_codes import UsageCode
from denkidesk.domain.typed_numbers import spreadsheet_damage
from denkidesk.domain.usage import ImportNoteCode
from denkidesk.metering import cells
from denkidesk.metering.readings import Notes

NO_NUMBER: Final = float("-inf")
"""Stands for a cell that is neither a number nor a gap."""

_TO_KILO: Final = {
    "Wh": Decimal("0.001"),
    "W": Decimal("0.001"),
    "kWh": Decimal(1),
    "kW": Decimal(1),
    "MWh": Decimal(1000),
    "MW": Decimal(1000),
}
_LARGE: Final = re.compile(r"E\+?[1-9]", re.IGNORECASE)  # 5E-05 is how programs write little; nothing in a slot is as much as 1E+11
_FLOAT_DIGITS: Final = 15  # a decimal of so many digits is the only one of them that reads as its float
_AMOUNT: Final = re.compile(r"使用量|電力量|消費量|買電量|受電量|usage|consum|energy", re.IGNORECASE)
_POWER: Final = re.compile(r"デマンド|需要電力(?!量)|最大電力(?!量)|demand", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of energy (kWh) or of mean power over the slot (kW)."""

    name: str

    def kwh(self, figure: Decimal, slot_minutes: int) -> Decimal:
        """kWh of one slot."""
        kilo = figure * _TO_KILO[self.name]
        return kilo if self.name.endswith("h") else kilo * slot_minutes / 60


def no_number(cell: str) -> FaultCode:
    """What is wrong with such a cell."""
    return spreadsheet_damage(cell) or UsageCode.NOT_A_NUMBER


class Figures(dict[str, float | None]):
    """kWh by cell, each different cell read once: None for a gap, ``NO_NUMBER`` for what is neither."""

    def __init__(self, unit: Unit, slot_minutes: int) -> None:
        super().__init__()
        self._unit, self._slot_minutes = unit, slot_minutes

    def of(self, cells_of_slots: Sequence[str]) -> list[float | None]:
        """The kWh of cells: all at once where they are nothing but digits and points, else one by one."""
        together = "".join(cells_of_slots)
        if self._unit.name == "kWh" and together.replace(".", "").isdecimal() and together.isascii():
            with suppress(ValueError):  # an empty cell, or two points in one
                if max(map(len, cells_of_slots)) <= _FLOAT_DIGITS:
                    return list(map(float, cells_of_slots))
        return [self[cell] for cell in cells_of_slots]

    def __missing__(self, cell: str) -> float | None:
        found: float | None
        if cells.is_number(cell) and not (_LARGE.search(cell) and spreadsheet_damage(cell)):
            plain = cell.replace(",", "")
            found = float(plain if self._unit.name == "kWh" else self._unit.kwh(Decimal(plain), self._slot_minutes))
        else:
            found = None if cells.is_gap(cell) else NO_NUMBER
        self[cell] = found
        return found


def unit_of(given: str | None, own: str, headings: Sequence[str], notes: Notes, *, layout_known: bool) -> Unit:
    """The unit that the clerk gave, else that of the column's own heading, else of the others; a note says whenever it is not kWh.

    Raises ChoiceOpen("unit") where the layout is unknown and the headings name neither an amount nor a power, or both.
    """
    if given is not None:
        named = cells.units(given)
        if len(named) != 1:
            raise InputRefused.of("usage", UsageCode.UNKNOWN_UNIT, unit=given)
        unit = Unit(_unit(named.pop()))
    else:
        unit = Unit(_named_unit(own, headings, layout_known))
    if unit.name != "kWh":
        notes.note(ImportNoteCode.UNIT_KW if unit.name == "kW" else ImportNoteCode.UNIT_CONVERTED, unit=unit.name)
    return unit


def _named_unit(own: str, headings: Sequence[str], layout_known: bool) -> str:
    # 契約 (contract) headings speak of the contract's kW, not of the figures
    others = " ".join(heading for heading in headings if "契約" not in heading)
    for found in (cells.units(own), _meant(own), cells.units(others), _meant(others)):
        if len(found) == 1:
            return _unit(found.pop())
        if found:
            break
    else:
        if layout_known:
            return "kWh"
    raise ChoiceOpen(UsageCode.UNIT_OPEN, "unit", ("kWh", "kW"))


def _unit(name: str) -> str:
    if name not in _TO_KILO:  # mWh: meant as MWh or as Wh, which is a factor of a million
        raise InputRefused.of("usage", UsageCode.UNKNOWN_UNIT, unit=name)
    return name


def _meant(heading: str) -> set[str]:
    return {unit for unit, pattern in (("kWh", _AMOUNT), ("kW", _POWER)) if pattern.search(heading)}
