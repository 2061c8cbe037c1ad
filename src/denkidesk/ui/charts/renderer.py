"""From a figure to an image, on whatever thread; loads matplotlib when the first figure is drawn."""

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from PySide6.QtGui import QImage

    from denkidesk.ui.charts.style import ChartStyle

FigureMaker = Callable[["ChartStyle"], "Figure"]
"""Draws the picture in the style it is handed, so that one maker serves light, dark and paper."""

_SCREEN_DPI: Final = 100.0
_SAVED_DPI: Final = 200


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
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from PySide6.QtGui import QImage

        with self._lock:
            self._load()
            figure = maker(style)
            figure.set_size_inches(width / _SCREEN_DPI, height / _SCREEN_DPI)
            figure.set_dpi(_SCREEN_DPI * ratio)
            canvas = FigureCanvasAgg(figure)
            canvas.draw()
            columns, rows = canvas.get_width_height()
            image = QImage(bytes(canvas.buffer_rgba()), columns, rows, columns * 4, QImage.Format.Format_RGBA8888).copy()
        image.setDevicePixelRatio(ratio)
        return image

    def save(self, maker: FigureMaker, path: Path) -> None:
        """Writes PNG or SVG by the file's ending, in paper's colours. Raises OSError if it cannot be written."""
        with self._lock:
            self._load()
            from denkidesk.ui.charts.style import PAPER

            maker(PAPER).savefig(path, dpi=_SAVED_DPI)

    def on_paper(self, action: Callable[[], None]) -> None:
        """Runs something that draws figures by itself, such as writing the quote's PDF, with nothing else drawing meanwhile."""
        with self._lock:
            self._load()
            action()

    def _load(self) -> None:
        if not self._fonts_loaded:
            from denkidesk.ui.charts.style import load_chart_fonts

            load_chart_fonts(self._fonts_dir)
            self._fonts_loaded = True
