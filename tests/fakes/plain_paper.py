"""Rules 15 to 23 and the table of bill match as a plain program, half-hour by half-hour, in exact fractions.

It takes the JSON of the command line and shares no code with what it checks.
"""

from datetime import date, timedelta
from fractions import Fraction
from math import floor

import jpholiday

EXTRA = {(1, 2), (1, 3), (4, 30), (5, 1), (5, 2), (12, 30), (12, 31)}
_YEN = ["0.75", "1.58", "2.25", "2.64", "2.90", "2.95", "2.98", "3.36", "3.45", "1.40", "3.49", "3.98", "4.18"]
LEVIES = dict(zip(range(2014, 2027), _YEN, strict=True))


def exact(value):
    return Fraction(str(value or 0))


def half_up(value):
    return Fraction(floor(value + Fraction(1, 2)))


def month_after(day):
    after = day + timedelta(days=1)
    return after.year * 12 + after.month - 1


def spelled(month):
    return f"{month // 12:04}-{month % 12 + 1:02}"


def is_holiday(plan, day, extra):
    x, y, z = (flag == "1" for flag in plan["holidayflg"])
    special = jpholiday.is_holiday(day) or (extra and (day.month, day.day) in EXTRA)
    return (x and day.weekday() == 5) or (y and day.weekday() == 6) or (z and special)


def in_months(condition, month):
    first, last = condition["monthFrom"], condition["monthTo"]
    return first <= month <= last if first <= last else month >= first or month <= last


def in_window(condition, month, holiday, hour):
    if not in_months(condition, month) or condition["holidayData"] == (1 if holiday else 2):
        return False
    start, end = condition["timeFrom"], condition["timeTo"] % 24
    if start == end:
        return True
    return start <= hour < end if start < end else hour >= start or hour < end


def counts(plan, condition, month, holiday, hour):
    """Whether a condition's volume holds that hour: its own window, or its group's in its own months."""
    if not in_months(condition, month):
        return False
    members = [c for c in plan["conditions"] if condition["group"] and c["group"] == condition["group"]] or [condition]
    return any(in_window(member, month, holiday, hour) for member in members)


def places(plan, condition):
    holidays = (False, True) if "1" in plan["holidayflg"] else (False,)
    return frozenset((m, d, h) for m in range(1, 13) for d in holidays for h in range(24) if counts(plan, condition, m, d, h))


def plain_bill(case, hours=None, *, measured=False, extra=True, whole_period=False, single=False, unrounded=False, **changed):
    """The bill of ``case`` (BILL of the command line) from ``hours`` ({(day, hour): kWh}), else from its own kWh."""
    plan = case["plan"]
    supplement = {**case["supplement"], **changed}
    first, last = (date.fromisoformat(day) for day in case["period"])
    begins = max(first, date.fromisoformat(supplement.get("contract_from") or "0001-01-01"))
    ends = min(last, date.fromisoformat(supplement.get("contract_to") or "9999-12-31"))
    share = Fraction(1) if whole_period else Fraction((ends - begins).days + 1, (last - first).days + 1)
    days = [begins + timedelta(days=number) for number in range((ends - begins).days + 1)]
    month = month_after(last)
    fuel = changed.get("fuel_row") or next(row for row in supplement["fuel"] if row["bill_month"] == spelled(month))
    levy_price = changed.get("levy_price", levy_in(supplement, month))

    bands = {}
    for condition in plan["conditions"]:
        bands.setdefault(places(plan, condition), []).append(condition)
    bands.pop(frozenset(), None)
    kwh = {}
    for band, members in bands.items():
        if hours is None:
            given = case["kwh"]
            present = any(in_months(member, day.month) for member in members for day in days)
            if not isinstance(given, dict):
                kwh[band] = exact(given) if present else Fraction(0)
            else:
                kwh[band] = sum((exact(given.get(member["condName"])) for member in members), Fraction(0)) if present else Fraction(0)
        else:
            kwh[band] = sum(
                (hours[day, hour] for day in days for hour in range(24) if (day.month, is_holiday(plan, day, extra), hour) in band),
                Fraction(0),
            )
    total = sum((hours[day, hour] for day in days for hour in range(24)), Fraction(0)) if hours is not None else sum(kwh.values())
    everywhere = [place for band in bands for place in band]
    once = len(everywhere) == len(set(everywhere)) == 12 * 24 * (2 if "1" in plan["holidayflg"] else 1)
    if not (measured or unrounded):
        kwh = {band: half_up(volume) for band, volume in kwh.items()}
        total = sum(kwh.values()) if once else half_up(total)

    used = Fraction(0)
    for band, members in bands.items():
        edges = sorted({exact(member[end]) for member in members for end in ("volumeFrom", "volumeTo")} - {Fraction(0)})
        moved, below, reached = {Fraction(0): Fraction(0)}, Fraction(0), Fraction(0)
        for edge in edges:
            reached += edge - below if share == 1 else half_up((edge - below) * share)
            moved[edge], below = reached, edge
        for member in members:
            low, high = moved[exact(member["volumeFrom"])], moved[exact(member["volumeTo"])]
            top = kwh[band] if exact(member["volumeTo"]) == 0 else min(kwh[band], high)
            used += max(Fraction(0), top - low) * exact(member["volumeUnit"])

    base = base_of(plan, case, supplement, month) * share
    if "power_factor" in supplement:
        base *= Fraction(185 - (supplement["power_factor"] or 85), 100)
    if total == 0 and supplement.get("half_base_at_zero"):
        base /= 2
    included = exact(supplement.get("included_kwh"))
    if share != 1:
        included = half_up(included * share)
    adjust = exact(fuel.get("fixed")) * share + exact(fuel["per_kwh"]) * max(0, total - included) - exact(fuel.get("subsidy")) * total
    adjust -= min(exact(supplement.get("deduct_yen")), max(Fraction(0), base + used + adjust))
    levy = exact(levy_price) * total
    keep = 1 - exact(plan["discountRate"]) / 100
    before, after = (base + used + adjust) * keep, levy * keep
    floors = floor(before + after) if single else floor(before) + floor(after)
    charge = before + after if unrounded else floors
    return {"month": spelled(month), "kwh": total, "base": base, "usage": used, "adjust": adjust, "levy": levy, "charge": charge}


