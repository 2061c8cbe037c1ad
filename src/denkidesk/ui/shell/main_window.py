"""The main window: puts the screens together, connects them, and closes through one path."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from denkidesk.jobs.job import LaneName, Priority
from denkidesk.texts import shell as texts
from denkidesk.texts import shortcuts
from denkidesk.ui.context import UiContext
from denkidesk.ui.outbox.changes import Changes
from denkidesk.ui.outbox.unknown_watch import UnknownWatch
from denkidesk.ui.parts.boxes import VBox
from denkidesk.ui.parts.key_binding import press_focused
from denkidesk.ui.parts.rail import NoticeTabs
from denkidesk.ui.parts.strip import Message, Strips
from denkidesk.ui.parts.theme import ICON_SIZE
from denkidesk.ui.shell.menu_bar import Command, add_scheme_menu, build_menus
from denkidesk.ui.shell.pages import LazyPage, ListScreen, Screen
from denkidesk.ui.shell.place import MINIMUM_SIZE, ScreenWatch, remember_place, restore_place, tab_of
from denkidesk.ui.shell.practice_band import PracticeBand
from denkidesk.ui.shell.status_bar import DeskStatusBar
from denkidesk.ui.start.first_paint import FirstPaint

if TYPE_CHECKING:
    from denkidesk.domain.applications import ApplicationKind, OutboxItem
    from denkidesk.ui.apply.tab import ApplyTab
    from denkidesk.ui.inbox.tab import InboxTab
    from denkidesk.ui.tariffs.tab import TariffsTab

INBOX, APPLY, TARIFFS = range(3)
_ICONS: Final = ("inbox", "file-plus", "chart")
_SCREENS: Final = ("denkidesk.ui.inbox.tab", "denkidesk.ui.apply.tab", "denkidesk.ui.tariffs.tab")
_CLOSING_KEY: Final = "shell.closing"
_CLOSING_MARGIN_S: Final = 15.0  # on top of the utility's answer timeout


class MainWindow(QMainWindow):
    """Everything that the clerk sees of the desk.

    Its frame is painted before anything else, which ``painted`` tells; :meth:`open_screen` builds the screen of the tab in front then,
    and ``ready`` comes when that stands, with what the store has for it.
    """

    painted = Signal()
    ready = Signal()
    closed = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._is_open = False
        self._closing = False
        self._may_close = False
        self.setWindowTitle(texts.WINDOW_TITLE)
        self.setMinimumSize(MINIMUM_SIZE)
        self.setAnimated(False)  # or the screens glide into place when the status bar grows, painted anew at each step

        self._strips = Strips(self)
        self._unknown = UnknownWatch(context, self._strips, self)
        self._inbox = LazyPage(self._build_inbox, self)
        self._apply = LazyPage(self._build_apply, self)
        self._tariffs = LazyPage(self._build_tariffs, self)
        self._pages: tuple[LazyPage[QWidget], ...] = (self._inbox, self._apply, self._tariffs)
        self.tabs = NoticeTabs(context.icons, self)
        self.rail = self.tabs.rail
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName(texts.TABS_NAME)
        self.tabs.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        for page, title in zip(self._pages, (texts.TAB_INBOX, texts.TAB_APPLY, texts.TAB_TARIFFS), strict=True):
            self.tabs.addTab(page, title)
        self.status = DeskStatusBar(context, self)
        self.setStatusBar(self.status)
        self._closing_timer = QTimer(self, singleShot=True)
        self._closing_timer.setInterval(int((context.settings.kansai.answer_timeout_s + _CLOSING_MARGIN_S) * 1000))
        self._closing_timer.timeout.connect(self._close_now)

        self._assemble()
        self._build_menus()
        self._draw_tab_icons()
        context.theme.changed.connect(self._draw_tab_icons)
        context.notices.message.connect(self._on_message)
        context.notices.withdrawn.connect(self._on_withdrawn)
        context.notices.bug.connect(self._on_bug)
        context.jobs.load_changed.connect(self._on_load_changed)
        restore_place(self, context.ui_state)
        self.tabs.setCurrentIndex(tab_of(context.ui_state, self.tabs.count()))
        self.tabs.currentChanged.connect(self._on_tab_changed)
        FirstPaint(self).happened.connect(self.painted)

    # -- screens

    @property
    def inbox(self) -> "InboxTab":
        """The screen of the inbox, built if need be."""
        return self._inbox.screen_widget()

    @property
    def applications(self) -> "ApplyTab":
        """The screen of the applications, built if need be."""
        return self._apply.screen_widget()

    @property
    def tariffs(self) -> "TariffsTab":
        """The screen of the tariffs, built if need be."""
        return self._tariffs.screen_widget()

    def screen_at(self, index: int) -> Screen:
        """The screen of a tab, built if need be."""
        built: tuple[Callable[[], Screen], ...] = (self._inbox.screen_widget, self._apply.screen_widget, self._tariffs.screen_widget)
        return built[index]()

    def load_screen(self) -> None:
        """Loads the code of the screen in front."""
        import_module(_SCREENS[self.tabs.currentIndex()])

    def build_screen(self) -> None:
        """Builds the screen in front, without showing it yet; the desk is open."""
        self._pages[self.tabs.currentIndex()].build()

    def open_screen(self) -> None:
        """Shows the screen in front, loaded and built if need be; the desk is open."""
        self._is_open = True
        ScreenWatch(self)
        self._on_tab_changed(self.tabs.currentIndex())
        self._tell_ready()

    def _tell_ready(self) -> None:
        if self._context.jobs.load(LaneName.STORE) > 0:  # what the screen shows first is still being read
            self._context.jobs.load_changed.connect(self._tell_ready, Qt.ConnectionType.SingleShotConnection)
        else:
            QTimer.singleShot(0, self, self._on_ready)  # after the paint, which is posted already

    def _on_ready(self) -> None:
        screen = self._pages[self.tabs.currentIndex()].screen_widget()
        if screen.focusProxy() is not None and self.focusWidget() in (None, self.tabs.tabBar()):
            screen.setFocus()  # arrow keys work at once; wherever the clerk went already, the cursor stays
        if not self._pages[INBOX].is_built:
            QTimer.singleShot(0, self, partial(self.screen_at, INBOX))  # it counts what is unread and knows when the list was fetched
        self.ready.emit()

    def show_tab(self, index: int) -> None:
        """Brings a tab to the front."""
        self.tabs.setCurrentIndex(index)

    def _build_inbox(self, page: QWidget) -> "InboxTab":
        from denkidesk.ui.inbox.tab import InboxTab

        tab = InboxTab(self._context, page)
        tab.unread_changed.connect(self._on_unread_changed)
        tab.outbox_shown.connect(self._unknown.look)
        self._unknown.settled.connect(tab.reload)
        tab.synced.connect(self.status.show_synced)
        tab.application_requested.connect(self.start_application)
        tab.settings_requested.connect(self.open_settings)
        return tab

    def _build_apply(self, _page: QWidget) -> "ApplyTab":
        from denkidesk.ui.apply.tab import ApplyTab

        tab = ApplyTab(self._context)
        tab.inbox_requested.connect(self._on_inbox_requested)
        tab.outbox_changed.connect(self._on_outbox_changed)
        tab.settings_requested.connect(self.open_settings)
        return tab

    def _build_tariffs(self, _page: QWidget) -> "TariffsTab":
        from denkidesk.ui.tariffs.tab import TariffsTab

        tab = TariffsTab(self._context)
        tab.settings_requested.connect(self.open_settings)
        return tab

    # -- assembling

    def _assemble(self) -> None:
        middle = QWidget(self)
        layout = VBox(middle, margins=0, spacing=0)
        if self._context.practice:
            band = PracticeBand(self._context.icons, middle)
            band.settings_requested.connect(self.open_settings)
            layout.add(band)
        layout.add((self.tabs, 1))
        self.setCentralWidget(middle)

    def _build_menus(self) -> None:
        build_menus(
            self,
            self._context,
            {
                texts.MENU_FILE: [
                    Command(texts.ACT_PRINT, shortcuts.PRINT, "print", self.print_quote),
                    None,
                    Command(texts.ACT_SETTINGS, shortcuts.SETTINGS, "settings", self.open_settings),
                    Command(texts.ACT_RESTORE, None, "", self.open_restore),
                    None,
                    Command(texts.ACT_QUIT, shortcuts.QUIT, "", self.close),
                ],
                texts.MENU_APPLY: [
                    Command(texts.ACT_NEW, shortcuts.NEW_APPLICATION, "file-plus", partial(self.start_application, None)),
                    Command(texts.ACT_OUTAGE, shortcuts.NEW_OUTAGE, "outage", self._start_outage),
                ],
                texts.MENU_VIEW: [
                    Command(texts.ACT_INBOX, shortcuts.SHOW_INBOX, "inbox", partial(self.show_tab, INBOX)),
                    Command(texts.ACT_APPLY, shortcuts.SHOW_APPLY, "file-plus", partial(self.show_tab, APPLY)),
                    Command(texts.ACT_TARIFFS, shortcuts.SHOW_TARIFFS, "chart", partial(self.show_tab, TARIFFS)),
                    None,
                    Command(texts.ACT_REFRESH, shortcuts.REFRESH, "refresh", self.refresh),
                    Command(texts.ACT_FIND, shortcuts.FIND, "search", self.focus_search),
                    Command(texts.ACT_RECONCILE, shortcuts.RECONCILE, "help", self._unknown.open),
                    Command(texts.ACT_NOTICES, shortcuts.READ_NOTICES, "info", self.rail.read),
                    None,
                ],
                texts.MENU_HELP: [
                    Command(texts.ACT_GUIDE, shortcuts.HELP, "help", self.open_help),
                    Command(texts.ACT_ABOUT, None, "info", self.open_about),
                ],
            },
        )
        view_menu = self.menuBar().actions()[2].menu()
        self._schemes = add_scheme_menu(self, view_menu, self._context)  # type: ignore[arg-type] # PySide6's stub says QObject
        self._schemes.triggered.connect(self._on_scheme_chosen)

    # -- commands

    def refresh(self) -> None:
        """Fetches anew what the screen shows; the listing where a screen has nothing to fetch."""
        self._list_screen().refresh()

    def focus_search(self) -> None:
        """Puts the cursor into the search field of the screen that is shown; the inbox's if it has none."""
        self._list_screen().focus_search()

    def _list_screen(self) -> ListScreen:
        screen = self.screen_at(self.tabs.currentIndex())
        if isinstance(screen, ListScreen):
            return screen
        self.show_tab(INBOX)
        return self.inbox

    def _start_outage(self) -> None:
        from denkidesk.domain.applications import ApplicationKind

        self.start_application(ApplicationKind.OUTAGE)

    def start_application(self, kind: "ApplicationKind | None") -> None:
        """Starts an application of a kind, or shows the choice."""
        self.show_tab(APPLY)
        if kind is None:
            self.applications.show_start()
        else:
            self.applications.start(kind)

    def print_quote(self) -> None:
        """Prints the quote that is open."""
        self.show_tab(TARIFFS)
        self.tariffs.print_quote()

    def open_settings(self) -> None:
        """Opens the settings."""
        from denkidesk.ui.settings.dialog import SettingsDialog

        SettingsDialog(self._context, self).open()

    def open_restore(self) -> None:
        """Opens the choice of backups."""
        from denkidesk.ui.shell.restore_dialog import RestoreDialog

        dialog = RestoreDialog(self._context, self)
        dialog.chosen.connect(self._context.request_restore)
        dialog.open()

    def open_help(self) -> None:
        """Opens the guide and the sheet of keys."""
        from denkidesk.ui.shell.dialogs import HelpDialog

        HelpDialog(self).open()

    def open_about(self) -> None:
        """Opens the about box."""
        from denkidesk.ui.shell.dialogs import AboutDialog

        AboutDialog(self._context.places.data_dir, self).open()

    # -- what happens

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, on every screen."""
        if not press_focused(self, event):
            super().keyPressEvent(event)

    def _on_tab_changed(self, index: int) -> None:
        self._draw_tab_icons()
        if self._is_open:
            self.screen_at(index).activated()

    def _on_outbox_changed(self, _changes: Changes) -> None:
        self.inbox.reload()

    def _on_inbox_requested(self, receipt_number: str) -> None:
        self.show_tab(INBOX)
        self.inbox.show_application(receipt_number)

    def _on_unread_changed(self, count: int) -> None:
        self.tabs.setTabText(INBOX, f"{texts.TAB_INBOX} ({count})" if count else texts.TAB_INBOX)
        self.setWindowTitle(texts.WINDOW_TITLE_UNREAD.format(count=count) if count else texts.WINDOW_TITLE)

    def _on_scheme_chosen(self, action: QAction) -> None:
        scheme = str(action.data())
        self._context.theme.set_scheme(scheme)
        self._context.jobs.run(LaneName.WORK, self._context.setup.store_scheme, scheme)

    def _on_message(self, message: Message) -> None:
        self._strips.say(message)

    def _on_withdrawn(self, key: str) -> None:
        self._strips.clear(key)

    def _on_bug(self, error: BaseException) -> None:
        from denkidesk.ui.shell.dialogs import BugDialog

        if self.findChild(BugDialog) is None:  # one report at a time; the next bug is often the echo of the first
            dialog = BugDialog(self._context.report_of(error), self)
            dialog.finished.connect(self._context.notices.bug_seen)
            dialog.open()

    def _draw_tab_icons(self) -> None:
        for index, name in enumerate(_ICONS):
            tone = "accent" if index == self.tabs.currentIndex() else "muted"
            self.tabs.setTabIcon(index, self._context.icons.icon(name, tone))

    # -- closing: one path

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closes at once unless an application is being sent; then waits for its answer, bounded, and says so."""
        if self._may_close or not self._is_open:
            self._leave()
            event.accept()
            return
        event.ignore()
        if not self._closing:
            self._closing = True
            job = self._context.jobs.run(LaneName.STORE, self._context.desk.outbox.items, priority=Priority.CLERK)
            job.then(self._on_outbox_known, self._close_now, self._close_now)

    def _on_outbox_known(self, items: tuple["OutboxItem", ...]) -> None:
        from denkidesk.domain.applications import OutboxState

        sending = any(item.state is OutboxState.SENDING for item in items)
        if not sending or self._context.jobs.load(LaneName.KANSAI) == 0:
            self._close_now()
            return
        self._closing_timer.start()
        self._strips.say(
            Message("warn", texts.CLOSING_WAIT, texts.CLOSING_NOW, self._close_now, key=_CLOSING_KEY, detail=texts.CLOSING_DETAIL)
        )

    def _on_load_changed(self) -> None:
        if self._closing_timer.isActive() and self._context.jobs.load(LaneName.KANSAI) == 0:
            self._close_now()

    def _close_now(self, _why: object = None) -> None:
        self._closing_timer.stop()
        if not self._may_close:
            self._may_close = True
            self.close()

    def _leave(self) -> None:
        for index, page in enumerate(self._pages):
            if page.is_built:
                self.screen_at(index).shut_down()
        self._unknown.stop()
        self.status.shut_down()
        remember_place(self, self._context.ui_state, self.tabs.currentIndex())
        self._context.ui_state.save()
        self.closed.emit()
