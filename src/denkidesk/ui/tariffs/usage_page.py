"""The customer's usage: from a file (opened or dropped) or from one month's kWh; what is known about it, and its picture."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from denkidesk.domain.errors import Cancelled
from denkidesk.domain.usage import GapRule, ImportedUsage, Usage
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import tariffs as texts
from denkidesk.texts.errors import said
from denkidesk.texts.shortcuts import without_mnemonic
from denkidesk.ui.charts.canvas import ChartRenderer, ChartView
from denkidesk.ui.charts.style import ChartStyle
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.flow import Flow
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.strip import Message, Strips
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XS, set_tone
from denkidesk.ui.tariffs.labels import label_of
from denkidesk.ui.tariffs.picture_menu import PictureMenu
from denkidesk.ui.tariffs.typed_amount import typed_amount
from denkidesk.ui.tariffs.usage_facts import facts_of, remarks_of, warnings_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from denkidesk.desk.desk import Desk

_CHART_HEIGHT = 260  # twelve names of months stand beside it


class UsagePage(QWidget):
    """``usage_changed`` carries a Usage that a bill can be made of (gaps already treated as chosen), or None.

    While another usage is on its way nothing of the last one is shown or handed out; where it cannot be read, the last one comes back.
    """

    reading_began = Signal()  # perhaps another customer's
    reading_failed = Signal()
    replaced = Signal()  # by one that could be read
    usage_awaited = Signal()  # the last one does not count any more
    usage_changed = Signal(object)

    def __init__(self, context: UiContext, renderer: ChartRenderer, style: ChartStyle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._style = style
        self._renderer = renderer
        self.imported: ImportedUsage | None = None
        self._usage: Usage | None = None
        self._job = LatestJob(context.jobs, self, self._on_read, self._on_read_failed)
        self._reading = ""
        self._is_reading = False
        self.is_awaited = False
        self._gap_job = LatestJob(context.jobs, self, self._on_gaps_treated, self._on_gaps_failed)
        self.chart = ChartView(texts.HEAT_MAP, context.jobs, renderer, self)
        self.chart.setMinimumHeight(_CHART_HEIGHT)
        self._build()

    @property
    def is_busy(self) -> bool:
        """Whether a file is being read."""
        return self._job.is_busy or self._gap_job.is_busy or self.picture_menu.is_busy

    @property
    def usage(self) -> Usage | None:
        """What a bill can be made of now."""
        return None if self.is_awaited else self._usage

    def gap_rule(self) -> str:
        """The chosen rule by its stable word; empty where there is no gap."""
        return str(self._gap_rule.currentData()) if self.imported is not None and self.imported.usage.gap_hours else ""

    def open_file(self, path: Path) -> None:
        """Reads a file on a work lane."""
        self._begin_reading(path.name)
        self._job.run(LaneName.WORK, self._context.desk.quoting.import_usage, path)

    def restyle(self, style: ChartStyle) -> None:
        """Follows light and dark."""
        self._style = style
        self.chart.restyle(style)

    def focus_first(self) -> None:
        """Puts the cursor where usage comes from."""
        self._open.setFocus(Qt.FocusReason.OtherFocusReason)

    def type_one_month(self, month: int, kwh: str) -> None:
        """Fills in the one-month form and presses its button."""
        self._month.setCurrentIndex(month - 1)
        self._kwh.setText(kwh)
        self._estimate.click()

    # --- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        area = FittedPage(self)
        page = QWidget(area)
        VBox(self, margins=0).add(area)
        self.strips = Strips(self)
        row = Flow(SPACE_M).add(self._file_card(), self._month_card())
        self._facts = QFrame(self)
        self._facts.setProperty("kind", "card")
        self._facts_grid = QGridLayout(self._facts)
        self._facts_grid.setContentsMargins(SPACE_L, SPACE_M, SPACE_L, SPACE_M)
        self._facts_grid.setHorizontalSpacing(SPACE_L)
        self._facts_grid.setVerticalSpacing(SPACE_XS)
        self._gap_row = QWidget(self)
        gap_label = PlainLabel(texts.GAP_RULE, self._gap_row)
        self._gap_rule = QComboBox(self._gap_row)
        for word, name in texts.GAP_RULES.items():
            self._gap_rule.addItem(name, word)
        gap_label.setBuddy(self._gap_rule)
        self._gap_rule.currentIndexChanged.connect(self._treat_gaps)
        HBox(self._gap_row, margins=0).add(gap_label, self._gap_rule, Stretch())
        self._gap_rule.setAccessibleName(without_mnemonic(texts.GAP_RULE))
        self._remarks = PlainLabel("", page, tone="muted", scale=0.9, wrap=True, selectable=True)
        self._remarks.hide()
        self._heading = QWidget(page)
        self.picture_menu = PictureMenu(self._context, self._renderer, self.chart, self.strips, parent=self._heading)
        HBox(self._heading, margins=0).add(PlainLabel(texts.HEAT_MAP, self._heading, bold=True), Stretch(), self.picture_menu)
        self._prompt = PlainLabel(texts.PICK_USAGE, self, tone="muted", wrap=True)
        VBox(page, margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_M), spacing=SPACE_M).add(
            row, self._facts, self._gap_row, self._remarks, self._heading, (self.chart, 1), self._prompt, Stretch(0)
        )
        area.set_body(page)
        self._show_facts()

    def _card(self, title: str) -> tuple[QFrame, VBox]:
        card = QFrame(self)
        card.setProperty("kind", "card")
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        layout = VBox(card, margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_M), spacing=SPACE_S).add(PlainLabel(title, card, bold=True))
        return card, layout

    def _file_card(self) -> QFrame:
        card, layout = self._card(texts.FROM_FILE)
        self._open = QPushButton(texts.OPEN_FILE, card)
        self._context.icons.put(self._open, "folder")
        self._open.clicked.connect(self._ask_for_file)
        hint = PlainLabel(texts.DROP_HERE, card, tone="muted", scale=0.9, wrap=True)
        layout.add(HBox().add(self._open, Stretch()), hint, Stretch())
        return card

    def _month_card(self) -> QFrame:
        card, layout = self._card(texts.ONE_MONTH)
        self._month = QComboBox(card)
        for month in range(1, 13):
            self._month.addItem(texts.month_label(month), month)
        self._month.setCurrentIndex(QDate.currentDate().addMonths(-1).month() - 1)
        self._kwh = QLineEdit(card)
        self._kwh.setFixedWidth(84)
        self._kwh.setAcceptDrops(False)  # a file that is let go here is a usage file
        self._kwh.setPlaceholderText("300")
        self._kwh.returnPressed.connect(self._on_estimate)
        self._kwh.textEdited.connect(self._clear_kwh_error)
        self._estimate = QPushButton(texts.ONE_MONTH_GO, card)
        self._estimate.clicked.connect(self._on_estimate)
        line = HBox(spacing=SPACE_S)
        for words, editor in ((texts.ONE_MONTH_MONTH, self._month), (texts.ONE_MONTH_KWH, self._kwh)):
            line.add(label_of(editor, words, card), editor)
        self._kwh_error = PlainLabel("", card, tone="error", scale=0.9)
        self._kwh_error.hide()
        layout.add(line.add(Stretch()), HBox().add(self._estimate, Stretch()), self._kwh_error, Stretch())
        return card

    # --- what happens -----------------------------------------------------------------------------------------------

    def _ask_for_file(self) -> None:
        folder = self._context.ui_state.text("usage_folder")
        name, _filter = QFileDialog.getOpenFileName(self, texts.OPEN_FILE_TITLE, folder, texts.OPEN_FILE_FILTER)
        if name:
            self._context.ui_state.put("usage_folder", str(Path(name).parent))
            self.open_file(Path(name))

    def _on_estimate(self) -> None:
        typed = typed_amount(self._kwh.text())
        if typed.value is None:
            self._say_of_kwh(typed.damage or texts.ONE_MONTH_WRONG, "error")
            set_tone(self._kwh, "fault", "yes")
            self._kwh.setFocus()
            return
        self._clear_kwh_error()
        self._kwh.setText(typed.text)
        self._say_of_kwh(typed.changes, "muted")
        self._begin_reading("")
        words = texts.ESTIMATED_FROM.format(month=self._month.currentText(), kwh=typed.text)
        self._job.run(LaneName.WORK, _estimate, self._context.desk, int(self._month.currentData()), float(typed.value), words)

    def _say_of_kwh(self, words: str, tone: str) -> None:
        self._kwh_error.setText(words)
        self._kwh_error.set_tone(tone)
        self._kwh_error.setVisible(bool(words))

    def _clear_kwh_error(self) -> None:
        self._kwh_error.hide()
        set_tone(self._kwh, "fault", "no")

    def _begin_reading(self, file_name: str) -> None:
        self._reading = file_name
        self._is_reading = self.is_awaited = True
        self._gap_job.cancel()
        self.strips.clear()
        self._remarks.hide()
        self.chart.clear()
        self._show_facts()
        self.reading_began.emit()
        self.usage_awaited.emit()

    def _on_read(self, imported: ImportedUsage) -> None:
        self.imported = imported
        self._gap_rule.blockSignals(True)
        self._gap_rule.setCurrentIndex(0)
        self._gap_rule.blockSignals(False)
        if self._reading:
            self._kwh.clear()  # the month's use that was typed is not this usage
        self.replaced.emit()
        self._show_imported(imported)
        self._treat_gaps()

    def _show_imported(self, imported: ImportedUsage) -> None:
        self._is_reading = False
        warnings = warnings_of(imported.notes)
        if warnings:
            # one strip for all: three strips would push the picture off the screen
            self.strips.say(Message("warn", "\n".join(warnings), key="notes"))
        remarks = remarks_of(imported.notes)
        self._remarks.setText(f"{texts.NOTES_TITLE}：{' '.join(remarks)}")
        self._remarks.setVisible(bool(remarks))
        self._show_facts()
        self.chart.show_figure(_HeatMap(imported.usage), self._style)

    def _treat_gaps(self) -> None:
        if self.imported is None:
            return
        if not self.imported.usage.gap_hours:
            self._on_gaps_treated(self.imported.usage)
            return
        self._gap_job.cancel()
        rule = str(self._gap_rule.currentData())
        if rule == "stop":
            self._on_gaps_treated(None)
            return
        self.is_awaited = True
        self.usage_awaited.emit()
        self._gap_job.run(LaneName.WORK, _fill_gaps, self._context.desk, self.imported.usage, GapRule(rule))

    def _on_gaps_treated(self, usage: Usage | None) -> None:
        self.is_awaited = False
        self._usage = usage
        self.usage_changed.emit(usage)

    def _on_read_failed(self, error: object) -> None:
        self._is_reading = self.is_awaited = False
        self.reading_failed.emit()
        if self.imported is None:
            self._show_facts()
            self.usage_changed.emit(None)
        else:
            self._show_imported(self.imported)
            self._treat_gaps()
        self._on_failed(error, self._reading)

    def _on_gaps_failed(self, error: object) -> None:
        self._on_gaps_treated(None)
        self._on_failed(error)

    def _on_failed(self, error: object, file_name: str = "") -> None:
        if isinstance(error, Cancelled):
            return
        what = said(error)
        text = texts.FILE_REFUSED.format(name=file_name, reason=what.text) if file_name else what.text
        if file_name and self.imported is not None:
            text += "\n" + texts.FORMER_USAGE_STAYS.format(source=self.imported.usage.source)
        self.strips.say(Message("error", text, key="usage", detail=what.detail))

    def _show_facts(self) -> None:
        while (item := self._facts_grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        imported = None if self._is_reading else self.imported
        for name_value in (self._facts, self._heading, self.chart):
            name_value.setVisible(imported is not None)
        waiting = texts.READING_FILE.format(name=self._reading) if self._reading else texts.COMPUTING
        self._prompt.setText(waiting if self._is_reading else texts.PICK_USAGE)
        self._prompt.setVisible(imported is None)
        self._gap_row.setVisible(imported is not None and bool(imported.usage.gap_hours))
        if imported is None:
            return
        facts = facts_of(imported)
        for number, (name, value) in enumerate(facts):
            row, column = divmod(number, 2)
            self._facts_grid.addWidget(PlainLabel(name, self._facts, tone="muted"), row, column * 2)
            self._facts_grid.addWidget(PlainLabel(value, self._facts, wrap=True, selectable=True), row, column * 2 + 1)
        self._facts_grid.setColumnStretch(1, 1)
        self._facts_grid.setColumnStretch(3, 1)


class _HeatMap:
    """The picture of one usage, whatever has been read by the time when it is drawn."""

    def __init__(self, usage: Usage) -> None:
        self._usage = usage

    def __call__(self, style: ChartStyle) -> "Figure":
        from denkidesk.ui.charts.figures import load_heat_map

        return load_heat_map(self._usage, style)


def _estimate(desk: "Desk", month: int, kwh: float, words: str) -> ImportedUsage:
    return ImportedUsage(replace(desk.quoting.usage_from_month(month, kwh), source=words), "estimate", "")


def _fill_gaps(desk: "Desk", usage: Usage, rule: GapRule) -> Usage:
    return desk.quoting.fill_gaps(usage, rule)
