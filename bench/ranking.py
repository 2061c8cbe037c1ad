"""Every plan of a catalogue for one customer, beside a C kernel of the same arithmetic and NREL's PySAM.

Prints one JSON line. The catalogue is invented from a seed: 10,000 plans in the shapes that retailers publish (three steps; day, morning,
night and holiday; seasons with steps in the daytime). From 8,760 hours to a ranking of 12 bills a plan. The C kernel has the volumes of
the windows ready and does nothing but price; PySAM counts each plan at the fastest of its rounds. Rounds take turns, so that other load
falls on all. ``PYSAM_PYTHON``: an interpreter of an environment that holds nrel-pysam; without it that ratio is left out.
"""

import json
import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: one thread against one thread

import ctypes
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import numpy as np
from billing import invented_house

from denkidesk.billing.compiled import CompiledPlans
from denkidesk.billing.ranking import PricedPlans, price
from denkidesk.billing.sums import UsageSums
from denkidesk.billing.windows import Window
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import Rounding
from denkidesk.domain.plans import Condition, DayClass, Fuel, HolidayFlags, PlanDetail, PlanType

ROUNDS = 9
PLANS = 10_000
OPTIONS = BillOptions(capacity=Decimal(4), peak_kw=4.5)
PEER = Path(__file__).with_name("peers") / "pysam_bills.py"
KERNEL = """
void price(long n, const long *first, const int *window, const double *low, const double *width, const double *unit,
           const double *volume, const double *fixed, const double *per_kwh, const double *total, const double *keep,
           double *months, double *years)
{
    for (long plan = 0; plan < n; plan++) {
        double yen[12], year = 0;
        for (int m = 0; m < 12; m++) yen[m] = fixed[plan] + per_kwh[plan] * total[m];
        for (long c = first[plan]; c < first[plan + 1]; c++) {
            const double *kwh = volume + 12 * window[c];
            for (int m = 0; m < 12; m++) {
                double part = kwh[m] - low[c];
                part = part > 0 ? part : 0;
                part = part < width[c] ? part : width[c];
                yen[m] += part * unit[c];
            }
        }
        for (int m = 0; m < 12; m++) { yen[m] *= keep[plan]; months[12 * plan + m] = yen[m]; year += yen[m]; }
        years[plan] = year;
    }
}
"""


def catalogue(count: int) -> list[PlanDetail]:
    """Plans of no retailer."""
    dice = random.Random(1)  # noqa: S311 - the same catalogue on every machine
    slots = [(night, morning, evening) for night in (5, 6, 7, 8) for morning in (9, 10, 11) for evening in (16, 17, 18)]
    return [_plan(number, dice, slots) for number in range(count)]


def _plan(number: int, dice: random.Random, slots: list[tuple[int, int, int]]) -> PlanDetail:
    windows: list[tuple[tuple[int, int], tuple[int, int], DayClass, tuple[int, int]]] = []
    kind, (night, morning, evening) = number % 5, dice.choice(slots)
    year, day, none = (1, 12), (0, 0), (0, 0)
    if kind < 2:
        windows += [(year, day, DayClass.ANY, step) for step in ((0, 120), (120, 300), (300, 0))]
    elif kind < 4:
        hours = ((23, night), (night, morning), (morning, evening), (evening, 23))
        windows += [(year, band, day_class, none) for day_class in (DayClass.WEEKDAY, DayClass.HOLIDAY) for band in hours]
    else:
        for season in ((7, 9), (10, 6)):
            windows.append((season, (23, night), DayClass.ANY, none))
            windows += [(season, (night, 23), DayClass.WEEKDAY, step) for step in ((0, 90), (90, 230), (230, 0))]
            windows.append((season, (night, 23), DayClass.HOLIDAY, none))
    conditions = tuple(
        Condition(order, "", 0, Decimal(0), Decimal(low), Decimal(high), *months, day_class, *hours, _yen(dice, 18, 45))
        for order, (months, hours, day_class, (low, high)) in enumerate(windows)
    )
    return PlanDetail(
        epplan_id=f"9999_1_{number}",
        base_cd="1",
        epcorp_cd="9999",
        name="",
        base_name="",
        contract_type=1,
        plan_type=PlanType.METERED,
        capacity_unit="kVA",
        discount_rate=Decimal(dice.choice((0, 0, 3, 5))),
        holidays=HolidayFlags(saturday=True, sunday=True, public_holiday=True),
        base_type=dice.choice((1, 2, 5, 6, 8, 9)),
        base_unit=_yen(dice, 200, 600),
        base_fix_unit=_yen(dice, 0, 900),
        ampere=None,
        capacity_from=Decimal(1),
        capacity_to=Decimal(0),
        capacity=None,
        conditions=conditions,
        fuels=(Fuel(1, 0, Decimal(0), Decimal(0), _yen(dice, -8, 3)),),
        levy_yen_per_kwh=Decimal("4.18"),
    )


def _yen(dice: random.Random, low: int, high: int) -> Decimal:
    return Decimal(dice.randint(low * 100, high * 100)) / 100


