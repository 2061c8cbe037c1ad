"""Bills by a rule that is not ours, one at a time: what a server may do that has not published its rules, to be found out by comparison."""

from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any, Final

from denkidesk.practice.quoting.slow_bill import Row, SlowBill, SlowParts, exact, slow_bill

_OTHER_FUEL: Final = Fraction("1.23")
_OTHER_LEVY: Final = 3.98  # of the year before
_PARTS: Final = ("base", "usage", "adjust", "levy", "charge")


def odd_bill(rule: str, plan: Row, purchase: Sequence[Row], options: Mapping[str, Any]) -> SlowBill:
    """The bill under one of :data:`ODD_RULES`."""
    plan, purchase, options = _QUESTIONS.get(rule, _as_asked)(plan, purchase, dict(options))
    bill = slow_bill(plan, purchase, **options)
    if rule in _ANSWERS:
        for month in bill.months:
            if month.label:
                _ANSWERS[rule](month.parts, plan, _share(month.label, purchase))
        bill.year = SlowParts(*(sum((getattr(month.parts, part) for month in bill.months), Fraction(0)) for part in _PARTS))
    return bill


_Question = tuple[Row, Sequence[Row], dict[str, Any]]


def _as_asked(plan: Row, purchase: Sequence[Row], options: dict[str, Any]) -> _Question:
    return plan, purchase, options


def _other_fuel(plan: Row, purchase: Sequence[Row], options: dict[str, Any]) -> _Question:
    fuels = [
        {**fuel, "volumeUnit": float(exact(fuel["volumeUnit"] or 0) + _OTHER_FUEL)} if fuel["calcType"] == 0 else fuel
        for fuel in plan["fuels"]
    ]
    return {**plan, "fuels": fuels}, purchase, options


def _other_levy(plan: Row, purchase: Sequence[Row], options: dict[str, Any]) -> _Question:
    return {**plan, "renewable": _OTHER_LEVY}, purchase, options


def _no_extra_days(plan: Row, purchase: Sequence[Row], options: dict[str, Any]) -> _Question:
    return plan, purchase, {**options, "extra_days": False}


def _hourly_peak(plan: Row, purchase: Sequence[Row], options: dict[str, Any]) -> _Question:
    return plan, purchase, {**options, "peak_purchase": None}


def _other_capacity(plan: Row, purchase: Sequence[Row], options: dict[str, Any]) -> _Question:
    return plan, purchase, {**options, "capacity": None if options["capacity"] is None else float(options["capacity"]) + 1}


def _ends_inclusive(plan: Row, purchase: Sequence[Row], options: dict[str, Any]) -> _Question:
    later = [{**one, "timeTo": one["timeTo"] + 1} if 0 < one["timeTo"] < 24 else one for one in plan["conditions"]]
    return {**plan, "conditions": later}, purchase, options


def _whole_months(plan: Row, purchase: Sequence[Row], options: dict[str, Any]) -> _Question:
    """The month's kWh in whole numbers: what is left of each month goes into its last hour. Exact for a plan without bands."""
    totals: dict[str, Fraction] = {}
    for row in purchase:
        totals[row["date"][5:7]] = totals.get(row["date"][5:7], Fraction(0)) + sum(map(exact, row["hourlyPowers"]))
    rows, seen = [], set[str]()
    for row in reversed(purchase):
        month, powers = row["date"][5:7], list(row["hourlyPowers"])
        if month not in seen:
            rest = Fraction(floor(totals[month] + Fraction(1, 2))) - totals[month]
            powers[-1] = str(exact(powers[-1]) + rest)
        seen.add(month)
        rows.append({**row, "hourlyPowers": powers})
    return plan, rows[::-1], options


_QUESTIONS: Final[Mapping[str, Callable[[Row, Sequence[Row], dict[str, Any]], _Question]]] = {
    "fuel_month": _other_fuel,
    "levy_year": _other_levy,
    "holiday": _no_extra_days,
    "peak_base": _hourly_peak,
    "capacity": _other_capacity,
    "window_ends": _ends_inclusive,
    "whole_kwh": _whole_months,
}


def _whole_yen(parts: SlowParts, _plan: Row, _share: Fraction) -> None:
    parts.charge = Fraction(floor(parts.charge))


def _discount_without_fuel(parts: SlowParts, plan: Row, _share: Fraction) -> None:
    discount = exact(plan.get("discountRate") or 0) / 100
    parts.charge = (parts.base + parts.usage) * (1 - discount) + parts.adjust + parts.levy


def _base_by_days(parts: SlowParts, plan: Row, share: Fraction) -> None:
    less = parts.base * (1 - share)
    parts.base -= less
    parts.charge -= less * (1 - exact(plan.get("discountRate") or 0) / 100)


_ANSWERS: Final[Mapping[str, Callable[[SlowParts, Row, Fraction], None]]] = {
    "rounding": _whole_yen,
    "discount_order": _discount_without_fuel,
    "partial_month": _base_by_days,
}
ODD_RULES: Final = (*_QUESTIONS, *_ANSWERS)


def _share(label: str, purchase: Sequence[Row]) -> Fraction:
    days = {date.fromisoformat(row["date"]) for row in purchase}
    of_month = sum(day.month == int(label[5:]) for day in days)
    return Fraction(of_month, monthrange(int(label[:4]), int(label[5:]))[1])
