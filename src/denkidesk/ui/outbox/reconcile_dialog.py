"""One question after the other about applications with an unknown outcome."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractSlider, QDialog, QLineEdit, QPushButton, QWidget

from denkidesk.desk.reconciliation import LookedUp
from denkidesk.domain.applications import ListedApplication, OutboxItem, OutboxState
from denkidesk.domain.clock import now_jst
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import dates
from denkidesk.texts import reconcile as texts
from denkidesk.texts.errors import said
from denkidesk.texts.names import kind_name
from denkidesk.ui.context import UiContext
from denkidesk.ui.outbox.answer_button import AnswerButton
from denkidesk.ui.outbox.details import DetailReader
from denkidesk.ui.outbox.question_page import Label, QuestionPage
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.countdown import Countdown
from denkidesk.ui.parts.key_binding import press_focused
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.room import resize_within_screen
from denkidesk.ui.parts.strip import announce
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk

_ANSWERS: Final = (
    (texts.THIS, ("check", "ok")),
    (texts.NOT_THIS, ("close", "muted")),
    (texts.NOT_TAKEN, ("send", "warn")),
)
_PAGES: Final = {
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
}
_FOLDED_BELOW: Final = 600  # lower than this, an answer is one line


class ReconcileDialog(QDialog):
    """A digit goes to an answer and Enter gives it; Esc leaves the question open, or stops what is counted down."""

    changed = Signal()  # the outbox is not as it was
    inbox_requested = Signal(str)  # receipt number

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts.TITLE)
        resize_within_screen(self, 1180, 720)
        self._context = context
        self._desk = context.desk.reconciliation
        self._one: LookedUp | None = None
        self._label: Label | None = None
        self._later: set[str] = set()
        self._looks = LatestJob(context.jobs, self, self._on_looked_up, self._on_failed)
        self._reader = DetailReader(context.desk)
        self._known = LatestJob(context.jobs, self, self._on_known, self._on_failed)
        self.page = QuestionPage(context.icons, self)
        self.page.candidate_chosen.connect(self._on_candidate)
        self.page.inbox_requested.connect(self._on_inbox_requested)
        self.countdown = Countdown(self)
        self.countdown.next_in_focus = lambda: self
        self.countdown.stop_requested.connect(self._on_stop)
        self.countdown.over.connect(self._look)
        self._counted = ""  # the item that is counted down
        self._said = PlainLabel("", self, tone="ok", wrap=True)
        self._said.hide()
        self._assemble()
        self._look()

    def _assemble(self) -> None:
        icons = self._context.icons
        self.answers = tuple(AnswerButton(icons, digit, words, icon, self) for digit, (words, icon) in enumerate(_ANSWERS, 1))
        for button, slot in zip(self.answers, (self._on_this, self._on_not_this, self._on_not_taken), strict=True):
            button.clicked.connect(slot)
        self._said_by, self._said_at = QLineEdit(self), QLineEdit(self)
        self._send_again = QPushButton(texts.SEND_AGAIN, self)
        self._send_again.clicked.connect(self._on_send_again)
        self._word = QWidget(self)
        word = HBox(self._word, margins=0, spacing=SPACE_S)
        for name, line in ((texts.SAID_BY, self._said_by), (texts.SAID_AT, self._said_at)):
            line.setAccessibleName(name)
            line.setMaxLength(40)
            line.textChanged.connect(self._on_word_typed)
            word.add(PlainLabel(name, self._word), (line, 1))
        word.add(self._send_again)
        self._ask = QPushButton(texts.ASK_AGAIN, self)
        self._ask.clicked.connect(self._on_ask)
        self._leave = QPushButton(texts.LATER, self)
        self._leave.clicked.connect(self._on_later)
        for plain in (self._send_again, self._ask, self._leave):
            plain.setAutoDefault(False)  # with no match nothing has the focus, and Enter does nothing
        asked = HBox(spacing=SPACE_M).add(
            PlainLabel(texts.ANSWERS_TITLE, self, bold=True), (PlainLabel(texts.ANSWERS_KEYS, self, tone="muted", scale=0.9), 1)
        )
        VBox(self, margins=SPACE_L, spacing=SPACE_S).add(
            (self.page, 1),
            self._said,
            asked,
            *self.answers,
            self._word,
            self.countdown,
            HBox(spacing=SPACE_S).add(self._ask, Stretch(), self._leave),
        )
        self._show(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room it belongs to what the question is about."""
        super().resizeEvent(event)
        for button in self.answers:
            button.fold(self.height() < _FOLDED_BELOW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1, 2 and 3 go to the answers; a page up or down shows the rest of what is known."""
        digit = event.key() - int(Qt.Key.Key_1)
        if event.key() in _PAGES:
            self.page.verticalScrollBar().triggerAction(_PAGES[Qt.Key(event.key())])
        elif 0 <= digit < len(self.answers):
            self.answers[digit].setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif not press_focused(self, event):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                return
            super().keyPressEvent(event)

    # -- what is asked

    def _look(self) -> None:
        self.countdown.stop()
        self._looks.run(LaneName.STORE, self._desk.looked_up)

    def _on_looked_up(self, looked_up: tuple[LookedUp, ...]) -> None:
        one = next((one for one in looked_up if one.item.item_id not in self._later), None)
        if one is None:
            self.accept()
            return
        self._show(one)

    def _show(self, one: LookedUp | None) -> None:
        if one is None or self._one is None or one.item.item_id != self._one.item.item_id:
            self._word.hide()
        self._one = one
        self.page.show_question(one, self._label)
        rows = one.candidates if one else ()
        self._show_answers()
        self.answers[2].setEnabled(one is not None)
        self.answers[2].show_sentence(texts.NOT_TAKEN_DOES)
        if one is None:
            return
        self._known.run(LaneName.STORE, _known_of, self._context.desk, self._reader, one.item.item_id)
        if one.match is not None:
            self.answers[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif len(rows) > 1:
            self.page.candidates.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_answers(self) -> None:
        row = self.page.candidate()
        this, not_this, _ = self.answers
        this.setEnabled(row is not None)
        not_this.setEnabled(row is not None)
        this.show_sentence(texts.THIS_DOES.format(receipt=row.receipt_number) if row else texts.NEEDS_ONE)
        not_this.show_sentence(texts.NOT_THIS_DOES if row else texts.NEEDS_ONE)

    def _on_known(self, known: tuple[Sequence[str], Label]) -> None:
        course, label = known
        self.page.show_course(course)
        if self._label is None:
            self._label = label
            self.page.name_codes(label)

    def _on_candidate(self, _row: ListedApplication) -> None:
        self._show_answers()

    def _on_inbox_requested(self, receipt_number: str) -> None:
        self.inbox_requested.emit(receipt_number)
        self.reject()

    # -- what is answered

    def _on_this(self) -> None:
        row = self.page.candidate()
        if self._one is not None and row is not None:
            settle = partial(self._desk.settle, self._one.item.item_id, row.receipt_number, by_clerk=True)
            self._context.jobs.run(LaneName.STORE, settle).then(self._on_settled, self._on_failed)

    def _on_settled(self, item: OutboxItem) -> None:
        settled = item.state is OutboxState.ACCEPTED
        kind = kind_name(item.application.kind)
        self._tell(texts.SETTLED.format(kind=kind, receipt=item.receipt_number) if settled else texts.UNCHANGED)

    def _on_not_this(self) -> None:
        row = self.page.candidate()
        if self._one is not None and row is not None:
            job = self._context.jobs.run(LaneName.STORE, self._desk.dismiss, self._one.item.item_id, row.receipt_number)
            job.then(self._on_dismissed, self._on_failed)

    def _on_dismissed(self, done: bool) -> None:
        self._tell(texts.DISMISSED if done else texts.UNCHANGED)

    def _on_not_taken(self) -> None:
        self._word.show()
        self._said_by.clear()
        self._said_at.setText(dates.clock(now_jst()))
        self._on_word_typed()
        self._said_by.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_word_typed(self) -> None:
        self._send_again.setEnabled(bool(self._said_by.text().strip() and self._said_at.text().strip()))

    def _on_send_again(self) -> None:
        if self._one is not None:
            said_by, said_at = self._said_by.text().strip(), self._said_at.text().strip()
            item = self._one.item
            countdown_s = self._context.desk.sender.countdown_s(item.application.kind)
            confirm = partial(self._desk.confirm_not_taken, item.item_id, said_by=said_by, at=said_at, countdown_s=countdown_s)
            self._context.jobs.run(LaneName.STORE, confirm).then(self._on_queued, self._on_failed)

    def _on_queued(self, done: bool) -> None:
        item = self._one.item if self._one else None
        if not done or item is None:
            self._tell(texts.UNCHANGED)
            return
        self._counted = item.item_id
        self._word.hide()
        for button in self.answers:
            button.setEnabled(False)
        self._say("ok", texts.QUEUED.format(kind=kind_name(item.application.kind)))
        countdown_s = self._context.desk.sender.countdown_s(item.application.kind)
        self.countdown.count(countdown_s, countdown_s)
        self.countdown.take_focus()
        self.changed.emit()

    def _on_stop(self) -> None:
        stop = partial(self._context.desk.outbox.stop, self._counted)
        self._context.jobs.run(LaneName.STORE, stop).then(self._on_stopped, self._on_failed)

    def _on_stopped(self, done: bool) -> None:
        self.countdown.stop()
        self._tell(texts.STOPPED if done else texts.UNCHANGED)

    def _on_later(self) -> None:
        if self._one is not None:
            self._later.add(self._one.item.item_id)
            self._look()

    def _on_ask(self) -> None:
        self._ask.setEnabled(False)
        self._say("muted", texts.ASKING)
        self._context.jobs.run(LaneName.KANSAI, self._desk.ask).then(self._on_asked, self._on_not_asked)

    def _on_asked(self, _nothing: object) -> None:
        self._ask.setEnabled(True)
        self._tell("")

    def _on_not_asked(self, error: object) -> None:
        self._ask.setEnabled(True)
        self._on_failed(error, texts.ASK_FAILED)

    def _on_failed(self, error: object, frame: str = "{why}") -> None:
        self._say("error", frame.format(why=said(error).text))

    def _say(self, tone: str, text: str) -> None:
        self._said.set_tone(tone)
        self._said.setText(text)
        self._said.setVisible(bool(text))
        announce(self, text)

    def _tell(self, text: str) -> None:
        self._say("ok", text)
        self.changed.emit()
        self._look()


def _known_of(desk: "Desk", reader: DetailReader, item_id: str) -> tuple[Sequence[str], Label]:
    """The course of an application, and the words of the installed set's codes. For the store lane: it reads a file."""
    return reader.course(item_id), desk.installed_set.readable_code_tables().label
