"""One application in the pane: who and where, the pages about it, the acts at the foot; or how many rows are chosen, with the same acts."""

from collections.abc import Sequence
from functools import cached_property
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QPushButton, QWidget

from denkidesk.domain.applications import ApplicationKind
from denkidesk.domain.supply_point import grouped
from denkidesk.texts import inbox as texts
from denkidesk.texts import inbox_acts as words
from denkidesk.texts import shortcuts
from denkidesk.texts.names import kind_name
from denkidesk.ui.context import UiContext
from denkidesk.ui.inbox.act_table import FOOT, RowAct
from denkidesk.ui.inbox.detail_pages import DetailPages
from denkidesk.ui.inbox.details import Detail
from denkidesk.ui.inbox.note_editor import NoteEditor
from denkidesk.ui.inbox.rows import STAGE, Row
from denkidesk.ui.parts.act_button import ActButton
from denkidesk.ui.parts.badge import Badge
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.item_icons import KIND_ICONS, KIND_TONES
from denkidesk.ui.parts.picture import Picture
from denkidesk.ui.parts.plain import PlainLabel, set_tip
from denkidesk.ui.parts.theme import ICON_SIZE, SPACE_L, SPACE_S, SPACE_XS, set_tone

_ACT: Final = "act"
_LOW: Final = 480  # pixels: lower, and there is no room for pages and editor
_WIDE: Final = 560  # pixels: so wide, and what stands one below the other stands side by side
_ACTS_IN_A_ROW: Final = (6, 3, 2, 1)


