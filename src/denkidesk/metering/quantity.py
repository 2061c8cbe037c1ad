"""Which unit a column is in, and what a figure of it is in kWh."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import UsageCode
from denkidesk.domain.typed_numbers import spreadsheet_damage
from denkidesk.domain.usage import ImportNoteCode
from denkidesk.metering import cells
from denkidesk.metering.readings import Notes

_LARGE: Final = re.compile(r"E\+?[1-9]", re.IGNORECASE)  # 5E-05 is how programs write little; nothing in a slot is as much as 1E+11
_TO_KILO: Final = {"": Decimal("0.001"), "k": Decimal(1), "M": Decimal(1000)}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of energy (kWh) or of mean power over the slot (kW)."""

    name: str

    def kwh(self, figure: Decimal, slot_minutes: int) -> Decimal:
        """kWh of one slot."""
        kilo = figure * _TO_KILO[self.name.partition("W")[0]]
        return kilo if self.name.endswith("h") else kilo * slot_minutes / 60


def unit_of(given: str | None, headings: Sequence[str], notes: Notes) -> Unit:
    """The unit that the clerk gave, else that of the headings, else kWh; a note says whenever it is not plainly kWh."""
    if given is not None:
        named = cells.units(given)
        if len(named) != 1:
            raise InputRefused.of("usage", UsageCode.UNKNOWN_UNIT, unit=given)
        unit = _unit(named.pop())
        if unit.name != "kWh":
            _note(unit, notes)
        return unit
    # 契約 (contract) headings speak of the contract's kW, not of the figures
    found = {unit for heading in headings if "契約" not in heading for unit in cells.units(heading)}
    if not found:
        if not any("電力量" in heading for heading in headings):  # "amount of energy": kWh on every Japanese meter
            notes.note(ImportNoteCode.UNIT_ASSUMED, unit="kWh")
        return Unit("kWh")
    if len(found) > 1:
        energy = {unit for unit in found if unit.endswith("h")}
        if len(energy) != 1:
            raise InputRefused.of("usage", UsageCode.SEVERAL_UNITS, units=" ".join(sorted(found)))
        notes.note(ImportNoteCode.SEVERAL_UNITS, units=" ".join(sorted(found)), taken=min(energy))
        found = energy
    unit = _unit(found.pop())
    if unit.name != "kWh":
        _note(unit, notes)
    return unit


def _unit(name: str) -> Unit:
    if name.partition("W")[0] not in _TO_KILO:  # mWh: meant as MWh or as Wh, which is a factor of a million
        raise InputRefused.of("usage", UsageCode.UNKNOWN_UNIT, unit=name)
    return Unit(name)


def _note(unit: Unit, notes: Notes) -> None:
    notes.note(ImportNoteCode.UNIT_KW if unit.name == "kW" else ImportNoteCode.UNIT_CONVERTED, unit=unit.name)


def figure_of(cell: str, line: int, column: int, notes: Notes) -> Decimal | None:
    """The cell's number; None for a gap. A cell that is neither is a fault."""
    if cells.is_gap(cell):
        return None
    figure = cells.number(cell)
    damage = spreadsheet_damage(cell) if figure is None or _LARGE.search(cell) else None
    if figure is None or damage:
        notes.fault(damage or UsageCode.NOT_A_NUMBER, line, column=str(column + 1), value=cell[:40])
    return figure
