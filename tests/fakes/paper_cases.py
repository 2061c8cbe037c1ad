"""Invented paper bills: plans, supplements, periods and half-hours, drawn from a seed."""

import random
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from fakes.plain_paper import spelled

WHOLE_DAY = {"timeFrom": 0, "timeTo": 0, "holidayData": 0, "monthFrom": 1, "monthTo": 12}


def yen(dice, low, high):
    return float(Decimal(dice.randint(low, high)) / 100)


def conditions_of(dice):
    """Tiers, seasons, times of use, groups, and now and then windows that do not price each hour once."""
    kind = dice.choice(["tiers", "minimum", "season", "times", "group", "overlap", "holes"])
    if kind in ("tiers", "minimum"):
        first = 15 if kind == "minimum" else 0
        rows = [{"volumeFrom": low, "volumeTo": high} for low, high in ((first, 120), (120, 300), (300, 0))]
    elif kind == "season":
        rows = [{"monthFrom": 7, "monthTo": 9}, {"monthFrom": 10, "monthTo": 6}]
    elif kind == "times":
        rows = [
            {"timeFrom": 7, "timeTo": 23, "holidayData": 1, "monthFrom": 7, "monthTo": 9},
            {"timeFrom": 7, "timeTo": 23, "holidayData": 1, "monthFrom": 10, "monthTo": 6},
            {"timeFrom": 7, "timeTo": 23, "holidayData": 2},
            {"timeFrom": 23, "timeTo": 7},
        ]
    elif kind == "group":
        day = {"timeFrom": 8, "timeTo": 22, "holidayData": 1, "group": 1}
        rows = [{**day, "volumeTo": 90}, {**day, "volumeFrom": 90}, {"timeFrom": 22, "timeTo": 8, "holidayData": 1}, {"holidayData": 2}]
    elif kind == "overlap":
        rows = [{"timeFrom": 0, "timeTo": 14}, {"timeFrom": 8, "timeTo": 0}]
    else:
        rows = [{"timeFrom": 0, "timeTo": 14}]
    return [
        {
            "calcOrder": place,
            "condName": f"区分{place}",
            "group": 0,
            "volumeCap": 0,
            "volumeFrom": 0,
            "volumeTo": 0,
            **WHOLE_DAY,
            **row,
            "volumeUnit": yen(dice, 900, 4500),
        }
        for place, row in enumerate(rows, 1)
    ]


def plan_of(dice, *, with_demand=False):
    kind = dice.choice([1, 1, 2, 4, 7, 8, 9] + ([5, 6] if with_demand else []))
    return {
        "epplan_id": "9999_1_0001", "epcorp_cd": 9999, "contractType": 1, "epplanType": 1, "epplanName": "見本", "planSuffix": "kVA",
        "periodFrom": "2020-01-01", "periodTo": "2999-12-31", "discountRate": dice.choice([0, 0, 0, 3, 5.5]),
        "holidayflg": dice.choice(["111", "011", "101", "000"]), "baseName": "1", "baseType": kind, "baseUnit": yen(dice, 20_000, 180_000),
        "baseFixUnit": yen(dice, 0, 90_000), "ampere": 0, "capacityFrom": dice.choice([0, 6]), "capacityTo": 0,
        "conditions": conditions_of(dice), "fuels": [], "renewable": 9.99,
    }  # fmt: skip


def supplement_of(dice, month, plan, first, last):
    """``month``: of the bill, as months since year 0."""
    rows = []
    for step in range(-2, 3):
        row = {"bill_month": spelled(month + step), "per_kwh": yen(dice, -900, 900)}
        if dice.random() < 0.7:
            row["subsidy"] = dice.choice([0, 3.5, 4.5])
        if dice.random() < 0.3:
            row["fixed"] = yen(dice, -9000, 9000)
        if step == 0 or dice.random() < 0.8:
            rows.append(row)
    found = {"fuel": rows}
    if dice.random() < 0.3:
        found["levy"] = [
            {"bill_month": spelled(month + step), "per_kwh": yen(dice, 100, 500)}
            for step in (-12, 0, 12)
            if step == 0 or dice.random() < 0.7
        ]
    for name, values, chance in (
        ("included_kwh", [15, 11], 0.3),
        ("half_base_at_zero", [True, False], 0.5),
        ("deduct_yen", [55, 110, 99999], 0.4),
        ("power_factor", [85, 90, 100, None], 0.3),
    ):
        if dice.random() < chance:
            found[name] = dice.choice(values)
    within = (last - first).days
    if dice.random() < 0.25:
        found["contract_from"] = str(first + timedelta(days=dice.randint(-2, within)))
    if dice.random() < 0.15:
        found["contract_to"] = str(last - timedelta(days=dice.randint(-2, 3)))
    if plan["baseType"] in (5, 6):
        found["demand_kw"] = {spelled(month - back): dice.randint(20, 90) for back in range(14) if back == 0 or dice.random() < 0.6}
    if found.get("contract_to", "9999") < found.get("contract_from", ""):
        del found["contract_to"]
    return found


def case_of(seed, *, with_demand=False):
    """A case and the kWh of its half-hours by day, as they would stand in a file."""
    dice = random.Random(seed)  # noqa: S311 - test data
    first = date(2025, 1, 1) + timedelta(days=dice.randint(0, 450))
    last = first + timedelta(days=dice.randint(26, 33))
    month = (last + timedelta(days=1)).year * 12 + (last + timedelta(days=1)).month - 1
    plan = plan_of(dice, with_demand=with_demand)
    most = dice.choice([0, 9, 45, 120, 300])
    halves = {
        first + timedelta(days=number): [Decimal(dice.randint(0, most)) / 100 for _ in range(48)]
        for number in range((last - first).days + 1)
    }
    case = {
        "plan": plan,
        "capacity": dice.choice([6, 7.5, 30]),
        "supplement": supplement_of(dice, month, plan, first, last),
        "period": [str(first), str(last)],
        "kwh": None,
        "yen": 0,
        "lines": {},
    }
    return case, halves


def hours_of(halves):
    return {(day, hour): Fraction(kwh[2 * hour] + kwh[2 * hour + 1]) for day, kwh in halves.items() for hour in range(24)}


def file_of(halves):
    head = "年月日(kWh)," + ",".join(f"{slot // 2}:{slot % 2 * 30:02}" for slot in range(48))
    return "\n".join([head, *(",".join([str(day), *map(str, kwh)]) for day, kwh in halves.items())])
