"""Usage over the hours of a day, the days of a month and the hours of a year."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from denkidesk.desk.load_profile import Demand, MeanDay, PriceBand, days_of_month, demand, holidays_of, mean_days, place_of, price_bands
from denkidesk.domain.calendar import day_class
from denkidesk.domain.plans import DayClass, HolidayFlags, PlanDetail
from denkidesk.domain.usage import HOURS, Usage, UsageDay
from denkidesk.texts import pictures as texts
from denkidesk.texts.tariffs import month_label
from denkidesk.ui.charts.axes import VALUE_PT, grid_lines, keep_within, labels_in, let_shrink, new_figure, quiet_axes, unit_title
from denkidesk.ui.charts.style import ESTIMATED_HATCH, LINE_DASHES, PART_STYLES, ChartStyle, between

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LINE_ORDER: Final = ("summer", "winter", "between", "holiday")
_AXIS_HOURS: Final = range(0, HOURS + 1, 3)
_HOLIDAY_HATCH: Final = "///"
_AIR: Final = 1.12  # of what is drawn, above it
_ROOM_FOR_PRICES: Final = 1.32


def day_curves(usage: Usage, detail: PlanDetail | None, style: ChartStyle, *, width: float = 8.0, height: float = 3.6) -> "Figure":
    """The mean weekday of summer, winter and the rest, and the mean holiday, before the hours of the plan's prices.

    ``width``, ``height`` in inches.
    """
    figure, axes = _hours_axes(style, width, height)
    days = mean_days(usage, holidays_of(detail))
    bands = () if detail is None else price_bands(detail)
    most = max((kwh for day in days for kwh in day.hourly_kwh if kwh is not None), default=0.0)
    _draw_bands(figure, axes, bands, style)
    for day in days:
        _draw_mean(figure, axes, day, style)
    axes.set_ylim(0, most * (_ROOM_FOR_PRICES if bands else _AIR) or 1.0)
    unit_title(axes, texts.CURVES_UNIT.format(bands=texts.BANDS_MEANT if bands else ""), style)
    return figure


def one_day(day: UsageDay, detail: PlanDetail | None, style: ChartStyle, *, width: float = 8.0, height: float = 3.6) -> "Figure":
    """A day's hours as bars before the prices that hold on it; an hour without a figure has a cross."""
    from matplotlib.patches import Rectangle

    figure, axes = _hours_axes(style, width, height)
    kind = day_class(day.day, holidays_of(detail))
    bands = () if detail is None else price_bands(detail, kind, day.day.month)
    _draw_bands(figure, axes, bands, style)
    most = max((kwh for kwh in day.hourly_kwh if kwh is not None), default=0.0)
    for hour, kwh in enumerate(day.hourly_kwh):
        if kwh is None:
            axes.plot([hour + 0.5], [most * 0.03 or 0.03], marker="x", color=style.text)
        else:
            bar = Rectangle((hour + 0.12, 0), 0.76, kwh, facecolor=PART_STYLES["usage"].fill, edgecolor=style.outline, linewidth=0.8)
            axes.add_artist(bar)
    axes.set_ylim(0, most * (_ROOM_FOR_PRICES if bands else _AIR) or 1.0)
    unit_title(axes, texts.CURVES_UNIT.format(bands=texts.DAY_BANDS_MEANT if bands else ""), style)
    return figure


def month_days(usage: Usage, month: int, style: ChartStyle, *, holidays: HolidayFlags, width: float = 8.0, height: float = 3.6) -> "Figure":
    """The days of a calendar month as bars; holidays and days with missing hours are hatched."""
    from matplotlib.patches import Rectangle

    from denkidesk.ui.charts.layout import add_place

    figure = new_figure(style, width, height)
    axes = figure.add_subplot()
    quiet_axes(axes, style)
    grid_lines(axes, style)
    most = 0.0
    days = days_of_month(usage, month)
    for day in days:
        kwh, at = day.kwh, day.day.day
        most = max(most, kwh)
        hatch = ""
        if not day.is_whole:
            hatch = ESTIMATED_HATCH
        elif day_class(day.day, holidays) is DayClass.HOLIDAY:
            hatch = _HOLIDAY_HATCH
        fill, edge = PART_STYLES["usage"].fill, style.outline
        axes.add_artist(Rectangle((at - 0.36, 0), 0.72, kwh, hatch=hatch, facecolor=fill, edgecolor=edge, linewidth=0.8))
        add_place(axes, place_of(day.day), at - 0.5, at + 0.5)
    for day in days:
        above = day.kwh + most * 0.015
        label = axes.text(
            day.day.day, above, f"{day.kwh:.1f}", ha="center", va="bottom", fontsize=VALUE_PT, color=style.text, clip_on=False
        )
        let_shrink(figure, label, f"{day.kwh:.0f}")
    first, last = (days[0].day.day, days[-1].day.day) if days else (1, 1)
    axes.set_xticks([day.day.day for day in days], [str(day.day.day) for day in days])
    axes.set_xlim(first - 0.6, last + 0.6)
    axes.set_ylim(0, most * _AIR or 1.0)
    unit_title(axes, texts.DAYS_UNIT, style)
    axes.set_xlabel(month_label(month), fontsize=VALUE_PT, color=style.muted)
    return figure


