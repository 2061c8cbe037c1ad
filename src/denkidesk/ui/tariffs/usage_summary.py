"""What is known about a usage: facts, the rules that made it whole, what the reader noticed, and its picture."""

from collections.abc import Mapping
from functools import cached_property
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QPushButton, QWidget

from denkidesk.desk.usage_questions import GAPS, YEAR_RULE, Reading
from denkidesk.domain.usage import ImportedUsage, Usage, YearRule
from denkidesk.texts import tariffs as texts
from denkidesk.texts import usage as question_texts
from denkidesk.ui.charts.canvas import ChartView
from denkidesk.ui.charts.pictures import table_of
from denkidesk.ui.charts.style import ChartStyle
from denkidesk.ui.charts.usage_pictures import UsageMap
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.flow import Flow
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.strip import Strips
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XS
from denkidesk.ui.tariffs.labels import label_of
from denkidesk.ui.tariffs.picture_menu import PictureMenu
from denkidesk.ui.tariffs.usage_facts import facts_of, remarks_of, warnings_of

_CHART_HEIGHT: Final = 260  # twelve names of months stand beside it


class UsageSummary(QWidget):
    """Hidden while there is nothing to show. ``rule_chosen`` carries the item of the rule and the rule's word."""

    rule_chosen = Signal(str, str)
    questions_wished = Signal()  # the answers are to be given anew

    def __init__(self, context: UiContext, strips: Strips, parent: QWidget) -> None:
        super().__init__(parent)
        self.chart = ChartView(texts.HEAT_MAP, context.jobs, context.charts, self)
        self.chart.setMinimumHeight(_CHART_HEIGHT)
        facts = QFrame(self)
        facts.setProperty("kind", "card")
        self._facts = QGridLayout(facts)
        self._facts.setContentsMargins(SPACE_L, SPACE_M, SPACE_L, SPACE_M)
        self._facts.setHorizontalSpacing(SPACE_L)
        self._facts.setVerticalSpacing(SPACE_XS)
        self._facts.setColumnStretch(1, 1)
        self._facts.setColumnStretch(3, 1)
        self._gap_rule = _RuleRow(texts.GAP_RULE, texts.GAP_RULES, GAPS, self)
        self._year_rule = _RuleRow(texts.YEAR_RULE, texts.YEAR_RULES, YEAR_RULE, self)
        self._ask_again = QPushButton(question_texts.ASK_AGAIN, self)
        self._ask_again.setProperty("kind", "quiet")
        self._ask_again.clicked.connect(self.questions_wished)
        self._gap_rule.chosen.connect(self.rule_chosen)
        self._year_rule.chosen.connect(self.rule_chosen)
        rules = Flow(SPACE_S).add(self._gap_rule, self._year_rule, self._ask_again)
        self._notes = PlainLabel("", self, tone="muted", scale=0.9, wrap=True, selectable=True)
        heading = QWidget(self)
        self._usage: Usage | None = None
        self.picture_menu = PictureMenu(context, context.charts, self.chart, strips, self._table, heading)
        self._picture_name = PlainLabel(texts.HEAT_MAP, heading, bold=True)
        HBox(heading, margins=0).add(self._picture_name, Stretch(), self.picture_menu)
        VBox(self, margins=0, spacing=SPACE_M).add(facts, rules, self._notes, heading, (self.chart, 1))
        self.clear()

    def show_usage(self, imported: ImportedUsage, reading: Reading | None, style: ChartStyle) -> None:
        """``reading``: None while something about the usage is open."""
        usage = imported.usage if reading is None or reading.usage is None else reading.usage
        self._show_facts(imported, usage)
        notes = [*warnings_of(usage.notes), *remarks_of(usage.notes)]
        self._notes.setText(f"{texts.NOTES_TITLE}：{' '.join(notes)}")
        self._notes.setVisible(bool(notes))
        is_short = reading is not None and (usage.completed_by is not None or not usage.is_whole_year)
        self._gap_rule.show_rule(usage.filled_by or "")
        self._year_rule.show_rule((usage.completed_by or YearRule.WHAT_IS_THERE) if is_short else "")
        self._ask_again.setVisible(reading is not None and bool(reading.answers))
        self._usage = imported.usage
        picture = UsageMap(imported.usage)
        self._picture_name.setText(picture.title)
        self.chart.show_figure(picture, style)
        self.show()

    def _table(self) -> list[list[str]]:
        return [] if self._usage is None else table_of(UsageMap(self._usage))

    def clear(self) -> None:
        """Nothing of any usage is left."""
        self._usage = None
        self.chart.clear()
        self._notes.hide()
        self._forget_facts()
        self.hide()

    def _show_facts(self, imported: ImportedUsage, usage: Usage) -> None:
        self._forget_facts()
        frame = self._facts.parentWidget()
        for number, (name, value) in enumerate(facts_of(imported, usage)):
            row, column = divmod(number, 2)
            self._facts.addWidget(PlainLabel(name, frame, tone="muted"), row, column * 2)
            self._facts.addWidget(PlainLabel(value, frame, wrap=True, selectable=True), row, column * 2 + 1)

    def _forget_facts(self) -> None:
        while (item := self._facts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()


class _RuleRow(QWidget):
    """A rule that can be changed; hidden where none acts. ``chosen`` carries the item and the rule's word."""

    chosen = Signal(str, str)

    def __init__(self, words: str, rules: Mapping[str, str], item: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._words, self._rules, self._item = words, rules, item
        self._line = HBox(self, margins=0)

    @cached_property
    def combo(self) -> QComboBox:
        """The choice, built for the first usage that needs it."""
        combo = QComboBox(self)
        for word, name in self._rules.items():
            combo.addItem(name, word)
        combo.activated.connect(self._on_activated)
        self._line.add(label_of(combo, self._words, self), combo)
        return combo

    def show_rule(self, rule: str) -> None:
        """The one that acts, or none."""
        if rule:
            self.combo.setCurrentIndex(self.combo.findData(str(rule)))
        self.setVisible(bool(rule))

    def _on_activated(self) -> None:
        self.chosen.emit(self._item, str(self.combo.currentData()))
