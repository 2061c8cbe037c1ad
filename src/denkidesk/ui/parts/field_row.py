"""One row of a form: label, editor, and one line below it for the hint, the caution or the error."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QSizePolicy, QWidget

from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.picture import Picture
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.strip import announce
from denkidesk.ui.parts.theme import CONTROL_HEIGHT, SPACE_L, SPACE_S, SPACE_XS, set_tone

LABEL_WIDTH = 184
_ERROR_ICON_SIZE = 14


class FieldRow(QWidget):
    """A labelled editor. The error says in words what is wrong, with a mark and an edge in the colour of errors.

    The line below the editor is always there: a word that comes as a field is left moves nothing that is being pressed.
    """

    def __init__(
        self,
        icons: Icons,
        label: str,
        editor: QWidget,
        *,
        hint: str = "",
        required_text: str = "",
        label_width: int = LABEL_WIDTH,
        widest: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self._hint_text, self._hint_tone = hint, "muted"
        self._caution_text = ""
        self.error = ""
        if isinstance(editor, QAbstractSpinBox):
            indent_spin_box(editor)
        name = PlainLabel(label, self, wrap=True)
        name.setBuddy(editor)
        self._required = PlainLabel(required_text, self, tone="error", scale=0.85)
        self._required.setVisible(bool(required_text))
        self._hint = PlainLabel("あ", self, tone="muted", scale=0.9, wrap=True, selectable=True)
        self._hint.setMinimumHeight(max(self._hint.sizeHint().height(), _ERROR_ICON_SIZE))
        self._hint.setText(hint)
        self._hint.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes from editor to editor
        self._mark = Picture(icons, "error", "error", _ERROR_ICON_SIZE, self)
        self._mark.setVisible(False)
        name_side = QWidget(self)
        name_side.setFixedWidth(label_width)
        self._name_words(HBox(name_side, margins=0, spacing=SPACE_XS), name)
        name_side.setMinimumHeight(CONTROL_HEIGHT)
        self._arrange(name_side, widest)
        self.setFocusProxy(editor)
        editor.setAccessibleName(f"{label}、{required_text}" if required_text else label)
        editor.setAccessibleDescription(hint)

    def _name_words(self, row: HBox, name: PlainLabel) -> None:
        row.add((name, 1), (self._required, 0))

    def _arrange(self, name_side: QWidget, widest: int) -> None:
        below = HBox(spacing=SPACE_XS + 2).add((self._mark, 0, Qt.AlignmentFlag.AlignTop), (self._hint, 1))
        editor = self.editor
        if widest:
            editor.setMaximumWidth(widest)
        editor_side = VBox(margins=0, spacing=SPACE_XS).add(HBox().add((editor, widest), Stretch()) if widest else editor, below)
        HBox(self, margins=0, spacing=SPACE_L).add((name_side, 0, Qt.AlignmentFlag.AlignTop), (editor_side, 1))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    @property
    def caution(self) -> str:
        """What is unusual about the value; empty if nothing, or if there is an error."""
        return "" if self.error else self._caution_text

    def set_error(self, text: str) -> None:
        """Shows an error, or takes it away with an empty text."""
        if text == self.error:
            return
        self.error = text
        self._show_line()
        mark = getattr(self.editor, "show_fault", None)  # an editor of several parts marks the right one itself
        if mark is not None:
            mark(bool(text))
        else:
            set_tone(self.editor, "fault", "yes" if text else "no")
        if text:
            announce(self.editor, text)

    def set_hint(self, text: str, tone: str = "muted") -> None:
        """Changes the quiet line: what is expected here, or what was changed in what was typed."""
        self._hint_text, self._hint_tone = text, tone
        self._show_line()

    def set_caution(self, text: str) -> None:
        """Says what is unusual about a value that may be sent, or takes it away with an empty text."""
        self._caution_text = text
        self._show_line()

    def _show_line(self) -> None:
        tone = "error" if self.error else "warn" if self._caution_text else self._hint_tone
        self._mark.setVisible(tone == "error")
        self._hint.set_tone(tone)
        self._hint.setText(self.error or "　".join(part for part in (self._hint_text, self._caution_text) if part))
        self.editor.setAccessibleDescription(" ".join(part for part in (self.error, self._caution_text, self._hint_text) if part))


def indent_spin_box(editor: QAbstractSpinBox) -> None:
    """Moves the text off the edge: a style sheet's padding does not reach the line inside a spin box."""
    line = editor.findChild(QLineEdit)
    if line is not None:
        line.setTextMargins(SPACE_S - 2, 0, 0, 0)