def kernel(plans: list[PlanDetail], sums: UsageSums) -> Callable[[], np.ndarray]:
    """The C kernel on arrays that are ready, and the ranking of its years."""
    folder = Path(tempfile.mkdtemp())
    source, library = folder / "price.c", folder / "price.so"
    source.write_text(KERNEL, encoding="ascii")
    subprocess.run(["cc", "-O3", "-march=native", "-ffast-math", "-shared", "-fPIC", source, "-o", library], check=True)
    function = ctypes.CDLL(str(library)).price
    function.restype = None
    windows: dict[Window, int] = {}
    flat = [condition for plan in plans for condition in plan.conditions]
    place = np.array([windows.setdefault(Window.of(one), len(windows)) for one in flat], dtype=np.int32)
    low = np.array([float(one.volume_from) for one in flat])
    width = np.array([float(one.volume_to - one.volume_from) if one.volume_to else np.inf for one in flat])
    unit = np.array([float(one.unit_yen) for one in flat])
    first = np.cumsum([0, *(len(plan.conditions) for plan in plans)])
    flags = plans[0].holidays
    volume = np.ascontiguousarray([sums.volume_kwh(frozenset([window]), flags, exact=False) for window in windows])
    total = sums.total_kwh(exact=False)
    fixed = np.array([_base(plan) for plan in plans])
    per_kwh = np.array([float(plan.fuels[0].unit_yen + (plan.levy_yen_per_kwh or 0)) for plan in plans])
    keep = np.array([1 - float(plan.discount_rate) / 100 for plan in plans])
    months, years = np.empty((len(plans), 12)), np.empty(len(plans))
    arrays = [array.ctypes.data_as(ctypes.c_void_p) for array in (first, place, low, width, unit, volume, fixed, per_kwh, total, keep)]
    out = [array.ctypes.data_as(ctypes.c_void_p) for array in (months, years)]

    def run() -> np.ndarray:
        function(ctypes.c_long(len(plans)), *arrays, *out)
        np.argsort(years, kind="stable")
        return years

    return run


def _base(plan: PlanDetail) -> float:
    unit, fixed = float(plan.base_unit or 0), float(plan.base_fix_unit or 0)
    capacity, peak = 4.0, 4.5
    return {1: unit, 2: capacity * unit, 5: peak * unit, 6: fixed + peak * unit, 8: fixed + capacity * unit, 9: fixed + capacity * unit}[
        plan.base_type or 1
    ]


def milliseconds(function: Callable[[], object]) -> float:
    """CPU time of one call: everything here runs on one thread, and other load on the machine counts for nothing."""
    started = time.thread_time()
    function()
    return (time.thread_time() - started) * 1e3


class Peer:
    """PySAM in a process of its own: one round a line on its stdin."""

    def __init__(self, house: list[float]) -> None:
        python = os.environ.get("PYSAM_PYTHON")
        self._process = (
            subprocess.Popen([python, PEER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="ascii") if python else None
        )
        self.milliseconds_per_plan: float | None = None
        if self._process is not None:
            self._say(json.dumps(house))

    def round(self) -> None:
        """One more round; each plan counts at its fastest."""
        if self._process is not None:
            self.milliseconds_per_plan = float(self._say("round"))

    def _say(self, line: str) -> str:
        assert self._process is not None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline()


def main() -> None:
    """Measure and print."""
    house = invented_house()
    plans = catalogue(PLANS)
    compile_s = min(milliseconds(lambda: CompiledPlans(plans)) for _ in range(3)) / 1e3
    compiled, ten_times = CompiledPlans(plans), CompiledPlans(catalogue(10 * PLANS))
    sums = UsageSums(house)
    floor = kernel(plans, sums)
    as_bill = BillOptions(capacity=OPTIONS.capacity, peak_kw=OPTIONS.peak_kw, rounding=Rounding.BILL)
    assert np.allclose(price(compiled, sums, OPTIONS).years, floor() - 0.0, rtol=1e-9)
    price(compiled, sums, as_bill)

    def ranked(catalogue: CompiledPlans, options: BillOptions) -> PricedPlans:
        priced = price(catalogue, UsageSums(house), options)
        priced.cheapest_first()
        return priced

    peer = Peer([kwh or 0.0 for day in house.days for kwh in day.hourly_kwh])
    found: dict[str, list[float]] = {name: [] for name in ("kernel", "ranked", "ranked_bill", "ten_times")}
    for _ in range(ROUNDS):
        found["kernel"].append(milliseconds(floor))
        found["ranked"].append(milliseconds(lambda: ranked(compiled, OPTIONS)))
        found["ranked_bill"].append(milliseconds(lambda: ranked(compiled, as_bill)))
        found["ten_times"].append(milliseconds(lambda: ranked(ten_times, OPTIONS)))
        peer.round()
    ms = {name: statistics.median(times) for name, times in found.items()}
    of_peer = peer.milliseconds_per_plan
    print(
        json.dumps(
            {
                "bench": "ranking",
                "plans": PLANS,
                "compile_s": round(compile_s, 3),
                "ranked_ms": round(ms["ranked"], 2),
                "ranked_as_bills_ms": round(ms["ranked_bill"], 2),
                "c_kernel_ms": round(ms["kernel"], 2),
                "over_c_kernel": round(ms["ranked"] / ms["kernel"], 2),
                "ten_times_the_plans": round(ms["ten_times"] / ms["ranked"], 2),
                "pysam_ms_per_plan": None if of_peer is None else round(of_peer, 3),
                "faster_than_pysam": None if of_peer is None else round(of_peer * PLANS / min(found["ranked"])),
            }
        )
    )


if __name__ == "__main__":
    sys.exit(main())
