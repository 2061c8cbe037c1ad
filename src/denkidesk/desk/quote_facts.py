"""What a quote tells about its prices beside the yen: of which month the fuel price is, how old it is, how high the market went."""

from typing import TYPE_CHECKING

from denkidesk.desk.paper import fuel_month_of_fetch, fuel_of_fetch
from denkidesk.domain.areas import area_of_quoting_code
from denkidesk.domain.clock import JST
from denkidesk.domain.plans import AreaPriceMonth, Company, PlanDetail
from denkidesk.domain.quote_sheet import FuelSeen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from denkidesk.desk.desk import Desk
    from denkidesk.store.catalogue import Version


def newest_detail(desk: "Desk", detail: PlanDetail) -> PlanDetail:
    """The plan's newest stored figures; those given where none are stored."""
    kept = _versions(desk, detail)
    return kept[0].value if kept else detail


def fuel_seen(desk: "Desk", detail: PlanDetail) -> FuelSeen | None:
    """When these figures were last fetched, and their fuel price; None where the plan has none, or nobody knows when they were fetched."""
    if not detail.fuels:
        return None
    version = next((one for one in _versions(desk, detail) if one.value == detail), None)
    if version is None:
        return None
    seen = FuelSeen(None, "", version.checked_at, all(fuel.is_known for fuel in detail.fuels))
    price = fuel_of_fetch(detail, seen.fetched_on)
    return seen if price is None else FuelSeen(price.per_kwh, price.bill_month, version.checked_at)


def seen_at(desk: "Desk", detail: PlanDetail) -> "datetime | None":
    """When these figures were last fetched; None for those that never were."""
    return next((one.checked_at for one in _versions(desk, detail) if one.value == detail), None)


def market_seen_at(desk: "Desk", company: Company) -> "datetime | None":
    """When the market prices of the company's area were last fetched."""
    stamps = desk.store.catalogue.stamps("area_prices", company.area_code)
    return max((last for _, last in stamps.values()), default=None)


def fuel_months(checked_at: "Sequence[datetime]") -> tuple[str, str] | None:
    """The first and the last bill month whose price is some plan's newest. ``checked_at``: when plans were last seen, the oldest first."""
    return (_month_of_fetch(checked_at[0]), _month_of_fetch(checked_at[-1])) if checked_at else None


def _month_of_fetch(moment: "datetime") -> str:
    return fuel_month_of_fetch(moment.astimezone(JST).date())


def dearest_hour(desk: "Desk", company: Company) -> tuple[AreaPriceMonth, int, str, str] | None:
    """The month and the hour of the highest stored market price of the company's area, and the first and last month that are stored."""
    area = area_of_quoting_code(company.area_code)
    months = () if area is None else desk.quoting.area_price_history(area)
    if not months:
        return None
    month = max(months, key=lambda one: max(one.prices_yen))
    hour = max(range(len(month.prices_yen)), key=lambda place: month.prices_yen[place])
    return month, hour, months[0].year_month, months[-1].year_month


def _versions(desk: "Desk", detail: PlanDetail) -> "tuple[Version[PlanDetail], ...]":
    return desk.quoting.detail_versions(detail)
