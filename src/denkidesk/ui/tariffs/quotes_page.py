"""見積一覧: every quote that was issued, found by customer, opened and printed again as it was."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPicture, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHeaderView, QLineEdit, QPushButton, QSizePolicy, QWidget

from denkidesk.desk.quoting import QuoteHeadline
from denkidesk.domain.errors import Cancelled
from denkidesk.domain.name_folding import folded
from denkidesk.domain.quote_sheet import QuoteSheet
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import dates
from denkidesk.texts import quotes as texts
from denkidesk.texts import tariffs as tariff_texts
from denkidesk.texts.bill import yen
from denkidesk.texts.errors import said
from denkidesk.texts.points import plans_counted
from denkidesk.texts.quote import XLSX_FILTER
from denkidesk.texts.quote_facts import retailer_lines
from denkidesk.texts.ranking import difference_words
from denkidesk.texts.shortcuts import without_mnemonic
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.empty import EmptyState
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.flow import Flow
from denkidesk.ui.parts.in_parts import InParts
from denkidesk.ui.parts.paper import ask_save_path
from denkidesk.ui.parts.plain import PlainLabel, set_tip
from denkidesk.ui.parts.strip import Message, Strips
from denkidesk.ui.parts.table import DeskTable, Index, RowsModel
from denkidesk.ui.parts.theme import SPACE_S
from denkidesk.ui.quote.page import write_pdf
from denkidesk.ui.quote.printing import PreviewDialog, print_pages, record
from denkidesk.ui.tariffs.quote_draft import Letterhead, save_table
from denkidesk.ui.tariffs.revision import RevisionDialog, issue, prepare

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk
    from denkidesk.desk.quote_start import QuoteStart
    from denkidesk.desk.revision import Revised

_NUMBER, _ISSUED, _CUSTOMER, _PLAN, _YEN, _DIFFERENCE, _UNTIL, _STATE = range(8)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_FIGURES: Final = (_YEN, _DIFFERENCE)
_WIDE: Final = 1_000  # pixels, below which the days of a quote have no room


class QuotesPage(InParts, QWidget):
    """Reads the list anew each time it comes to the front. ``anew_wished`` carries a QuoteStart."""

    anew_wished = Signal(object)

    def __init__(self, context: UiContext, parent: QWidget | None = None, *, in_turns: bool = False) -> None:
        super().__init__(parent)
        self.setSizePolicy(
            QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred
        )  # it has the finder's room, which its neighbours have not
        self._context = context
        self._lines: tuple[QuoteHeadline, ...] = ()
        self._wanted = ""  # the number that is to be chosen when the list has come
        self._list_job = LatestJob(context.jobs, self, self._on_lines, self._on_failed)
        self._paper_job: LatestJob[object] = LatestJob(context.jobs, self, self._on_paper, self._on_failed)
        self._then: Callable[[object], object] = lambda _made: None
        self.begin(self._build(), in_turns=in_turns)

    @property
    def is_busy(self) -> bool:
        """Whether the list or a paper is being read."""
        return self._list_job.is_busy or self._paper_job.is_busy

    @property
    def chosen(self) -> QuoteHeadline | None:
        """The quote whose row is chosen."""
        rows = self.table.chosen_rows()
        return self.model.row_at(rows[0]) if rows else None

    def shut_down(self) -> None:
        """Gives up what is under way."""
        self._list_job.cancel()
        self._paper_job.cancel()

    def focus_search(self) -> None:
        """Puts the cursor where a part of a customer's name is typed."""
        self.finder.setFocus()
        self.finder.selectAll()

    def save_pdf(self, path: Path) -> None:
        """Writes the chosen quote's paper as it was issued."""
        if (line := self.chosen) is not None:
            self._then = lambda _made: self.strips.say(Message("ok", tariff_texts.SAVED_PDF.format(name=path.name), key="paper"))
            self._paper_job.run(LaneName.WORK, _written, self._context.desk, line.quote_id, path)

    def save_table(self, path: Path) -> None:
        """Writes the chosen quote as a workbook with live formulas."""
        if (line := self.chosen) is not None:
            self._then = lambda _made: self.strips.say(Message("ok", tariff_texts.SAVED_PDF.format(name=path.name), key="paper"))
            self._paper_job.run(LaneName.WORK, save_table, self._context.desk, line.quote_id, path)

    def _build(self) -> Iterator[None]:
        self.strips = Strips(self)
        self.finder = QLineEdit(self, placeholderText=texts.FIND, clearButtonEnabled=True)
        self.finder.setAccessibleName(texts.FIND_NAME)
        self.finder.textChanged.connect(self._show)
        self.finder.returnPressed.connect(self._to_table)
        self._count = PlainLabel("", self, tone="muted")
        self.model = QuotesModel(self)
        self.table = _QuoteTable(without_mnemonic(texts.PAGE), self)
        self.table.setModel(self.model)
        self.table.setSelectionMode(DeskTable.SelectionMode.SingleSelection)
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_PLAN, QHeaderView.ResizeMode.Stretch)
        self.table.activated.connect(self._preview)
        yield
        self._empty = EmptyState(self._context.icons, "note", self)
        self._acts: list[QPushButton] = []
        for words, act in (
            (texts.OPEN, self._preview),
            (texts.SAVE, self._ask_and_save),
            (texts.PRINT, self._print),
            (tariff_texts.SAVE_XLSX, self._ask_and_save_table),
            (texts.REVISE, self.revise),
            (texts.ANEW, self.begin_anew),
        ):
            button = QPushButton(words, self)
            button.clicked.connect(act)
            self._acts.append(button)
        self._acts[0].setProperty("kind", "primary")
        self._anew = self._acts[-1]
        self.table.offer(*self._acts)
        self.table.selectionModel().selectionChanged.connect(self._allow)
        page = FittedPage(self, shrinks=True)
        body = QWidget(page.viewport())
        VBox(body, margins=0, spacing=SPACE_S).add(
            HBox(spacing=SPACE_S).add((self.finder, 1), self._count, Stretch(), PlainLabel(texts.SAME, body, tone="muted", scale=0.9)),
            (self._empty, 1),
            (self.table, 1),
            Flow(SPACE_S).add(*self._acts),
        )
        page.set_body(body)
        VBox(self, margins=(0, SPACE_S, 0, SPACE_S)).add((page, 1))
        self._allow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window what a quote is and what has become of it stay in sight; its days are said with the row."""
        super().resizeEvent(event)
        is_narrow = self.width() < _WIDE * max(1.0, self.fontMetrics().horizontalAdvance("0000000000") / 70)
        for column in (_ISSUED, _UNTIL):
            self.table.setColumnHidden(column, is_narrow)

    def showEvent(self, event: QShowEvent) -> None:
        """Reads what was issued meanwhile."""
        super().showEvent(event)
        self._list_job.run(LaneName.STORE, self._context.desk.quoting.quote_lines)
        self.finder.setFocus()

    def _on_lines(self, lines: tuple[QuoteHeadline, ...]) -> None:
        self._lines = lines
        self._show()

    def _show(self) -> None:
        before = self.chosen
        wanted = folded(self.finder.text()).split()
        found = [line for line in self._lines if all(word in folded(f"{line.customer} {line.quote_id} {line.plan}") for word in wanted)]
        self.model.show_lines(found)
        self._count.setText(texts.COUNT.format(count=len(found)) if self._lines else "")
        if found:
            ids = [line.quote_id for line in found]
            number = self._wanted or (before.quote_id if before is not None else "")
            self._wanted = ""
            self.table.choose_row(ids.index(number) if number in ids else 0)
        else:
            words = texts.NO_MATCH.format(words=self.finder.text().strip()) if self._lines else texts.NOTHING
            self._empty.show_text(without_mnemonic(texts.PAGE), words, "")
        self._allow()

    def _allow(self) -> None:
        is_any = self.model.rowCount() > 0
        self._empty.setVisible(not is_any)
        self.table.setVisible(is_any)
        for button in self._acts:
            button.setEnabled(self.chosen is not None)
            button.setVisible(is_any)  # there is nothing to be done with no quote
        is_of_points = self.chosen is not None and self.chosen.points > 0
        self._anew.setEnabled(self.chosen is not None and not is_of_points)
        set_tip(self._anew, texts.ANEW_OF_POINTS if is_of_points else texts.ANEW_TIP)

    def _to_table(self) -> None:
        if self.model.rowCount():
            self.table.setFocus()

    def _preview(self) -> None:
        self._make(lambda pages: PreviewDialog(pages, self.window()).open())

    def _print(self) -> None:
        self._make(self._print_pages)

    def _print_pages(self, pages: list[QPicture]) -> None:
        if print_pages(self.window(), pages):
            self.strips.say(Message("ok", tariff_texts.PRINTED, key="paper"))

    def _make(self, then: Callable[[list[QPicture]], object]) -> None:
        if (line := self.chosen) is not None:
            self._then = lambda made: then(made) if isinstance(made, list) else None
            self._paper_job.run(LaneName.WORK, _recorded, self._context.desk, line.quote_id)

    def _ask_and_save(self) -> None:
        if (line := self.chosen) is None:
            return
        name = texts.FILE_NAME.format(number=line.quote_id)
        if path := ask_save_path(self.window(), self._context.ui_state, "quote_folder", tariff_texts.SAVE_PDF_TITLE, name):
            self.save_pdf(path)

    def _ask_and_save_table(self) -> None:
        if (line := self.chosen) is None:
            return
        name, title = texts.XLSX_NAME.format(number=line.quote_id), tariff_texts.SAVE_XLSX_TITLE
        if path := ask_save_path(self.window(), self._context.ui_state, "quote_folder", title, name, XLSX_FILTER):
            self.save_table(path)

    def revise(self) -> None:
        """Shows what the chosen quote comes to with the stored prices, and issues that if the clerk says so."""
        if (line := self.chosen) is not None:
            own = self._context.settings.desk
            lines = retailer_lines(own.company_address, own.company_phone, own.company_person)
            head = Letterhead(own.company_name, lines, "", "", self._context.practice)
            self._then = self._ask_revision
            self._paper_job.run(LaneName.WORK, prepare, self._context.desk, line.quote_id, head)

    def begin_anew(self) -> None:
        """Hands on what the chosen quote holds, for a new one."""
        if (line := self.chosen) is not None and not line.points:
            self._then = lambda start: None if start is None else self.anew_wished.emit(start)
            self._paper_job.run(LaneName.WORK, _start, self._context.desk, line.quote_id)

    def _ask_revision(self, made: object) -> None:
        if not isinstance(made, tuple):
            self.strips.say(Message("info", texts.NOT_REVISED, texts.ANEW_HERE, self.begin_anew, key="paper"))
            return
        found, sheet = made
        dialog = RevisionDialog(found, sheet, lambda: self._issue(found, sheet), self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _issue(self, found: "Revised", sheet: QuoteSheet) -> None:
        self._then = lambda number: self._on_issued(str(number), found.quote.quote_id)
        self._paper_job.run(LaneName.WORK, issue, self._context.desk, found, sheet)

    def _on_issued(self, number: str, before: str) -> None:
        self.strips.say(Message("ok", texts.REVISED.format(number=number, before=before), key="paper"))
        self._wanted = number
        self.table.setFocus()
        self._list_job.run(LaneName.STORE, self._context.desk.quoting.quote_lines)

    def _on_paper(self, made: object) -> None:
        self._then(made)

    def _on_failed(self, error: object) -> None:
        if not isinstance(error, Cancelled):
            self.strips.say(Message("error", said(error).text, key="paper", detail=said(error).detail))


class QuotesModel(RowsModel[QuoteHeadline]):
    """Whole rows; what a cell says is made when it is looked at."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(texts.HEAD, parent)

    def show_lines(self, lines: list[QuoteHeadline]) -> None:
        """Replaces all rows."""
        self.beginResetModel()
        self._rows = lines
        self.endResetModel()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Figures stand below the right end of their heading."""
        if role == Qt.ItemDataRole.TextAlignmentRole and section in _FIGURES:
            return _RIGHT
        return super().headerData(section, orientation, role)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Text for eye, ear and clipboard."""
        line = self.row_at(index.row())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if index.column() in _FIGURES else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            facts = {"customer": line.customer or texts.UNNAMED, "plan": line.plan, "yen": yen(Decimal(line.yen))}
            return texts.SPOKEN.format(until=dates.paper_day(line.valid_until), state=texts.STATES[line.state], **facts)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            texts.REVISION_OF.format(number=line.quote_id) if line.revises else line.quote_id,
            dates.paper_day(line.issued_on),
            line.customer or texts.UNNAMED,
            plans_counted(line.plan, line.points),
            yen(Decimal(line.yen)),
            "" if line.difference is None else difference_words(line.difference, is_year=line.is_year),
            dates.paper_day(line.valid_until),
            texts.STATES[line.state],
        )[index.column()]


class _QuoteTable(DeskTable):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, whatever the platform makes of it."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


def _recorded(desk: "Desk", quote_id: str) -> list[QPicture]:
    quote = desk.quoting.quote(quote_id)
    return [] if quote is None else record(quote.sheet)


def _written(desk: "Desk", quote_id: str, path: Path) -> None:
    quote = desk.quoting.quote(quote_id)
    if quote is not None:
        write_pdf(path, quote.sheet)


def _start(desk: "Desk", quote_id: str) -> "QuoteStart | None":
    """On the lane, which loads what it takes."""
    from denkidesk.desk.quote_start import quote_start

    return quote_start(desk, quote_id)
