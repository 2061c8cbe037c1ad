"""The choice of the day to go back to."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QPushButton, QWidget

from denkidesk.desk.backups import Backup
from denkidesk.domain.clock import now_jst
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import start as texts
from denkidesk.texts.errors import said
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.room import resize_within_screen
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S

_PATH_ROLE: Final = Qt.ItemDataRole.UserRole


class RestoreDialog(QDialog):
    """Lists the backups, the newest first; restores nothing itself."""

    chosen = Signal(object)  # the backup's path

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts.RESTORE_TITLE)
        resize_within_screen(self, 560, 460)
        self.list = QListWidget(self)
        self.list.setAccessibleName(texts.RESTORE_TEXT)
        self._empty = PlainLabel(texts.RESTORE_NONE, self, tone="muted", wrap=True)
        self._empty.hide()
        self._lost = PlainLabel("", self, bold=True, wrap=True)
        self.button = QPushButton(texts.RESTORE_BUTTON, self)
        self.button.setProperty("kind", "primary")
        self.button.setEnabled(False)
        self.button.clicked.connect(self._on_chosen)
        cancel = QPushButton(texts.CANCEL, self)
        cancel.setDefault(True)  # Enter in the list must not throw the present data out
        cancel.clicked.connect(self.reject)
        buttons = HBox(spacing=SPACE_S).add(Stretch(), cancel, self.button)
        VBox(self, margins=SPACE_L, spacing=SPACE_M).add(
            PlainLabel(texts.RESTORE_TEXT, self, bold=True),
            (self.list, 1),
            self._empty,
            self._lost,
            PlainLabel(texts.RESTORE_DETAIL, self, wrap=True),
            buttons,
        )
        self.list.currentItemChanged.connect(self._on_current_changed)
        self._backups = context.desk.backups
        self._count = LatestJob(context.jobs, self, self._on_counted, self._on_not_counted)
        context.jobs.run(LaneName.STORE, self._backups.listed).then(self._on_listed, context.notices.failure)

    def _on_listed(self, backups: tuple[Backup, ...]) -> None:
        today = now_jst()
        for backup in backups:
            item = QListWidgetItem(texts.backup_line(backup.day, backup.bytes, today), self.list)
            item.setData(_PATH_ROLE, str(backup.path))
        self._empty.setVisible(not backups)
        if backups:
            self.list.setCurrentRow(0)
            self.list.setFocus()

    def _on_current_changed(self) -> None:
        """Counts what would be lost; nobody goes back before that is said."""
        self.button.setEnabled(False)
        item = self.list.currentItem()
        if item is not None:
            self._lost.setText(texts.RESTORE_COUNTING)
            self._count.run(LaneName.STORE, self._backups.lost_with, Path(item.data(_PATH_ROLE)))

    def _on_counted(self, lost: dict[str, int]) -> None:
        self._lost.setText(texts.what_is_lost(lost))
        self.button.setEnabled(True)

    def _on_not_counted(self, error: object) -> None:
        self._lost.setText(said(error).text)

    def _on_chosen(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.accept()
            self.chosen.emit(Path(item.data(_PATH_ROLE)))