class ApplicationView(QWidget):
    """Says by one signal what is wished; the acts stay where they are, whatever is shown above them."""

    act_requested = Signal(object)  # RowAct

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._head = _Head(context, self)
        self._head.copy.clicked.connect(self._on_copy)
        self.back = self._head.back
        self.pages = DetailPages(context, self)
        self._several = PlainLabel("", self, tone="muted", wrap=True)
        self._several.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._acts = {line.act: ActButton(line.word, line.shortcut, self) for line in FOOT}
        for line in FOOT:
            button = self._acts[line.act]
            button.setProperty(_ACT, line.act.value)
            button.clicked.connect(self._on_act)
        self._foot = QGridLayout()
        self._foot.setContentsMargins(0, SPACE_S, 0, 0)
        self._foot.setSpacing(SPACE_S)
        self._columns = 0
        self._shown: QWidget = self.pages
        self._is_crowded = self._is_low = False
        self._layout = VBox(self, margins=(SPACE_L, SPACE_S, SPACE_L, SPACE_L), spacing=SPACE_XS)
        self._layout.add(self._head, (self.pages, 1), (self._several, 1), Stretch(0), self._foot)

    @cached_property
    def editor(self) -> NoteEditor:
        """The editor for notes; it stands above the acts."""
        editor = NoteEditor(self)
        self._layout.insertWidget(self._layout.count() - 2, editor)
        editor.opened.connect(self._make_room)
        editor.closed.connect(self._make_room)
        return editor

    @property
    def acts(self) -> tuple[ActButton, ...]:
        """What stands at the foot, in its order."""
        return tuple(self._acts.values())

    def show_several(self, count: int, kinds: Sequence[tuple[ApplicationKind | None, int]]) -> None:
        """Several rows are chosen; of which kinds, where that is known."""
        self._head.show_words(words.SEVERAL.format(count=f"{count:,}"))
        said = words.kinds(kinds)
        parts = (words.SEVERAL_KINDS.format(kinds=said) if said else "", words.SEVERAL_TEXT.format(count=f"{count:,}"))
        self._several.setText("\n\n".join(part for part in parts if part))
        self._turn(several=True)

    def show_detail(self, detail: Detail, seen_to: int, *, same: bool) -> None:
        """Shows one application; what came after ``seen_to`` is new. ``same``: the one that stands there already."""
        self._head.show_detail(detail, has_moved=detail.moved is not None and detail.moved.number > seen_to)
        self.pages.show_detail(detail, seen_to, same=same)
        self._turn(several=False)

    def show_coming(self, row: Row) -> None:
        """What the list knows, until the rest comes."""
        self._head.show_row(row)
        self.pages.show_coming()
        self._turn(several=False)

    def set_fetching(self, fetching: bool) -> None:
        """Whether the status is being fetched just now."""
        fetch = self._acts[RowAct.FETCH]
        fetch.setEnabled(not fetching)
        fetch.setText(words.FETCHING if fetching else words.FETCH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many acts side by side as there is room for: two beside the list, more where the pane has its place; lower where it is low."""
        super().resizeEvent(event)
        self._make_low(self.height() < _LOW)
        widest = max(act.sizeHint().width() for act in self.acts) + SPACE_S
        columns = next((count for count in _ACTS_IN_A_ROW if count * widest <= self.width() - 2 * SPACE_L + SPACE_S), 1)
        if columns == self._columns:
            return
        self._columns = columns
        for place, act in enumerate(self.acts):
            self._foot.removeWidget(act)
            self._foot.addWidget(act, place // columns, place % columns)
        for column in range(len(self.acts)):
            self._foot.setColumnStretch(column, int(column < columns))

    def _make_low(self, low: bool) -> None:
        if low is self._is_low:
            return
        self._is_low = low
        self._layout.setContentsMargins(SPACE_L, 0 if low else SPACE_S, SPACE_L, SPACE_S if low else SPACE_L)
        self._foot.setContentsMargins(0, SPACE_XS if low else SPACE_S, 0, 0)
        self._foot.setVerticalSpacing(SPACE_XS if low else SPACE_S)
        self._layout.setSpacing(0 if low else SPACE_XS)
        for button in (*self.acts, self.back, self._head.copy):
            set_tone(button, "small", "yes" if low else "")

    def _make_room(self) -> None:
        """In a low window the editor has the place of what it is about: it is closed with one key."""
        self._is_crowded = self.editor.isVisible() and self.height() < _LOW
        for part in (*self.acts, self._shown):
            part.setVisible(not self._is_crowded)

    def _on_act(self) -> None:
        self.act_requested.emit(RowAct(self.sender().property(_ACT)))

    def _on_copy(self) -> None:
        self.act_requested.emit(RowAct.COPY_NUMBER)

    def _turn(self, *, several: bool) -> None:
        self._shown = self._several if several else self.pages
        for part in (self.pages, self._several):
            part.setVisible(part is self._shown and not self._is_crowded)


class _Head(QWidget):
    """Who, where, and who acts next."""

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = Picture(context.icons, "note", "muted", ICON_SIZE, self)
        self._kind = PlainLabel("", self, bold=True)
        self._selection = PlainLabel("", self, tone="muted", wrap=True)
        self._receipt = PlainLabel("", self, selectable=True)
        self.copy = QPushButton(self)
        self.copy.setProperty("kind", "quiet")
        self.copy.setAccessibleName(words.COPY_NUMBER)
        set_tip(self.copy, words.key_tip(words.COPY_NUMBER, shortcuts.COPY_RECEIPT))
        context.icons.put(self.copy, "copy", "accent")
        self._title = PlainLabel("", self, scale=1.6, bold=True, wrap=True, selectable=True)
        self._address = PlainLabel("", self, wrap=True, selectable=True)
        self._point = PlainLabel("", self, tone="muted", wrap=True, selectable=True)
        self._stage = Badge(context.theme, parent=self)
        self._next = PlainLabel("", self, tone="muted", wrap=True)
        self._tags = PlainLabel("", self, tone="accent", wrap=True)
        self._follow_up = PlainLabel("", self, wrap=True)
        self.back = QPushButton(texts.BACK_TO_LIST, self)
        self.back.setProperty("kind", "quiet")
        set_tip(self.back, shortcuts.ESCAPE.label)
        context.icons.put(self.back, "arrow-left", "accent")
        self._first = HBox(margins=0, spacing=SPACE_S).add(
            self.back, self._icon, self._kind, (self._selection, 1), self._receipt, self.copy
        )
        self._place = HBox(margins=0, spacing=SPACE_XS).add(self._address, self._point)
        self._own = HBox(margins=0, spacing=SPACE_XS).add(self._tags, self._follow_up)
        state = HBox(margins=(0, SPACE_XS, 0, 0), spacing=SPACE_S).add((self._stage, 0, Qt.AlignmentFlag.AlignLeft), (self._next, 1))
        self._state = HBox(margins=0, spacing=SPACE_XS).add((state, 1), (self._own, 1))
        VBox(self, margins=0, spacing=SPACE_XS).add(self._first, self._title, self._place, self._state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wide and low pane shows side by side what a narrow one shows one below the other."""
        super().resizeEvent(event)
        ways = QBoxLayout.Direction
        for box in (self._place, self._own, self._state):
            box.setDirection(ways.LeftToRight if self.width() >= _WIDE else ways.TopToBottom)

    def show_words(self, title: str) -> None:
        """One line alone."""
        _say(self._title, title)
        of_one = (self._icon, self._kind, self._selection, self._receipt, self.copy, self._stage)
        for part in (*of_one, self._address, self._point, self._next, self._tags, self._follow_up):
            part.hide()

    def show_row(self, row: Row) -> None:
        """What the list knows."""
        entry = row.entry
        tone = KIND_TONES[entry.kind]
        self._icon.show_icon(KIND_ICONS[entry.kind], tone)
        self._kind.set_tone(tone)
        self._kind.setText(kind_name(entry.kind))
        self._selection.setText("")
        self._receipt.setText(row.receipt_number)
        self._stage.show_word(row.cells[STAGE], "warn" if entry.previous_stage else "muted")
        for part in (self._icon, self._kind, self._selection, self._receipt, self.copy, self._stage):
            part.show()
        for label, text in ((self._title, row.receipt_number), (self._point, grouped(entry.listed.supply_point_number))):
            _say(label, text)
        for label in (self._address, self._next, self._tags, self._follow_up):
            _say(label, "")

    def show_detail(self, detail: Detail, *, has_moved: bool) -> None:
        """All that is known."""
        head = detail.head
        self.show_row(detail.row)
        self._selection.setText(head.selection)
        # The word before stands in the course; here it says that the stage moved since the clerk looked last.
        self._stage.show_word(detail.row.cells[STAGE], "warn" if has_moved else "muted")
        self._follow_up.set_tone("warn" if head.is_due else "muted")
        for label, text in (
            (self._title, words.NAME.format(name=head.name) if head.name else words.NAME_UNKNOWN),
            (self._address, head.address),
            (self._next, head.next_to_act),
            (self._tags, head.tags),
            (self._follow_up, head.follow_up),
        ):
            _say(label, text)


def _say(label: PlainLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
