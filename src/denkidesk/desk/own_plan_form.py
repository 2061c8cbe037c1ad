"""An own plan as it is typed: fields by name, from text to figures and back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from denkidesk.billing.levy import levy_of
from denkidesk.domain.areas import QuotingAreaCode
from denkidesk.domain.errors import FieldFault, InputRefused
from denkidesk.domain.fault_codes import InputCode
from denkidesk.domain.paper_bills import month_of
from denkidesk.domain.plans import (
    BaseType,
    Condition,
    DayClass,
    Fuel,
    HolidayFlags,
    PlanDetail,
    PlanFault,
    PlanFaultCode,
    PlanFigure,
    PlanType,
)
from denkidesk.domain.typed_numbers import decimal_of

ROWS: Final = 6
"""Lines of energy prices that the form has; a plan with more comes as a file."""
COLUMNS: Final = ("name", "from", "to", "above", "up_to", "price")
BASES: Final[Mapping[str, BaseType]] = {"month": BaseType.FLAT, "capacity": BaseType.PER_CAPACITY}
UNITS: Final = ("A", "kVA", "kW")
_NONE: Final = Decimal(0)
_MOST_YEN: Final = Decimal(100_000_000)
_MOST_PRICE: Final = Decimal(1_000)
_MOST_KWH: Final = Decimal(100_000_000)
_HOURS: Final = Decimal(24)
_LONGEST_NAME: Final = 60
_STEPS, _CLOCK = ("above", "up_to"), ("from", "to")
_BETWEEN_ROWS: Final = {
    PlanFaultCode.TIER_EMPTY: _STEPS,
    PlanFaultCode.TIER_UNPRICED: _STEPS,
    PlanFaultCode.TIER_TWICE: _STEPS,
    PlanFaultCode.HOURS_UNPRICED: _CLOCK,
    PlanFaultCode.HOURS_TWICE: _CLOCK,
}
_OF_ONE_FIELD: Final = {
    PlanFigure.FUEL_PRICE: "fuel",
    PlanFigure.LEVY_PRICE: "levy",
    PlanFigure.DISCOUNT_RATE: "discount",
    PlanFigure.BASE_PER_UNIT: "base_unit",
    PlanFigure.BASE_FIXED: "base_unit",
}


def plan_of_form(typed: Mapping[str, str], number: str, energy: str) -> PlanDetail:
    """A plan of what stands in the fields. Raises InputRefused with the name of each field that cannot be read.

    Energy in rows ("price 1", "from 1" and so on): a row of which nothing is typed is none. ``energy``: the name of one without a name.
    """
    form = _Form(typed)
    name = form.name()
    unit = form.number("base_unit", _NONE, _MOST_YEN)
    conditions = tuple(form.condition(row, energy) for row in range(1, ROWS + 1) if form.has(row))
    if not conditions:
        form.faults.append(FieldFault("price 1", InputCode.REQUIRED))
    fuel = form.number("fuel", Decimal(-100), Decimal(100), missing=_NONE)
    levy = form.number("levy", _NONE, Decimal(100))
    discount = form.number("discount", _NONE, Decimal(100), missing=_NONE)
    if form.faults:
        raise InputRefused(form.faults)
    return PlanDetail(
        epplan_id=number,
        base_cd="1",
        epcorp_cd="",
        name=name,
        base_name="",
        contract_type=int(typed["contract_type"]),
        plan_type=PlanType.METERED,
        capacity_unit=typed["unit"],
        discount_rate=discount,
        holidays=HolidayFlags(saturday=False, sunday=False, public_holiday=False),
        base_type=int(BASES[typed["base"]]),
        base_unit=unit,
        base_fix_unit=_NONE,
        ampere=None,
        capacity_from=_NONE,
        capacity_to=_NONE,
        capacity=None,
        conditions=conditions,
        fuels=(Fuel(1, 0, _NONE, _NONE, fuel),) if form.text("fuel") else (),
        levy_yen_per_kwh=levy,
    )


def blank_form(area: QuotingAreaCode, today: date) -> dict[str, str]:
    """What the form begins with: the area at hand, and the levy of this month's bills."""
    levy = levy_of(month_of(today))
    return {"area": area, "contract_type": "1", "base": "month", "unit": UNITS[0], "levy": _written(levy)}


