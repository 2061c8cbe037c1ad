"""The cheapest plans as bars from zero, with what each saves or costs more than the present one; all of them stand in the table."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Final

from denkidesk.domain.ranking import Apart
from denkidesk.texts import pictures as texts
from denkidesk.texts import ranking as ranking_texts
from denkidesk.texts.bill import yen
from denkidesk.ui.charts.axes import LABEL_PT, VALUE_PT, let_shrink, new_figure, quiet_axes, unit_title
from denkidesk.ui.charts.style import ChartStyle
from denkidesk.ui.charts.usage_pictures import Leaf, PictureRow

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Annotation

MOST_BARS: Final = 8
_TOP, _BOTTOM, _NAME = -0.06, 0.4, -0.3  # of a bar, and where its name stands above it, in rows
_DEARER_HATCH: Final = "////"
_MARKET_HATCH: Final = "\\\\\\\\"
_LETTERS: Final = 22


@dataclass(frozen=True, slots=True)
class RankingLine:
    """A plan in words and yen. ``rank``: None where it stands apart; ``difference`` to the present plan where both are known."""

    plan: str
    company: str
    rank: int | None
    yen: int
    difference: int | None
    is_present: bool = False
    is_own: bool = False
    is_market_linked: bool = False
    spread: tuple[int, int] | None = None
    why_apart: Apart | None = None
    is_doubtful: bool = False

    @property
    def tags(self) -> tuple[str, ...]:
        """What its name is followed by."""
        marks = (
            (ranking_texts.PRESENT, self.is_present),
            (ranking_texts.OWN, self.is_own),
            (ranking_texts.MARKET, self.is_market_linked),
            (ranking_texts.DOUBTFUL, self.is_doubtful),
        )
        return tuple(words for words, is_so in marks if is_so)

    @property
    def sum_words(self) -> str:
        """Of a plan that stands apart it is no sum to be compared."""
        return yen(Decimal(self.yen)) if self.why_apart is None else ranking_texts.reference_words(self.why_apart, self.yen)

    def apart(self, *, is_year: bool) -> str:
        """The difference in words."""
        if self.is_present:
            return ranking_texts.PRESENT_PLAN
        if self.why_apart is not None:
            return ranking_texts.APART_WORDS[self.why_apart]
        return "" if self.difference is None else ranking_texts.difference_words(self.difference, is_year=is_year)


@dataclass(frozen=True, slots=True)
class RankingBars(Leaf):
    """``lines`` in their order; ``note``: the fuel rule of all, and what is tried."""

    lines: tuple[RankingLine, ...]
    is_year: bool
    note: str
    title: ClassVar[str] = texts.RANKING
    head: ClassVar[tuple[str, ...]] = texts.HEAD_RANKING

    @property
    def rows(self) -> tuple[PictureRow, ...]:
        """Every plan, those that stand apart too."""
        return tuple(
            PictureRow(
                (
                    ranking_texts.NO_RANK if line.rank is None else str(line.rank),
                    line.plan,
                    line.company,
                    "・".join(line.tags),
                    "" if line.rank is None else yen(Decimal(line.yen)),
                    "" if line.difference is None else ranking_texts.signed(line.difference),
                    *(("", "") if line.spread is None else (yen(Decimal(end)) for end in line.spread)),
                    line.sum_words if line.rank is None else "",
                )
            )
            for line in self.lines
        )

    @property
    def bars(self) -> tuple[RankingLine, ...]:
        """The cheapest; the present plan and the first of the own house are always among them."""
        ranked = [line for line in self.lines if line.rank is not None]
        wanted = [line for line in ranked if line.is_present][:1] + [line for line in ranked if line.is_own][:1]
        others = [line for line in ranked if line not in wanted]
        kept = [*wanted, *others[: MOST_BARS - len(wanted)]]
        return tuple(line for line in ranked if line in kept)

    def __call__(self, style: ChartStyle) -> "Figure":
        """A bar a plan."""
        return ranking_bars(self, style)


def ranking_bars(picture: RankingBars, style: ChartStyle, *, width: float = 8.0, height: float = 3.6) -> "Figure":
    """``width``, ``height`` in inches. The difference is part of the bar: an empty end is saved, a hatched one is more."""
    figure = new_figure(style, width, height)
    axes = figure.add_subplot()
    quiet_axes(axes, style)
    axes.spines["bottom"].set_visible(False)
    bars = picture.bars
    present = next((line.yen for line in bars if line.is_present), None)
    ends = [max(line.yen, *(line.spread or ()), present or 0) for line in bars]
    room = max(1, *ends) if ends else 1
    lowest = min(0, *(line.yen for line in bars)) if bars else 0
    for row, line in enumerate(bars):
        _draw_bar(axes, style, row, line, present)
        tags = "".join(f"［{tag}］" for tag in line.tags)
        name = _label(axes, style, f"{line.rank}　{_cut(line.plan)}{tags}　{_cut(line.company)}", (max(0, lowest), row + _NAME), LABEL_PT)
        let_shrink(figure, name, f"{line.rank}　{_cut(line.plan)}")
        apart = line.apart(is_year=picture.is_year)
        words = "　".join(filter(None, (line.sum_words, apart)))
        value = _label(axes, style, words, (ends[row], row + (_TOP + _BOTTOM) / 2), VALUE_PT)
        let_shrink(figure, value, apart if line.difference else line.sum_words)
    if present is not None:
        axes.plot([present] * 2, [-0.06, len(bars) - 0.6], color=style.text, linewidth=0.9, linestyle=":", zorder=0)
    axes.set_yticks([])
    axes.set_xticks([])
    axes.set_ylim(max(1, len(bars)) - 0.5, -0.6)
    axes.set_xlim(lowest, lowest + (room - lowest) * 1.45)
    unit_title(axes, picture.note, style)
    rest = sum(line.rank is not None for line in picture.lines) - len(bars)
    scale = texts.RANKING_SCALE + (texts.RANKING_REST.format(count=f"{rest:,}") if rest else "")
    axes.set_xlabel(scale, loc="left", fontsize=VALUE_PT, color=style.muted)
    return figure


def ranking_lines_of(lines: Sequence[RankingLine], present: RankingLine | None) -> tuple[RankingLine, ...]:
    """With the present plan in its place, whatever else is not shown."""
    if present is None or present.rank is None or any(line.is_present for line in lines):
        return tuple(lines)
    at = next((place for place, line in enumerate(lines) if line.rank is None or line.yen > present.yen), len(lines))
    return (*lines[:at], present, *lines[at:])


def _draw_bar(axes: "Axes", style: ChartStyle, row: int, line: RankingLine, present: int | None) -> None:
    from matplotlib.patches import Rectangle

    def box(start: int, end: int, fill: str, hatch: str = "", dashes: str = "-") -> None:
        axes.add_artist(
            Rectangle(
                (start, row + _TOP),
                end - start,
                _BOTTOM - _TOP,
                facecolor=fill,
                hatch=hatch,
                edgecolor=style.text,
                linewidth=0.9,
                linestyle=dashes,
            )
        )

    hatch = _MARKET_HATCH if line.is_market_linked else ""
    fill = style.background if line.is_present else style.proposal if line.is_own else style.bands[1]
    box(0, line.yen if present is None else min(line.yen, present), fill, hatch, "--" if line.is_present else "-")
    if present is not None and line.yen < present:
        box(line.yen, present, style.cheaper)
    elif present is not None and line.yen > present:
        box(present, line.yen, style.dearer, _DEARER_HATCH)
    if line.spread is not None:
        (low, high), middle = line.spread, row + (_TOP + _BOTTOM) / 2
        axes.plot([low, high], [middle] * 2, color=style.text, linewidth=1.6)
        for end in (low, high):
            axes.plot([end, end], [middle - 0.12, middle + 0.12], color=style.text, linewidth=1.6)


def _label(axes: "Axes", style: ChartStyle, words: str, at: tuple[float, float], points: float) -> "Annotation":
    label = axes.annotate(
        words,
        at,
        xytext=(4 if points == VALUE_PT else 0, 0),
        textcoords="offset points",
        va="center",
        fontsize=points,
        color=style.text,
        annotation_clip=False,
    )
    label.set_in_layout(False)  # a name is no reason for a narrower picture: it gives way
    return label


def _cut(words: str) -> str:
    return words if len(words) <= _LETTERS else words[: _LETTERS - 1] + "…"
