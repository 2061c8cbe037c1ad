"""Which keys a screen has by underlined letters and by shortcuts, and which of them would mean two things at once."""

from collections import Counter

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QGroupBox, QLabel, QMainWindow, QTabBar, QWidget


def keys_of(window: QWidget) -> list[str]:
    """Every key that acts now in a window: of its menu bar, the menus' shortcuts, its tabs, buttons, labels and screens."""
    words = [button.text() for button in _seen(window, QAbstractButton)]
    words += [label.text() for label in _seen(window, QLabel) if label.buddy() is not None and label.buddy().isVisible()]
    words += [bar.tabText(place) for bar in _seen(window, QTabBar) for place in range(bar.count())]
    words += [box.title() for box in _seen(window, QGroupBox)]
    keys = [shortcut.key() for shortcut in window.findChildren(QShortcut) if shortcut.parent().isVisible() and shortcut.isEnabled()]
    if isinstance(window, QMainWindow):
        menus = window.menuBar().actions()
        words += [action.text() for action in menus]
        keys += [action.shortcut() for menu in menus for action in menu.menu().actions()]
    return [key for key in ([QKeySequence.mnemonic(word).toString() for word in words] + [key.toString() for key in keys]) if key]


def twice(window: QWidget) -> list[str]:
    """The keys that would mean two things."""
    return sorted(key for key, count in Counter(keys_of(window)).items() if count > 1)


def _seen(window: QWidget, kind: type) -> list:
    return [widget for widget in window.findChildren(kind) if widget.isVisible() and widget.window() is window]