def duration_curve(
    usage: Usage, style: ChartStyle, *, contract_kw: float | None = None, contract: str = "", width: float = 8.0, height: float = 3.6
) -> "Figure":
    """For how much of the time the demand was at least so high, beside the contract; the largest half hour with its day."""
    found = demand(usage)
    figure = new_figure(style, width, height)
    axes = figure.add_subplot()
    quiet_axes(axes, style)
    grid_lines(axes, style)
    count = len(found.kw)
    if count:
        shares = [100 * place / count for place in range(count + 1)]
        axes.step(shares, [*found.kw, found.kw[-1]], where="post", color=style.lines[0], linewidth=1.6)
        axes.fill_between(shares, [*found.kw, found.kw[-1]], step="post", color=style.bands[1], linewidth=0)
    _draw_limits(figure, axes, found, style, contract_kw, contract)
    highest = max([*found.kw[:1], found.peak_kw or 0.0, contract_kw or 0.0, 0.0])
    axes.set_xlim(0, 100)
    axes.set_ylim(0, highest * 1.14 or 1.0)
    axes.set_xticks(range(0, 101, 10))
    unit_title(axes, texts.DURATION_UNIT, style)
    return figure


def _hours_axes(style: ChartStyle, width: float, height: float) -> "tuple[Figure, Axes]":
    figure = new_figure(style, width, height)
    axes = figure.add_subplot()
    quiet_axes(axes, style)
    grid_lines(axes, style)
    axes.set_xlim(0, HOURS)
    axes.set_xticks(_AXIS_HOURS)
    return figure, axes


def _draw_bands(figure: "Figure", axes: "Axes", bands: Sequence[PriceBand], style: ChartStyle) -> None:
    means = [float(band.mean_yen) for band in bands]
    low, high = min(means, default=0.0), max(means, default=0.0)
    for band, mean in zip(bands, means, strict=True):
        share = (mean - low) / (high - low) if high > low else 0.3
        room = axes.axvspan(band.hour_from, band.hour_to, color=between(style.bands, share), linewidth=0, zorder=0)
        axes.axvline(band.hour_from, color=style.grid, linewidth=0.8, zorder=0.5)
        price = texts.price_range(band.low_yen, band.high_yen)
        label = axes.annotate(
            f"{band.name}\n{price}".strip(),
            ((band.hour_from + band.hour_to) / 2, 1.0),
            xycoords=axes.get_xaxis_transform(),
            xytext=(0, -3),
            textcoords="offset points",
            ha="center",
            va="top",
            fontsize=VALUE_PT,
            color=style.text,
        )
        keep_within(figure, label, room, price)


def _draw_mean(figure: "Figure", axes: "Axes", day: MeanDay, style: ChartStyle) -> None:
    from math import nan

    number = _LINE_ORDER.index(day.kind.value)
    values = [nan if kwh is None else kwh for kwh in day.hourly_kwh]
    middles = [hour + 0.5 for hour in range(HOURS)]
    dash = LINE_DASHES[number]
    axes.plot(middles, values, color=style.lines[number], linestyle=dash, linewidth=1.8)
    known = [(at, value) for at, value in zip(middles, values, strict=True) if value == value]  # noqa: PLR0124 - not a number is not itself
    if known:
        end = axes.annotate(
            texts.SHORT_DAY_KINDS[day.kind.value],
            known[-1],
            xytext=(HOURS + 0.7, known[-1][1]),
            va="center",
            fontsize=VALUE_PT,
            color=style.text,
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": style.lines[number], "linewidth": 1.0, "linestyle": dash, "shrinkA": 1, "shrinkB": 0},
        )
        labels_in(figure).ends.append(end)


def _draw_limits(figure: "Figure", axes: "Axes", found: Demand, style: ChartStyle, contract_kw: float | None, contract: str) -> None:
    lines = [(contract_kw, "--", texts.CONTRACT_LINE.format(capacity=contract))] if contract_kw is not None else []
    if found.peak_kw is not None and found.peak_days:
        lines.append((found.peak_kw, ":", texts.peak_words(found.peak_kw, found.peak_days)))
    for number, (kw, dash, words) in enumerate(lines):
        axes.axhline(kw, color=style.lines[1 - number], linestyle=dash, linewidth=1.4)
        label = axes.annotate(
            words,
            (1.0 if number == 0 else 0.5, kw),
            xycoords=axes.get_yaxis_transform(),
            xytext=(-2 if number == 0 else 0, 2),
            textcoords="offset points",
            ha="right" if number == 0 else "center",
            va="bottom",
            fontsize=VALUE_PT,
            color=style.text,
        )
        let_shrink(figure, label)
