"""The bill rules as a plain program, hour by hour, in exact fractions: slow on purpose, and the reference for every faster one.

Figures are taken as they were written (0.1 is a tenth), so both rounding policies are exact. Each rule carries its number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any, Final

Row = Mapping[str, Any]  # as JSON gives it; each figure goes through exact()
_EXTRA_HOLIDAYS: Final = ((1, 2), (1, 3), (4, 30), (5, 1), (5, 2), (12, 30), (12, 31))
_MARKET_LINKED: Final = 2
_VARIABLE_METERED: Final = 3
_HUNDRED: Final = Fraction(100)


class SlowBillRefusedError(Exception):
    """The rules cannot be applied. ``code``: ``usage``, ``capacity``, ``base_type``, ``area_prices`` or ``plan``."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(slots=True)
class SlowParts:
    """Yen, exact."""

    base: Fraction = Fraction(0)
    usage: Fraction = Fraction(0)
    adjust: Fraction = Fraction(0)
    levy: Fraction = Fraction(0)
    charge: Fraction = Fraction(0)


@dataclass(slots=True)
class SlowMonth:
    """One calendar month; ``label``: "2026-01" by its first day in the data, empty where no day has data."""

    number: int
    label: str
    kwh: Fraction
    parts: SlowParts


@dataclass(slots=True)
class SlowBill:
    """Twelve months, January to December, and their sum."""

    year: SlowParts
    months: list[SlowMonth]


@dataclass(frozen=True, slots=True)
class _Hour:
    year: int
    month: int
    holiday: bool
    hour: int
    kwh: Fraction


def slow_bill(
    plan: Row,
    purchase: Sequence[Row],
    *,
    capacity: object = None,
    peak_purchase: object = None,
    no_fuels: bool = False,
    rounding: str = "none",
    area_prices: Sequence[Row] = (),
    commission: object = None,
    commission_unit: str = "yen",
    extra_days: bool = True,
) -> SlowBill:
    """The bill of one plan detail (the API's own shape) for one ``purchase`` array; ``rounding`` is "none" or "bill".

    ``extra_days``: whether the vendor's own special days count (rule 2).

    Raises SlowBillRefusedError where the rules give no figure.
    """
    days = _days(purchase)
    hours = _hours(plan, days, extra_days=extra_days)
    contract_capacity = _optional(capacity)
    if contract_capacity is None and _whole(plan["epplanType"]) == _VARIABLE_METERED:
        contract_capacity = _optional(plan.get("capacity"))  # rule 11
    peak = _optional(peak_purchase)
    if peak is None:
        peak = max(hour.kwh for hour in hours)  # rule 7: one hour's kWh is its mean kW
    discount = exact(plan.get("discountRate") or 0) / _HUNDRED

    bill = SlowBill(SlowParts(), [])
    for number in range(1, 13):
        of_month = [hour for hour in hours if hour.month == number]
        total = sum((hour.kwh for hour in of_month), Fraction(0))
        parts = SlowParts()
        label = ""
        if of_month:  # rule 1: a month without a single day is not billed, any other is billed whole
            label = f"{min(day for day, _ in days if day.month == number).year:04}-{number:02}"
            parts.base = _base_charge(plan, contract_capacity, peak)
            measured, total = total, _billed_total(plan, of_month, total) if rounding == "bill" else total
            parts.usage = _usage_charge(plan, number, of_month, measured, whole=rounding == "bill")
            if _whole(plan["epplanType"]) == _MARKET_LINKED:
                parts.usage += _market_charge(of_month, area_prices, _optional(commission) or Fraction(0), commission_unit)
            parts.adjust = Fraction(0) if no_fuels else _fuel_adjustment(plan, total)
            parts.levy = total * exact(plan.get("renewable") or 0)  # rule 9
            parts.charge = _charge(parts, discount, rounding)
        bill.months.append(SlowMonth(number, label, total, parts))
        for name in ("base", "usage", "adjust", "levy", "charge"):
            setattr(bill.year, name, getattr(bill.year, name) + getattr(parts, name))
    return bill


def exact(value: object) -> Fraction:
    """The number as it was written: the float 0.1 is one tenth."""
    try:
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError, OverflowError):
        raise SlowBillRefusedError("plan", f"not a number: {str(value)[:40]}") from None


def _optional(value: object) -> Fraction | None:
    return None if value is None or value == "" else exact(value)


def _whole(value: object) -> int:
    return int(exact(value))


