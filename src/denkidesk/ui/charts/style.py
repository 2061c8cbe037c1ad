"""One style sheet for every picture: colours, hatches, fonts.

The fills are Okabe and Ito's (the CUD set): neighbours in a stack differ by at least 15 in CIE L*, any pair by at least 20 (dE76) under
simulated protan, deutan and tritan vision, so a grey print works too. Every fill has a dark outline and a second sign, because yellow
and sky blue are too light on white by themselves. Text is never set in a fill colour.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

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


@dataclass(frozen=True, slots=True)
class ChartStyle:
    """The colours that depend on where the picture is shown."""

    background: str
    text: str
    muted: str
    grid: str
    outline: str
    heat_map: str  # name of a one-hue or perceptually even colour map


LIGHT: Final = ChartStyle(background="#FFFFFF", text="#1F2933", muted="#52606D", grid="#D9DFE5", outline="#1F2933", heat_map="cividis")
DARK: Final = ChartStyle(background="#1E242B", text="#E6EAEE", muted="#A7B1BB", grid="#3A444F", outline="#0B0E11", heat_map="cividis")
PAPER: Final = LIGHT


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
