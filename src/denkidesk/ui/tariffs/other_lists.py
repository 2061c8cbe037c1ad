"""What stands in the place of the compared plans when it is asked for: what is left out and why, which prices have changed."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QPushButton, QWidget

from denkidesk.domain.clock import now_jst
from denkidesk.domain.ranking import LeftOut
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import dates
from denkidesk.texts import ranking as texts
from denkidesk.texts.plan_names import full_name
from denkidesk.texts.shortcuts import without_mnemonic
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.table import DeskTable, RowsModel
from denkidesk.ui.parts.theme import SPACE_S

if TYPE_CHECKING:  # they load the engine, which is a lane's work
    from denkidesk.desk.catalogue import PlanChange
    from denkidesk.desk.desk import Desk
    from denkidesk.desk.ranking import Ranking

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)


class TextRows(RowsModel[tuple[str, ...]]):
    """Each row its cells."""

    def show_rows(self, headings: Sequence[str], rows: Sequence[tuple[str, ...]]) -> None:
        """Replaces everything."""
        self.beginResetModel()
        self._headings, self._rows = headings, rows
        self.endResetModel()

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _DISPLAY) -> Any:
        """Text for eye, ear and clipboard."""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "、".join(filter(None, self._rows[index.row()]))
        return self._rows[index.row()][index.column()] if role == _DISPLAY else None


class OtherLists(QWidget):
    """One list for two questions, each asked by a button that stands elsewhere. ``asked``: it is wanted, or no longer."""

    asked = Signal()
    include_asked = Signal(object)  # the key of a plan that the clerk had taken out
    fetch_asked = Signal()  # the prices that are missing at the contract's capacity

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._ranking: Ranking | None = None
        self._job = LatestJob(context.jobs, self, self._on_changes, context.notices.failure)
        self.reasons, self.changes = (QPushButton(words, parent) for words in (texts.REASONS_BUTTON, texts.CHANGES))
        for button, show, other in ((self.reasons, self._show_reasons, self.changes), (self.changes, self._ask_changes, self.reasons)):
            button.setProperty("kind", "quiet")
            button.setCheckable(True)
            button.toggled.connect(show)
            button.clicked.connect(lambda _on, other=other: other.setChecked(False))
            button.clicked.connect(self.asked)
        self._said = PlainLabel("", self, tone="muted", wrap=True, selectable=True)
        self.rows = TextRows((), self)
        self.fetch = QPushButton("", self)
        self.fetch.clicked.connect(self._ask_fetch)
        self.include = QPushButton(texts.INCLUDE, self)
        self.include.clicked.connect(self._ask_include)
        self._excluded: list[int] = []  # places, of the first rows
        acts = HBox(spacing=SPACE_S).add(self.include, self.fetch, Stretch())
        self._column = VBox(self, margins=0, spacing=SPACE_S).add(self._said, acts)
        for act in (self.fetch, self.include):
            act.hide()
        self.hide()

    @cached_property
    def table(self) -> DeskTable:
        """The list, built when somebody asks."""
        table = DeskTable("", self)
        table.setModel(self.rows)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._column.add((table, 1))
        return table

    @property
    def is_busy(self) -> bool:
        """Whether the store is asked."""
        return self._job.is_busy

    @property
    def is_asked(self) -> bool:
        """Whether one of the two is wanted."""
        return self.reasons.isChecked() or self.changes.isChecked()

    @property
    def words(self) -> str:
        """What is said above the list."""
        return self._said.text()

    def shut_down(self) -> None:
        """Gives the question up."""
        self._job.cancel()

    def leave(self) -> None:
        """Neither is wanted any more."""
        for button in (self.reasons, self.changes):
            button.setChecked(False)
        self.asked.emit()

    def show_ranking(self, ranking: "Ranking | None") -> None:
        """What is left out is of this one."""
        self._ranking = ranking
        self.reasons.setEnabled(ranking is not None and bool(ranking.left_out))
        if self.reasons.isChecked():
            self._show_reasons(True)

    def _show_reasons(self, on: bool) -> None:
        """What the clerk has taken out first, then the commonest reason."""
        if not on or self._ranking is None:
            return
        left_out, plans = self._ranking.left_out, self._ranking.catalogue.plans
        counts = Counter(left_out.values())
        found = sorted(left_out.items(), key=lambda one: (one[1] is not LeftOut.EXCLUDED, -counts[one[1]], one[1], one[0]))
        rows = [(texts.REASONS[why], plans[at][0].name, full_name(plans[at][1].name, plans[at][1].base_name)) for at, why in found]
        self._show(texts.REASONS_BUTTON, texts.HEAD_LEFT_OUT, rows, texts.reason_words(left_out.values()))
        self._excluded = [at for at, why in found if why is LeftOut.EXCLUDED]
        self.include.setVisible(bool(self._excluded))
        if self._excluded:
            self.table.choose_row(0)
        if LeftOut.CAPACITY_PRICES in counts:
            unit = self._ranking.question.detail.capacity_unit
            self.fetch.setText(texts.fetch_words(self._ranking.size.of(unit), unit))
            self.fetch.show()

    def _ask_include(self) -> None:
        rows = [row for row in self.table.chosen_rows() if row < len(self._excluded)]
        self.table.setFocus()  # the button goes with the last one
        if rows and self._ranking is not None:
            self.include_asked.emit(self._ranking.catalogue.plans[self._excluded[rows[0]]][1].key)

    def _ask_fetch(self) -> None:
        """The button goes when there is nothing left to fetch: the list has the keyboard before."""
        self.table.setFocus()
        self.fetch_asked.emit()

    def _ask_changes(self, on: bool) -> None:
        if on:
            self._show(texts.CHANGES, texts.HEAD_CHANGES, (), "")
            self._job.run(LaneName.STORE, _changes, self._context.desk)

    def _on_changes(self, changes: "tuple[PlanChange, ...]") -> None:
        names = {company.epcorp_cd: company.name for company, _ in self._ranking.catalogue.plans} if self._ranking else {}
        rows = [
            (
                dates.short_moment(one.at),
                names.get(one.plan.epcorp_cd, ""),
                full_name(one.plan.name, one.plan.base_name),
                texts.changed_item(item),
                before,
                after,
            )
            for one in changes
            for item, before, after in one.items
        ]
        words = texts.SOME_CHANGES.format(plans=f"{len(changes):,}", items=f"{len(rows):,}") if rows else texts.NO_CHANGES
        self._show(texts.CHANGES, texts.HEAD_CHANGES, rows, words)

    def _show(self, name: str, headings: Sequence[str], rows: Sequence[tuple[str, ...]], words: str) -> None:
        self.fetch.hide()
        self.include.hide()
        self.table.setAccessibleName(without_mnemonic(name))
        self.rows.show_rows(headings, rows)
        self._said.setText(words)


def _changes(desk: "Desk") -> "tuple[PlanChange, ...]":
    """Since the first of this month."""
    return desk.catalogue.changes(now_jst().replace(day=1, hour=0, minute=0, second=0, microsecond=0))
