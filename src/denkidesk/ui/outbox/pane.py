"""The pane beside the outbox: one application, its count-down, its contents and its course."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QStackedLayout, QWidget

from denkidesk.domain.applications import OutboxState
from denkidesk.texts import outbox as texts
from denkidesk.ui.context import UiContext
from denkidesk.ui.outbox.details import Detail
from denkidesk.ui.outbox.lines import Line
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.countdown import Countdown
from denkidesk.ui.parts.empty import EmptyState
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.flow import Flow
from denkidesk.ui.parts.lines import Lines
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XS


class OutboxPane(QFrame):
    """Shows what :class:`Detail` says; the acts at its foot stay where they are."""

    left = Signal()  # back to the list, where the pane stands in its place

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.detail: Detail | None = None
        self.setProperty("kind", "card")
        self.setAccessibleName(texts.PANE_NAME)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._empty = EmptyState(context.icons, "outbox", self)
        self._empty.show_text(texts.PANE_EMPTY_HEADING, texts.PANE_EMPTY_TEXT)
        self._full = QWidget(self)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._full)
        self.back = QPushButton(texts.BACK, self._full)
        self.back.setProperty("kind", "quiet")
        context.icons.put(self.back, "arrow-left", "accent")
        self.back.clicked.connect(self.left)
        self.back.setVisible(False)
        self.countdown = Countdown(self)
        self.act = QPushButton(self._full)  # the line's own: where the pane has taken the list's place nothing else offers it
        self.mend = QPushButton(texts.MEND_ITEM, self._full)
        self.cancel = QPushButton(texts.CANCEL_ITEM, self._full)
        self.requeue = QPushButton(texts.REQUEUE, self._full)
        self.follow_on = QPushButton(texts.FOLLOW_ON_ITEM, self._full)
        page = FittedPage(self._full)
        body = QWidget(page)
        self._kind = PlainLabel("", body, tone="muted", wrap=True)
        self._who = PlainLabel("", body, scale=1.6, bold=True, wrap=True, selectable=True)
        self._place = Lines(body)
        self._contents = Lines(body)
        self._course = Lines(body)
        VBox(body, margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_M), spacing=SPACE_S).add(
            self._kind,
            self._who,
            self._place,
            self._contents,
            PlainLabel(texts.COURSE, body, bold=True),
            self._course,
            Stretch(),
        )
        page.set_body(body)
        feet = Flow(SPACE_S).add(self.act, self.mend, self.cancel, self.requeue, self.follow_on)
        VBox(self._full, margins=0).add(self.back, (page, 1), HBox(margins=(SPACE_L, 0, SPACE_L, SPACE_M)).add(feet))
        self.top = VBox().add(self.countdown)
        VBox(self, margins=SPACE_XS, spacing=SPACE_S).add(self.top, (self._stack, 1))

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self.detail = None
        self._stack.setCurrentWidget(self._empty)

    def show_detail(self, detail: Detail) -> None:
        """Shows one application."""
        self.detail = detail
        kind, who, place = detail.head
        self._kind.setText(kind)
        self._who.setText(who)
        self._who.setVisible(bool(who))
        self._place.show_lines(place.split("\n"))
        self._contents.show_lines(detail.contents)
        self._course.show_lines(detail.course)
        self._stack.setCurrentWidget(self._full)

    def show_line(self, line: Line, act: str) -> None:
        """Shows how it stands now: its count-down, and what can be done."""
        state = line.item.state if line.item is not None else None
        self.mend.setVisible(state in (OutboxState.QUEUED, OutboxState.REJECTED))
        self.cancel.setVisible(state is OutboxState.QUEUED)
        self.requeue.setVisible(state is OutboxState.REJECTED)
        self.follow_on.setVisible(state is OutboxState.ACCEPTED)
        self.act.setText(act)
        self.act.setVisible(bool(act) and state is not OutboxState.REJECTED)
