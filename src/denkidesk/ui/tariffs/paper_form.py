"""The paper bill as it is typed, in the order of the paper: Enter goes to the next field."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from denkidesk.desk.paper_question import OwnTerms, PaperQuestion
from denkidesk.domain.clock import now_jst
from denkidesk.domain.paper_bills import Period
from denkidesk.domain.plans import PEAK_TYPES
from denkidesk.texts import dates
from denkidesk.texts import paper as texts
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import Gap, HBox, Stretch, VBox
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_S, SPACE_XS, set_tone
from denkidesk.ui.tariffs.labels import label_of
from denkidesk.ui.tariffs.paper_fields import amount, asks_for_size, base_of_size, past_day, period_of, sizes_of, usual_last_day
from denkidesk.ui.tariffs.place_picker import PlacePicker
from denkidesk.ui.tariffs.plan_search import PlanSearch

_LEAST_LINE: Final = Decimal(-100_000_000)


class PaperForm(QWidget):
    """``contract_changed``: plan, size or period are others. ``changed``: anything is, so that what was computed does not count.

    ``entered``: Enter after the yen.
    """

    contract_changed = Signal()
    changed = Signal()
    entered = Signal()

    def __init__(self, context: UiContext, place: PlacePicker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = PlanSearch(context, place, self)
        self._size = _field(self, 96)
        self._first, self._last = _field(self, 112), _field(self, 112)
        self._kwh: dict[str, QLineEdit] = {}
        self.yen = _field(self, 128)
        self._lines = {name: _field(self, 148) for name in texts.LINE_NAMES}
        self._begun, self._ended, self._demand = (_field(self, 148) for _ in range(3))
        self._build()
        self.ask_for_bands(())
        self.search.picked.connect(self._on_plan)
        self.search.go_on.connect(lambda: self._go_on(self.search.editor))
        self._size.textEdited.connect(self._on_contract)
        for editor in self._days:
            editor.textEdited.connect(self._on_contract)
            editor.editingFinished.connect(self._normalise_days)
        self._demand.textEdited.connect(self._on_contract)
        for editor in (self._size, *self._days, self._demand, self.yen, *self._lines.values()):
            editor.returnPressed.connect(lambda editor=editor: self._go_on(editor))
        for editor in (self.yen, *self._lines.values()):
            editor.textEdited.connect(self._on_amount)

    @property
    def _days(self) -> tuple[QLineEdit, ...]:
        return self._first, self._last, self._begun, self._ended

    def focus_first(self) -> None:
        """Puts the cursor where the form begins."""
        self.search.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.editor.selectAll()

    def focus_yen(self) -> None:
        """Puts the cursor where the amount is typed, all of it chosen."""
        self.yen.setFocus(Qt.FocusReason.OtherFocusReason)
        self.yen.selectAll()

    def period(self) -> Period | None:
        """The reading period, where it is one."""
        today = now_jst().date()
        return period_of(past_day(self._first.text(), today), past_day(self._last.text(), today))

    def contract_size(self) -> Decimal | None:
        """The size of the contract, where one is asked for."""
        return None if self._size_row.isHidden() else amount(self._size.text())

    def own_terms(self) -> OwnTerms | None:
        """What the customer's contract adds to the plan; None where it cannot be read."""
        today, period = now_jst().date(), self.period()
        begun, ended = (past_day(editor.text(), today) for editor in (self._begun, self._ended))
        demand = amount(self._demand.text())
        read = ((begun, self._begun), (ended, self._ended), (demand, self._demand))
        if any(value is None and editor.isVisibleTo(self) and editor.text().strip() for value, editor in read):
            return None
        if demand is None or period is None or self._demand_row.isHidden():
            return OwnTerms(begun, ended)
        return OwnTerms(begun, ended, (period.bill_month, demand))

    def question(self) -> PaperQuestion | None:
        """The bill, as soon as all that is needed is there."""
        period, yen, found = self.period(), amount(self.yen.text()), self.search.found
        kwh = {name: amount(editor.text()) for name, editor in self._kwh.items()}
        if found is None or period is None or yen is None or None in kwh.values():
            return None
        base = base_of_size(found[1], self.contract_size())
        lines = {name: amount(editor.text(), least=_LEAST_LINE) for name, editor in self._lines.items() if editor.text().strip()}
        own = self.own_terms()
        if base is None or own is None or None in lines.values():
            return None
        typed = tuple((name, line) for name, line in lines.items() if line is not None)
        volumes = tuple((name, value) for name, value in kwh.items() if value is not None)
        whole = volumes[0][1] if len(volumes) == 1 else volumes
        return PaperQuestion(*found, base, self.contract_size(), period, whole, yen, typed, own)

    def typed(self) -> dict[str, str]:
        """What stands in the fields of the bill; the plan is none of them."""
        return {name: editor.text() for name, editor in self._named().items()}

    def put_in(self, typed: Mapping[str, str]) -> None:
        """Fills the fields as they were; what is not named is emptied."""
        for name, editor in self._named().items():
            editor.setText(typed.get(name, ""))
        self._on_contract()
        self._on_amount()

    def _named(self) -> dict[str, QLineEdit]:
        fixed = (self._size, *self._days, self._demand, self.yen)
        lines = {f"line {name}": editor for name, editor in self._lines.items()}
        bands = {f"kwh {name}": editor for name, editor in self._kwh.items()}
        return {str(place): editor for place, editor in enumerate(fixed)} | lines | bands

    def ask_for_bands(self, names: Sequence[str]) -> None:
        """One field of kWh for each band; a single one where the whole is enough."""
        wanted = tuple(names) if len(names) > 1 else ("",)
        if wanted == tuple(self._kwh):
            return
        typed = {name: editor.text() for name, editor in self._kwh.items()}
        had_focus = any(editor.hasFocus() for editor in self._kwh.values())
        while (item := self._kwh_grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._kwh = {}
        before: QWidget = self._last
        for row, name in enumerate(wanted):
            editor = self._kwh[name] = _field(self, 96)
            editor.setText(typed.get(name, ""))
            editor.textEdited.connect(self._on_amount)
            editor.returnPressed.connect(lambda editor=editor: self._go_on(editor))
            label = label_of(editor, texts.KWH if row == 0 else texts.KWH_OF.format(name=name), self, scale=0.9)
            if row == 0 and name:
                label.setText(f"{texts.KWH}　{name}")
            for column, widget in enumerate((label, editor, PlainLabel(texts.KWH_UNIT, self))):
                self._kwh_grid.addWidget(widget, row, column)
                widget.show()  # the layout shows it a turn later: what is typed meanwhile would be lost
            QWidget.setTabOrder(before, editor)
            before = editor
        self._kwh_grid.setColumnStretch(3, 1)
        QWidget.setTabOrder(before, self.yen)
        if had_focus:
            next(iter(self._kwh.values())).setFocus()

    def say_of_file(self, words: str, tone: str = "muted") -> None:
        """What the usage file has of the same days."""
        self._file_note.setText(words)
        self._file_note.set_tone(tone)
        self._file_note.setVisible(bool(words))

    # --- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._size_row = QWidget(self)
        self._size_label = label_of(self._size, texts.CONTRACT.format(unit=""), self, scale=0.9)
        self._size_note = PlainLabel("", self, tone="error", scale=0.9, wrap=True)
        self._size_note.hide()
        VBox(self._size_row, margins=0, spacing=SPACE_XS).add(self._size_label, HBox().add(self._size, Stretch()), self._size_note)
        self._size_row.hide()
        self._period_note = PlainLabel("", self, tone="muted", scale=0.9, wrap=True)
        self._last.setAccessibleName(texts.PERIOD_LAST)
        self._kwh_grid = QGridLayout()
        self._kwh_grid.setSpacing(SPACE_S)
        self._file_note = PlainLabel("", self, tone="muted", scale=0.9, wrap=True)
        self._file_note.hide()
        hint = PlainLabel(texts.ENTER_HINT, self, tone="muted", scale=0.9)
        lines = QGridLayout()
        lines.setSpacing(SPACE_XS)
        lines.setColumnStretch(0, 1)
        for row, (name, editor) in enumerate(self._lines.items()):
            lines.addWidget(label_of(editor, texts.LINE_NAMES[name], self), row, 0)
            lines.addWidget(editor, row, 1)
        self._demand_row = QWidget(self)
        HBox(self._demand_row, margins=0).add((label_of(self._demand, texts.DEMAND, self), 1), self._demand)
        self._demand_row.hide()
        contract = QGridLayout()
        contract.setSpacing(SPACE_XS)
        contract.setColumnStretch(0, 1)
        for row, (words, editor) in enumerate(((texts.BEGUN_ON, self._begun), (texts.ENDED_ON, self._ended))):
            contract.addWidget(label_of(editor, words, self), row, 0)
            contract.addWidget(editor, row, 1)
        self._own_note = PlainLabel(texts.OWN_WRONG, self, tone="error", scale=0.9, wrap=True)
        self._own_note.hide()
        VBox(self, margins=0, spacing=SPACE_XS).add(
            HBox().add(PlainLabel(texts.HEADING, self, scale=1.2, bold=True), Stretch(), hint),
            self.search,
            self._size_row,
            label_of(self._first, texts.PERIOD, self, scale=0.9),
            HBox(spacing=SPACE_S).add(self._first, PlainLabel("～", self), self._last, Stretch()),
            self._period_note,
            self._kwh_grid,
            HBox(spacing=SPACE_S).add(label_of(self.yen, texts.YEN, self, scale=0.9), self.yen, PlainLabel("円", self), Stretch()),
            self._file_note,
            Gap(SPACE_S),
            HBox().add(PlainLabel(texts.LINES, self, bold=True), PlainLabel(texts.LINES_HINT, self, tone="muted", scale=0.9), Stretch()),
            lines,
            Gap(SPACE_S),
            HBox().add(PlainLabel(texts.OWN, self, bold=True), PlainLabel(texts.OWN_HINT, self, tone="muted", scale=0.9), Stretch()),
            contract,
            self._demand_row,
            self._own_note,
        )

    # --- what happens -----------------------------------------------------------------------------------------------

    def _on_plan(self) -> None:
        found = self.search.found
        asked = found is not None and asks_for_size(found[1])
        self._size_row.setVisible(asked)
        self._demand_row.setVisible(found is not None and any(base.base_type in PEAK_TYPES for base in found[1].bases))
        if found is not None:
            self._size_label.setText(texts.CONTRACT.format(unit=found[1].capacity_unit))
        self._on_contract()

    def _on_contract(self) -> None:
        found, size = self.search.found, self.contract_size()
        wrong = found is not None and bool(self._size.text().strip()) and asks_for_size(found[1]) and base_of_size(found[1], size) is None
        self._size_note.setText(texts.CONTRACT_WRONG.format(choices=sizes_of(found[1])) if wrong and found is not None else "")
        self._size_note.setVisible(wrong)
        set_tone(self._size, "fault", "yes" if wrong else "no")
        self._show_period()
        self._own_note.setVisible(self.own_terms() is None)
        self.contract_changed.emit()
        self.changed.emit()

    def _on_amount(self) -> None:
        for editor in (*self._kwh.values(), self.yen, *self._lines.values()):
            least = _LEAST_LINE if editor in self._lines.values() else Decimal(0)
            wrong = bool(editor.text().strip()) and amount(editor.text(), least=least) is None
            set_tone(editor, "fault", "yes" if wrong else "no")
            editor.setAccessibleDescription(texts.NUMBER_WRONG if wrong else "")
        self.changed.emit()

    def _normalise_days(self) -> None:
        today = now_jst().date()
        first = past_day(self._first.text(), today)
        if first is not None and not self._last.text().strip():
            self._last.setText(dates.in_field(usual_last_day(first)))
        for editor in self._days:
            if (day := past_day(editor.text(), today)) is not None and editor.text() != dates.in_field(day):
                editor.setText(dates.in_field(day))
        self._show_period()
        self.contract_changed.emit()

    def _show_period(self) -> None:
        period = self.period()
        wrong = period is None and bool(self._first.text().strip() and self._last.text().strip())
        if period is not None:
            self._period_note.setText(texts.PERIOD_FACTS.format(month=dates.written(period.bill_month), days=period.days))
        else:
            self._period_note.setText(texts.PERIOD_WRONG if wrong else "")
        self._period_note.set_tone("error" if wrong else "muted")

    def _go_on(self, editor: QLineEdit) -> None:
        """The next field that is there; the cursor stays in the last one."""
        self._normalise_days()
        fields = [self.search.editor, self._size, self._first, self._last, *self._kwh.values(), self.yen, *self._lines.values()]
        fields += [self._begun, self._ended, self._demand]
        seen = [field for field in fields if field.isVisible()]
        if editor in seen[:-1]:
            following = seen[seen.index(editor) + 1]
            following.setFocus(Qt.FocusReason.TabFocusReason)
            following.selectAll()
        if editor is self.yen:
            self.entered.emit()


def _field(parent: QWidget, width: int) -> QLineEdit:
    editor = QLineEdit(parent)
    editor.setFixedWidth(width)
    editor.setAcceptDrops(False)  # a file that is let go here is a usage file
    editor.setAlignment(Qt.AlignmentFlag.AlignRight)
    return editor
