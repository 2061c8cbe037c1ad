"""Plans and area prices in the shapes of the quoting API's answers: what ``shapes`` reads, it must give back the same."""

from denkidesk.domain.plans import AreaPriceMonth
from denkidesk.enegaeru.encoding import to_json_bytes
from denkidesk.enegaeru.plan_files import encode_plan_detail

__all__ = ["encode_area_prices", "encode_plan_detail"]


def encode_area_prices(months: tuple[AreaPriceMonth, ...]) -> bytes:
    """The shape of the areaprices answer."""
    return to_json_bytes(
        [{"area_cd": month.area_code, "yearmonth": month.year_month, "prices": list(month.prices_yen)} for month in months],
    )
