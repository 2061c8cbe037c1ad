"""The chosen rows as a file: asked where to, made on a lane, and never in the place of another file that the clerk has not named."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from denkidesk.desk.export import SUFFIXES, export_chosen
from denkidesk.desk.inbox_acts import Chosen
from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.errors import SetupFault
from denkidesk.jobs.job import LaneName
from denkidesk.texts import dates
from denkidesk.texts import inbox as inbox_texts
from denkidesk.texts import inbox_acts as texts
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.strip import Message, Strips

_FOLDER: Final = "inbox.export_folder"
_KEY: Final = "inbox.export"


class Export(QObject):
    """One export; lives with its screen."""

    def __init__(self, context: UiContext, strips: Strips, screen: QWidget) -> None:
        super().__init__(screen)
        self._context = context
        self._strips = strips
        self._screen = screen

    def ask(self, chosen: Chosen) -> None:
        """Asks for the file; the folder of the last one is offered. Whether a file may be replaced the dialog asks itself."""
        state = self._context.ui_state
        day = dates.in_file_name(self._context.desk.inbox_acts.today())
        name = Path(state.text(_FOLDER) or Path.home()) / texts.EXPORT_NAME.format(day=day, count=chosen.count)
        given, kind = QFileDialog.getSaveFileName(self._screen, texts.EXPORT_TITLE, str(name), texts.EXPORT_FILTER)
        if not given:
            self.deleteLater()
            return
        path = Path(given)
        state.put(_FOLDER, str(path.parent))
        is_named = path.suffix.lower() in SUFFIXES
        if not is_named:  # the dialog has asked about another name
            path = path.with_name(path.name + (SUFFIXES[1] if SUFFIXES[1] in kind else SUFFIXES[0]))
        self._write(chosen, path, may_replace=is_named)

    def _write(self, chosen: Chosen, path: Path, *, may_replace: bool) -> None:
        count = f"{chosen.count:,}"
        self._strips.say(Message("info", texts.EXPORT_RUNNING.format(count=count), key=_KEY))
        job = self._context.jobs.run(LaneName.WORK, partial(export_chosen, self._context.desk, chosen, path, may_replace=may_replace))
        job.then(partial(self._on_written, path), partial(self._on_failed, chosen, path), self._on_moved)
        job.finished.connect(self.deleteLater)

    def _on_written(self, asked: Path, written: tuple[Path, int]) -> None:
        path, count = written
        beside = texts.EXPORT_BESIDE if path != asked else ""
        self._strips.say(Message("ok", texts.EXPORTED.format(count=f"{count:,}", path=path), key=_KEY, detail=beside))

    def _on_moved(self) -> None:
        self._strips.say(Message("warn", texts.MOVED, key=_KEY))

    def _on_failed(self, chosen: Chosen, path: Path, error: BaseException) -> None:
        from denkidesk.texts.errors import said

        what = said(error)
        is_open = path.exists() and isinstance(error, SetupFault) and error.code == InstallationCode.UNWRITABLE
        why = texts.EXPORT_OPEN.format(name=path.name) if is_open else what.text
        again = partial(Export(self._context, self._strips, self._screen).ask, chosen)
        text = texts.EXPORT_FAILED.format(why=why)
        self._strips.say(Message("error", text, inbox_texts.RETRY, again, _KEY, what.detail))