def form_of_plan(detail: PlanDetail) -> dict[str, str] | None:
    """What the form shows of a plan; None for one that has more to it, which is changed in its file."""
    bases = {int(kind): word for word, kind in BASES.items()}
    if detail.base_type not in bases or len(detail.conditions) > ROWS or len(detail.fuels) > 1 or detail.capacity_unit not in UNITS:
        return None
    typed = {
        "name": detail.name,
        "contract_type": str(detail.contract_type),
        "base": bases[detail.base_type],
        "base_unit": _written(detail.base_unit),
        "unit": detail.capacity_unit,
        "fuel": _written(detail.fuels[0].unit_yen) if detail.fuels else "",
        "levy": _written(detail.levy_yen_per_kwh),
        "discount": _written(detail.discount_rate) if detail.discount_rate else "",
    }
    for row, one in enumerate(detail.conditions, 1):
        hours = ("", "") if one.time_from == one.time_to else (str(one.time_from), str(one.time_to))
        kwh = (_written(end) if end else "" for end in (one.volume_from, one.volume_to))
        cells = zip(COLUMNS, (one.name, *hours, *kwh, _written(one.unit_yen)), strict=True)
        typed |= {f"{column} {row}": text for column, text in cells}
    try:
        again = plan_of_form(typed, detail.epplan_id, "")
    except InputRefused:
        return None
    return typed if replace(again, epcorp_cd=detail.epcorp_cd, base_cd=detail.base_cd) == detail else None


def doubted_fields(detail: PlanDetail, faults: Iterable[PlanFault]) -> tuple[str, ...]:
    """The fields that a plan's faults are about; of a hole or a double price, those of all rows, since it lies between them."""
    return tuple(dict.fromkeys(field for fault in faults for field in _fields_of(detail, fault)))


def _fields_of(detail: PlanDetail, fault: PlanFault) -> Iterator[str]:
    facts = dict(fault.facts)
    if fault.code == PlanFaultCode.IMPLAUSIBLE_PRICE and facts["item"] == PlanFigure.CONDITION_PRICE:
        odd = {Decimal(value) for value in facts["values"].split()}
        yield from (f"price {one.calc_order}" for one in detail.conditions if one.unit_yen in odd)
    elif fault.code == PlanFaultCode.IMPLAUSIBLE_PRICE:
        yield from filter(None, [_OF_ONE_FIELD.get(PlanFigure(facts["item"]))])
    elif fault.code == PlanFaultCode.FUEL_UNKNOWN:
        yield "fuel"
    elif fault.code == PlanFaultCode.NOT_CURRENT:
        yield "name"
    for one in detail.conditions:
        is_sound = fault.code == PlanFaultCode.TIER_EMPTY and not 0 < one.volume_to <= one.volume_from
        yield from () if is_sound else (f"{column} {one.calc_order}" for column in _BETWEEN_ROWS.get(fault.code, ()))


class _Form:
    """Reads fields, and notes what cannot be read."""

    def __init__(self, typed: Mapping[str, str]) -> None:
        self._typed = typed
        self.faults: list[FieldFault] = []

    def text(self, field: str) -> str:
        return " ".join(self._typed.get(field, "").split())

    def name(self) -> str:
        found = self.text("name")
        if not found:
            self.faults.append(FieldFault("name", InputCode.REQUIRED))
        if len(found) > _LONGEST_NAME:
            self.faults.append(FieldFault("name", InputCode.TOO_LARGE, {"most": str(_LONGEST_NAME), "length": str(len(found))}))
        return found

    def number(self, field: str, least: Decimal, most: Decimal, *, missing: Decimal | None = None) -> Decimal:
        text = self.text(field)
        if not text and missing is not None:
            return missing
        value = decimal_of(text)
        if value is None:
            self.faults.append(FieldFault(field, InputCode.NUMBER if text else InputCode.REQUIRED))
        elif not least <= value <= most:
            self.faults.append(FieldFault(field, InputCode.RANGE, {"least": f"{least:,f}", "most": f"{most:,f}"}))
            value = None
        return _NONE if value is None else value

    def hour(self, field: str, most: Decimal) -> int:
        """A band begins before 24 and ends at it."""
        value = self.number(field, _NONE, most, missing=_NONE)
        if value != int(value):
            self.faults.append(FieldFault(field, InputCode.RANGE, {"least": "0", "most": f"{most:f}"}))
        return int(value)

    def has(self, row: int) -> bool:
        return any(self.text(f"{column} {row}") for column in COLUMNS)

    def condition(self, row: int, energy: str) -> Condition:
        return Condition(
            calc_order=row,
            name=self.text(f"name {row}") or energy,
            group=0,
            volume_cap=_NONE,
            volume_from=self.number(f"above {row}", _NONE, _MOST_KWH, missing=_NONE),
            volume_to=self.number(f"up_to {row}", _NONE, _MOST_KWH, missing=_NONE),
            month_from=1,
            month_to=12,
            day_class=DayClass.ANY,
            time_from=self.hour(f"from {row}", _HOURS - 1),
            time_to=self.hour(f"to {row}", _HOURS),
            unit_yen=self.number(f"price {row}", -_MOST_PRICE, _MOST_PRICE),
        )


def _written(figure: Decimal | None) -> str:
    return "" if figure is None else f"{figure:f}"
