"""What a screen reader could not say of a window, and what no key leads to."""

import re
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QScrollBar,
    QTabBar,
    QWidget,
)

from denkidesk.texts.apply import REQUIRED_MARK
from denkidesk.ui.apply.form_field import FormField
from denkidesk.ui.apply.parked_strip import ParkedChip
from denkidesk.ui.parts.chip import FilterChip
from denkidesk.ui.parts.field_row import FieldRow

_CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox, QAbstractItemView, QAbstractSlider, QTabBar)
_PARTS_OF = (QAbstractSpinBox, QComboBox, QLineEdit, QTabBar, QAbstractItemView)
_SHOWN_KEY = re.compile(r"(Ctrl|Alt|Shift)\+\S|\bF\d|\bEsc|\bDelete|\bSpace|\bEnter")
_ROLE = QAccessible.Role
_NO_CONTROL = {_ROLE.NoRole, _ROLE.Client, _ROLE.StaticText, _ROLE.Graphic, _ROLE.Pane, _ROLE.Window}


def unsaid(window: QWidget) -> list[str]:
    """Everything that is wrong in what is shown now, in words."""
    return [*_controls(window), *_required(window), *lost_focus(window)]


def lost_focus(window: QWidget) -> list[str]:
    """Says so where the next key would go nowhere."""
    focused = window.focusWidget()
    if QApplication.activeWindow() is not window or not any(_by_tab(one) for one in controls_of(window)):
        return []
    if focused is None:
        return ["the focus is nowhere"]
    return [] if focused.isVisible() and focused.isEnabled() else [f"the focus is on what cannot be seen or used: {_told(focused)}"]


def controls_of(window: QWidget) -> list[QWidget]:
    """Every control that is shown; the parts of one are none."""
    found = {one for kind in _CONTROLS for one in window.findChildren(kind) if one.isVisible() and one.window() is window}
    return [one for one in found if not isinstance(one, QScrollBar | QHeaderView) and not isinstance(one.parentWidget(), _PARTS_OF)]


def name_of(widget: QWidget) -> str:
    """What a screen reader calls a control."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def _controls(window: QWidget) -> Iterator[str]:
    for control in controls_of(window):
        said = QAccessible.queryAccessibleInterface(control)
        if not name_of(control).strip():
            yield f"no name: {_told(control)}"
        if said.role() in _NO_CONTROL:
            yield f"no role: {_told(control)}"
        state = said.state()
        if bool(state.disabled) is control.isEnabled():
            yield f"a false state: {_told(control)}"
        is_chip = isinstance(control, FilterChip) or (isinstance(control, QAbstractButton) and control.group() is not None)
        if is_chip and "、" not in name_of(control):
            yield f"a chip without its question: {_told(control)}"
        if isinstance(control, QAbstractButton):
            if control.isCheckable() and (not state.checkable or bool(state.checked) is not control.isChecked()):
                yield f"a switch that does not say how it stands: {_told(control)}"
            if control.isEnabled() and not _by_tab(control) and not _by_key(control):
                yield f"no key: {_told(control)}"
        elif (
            control.isEnabled() and not _by_tab(control) and not isinstance(control.focusProxy(), QWidget) and not _beside_a_field(control)
        ):
            yield f"out of the tabulator's way: {_told(control)}"


def _required(window: QWidget) -> Iterator[str]:
    for row in window.findChildren(FieldRow):
        is_marked = row.isVisible() and row.window() is window and row._required.text() == REQUIRED_MARK
        if is_marked and REQUIRED_MARK not in row.editor.accessibleName():
            yield f"not said to be required: {row.editor.accessibleName()!r}"
    for field in window.findChildren(FormField):
        if field.isVisible() and field.window() is window:
            answers = field.editor.findChildren(QAbstractButton)
            names = [name_of(answer) for answer in answers] or [field.editor.accessibleName()]
            wrong = [name for name in names if (REQUIRED_MARK in name) is not field.is_required]
            yield from (f"{'not ' if field.is_required else ''}said to be required: {name!r}" for name in wrong)


def _by_tab(control: QWidget) -> bool:
    if isinstance(control, QRadioButton | QCheckBox) or (isinstance(control, QAbstractButton) and control.group() is not None):
        return True  # the arrows go on within a group
    return bool(control.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _by_key(button: QAbstractButton) -> bool:
    by_itself = not QKeySequence.mnemonic(button.text()).isEmpty() or not button.shortcut().isEmpty()
    return by_itself or _SHOWN_KEY.search(button.text()) is not None or isinstance(button, ParkedChip)  # whose keys go from one to the next


def _beside_a_field(control: QWidget) -> bool:
    """A list of hits that the arrows go through from the field above it."""
    return isinstance(control, QAbstractItemView) and control.focusPolicy() == Qt.FocusPolicy.NoFocus


def _told(widget: QWidget) -> str:
    words = getattr(widget, "text", str)() or widget.accessibleName() or widget.objectName()
    parents = []
    parent = widget.parentWidget()
    while parent is not None and len(parents) < 3:
        parents.append(type(parent).__name__)
        parent = parent.parentWidget()
    return f"{type(widget).__name__} {words!r} in {'/'.join(parents)}"
