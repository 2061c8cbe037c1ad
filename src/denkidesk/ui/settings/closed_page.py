"""The page of closed windows: what the utility announced beside its weekly stop."""

from datetime import datetime, timedelta

from PySide6.QtCore import QDateTime, Qt
from PySide6.QtWidgets import QDateTimeEdit, QLineEdit, QListWidget, QListWidgetItem, QPushButton, QWidget

from denkidesk.desk.closed_windows import StoredWindow
from denkidesk.domain.clock import JST, now_jst
from denkidesk.domain.errors import DeskError, InputRefused
from denkidesk.jobs.job import LaneName
from denkidesk.texts import dates
from denkidesk.texts import settings as texts
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.field_row import FieldRow
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_L, SPACE_S, SPACE_XS

_LIST_HEIGHT = 96


class ClosedPage(QWidget):
    """Windows count from the moment they are entered; nothing has to be saved for them."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._list = QListWidget(self)
        self._list.setAccessibleName(texts.CLOSED_NAME)
        self._list.setMinimumHeight(_LIST_HEIGHT)
        self._starts, self._ends = QDateTimeEdit(self), QDateTimeEdit(self)
        evening = now_jst().replace(hour=22, minute=0, second=0, microsecond=0)
        for editor, moment in ((self._starts, evening), (self._ends, evening + timedelta(hours=6))):
            editor.setDisplayFormat("yyyy/MM/dd HH:mm")
            editor.setDateTime(QDateTime(moment.year, moment.month, moment.day, moment.hour, 0, 0))
        self._note = QLineEdit(self, maxLength=200)
        self._starts_row = FieldRow(context.icons, texts.CLOSED_FROM, self._starts, label_width=140, parent=self)
        self._ends_row = FieldRow(context.icons, texts.CLOSED_TO, self._ends, label_width=140, parent=self)
        self._remove = QPushButton(texts.CLOSED_REMOVE, self)
        context.icons.put(self._remove, "trash")
        self._remove.clicked.connect(self._on_remove)
        add = QPushButton(texts.CLOSED_ADD, self)
        context.icons.put(add, "plus")
        add.clicked.connect(self._on_add)
        self._list.currentItemChanged.connect(self._on_current_changed)

        buttons = HBox(spacing=SPACE_S).add(Stretch(), add)
        below = HBox().add(Stretch(), self._remove)
        VBox(self, margins=(0, SPACE_L, SPACE_S, SPACE_S), spacing=SPACE_XS).add(
            PlainLabel(texts.CLOSED_INTRO, self, wrap=True),
            self._starts_row,
            self._ends_row,
            FieldRow(context.icons, texts.CLOSED_NOTE, self._note, label_width=140, parent=self),
            buttons,
            (self._list, 1),
            below,
        )
        self.reload()

    def reload(self) -> None:
        self._context.jobs.run(LaneName.STORE, self._context.desk.closed_hours.windows).then(self._on_windows)

    def _on_windows(self, windows: tuple[StoredWindow, ...]) -> None:
        self._list.clear()
        for window in windows:
            frame = texts.CLOSED_LINE_NOTE if window.note else texts.CLOSED_LINE
            starts, ends = dates.moment(window.starts_at), dates.moment(window.ends_at)
            item = QListWidgetItem(frame.format(starts=starts, ends=ends, note=window.note))
            item.setData(Qt.ItemDataRole.UserRole, window.window_id)
            self._list.addItem(item)
        if not windows:
            nothing = QListWidgetItem(texts.CLOSED_NONE)
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self._list.addItem(nothing)
        self._on_current_changed()

    def _on_add(self) -> None:
        self._ends_row.set_error("")
        desk = self._context.desk.closed_hours
        job = self._context.jobs.run(LaneName.STORE, desk.add, _moment(self._starts), _moment(self._ends), self._note.text().strip())
        job.then(self._on_changed, self._on_refused)

    def _on_remove(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            job = self._context.jobs.run(LaneName.STORE, self._context.desk.closed_hours.remove, item.data(Qt.ItemDataRole.UserRole))
            job.then(self._on_changed)

    def _on_changed(self, _done: object) -> None:
        self._note.clear()
        self.reload()

    def _on_refused(self, error: object) -> None:
        from denkidesk.texts.errors import fault_text, said

        if isinstance(error, InputRefused):
            self._ends_row.set_error(" ".join(fault_text(fault) for fault in error.faults))
        elif isinstance(error, DeskError):
            self._ends_row.set_error(said(error).text)

    def _on_current_changed(self) -> None:
        self._remove.setEnabled(self._list.currentItem() is not None)


def _moment(editor: QDateTimeEdit) -> datetime:
    """What was entered is Japan's time, whatever the PC's zone says."""
    value = editor.dateTime()
    day, time = value.date(), value.time()
    return datetime(day.year(), day.month(), day.day(), time.hour(), time.minute(), tzinfo=JST)