def base_of(plan, case, supplement, month):
    unit, fixed, size = exact(plan["baseUnit"]), exact(plan["baseFixUnit"]), exact(case["capacity"])
    kind = plan["baseType"]
    if kind in (1, 4, 7):
        return unit
    if kind in (5, 6):
        size = max(exact(kw) for name, kw in supplement["demand_kw"].items() if spelled(month - 11) <= name <= spelled(month))
        return size * unit if kind == 5 else fixed + unit * (size - exact(plan["capacityFrom"]) + 1)
    return {2: size * unit, 3: fixed + unit * (size - exact(plan["capacityFrom"])), 8: fixed + size * unit}.get(
        kind, fixed + unit * (size - exact(plan["capacityFrom"]) + 1)
    )


def levy_in(supplement, month):
    if "levy" in supplement:
        return next((row["per_kwh"] for row in supplement["levy"] if row["bill_month"] == spelled(month)), None)
    year, number = divmod(month, 12)
    return LEVIES.get(year if number >= 4 else year - 1)


def explained(case, hours=None):
    """Our bill, the rest, and the names of all switches that alone give the bill's yen."""
    ours = plain_bill(case, hours)
    if ours["charge"] == case["yen"]:
        return ours, 0, set()
    supplement, plan = case["supplement"], case["plan"]
    month = month_after(date.fromisoformat(case["period"][1]))
    near = {spelled(month + step) for step in (-2, -1, 1, 2)}
    tries = [("fuel_month", {"fuel_row": row}) for row in supplement["fuel"] if row["bill_month"] in near]
    own = next(row for row in supplement["fuel"] if row["bill_month"] == spelled(month))
    if exact(own.get("subsidy")):
        tries.append(("subsidy", {"fuel_row": {**own, "subsidy": 0}}))
    other_years = [levy_in(supplement, month + step) for step in (-12, 12)]
    tries += [("levy_year", {"levy_price": levy}) for levy in other_years if levy is not None]
    tries += [("direct_debit", {"deduct_yen": yen}) for yen in ((0,) if exact(supplement.get("deduct_yen")) else (55, 110))]
    tries.append(("single_floor", {"single": True}))
    tries.append(("half_base", {"half_base_at_zero": not supplement.get("half_base_at_zero")}))
    if plan["baseType"] in (2, 8, 9):
        tries += [("power_factor", {"power_factor": factor}) for factor in (85, 90, 95, 100)]
    if hours is not None:
        tries.append(("whole_kwh", {"measured": True}))
        if any(condition["holidayData"] for condition in plan["conditions"]):
            tries.append(("holidays", {"extra": False}))
    tries.append(("proration", {"whole_period": True}))
    names = {name for name, change in tries if plain_bill(case, hours, **change)["charge"] == case["yen"]}
    return ours, ours["charge"] - case["yen"], names
