"""The paper bill beside ours: the difference in one line, what explains it, every line, and what was tried."""

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from denkidesk.domain.paper_bills import BillMatch, BillOnPaper
from denkidesk.texts import dates
from denkidesk.texts import paper as texts
from denkidesk.texts.tariffs import DOUBTS
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.in_parts import InParts
from denkidesk.ui.parts.notice_box import NoticeBox
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.strip import announce
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S, set_tone
from denkidesk.ui.tariffs.paper_rows import line_rows, trial_rows
from denkidesk.ui.tariffs.paper_table import RestDots, TextTable

_LEAST_SCALE_YEN = 50.0
_SCALE_OF_REST = 2.0


class MatchView(InParts, QWidget):
    """``accepted``: the clerk says that the bill is the same."""

    accepted = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None, *, in_turns: bool = False) -> None:
        super().__init__(parent)
        self._theme = context.theme
        self.match: BillMatch | None = None
        self._bill: BillOnPaper | None = None
        self.begin(self._build(context), in_turns=in_turns)

    @property
    def words(self) -> str:
        """What is said of the difference."""
        return f"{self._headline.text()} {self._verdict.text()}".strip()

    def show_nothing(self, words: str, tone: str = "muted") -> None:
        """Takes away all that belonged to the last question, and says why nothing stands here."""
        self.match = self._bill = None
        self._headline.setText("")
        self._prompt.setText(words)
        self._prompt.set_tone(tone)
        self._prompt.show()
        for part in (self._hint, self._frame, self.lines, self.trials, self._source, self.accept):
            part.hide()
        self.doubts.show_lines(())

    def show_match(self, match: BillMatch, bill: BillOnPaper, source: str, doubts: list[str]) -> None:
        """``source``: where the fuel price comes from; ``doubts``: what is wrong with the plan."""
        self.match, self._bill = match, bill
        self._prompt.hide()
        self._headline.setText(texts.result_words(match))
        self._verdict.setText(texts.verdict_words(match))
        good = self.can_accept
        set_tone(self._frame, "strip", "ok" if good else "warn")
        self._verdict.set_tone("ok" if good else "warn")
        self._source.setText(source)
        for part in (self._hint, self._frame, self.lines, self._source):
            part.show()
        self.accept.setVisible(good)
        self.accept.setEnabled(True)
        self.trials.setVisible(bool(match.trials))
        self._fill()
        self.doubts.show_lines(doubts)
        announce(self, self.words)

    @property
    def can_accept(self) -> bool:
        """Whether the bill is the same to the yen, or one condition alone explains the rest."""
        return self.match is not None and (not self.match.rest_yen or len(self.match.reasons) == 1)

    def show_accepted(self) -> None:
        """The match is a fact of the customer now."""
        if self.match is not None:
            self._verdict.setText(texts.ACCEPTED.format(month=dates.written(self.match.ours.month)))
            self.accept.setEnabled(False)

    def _fill(self) -> None:
        if self.match is None or self._bill is None:
            return
        warn, ok = (QBrush(self._theme.colour(name)) for name in ("warn_soft", "ok_soft"))
        rows = line_rows(self.match, self._bill)
        grounds = [warn if row.differs and not row.is_total else None for row in rows]
        self.lines.show_rows([row.cells for row in rows], [row.is_total or row.differs for row in rows], grounds)
        trials = trial_rows(self.match)
        self._dots.scale_yen = max(_LEAST_SCALE_YEN, abs(float(self.match.rest_yen)) * _SCALE_OF_REST)
        cells = [(name, "", ours, rest) for name, ours, rest in (row.cells for row in trials)]
        self.trials.show_rows(cells, [not row.rest for row in trials], [ok if not row.rest else None for row in trials])
        self.trials.show_rests(1, [row.rest for row in trials])

    def _build(self, context: UiContext) -> Iterator[None]:
        area = FittedPage(self)
        page = QWidget(area.viewport())
        self._headline = PlainLabel("", page, scale=1.6, bold=True, selectable=True, wrap=True)
        self._hint = PlainLabel(texts.RESULT_HINT, page, tone="muted", scale=0.9)
        self._prompt = PlainLabel("", page, wrap=True)
        self._frame = QFrame(page)
        self._verdict = PlainLabel("", self._frame, bold=True, wrap=True, selectable=True)
        self.accept = QPushButton(texts.ACCEPT, self._frame)
        self.accept.setProperty("kind", "primary")
        self.accept.clicked.connect(self.accepted)
        HBox(self._frame, margins=(SPACE_M, SPACE_S, SPACE_S, SPACE_S)).add((self._verdict, 1), self.accept)
        yield
        self.doubts = NoticeBox(context.icons, "warn", DOUBTS, page)
        self.lines = TextTable(texts.LINES, texts.HEAD_LINES, (0, 1), 1, page, least=60, needs=460)
        self.trials = TextTable(texts.HEAD_TRIALS[0], texts.HEAD_TRIALS, (0, 1), 1, page, least=60, needs=460)
        self._dots = RestDots(context.theme, _LEAST_SCALE_YEN, self.trials)
        self.trials.setItemDelegateForColumn(1, self._dots)
        yield
        self._source = PlainLabel("", page, tone="muted", scale=0.9, wrap=True, selectable=True)
        VBox(page, margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_M), spacing=SPACE_S).add(
            self._headline,
            self._prompt,
            self._frame,
            self.doubts,
            self._hint,
            self.lines,
            self._source,
            self.trials,
            Stretch(),
        )
        VBox(self, margins=0).add(area)
        yield
        area.set_body(page)
        self.show_nothing(texts.PROMPT)
        context.theme.changed.connect(self._fill)
