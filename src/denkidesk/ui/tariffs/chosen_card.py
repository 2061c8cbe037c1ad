"""選んだプラン: what the chosen plan saves, in large, and in which months."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPaintEvent, QStaticText
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QWidget

from denkidesk.domain.plans import PlanType
from denkidesk.domain.ranking import RankedPlan
from denkidesk.jobs.lanes import Jobs
from denkidesk.texts import ranking as texts
from denkidesk.texts.plan_names import full_name
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.plain import PlainLabel, set_tip
from denkidesk.ui.parts.steady import Steady
from denkidesk.ui.parts.theme import SPACE_M, SPACE_S, SPACE_XS, Theme
from denkidesk.ui.tariffs.chosen_reason import ChosenReason
from denkidesk.ui.tariffs.ranking_painter import DEARER, laid_out

if TYPE_CHECKING:  # it loads the engine, which is a lane's work
    from denkidesk.desk.ranking import Ranking

_SIZE: Final = QSize(200, 76)
_CHEAPER: Final = QColor("#5b8fd0")
_HATCHED: Final = QBrush(QColor("#1b2432"), Qt.BrushStyle.BDiagPattern)


class ChosenCard(QFrame):
    """``acts``: the buttons that stand below."""

    def __init__(self, theme: Theme, jobs: Jobs, acts: Sequence[QPushButton], parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._name = PlainLabel("", self, scale=1.2, bold=True, wrap=True)
        self._saving = Steady(PlainLabel(scale=2.0, bold=True), self, selectable=True)
        self.reason = ChosenReason(jobs, self)
        self._title = PlainLabel(texts.MONTHS_APART, self, tone="muted", scale=0.9)
        self.bars = MonthDifferences(theme, self)
        self._ends = Steady(PlainLabel(tone="muted", scale=0.9, wrap=True), self, selectable=True)
        self._spread = Steady(PlainLabel(scale=0.9, wrap=True), self, selectable=True)
        self._doubts = Steady(PlainLabel(tone="warn", scale=0.9, wrap=True), self, selectable=True)
        self._age = Steady(PlainLabel(tone="muted", scale=0.9, wrap=True), self, selectable=True)
        buttons = HBox(spacing=SPACE_S).add(*acts, Stretch())
        VBox(self, margins=(SPACE_M, SPACE_S, SPACE_M, SPACE_M), spacing=SPACE_XS).add(
            PlainLabel(texts.CHOSEN, self, tone="muted", scale=0.9),
            self._name,
            self._saving,
            self.reason,
            self._doubts,
            self._title,
            self.bars,
            self._ends,
            self._spread,
            self._age,
            buttons,
        )

    @property
    def words(self) -> str:
        """What is said of the plan."""
        return " ".join(
            label.text()
            for label in (self._name, self._saving, self.reason, self._doubts, self._ends, self._spread, self._age)
            if not label.isHidden()
        )

    def show_line(self, ranking: "Ranking | None", line: RankedPlan | None) -> None:
        """A line of a ranking, beside the present plan where both sums are known."""
        self.reason.show_for(ranking, line)
        if ranking is None or line is None:
            self.hide()
            return
        months = ranking.months(ranking.catalogue.place_of[line.detail.key]) if line.difference is not None else ()
        pairs = list(zip(months, ranking.present_months, strict=True)) if months and ranking.present_months else []
        # as they were used and billed: an estimate begins in January, a file where it begins
        order = dict.fromkeys(day.day.month for day in ranking.question.usage.days) if pairs else ()
        differences = {month: pairs[month - 1][0] - pairs[month - 1][1] for month in order}
        self._age.say(texts.age_words(*ranking.catalogue.seen(line.company, line.detail)).replace("　", "\n"))
        self.show_plan(line, differences, is_year=ranking.is_year)

    def show_plan(self, line: RankedPlan | None, differences: Mapping[int, int], *, is_year: bool) -> None:
        """``differences``: yen more than at present by calendar month, in the order of the usage; empty where they are not known."""
        self.setVisible(line is not None)
        if line is None:
            return
        self._name.setText(full_name(line.detail.name, line.detail.base_name))
        self._saving.say(texts.chosen_words(line, is_year=is_year))
        self._saving.label.set_tone("ok" if line.difference is not None and line.difference < 0 else "")
        self._spread.setVisible(line.detail.plan_type is PlanType.MARKET_LINKED)
        self._spread.say(texts.NO_SPREAD if line.spread is None else texts.long_spread_words(line.spread))
        doubts = texts.doubt_sentences(line.doubts)
        self._doubts.setVisible(bool(doubts))
        self._doubts.say(texts.some_doubts(doubts))
        set_tip(self._doubts.label, "\n".join(doubts))
        for part in (self._title, self.bars, self._ends):
            part.setVisible(bool(differences))
        if differences:
            self._ends.say(texts.month_ends(differences))
            self.bars.show_differences(differences)


class MonthDifferences(QWidget):
    """Bars below the line where a month is cheaper, above it where it is dearer; said by the words beside it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._differences: Mapping[int, int] = {}
        self._numbers: dict[int, QStaticText] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for the bars and the numbers of their months."""
        return _SIZE

    def show_differences(self, differences: Mapping[int, int]) -> None:
        """Yen by month."""
        self._differences = differences
        self.setAccessibleName(texts.MONTHS_APART + "、".join(f"{month}月 {texts.signed(yen)}" for month, yen in differences.items()))
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Letters of another size are laid out anew."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._numbers.clear()

    def _number(self, month: int, font: QFont) -> QStaticText:
        if month not in self._numbers:
            self._numbers[month] = laid_out(str(month), font)
        return self._numbers[month]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """One scale for both signs."""
        with QPainter(self) as painter:
            font = painter.font()
            font.setPointSizeF(font.pointSizeF() * 0.8)
            painter.setFont(font)
            text, label = self._theme.colour("text"), painter.fontMetrics().height() + 2
            up, down = (max((sign * yen for yen in self._differences.values()), default=0) for sign in (1, -1))
            room = self.height() - label - 2
            scale = room / (max(up, 0) + max(down, 0) or 1)
            zero, step = 1 + max(up, 0) * scale, self.width() / max(12, len(self._differences))
            for place, (month, yen) in enumerate(self._differences.items()):
                bar = QRectF(place * step + step * 0.16, zero - max(yen, 0) * scale, step * 0.68, abs(yen) * scale)
                painter.setPen(text)
                painter.setBrush(_CHEAPER if yen <= 0 else DEARER)
                painter.drawRect(bar)
                if yen > 0:
                    painter.fillRect(bar, _HATCHED)
                number = self._number(month, font)
                left, top = place * step + (step - number.size().width()) / 2, self.height() - (label + number.size().height()) / 2
                painter.drawStaticText(QPointF(left, top), number)
            painter.setPen(text)
            painter.drawLine(0, round(zero), self.width(), round(zero))
