"""A picture on the screen, drawn off the GUI thread: the window stays answerable while matplotlib works for a tenth of a second."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from denkidesk.jobs.job import LaneName
from denkidesk.jobs.lanes import Jobs
from denkidesk.jobs.latest import LatestJob
from denkidesk.ui.charts.style import PAPER, ChartStyle, load_chart_fonts

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FigureMaker = Callable[[ChartStyle], "Figure"]
"""Draws the picture in the style it is handed, so that one maker serves light, dark and paper."""

_SCREEN_DPI: Final = 100.0
_SAVED_DPI: Final = 200
_RESIZE_PAUSE_MS: Final = 80  # while a window edge is dragged the old picture is stretched; one drawing follows
_SMALLEST: Final = QSize(240, 160)


class ChartRenderer:
    """Turns figures into images on any thread, one at a time: matplotlib's font caches are not made for two threads."""

    def __init__(self, fonts_dir: Path) -> None:
        self._fonts_dir = fonts_dir
        self._lock = threading.Lock()
        self._fonts_loaded = False

    def warm_up(self) -> None:
        """Loads matplotlib and the fonts, and draws once, ahead of the first picture."""
        from denkidesk.ui.charts.figures import sample_bars

        self.image(sample_bars, PAPER, 320, 160)

    def image(self, maker: FigureMaker, style: ChartStyle, width: int, height: int, ratio: float = 1.0) -> QImage:
        """``width`` x ``height`` in the widget's units; ``ratio``: device pixels for each of them."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg

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
            maker(PAPER).savefig(path, dpi=_SAVED_DPI)

    def on_paper(self, action: Callable[[], None]) -> None:
        """Runs something that draws figures by itself, such as writing the quote's PDF, with nothing else drawing meanwhile."""
        with self._lock:
            self._load()
            action()

    def _load(self) -> None:
        if not self._fonts_loaded:
            load_chart_fonts(self._fonts_dir)
            self._fonts_loaded = True


class ChartView(QWidget):
    """Shows one picture at the size it has. Costs nothing until the first :meth:`show_figure`."""

    def __init__(self, accessible_name: str, jobs: Jobs, renderer: ChartRenderer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(accessible_name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        # the picture is read by its name and the table beside it, not walked through by Tab
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumSize(_SMALLEST)
        self._renderer = renderer
        self._maker: FigureMaker | None = None
        self._style: ChartStyle | None = None
        self._image: QImage | None = None
        self._newest = LatestJob(jobs, self)
        self._newest.succeeded.connect(self._on_drawn)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_RESIZE_PAUSE_MS)
        self._pause.timeout.connect(self._draw)

    @property
    def has_picture(self) -> bool:
        """Whether the newest picture is drawn and on the screen."""
        return self._image is not None and not self._newest.is_busy and not self._pause.isActive()

    @property
    def maker(self) -> FigureMaker | None:
        """What draws the present picture."""
        return self._maker

    def show_figure(self, maker: FigureMaker, style: ChartStyle) -> None:
        """Replaces the picture; the old one stays until the new one is drawn."""
        self._maker = maker
        self._style = style
        self._draw()

    def restyle(self, style: ChartStyle) -> None:
        """Draws the same picture in other colours, as after a change between light and dark."""
        self._style = style
        self._draw()

    def clear(self) -> None:
        """Shows nothing."""
        self._maker = None
        self._image = None
        self._newest.cancel()
        self.update()

    def copy_picture(self) -> None:
        """Puts the picture on the clipboard as it is shown."""
        if self._image is not None:
            QGuiApplication.clipboard().setImage(self._image)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._image is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.rect(), self._image)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._maker is not None:
            self._pause.start()

    def _draw(self) -> None:
        self._pause.stop()
        if self._maker is None or self._style is None:
            return
        size = self.size().expandedTo(_SMALLEST)
        self._newest.run(
            LaneName.WORK, self._renderer.image, self._maker, self._style, size.width(), size.height(), self.devicePixelRatioF()
        )

    def _on_drawn(self, image: QImage) -> None:
        self._image = image
        self.update()
