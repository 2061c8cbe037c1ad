"""A picture on the screen, drawn off the GUI thread: the window stays answerable while matplotlib works for a tenth of a second."""

from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from denkidesk.jobs.job import LaneName
from denkidesk.jobs.lanes import Jobs
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import tariffs as texts
from denkidesk.ui.charts.renderer import ChartRenderer, FigureMaker
from denkidesk.ui.charts.style import ChartStyle

__all__ = ["ChartRenderer", "ChartView", "FigureMaker"]

_RESIZE_PAUSE_MS: Final = 80  # while a window edge is dragged the old picture is stretched; one drawing follows
_SMALLEST: Final = QSize(240, 160)


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
        self.maker: FigureMaker | None = None  # what draws the present picture
        self._style: ChartStyle | None = None
        self._image: QImage | None = None
        self._has_drawn = False
        self._newest = LatestJob(jobs, self, self._on_drawn)
        self._pause = QTimer(self, singleShot=True, interval=_RESIZE_PAUSE_MS)
        self._pause.timeout.connect(self._draw)

    @property
    def has_picture(self) -> bool:
        """Whether the newest picture is drawn and on the screen."""
        return self._image is not None and not self._newest.is_busy and not self._pause.isActive()

    def show_figure(self, maker: FigureMaker, style: ChartStyle) -> None:
        """Replaces the picture; the old one goes at once: it must not stand beside newer figures, however long a lane is busy."""
        self.clear()
        self.maker = maker
        self._style = style
        if self._has_drawn:
            self._draw()
        else:
            # the page around the first picture is painted first, alone: beside a lane that draws it would take many times as long
            self._pause.start()

    def restyle(self, style: ChartStyle) -> None:
        """Draws the same picture in other colours, as after a change between light and dark."""
        self._style = style
        self._draw()

    def clear(self) -> None:
        self.maker = None
        self._image = None
        self._pause.stop()
        self._newest.cancel()
        self.update()

    def copy_picture(self) -> None:
        """Puts the picture on the clipboard as it is shown."""
        if self._image is not None:
            QGuiApplication.clipboard().setImage(self._image)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._image is None and self.maker is None:
            return
        with QPainter(self) as painter:
            if self._image is None:
                painter.setPen(self.palette().placeholderText().color())
                painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), texts.DRAWING)
                return
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.rect(), self._image)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.maker is not None:
            self._pause.start()

    def _draw(self) -> None:
        self._pause.stop()
        if self.maker is None or self._style is None:
            return
        size = self.size().expandedTo(_SMALLEST)
        self._newest.run(
            LaneName.WORK, self._renderer.image, self.maker, self._style, size.width(), size.height(), self.devicePixelRatioF()
        )

    def _on_drawn(self, image: QImage) -> None:
        self._image = image
        self._has_drawn = True
        self.update()
