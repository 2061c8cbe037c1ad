"""Pictures as functions: domain values in, a matplotlib figure out. The same figure serves screen, file and paper."""

import itertools
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, cast

from denkidesk.desk.load_profile import month_of
from denkidesk.domain.bills import Bill, BillParts, FuelRule, MonthBill, Rounding
from denkidesk.domain.usage import HOURS, Usage
from denkidesk.texts import tariffs as texts
from denkidesk.texts.bill import partial_mark
from denkidesk.ui.charts.axes import LABEL_PT, VALUE_PT, grid_lines, labels_in, let_shrink, new_figure, quiet_axes, unit_title, yen_scale
from denkidesk.ui.charts.style import ESTIMATED_HATCH, PART_STYLES, ChartStyle

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.legend import Legend
    from matplotlib.patches import Patch

_ESTIMATED: Final = "estimated"


@dataclass(frozen=True, slots=True)
class MonthStack:
    """One bar: yen of each part by its name in ``PART_STYLES``, and the total that is written above."""

    label: str
    parts: dict[str, float]
    total: float
    estimated: bool = False


class Heap:
    """Stacked bars on one pair of axes. Negative parts go down from zero."""

    def __init__(self, axes: "Axes", style: ChartStyle) -> None:
        self._axes, self._style = axes, style
        self._legend: dict[str, Patch] = {}
        self.tops: dict[float, float] = {}
        self._bottoms: dict[float, float] = {}

    @property
    def highest(self) -> float:
        """The top of the highest bar; not what is written above it."""
        return max(self.tops.values(), default=0.0)

    def add(self, at: float, stack: MonthStack, width: float) -> None:
        """One bar with its middle ``at``."""
        from matplotlib.patches import Patch, Rectangle

        top = bottom = 0.0
        for part, look in PART_STYLES.items():
            value = stack.parts[part]
            if not value:
                continue
            hatch = ESTIMATED_HATCH if part == "usage" and stack.estimated else look.hatch
            edge = self._style.outline
            start = top if value >= 0 else bottom
            # artists, not patches: the limits are set when all stand, not reckoned anew for every part of every month
            self._axes.add_artist(
                Rectangle((at - width / 2, start), width, value, facecolor=look.fill, hatch=hatch, edgecolor=edge, linewidth=0.8)
            )
            top, bottom = (top + value, bottom) if value >= 0 else (top, bottom + value)
            self._legend.setdefault(part, Patch(facecolor=look.fill, hatch=look.hatch, edgecolor=self._style.outline))
            if part == "usage" and stack.estimated:
                self._legend.setdefault(_ESTIMATED, Patch(facecolor=look.fill, hatch=ESTIMATED_HATCH, edgecolor=self._style.outline))
        self.tops[at], self._bottoms[at] = top, bottom

    def finish(self, scale: int) -> None:
        """The axes around the bars; ``scale``: what yen are divided by."""
        from matplotlib.ticker import FuncFormatter

        axes, lowest = self._axes, min(self._bottoms.values(), default=0.0)
        if lowest:
            axes.spines["bottom"].set_visible(False)
            axes.axhline(0, color=self._style.muted, linewidth=1.0)
        axes.set_xlim(-0.6, max(self.tops, default=0.0) + 0.6)
        axes.set_ylim(lowest * 1.1, self.highest * 1.12 or 1.0)
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _position: f"{value / scale:,.0f}".replace("-", "−")))

    def add_legend(self, figure: "Figure") -> None:
        """Below the picture, in the order of the stack; nothing where nothing is drawn."""
        names = {**texts.PART_NAMES, _ESTIMATED: texts.ESTIMATED_MONTHS}
        shown = {name: self._legend[part] for part, name in names.items() if part in self._legend}
        if not shown:
            return
        ink, rules = self._style.text, labels_in(figure)

        def make(columns: int) -> "Legend":
            handles, words = [*shown.values()], [*shown]
            made: Legend = figure.legend(
                handles,
                words,
                loc=cast("Any", "outside lower center"),
                ncols=columns,
                frameon=False,
                fontsize=cast("Any", LABEL_PT),
                labelcolor=ink,
            )
            return made

        rules.legend, rules.entries = make, len(shown)
        make(len(shown))


ALL_MONTHS: Final = frozenset(range(1, 13))


def month_stacks(bill: Bill, *, estimated: Collection[int] = ()) -> tuple[MonthStack, ...]:
    """The bars of a bill, in the order in which its months were billed. ``estimated``: calendar months that were not measured whole."""
    stacks = []
    for month in bill.billed_months:
        parts = month.parts
        stacks.append(
            MonthStack(
                label="\n".join(filter(None, (texts.month_label(int(month.month[5:7])), partial_mark(month)))),
                parts={
                    "base": float(parts.base),
                    "usage": float(parts.usage),
                    "adjust": float(parts.adjust),
                    "levy": float(parts.levy),
                    # what is left is the discount and the rounding; shown only where it is a discount
                    "discount": float(parts.rest) if bill.discount_rate else 0.0,
                },
                total=float(parts.charge),
                estimated=int(month.month[5:7]) in estimated,
            )
        )
    return tuple(stacks)


