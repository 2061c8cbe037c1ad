"""Every plan of a compiled catalogue priced for one customer, by the same rules as the single bill (``engine``).

``Rounding.NONE`` is float arithmetic throughout. ``Rounding.BILL`` hits whole yen exactly: figures as written lie on a grid of so many
decimal places, and where the error of the float sum is bounded well below that grid, the nearest point of it is the exact figure. A month
or a plan for which that cannot be shown (caps, long fractions, very large sums) is billed by the single, decimal engine.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import numpy as np
from numpy.typing import NDArray

from denkidesk.billing.compiled import CompiledPlans, Floats, Shape, decimals
from denkidesk.billing.engine import compute_bill, peak_kw
from denkidesk.billing.findings import Findings
from denkidesk.billing.market import market_charge_yen
from denkidesk.billing.rounding import as_written
from denkidesk.billing.rules import charged, tier
from denkidesk.billing.sums import UsageSums
from denkidesk.billing.volumes import Months, Volumes
from denkidesk.billing.windows import MONTHS
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import Rounding
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import BillOptionCode

_ERROR_OF_SUMS: Final = 64 * float(np.finfo(np.float64).eps)
"""Times the sum of the terms' sizes: a bound for fewer than sixty terms, each rounded twice."""
_ROWS_AT_ONCE: Final = 1024
"""So that what is added to a block of bills stays in the processor's cache."""
_NEAR_A_HALF: Final = 1e-6
"""kWh: far above the error of a sum of hours, far below what a meter shows."""


@dataclass(frozen=True, slots=True)
class PricedPlans:
    """Yen after the discount. ``years``: by place in the catalogue, NaN where there is no bill; ``refused`` says why."""

    years: Floats
    refused: Mapping[int, InputRefused]
    _months: Floats
    _row_of: Mapping[int, int]

    def months(self, place: int) -> tuple[float, ...]:
        """January to December of one plan that has a bill."""
        return tuple(self._months[self._row_of[place]].tolist())

    def cheapest_first(self) -> NDArray[np.intp]:
        """Places in the catalogue by the year's charge, equal ones as given; those without a bill last."""
        return np.argsort(self.years, kind="stable")  # NaN sorts last


def price(catalogue: CompiledPlans, sums: UsageSums, options: BillOptions) -> PricedPlans:
    """The bills of all plans under one set of options.

    Raises InputRefused("capacity" or "peak") for a figure that no plan could be billed with; what one plan lacks is in ``refused``.
    """
    return _Pricing(catalogue, sums, options).priced()


