"""A quiet button that hands on what a screen shows: the picture to the clipboard or a file, and the table behind it as text."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

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
from denkidesk.ui.charts.canvas import ChartRenderer, FigureMaker
from denkidesk.ui.charts.pictures import table_of
from denkidesk.ui.charts.style import PAPER
from denkidesk.ui.charts.usage_pictures import Picture
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.clipboard import copy_rows
from denkidesk.ui.parts.strip import Message, Strips

_COPY_SIZE = QSize(1000, 450)
_COPY_RATIO = 2.0
_ENDINGS = (".png", ".svg", ".pdf")


class Shown(Protocol):
    """What can be handed on; its name becomes the file's."""

    @property
    def maker(self) -> FigureMaker | None: ...
    def accessibleName(self) -> str: ...  # noqa: N802 - a widget's own


class UnseenPicture:
    """A picture that is drawn only when it is handed on: the screen shows the same otherwise. ``make``: None while there is none."""

    def __init__(self, title: str, make: Callable[[], Picture | None]) -> None:
        self._title, self._make = title, make

    @property
    def maker(self) -> FigureMaker | None:
        """As the screen is now."""
        return self._make()

    def accessibleName(self) -> str:  # noqa: N802 - a widget's own
        """What it shows."""
        return self._title

    def table_rows(self) -> list[list[str]]:
        """The numbers behind it."""
        picture = self._make()
        return [] if picture is None else table_of(picture)


class PictureMenu(QPushButton):
    """Belongs to one chart, or to ``several`` pictures. ``table``: the rows behind the chart."""

    def __init__(
        self,
        context: UiContext,
        renderer: ChartRenderer,
        chart: Shown,
        strips: Strips,
        table: Callable[[], list[list[str]]],
        parent: QWidget,
        *,
        several: Sequence[UnseenPicture] = (),
    ) -> None:
        super().__init__(texts.COPY_MENU, parent)
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
        if several:
            for one in several:
                self._fill(menu.addMenu(one.accessibleName()), one)
        else:
            self._fill(menu)
        self.setMenu(menu)

    @classmethod
    def of(cls, context: UiContext, strips: Strips, pictures: Sequence[UnseenPicture], parent: QWidget) -> "PictureMenu":
        """Of pictures that the screen shows otherwise; of several, each in a menu of its own."""
        first = pictures[0]
        return cls(context, context.charts, first, strips, first.table_rows, parent, several=pictures if pictures[1:] else ())

    @property
    def is_busy(self) -> bool:
        """Whether a picture is being drawn for clipboard or file."""
        return self._copying.is_busy or self._saving.is_busy

    def _fill(self, menu: QMenu, of: UnseenPicture | None = None) -> None:
        """``of``: whose menu it is, where there are several."""
        self._add(menu, texts.COPY_TABLE, self.copy_table, of)
        self._add(menu, texts.COPY_PICTURE, self.copy_picture, of)
        self._add(menu, texts.SAVE_PICTURE, self._ask_and_save, of)

    def _add(self, menu: QMenu, words: str, act: Callable[[], None], of: UnseenPicture | None) -> None:
        def chosen() -> None:
            if of is not None:
                self.choose(of)
            act()

        menu.addAction(words, chosen)

    def choose(self, picture: UnseenPicture) -> None:
        """Which of several is handed on next."""
        self._chart, self._table = picture, picture.table_rows

    def copy_table(self) -> None:
        """Puts the table on the clipboard, ready for a spreadsheet."""
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
        if self._copied != self._chart.maker:
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
