"""Two plans beside each other: their months in pairs, and the steps from one sum to the other."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Final

from denkidesk.domain.bills import Bill
from denkidesk.domain.why import Why
from denkidesk.texts import pictures as texts
from denkidesk.texts.ranking import signed
from denkidesk.texts.why import names_of
from denkidesk.ui.charts.axes import (
    LABEL_PT,
    VALUE_PT,
    grid_lines,
    labels_in,
    let_shrink,
    new_figure,
    quiet_axes,
    unit_title,
    yen_scale,
)
from denkidesk.ui.charts.figures import Heap, month_stacks
from denkidesk.ui.charts.steps import Steps
from denkidesk.ui.charts.style import ChartStyle

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_PAIR_WIDTH: Final = 0.36
_ROW_PT: Final = 11.0
_STEP_HATCH: Final = "////"
_CUT_WIDTH: Final = 0.012  # of the axis: the double stroke where it is cut


def paired_months(
    present: Bill, proposed: Bill, style: ChartStyle, *, estimated: Collection[int] = (), width: float = 8.0, height: float = 3.6
) -> "Figure":
    """Each month of the present plan at the left, of the proposal at the right under a thick edge; the figures below.

    ``width``, ``height`` in inches. Both bills are of the same usage.
    """
    from denkidesk.ui.charts.layout import add_place

    pair = [month_stacks(bill, estimated=estimated) for bill in (present, proposed)]
    figure = new_figure(style, width, height)
    axes = figure.add_subplot()
    quiet_axes(axes, style)
    grid_lines(axes, style)
    heap = Heap(axes, style)
    for place, (ours, theirs) in enumerate(zip(*pair, strict=True)):
        heap.add(place - _PAIR_WIDTH / 2, ours, _PAIR_WIDTH * 0.94)
        right = place + _PAIR_WIDTH / 2
        heap.add(right, theirs, _PAIR_WIDTH * 0.94)
        ends = [right - _PAIR_WIDTH * 0.47, right + _PAIR_WIDTH * 0.47]
        axes.plot(ends, [heap.tops[right]] * 2, color=style.text, linewidth=3.0, solid_capstyle="butt")
        add_place(axes, present.billed_months[place].month, place - 0.5, place + 0.5)
    scale, unit, decimals = yen_scale(heap.highest)
    heap.finish(scale)
    axes.set_xticks([])
    unit_title(axes, texts.PAIR_UNIT.format(unit=unit), style)
    rows = [[texts.PRESENT], [texts.PROPOSAL], [texts.DIFFERENCE]]
    for ours, theirs in zip(*pair, strict=True):
        sums = (ours.total / scale, theirs.total / scale)
        rows[0].append(_figure_of(sums[0], decimals))
        rows[1].append(_figure_of(sums[1], decimals))
        difference = round(sums[1], decimals) - round(sums[0], decimals)
        rows[2].append(("+" if difference > 0 else "") + _figure_of(difference, decimals))
    _rows_below(axes, style, ["", *(stack.label for stack in pair[0])], rows)
    heap.add_legend(figure)
    return figure


def waterfall(why: Why, style: ChartStyle, *, width: float = 8.0, height: float = 3.6) -> "Figure":
    """From the present sum down to the proposed one, a part a row: up is hatched, down is plain, each with its signed number.

    ``width``, ``height`` in inches. Where all steps are small beside the sums the axis is cut, with a stroke through both.
    """
    from matplotlib.patches import Rectangle

    steps = Steps(why.present_yen, [line.difference for line in why.lines])
    names = [texts.PRESENT, *names_of(why), texts.PROPOSAL]
    words = [
        f"{why.present_yen:,}",
        *(f"{signed(line.difference)} {texts.WAYS[(line.difference > 0) - (line.difference < 0)]}".strip() for line in why.lines),
        f"{why.proposed_yen:,}",
    ]
    figure = new_figure(style, width, height)
    axes = figure.add_subplot()
    quiet_axes(axes, style)
    axes.spines["bottom"].set_visible(False)
    origin = steps.origin_yen
    farthest = max(max(span) for span in steps.spans)
    room = max(1, farthest - origin)
    for row, (start, end) in enumerate(steps.spans):
        is_end = row in (0, len(steps) - 1)
        left, right = max(origin, min(start, end)), max(start, end)
        fill = style.dearer if end > start else style.cheaper
        if is_end:
            fill = style.proposal if row else style.background
        axes.add_artist(
            Rectangle(
                (left, row - 0.32),
                max(right - left, room * 0.002),
                0.64,
                facecolor=fill,
                hatch=_STEP_HATCH if end > start and not is_end else "",
                edgecolor=style.text,
                linewidth=0.9,
                linestyle="--" if row == 0 else "-",
            )
        )
        axes.annotate(
            words[row].replace("-", "−"),
            (right, row),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=VALUE_PT,
            color=style.text,
            annotation_clip=False,
        )
        if is_end and steps.cut_yen:
            at = origin + room * 0.05
            for shift in (0.0, room * _CUT_WIDTH):
                axes.plot([at + shift, at + shift + room * 0.01], [row + 0.42, row - 0.42], color=style.text, linewidth=1.0)
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.set_xlim(origin, origin + room * 1.16)
    axes.set_xticks([])
    unit_title(axes, texts.CUT_UNIT if steps.cut_yen else texts.WATERFALL_UNIT, style)
    return figure


def _figure_of(value: float, decimals: int) -> str:
    words = f"{value:,.{decimals}f}".replace("-", "−")
    return words.removeprefix("−") if not value else words


def _rows_below(axes: "Axes", style: ChartStyle, heads: list[str], rows: list[list[str]]) -> None:
    """The months' names, and the figures of each below; where there is no room for three rows, the difference alone."""
    lines = max(head.count("\n") for head in heads) + 1
    figure = axes.get_figure(root=True)
    assert figure is not None  # noqa: S101 - axes of a figure
    for number, row in enumerate([heads, *rows]):
        down = -_ROW_PT * (number + (lines - 1 if number else 0)) - 4
        for place, words in enumerate(row):
            head = place == 0
            label = axes.annotate(
                words,
                (0.0, 0.0) if head else (place - 1, 0.0),
                xycoords="axes fraction" if head else axes.get_xaxis_transform(),
                xytext=(-6 if head else 0, down),
                textcoords="offset points",
                ha="right" if head else "center",
                va="top",
                fontsize=LABEL_PT if number == 0 else VALUE_PT,
                color=style.muted if head else style.text,
                fontweight="bold" if number == len(rows) and not head else "normal",
                annotation_clip=False,
            )
            let_shrink(figure, label, "" if number in range(1, len(rows)) else None)
            if number == len(rows):
                labels_in(figure).nearer[label] = -_ROW_PT * lines - 4