class _Pricing:
    def __init__(self, catalogue: CompiledPlans, sums: UsageSums, options: BillOptions) -> None:
        given = options.capacity
        if given is not None and (not given.is_finite() or given < 0):
            raise InputRefused.of("capacity", BillOptionCode.NOT_A_CAPACITY, value=str(given))
        self._catalogue, self._sums, self._options = catalogue, sums, options
        self._whole = options.rounding is Rounding.BILL
        self._refused = dict(catalogue.refused)
        self._capacity = catalogue.own_capacity if given is None else np.full(len(catalogue.rows), float(given))
        self._peak = peak_kw(sums, options, Findings()) if catalogue.base[:, 2].any() else Decimal(0)
        self._volumes = self._volumes_kwh()  # volumes, then totals, x 12
        self._market, self._market_decimals = self._market_yen()

    def priced(self) -> PricedPlans:
        catalogue = self._catalogue
        all_charged = self._all_charged()
        months = np.empty((len(catalogue.rows), MONTHS))
        levies = np.empty_like(months) if self._whole else months[:0]
        done = 0
        for shape in catalogue.shapes:
            prices = shape.without_fuel if self._options.no_fuels else shape.prices
            kwh = self._charged_by_caps(shape, all_charged) if shape.capped else all_charged[shape.charges]
            for start in range(shape.start, shape.stop, _ROWS_AT_ONCE):
                stop = min(start + _ROWS_AT_ONCE, shape.stop)
                np.matmul(prices[start - shape.start : stop - shape.start], kwh, out=months[start:stop])
                if stop - done >= _ROWS_AT_ONCE or stop == len(months):  # small shapes together: each call costs as much as fifty rows
                    self._complete(slice(done, stop), months, levies)
                    done = stop
        return self._result(self._floored(months, levies) if self._whole else months)

    def _complete(self, rows: slice, months: Floats, levies: Floats) -> None:
        """What is added to the conditions and fuels of these rows, all less the discount; on a bill the levy is kept for itself."""
        catalogue, yen = self._catalogue, months[rows]
        base = catalogue.base[rows, 0] + catalogue.base[rows, 2] * float(self._peak)
        base += np.where(catalogue.needs_capacity[rows], catalogue.base[rows, 1] * self._capacity[rows], 0.0)  # NaN where it is missing
        yen += base[:, None] * self._sums.billed
        if self._market is not None:
            yen[catalogue.market[rows]] += self._market
        first_total = len(catalogue.volumes.all)
        total = self._volumes[first_total + catalogue.total_of[rows]] if self._whole else self._volumes[first_total]
        levy, keep = catalogue.levy[rows, None] * total, 1.0 - catalogue.discount[rows, None] / 100.0
        if self._whole:  # floored by itself
            np.multiply(levy, keep, out=levies[rows])
        else:
            yen += levy
        yen *= keep

    def _result(self, months: Floats) -> PricedPlans:
        catalogue = self._catalogue
        years = np.full(len(catalogue.details), np.nan)
        years[catalogue.rows] = months @ np.ones(MONTHS)
        unpriced = np.flatnonzero(~np.isfinite(years[catalogue.rows]))
        for place in catalogue.rows[unpriced].tolist():
            try:
                compute_bill(catalogue.details[place], self._sums, self._options)
            except InputRefused as refused:
                self._refused[place] = refused
        return PricedPlans(years, self._refused, months, catalogue.row_of)

    # --- kWh ---------------------------------------------------------------------------------------------------------

    def _volumes_kwh(self) -> Floats:
        catalogue = self._catalogue
        by_month = self._sums.by_kind_of_day.reshape(MONTHS, -1) @ catalogue.hours.T  # 12 x patterns
        if self._whole:
            by_month = self._whole_kwh(by_month)
        volumes: Floats = by_month[np.arange(MONTHS), catalogue.pattern_of]
        totals = catalogue.parts_of_totals @ volumes if self._whole else np.broadcast_to(volumes[0], (len(catalogue.totals.all), MONTHS))
        return np.concatenate([volumes, totals])

    def _whole_kwh(self, kwh: Floats) -> Floats:
        """Rule 15: half up; where a float sum is too near to a half, the figures as written decide."""
        raised = kwh + 0.5
        whole: Floats = np.floor(raised)
        hours = self._sums.by_kind_of_day.shape[1:]
        for month, pattern in np.argwhere(np.abs(raised - np.rint(raised)) < _NEAR_A_HALF * np.maximum(1.0, kwh / 1e9)):
            if kwh[month, pattern]:
                exact = self._sums.exact_kwh(int(month), self._catalogue.hours[pattern].reshape(hours) > 0)
                whole[month, pattern] = float((exact + Decimal("0.5")).__floor__())
        return whole

    def _all_charged(self) -> Floats:
        """Rules 6 and 8: what each distinct charge of the catalogue is due for."""
        catalogue = self._catalogue
        volumes = self._volumes[catalogue.charge_volume]
        due: Floats = tier(volumes, catalogue.charge_low, catalogue.charge_high, 0.0)
        once = catalogue.charge_once
        due[once] = (volumes[once] > catalogue.charge_low[once]) & self._sums.billed
        of_month = catalogue.charge_month
        if of_month.any():
            due[(of_month[:, None] != np.arange(1, MONTHS + 1)) & (of_month[:, None] != 0)] = 0.0
        return due

    def _charged_by_caps(self, shape: Shape, all_charged: Floats) -> Floats:
        """Rule 5: what is over a cap flows on, so the charges of such a shape depend on each other."""
        own = all_charged[shape.charges]
        volumes = Volumes(shape.like, Months(self._sums, shape.like.holidays, exact=False), float, whole=False)
        for place, (_, kwh) in enumerate(charged(shape.like, volumes, Findings())):
            own[place] = kwh
        return own

    def _market_yen(self) -> tuple[Floats | None, int]:
        """Rule 10, the same for all market-linked plans; NaN where the prices or the commission are missing."""
        if not self._catalogue.market.any():
            return None, 0
        like = self._catalogue.details[self._catalogue.rows[int(np.argmax(self._catalogue.market))]]
        try:
            yen = market_charge_yen(like, self._sums, self._options, self._whole, Findings())
        except InputRefused:
            return np.full(MONTHS, np.nan), 0
        return yen.astype(np.float64), max(map(decimals, yen)) if self._whole else 0

    # --- whole yen ---------------------------------------------------------------------------------------------------

    def _floored(self, before_levy: Floats, levies: Floats) -> Floats:
        """Rule 13: two floors a month, of sums that are less the discount already."""
        catalogue, given = self._catalogue, self._options.capacity
        prices, fixed, per_capacity, per_peak, levy_places, discount, own_capacity = catalogue.decimals.T
        peak = as_written(self._peak)
        places = np.maximum(prices, fixed)
        in_capacity = per_capacity + (own_capacity if given is None else decimals(given))
        for used, own in ((catalogue.base[:, 1] != 0, in_capacity), (catalogue.base[:, 2] != 0, per_peak + decimals(peak))):
            places = np.maximum(places, np.where(used, own, 0))
        places = np.maximum(places, np.where(catalogue.market, self._market_decimals, 0))
        of_discount = np.where(catalogue.discount != 0, discount + 2, 0)
        most_kwh = max(1.0, float(self._volumes.max(initial=0.0)))
        sizes = catalogue.size * most_kwh + np.abs(catalogue.base) @ np.array([1.0, np.nanmax(self._capacity, initial=0.0), float(peak)])
        if self._market is not None:
            sizes += np.abs(self._market).max()
        whole, certain = _floor_on_grid(before_levy, places + of_discount, sizes)
        of_levy, levy_certain = _floor_on_grid(levies, levy_places + of_discount, catalogue.levy * most_kwh)
        whole += of_levy
        for row in np.flatnonzero(np.isfinite(whole).all(axis=1) & ~(certain & levy_certain & ~catalogue.capped)).tolist():
            bill = compute_bill(catalogue.details[catalogue.rows[row]], self._sums, self._options)
            whole[row] = [float(month.parts.charge) for month in bill.months]
        return whole


def _floor_on_grid(yen: Floats, places: NDArray[np.int64], sizes: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """The largest whole yen not above, in place, and in which rows that is certain: the true figures have so many decimal places."""
    scale = 10.0 ** np.minimum(places, 15)[:, None]
    certain = (sizes + 1.0) * _ERROR_OF_SUMS * scale[:, 0] < 0.25
    yen *= scale
    np.rint(yen, out=yen)
    yen /= scale
    return np.floor(yen, out=yen), certain & (places <= 15)
