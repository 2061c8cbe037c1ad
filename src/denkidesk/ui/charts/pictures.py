"""Bills and prices as pictures with their numbers, and which pictures there are.

Every one is a ``FigureMaker``; what a customer uses is in ``usage_pictures``.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from denkidesk.desk.bill_pictures import Comparison
from denkidesk.desk.comparison import BillQuestion
from denkidesk.desk.price_schedule import Tiers, blocks, has_holidays
from denkidesk.domain.bills import Bill
from denkidesk.domain.market import PricedMonth, PricedYear
from denkidesk.domain.plans import AreaPriceMonth, DayClass, PlanDetail
from denkidesk.domain.usage import HOURS
from denkidesk.texts import dates
from denkidesk.texts import market as market_texts
from denkidesk.texts import pictures as texts
from denkidesk.texts import tariffs as tariff_texts
from denkidesk.texts import why as why_texts
from denkidesk.texts.bill import month_with_mark, price, yen
from denkidesk.ui.charts.style import ChartStyle
from denkidesk.ui.charts.usage_pictures import Duration, LeadsToDays, Leaf, LoadMap, MeanDays, Picture, PictureRow

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from denkidesk.desk.why import Explained


class PictureKind(StrEnum):
    """The pictures of the year, in the order in which they are offered."""

    MONTHS = "months"
    PAIRS = "pairs"
    WATERFALL = "waterfall"
    CURVES = "curves"
    LOAD = "load"
    DURATION = "duration"
    SCHEDULE = "schedule"
    MARKET = "market"


@dataclass(frozen=True, slots=True)
class MonthsOfBill(LeadsToDays):
    """What each month of the bill consists of."""

    bill: Bill
    estimated: frozenset[int]
    title: ClassVar[str] = tariff_texts.CHARTS_MONTHS
    head: ClassVar[tuple[str, ...]] = (*(" ".join(head.split()) for head in tariff_texts.TABLE_HEAD),)

    def __call__(self, style: ChartStyle) -> "Figure":
        """The stacked bars."""
        from denkidesk.ui.charts.figures import monthly_bars

        return monthly_bars(self.bill, style, estimated=self.estimated)

    @property
    def rows(self) -> tuple[PictureRow, ...]:
        """The months as the bill's table has them, without the year."""
        found = []
        for month in self.bill.billed_months:
            money = (yen(value) for value in month.parts.shown())
            found.append(PictureRow((month_with_mark(month, self.estimated), yen(month.kwh, 1), *money), month.month))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class PairedMonths(LeadsToDays):
    """Each month of both plans."""

    both: Comparison
    estimated: frozenset[int]
    title: ClassVar[str] = texts.KINDS["pairs"]
    head: ClassVar[tuple[str, ...]] = texts.HEAD_PAIRS

    def __call__(self, style: ChartStyle) -> "Figure":
        """Two bars a month."""
        from denkidesk.ui.charts.differences import paired_months

        return paired_months(self.both.present, self.both.proposed, style, estimated=self.estimated)

    @property
    def rows(self) -> tuple[PictureRow, ...]:
        """Both sums of each month and their difference."""
        why = self.both.why
        return tuple(PictureRow(cells[:-1], pair.month) for cells, pair in zip(why_texts.months_of(why), why.months, strict=True))


@dataclass(frozen=True, slots=True)
class Waterfall(Leaf):
    """From the present sum to the proposed one."""

    both: Comparison
    title: ClassVar[str] = texts.KINDS["waterfall"]
    head: ClassVar[tuple[str, ...]] = why_texts.HEAD

    def __call__(self, style: ChartStyle) -> "Figure":
        """A bar a part."""
        from denkidesk.ui.charts.differences import waterfall

        return waterfall(self.both.why, style)

    @property
    def rows(self) -> tuple[PictureRow, ...]:
        """The lines of なぜ."""
        lines = why_texts.lines_of(self.both.why, "", "")
        return tuple(PictureRow(tuple(cell.strip() for cell in line)) for line in lines)