def monthly_bars(bill: Bill, style: ChartStyle, *, estimated: Collection[int] = (), width: float = 8.0, height: float = 3.6) -> "Figure":
    """A bill by month: what each month consists of. Negative parts lie below zero, totals stand above the bars.

    ``width``, ``height`` in inches. Months without data have no bar; the usage of ``estimated`` ones is hatched.
    """
    from denkidesk.ui.charts.layout import add_place

    stacks = month_stacks(bill, estimated=estimated)
    figure = new_figure(style, width, height)
    axes = figure.add_subplot()
    quiet_axes(axes, style)
    grid_lines(axes, style)
    heap = Heap(axes, style)
    for place, stack in enumerate(stacks):
        heap.add(place, stack, 0.68)
    scale, unit, decimals = yen_scale(heap.highest)
    for place, stack in enumerate(stacks):
        words = f"{stack.total / scale:,.{decimals}f}".replace("-", "−")
        at = heap.tops[place] + heap.highest * 0.015
        label = axes.text(place, at, words, ha="center", va="bottom", fontsize=VALUE_PT, color=style.text, clip_on=False)
        let_shrink(figure, label)
        add_place(axes, bill.billed_months[place].month, place - 0.5, place + 0.5)
    axes.set_xticks(range(len(stacks)), [stack.label for stack in stacks])
    heap.finish(scale)
    unit_title(axes, unit, style)
    heap.add_legend(figure)
    return figure


def sample_bars(style: ChartStyle) -> "Figure":
    """A made-up bill: drawing it once loads all that drawing a real one needs."""
    one = Decimal(1)
    parts = BillParts(3 * one, one, one, one, one)
    months = tuple(MonthBill(f"2026-{month:02}", one, parts) for month in ALL_MONTHS)
    return monthly_bars(Bill("", "", one, Rounding.NONE, FuelRule.LATEST, parts, months), style, estimated=ALL_MONTHS)


def load_heat_map(usage: Usage, style: ChartStyle, *, width: float = 8.0, height: float = 3.6) -> "Figure":
    """When electricity was used: one row a day, one column an hour, kWh as colour. Gaps are left white and hatched.

    Horizontal stripes are days that differ (holidays), vertical stripes are daily habits.
    """
    import numpy as np

    from denkidesk.ui.charts.layout import add_place

    first, last = usage.days[0].day, usage.days[-1].day
    span = (last - first).days + 1
    grid = np.full((span, HOURS), np.nan)
    for entry in usage.days:
        grid[(entry.day - first).days] = [np.nan if value is None else value for value in entry.hourly_kwh]
    figure = new_figure(style, width, height)
    axes = figure.add_subplot()
    quiet_axes(axes, style)
    axes.spines["bottom"].set_visible(False)
    if np.isnan(grid).any():
        axes.patch.set(facecolor="#FFFFFF", hatch="xxxx", edgecolor="#9AA5B1", linewidth=0)
    finite = grid[~np.isnan(grid)]
    # one hour of a kettle must not make the rest of the year look empty
    top = float(np.quantile(finite, 0.995)) if finite.size else 1.0
    image = axes.imshow(
        np.ma.masked_invalid(grid),
        aspect="auto",
        interpolation="nearest",
        cmap=style.heat_map,
        vmin=0.0,
        vmax=top or 1.0,
        extent=(0, HOURS, span, 0),
    )
    for month, days in itertools.groupby(usage.days, key=lambda entry: month_of(entry.day)):
        held = [(entry.day - first).days for entry in days]
        add_place(axes, month, 0, HOURS, held[0], held[-1] + 1)
    ticks, labels = _month_starts(first, last)
    axes.set_yticks(ticks, labels)
    axes.set_xticks(range(0, HOURS + 1, 3))
    axes.set_xlabel(texts.AXIS_HOUR, fontsize=9, color=style.muted)
    bar = figure.colorbar(image, ax=axes, pad=0.02, aspect=24)
    bar.outline.set_visible(False)
    bar.ax.tick_params(colors=style.text, length=0, labelsize=9)
    bar.ax.set_title("kWh", fontsize=9, color=style.muted, pad=8)
    return figure


def _month_starts(first: date, last: date) -> tuple[list[int], list[str]]:
    ticks, labels = [], []
    day = date(first.year, first.month, 1)
    while day <= last:
        offset = (day - first).days
        if offset >= 0 or (last - first).days < 31:
            ticks.append(max(0, offset))
            labels.append(texts.month_label(day.month))
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return ticks, labels