def _days(purchase: Sequence[Row]) -> list[tuple[date, list[Fraction]]]:
    days: list[tuple[date, list[Fraction]]] = []
    for row in purchase:
        try:
            day = date.fromisoformat(row["date"])
            powers = [Fraction(str(value)) for value in row["hourlyPowers"]]
        except (KeyError, TypeError, ValueError):
            raise SlowBillRefusedError("usage", "a day needs date and 24 numbers in hourlyPowers") from None
        if len(powers) != 24:
            raise SlowBillRefusedError("usage", f"{day}: {len(powers)} hours")
        days.append((day, powers))
    if not days:
        raise SlowBillRefusedError("usage", "no day")
    dates = [day for day, _ in days]
    if len(set(dates)) != len(dates):
        raise SlowBillRefusedError("usage", "a day twice")
    first, last = min(dates), max(dates)
    if (last.year - 1, last.month, last.day) >= (first.year, first.month, first.day):
        raise SlowBillRefusedError("usage", "more than one year")
    return days


def _hours(plan: Row, days: Sequence[tuple[date, list[Fraction]]], *, extra_days: bool) -> list[_Hour]:
    import jpholiday

    public = {day for year in {day.year for day, _ in days} for day, _ in jpholiday.year_holidays(year)}
    saturday, sunday, special = (flag == "1" for flag in str(plan.get("holidayflg") or "000").zfill(3))
    hours: list[_Hour] = []
    for day, powers in days:
        # Rule 2, assumed: any flag that fits makes a holiday, and z holds for the vendor's extra days too.
        is_special = day in public or (extra_days and (day.month, day.day) in _EXTRA_HOLIDAYS)
        weekday = day.isoweekday()
        holiday = (weekday == 6 and saturday) or (weekday == 7 and sunday) or (is_special and special)
        hours.extend(_Hour(day.year, day.month, holiday, clock, kwh) for clock, kwh in enumerate(powers))
    return hours


def _in_month(condition: Row, month: int) -> bool:
    first, last = _whole(condition["monthFrom"]), _whole(condition["monthTo"])
    if first <= last:
        return first <= month <= last
    return month >= first or month <= last  # rule 3, assumed: over the year's end


def _in_window(condition: Row, hour: _Hour) -> bool:
    day_class = _whole(condition.get("holidayData") or 0)
    if (day_class == 1 and hour.holiday) or (day_class == 2 and not hour.holiday):
        return False
    start, end = _whole(condition["timeFrom"]), _whole(condition["timeTo"])
    if not (0 <= start <= 23 and 0 <= end <= 24):
        raise SlowBillRefusedError("plan", f"timeFrom {start}, timeTo {end}")  # rule 3: 24 names no hour
    if start == end:
        return True  # rule 3: the whole day
    if start < end:
        return start <= hour.hour < end
    return hour.hour >= start or hour.hour < end  # rule 3, assumed: over midnight


def _half_up(kwh: Fraction) -> Fraction:
    return Fraction(floor(kwh + Fraction(1, 2)))


def _places(plan: Row, condition: Row) -> frozenset[tuple[int, bool, int]]:
    """Month, holiday and hour of all kWh that a condition counts: its own window's, or its group's in its own months."""
    group = _whole(condition.get("group") or 0)
    found = set()
    for month in range(1, 13):
        if not _in_month(condition, month):
            continue
        others = [c for c in plan["conditions"] if group >= 1 and _whole(c.get("group") or 0) == group and _in_month(c, month)]
        for holiday in (False, True) if "1" in str(plan.get("holidayflg") or "000") else (False,):
            for clock in range(24):
                hour = _Hour(0, month, holiday, clock, Fraction(0))
                if any(_in_window(window, hour) for window in others or [condition]):
                    found.add((month, holiday, clock))
    return frozenset(found)


def _billed_total(plan: Row, hours: Sequence[_Hour], total: Fraction) -> Fraction:
    """Rule 15: the sum of whole bands where each hour of the year is in exactly one of them, else the whole of the sum."""
    bands = {_places(plan, condition) for condition in plan.get("conditions") or ()} - {frozenset()}
    places = [place for band in bands for place in band]
    classes = 2 if "1" in str(plan.get("holidayflg") or "000") else 1
    if len(places) != len(set(places)) or len(places) != 12 * classes * 24:
        return _half_up(total)
    return sum((_half_up(sum((h.kwh for h in hours if (h.month, h.holiday, h.hour) in band), Fraction(0))) for band in bands), Fraction(0))


