"""ファイル › 控えを保存: all data in one file, where the clerk wants it."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from denkidesk.domain.clock import now_jst
from denkidesk.jobs.job import LaneName
from denkidesk.texts import start as texts
from denkidesk.texts.dates import in_file_name
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.strip import Message

_FOLDER: Final = "backup_folder"
_KEY: Final = "shell.backup_file"


class BackupFile(QObject):
    """Asks where to, and says when the copy is whole."""

    def __init__(self, context: UiContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._path = Path()

    def ask(self) -> None:
        """Asks for a name and makes the copy; the system's own dialog asks before an older copy gives way."""
        folder = Path(self._context.ui_state.text(_FOLDER) or Path.home())
        suggested = folder / texts.BACKUP_NAME.format(date=in_file_name(now_jst().date()))
        chosen, _filter = QFileDialog.getSaveFileName(self._window, texts.BACKUP_TITLE, str(suggested), texts.BACKUP_FILTER)
        if chosen:
            self._context.ui_state.put(_FOLDER, str(Path(chosen).parent))
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Makes the copy off the window's thread."""
        self._path = path
        self._context.jobs.run(LaneName.WORK, self._context.desk.backups.make, path).then(self._on_saved, self._context.notices.failure)

    def _on_saved(self, _nothing: object) -> None:
        self._context.notices.say(Message("ok", texts.BACKUP_SAVED.format(name=self._path.name), key=_KEY))
