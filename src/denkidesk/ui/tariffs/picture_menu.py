"""A quiet button that hands on what a screen shows: the picture to the clipboard or a file, and the table behind it as text."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from denkidesk.domain.clock import now_jst
from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.errors import SetupFault
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import tariffs as texts
from denkidesk.texts.dates import in_file_name
from denkidesk.texts.errors import said
from denkidesk.ui.charts.canvas import ChartRenderer, ChartView, FigureMaker
from denkidesk.ui.charts.style import PAPER
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.clipboard import copy_rows
from denkidesk.ui.parts.strip import Message, Strips

_COPY_SIZE = QSize(1000, 450)
_COPY_RATIO = 2.0
_ENDINGS = (".png", ".svg", ".pdf")


class PictureMenu(QPushButton):
    """Belongs to one chart. ``table``: the rows behind the picture, where there are any."""

    def __init__(
        self,
        context: UiContext,
        renderer: ChartRenderer,
        chart: ChartView,
        strips: Strips,
        table: Callable[[], list[list[str]]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(texts.COPY_MENU if table else texts.COPY_MENU_PICTURE, parent)
        self._context = context
        self._renderer = renderer
        self._chart = chart
        self._strips = strips
        self._table = table
        self._copying = LatestJob(context.jobs, self, self._on_drawn, self._on_failed)
        self._copied: FigureMaker | None = None
        self._saving = LatestJob(context.jobs, self, self._on_saved, self._on_failed)
        self.setProperty("kind", "quiet")
        context.icons.put(self, "copy", "accent")
        menu = QMenu(self)
        if table is not None:
            menu.addAction(texts.COPY_TABLE, self.copy_table)
        menu.addAction(texts.COPY_PICTURE, self.copy_picture)
        menu.addAction(texts.SAVE_PICTURE, self._ask_and_save)
        self.setMenu(menu)

    @property
    def is_busy(self) -> bool:
        """Whether a picture is being drawn for clipboard or file."""
        return self._copying.is_busy or self._saving.is_busy

    def copy_table(self) -> None:
        """Puts the table on the clipboard, ready for a spreadsheet."""
        if self._table is not None:
            copy_rows(self._table())
            self._strips.say(Message("ok", texts.COPIED, key="picture"))

    def copy_picture(self) -> None:
        """Puts the picture on the clipboard in paper's colours: it goes into somebody's letter, not into the dark."""
        maker = self._chart.maker
        if maker is not None:
            self._copied, size = maker, _COPY_SIZE
            self._copying.run(LaneName.WORK, self._renderer.image, maker, PAPER, size.width(), size.height(), _COPY_RATIO)

    def save_picture(self, path: Path) -> None:
        """Writes PNG, SVG or PDF by the ending; anything else becomes PNG."""
        maker = self._chart.maker
        if maker is not None:
            path = path if path.suffix.lower() in _ENDINGS else path.with_name(path.name + _ENDINGS[0])
            self._saving.run(LaneName.WORK, _save, self._renderer, maker, path)

    def _ask_and_save(self) -> None:
        folder = Path(self._context.ui_state.text("quote_folder") or Path.home())
        suggested = folder / texts.PICTURE_NAME.format(title=self._chart.accessibleName(), date=in_file_name(now_jst().date()))
        name, _filter = QFileDialog.getSaveFileName(self, texts.SAVE_PICTURE, str(suggested), texts.PICTURE_FILTER)
        if name:
            self._context.ui_state.put("quote_folder", str(Path(name).parent))
            self.save_picture(Path(name))

    def _on_drawn(self, image: QImage) -> None:
        if self._copied is not self._chart.maker:
            return  # another picture stands there by now: whoever pastes would take this one for it
        QGuiApplication.clipboard().setImage(image)
        self._strips.say(Message("ok", texts.COPIED, key="picture"))

    def _on_saved(self, path: Path) -> None:
        self._strips.say(Message("ok", texts.SAVED_PICTURE.format(name=path.name), key="picture"))

    def _on_failed(self, error: object) -> None:
        what = said(error)
        self._strips.say(Message("error", what.text, key="picture", detail=what.detail))


def _save(renderer: ChartRenderer, maker: FigureMaker, path: Path) -> Path:
    try:
        renderer.save(maker, path)
    except OSError as error:
        raise SetupFault(str(path), "file", InstallationCode.UNWRITABLE, str(error)) from error
    return path
