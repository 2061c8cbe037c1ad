"""The menu bar: every command of the shell with its mnemonic, and its key from the table of shortcuts."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from denkidesk.domain.values import dataclass
from denkidesk.texts import shell as texts
from denkidesk.texts import shortcuts
from denkidesk.texts.shortcuts import Shortcut
from denkidesk.ui.context import UiContext

if TYPE_CHECKING:
    from denkidesk.ui.shell.main_window import MainWindow

INBOX, APPLY, OUTBOX, TARIFFS = range(4)  # the tabs


@dataclass(frozen=True, slots=True)
class Command:
    """One line of a menu; ``slot`` is a method of the window, which outlives its menus."""

    text: str
    shortcut: Shortcut | None
    icon: str
    slot: Callable[[], object]


def commands_of(window: "MainWindow", context: UiContext) -> dict[str, list[Command | None]]:
    """Every line of the menu bar by the title of its menu."""
    return {
        texts.MENU_FILE: [
            Command(texts.ACT_PRINT, shortcuts.PRINT, "print", window.print_shown),
            None,
            Command(texts.ACT_SETTINGS, shortcuts.SETTINGS, "settings", window.open_settings),
            Command(texts.ACT_BACKUP, None, "save", window.save_backup),
            Command(texts.ACT_RESTORE, None, "", window.open_restore),
            Command(texts.ACT_CUSTOMER_DATA, None, "", window.open_customer_data),
            None,
            Command(texts.ACT_QUIT, shortcuts.QUIT, "", window.close),
        ],
        texts.MENU_APPLY: [
            Command(texts.ACT_NEW, shortcuts.NEW_APPLICATION, "file-plus", partial(window.start_application, None)),
            Command(texts.ACT_OUTAGE, shortcuts.NEW_OUTAGE, "outage", window.start_outage),
            Command(texts.ACT_BULK, shortcuts.BULK, "copy", window.open_bulk),
            None,
            Command(texts.ACT_PAUSE, shortcuts.PAUSE, "clock", window.outgoing.toggle_pause),
            None,
            Command(texts.ACT_UNDO, shortcuts.UNDO, "", context.undo.take_back),
        ],
        texts.MENU_VIEW: [
            Command(texts.ACT_INBOX, shortcuts.SHOW_INBOX, "inbox", partial(window.show_tab, INBOX)),
            Command(texts.ACT_APPLY, shortcuts.SHOW_APPLY, "file-plus", partial(window.show_tab, APPLY)),
            Command(texts.ACT_OUTBOX, shortcuts.SHOW_OUTBOX, "outbox", partial(window.show_tab, OUTBOX)),
            Command(texts.ACT_TARIFFS, shortcuts.SHOW_TARIFFS, "chart", partial(window.show_tab, TARIFFS)),
            None,
            Command(texts.ACT_REFRESH, shortcuts.REFRESH, "refresh", window.refresh),
            Command(texts.ACT_FIND, shortcuts.FIND, "search", window.focus_search),
            Command(texts.ACT_FIND_ACT, shortcuts.FIND_ACT, "search", window.find_act),
            Command(texts.ACT_RECONCILE, shortcuts.RECONCILE, "help", window.outgoing.unknown.open),
            Command(texts.ACT_NOTICES, shortcuts.READ_NOTICES, "info", window.rail.read),
            None,
            Command(texts.ACT_CUSTOMER_VIEW, shortcuts.CUSTOMER_VIEW, "chart", partial(_turn_customer_view, window, context)),
            Command(texts.ACT_POINTS, shortcuts.POINTS, "pole", partial(_open_points, window, context)),
            None,
        ],
        texts.MENU_HELP: [
            Command(texts.ACT_GUIDE, shortcuts.HELP, "help", window.open_help),
            Command(texts.ACT_JOURNAL, None, "", window.open_journal),
            Command(texts.ACT_ABOUT, None, "info", window.open_about),
        ],
    }


def _turn_customer_view(window: "MainWindow", context: UiContext) -> None:
    from denkidesk.ui.customer.link import CustomerLink

    CustomerLink.of(window, context, partial(window.show_tab, TARIFFS)).turn()


def _open_points(window: "MainWindow", context: UiContext) -> None:
    from denkidesk.ui.tariffs.points_book import PointsBook

    window.show_tab(TARIFFS)
    (window.findChild(PointsBook) or PointsBook(context, window.tariffs.quote_output, window)).open()


def build_menus(window: QMainWindow, context: UiContext, commands: dict[str, list[Command | None]]) -> dict[str, QAction]:
    """Fills the menu bar; None stands for a line between groups. Keys work anywhere. Returns each line by its text."""
    made = {}
    for title, entries in commands.items():
        menu = window.menuBar().addMenu(title)
        for entry in entries:
            if entry is None:
                menu.addSeparator()
            else:
                made[entry.text] = _add(window, context, menu, entry)
    return made


def _add(window: QMainWindow, context: UiContext, menu: QMenu, command: Command) -> QAction:
    action = QAction(command.text, window)
    if command.shortcut is not None:
        action.setShortcut(QKeySequence(command.shortcut.key))
    if command.icon:
        context.icons.put(action, command.icon, "muted")
    action.triggered.connect(command.slot)
    menu.addAction(action)
    return action


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
