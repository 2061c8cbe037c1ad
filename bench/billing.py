"""A year's bill of one plan: the engine, the plain hour-by-hour program, and the floor below which no engine can go.

Prints one JSON line. The house is invented from a seed (8,760 hours). The floor is what any vectorised engine must do for a plan with three
tiers in one window once the customer's hours are summed to month x day class x hour: 576 products, 36 clips, twelve sums.
"""

import json
import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: a bill is far too small for threads

import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))

import numpy as np

from denkidesk.billing.engine import BillOptions, UsageSums, compute_bill, month_parts
from denkidesk.domain.bills import Rounding
from denkidesk.domain.plans import Condition, DayClass, Fuel, HolidayFlags, PlanDetail, PlanType
from denkidesk.domain.usage import Usage, UsageDay
from denkidesk.enegaeru.encoding import purchase_json
from denkidesk.practice.quoting.slow_bill import slow_bill
from fakes.plan_json import encode_plan_detail

# 関西電力 従量電灯A from 2024-04 (kepco.jp/d-ryokin2024), fuel at its cap, levy of fiscal year 2024
STEPS = (("20.21", "15", "120"), ("25.61", "120", "300"), ("28.59", "300", "0"))


def tiered_plan() -> PlanDetail:
    """従量電灯A: a minimum charge with 15 kWh, then three steps."""
    conditions = tuple(
        Condition(order, f"step {order}", 0, Decimal(0), Decimal(low), Decimal(high), 1, 12, DayClass.ANY, 0, 0, Decimal(unit))
        for order, (unit, low, high) in enumerate(STEPS, start=1)
    )
    fuels = (
        Fuel(1, 1, Decimal(0), Decimal(0), Decimal("33.66")),
        Fuel(2, 0, Decimal(15), Decimal(0), Decimal("2.24")),
    )
    return PlanDetail(
        epplan_id="0006_1_0001",
        base_cd="1",
        epcorp_cd="6",
        name="従量電灯A",
        base_name="最低料金",
        contract_type=1,
        plan_type=PlanType.METERED,
        capacity_unit="A",
        discount_rate=Decimal(0),
        holidays=HolidayFlags(saturday=True, sunday=True, public_holiday=True),
        base_type=4,
        base_unit=Decimal("522.58"),
        base_fix_unit=Decimal(0),
        ampere=None,
        capacity_from=Decimal(0),
        capacity_to=Decimal(0),
        capacity=None,
        conditions=conditions,
        fuels=fuels,
        levy_yen_per_kwh=Decimal("3.49"),
    )


def invented_house() -> Usage:
    """A year of hours with two decimals."""
    dice = random.Random(1)  # noqa: S311 - the same house on every machine
    first = date(2025, 1, 1)
    return Usage(
        tuple(UsageDay(first + timedelta(days=day), tuple(round(dice.uniform(0, 1.2), 2) for _ in range(24))) for day in range(365))
    )


def microseconds(function: Callable[[], object], runs: int) -> float:
    """Median wall time of one call, after three that warm the caches."""
    for _ in range(3):
        function()
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        function()
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1e6


def floor_of(sums: UsageSums) -> Callable[[], object]:
    """The arithmetic alone, on arrays that are ready: mask x sums, clip by tier, price, add base and fuel and levy."""
    tensor = np.random.default_rng(0).uniform(0, 20, (12, 48))
    mask = np.ones((12, 48))
    low, width, unit = np.array([[15.0], [120.0], [300.0]]), np.array([[105.0], [180.0], [np.inf]]), np.array([[20.21], [25.61], [28.59]])
    total = sums.total_kwh(exact=False)

    def price() -> object:
        volume = (tensor * mask).sum(axis=1)
        return (np.clip(volume - low, 0.0, width) * unit).sum(axis=0) + 556.24 + total * 5.73

    return price


def main() -> None:
    """Measure and print."""
    detail, usage = tiered_plan(), invented_house()
    sums = UsageSums(usage)
    plan_json, purchase = json.loads(encode_plan_detail(detail), parse_float=Decimal), purchase_json(usage)
    unrounded, as_bill = BillOptions(), BillOptions(rounding=Rounding.BILL)
    fast, slow = compute_bill(detail, sums), slow_bill(plan_json, purchase)
    relative_error = abs(float(fast.year.charge) / float(slow.year.charge) - 1)
    assert relative_error < 1e-9
    floor_us = microseconds(floor_of(sums), 2001)
    parts_us = microseconds(lambda: month_parts(detail, sums, unrounded, exact=False), 1001)
    bill_us = microseconds(lambda: compute_bill(detail, sums, unrounded), 501)
    exact_us = microseconds(lambda: compute_bill(detail, sums, as_bill), 501)
    sums_us = microseconds(lambda: UsageSums(usage), 51)
    fresh_us = microseconds(lambda: compute_bill(detail, usage, unrounded), 51)
    slow_us = microseconds(lambda: slow_bill(plan_json, purchase), 3)
    print(
        json.dumps(
            {
                "bench": "billing",
                "floor_us": round(floor_us, 1),
                "month_parts_us": round(parts_us, 1),
                "bill_us": round(bill_us, 1),
                "bill_rounded_us": round(exact_us, 1),
                "usage_sums_us": round(sums_us, 1),
                "bill_from_hours_us": round(fresh_us, 1),
                "slow_program_us": round(slow_us),
                "slow_over_fast": round(slow_us / fresh_us, 1),
                "slow_over_fast_with_sums": round(slow_us / bill_us, 1),
                "month_parts_over_floor": round(parts_us / floor_us, 2),
                "bill_over_floor": round(bill_us / floor_us, 2),
                "relative_error": relative_error,
            }
        )
    )


if __name__ == "__main__":
    main()
