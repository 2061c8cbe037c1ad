"""The card of an accepted application: it stays until the clerk closes it, and changes the clipboard only when asked."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QWidget

from denkidesk.domain.applications import ApplicationKind, OutboxItem
from denkidesk.texts import receipt as texts
from denkidesk.texts import shortcuts
from denkidesk.texts.apply import ACCEPTED_TITLE
from denkidesk.ui.parts.boxes import Gap, HBox, Stretch, VBox
from denkidesk.ui.parts.clipboard import copy_rows
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.flow import Flow
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.key_binding import bind
from denkidesk.ui.parts.lines import Lines
from denkidesk.ui.parts.pairs import Pairs
from denkidesk.ui.parts.picture import Picture
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.strip import announce
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XL

_ICON: Final = 28
_NUMBER_SCALE: Final = 2.4  # 24 pt
_ASIDE_WIDTH: Final = 264
_WIDTH: Final = 880
_TWO_COLUMNS: Final = 820
_ALL_THE_ROOM: Final = 1000  # up to its greatest width, of what both margins leave


class ReceiptPage(QWidget):
    """The cursor is on the card itself, where Enter does nothing; every act has a key of its own."""

    next_requested = Signal(object)  # a kind
    inbox_requested = Signal(str)  # receipt number
    save_requested = Signal()
    closed = Signal()

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item: OutboxItem | None = None
        self.card = QFrame(self)
        self.card.setProperty("kind", "card")
        self.card.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        page = FittedPage(self.card)
        body = QWidget(page)
        self.title = PlainLabel(ACCEPTED_TITLE, body, tone="ok", scale=1.6, bold=True)
        self.number = PlainLabel("", body, scale=_NUMBER_SCALE, bold=True, selectable=True)
        self.number.setWordWrap(True)
        self.copy_button = self._button(icons, texts.COPY, "copy", body, self.copy_number)
        self.pairs = Pairs(body)
        main = VBox(margins=SPACE_XL, spacing=SPACE_M).add(
            HBox(spacing=SPACE_M).add(Picture(icons, "check-circle", "ok", _ICON, body), (self.title, 1)),
            PlainLabel(texts.NUMBER, body, tone="muted"),
            HBox(spacing=SPACE_L).add(self.number, (self.copy_button, 0, Qt.AlignmentFlag.AlignVCenter), Stretch()),
            self.pairs,
            Stretch(),
        )
        aside = QWidget(body)
        aside.setMinimumWidth(_ASIDE_WIDTH)
        self.sentences = Lines(aside)
        self.told = PlainLabel("", aside, tone="muted", scale=0.9, wrap=True)
        left = Qt.AlignmentFlag.AlignLeft
        VBox(aside, margins=SPACE_XL, spacing=SPACE_S).add(
            PlainLabel(texts.TO_CUSTOMER, aside, scale=1.2, bold=True),
            self.sentences,
            (self._button(icons, texts.COPY_TEXT, "copy", aside, self.copy_sentence), 0, left),
            Gap(SPACE_L),
            PlainLabel(texts.PAPER, aside, scale=1.2, bold=True),
            PlainLabel(texts.PAPER_HINT, aside, tone="muted", scale=0.9, wrap=True),
            (self._button(icons, texts.SAVE, "save", aside, self._on_save), 0, left),
            Stretch(),
            self.told,
        )
        self._columns = HBox(body, margins=0, spacing=0).add((main, 1), aside)
        page.set_body(body)
        VBox(self.card, margins=1).add(page)
        foot = Flow(SPACE_M).add(
            self._button(icons, texts.NEXT_OUTAGE, "outage", self, self._on_next_outage),
            self._button(icons, texts.IN_INBOX, "inbox", self, self._on_inbox),
            self._button(icons, texts.CLOSE, "", self, self.closed),
        )
        hint = PlainLabel(texts.STAYS, self, tone="muted", scale=0.9, wrap=True)
        middle = QWidget(self)
        middle.setMaximumWidth(_WIDTH)
        VBox(middle, margins=0, spacing=SPACE_M).add((self.card, 1), HBox(spacing=SPACE_M).add((hint, 1), foot))
        row = HBox().add(Stretch(), (middle, _ALL_THE_ROOM), Stretch())
        VBox(self, margins=(SPACE_XL, SPACE_S, SPACE_XL, SPACE_S)).add((row, 1))
        for shortcut, slot in (
            (shortcuts.COPY_NUMBER, self.copy_number),
            (shortcuts.COPY_SENTENCE, self.copy_sentence),
            (shortcuts.SAVE_RECEIPT, self._on_save),
            (shortcuts.RECEIPT_IN_INBOX, self._on_inbox),
            (shortcuts.CLOSE_RECEIPT, self._on_close),
        ):
            bind(shortcut, self, slot, auto_repeat=False)

    def show_receipt(self, item: OutboxItem, rows: Sequence[tuple[str, str]]) -> None:
        """Shows an accepted item with all that was sent and answered."""
        if self.item is None or self.item.item_id != item.item_id:
            self.told.setText(texts.NOT_COPIED)
        self.item = item
        self.number.setText(item.receipt_number)
        self.sentences.show_lines(texts.sentences(item.application, item.receipt_number))
        self.pairs.show_pairs(rows)

    def take_focus(self) -> None:
        """The card has the cursor: a key that is still being pressed closes nothing."""
        self.card.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.item is not None:
            announce(self.card, texts.spoken(self.item.receipt_number))

    def copy_number(self) -> None:
        """Puts the number on the clipboard."""
        self._copy(self.number.text(), texts.NUMBER)

    def copy_sentence(self) -> None:
        """Puts what is for the customer on the clipboard."""
        self._copy(self.sentences.text().replace("\n", ""), texts.TO_CUSTOMER)

    def say_saved(self, name: str) -> None:
        """The paper is where the clerk wanted it."""
        self.told.setText(texts.SAVED.format(name=name))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room beside it, what is for the customer stands below."""
        super().resizeEvent(event)
        is_wide = self.width() >= _TWO_COLUMNS
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)

    def _button(self, icons: Icons, text: str, icon: str, parent: QWidget, slot: Callable[[], object] | SignalInstance) -> QPushButton:
        button = QPushButton(text, parent)
        if icon:
            icons.put(button, icon)
        button.clicked.connect(slot)
        return button

    def _copy(self, text: str, what: str) -> None:
        copy_rows([[text]])
        self.told.setText(texts.COPIED.format(what=what))
        announce(self.card, self.told.text())

    def _on_next_outage(self) -> None:
        self.next_requested.emit(ApplicationKind.OUTAGE)

    def _on_save(self) -> None:
        self.save_requested.emit()

    def _on_inbox(self) -> None:
        if self.item is not None:
            self.inbox_requested.emit(self.item.receipt_number)

    def _on_close(self) -> None:
        self.closed.emit()
