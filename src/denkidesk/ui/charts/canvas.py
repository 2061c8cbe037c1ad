"""A picture on the screen, drawn off the GUI thread: the window stays answerable while matplotlib works for a tenth of a second."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from denkidesk.jobs.job import LaneName
from denkidesk.jobs.lanes import Jobs
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import tariffs as texts
from denkidesk.ui.charts.renderer import ChartRenderer, Drawn, FigureMaker, Place
from denkidesk.ui.charts.style import ChartStyle
from denkidesk.ui.parts.key_binding import ENTER

__all__ = ["ChartRenderer", "ChartView", "FigureMaker"]

_RESIZE_PAUSE_MS: Final = 80  # while a window edge is dragged the old picture is stretched; one drawing follows
_AFTER_PAINT_MS: Final = 10  # what stands around a picture is painted first: beside a lane that draws it would take many times as long
_SMALLEST: Final = QSize(240, 160)
_FAR: Final = 1_000  # more than a picture has parts
_STEPS: Final = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Home: -_FAR,
    Qt.Key.Key_End: _FAR,
}


class ChartView(QWidget):
    """Shows one picture at the size it has. Costs nothing until there is one to be seen: while it is hidden nothing is drawn.

    Where it ``leads`` somewhere, its parts are reached by the arrows (``place_reached``) and opened by Enter or a click (``place_opened``);
    both carry what the part stands for. ``left``: Esc, where :attr:`may_leave` is set.
    """

    place_reached = Signal(str)
    place_opened = Signal(str)
    left = Signal()

    def __init__(
        self, accessible_name: str, jobs: Jobs, renderer: ChartRenderer, parent: QWidget | None = None, *, leads: bool = False
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(accessible_name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        # a picture that leads nowhere is read by its name and the table beside it, not walked through by Tab
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if leads else Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(leads)
        self._leads = leads
        self.may_leave = False
        self.places: tuple[Place, ...] = ()
        self._reached: str | None = None
        self.setMinimumSize(_SMALLEST)
        self._renderer = renderer
        self.maker: FigureMaker | None = None  # what draws the present picture
        self._style: ChartStyle | None = None
        self._image: QImage | None = None
        self._has_drawn = self._is_due = False
        self._newest = LatestJob(jobs, self, self._on_drawn)
        self._pause = QTimer(self, singleShot=True)
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
        self._pause.start(_AFTER_PAINT_MS if self._has_drawn else _RESIZE_PAUSE_MS)

    def restyle(self, style: ChartStyle) -> None:
        """Draws the same picture in other colours, as after a change between light and dark."""
        self._style = style
        self._draw()

    def clear(self) -> None:
        self.maker = None
        self._is_due = False
        self._image = None
        self.places, self._reached = (), None
        self._pause.stop()
        self._newest.cancel()
        self.update()

    def copy_picture(self) -> None:
        """Puts the picture on the clipboard as it is shown."""
        if self._image is not None:
            QGuiApplication.clipboard().setImage(self._image)

    def sizeHint(self) -> QSize:
        """No less than it is given at the least: a layout that asks for heights at a width goes by the hint alone."""
        return self.minimumSize()

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
            self._mark(painter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.maker is not None:
            self._pause.start(_RESIZE_PAUSE_MS)

    def showEvent(self, event: QShowEvent) -> None:
        """What nobody could see was not drawn."""
        super().showEvent(event)
        if self._is_due:
            self._pause.start(_AFTER_PAINT_MS if self._has_drawn else _RESIZE_PAUSE_MS)

    def _draw(self) -> None:
        self._pause.stop()
        if self.maker is None or self._style is None:
            return
        self._is_due = not self.isVisible()
        if self._is_due:
            return
        size = self.size().expandedTo(_SMALLEST)
        self._newest.run(
            LaneName.WORK, self._renderer.drawn, self.maker, self._style, size.width(), size.height(), self.devicePixelRatioF()
        )

    def _on_drawn(self, drawn: Drawn) -> None:
        self._image, self.places = drawn.image, drawn.places if self._leads else ()
        self._has_drawn = True
        self.update()

    def mark(self, to: str) -> None:
        """Marks a part of the picture that is being drawn."""
        self._reached = to
        self.update()

    @property
    def reached(self) -> str | None:
        """What the marked part stands for."""
        return self._reached

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows mark a part, Enter opens it, Esc goes back."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and self.places and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._reach(self._place_after(step))
        elif event.key() in ENTER and self._reached is not None:
            self.place_opened.emit(self._reached)
        elif self.may_leave and event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The pointer says what can be pressed."""
        shape = Qt.CursorShape.PointingHandCursor if self._place_at(event.position()) else Qt.CursorShape.ArrowCursor
        if self._leads and self.cursor().shape() != shape:
            self.setCursor(shape)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Taken where the release opens something."""
        event.setAccepted(self._place_at(event.position()) is not None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Opens the part below the pointer."""
        place = self._place_at(event.position())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self._reach(place)
            self.place_opened.emit(place.to)
        else:
            super().mouseReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Shows where the arrows begin."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Takes the frame away."""
        super().focusOutEvent(event)
        self.update()

    def _place_at(self, point: QPointF) -> Place | None:
        across, down = point.x() / max(1, self.width()), point.y() / max(1, self.height())
        return next((place for place in self.places if place.holds(across, down)), None)

    def _place_after(self, step: int) -> Place:
        """``step``: forward or back by so many; beyond the ends the end."""
        names = [place.to for place in self.places]
        if self._reached not in names:
            return self.places[-1 if step == _FAR else 0]
        return self.places[min(len(names) - 1, max(0, names.index(self._reached) + step))]

    def _reach(self, place: Place) -> None:
        self._reached = place.to
        self.update()
        self.place_reached.emit(place.to)

    def _mark(self, painter: QPainter) -> None:
        if not self.hasFocus():
            return
        accent = self.palette().highlight().color()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(accent, 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        for place in self.places:
            if place.to == self._reached:
                painter.setPen(QPen(accent, 2))
                width, height = self.width(), self.height()
                corner = QPointF(place.left * width, place.top * height)
                painter.drawRect(QRectF(corner, QPointF(place.right * width, place.bottom * height)))
