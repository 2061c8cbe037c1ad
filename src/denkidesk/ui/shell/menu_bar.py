"""The menu bar: every command of the shell with its mnemonic, and its key from the table of shortcuts."""

from collections.abc import Callable

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from denkidesk.domain.values import dataclass
from denkidesk.texts import shell as texts
from denkidesk.texts.shortcuts import Shortcut
from denkidesk.ui.context import UiContext


@dataclass(frozen=True, slots=True)
class Command:
    """One line of a menu; ``slot`` is a method of the window, which outlives its menus."""

    text: str
    shortcut: Shortcut | None
    icon: str
    slot: Callable[[], object]


def build_menus(window: QMainWindow, context: UiContext, commands: dict[str, list[Command | None]]) -> None:
    """Fills the menu bar; None stands for a line between groups. Keys work wherever the focus is."""
    for title, entries in commands.items():
        menu = window.menuBar().addMenu(title)
        for entry in entries:
            if entry is None:
                menu.addSeparator()
            else:
                _add(window, context, menu, entry)


def _add(window: QMainWindow, context: UiContext, menu: QMenu, command: Command) -> None:
    action = QAction(command.text, window)
    if command.shortcut is not None:
        action.setShortcut(QKeySequence(command.shortcut.key))
    if command.icon:
        context.icons.put(action, command.icon, "muted")
    action.triggered.connect(command.slot)
    menu.addAction(action)


def add_scheme_menu(window: QMainWindow, menu: QMenu, context: UiContext) -> QActionGroup:
    """The choice of light and dark; each action carries its word as data."""
    sub_menu = menu.addMenu(texts.MENU_SCHEME)
    group = QActionGroup(window)
    for word, text in texts.SCHEMES:
        action = QAction(text, group, checkable=True)
        action.setData(word)
        action.setChecked(word == context.theme.scheme)
        sub_menu.addAction(action)
    return group
