"""The server's figures beside ours, part by part and month by month, both unrounded, each difference with its reason."""

from PySide6.QtGui import QBrush
from PySide6.QtWidgets import QWidget

from denkidesk.desk.comparison import ServerAnswer
from denkidesk.domain.bills import BillParts, DifferenceReason
from denkidesk.texts import dates
from denkidesk.texts import tariffs as texts
from denkidesk.texts.bill import span, yen
from denkidesk.ui.parts.boxes import VBox
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_XS, Theme
from denkidesk.ui.tariffs.paper_table import TextTable

_SEN = 2


class ServerTable(QWidget):
    """Hidden until the server has answered."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._answer: ServerAnswer | None = None
        self._note = PlainLabel("", self, tone="muted", scale=0.9, wrap=True)
        self._table = TextTable(texts.SERVER_TABLE, texts.SERVER_TABLE_HEAD, (0, 1, 5), 5, self, least=64)
        VBox(self, margins=0, spacing=SPACE_XS).add(PlainLabel(texts.SERVER_TABLE, self, bold=True), self._note, self._table)
        theme.changed.connect(self._fill)
        self.hide()

    @property
    def note(self) -> str:
        """What is said above the table; empty while there is none."""
        return "" if self.isHidden() else self._note.text()

    def rows(self) -> list[list[str]]:
        """What is shown."""
        return self._table.rows()

    def show_answer(self, answer: ServerAnswer | None) -> None:
        """None: there is nothing to compare with."""
        self._answer = answer
        self.setVisible(answer is not None)
        self._fill()

    def _fill(self) -> None:
        answer = self._answer
        if answer is None:
            self._table.show_rows(())
            return
        rows = server_rows(answer)
        self._note.setText(f"{texts.SERVER_TABLE_NOTE}{same_months(answer)}")
        warn = QBrush(self._theme.colour("warn_soft"))
        totals = [cells[1] == texts.SERVER_PARTS["charge"] for cells in rows]
        self._table.show_rows(rows, totals, [warn if cells[5] else None for cells in rows])


def server_rows(answer: ServerAnswer) -> list[tuple[str, ...]]:
    """The year part by part, then every part of a month that differs."""
    theirs = answer.bill.year or BillParts(answer.bill.year_charge, *(answer.bill.year_charge,) * 4)
    of_year = {one.part: one for one in answer.differences if not one.month}
    rows: list[tuple[str, ...]] = []
    for part, name in texts.SERVER_PARTS.items():
        if part != "charge" and answer.bill.year is None:
            continue  # it has told the sum alone
        ours, other = getattr(answer.ours.year, part), getattr(theirs, part)
        reason = of_year[part].reason_code if part in of_year else None
        rows.append((span(answer.ours), name, yen(ours, _SEN), yen(other, _SEN), yen(ours - other, _SEN), _reason(reason)))
    for one in sorted((one for one in answer.differences if one.month), key=lambda one: one.month):
        figures = (yen(one.ours_yen, _SEN), yen(one.server_yen, _SEN), yen(one.yen, _SEN))
        rows.append((dates.written(one.month), texts.SERVER_PARTS[one.part], *figures, _reason(one.reason_code)))
    return rows


def same_months(answer: ServerAnswer) -> str:
    """How many of our months have no difference."""
    differing = {one.month for one in answer.differences}
    same = [month for month in answer.ours.billed_months if month.month not in differing]
    return texts.SERVER_SAME.format(same=len(same), of=len(answer.ours.billed_months))


def _reason(reason: DifferenceReason | None) -> str:
    return "" if reason is None else texts.DIFFERENCE_REASONS[reason]
