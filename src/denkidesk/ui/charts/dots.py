"""Areas on one scale of prices, a row a month: the plain mean as a ring, the customer's own mean as a dot, a stroke between them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, cast

from denkidesk.domain.market import PricedYear
from denkidesk.texts import dates
from denkidesk.texts import market as texts
from denkidesk.ui.charts.axes import LABEL_PT, labels_in, new_figure, quiet_axes, unit_title
from denkidesk.ui.charts.style import ChartStyle

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.legend import Legend

_MARKS: Final = ("o", "D")  # an area has a form of its own: colour tells nothing alone
_APART: Final = 0.18  # of a row, from its middle


def area_dots(areas: Sequence[tuple[str, PricedYear]], style: ChartStyle, *, width: float = 8.0, height: float = 3.6) -> "Figure":
    """``areas``: one or two, each with its name and the same months. ``width``, ``height`` in inches."""
    figure = new_figure(style, width, height)
    axes = figure.add_subplot()
    quiet_axes(axes, style)
    axes.xaxis.grid(visible=True, color=style.grid, linewidth=0.8)
    axes.set_axisbelow(True)
    months = sorted({month.year_month for _, year in areas for month in year.months})
    rows = {name: row for row, name in enumerate([*months, ""])}
    handles: dict[str, Artist] = {}
    for number, (name, year) in enumerate(areas):
        shift = _APART * (2 * number - 1) if len(areas) > 1 else 0.0
        points = [(rows[month.year_month] + shift, month.flat, month.weighted) for month in year.months]
        points.append((rows[""] + shift, year.flat, year.weighted))
        for row, flat, weighted in points:
            handles |= _draw(axes, name, number, row, (float(flat), None if weighted is None else float(weighted)), style)
    axes.axhline(len(months) - 0.5, color=style.muted, linewidth=0.8)
    axes.set_yticks(range(len(rows)), [*(dates.written(month) for month in months), texts.YEAR])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.margins(x=0.04)
    unit_title(axes, texts.DOTS_UNIT, style)
    _add_legend(figure, handles, style)
    return figure


def _draw(axes: "Axes", name: str, number: int, row: float, ends: tuple[float, float | None], style: ChartStyle) -> "dict[str, Artist]":
    flat, weighted = ends
    mark, ink = _MARKS[number], style.lines[number]
    if weighted is not None:
        axes.plot([flat, weighted], [row, row], color=ink, linewidth=1.4, zorder=2)
    (ring,) = axes.plot([flat], [row], marker=mark, markersize=6, color=style.background, markeredgecolor=ink, linestyle="", zorder=3)
    made: dict[str, Artist] = {texts.DOT_FLAT.format(area=name): ring}
    if weighted is not None:
        (dot,) = axes.plot([weighted], [row], marker=mark, markersize=6, color=ink, linestyle="", zorder=3)
        made[texts.DOT_WEIGHTED.format(area=name)] = dot
    return made


def _add_legend(figure: "Figure", handles: "dict[str, Artist]", style: ChartStyle) -> None:
    def make(columns: int) -> "Legend":
        made: Legend = figure.legend(
            [*handles.values()],
            [*handles],
            loc=cast("Any", "outside lower center"),
            ncols=columns,
            frameon=False,
            fontsize=cast("Any", LABEL_PT),
            labelcolor=style.text,
        )
        return made

    rules = labels_in(figure)
    rules.legend, rules.entries = make, len(handles)
    make(len(handles))
