"""A question about a usage file, asked in place: each answer with what it would make of the file; digits answer, Esc gives up."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QPushButton, QSizePolicy, QWidget

from denkidesk.desk.usage_files import Contract
from denkidesk.desk.usage_questions import Answer, Question
from denkidesk.texts import usage as texts
from denkidesk.texts.errors import fault_text, said
from denkidesk.texts.shortcuts import GIVE_UP
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.flow import Flow
from denkidesk.ui.parts.key_binding import is_pressed
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.strip import announce
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XS
from denkidesk.ui.tariffs.month_bars import MonthBars

_CARD_WIDTH: Final = 198


class QuestionPanel(QFrame):
    """Hidden while nothing is open. ``answered`` carries the value of the answer."""

    answered = Signal(object)
    given_up = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.question: Question | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._layout = VBox(self, margins=0)
        self._body = QWidget(self)
        self._layout.add(self._body)
        self.hide()

    def show_question(self, question: Question | None, number: int, contract: Contract | None) -> None:
        """Asks, or is silent. ``number``: which of the questions about these files it is. Nothing is chosen beforehand."""
        self.question = question
        self._body.hide()
        self._body.deleteLater()
        self._body = QWidget(self)
        self._layout.add(self._body)
        self.setVisible(question is not None)
        if question is None:
            return
        heading = texts.QUESTION.format(number=number, of=number - 1 + question.left)
        title, why = texts.QUESTIONS[question.item], fault_text(question.fault)
        most_kwh = max((month.kwh for answer in question.answers if answer.meaning for month in answer.meaning.months), default=0.0)
        cards = Flow(SPACE_M)
        spoken = [heading, title]
        for key, answer in enumerate(question.answers, start=1):
            words = [texts.answer_words(question.item, answer.value), *_facts(answer, contract)]
            cards.add(self._card(key, answer, words, most_kwh))
            spoken.append(f"{key} {'、'.join(words)}")
        give_up = QPushButton(texts.GIVE_UP, self._body)
        give_up.setProperty("kind", "quiet")
        give_up.clicked.connect(self.given_up)
        last = HBox(spacing=SPACE_S)
        if question.further:
            self._add_further(last, question)
        VBox(self._body, margins=0, spacing=SPACE_S).add(
            PlainLabel(heading, self._body, tone="warn", bold=True),
            PlainLabel(title, self._body, bold=True, scale=1.4, wrap=True),
            PlainLabel(why, self._body, wrap=True, selectable=True),
            cards,
            PlainLabel(
                f"{texts.SAME_SCALE}{texts.REMEMBERED_LATER if question.is_remembered else texts.NOT_REMEMBERED}",
                self._body,
                tone="muted",
                scale=0.9,
                wrap=True,
            ),
            last.add(give_up, Stretch()),
        )
        self.setAccessibleName("。".join(spoken))
        announce(self, self.accessibleName())
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit gives the answer of that number; Esc gives the question up."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        place = event.key() - int(Qt.Key.Key_1)
        if self.question is not None and plain and 0 <= place < len(self.question.answers):
            answer = self.question.answers[place]
            if answer.refused is None:
                self.answered.emit(answer.value)
        elif self.question is not None and is_pressed(GIVE_UP, event):
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def _card(self, key: int, answer: Answer, words: list[str], most_kwh: float) -> QFrame:
        card = QFrame(self._body)
        card.setProperty("kind", "card")
        card.setFixedWidth(_CARD_WIDTH)
        card.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
        button = QPushButton(texts.CHOOSE.format(key=key), card)
        button.setAccessibleDescription("、".join(words))
        button.setEnabled(answer.refused is None)
        button.clicked.connect(lambda: self.answered.emit(answer.value))
        name, *facts = words
        layout = VBox(card, margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_M), spacing=SPACE_XS)
        layout.add(PlainLabel(name, card, bold=True, wrap=True), HBox().add(button, Stretch()))
        if answer.meaning is not None:
            layout.add(MonthBars(answer.meaning.months, most_kwh, card))
        layout.add(*(PlainLabel(fact, card, wrap=True) for fact in facts), Stretch())
        return card

    def _add_further(self, line: HBox, question: Question) -> None:
        combo = QComboBox(self._body)
        combo.setAccessibleName(texts.FURTHER)
        for value in question.further:
            combo.addItem(texts.answer_words(question.item, value))
        choose = QPushButton(texts.CHOOSE_FURTHER, self._body)
        choose.clicked.connect(lambda: self.answered.emit(question.further[combo.currentIndex()]))
        line.add(PlainLabel(texts.FURTHER, self._body, tone="muted"), combo, choose)


def _facts(answer: Answer, contract: Contract | None) -> list[str]:
    if answer.meaning is None:
        return [texts.IMPOSSIBLE.format(reason=said(answer.refused).text)]
    meaning = answer.meaning
    largest = texts.LARGEST.format(kw=f"{meaning.largest_kw:.2f}")
    if contract is not None:
        verdict = texts.WITHIN if meaning.largest_kw <= contract.kw else texts.BEYOND
        largest += "　" + verdict.format(contract=f"{contract.size:f} {contract.unit}")
    return [texts.SUM.format(days=meaning.days, kwh=f"{meaning.total_kwh:,.1f}"), largest]
