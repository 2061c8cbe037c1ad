"""The editor in the pane: a note, tags, or the day to look again, for the row or the rows that were chosen when it was opened."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QStackedLayout, QWidget

from denkidesk.desk.inbox_acts import Act, Chosen
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.name_folding import folded
from denkidesk.forms.dates import parse_date
from denkidesk.texts import dates, shortcuts
from denkidesk.texts import inbox_acts as words
from denkidesk.ui.apply.editors import LineEditor, MultilineEditor
from denkidesk.ui.parts.act_button import ActButton
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.key_binding import bind, is_pressed
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.strip import announce
from denkidesk.ui.parts.theme import SPACE_S, SPACE_XS, set_tone

_TITLES: Final = {
    Act.NOTE: (words.EDIT_NOTE, words.EDIT_NOTE_MANY),
    Act.TAG: (words.EDIT_TAGS, words.EDIT_TAGS_MANY),
    Act.FOLLOW_UP: (words.EDIT_FOLLOW_UP, words.EDIT_FOLLOW_UP_MANY),
}
_HINTS: Final = {Act.NOTE: words.NOTE_HINT, Act.TAG: words.TAGS_HINT, Act.FOLLOW_UP: words.FOLLOW_UP_HINT}


class NoteEditor(QFrame):
    """Hidden until it is opened. What is typed is for those rows alone, whatever is chosen meanwhile; Esc lets it go."""

    kept = Signal(object, object, object)  # Act, Chosen, and the text, or the day or None
    opened = Signal()
    closed = Signal()  # kept or not

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._act = Act.NOTE
        self._known: tuple[str, ...] = ()  # tags that were used before, the one used most first
        self.chosen = Chosen()
        self._today = date.min
        self.setProperty("strip", "info")
        self._title = PlainLabel("", self, bold=True, wrap=True)
        self.text = MultilineEditor(self)
        self.line = LineEditor(self)
        self._editors = QWidget(self)
        self._stack = QStackedLayout(self._editors)
        self._stack.addWidget(self.text)
        self._stack.addWidget(self.line)
        self._says = PlainLabel("", self, tone="muted", scale=0.9, wrap=True)
        keep = ActButton(words.SAVE_NOTE, shortcuts.KEEP_NOTE, self)
        cancel = ActButton(words.CANCEL, shortcuts.ESCAPE, self)
        cancel.setAutoDefault(False)
        keep.clicked.connect(self._keep)
        cancel.clicked.connect(self.close_editor)
        self.line.advanced.connect(self._keep)
        self.line.edited.connect(self._on_edited)
        self.line.installEventFilter(self)
        bind(shortcuts.KEEP_NOTE, self, self._keep)
        VBox(self, margins=SPACE_S, spacing=SPACE_XS).add(
            self._title, self._editors, self._says, HBox(spacing=SPACE_S).add(Stretch(), keep, cancel)
        )
        self.hide()

    def open_for(self, act: Act, chosen: Chosen, value: str, today: date) -> None:
        """Opens for some rows; ``value``: what stands there already, where it is one row alone."""
        self._act, self.chosen, self._today = act, chosen, today
        one, many = _TITLES[act]
        title = one if chosen.count == 1 else many.format(count=f"{chosen.count:,}")
        self._title.setText(title)
        editor = self.text if act is Act.NOTE else self.line
        editor.setPlaceholderText(_HINTS[act])
        editor.setAccessibleName(title)
        editor.set_value(value)
        self._stack.setCurrentWidget(editor)
        self._editors.setFixedHeight(editor.sizeHint().height() if editor is self.line else editor.height())
        self._known = ()
        self._say("")
        self.show()
        self.opened.emit()
        editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()
        if act is Act.FOLLOW_UP:
            self._on_edited()

    def offer_tags(self, tags: Sequence[str]) -> None:
        """The tags that were used before."""
        self._known = tuple(tags)
        if self._act is Act.TAG and self.isVisible():
            self._say_tags()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Right of what is typed stands the tag that it begins."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and is_pressed(shortcuts.TAKE_TAG, event)
            and self._act is Act.TAG
            and self.line.cursorPosition() == len(self.line.text())
            and (fits := self._fitting())
        ):
            begun = self.line.text().split()[-1]
            self.line.set_value(f"{self.line.text().removesuffix(begun)}{fits[0]} ")
            self._on_edited()
            return True
        return super().eventFilter(watched, event)

    def _fitting(self) -> list[str]:
        """The tags that the last word may become; none where no word is begun."""
        text = self.line.text()
        typed = text.split()
        if not typed or text[-1].isspace():
            return []
        begun = folded(typed[-1])
        return [tag for tag in self._known if tag not in typed and folded(tag).startswith(begun)]

    def _say_tags(self) -> None:
        typed, fits = self.line.text().split(), self._fitting()
        if fits:
            says = words.TAGS_FIT if fits[1:] else words.TAG_FITS
            self._say(says.format(tag=fits[0], others="　".join(fits[1:])))
        else:
            left = [tag for tag in self._known if tag not in typed]
            self._say(words.TAGS_KNOWN.format(tags="　".join(left)) if left else "")

    def close_editor(self) -> None:
        """Closes it; what was typed is gone."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it and goes no further."""
        if is_pressed(shortcuts.ESCAPE, event):
            self.close_editor()
        else:
            event.accept()  # Space and Enter mean nothing to the pane behind

    def _keep(self) -> None:
        value: object = self.text.value() if self._act is Act.NOTE else self.line.value()
        if self._act is Act.FOLLOW_UP:
            try:
                value = self._day()
            except InputRefused as refused:
                from denkidesk.texts.errors import fault_text

                self._say(fault_text(refused.faults[0]), "error")
                set_tone(self.line, "fault", "yes")
                announce(self, self._says.text())
                return
        self.kept.emit(self._act, self.chosen, value)
        self.close_editor()

    def _day(self) -> date | None:
        typed = self.line.value().strip()
        return parse_date(typed, self._today, "follow_up_on") if typed else None

    def _on_edited(self) -> None:
        set_tone(self.line, "fault", "")
        if self._act is Act.TAG:
            self._say_tags()
        elif self._act is Act.FOLLOW_UP:
            try:
                day = self._day()
            except InputRefused:
                day = None
            self._say(dates.full_day(day) if day else "")

    def _say(self, text: str, tone: str = "muted") -> None:
        self._says.set_tone(tone)
        self._says.setText(text)
        self._says.setVisible(bool(text))
