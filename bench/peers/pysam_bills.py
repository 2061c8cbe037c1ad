"""PySAM's Utilityrate5 on 300 plans of the kinds that ``bench/ranking.py`` ranks, in a process and an environment of its own.

The first line on stdin: the 8,760 hours as JSON. Each further line: one round. Prints after each the milliseconds of a plan, each plan
counted at its fastest so far. Putting in the rates is counted, building the tables that they stand in is not.
"""

import json
import random
import sys
import time
from typing import Any

from PySAM import Utilityrate5

PLANS = 300
NIGHT, MORNING, EVENING = 7, 10, 17


def band(hour: int) -> int:
    """Night, morning, day or evening."""
    return 0 if hour < NIGHT or hour >= 23 else 1 if hour < MORNING else 2 if hour < EVENING else 3


def steps(dice: random.Random) -> list[list[float]]:
    """Rates of three steps: period, tier, upper end, unit (kWh), price, price of sales."""
    return [[1, step + 1, most, 0, dice.uniform(18, 45), 0] for step, most in enumerate((120, 300, 1e38))]


def bands(dice: random.Random) -> list[list[float]]:
    """Rates of four bands on two kinds of day."""
    return [[1 + place, 1, 1e38, 0, dice.uniform(18, 45), 0] for place in range(8)]


def engine(hours: list[float], by_band: bool) -> Any:
    """One engine with this customer's hours."""
    schedules = [[[1 + (band(hour) + 4 * holiday if by_band else 0) for hour in range(24)]] * 12 for holiday in (0, 1)]
    made = Utilityrate5.new()
    first = random.Random(0)  # noqa: S311 - figures of no use
    rates = bands(first) if by_band else steps(first)
    made.assign(
        {
            "Lifetime": {"analysis_period": 1, "inflation_rate": 0, "system_use_lifetime_output": 0},
            "SystemOutput": {"degradation": [0], "gen": [0.0] * len(hours)},
            "Load": {"load": hours},
            "ElectricityRates": {
                "rate_escalation": [0],
                "ur_metering_option": 0,
                "ur_monthly_fixed_charge": 500,
                "ur_monthly_min_charge": 0,
                "ur_annual_min_charge": 0,
                "ur_en_ts_sell_rate": 0,
                "ur_ts_sell_rate": [0],
                "ur_en_ts_buy_rate": 0,
                "ur_ts_buy_rate": [0],
                "ur_nm_yearend_sell_rate": 0,
                "ur_nm_credit_month": 0,
                "ur_nm_credit_rollover": 0,
                "ur_sell_eq_buy": 0,
                "ur_ec_sched_weekday": schedules[0],
                "ur_ec_sched_weekend": schedules[1],
                "ur_ec_tou_mat": rates,
                "ur_dc_enable": 0,
                "ur_dc_sched_weekday": [[1] * 24] * 12,
                "ur_dc_sched_weekend": [[1] * 24] * 12,
                "ur_dc_tou_mat": [[1, 1, 1e38, 0]],
                "ur_dc_flat_mat": [[month, 1, 1e38, 0] for month in range(12)],
                "ur_enable_billing_demand": 0,
                "TOU_demand_single_peak": 0,
            },
        }
    )
    return made


def main() -> None:
    """Measures a round a line."""
    hours = json.loads(sys.stdin.readline())
    print("ready", flush=True)
    dice = random.Random(1)  # noqa: S311 - the same plans on every machine
    engines = (engine(hours, by_band=False), engine(hours, by_band=True))
    plans = [(engines[number % 2], (bands if number % 2 else steps)(dice)) for number in range(PLANS)]
    fastest = [float("inf")] * PLANS
    for _ in sys.stdin:
        for number, (made, rates) in enumerate(plans):
            started = time.thread_time()
            made.ElectricityRates.ur_ec_tou_mat = rates
            made.execute(0)
            bill = made.Outputs.year1_monthly_utility_bill_wo_sys
            fastest[number] = min(fastest[number], time.thread_time() - started)
            assert len(bill) == 12
        print(1e3 * sum(fastest) / PLANS, flush=True)


if __name__ == "__main__":
    main()
