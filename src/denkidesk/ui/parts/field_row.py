"""One row of a form: label, editor, and one line below it for the hint, the caution or the error."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from denkidesk.ui.parts.icons import Icons
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
        self._hint_text = hint
        self._caution_text = ""
        self._error_text = ""
        if isinstance(editor, QAbstractSpinBox):
            indent_spin_box(editor)
        self._label = PlainLabel(label, self, wrap=True)
        self._label.setBuddy(editor)
        self._required = PlainLabel(required_text, self, tone="error", scale=0.85)
        self._required.setVisible(bool(required_text))
        self._hint = PlainLabel("あ", self, tone="muted", scale=0.9, wrap=True, selectable=True)
        self._hint.setMinimumHeight(max(self._hint.sizeHint().height(), _ERROR_ICON_SIZE))
        self._hint.setText(hint)
        self._hint.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes from editor to editor
        self._mark = QLabel(self)
        self._icons = icons
        icons.changed.connect(self._draw_mark)
        self._draw_mark()
        self._mark.setVisible(False)
        below = QHBoxLayout()
        below.setSpacing(SPACE_XS + 2)
        below.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._hint, 1)

        name_side = QWidget(self)
        name_side.setFixedWidth(label_width)
        name_layout = QHBoxLayout(name_side)
        name_layout.setContentsMargins(0, 0, 0, 0)
        name_layout.setSpacing(SPACE_XS)
        name_layout.addWidget(self._label, 1)
        name_layout.addWidget(self._required, 0)
        name_side.setMinimumHeight(CONTROL_HEIGHT)

        editor_side = QVBoxLayout()
        editor_side.setContentsMargins(0, 0, 0, 0)
        editor_side.setSpacing(SPACE_XS)
        if widest:
            editor.setMaximumWidth(widest)
            beside = QHBoxLayout()
            beside.addWidget(editor, widest)
            beside.addStretch(1)
            editor_side.addLayout(beside)
        else:
            editor_side.addWidget(editor)
        editor_side.addLayout(below)

        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_L)
        layout.addWidget(name_side, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(editor_side, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setFocusProxy(editor)
        editor.setAccessibleName(label)
        editor.setAccessibleDescription(hint)

    @property
    def error(self) -> str:
        """What stands below the editor as its error; empty if it has none."""
        return self._error_text

    @property
    def caution(self) -> str:
        """What is unusual about the value; empty if nothing, or if there is an error."""
        return "" if self._error_text else self._caution_text

    def set_error(self, text: str) -> None:
        """Shows an error, or takes it away with an empty text."""
        if text == self._error_text:
            return
        self._error_text = text
        self._show_line()
        mark = getattr(self.editor, "show_fault", None)  # an editor of several parts marks the right one itself
        if mark is not None:
            mark(bool(text))
        else:
            set_tone(self.editor, "fault", "yes" if text else "no")
        if text:
            announce(self.editor, text)

    def set_hint(self, text: str) -> None:
        """Changes the quiet line: what is expected here, or what was changed in what was typed."""
        self._hint_text = text
        self._show_line()

    def set_caution(self, text: str) -> None:
        """Says what is unusual about a value that may be sent, or takes it away with an empty text."""
        self._caution_text = text
        self._show_line()

    def _show_line(self) -> None:
        tone = "error" if self._error_text else "warn" if self._caution_text else "muted"
        self._mark.setVisible(tone == "error")
        self._hint.set_tone(tone)
        self._hint.setText(self._error_text or "　".join(part for part in (self._hint_text, self._caution_text) if part))
        self.editor.setAccessibleDescription(" ".join(part for part in (self._error_text, self._caution_text, self._hint_text) if part))

    def _draw_mark(self) -> None:
        self._mark.setPixmap(self._icons.pixmap("error", "error", _ERROR_ICON_SIZE, self.devicePixelRatioF()))

    def set_label(self, text: str) -> None:
        """Changes the label."""
        self._label.setText(text)
        self.editor.setAccessibleName(text)


def indent_spin_box(editor: QAbstractSpinBox) -> None:
    """Moves the text off the edge: a style sheet's padding does not reach the line inside a spin box."""
    line = editor.findChild(QLineEdit)
    if line is not None:
        line.setTextMargins(SPACE_S - 2, 0, 0, 0)
