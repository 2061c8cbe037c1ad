"""Binds the keys of the table to what they do."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from denkidesk.texts.shortcuts import Shortcut

ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def press_focused(window: QWidget, event: QKeyEvent) -> bool:
    """Whether Enter has pressed the button of a window that has the focus, as in a dialog; held down, it presses once."""
    focused = window.focusWidget()
    alone = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier and not event.isAutoRepeat()
    if event.key() not in ENTER or not alone or not isinstance(focused, QPushButton):
        return False
    focused.click()
    return True


def bind(
    shortcut: Shortcut | str,
    widget: QWidget,
    slot: Callable[[], object],
    *,
    context: Qt.ShortcutContext = Qt.ShortcutContext.WidgetWithChildrenShortcut,
    auto_repeat: bool = True,
) -> None:
    """Has each key of a shortcut, or the one that is given of several with different effects, call ``slot`` while the focus is within the
    widget. ``slot``: a method of a QObject.
    """
    for key in (shortcut,) if isinstance(shortcut, str) else shortcut.keys:
        bound = QShortcut(QKeySequence(key), widget, context=context, autoRepeat=auto_repeat)
        bound.activated.connect(slot)
        if isinstance(shortcut, Shortcut):
            bound.setProperty("does", shortcut.does)  # by which the search of acts finds it


def is_pressed(shortcut: Shortcut, event: QKeyEvent) -> bool:
    """Whether an event is one of the shortcut's keys; for keys that a widget has a meaning of its own for."""
    return any(QKeySequence(key) == QKeySequence(event.keyCombination()) for key in shortcut.keys)
