"""One customer's data: found, shown by where it is held, written into a file, erased after the name was typed."""

from collections import Counter
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QPushButton, QWidget

from denkidesk.desk.customer_import import Imported
from denkidesk.desk.personal import EXPORTS, Holding, PersonalDesk, StillInBackups, confirmation_of
from denkidesk.domain.customers import Customer
from denkidesk.domain.errors import DeskError, InputRefused
from denkidesk.domain.supply_point import parse_supply_point_number
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import customers as texts
from denkidesk.texts.errors import said
from denkidesk.ui.apply.customer_search import CustomerSearch
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.key_binding import press_focused
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.room import resize_within_screen
from denkidesk.ui.parts.strip import announce
from denkidesk.ui.parts.table import DeskTable, Index, RowsModel
from denkidesk.ui.parts.theme import SPACE_L, SPACE_S

_FOLDER: Final = "customer_data_folder"
_WIDTHS: Final = (200, 80, 200)
_Row = tuple[str, str, str]


class _PlacesModel(RowsModel[_Row]):
    """A row for each place that holds something."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(texts.DATA_HEADINGS, parent)

    def show_held(self, held: tuple[Holding, ...]) -> None:
        self.beginResetModel()
        counts = Counter(one.place for one in held)
        newest = {place: max(one.at for one in held if one.place is place) for place in counts}
        self._rows = [(texts.PLACES[place], texts.DATA_COUNT.format(count=count), newest[place][:10]) for place, count in counts.items()]
        self.endResetModel()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, and the row as one sentence for screen readers."""
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row[index.column()]
        return "、".join(row) if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0 else None


