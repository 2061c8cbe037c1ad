"""One style sheet for every picture: colours, hatches, fonts.

The fills are Okabe and Ito's (the CUD set): neighbours in a stack differ by at least 15 in CIE L*, any pair by at least 20 (dE76) under
simulated protan, deutan and tritan vision, so a grey print works too. Every fill has a dark outline and a second sign, because yellow
and sky blue are too light on white by themselves. Text is never set in a fill colour.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from denkidesk.ui.parts.colours import Colours

FONT_FAMILY: Final = "BIZ UDPGothic"
FONT_FILES: Final = ("BIZUDPGothic_400Regular.ttf", "BIZUDPGothic_700Bold.ttf")


@dataclass(frozen=True, slots=True)
class PartStyle:
    """How one part of a bill is drawn."""

    fill: str
    hatch: str = ""


PART_STYLES: Final = {
    "base": PartStyle("#0072B2"),
    "usage": PartStyle("#56B4E9"),
    "adjust": PartStyle("#D55E00", "////"),
    "levy": PartStyle("#F0E442", ".."),
    "discount": PartStyle("#FFFFFF", "\\\\\\\\"),
}
"""In stack order: base charge, usage, fuel adjustment, levy; the discount lies below zero."""
ESTIMATED_HATCH: Final = "xx"
"""On the usage of a month that was not measured whole."""
LINE_DASHES: Final = ("-", "--", ":", "-.")
"""Curves are told apart by them alone."""
PRICE_RAMP: Final = ("#FBFDFF", "#5F97D6")
"""Cells of the cheapest and the dearest price, in light and dark windows."""
ON_PRICE: Final = "#1B2432"
"""Words in such a cell."""


def between(ends: tuple[str, str], share: float) -> str:
    """A colour on the way from one to another; ``share`` from 0 to 1, what is beyond counts as the end."""
    share = min(1.0, max(0.0, share))
    pairs = ((int(ends[0][at : at + 2], 16), int(ends[1][at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(low + (high - low) * share):02X}" for low, high in pairs)


@dataclass(frozen=True, slots=True)
class ChartStyle:
    """The colours that depend on where the picture is shown."""

    background: str
    text: str
    muted: str
    grid: str
    outline: str
    heat_map: str  # name of a one-hue or perceptually even colour map
    lines: tuple[str, ...]  # of curves, each with a dash of its own
    bands: tuple[str, str]  # the grounds of the cheapest and the dearest hours behind curves
    cheaper: str  # a step down; a step up is hatched
    dearer: str
    proposal: str


LIGHT: Final = ChartStyle(
    background="#FFFFFF",
    text="#1F2933",
    muted="#52606D",
    grid="#D9DFE5",
    outline="#1F2933",
    heat_map="cividis",
    lines=("#0B3C6F", "#A03B00", "#1F2933", "#52606D"),
    bands=("#FBFDFF", "#C3D7EE"),
    cheaper="#E4F3EB",
    dearer="#E8B08A",
    proposal="#5B8FD0",
)
DARK: Final = ChartStyle(
    background="#1E242B",
    text="#E6EAEE",
    muted="#A7B1BB",
    grid="#3A444F",
    outline="#0B0E11",
    heat_map="cividis",
    lines=("#86B6F2", "#F5A678", "#E6EAEE", "#C3CCD8"),
    bands=("#20262E", "#2C4058"),
    cheaper="#1D3529",
    dearer="#8A4A22",
    proposal="#3A6FB0",
)
PAPER: Final = LIGHT


def style_within(colours: Colours) -> ChartStyle:
    """The style of a picture that stands in a window of these colours."""
    style = DARK if colours.is_dark else LIGHT
    return replace(style, background=colours.window, text=colours.text, muted=colours.muted, grid=colours.line)


def load_chart_fonts(fonts_dir: Path) -> None:
    """Makes the bundled font known to matplotlib and its default; no installed font is relied on. Safe to call again."""
    import matplotlib
    from matplotlib import font_manager

    known = {entry.fname for entry in font_manager.fontManager.ttflist}
    for name in FONT_FILES:
        path = str(fonts_dir / name)
        if path not in known:
            font_manager.fontManager.addfont(path)
    matplotlib.rcParams.update(
        {
            # DejaVu Sans comes with matplotlib and has the signs that mathtext wants
            "font.family": [FONT_FAMILY, "DejaVu Sans"],
            "axes.unicode_minus": True,
            "hatch.linewidth": 0.6,
            "svg.fonttype": "path",
            "pdf.fonttype": 42,
        }
    )
