"""市場価格 as pictures: the months by hour as a map, areas on one scale as dots; each to the clipboard, a file, a spreadsheet."""

from typing import Final

from PySide6.QtWidgets import QComboBox, QWidget

from denkidesk.domain.market import PricedYear
from denkidesk.domain.plans import AreaPriceMonth
from denkidesk.texts import market as texts
from denkidesk.ui.charts.canvas import ChartView
from denkidesk.ui.charts.pictures import AreaDots, MarketMap, table_of
from denkidesk.ui.charts.style import style_within
from denkidesk.ui.charts.usage_pictures import Picture
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.strip import Strips
from denkidesk.ui.tariffs.picture_menu import PictureMenu

_CELLS, _MAP, _DOTS = range(3)
_NAMES: Final = (texts.CELLS, texts.MAP, texts.DOTS)


class MarketPictures:
    """The choice (``show``), the picture (``chart``) and its menu; whoever owns them gives them their places."""

    def __init__(self, context: UiContext, strips: Strips, parent: QWidget) -> None:
        self._context = context
        self._picture: Picture | None = None
        self.show = QComboBox(parent)
        for name in _NAMES:
            self.show.addItem(name)
        self.chart = ChartView(texts.PICTURE, context.jobs, context.charts, parent)
        self.menu = PictureMenu(context, context.charts, self.chart, strips, self.table_rows, parent)
        context.theme.changed.connect(self._restyle)

    @property
    def is_chosen(self) -> bool:
        """Whether a picture is wanted in the place of the table."""
        return self.show.currentIndex() != _CELLS

    @property
    def is_busy(self) -> bool:
        """Whether a picture is being drawn for clipboard or file."""
        return self.menu.is_busy

    def table_rows(self) -> list[list[str]]:
        """The numbers behind the picture."""
        return table_of(self._picture) if self._picture is not None else []

    def show_years(self, months: tuple[AreaPriceMonth, ...], years: tuple[tuple[str, PricedYear], ...]) -> None:
        """Draws what is chosen. ``months``: of the first area; ``years``: of it, and of the one that it is compared with."""
        kind = self.show.currentIndex()
        wanted: Picture | None = None
        if years and kind != _CELLS:
            wanted = MarketMap(months) if kind == _MAP else AreaDots(years)
        self.menu.setVisible(wanted is not None)
        if wanted == self._picture:
            return
        self._picture = wanted
        if wanted is None:
            self.chart.clear()
        else:
            self.chart.setAccessibleName(wanted.title)
            self.chart.show_figure(wanted, style_within(self._context.theme.colours))

    def _restyle(self) -> None:
        if self._picture is not None:
            self.chart.restyle(style_within(self._context.theme.colours))
