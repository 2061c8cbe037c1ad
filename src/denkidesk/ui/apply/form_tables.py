"""The tables that every form is made from, read when the first form is wanted."""

from PySide6.QtCore import QObject, Signal

from denkidesk.desk.installed_set import FormTables
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import apply as texts
from denkidesk.texts.errors import said
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.strip import Message, Strips


class TablesReader(QObject):
    """Reads on a lane, once; where that failed, it says so with a button that tries again."""

    loaded = Signal(object)  # FormTables
    failed = Signal()

    def __init__(self, context: UiContext, strips: Strips, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._strips = strips
        self.tables: FormTables | None = None  # once they are there
        self._job = LatestJob(context.jobs, self, self._on_loaded, self._on_failed)

    def load(self) -> None:
        """Reads them, unless they are there or on their way."""
        if self.tables is None and not self._job.is_busy:
            self._job.run(LaneName.WORK, self._context.desk.installed_set.form_tables)

    def _on_loaded(self, tables: FormTables) -> None:
        self.tables = tables
        self._strips.clear("tables")
        self.loaded.emit(tables)

    def _on_failed(self, error: object) -> None:
        self._strips.say(Message("error", texts.TABLES_FAILED, texts.TRY_AGAIN, self.load, key="tables", detail=said(error).line))
        self.failed.emit()
