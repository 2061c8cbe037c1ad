"""A figure on the screen: made when first asked for, redrawn once after a resize, copied and saved as a picture."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QWidget

from denkidesk.ui.charts.style import ChartStyle

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FigureMaker = Callable[[ChartStyle], "Figure"]
"""Draws the picture in the style it is handed, so that one maker serves light, dark and paper."""

SAVED_DPI = 200


class ChartView(QWidget):
    """Shows one picture. Costs nothing until the first :meth:`show_figure`: matplotlib is loaded then."""

    def __init__(self, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(accessible_name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._maker: FigureMaker | None = None

    @property
    def has_picture(self) -> bool:
        """Whether something is shown."""
        return self._maker is not None

    def show_figure(self, maker: FigureMaker, style: ChartStyle) -> None:
        """Replaces the picture."""
        from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg

        self._maker = maker
        canvas = FigureCanvasQTAgg(maker(style))
        # the picture is read by its name and the table beside it, not walked through by Tab
        canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        canvas.setAccessibleName(self.accessibleName())
        self._drop_canvas()
        self._stack.addWidget(canvas)

    def restyle(self, style: ChartStyle) -> None:
        """Draws the same picture in other colours, as after a change between light and dark."""
        if self._maker is not None:
            self.show_figure(self._maker, style)

    def clear(self) -> None:
        """Shows nothing."""
        self._maker = None
        self._drop_canvas()

    def _drop_canvas(self) -> None:
        while (item := self._stack.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def copy_picture(self, style: ChartStyle) -> None:
        """Puts the picture on the clipboard, in paper's colours so that it fits a letter."""
        if self._maker is None:
            return
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        figure = self._maker(style)
        figure.set_dpi(SAVED_DPI)
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        width, height = canvas.get_width_height()
        image = QImage(bytes(canvas.buffer_rgba()), width, height, width * 4, QImage.Format.Format_RGBA8888).copy()
        QGuiApplication.clipboard().setImage(image)

    def save_picture(self, path: Path, style: ChartStyle) -> None:
        """Writes PNG or SVG by the file's ending. Raises OSError if it cannot be written."""
        if self._maker is not None:
            self._maker(style).savefig(path, dpi=SAVED_DPI)