@dataclass(frozen=True, slots=True)
class Schedule(Leaf):
    """What a kWh costs when."""

    detail: PlanDetail
    title: ClassVar[str] = texts.KINDS["schedule"]
    head: ClassVar[tuple[str, ...]] = texts.HEAD_SCHEDULE

    @property
    def rows(self) -> tuple[PictureRow, ...]:
        """Each block of one price."""
        kinds = ((DayClass.WEEKDAY, texts.WEEKDAY), (DayClass.HOLIDAY, texts.HOLIDAY))
        shown = kinds if has_holidays(self.detail) else ((DayClass.WEEKDAY, texts.EVERY_DAY),)
        return tuple(
            PictureRow(
                (
                    name,
                    texts.MONTHS.format(first=block.month_from, last=block.month_to),
                    texts.HOURS.format(first=block.hour_from, last=block.hour_to),
                    block.name,
                    _price(block.tiers),
                )
            )
            for kind, name in shown
            for block in blocks(self.detail, kind)
        )

    def __call__(self, style: ChartStyle) -> "Figure":
        """Months down, hours across."""
        from denkidesk.ui.charts.maps import schedule_map

        return schedule_map(self.detail, style)


@dataclass(frozen=True, slots=True)
class MarketMap(Leaf):
    """The area's prices of a market-linked plan."""

    prices: tuple[AreaPriceMonth, ...]
    title: ClassVar[str] = texts.KINDS["market"]
    head: ClassVar[tuple[str, ...]] = (texts.HEAD_MONTH, *(texts.HOUR.format(hour=hour) for hour in range(HOURS)))

    @property
    def rows(self) -> tuple[PictureRow, ...]:
        """A line a month."""
        months = sorted(self.prices, key=lambda month: month.year_month)
        return tuple(PictureRow((dates.written(month.year_month), *(price(one) for one in month.prices_yen))) for month in months)

    def __call__(self, style: ChartStyle) -> "Figure":
        """Months down, hours across."""
        from denkidesk.ui.charts.maps import price_map

        return price_map(self.prices, style)


@dataclass(frozen=True, slots=True)
class AreaDots(Leaf):
    """One or two areas' means on one scale, each with its name."""

    areas: tuple[tuple[str, PricedYear], ...]
    title: ClassVar[str] = market_texts.DOTS
    head: ClassVar[tuple[str, ...]] = market_texts.HEAD_DOTS

    @property
    def rows(self) -> tuple[PictureRow, ...]:
        """A line a month and area, then the whole time."""
        found = []
        for name, year in self.areas:
            lines: list[tuple[str, PricedMonth | PricedYear]] = [(dates.written(month.year_month), month) for month in year.months]
            for label, one in (*lines, (market_texts.YEAR, year)):
                cells = (market_texts.price(one.flat), market_texts.price(one.weighted), market_texts.signed(one.difference))
                found.append(PictureRow((label, name, *cells)))
        return tuple(found)

    def __call__(self, style: ChartStyle) -> "Figure":
        """A ring and a dot a month."""
        from denkidesk.ui.charts.dots import area_dots

        return area_dots(self.areas, style)


def picture_of(kind: PictureKind, question: BillQuestion, bill: Bill, both: "Comparison | Explained | None") -> Picture | str:
    """The picture of the year, or why there is none. ``both``: as :func:`~denkidesk.desk.bill_pictures.compared` gives it."""
    usage, detail = question.usage, question.detail
    if kind in (PictureKind.PAIRS, PictureKind.WATERFALL):
        if both is None:
            return texts.NO_PRESENT
        if not isinstance(both, Comparison):
            return why_texts.unknown_words(both.unknown, both.miscounted)
        return PairedMonths(usage, detail, both, question.estimated_months) if kind is PictureKind.PAIRS else Waterfall(both)
    if kind is PictureKind.SCHEDULE:
        return Schedule(detail) if detail.conditions else texts.NO_SCHEDULE
    if kind is PictureKind.MARKET:
        return MarketMap(question.area_prices) if question.area_prices else texts.NO_MARKET
    if kind is PictureKind.DURATION:
        return Duration(usage, *_contract_of(question))
    if kind is PictureKind.CURVES:
        return MeanDays(usage, detail)
    if kind is PictureKind.LOAD:
        return LoadMap(usage, detail)
    return MonthsOfBill(usage, detail, bill, question.estimated_months)


def table_of(picture: Picture) -> list[list[str]]:
    """For a spreadsheet: one heading line, plain numbers without grouping."""
    return [list(picture.head), *([row.cells[0], *(_bare(cell) for cell in row.cells[1:])] for row in picture.rows)]


def _contract_of(question: BillQuestion) -> tuple[float | None, str]:
    """Of a contract in kW or kVA: an ampere is no kW."""
    unit = question.detail.capacity_unit
    if question.capacity is None or unit.lower() not in ("kw", "kva"):
        return None, ""
    return float(question.capacity), f"{question.capacity:f} {unit}"


def _price(tiers: Tiers) -> str:
    return " / ".join(price(unit) for _, unit in tiers)


def _bare(cell: str) -> str:
    return cell.replace(",", "").replace("−", "-")
