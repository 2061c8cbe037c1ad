"""The last page: on its way, and what became of it."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QPushButton, QSizePolicy, QWidget

from denkidesk.texts import apply as texts
from denkidesk.ui.apply.outcomes import Action, Outcome
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.clipboard import copy_rows
from denkidesk.ui.parts.countdown import Countdown
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.lines import Lines
from denkidesk.ui.parts.picture import Picture
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.strip import COLOUR_OF_TONE, announce
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XL, set_tone

_ICON: Final = 48
_WIDTH: Final = 640
_ACTION_TEXTS: Final = {
    Action.SHOW_IN_INBOX: texts.SHOW_IN_INBOX,
    Action.SETTLE: texts.SETTLE,
    Action.COPY_RECEIPT: texts.COPY_RECEIPT,
    Action.NEXT_APPLICATION: texts.NEXT_APPLICATION,
    Action.MEND: texts.MEND,
    Action.RETRY: texts.RETRY,
    Action.TRY_ONCE: texts.TRY_ONCE,
    Action.TO_START: texts.TO_START,
    Action.SETTINGS: texts.OPEN_SETTINGS,
    Action.TO_OUTBOX: texts.NOTICE_OUTBOX,
}
_ACTION_ICONS: Final = {
    Action.SHOW_IN_INBOX: "inbox",
    Action.SETTLE: "unknown",
    Action.COPY_RECEIPT: "copy",
    Action.MEND: "note",
    Action.RETRY: "send",
    Action.TRY_ONCE: "send",
    Action.SETTINGS: "settings",
}


class _Contents(FittedPage):
    """As high as what it holds where there is room for it; where there is none it scrolls."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        body = self.widget()
        return super().sizeHint() if body is None else QSize(_WIDTH, body.heightForWidth(self.viewport().width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, _ICON)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class OutcomePage(QWidget):
    """Everything from a server is shown as plain text; the buttons stay in sight, however much it is.

    ``action_requested`` carries an ``Action``.
    """

    action_requested = Signal(object)

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._receipt_number = ""
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        frame = QFrame(self)
        frame.setProperty("kind", "card")
        frame.setFixedWidth(_WIDTH)
        contents = _Contents(frame)
        card = QWidget(contents)
        self._picture = Picture(icons, "send", "accent", _ICON, card)
        self.title = PlainLabel("", card, scale=1.6, bold=True)
        self.lead = PlainLabel("", card, wrap=True)
        self._receipt_label = PlainLabel(texts.RECEIPT_LABEL, card, tone="muted")
        self.receipt = PlainLabel("", card, scale=2.4, bold=True, selectable=True)
        self.receipt.setWordWrap(True)
        self.copied = PlainLabel(texts.RECEIPT_COPIED, card, tone="ok", scale=0.9)
        self.points = Lines(card)
        self._words_title = PlainLabel("", card, tone="muted")
        self._words_box = QFrame(card)
        self._words_box.setProperty("kind", "words")
        self.words = Lines(self._words_box)
        VBox(self._words_box, margins=(SPACE_M, SPACE_S, SPACE_M, SPACE_S)).add(self.words)
        self._bar = QProgressBar(card, textVisible=False)
        self.countdown = Countdown(card)
        self.countdown.next_in_focus = lambda: self
        self._buttons: dict[Action, QPushButton] = {}
        buttons = HBox(spacing=SPACE_M)
        self._button_row = buttons
        for action, text in _ACTION_TEXTS.items():
            button = QPushButton(text, frame)
            button.setProperty("action", action.value)
            button.clicked.connect(self._on_action_clicked)
            self._buttons[action] = button
        head = HBox(spacing=SPACE_M).add(self._picture, (self.title, 1))
        VBox(card, margins=0, spacing=SPACE_M).add(
            head,
            self.lead,
            self._bar,
            self.countdown,
            self._receipt_label,
            self.receipt,
            self.copied,
            self.points,
            self._words_title,
            self._words_box,
        )
        contents.set_body(card)
        VBox(frame, margins=SPACE_XL, spacing=SPACE_L).add(contents, buttons)
        # not an alignment: that would cut texts that wrap
        middle = HBox().add(Stretch(), frame, Stretch())
        VBox(self, margins=(SPACE_XL, SPACE_S, SPACE_XL, SPACE_S)).add(Stretch(), middle, Stretch(2))

    def show_sending(self, text: str, *, is_kept: bool) -> None:
        """Shows that an application is on its way, and from when on it cannot be lost."""
        points = (texts.SENDING_SAVED,) if is_kept else ()
        self._show(Outcome("info", "send", texts.SENDING_TITLE, text, points=points, actions=()))
        self._bar.setRange(0, 0)
        self._bar.setVisible(True)

    def show_countdown(self, left_s: float, total_s: float) -> None:
        """It may still be stopped, and the finger that has sent is where it can be."""
        self.title.setText(texts.SENDING_SOON_TITLE)
        self._bar.setVisible(False)
        self.countdown.count(left_s, total_s)
        self.countdown.take_focus()

    def show_progress(self, text: str) -> None:
        """Changes the sentence while an application is on its way."""
        self.title.setText(texts.SENDING_TITLE)
        self.lead.setText(text)
        self.countdown.stop()
        self._bar.setVisible(True)

    def show_outcome(self, outcome: Outcome) -> None:
        """Shows what became of it."""
        self.stop()
        self._show(outcome)
        announce(self, f"{outcome.title} {outcome.receipt_number} {outcome.lead}")
        if outcome.actions:
            self._buttons[outcome.actions[0]].setFocus(Qt.FocusReason.OtherFocusReason)

    def copy_receipt(self) -> None:
        copy_rows([[self._receipt_number]])
        self.copied.setVisible(True)

    def stop(self) -> None:
        """Ends what moves: an endless bar keeps a timer."""
        self._bar.setRange(0, 1)
        self._bar.setVisible(False)
        self.countdown.stop()

    def _show(self, outcome: Outcome) -> None:
        self._receipt_number = outcome.receipt_number
        colour = COLOUR_OF_TONE[outcome.tone]
        self._picture.show_icon(outcome.icon, colour)
        self.title.setText(outcome.title)
        self.title.set_tone("" if outcome.tone == "info" else colour)
        self.lead.setText(outcome.lead)
        self.lead.setVisible(bool(outcome.lead))
        self.receipt.setText(outcome.receipt_number)
        for widget in (self._receipt_label, self.receipt):
            widget.setVisible(bool(outcome.receipt_number))
        self.copied.setVisible(False)
        self.points.show_lines([f"・{point}" for point in outcome.points])
        self._words_title.setText(outcome.words_title)
        self._words_title.setVisible(bool(outcome.words_title))
        self.words.show_lines(outcome.words.split("\n") if outcome.words else ())
        self._words_box.setVisible(bool(outcome.words))
        while self._button_row.count():
            self._button_row.takeAt(0)
        for button in self._buttons.values():
            button.setVisible(False)
        for place, action in enumerate(outcome.actions):
            button = self._buttons[action]
            set_tone(button, "kind", "primary" if place == 0 else "")
            if action in _ACTION_ICONS:
                self._icons.put(button, _ACTION_ICONS[action], "on_accent" if place == 0 else "text")
            button.setVisible(True)
            self._button_row.addWidget(button)
        self._button_row.addStretch(1)

    def _on_action_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.action_requested.emit(Action(button.property("action")))
