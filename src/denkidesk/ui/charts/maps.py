"""Prices as maps of months and hours: a plan's own, and the market's."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from denkidesk.desk.price_schedule import Block, blocks, has_holidays
from denkidesk.domain.plans import AreaPriceMonth, DayClass, PlanDetail
from denkidesk.domain.usage import HOURS
from denkidesk.texts import dates
from denkidesk.texts import pictures as texts
from denkidesk.texts import price_pairs as price_texts
from denkidesk.texts.bill import price
from denkidesk.texts.tariffs import month_label
from denkidesk.ui.charts.axes import VALUE_PT, keep_within, let_shrink, new_figure, quiet_axes, unit_title
from denkidesk.ui.charts.style import ON_PRICE, PRICE_RAMP, ChartStyle, between

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_MONTHS: Final = 12
_CHEAPEST: Final = 3  # hours of a month with a thick frame


def schedule_map(detail: PlanDetail, style: ChartStyle, *, width: float = 8.0, height: float = 3.6) -> "Figure":
    """What a kWh costs when: months down, hours across, each block of one price with the price in it; holidays beside weekdays.

    ``width``, ``height`` in inches. Hours without a price stay empty.
    """
    figure = new_figure(style, width, height)
    kinds = [(price_texts.WEEKDAYS, DayClass.WEEKDAY), (price_texts.HOLIDAYS, DayClass.HOLIDAY)]
    if not has_holidays(detail):
        kinds = [(price_texts.EVERY_DAY, DayClass.WEEKDAY)]
    shown = [(name, blocks(detail, kind)) for name, kind in kinds]
    prices = [_mean(block) for _, found in shown for block in found]
    ends = (min(prices, default=0.0), max(prices, default=0.0))
    for number, (name, found) in enumerate(shown, start=1):
        axes = figure.add_subplot(1, len(shown), number)
        _map_axes(axes, style, [month_label(month) for month in range(1, _MONTHS + 1)])
        unit_title(axes, f"{name}　{price_texts.AXES}" if number == 1 else name, style)
        for block in found:
            _draw_block(figure, axes, block, ends)
    return figure


def price_map(prices: Sequence[AreaPriceMonth], style: ChartStyle, *, width: float = 8.0, height: float = 3.6) -> "Figure":
    """The area's mean prices: a row a month, a column an hour, the figure in each cell; the three cheapest hours have a thick frame."""
    from matplotlib.patches import Rectangle

    figure = new_figure(style, width, height)
    axes = figure.add_subplot()
    months = sorted(prices, key=lambda month: month.year_month)
    _map_axes(axes, style, [dates.written(month.year_month) for month in months])
    unit_title(axes, texts.MARKET_UNIT, style)
    every = [float(one) for month in months for one in month.prices_yen]
    low, high = min(every, default=0.0), max(every, default=0.0)
    for row, month in enumerate(months):
        cheapest = sorted(range(HOURS), key=month.prices_yen.__getitem__)[:_CHEAPEST]
        for hour, at_hour in enumerate(month.prices_yen):
            fill = between(PRICE_RAMP, (float(at_hour) - low) / (high - low) if high > low else 0.3)
            axes.add_artist(Rectangle((hour, row), 1, 1, facecolor=fill, edgecolor="#FFFFFF", linewidth=0.4))
            label = axes.text(hour + 0.5, row + 0.5, f"{at_hour:.1f}", ha="center", va="center", fontsize=VALUE_PT, color=ON_PRICE)
            label.set_in_layout(False)
            let_shrink(figure, label, f"{at_hour:.0f}")
        for hour in cheapest:
            frame = Rectangle((hour + 0.06, row + 0.08), 0.88, 0.84, fill=False, edgecolor=ON_PRICE, linewidth=1.4)
            axes.add_artist(frame)
    return figure


def _map_axes(axes: "Axes", style: ChartStyle, rows: Sequence[str]) -> None:
    quiet_axes(axes, style)
    axes.spines["bottom"].set_visible(False)
    axes.set_xlim(0, HOURS)
    axes.set_ylim(max(1, len(rows)), 0)
    axes.set_xticks(range(0, HOURS + 1, 3))
    axes.set_yticks([place + 0.5 for place in range(len(rows))], list(rows))


def _draw_block(figure: "Figure", axes: "Axes", block: Block, ends: tuple[float, float]) -> None:
    from matplotlib.patches import Rectangle

    low, high = ends
    share = (_mean(block) - low) / (high - low) if high > low else 0.3
    width, height = block.hour_to - block.hour_from, block.month_to - block.month_from + 1
    fill = between(PRICE_RAMP, share)
    room = Rectangle((block.hour_from, block.month_from - 1), width, height, facecolor=fill, edgecolor=ON_PRICE, linewidth=0.9)
    axes.add_artist(room)
    words = " / ".join(price(unit) for _, unit in block.tiers)
    label = axes.text(
        block.hour_from + width / 2,
        block.month_from - 1 + height / 2,
        f"{block.name}\n{words}".strip(),
        ha="center",
        va="center",
        fontsize=VALUE_PT,
        color=ON_PRICE,
    )
    keep_within(figure, label, room, words)


def _mean(block: Block) -> float:
    return float(sum((unit for _, unit in block.tiers), Decimal(0)) / len(block.tiers))