def _usage_charge(plan: Row, month: int, hours: Sequence[_Hour], total: Fraction, *, whole: bool) -> Fraction:
    conditions = [condition for condition in plan.get("conditions") or () if _in_month(condition, month)]
    conditions.sort(key=lambda condition: exact(condition.get("calcOrder") or 0))
    charge = Fraction(0)
    flowed_on = Fraction(0)
    whole = whole and not any(exact(condition.get("volumeCap") or 0) > 0 for condition in plan.get("conditions") or ())
    for condition in conditions:
        group = _whole(condition.get("group") or 0)
        # Rule 4: the members of a group all have the usage of the union of their windows.
        windows = [other for other in conditions if _whole(other.get("group") or 0) == group] if group >= 1 else [condition]
        volume = sum((hour.kwh for hour in hours if any(_in_window(window, hour) for window in windows)), Fraction(0))
        if whole:  # rule 15; a plan with caps counts as measured
            volume = _half_up(volume)
        # Rule 5, assumed: what is over the cap goes on to the next condition in calcOrder. Behind the last one nothing charges it.
        volume += flowed_on
        flowed_on = Fraction(0)
        cap = exact(condition.get("volumeCap") or 0)
        if cap > 0 and volume > total * cap / _HUNDRED:
            flowed_on = volume - total * cap / _HUNDRED
            volume = total * cap / _HUNDRED
        charge += _tier(condition, volume) * exact(condition["volumeUnit"])
    return charge


def _tier(row: Row, volume: Fraction) -> Fraction:
    """Rule 6: kWh of ``volume`` between volumeFrom and volumeTo; 0 as the upper end means no limit."""
    upper = exact(row.get("volumeTo") or 0)
    lower = exact(row.get("volumeFrom") or 0)
    return max(Fraction(0), (volume if upper == 0 else min(volume, upper)) - lower)


def _base_charge(plan: Row, capacity: Fraction | None, peak: Fraction) -> Fraction:
    """Rule 7. Type 3 is assumed to be type 9 without its + 1; 4 (minimum charge) and 7 (fixed by contract) charge as 1."""
    if plan.get("baseType") in (None, "") and _whole(plan["epplanType"]) == _MARKET_LINKED:
        return Fraction(0)  # rule 10: parts may be missing
    base_type = _whole(plan.get("baseType") or 0)
    unit, fixed = exact(plan.get("baseUnit") or 0), exact(plan.get("baseFixUnit") or 0)
    lowest = exact(plan.get("capacityFrom") or 0)
    if base_type in (2, 3, 8, 9) and capacity is None:
        raise SlowBillRefusedError("capacity", f"{plan.get('epplan_id')}: base type {base_type} needs the contract capacity")
    size = capacity if capacity is not None else Fraction(0)
    match base_type:
        case 1 | 4 | 7:
            return unit
        case 2:
            return size * unit
        case 3:
            return fixed + unit * (size - lowest)
        case 5:
            return peak * unit
        case 6:
            return fixed + unit * (peak - lowest + 1)
        case 8:
            return fixed + unit * size
        case 9:
            return fixed + unit * (size - lowest + 1)
    raise SlowBillRefusedError("base_type", f"{plan.get('epplan_id')}: base type {base_type}")


def _fuel_adjustment(plan: Row, total: Fraction) -> Fraction:
    """The fuel adjustment of a month (rule 8)."""
    adjustment = Fraction(0)
    for fuel in plan.get("fuels") or ():
        if fuel["volumeUnit"] is None:
            continue  # nobody knows it
        unit = exact(fuel["volumeUnit"])
        lower = exact(fuel.get("volumeFrom") or 0)
        if _whole(fuel["calcType"]) == 0:
            adjustment += _tier(fuel, total) * unit
        elif total > lower or lower == 0:
            adjustment += unit
    return adjustment


def _market_charge(hours: Sequence[_Hour], area_prices: Sequence[Row], commission: Fraction, unit: str) -> Fraction:
    """Rule 10, assumed: the data's own month's price where it is there, else the same month in the newest year."""
    table: dict[tuple[int, int], list[Fraction]] = {}
    for row in area_prices:
        year, month = str(row["yearmonth"]).split("-")
        table[int(year), int(month)] = [exact(price) for price in row["prices"]]
    charge = Fraction(0)
    for hour in hours:
        prices = table.get((hour.year, hour.month))
        if prices is None:
            years = [year for year, month in table if month == hour.month]
            if not years:
                raise SlowBillRefusedError("area_prices", f"no area price for month {hour.month}")
            prices = table[max(years), hour.month]
        price = prices[hour.hour]
        charge += hour.kwh * (price * (1 + commission / _HUNDRED) if unit == "percent" else price + commission)
    return charge


def _charge(parts: SlowParts, discount: Fraction, rounding: str) -> Fraction:
    """The charge of a month, rounded as asked (rules 12 and 13)."""
    energy = (parts.base + parts.usage + parts.adjust) * (1 - discount)
    levy = parts.levy * (1 - discount)
    if rounding == "bill":
        return Fraction(floor(energy) + floor(levy))
    return energy + levy
