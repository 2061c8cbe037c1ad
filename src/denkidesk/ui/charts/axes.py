"""What every picture begins with: an empty figure whose labels keep clear of each other, and axes without ornament."""

from typing import TYPE_CHECKING, Final

from denkidesk.texts import tariffs as texts
from denkidesk.ui.charts.style import ChartStyle

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch
    from matplotlib.text import Text

    from denkidesk.ui.charts.layout import ClearLabels

DPI: Final = 100
MAN_YEN_FROM: Final = 1_000_000  # yen are counted in ten thousands only above a million
LABEL_PT: Final = 9.0
VALUE_PT: Final = 8.0


def new_figure(style: ChartStyle, width: float, height: float) -> "Figure":
    """``width``, ``height`` in inches."""
    from matplotlib.figure import Figure

    from denkidesk.ui.charts.layout import ClearLabels

    return Figure(figsize=(width, height), dpi=DPI, facecolor=style.background, layout=ClearLabels())


def labels_in(figure: "Figure") -> "ClearLabels":
    """The rules by which the figure's labels give way."""
    from denkidesk.ui.charts.layout import ClearLabels

    engine = figure.get_layout_engine()
    assert isinstance(engine, ClearLabels)  # noqa: S101 - made by new_figure
    return engine


def let_shrink(figure: "Figure", label: "Text", shorter: str | None = None) -> None:
    """This label may be set smaller with its like, and first of all be said shorter; "" leaves it out."""
    rules = labels_in(figure)
    rules.loose.append(label)
    if shorter is not None:
        rules.shorter[label] = shorter


def keep_within(figure: "Figure", label: "Text", room: "Patch", shorter: str) -> None:
    """This label stands within a part of the picture, whole or shorter, or not at all."""
    label.set_in_layout(False)
    rules = labels_in(figure)
    rules.rooms[label], rules.shorter[label] = room, shorter


def quiet_axes(axes: "Axes", style: ChartStyle) -> None:
    """A base line and labels; no frame, no ticks."""
    axes.set_facecolor(style.background)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(style.muted)
    axes.tick_params(colors=style.text, length=0, labelsize=LABEL_PT)


def unit_title(axes: "Axes", words: str, style: ChartStyle) -> None:
    """The unit, once, at the end of the axis."""
    axes.set_title(words, loc="left", fontsize=LABEL_PT, color=style.muted, pad=8)


def yen_scale(highest: float) -> tuple[int, str, int]:
    """By what yen are divided, the unit then, and its decimals: one unit for the axis and for what stands above the bars."""
    return (10_000, texts.UNIT_MAN_YEN, 1) if highest >= MAN_YEN_FROM else (1, texts.UNIT_YEN, 0)


def grid_lines(axes: "Axes", style: ChartStyle) -> None:
    """Fine lines behind everything."""
    axes.yaxis.grid(visible=True, color=style.grid, linewidth=0.8)
    axes.set_axisbelow(True)
