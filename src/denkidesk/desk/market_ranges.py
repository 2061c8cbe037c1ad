"""What plans that follow the market would come to with other prices that there were: whole years of them, or one month's all the year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from denkidesk.domain.plans import AreaPriceMonth
from denkidesk.domain.ranking import Spread

Prices = tuple[AreaPriceMonth, ...]
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class MarketRanges:
    """Lowest and highest yen by place in a catalogue; see ``Spread`` for the rest, which is the same for all."""

    yen: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    months: tuple[str, str] | None = None
    present: int | None = None
    is_before: bool = False

    def of(self, place: int | None) -> Spread | None:
        """None for a plan that has none."""
        ends = None if place is None else self.yen.get(place)
        return None if ends is None else Spread(*ends, self.months, self.present, self.is_before)


def whole_years(history: Sequence[AreaPriceMonth]) -> list[Prices]:
    """Twelve months each, back from the newest; a year that lacks a month is none, and the one before it is looked at."""
    by_number = {int(month.year_month[:4]) * _MONTHS + int(month.year_month[5:]): month for month in history}
    if not by_number:
        return []
    last, first = max(by_number), min(by_number)
    years = (range(end - _MONTHS + 1, end + 1) for end in range(last, first, -_MONTHS))
    return [tuple(by_number[month] for month in year) for year in years if all(month in by_number for month in year)]


def at_its_ends(prices: Prices) -> tuple[tuple[str, Prices], tuple[str, Prices]] | None:
    """The cheapest and the dearest month by their means, each by its name with its prices in all months; None for fewer than two months."""
    by_mean = sorted(prices, key=lambda month: sum(month.prices_yen))
    if len(by_mean) < 2:
        return None
    low, high = (
        (end.year_month, tuple(replace(month, prices_yen=end.prices_yen) for month in prices)) for end in (by_mean[0], by_mean[-1])
    )
    return low, high


def other_prices(prices: Prices, history: Sequence[AreaPriceMonth]) -> tuple[list[Prices], tuple[str, str] | None]:
    """What plans are priced with for their range. Of two months, which are named, where fewer than two whole years are stored."""
    years = whole_years(history)
    if len(years) > 1:
        return years, None
    ends = at_its_ends(prices)
    return ([], None) if ends is None else ([of_month for _, of_month in ends], (ends[0][0], ends[1][0]))
