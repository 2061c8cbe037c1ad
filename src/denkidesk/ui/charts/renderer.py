"""From a figure to an image, on whatever thread; loads matplotlib when the first figure is drawn."""

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.transforms import Bbox
    from PySide6.QtGui import QImage

    from denkidesk.ui.charts.style import ChartStyle

FigureMaker = Callable[["ChartStyle"], "Figure"]
"""Draws the picture in the style it is handed, so that one maker serves light, dark and paper."""

_SCREEN_DPI: Final = 100.0
_SAVED_DPI: Final = 200


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a picture that leads somewhere, by its edges in shares of the width and the height, from the upper left."""

    to: str
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, across: float, down: float) -> bool:
        """Whether a point is in it."""
        return self.left <= across < self.right and self.top <= down < self.bottom


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture, and what of it leads where, in the order in which it was drawn."""

    image: "QImage"
    places: tuple[Place, ...]


class ChartRenderer:
    """Turns figures into images on any thread, one at a time: matplotlib's font caches are not made for two threads.

    ``cache_dir``: where matplotlib keeps its list of the system's fonts, which takes it a second to make.
    """

    def __init__(self, fonts_dir: Path, cache_dir: Path | None = None) -> None:
        if cache_dir is not None:
            os.environ.setdefault("MPLCONFIGDIR", str(cache_dir))
        self._fonts_dir = fonts_dir
        self._lock = threading.Lock()
        self._fonts_loaded = False

    def warm_up(self) -> None:
        """Loads matplotlib and the fonts, and draws once, ahead of the first picture."""
        from denkidesk.ui.charts.figures import sample_bars
        from denkidesk.ui.charts.style import PAPER

        self.image(sample_bars, PAPER, 320, 160)

    def image(self, maker: FigureMaker, style: "ChartStyle", width: int, height: int, ratio: float = 1.0) -> "QImage":
        """``width`` x ``height`` in the widget's units; ``ratio``: device pixels for each of them."""
        return self.drawn(maker, style, width, height, ratio).image

    def drawn(self, maker: FigureMaker, style: "ChartStyle", width: int, height: int, ratio: float = 1.0) -> Drawn:
        """The same, with the parts of it that lead somewhere."""
        from denkidesk.ui.charts.library import load_matplotlib

        load_matplotlib()
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from PySide6.QtGui import QImage

        from denkidesk.ui.charts.layout import fit_legend, places_of, take_apart

        with self._lock:
            self._load()
            figure = maker(style)
            figure.set_size_inches(width / _SCREEN_DPI, height / _SCREEN_DPI)
            figure.set_dpi(_SCREEN_DPI * ratio)
            fit_legend(figure)
            canvas = FigureCanvasAgg(figure)
            canvas.draw()
            columns, rows = canvas.get_width_height()
            image = QImage(bytes(canvas.buffer_rgba()), columns, rows, columns * 4, QImage.Format.Format_RGBA8888).copy()
            places = tuple(_place(to, box, figure) for to, box in places_of(figure))
            take_apart(figure)
        image.setDevicePixelRatio(ratio)
        return Drawn(image, places)

    def save(self, maker: FigureMaker, path: Path) -> None:
        """Writes PNG, SVG or PDF by the file's ending, in paper's colours. Raises OSError or SetupFault if it cannot be written."""
        from denkidesk.ui.charts.library import load_matplotlib

        load_matplotlib()
        with self._lock:
            self._load()
            from denkidesk.ui.charts.layout import take_apart
            from denkidesk.ui.charts.style import PAPER

            figure = maker(PAPER)
            if path.suffix.lower() == ".pdf":
                from denkidesk.ui.charts.vector import write_figure

                write_figure(path, figure)
            else:
                figure.savefig(path, dpi=_SAVED_DPI)
            take_apart(figure)

    def _load(self) -> None:
        if not self._fonts_loaded:
            from denkidesk.ui.charts.style import load_chart_fonts

            load_chart_fonts(self._fonts_dir)
            self._fonts_loaded = True


def _place(to: str, box: "Bbox", figure: "Figure") -> Place:
    width, height = figure.bbox.width, figure.bbox.height
    return Place(to, box.x0 / width, 1 - box.y1 / height, box.x1 / width, 1 - box.y0 / height)
