"""A row of a form that has to be in sight as a whole: what is said of a field stands in the editor itself while there is room for it."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from denkidesk.texts.apply import OPTIONAL, REQUIRED_NAME
from denkidesk.ui.apply.editors import ChipsEditor
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.field_row import FieldRow
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.picture import Picture
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.refit import Refitted
from denkidesk.ui.parts.theme import SPACE_M, SPACE_S, SPACE_XS

LABEL_WIDTH: Final = 128
QUESTION_WIDTH: Final = 176
_SIGN: Final = 14
_SIGNS: Final = {"error": "error", "warn": "warning", "ok": "check-circle"}


class CompactRow(Refitted, FieldRow):
    """Required is the rule; only what may be left out is marked. The line below comes with a sentence that is too long for the editor."""

    def __init__(
        self,
        icons: Icons,
        label: str,
        editor: QWidget,
        *,
        hint: str = "",
        required: bool = True,
        asks: bool = False,
        label_width: int = LABEL_WIDTH,
        parent: QWidget | None = None,
    ) -> None:
        self._icons = icons
        self._example = hint
        self._label = label
        self._label_width = label_width
        marked = "" if required or asks else OPTIONAL  # that a question may stay open needs no word
        super().__init__(icons, label, editor, required_text=marked, label_width=label_width, parent=parent)
        self._required.set_tone("muted")
        self._name_editor(required)
        editor.setAccessibleDescription(hint)
        if isinstance(editor, QLineEdit | QPlainTextEdit):
            editor.setPlaceholderText(hint)
        self._show_line()

    def set_required(self, required: bool) -> None:
        """Another value of the form decides whether this one may be left out."""
        self._required.setText("" if required else OPTIONAL)
        self._required.setVisible(not required)
        self._name_editor(required)

    def _name_editor(self, required: bool) -> None:
        self.editor.setAccessibleName(REQUIRED_NAME.format(label=self._label) if required else self._label)

    def _name_words(self, row: HBox, name: PlainLabel) -> None:
        fits = name.fontMetrics().horizontalAdvance(name.text()) + self._required.sizeHint().width() + SPACE_S <= self._label_width
        name.setWordWrap(not fits)
        row.add((name, 0 if fits else 1), self._required, *([Stretch()] if fits else []))

    def _arrange(self, name_side: QWidget, _widest: int) -> None:
        self._sign = Picture(self._icons, "check-circle", "ok", _SIGN, self)
        self._inside = PlainLabel("", self, tone="muted", scale=0.9)
        self._inside.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._sign.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._below = QWidget(self)
        HBox(self._below, margins=0, spacing=SPACE_XS + 2).add((self._mark, 0, Qt.AlignmentFlag.AlignTop), (self._hint, 1))
        editor = self.editor
        lines = VBox(margins=0, spacing=SPACE_XS)
        words = HBox(spacing=SPACE_XS, margins=(SPACE_S, 0, SPACE_M, 0)).add(Stretch(), self._sign, self._inside)
        if isinstance(editor, QLineEdit):
            editor.setLayout(words)
            lines.add(editor)
        elif isinstance(editor, ChipsEditor):
            words.setContentsMargins(0, 0, 0, 0)
            lines.add(HBox(spacing=SPACE_S).add(editor, (words, 1)))
        else:
            lines.add(editor)
        lines.add(self._below)
        HBox(self, margins=0, spacing=0).add((name_side, 0, Qt.AlignmentFlag.AlignTop), (lines, 1))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _show_line(self) -> None:
        super()._show_line()
        if self.editor.accessibleDescription() == "":
            self.editor.setAccessibleDescription(self._example)
        tone = "error" if self.error else "warn" if self._caution_text else self._hint_tone
        self._inside.set_tone(tone)
        if tone in _SIGNS:
            self._sign.show_icon(_SIGNS[tone], tone)
        self.refit()

    def _fit(self) -> None:
        """Beside what is typed or chosen where there is room for both; else below."""
        text = self._hint.text()
        has_sign = bool(self.error or self.caution) or self._hint_tone in _SIGNS
        width = self._inside.fontMetrics().horizontalAdvance(text) + (_SIGN + SPACE_XS) * has_sign
        fits = bool(text) and width <= self._room()
        self._inside.setText(text if fits else "")
        self._inside.setVisible(fits)
        self._sign.setVisible(fits and has_sign)
        self._below.setVisible(bool(text) and not fits)
        if isinstance(self.editor, QLineEdit):
            self.editor.setTextMargins(0, 0, width + SPACE_S if fits else 0, 0)

    def _room(self) -> int:
        """What is free of the editor's line."""
        editor = self.editor
        if isinstance(editor, QLineEdit):
            return editor.width() - editor.fontMetrics().horizontalAdvance(editor.text()) - 3 * SPACE_M
        if isinstance(editor, ChipsEditor):
            return self.width() - self._label_width - editor.sizeHint().width() - 2 * SPACE_S
        return 0
