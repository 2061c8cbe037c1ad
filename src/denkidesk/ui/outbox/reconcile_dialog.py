"""One question after the other about applications with an unknown outcome."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QListWidget, QPushButton, QVBoxLayout, QWidget

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
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.key_binding import press_focused
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.room import resize_within_screen
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S


class ReconcileDialog(QDialog):
    """A digit goes to an answer and Enter gives it; Esc leaves the question open. Nothing is sent from here."""

    changed = Signal()  # the outbox is not as it was

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts.TITLE)
        resize_within_screen(self, 760, 560)
        self._context = context
        self._desk = context.desk.reconciliation
        self._one: LookedUp | None = None
        self._later: set[str] = set()
        self._looks = LatestJob(context.jobs, self, self._on_looked_up, self._on_failed)
        self._title = PlainLabel("", self, scale=1.3, bold=True, wrap=True)
        self._why = PlainLabel("", self, wrap=True)
        self._found = PlainLabel("", self, bold=True, wrap=True)
        self.candidates = QListWidget(self)
        self.candidates.setAccessibleName(texts.LISTED)
        self.candidates.setMaximumHeight(120)
        self.candidates.currentRowChanged.connect(self._on_candidate)
        self._comparison = QGridLayout()
        self._comparison.setHorizontalSpacing(SPACE_L)
        self._comparison.setVerticalSpacing(SPACE_S)
        self._hint = PlainLabel(texts.NAME_HINT, self, tone="muted", wrap=True)
        self._said = PlainLabel("", self, tone="ok", wrap=True)
        self._assemble()
        self._look()

    def _assemble(self) -> None:
        self.answers = tuple(QPushButton(text, self) for text in (texts.THIS, texts.NOT_THIS, texts.NOT_TAKEN))
        for button, slot in zip(self.answers, (self._on_this, self._on_not_this, self._on_not_taken), strict=True):
            button.clicked.connect(slot)
        self._said_by, self._said_at = QLineEdit(self), QLineEdit(self)
        self._send_again = QPushButton(texts.SEND_AGAIN, self)
        self._send_again.clicked.connect(self._on_send_again)
        self._word = QWidget(self)
        word = QHBoxLayout(self._word)
        word.setContentsMargins(0, 0, 0, 0)
        for name, line in ((texts.SAID_BY, self._said_by), (texts.SAID_AT, self._said_at)):
            line.setAccessibleName(name)
            line.setMaxLength(40)
            line.textChanged.connect(self._on_word_typed)
            word.addWidget(PlainLabel(name, self))
            word.addWidget(line, 1)
        word.addWidget(self._send_again)
        self._ask = QPushButton(texts.ASK_AGAIN, self)
        self._ask.clicked.connect(self._on_ask)
        self._leave = QPushButton(texts.LATER, self)
        self._leave.clicked.connect(self._on_later)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # with no match nothing has the focus, and Enter does nothing
        body = QWidget(self)
        page = QVBoxLayout(body)
        page.setSpacing(SPACE_M)
        for widget in (self._title, self._why, self._found, self.candidates):
            page.addWidget(widget)
        page.addLayout(self._comparison)
        page.addWidget(self._hint)
        page.addStretch(1)
        around = FittedPage(self)
        around.set_body(body)
        feet = QHBoxLayout()
        feet.addWidget(self._ask)
        feet.addStretch(1)
        feet.addWidget(self._leave)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_L)
        layout.setSpacing(SPACE_S)
        layout.addWidget(around, 1)
        layout.addWidget(self._said)
        for button in self.answers:
            layout.addWidget(button)
        layout.addWidget(self._word)
        layout.addLayout(feet)
        self._show(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1, 2 and 3 go to the answers."""
        digit = event.key() - int(Qt.Key.Key_1)
        if 0 <= digit < len(self.answers):
            self.answers[digit].setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif not press_focused(self, event):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                return
            super().keyPressEvent(event)

    # -- what is asked

    def _look(self) -> None:
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
        rows = one.candidates if one else ()
        self.candidates.setVisible(len(rows) > 1)
        self.candidates.clear()
        self.candidates.addItems([texts.evidence(row) for row in rows])
        self.answers[0].setEnabled(len(rows) == 1)
        self.answers[1].setEnabled(len(rows) == 1)
        self.answers[2].setEnabled(one is not None)
        self._hint.setVisible(bool(rows))
        self._compare(rows[0] if len(rows) == 1 else None)
        if one is None:
            return
        self._title.setText(texts.question(one.item.application))
        self._why.setText(texts.why(one.sent_at))
        self._found.setText(_found(one))
        if one.match is not None:
            self.answers[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif len(rows) > 1:
            self.candidates.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _compare(self, row: ListedApplication | None) -> None:
        while (item := self._comparison.takeAt(0)) is not None:
            if (label := item.widget()) is not None:
                label.deleteLater()
        if self._one is None or row is None:
            return
        lines = (
            (texts.ITEM, texts.OURS, texts.LISTED, texts.VERDICT),
            *texts.comparison(self._one.item.application, self._one.sent_at.date(), row),
        )
        for place, line in enumerate(lines):
            for column, text in enumerate(line):
                tone = "muted" if place == 0 or text == texts.NOT_LISTED else "ok" if column == len(line) - 1 else ""
                self._comparison.addWidget(PlainLabel(text, self, tone=tone, wrap=column in (1, 2)), place, column)

    def _on_candidate(self, place: int) -> None:
        if self._one is not None and 0 <= place < len(self._one.candidates):
            self._compare(self._one.candidates[place])
            for button in self.answers[:2]:
                button.setEnabled(True)

    def _candidate(self) -> ListedApplication | None:
        rows = self._one.candidates if self._one else ()
        place = 0 if len(rows) == 1 else self.candidates.currentRow()
        return rows[place] if 0 <= place < len(rows) else None

    # -- what is answered

    def _on_this(self) -> None:
        row = self._candidate()
        if self._one is not None and row is not None:
            settle = partial(self._desk.settle, self._one.item.item_id, row.receipt_number, by_clerk=True)
            self._context.jobs.run(LaneName.STORE, settle).then(self._on_settled, self._on_failed)

    def _on_settled(self, item: OutboxItem) -> None:
        settled = item.state is OutboxState.ACCEPTED
        kind = kind_name(item.application.kind)
        self._tell(texts.SETTLED.format(kind=kind, receipt=item.receipt_number) if settled else texts.UNCHANGED)

    def _on_not_this(self) -> None:
        row = self._candidate()
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
            confirm = partial(self._desk.confirm_not_taken, self._one.item.item_id, said_by=said_by, at=said_at)
            self._context.jobs.run(LaneName.STORE, confirm).then(self._on_queued, self._on_failed)

    def _on_queued(self, done: bool) -> None:
        kind = kind_name(self._one.item.application.kind if self._one else None)
        self._tell(texts.QUEUED.format(kind=kind) if done else texts.UNCHANGED)

    def _on_later(self) -> None:
        if self._one is not None:
            self._later.add(self._one.item.item_id)
            self._look()

    def _on_ask(self) -> None:
        self._ask.setEnabled(False)
        self._said.set_tone("muted")
        self._said.setText(texts.ASKING)
        self._context.jobs.run(LaneName.KANSAI, self._desk.ask).then(self._on_asked, self._on_not_asked)

    def _on_asked(self, _nothing: object) -> None:
        self._ask.setEnabled(True)
        self._tell("")

    def _on_not_asked(self, error: object) -> None:
        self._ask.setEnabled(True)
        self._on_failed(error, texts.ASK_FAILED)

    def _on_failed(self, error: object, frame: str = "{why}") -> None:
        self._said.set_tone("error")
        self._said.setText(frame.format(why=said(error).text))

    def _tell(self, text: str) -> None:
        self._said.set_tone("ok")
        self._said.setText(text)
        self.changed.emit()
        self._look()


def _found(one: LookedUp) -> str:
    if not one.candidates:
        return texts.NOTHING_FOUND
    if len(one.candidates) > 1:
        return texts.SEVERAL.format(count=len(one.candidates))
    return texts.evidence(one.candidates[0]) if one.match is not None else texts.SHARED
