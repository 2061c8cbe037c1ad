"""Pictures as functions: domain values in, a matplotlib figure out. The same figure serves screen, file and paper."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from denkidesk.domain.bills import Bill, BillParts, FuelRule, MonthBill, Rounding
from denkidesk.domain.usage import HOURS, Usage
from denkidesk.texts import tariffs as texts
from denkidesk.texts.bill import partial_mark
from denkidesk.ui.charts.style import ESTIMATED_HATCH, PART_STYLES, ChartStyle

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DPI: Final = 100
_MAN_YEN_FROM: Final = 1_000_000  # yen are counted in ten thousands only above a million


@dataclass(frozen=True, slots=True)
class MonthStack:
    """One bar: yen of each part by its name in ``PART_STYLES``, and the total that is written above."""

    label: str
    parts: dict[str, float]
    total: float
    estimated: bool = False


ALL_MONTHS: Final = frozenset(range(1, 13))


def month_stacks(bill: Bill, *, estimated: Collection[int] = ()) -> tuple[MonthStack, ...]:
    """The bars of a bill, in the order in which its months were billed. ``estimated``: calendar months that were not measured whole."""
    stacks = []
    for month in bill.billed_months:
        parts = month.parts
        before = parts.base + parts.usage + parts.adjust + parts.levy
        stacks.append(
            MonthStack(
                label="\n".join(filter(None, (texts.month_label(int(month.month[5:7])), partial_mark(month)))),
                parts={
                    "base": float(parts.base),
                    "usage": float(parts.usage),
                    "adjust": float(parts.adjust),
                    "levy": float(parts.levy),
                    # what is left is the discount and the rounding; shown only where it is a discount
                    "discount": float(parts.charge - before) if bill.discount_rate else 0.0,
                },
                total=float(parts.charge),
                estimated=int(month.month[5:7]) in estimated,
            )
        )
    return tuple(stacks)


def _figure(style: ChartStyle, width: float, height: float) -> "Figure":
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), dpi=DPI, facecolor=style.background, layout="constrained")


def _quiet_axes(axes: "Axes", style: ChartStyle) -> None:
    axes.set_facecolor(style.background)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(style.muted)
    axes.tick_params(colors=style.text, length=0, labelsize=9)


def monthly_bars(bill: Bill, style: ChartStyle, *, estimated: Collection[int] = (), width: float = 8.0, height: float = 3.6) -> "Figure":
    """A bill by month: what each month consists of. Negative parts lie below zero, totals stand above the bars.

    ``width``, ``height`` in inches. Months without data have no bar; the usage of ``estimated`` ones is hatched.
    """
    from matplotlib.patches import Patch
    from matplotlib.ticker import FuncFormatter

    stacks = month_stacks(bill, estimated=estimated)
    figure = _figure(style, width, height)
    axes = figure.add_subplot()
    _quiet_axes(axes, style)
    axes.yaxis.grid(visible=True, color=style.grid, linewidth=0.8)
    axes.set_axisbelow(True)
    handles: dict[str, Any] = {}
    tops = [0.0] * len(stacks)
    bottoms = [0.0] * len(stacks)
    for part, look in PART_STYLES.items():
        values = [stack.parts[part] for stack in stacks]
        if not any(values):
            continue
        starts = [tops[i] if value >= 0 else bottoms[i] for i, value in enumerate(values)]
        handles[part] = axes.bar(
            range(len(stacks)), values, bottom=starts, width=0.68, color=look.fill, hatch=look.hatch, edgecolor=style.outline, linewidth=0.8
        )
        for i, value in enumerate(values):
            if part == "usage" and stacks[i].estimated:
                handles[part].patches[i].set_hatch(ESTIMATED_HATCH)
            if value >= 0:
                tops[i] += value
            else:
                bottoms[i] += value
    highest = max(tops, default=0.0)
    for i, stack in enumerate(stacks):
        axes.text(
            i, tops[i] + highest * 0.015, f"{stack.total:,.0f}", ha="center", va="bottom", fontsize=8, color=style.text, clip_on=False
        )
    axes.set_xticks(range(len(stacks)), [stack.label for stack in stacks])
    if any(bottoms):
        axes.spines["bottom"].set_visible(False)
        axes.axhline(0, color=style.muted, linewidth=1.0)
    axes.set_ylim(min(bottoms, default=0.0) * 1.1, highest * 1.12 or 1.0)
    scale, unit = (10_000, texts.UNIT_MAN_YEN) if highest >= _MAN_YEN_FROM else (1, texts.UNIT_YEN)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _position: f"{value / scale:,.0f}"))
    axes.set_title(unit, loc="left", fontsize=9, color=style.muted, pad=8)
    if handles:
        entries = [
            (Patch(facecolor=PART_STYLES[part].fill, hatch=PART_STYLES[part].hatch, edgecolor=style.outline), texts.PART_NAMES[part])
            for part in handles
        ]
        if any(stack.estimated for stack in stacks):
            mark = Patch(facecolor=PART_STYLES["usage"].fill, hatch=ESTIMATED_HATCH, edgecolor=style.outline)
            entries.append((mark, texts.ESTIMATED_MONTHS))
        legend = figure.legend(
            [patch for patch, _ in entries],
            [words for _, words in entries],
            loc="outside lower center",
            ncols=len(entries),
            frameon=False,
            fontsize=9,
            labelcolor=style.text,
        )
        legend.set_in_layout(True)
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

    first, last = usage.days[0].day, usage.days[-1].day
    span = (last - first).days + 1
    grid = np.full((span, HOURS), np.nan)
    for entry in usage.days:
        grid[(entry.day - first).days] = [np.nan if value is None else value for value in entry.hourly_kwh]
    figure = _figure(style, width, height)
    axes = figure.add_subplot()
    _quiet_axes(axes, style)
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
