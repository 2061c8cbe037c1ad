"""Energy of market-linked plans (billing rule 10, assumed): usage x (area price + commission), hour by hour."""

from collections.abc import Mapping
from decimal import Decimal

import numpy as np

from denkidesk.billing.findings import Findings
from denkidesk.billing.plan_check import MOST_YEN_PER_KWH, named
from denkidesk.billing.sums import Figures, UsageSums
from denkidesk.billing.windows import HOURS, MONTHS
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import AssumedRule, BillWarning
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import AreaPriceCode, BillOptionCode
from denkidesk.domain.plans import AreaPriceMonth, PlanDetail

COMMISSION_UNITS = ("yen", "percent")


def market_charge_yen(detail: PlanDetail, sums: UsageSums, options: BillOptions, exact: bool, findings: Findings) -> Figures:
    """Yen of each month. The price is of the data's own year-month, else of the same month in the newest year.

    Prices are monthly means of each hour, so the hours of a month are summed before they are priced. Raises
    InputRefused("area_prices", ...) where a month has no price.
    """
    yen: Figures = market_yen_by_hour(detail, sums, options, exact, findings).sum(axis=1)
    return yen


def market_yen_by_hour(detail: PlanDetail, sums: UsageSums, options: BillOptions, exact: bool, findings: Findings) -> Figures:
    """The same by month and hour of the day (12 x 24)."""
    findings.assumed.append(AssumedRule.AREA_PRICES)
    plan = named(detail)
    by_month = prices_by_month(options.area_prices, plan)
    commission = options.commission
    if commission is None:
        findings.warnings.append(BillWarning.COMMISSION_MISSING)
        commission = Decimal(0)
    elif not commission.is_finite():
        raise InputRefused.of("commission", BillOptionCode.NOT_A_NUMBER, value=str(commission), **plan)
    elif options.commission_unit == "yen" and abs(commission) > MOST_YEN_PER_KWH:
        raise InputRefused.of("commission", BillOptionCode.ABSURD_PRICE, value=f"{commission:f}", **plan)
    if options.commission_unit not in COMMISSION_UNITS:
        raise InputRefused.of("commission", BillOptionCode.UNKNOWN_UNIT, unit=options.commission_unit, **plan)
    per_kwh = options.commission_unit == "yen"
    year_months, kwh = sums.hours_by_month(exact)
    yen: Figures = np.full((MONTHS, HOURS), Decimal(0), dtype=object) if exact else np.zeros((MONTHS, HOURS))
    for year_month, hours in zip(year_months, kwh, strict=True):
        prices = [price + commission if per_kwh else price * (1 + commission / 100) for price in price_of(year_month, by_month, plan)]
        yen[int(year_month[5:]) - 1] += hours * np.array(prices, dtype=object if exact else np.float64)
    return yen


def prices_by_month(area_prices: tuple[AreaPriceMonth, ...], plan: Mapping[str, str]) -> Mapping[str, tuple[Decimal, ...]]:
    """Checked. Raises InputRefused("area_prices", ...)."""
    if not area_prices:
        raise InputRefused.of("area_prices", AreaPriceCode.MISSING, **plan)
    areas = sorted({month.area_code for month in area_prices})
    if len(areas) > 1:
        raise InputRefused.of("area_prices", AreaPriceCode.SEVERAL_AREAS, areas=" ".join(areas), **plan)
    by_month: dict[str, tuple[Decimal, ...]] = {}
    for month in area_prices:
        if len(month.prices_yen) != HOURS or not all(price.is_finite() for price in month.prices_yen):
            raise InputRefused.of("area_prices", AreaPriceCode.NOT_24_PRICES, month=month.year_month, **plan)
        if any(abs(price) > MOST_YEN_PER_KWH for price in month.prices_yen):
            raise InputRefused.of("area_prices", AreaPriceCode.ABSURD_PRICE, month=month.year_month, **plan)
        if by_month.setdefault(month.year_month, month.prices_yen) != month.prices_yen:
            raise InputRefused.of("area_prices", AreaPriceCode.MONTH_TWICE, month=month.year_month, **plan)
    return by_month


def price_of(year_month: str, by_month: Mapping[str, tuple[Decimal, ...]], plan: Mapping[str, str]) -> tuple[Decimal, ...]:
    """Of the month itself, else of the same month in the newest year."""
    own = by_month.get(year_month)
    if own is not None:
        return own
    same_month = [other for other in by_month if other[4:] == year_month[4:]]
    if not same_month:
        raise InputRefused.of("area_prices", AreaPriceCode.MONTH_MISSING, month=year_month, **plan)
    return by_month[max(same_month)]