class CustomerDataDialog(QDialog):
    """Whoever is in no table is looked for by the name or the number that was typed."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts.DATA_TITLE)
        resize_within_screen(self, 760, 560)
        self._context = context
        self._personal: PersonalDesk = context.desk.personal
        self._customer: Customer | None = None
        self._count = 0
        self._path = Path()  # where it was written last
        self.search = CustomerSearch(context, self)
        self.title = PlainLabel(texts.DATA_CHOOSE, self, bold=True, wrap=True)
        self.places = DeskTable(texts.DATA_TITLE, self)
        self._model = _PlacesModel(self)
        self.places.setModel(self._model)
        self.places.set_widths(_WIDTHS)
        self.export_button = QPushButton(texts.EXPORT, self)
        self.backups = PlainLabel("", self, tone="muted", wrap=True)
        self._wanted = PlainLabel("", self, wrap=True)
        self.confirmation = QLineEdit(self)
        self.confirmation.setAccessibleName(texts.ERASE)
        self.erase_button = QPushButton(texts.ERASE, self)
        self.import_button = QPushButton(texts.IMPORT, self)
        self.outcome = PlainLabel("", self, wrap=True, selectable=True)
        close = QPushButton(texts.CLOSE, self)
        close.clicked.connect(self.reject)
        for button in (self.export_button, self.erase_button, self.import_button, close):
            button.setAutoDefault(False)  # Enter in a field is the field's
        VBox(self, margins=SPACE_L, spacing=SPACE_S).add(
            PlainLabel(texts.DATA_HINT, self, tone="muted", wrap=True),
            self.search,
            HBox(spacing=SPACE_S).add((self.title, 1), self.export_button),
            (self.places, 1),
            self.backups,
            PlainLabel(f"{texts.ERASE_KEPT}{texts.ERASE_LISTED}", self, tone="muted", scale=0.9, wrap=True),
            self._wanted,
            HBox(spacing=SPACE_S).add((self.confirmation, 1), self.erase_button),
            self.outcome,
            HBox(spacing=SPACE_S).add(self.import_button, Stretch(), close),
        )
        self._held_job = LatestJob(context.jobs, self, self._on_held, self._on_failed)
        self.search.picked.connect(self._look)
        self.search.advanced.connect(self._look_for_typed)
        self.export_button.clicked.connect(self._ask_path)
        self.erase_button.clicked.connect(self._erase)
        self.import_button.clicked.connect(self._ask_table)
        self.confirmation.textChanged.connect(self._show_state)
        context.jobs.run(LaneName.STORE, self._personal.backups).then(self._on_backups, self._on_failed)
        self._show_state()
        self.search.setFocus()

    def keyPressEvent(self, event: Any) -> None:
        """Enter presses the button that has the focus."""
        if not press_focused(self, event):
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """What is still being looked for is not waited for."""
        self.search.stop()
        self._held_job.cancel()
        super().done(result)

    def _look_for_typed(self) -> None:
        typed = self.search.editor.text().strip()
        if not typed:
            return
        try:
            self._look(Customer(parse_supply_point_number(typed), ""))
        except InputRefused:
            self._look(Customer("", typed))

    def _look(self, customer: Customer) -> None:
        self._customer = customer
        self.confirmation.clear()
        self.outcome.setText("")
        self._held_job.run(LaneName.STORE, self._personal.holdings, customer)

    def _on_held(self, held: tuple[Holding, ...]) -> None:
        if self._customer is None:
            return
        self._count = len(held)
        self._model.show_held(held)
        self.places.choose_row(0)
        name = confirmation_of(self._customer)
        self.title.setText(texts.DATA_OF.format(customer=name, count=len(held)) if held else texts.DATA_NONE)
        self._wanted.setText(texts.ERASE_LABEL.format(wanted=name) if held else "")
        self.confirmation.setAccessibleName(self._wanted.text() or texts.ERASE)
        self._show_state()
        if held:
            self.places.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_state(self) -> None:
        self.export_button.setEnabled(self._count > 0)
        self.confirmation.setEnabled(self._count > 0)
        self.erase_button.setEnabled(self._count > 0 and bool(self.confirmation.text().strip()))

    def _on_backups(self, still: StillInBackups) -> None:
        self.backups.setText(texts.still_in_backups(still.count, still.until))

    def _ask_path(self) -> None:
        folder = Path(self._context.ui_state.text(_FOLDER) or Path.home())
        name = str(folder / f"{texts.EXPORT_NAME}{EXPORTS[0]}")
        chosen, _filter = QFileDialog.getSaveFileName(
            self, texts.EXPORT_TITLE, name, texts.EXPORT_FILTER, options=QFileDialog.Option.DontConfirmOverwrite
        )
        if chosen:
            self._context.ui_state.put(_FOLDER, str(Path(chosen).parent))
            self.export_to(Path(chosen))

    def export_to(self, path: Path) -> None:
        """Writes what is shown into a file that is not there yet."""
        if self._customer is not None:
            self._path = path
            job = self._context.jobs.run(LaneName.STORE, self._personal.export, self._customer, path)
            job.then(self._on_exported, self._on_failed)

    def _on_exported(self, count: int) -> None:
        self._tell(texts.EXPORTED.format(count=count, path=self._path), "ok")

    def _ask_table(self) -> None:
        folder = self._context.ui_state.text(_FOLDER) or str(Path.home())
        chosen, _filter = QFileDialog.getOpenFileName(self, texts.IMPORT_TITLE, folder, texts.IMPORT_FILTER)
        if chosen:
            self._context.ui_state.put(_FOLDER, str(Path(chosen).parent))
            self.import_from(Path(chosen))

    def import_from(self, path: Path) -> None:
        """Reads the retailer's own table of customers; others go on filing meanwhile."""
        self.import_button.setEnabled(False)
        self._tell(texts.IMPORTING, "muted")
        job = self._context.jobs.run(LaneName.WORK, self._context.desk.customers.import_table, path)
        job.then(self._on_imported, self._on_failed)
        job.finished.connect(self._on_import_ended)

    def _on_imported(self, came: Imported) -> None:
        self._tell(texts.imported(came.count, came.wrong_count, came.wrong), "warn" if came.wrong_count else "ok")

    def _on_import_ended(self) -> None:
        self.import_button.setEnabled(True)
        self.search.setFocus()

    def _erase(self) -> None:
        if self._customer is not None:
            job = self._context.jobs.run(LaneName.STORE, self._personal.erase, self._customer, self.confirmation.text())
            job.then(self._on_erased, self._on_failed)

    def _on_erased(self, held: tuple[Holding, ...]) -> None:
        if self._customer is None:
            return
        words = texts.ERASED.format(customer=confirmation_of(self._customer), count=len(held))
        self._customer, self._count = None, 0
        self._model.show_held(())
        self.title.setText(texts.DATA_CHOOSE)
        self._wanted.setText("")
        self.confirmation.clear()
        self.search.clear()
        self.search.setFocus()
        self._tell(words, "ok")
        self._show_state()

    def _on_failed(self, error: object) -> None:
        if isinstance(error, DeskError):
            self._tell(said(error).text, "error")

    def _tell(self, words: str, tone: str) -> None:
        self.outcome.set_tone(tone)
        self.outcome.setText(words)
        announce(self.outcome, words)
