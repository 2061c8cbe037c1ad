"""The main window: puts the screens together, connects them, and closes through one path."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from denkidesk.jobs.job import LaneName
from denkidesk.texts import shell as texts
from denkidesk.ui.context import UiContext
from denkidesk.ui.outbox.outbox import WindowOutbox
from denkidesk.ui.parts.boxes import VBox
from denkidesk.ui.parts.key_binding import press_focused
from denkidesk.ui.parts.rail import NoticeTabs
from denkidesk.ui.parts.strip import Strips
from denkidesk.ui.parts.theme import ICON_SIZE
from denkidesk.ui.shell.closing import Closing
from denkidesk.ui.shell.dialog_window import DialogWindow
from denkidesk.ui.shell.menu_bar import APPLY, INBOX, OUTBOX, TARIFFS, add_scheme_menu, build_menus, commands_of
from denkidesk.ui.shell.pages import LazyPage, ListScreen, Screen
from denkidesk.ui.shell.place import MINIMUM_SIZE, ScreenWatch, remember_place, restore_place, tab_of
from denkidesk.ui.shell.practice_band import PracticeBand
from denkidesk.ui.shell.status_bar import DeskStatusBar
from denkidesk.ui.shell.tab_counts import TabCounts
from denkidesk.ui.start.first_paint import FirstPaint

if TYPE_CHECKING:
    from denkidesk.desk.prefill import FollowOn
    from denkidesk.domain.applications import ApplicationKind, OutboxItem
    from denkidesk.ui.apply.tab import ApplyTab
    from denkidesk.ui.inbox.tab import InboxTab
    from denkidesk.ui.outbox.tab import OutboxTab
    from denkidesk.ui.parts.composition_guard import CompositionGuard
    from denkidesk.ui.shell.practising import Practising
    from denkidesk.ui.tariffs.tab import TariffsTab

_ICONS: Final = ("inbox", "file-plus", "outbox", "chart")
_SCREENS: Final = ("denkidesk.ui.inbox.tab", "denkidesk.ui.apply.tab", "denkidesk.ui.outbox.tab", "denkidesk.ui.tariffs.tab")


class MainWindow(DialogWindow):
    """Everything that the clerk sees of the desk.

    Its frame is painted before anything else, which ``painted`` tells; :meth:`open_screen` builds the screen of the tab in front then,
    and ``ready`` comes when that stands, with what the store has for it.
    """

    painted = Signal()
    ready = Signal()
    closed = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._practising: Practising | None = None
        self._composition_guard: CompositionGuard | None = None
        self._is_open = False
        self._may_close = False
        self.setWindowTitle(texts.WINDOW_TITLE)
        self.setMinimumSize(MINIMUM_SIZE)
        self.setAnimated(False)  # or the screens glide into place when the status bar grows, painted anew at each step

        self._strips = Strips(self)
        self._closing = Closing(context, self._strips, self)
        self._closing.ready.connect(self._close_now)
        self.outgoing = WindowOutbox(context, self._strips, self)
        self._closing.waits.connect(self.outgoing.stop)
        self._inbox = LazyPage(self._build_inbox, self)
        self._apply = LazyPage(self._build_apply, self)
        self._outbox = LazyPage(self._build_outbox, self)
        self._tariffs = LazyPage(self._build_tariffs, self)
        self._pages: tuple[LazyPage[QWidget], ...] = (self._inbox, self._apply, self._outbox, self._tariffs)
        self.tabs = NoticeTabs(context.icons, self)
        self.rail = self.tabs.rail
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName(texts.TABS_NAME)
        self.tabs.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        for page, title in zip(self._pages, (texts.TAB_INBOX, texts.TAB_APPLY, texts.TAB_OUTBOX, texts.TAB_TARIFFS), strict=True):
            self.tabs.addTab(page, title)
        self._counts = TabCounts(self.tabs, context.theme)
        self.status = DeskStatusBar(context, self)
        self.outgoing.auto_sender.planned.connect(self.status.show_plan)
        self.setStatusBar(self.status)

        self._assemble()
        self._build_menus()
        self._draw_tab_icons()
        context.theme.changed.connect(self._draw_tab_icons)
        context.notices.message.connect(self._strips.say)
        context.notices.withdrawn.connect(self._strips.clear)
        context.notices.bug.connect(self.tell_bug)
        self.outgoing.counted.connect(self._on_outbox_counted)
        self.outgoing.changed.connect(self._on_outbox_changed)
        self.outgoing.tab_wanted.connect(partial(self.show_tab, OUTBOX))
        self.outgoing.application_requested.connect(partial(self.start_application, None))
        self.outgoing.unknown.inbox_requested.connect(self._on_inbox_requested)
        self.outgoing.mend_requested.connect(self._on_mend_requested)
        self.outgoing.receipt_requested.connect(self._on_receipt_requested)
        self.outgoing.follow_on_found.connect(self._on_follow_on)
        self.outgoing.settings_requested.connect(self.open_settings)
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

    def build_applications(self) -> "ApplyTab":
        """The screen of the applications, built if need be, and not in its place yet."""
        return self._apply.build()

    @property
    def outbox(self) -> "OutboxTab":
        """The screen of the outbox, built if need be."""
        return self._outbox.screen_widget()

    @property
    def tariffs(self) -> "TariffsTab":
        """The screen of the tariffs, built if need be."""
        return self._tariffs.screen_widget()

    def screen_at(self, index: int) -> Screen:
        """The screen of a tab, built if need be."""
        pages = (self._inbox, self._apply, self._outbox, self._tariffs)
        built: tuple[Callable[[], Screen], ...] = tuple(page.screen_widget for page in pages)
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
        QTimer.singleShot(0, self, self._guard_composition)
        if self._context.practice:
            QTimer.singleShot(0, self, self._begin_practising)
        self.ready.emit()
        QTimer.singleShot(0, self.outgoing, self.outgoing.begin)

    def _guard_composition(self) -> None:
        from denkidesk.ui.parts.composition_guard import CompositionGuard

        app = QApplication.instance()
        if isinstance(app, QApplication):
            self._composition_guard = CompositionGuard(app, self)

    def _begin_practising(self) -> None:
        if (troubles := self._context.desk.troubles) is not None:
            from denkidesk.ui.shell.practising import Practising

            self._practising = Practising(self, self._context, troubles, self._inbox)

    def show_tab(self, index: int) -> None:
        """Brings a tab to the front, and the cursor into it."""
        self.tabs.setCurrentIndex(index)
        self._pages[index].take_cursor()

    def _build_inbox(self, page: QWidget) -> "InboxTab":
        from denkidesk.ui.inbox.tab import InboxTab

        tab = InboxTab(self._context, page)
        tab.unread_changed.connect(self._on_unread_changed)
        tab.synced.connect(self.status.show_synced)
        self.outgoing.join_inbox(tab)
        tab.settings_requested.connect(self.open_settings)
        self.status.take_work(tab.bar.busy)
        tab.follow_on_found.connect(self._on_follow_on)
        return tab

    def _build_apply(self, page: QWidget) -> "ApplyTab":
        from denkidesk.ui.apply.tab import ApplyTab

        tab = ApplyTab(self._context, self.outgoing.auto_sender, page)  # styled once: to move it to its page later takes as long as a form
        tab.outbox_wanted.connect(partial(self.show_tab, OUTBOX))
        tab.inbox_requested.connect(self._on_inbox_requested)
        tab.outbox_changed.connect(self._on_outbox_changed)
        tab.settings_requested.connect(self.open_settings)
        tab.settle_requested.connect(self.outgoing.unknown.open)
        return tab

    def _build_outbox(self, _page: QWidget) -> "OutboxTab":
        return self.outgoing.build_tab()

    def _build_tariffs(self, page: QWidget) -> "TariffsTab":
        from denkidesk.ui.tariffs.tab import TariffsTab

        tab = TariffsTab(self._context, page)
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
        lines = build_menus(self, self._context, commands_of(self, self._context))
        apply_menu = self.menuBar().actions()[1].menu()
        self._chosen_menu: QMenu = apply_menu.addMenu(texts.MENU_CHOSEN)  # type: ignore[attr-defined] # as below
        self._chosen_menu.aboutToShow.connect(self._fill_chosen_menu)
        apply_menu.aboutToShow.connect(self._offer_chosen_menu)  # type: ignore[attr-defined] # as below
        self._undo = lines[texts.ACT_UNDO]
        self._context.undo.changed.connect(self._show_undo)
        self._show_undo()
        view_menu = self.menuBar().actions()[2].menu()
        self._schemes = add_scheme_menu(self, view_menu, self._context)  # type: ignore[arg-type] # PySide6's stub says QObject
        self._schemes.triggered.connect(self._on_scheme_chosen)

    def _offer_chosen_menu(self) -> None:
        self._chosen_menu.setEnabled(self.tabs.currentIndex() == INBOX)  # elsewhere nobody sees what is chosen

    def _fill_chosen_menu(self) -> None:
        self._chosen_menu.addActions(self.inbox.acts.actions)

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

    def start_outage(self) -> None:
        """Starts an outage on a fresh form."""
        from denkidesk.domain.applications import ApplicationKind

        self.start_application(ApplicationKind.OUTAGE)

    def start_application(self, kind: "ApplicationKind | None") -> None:
        """Starts an application of a kind, or shows the choice."""
        if kind is None:
            self.show_tab(APPLY)
            self.applications.show_start()
        else:
            self.applications.start(kind)  # before its tab comes to the front: no other page is drawn on the way
            self.show_tab(APPLY)
            if self._practising is not None:
                self._practising.began(kind)

    def open_bulk(self) -> None:
        """Shows the table of many applications."""
        self.show_tab(APPLY)
        self.applications.open_bulk()

    def print_shown(self) -> None:
        """Prints the applications that are chosen in the inbox; from anywhere else the quote that is open."""
        if self.tabs.currentIndex() == INBOX:
            self.inbox.acts.print_chosen()
            return
        self.show_tab(TARIFFS)
        self.tariffs.print_quote()

    def find_act(self) -> None:
        """Opens the search of all that can be done."""
        from denkidesk.ui.shell.act_search import ActSearch

        ActSearch(self, self.tabs).open()

    # -- what happens

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, on every screen."""
        if not press_focused(self, event):
            super().keyPressEvent(event)

    def _on_tab_changed(self, index: int) -> None:
        self._draw_tab_icons()
        if self._is_open:
            self.screen_at(index).activated()

    def _on_outbox_changed(self, _changes: object = None) -> None:
        self.outgoing.look()
        self.inbox.reload()

    def _on_outbox_counted(self, count: int, needs_a_person: bool) -> None:
        self._counts.show(OUTBOX, count, needs_a_person=needs_a_person)

    def _on_follow_on(self, begun: "FollowOn") -> None:
        self.show_tab(APPLY)
        if begun.kind is None:
            self.applications.show_start()
        else:
            self.applications.start(begun.kind, begun.values)

    def _on_mend_requested(self, item: "OutboxItem") -> None:
        self.show_tab(APPLY)
        self.applications.mend(item.application)

    def _on_receipt_requested(self, item: "OutboxItem") -> None:
        self.show_tab(APPLY)
        self.applications.show_receipt(item)

    def _on_inbox_requested(self, receipt_number: str) -> None:
        self.show_tab(INBOX)
        self.inbox.show_application(receipt_number)

    def _on_unread_changed(self, count: int) -> None:
        self._counts.show(INBOX, count)
        self.setWindowTitle(texts.WINDOW_TITLE_UNREAD.format(count=count) if count else texts.WINDOW_TITLE)

    def _show_undo(self) -> None:
        name = self._context.undo.name
        self._undo.setText(f"{texts.undo(name)}(&Z)" if name else texts.ACT_UNDO)
        self._undo.setEnabled(bool(name))

    def _on_scheme_chosen(self, action: QAction) -> None:
        scheme = str(action.data())
        self._context.theme.set_scheme(scheme)
        self._context.jobs.run(LaneName.WORK, self._context.setup.store_scheme, scheme)

    def _draw_tab_icons(self) -> None:
        for index, name in enumerate(_ICONS):
            tone = "accent" if index == self.tabs.currentIndex() else "muted"
            self.tabs.setTabIcon(index, self._context.icons.icon(name, tone))

    # -- closing: one path

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closes at once unless an application is being sent; then waits for its answer, bounded, and says so."""
        if self._composition_guard is not None:
            self._composition_guard.finish()
        if self._may_close or not self._is_open:
            self._leave()
            event.accept()
            return
        event.ignore()
        self._closing.ask()

    def leave_for_restart(self) -> None:
        """Closes without a question about what waits: the program begins anew at once."""
        self._closing.is_asked_for = False
        self.close()

    def _close_now(self) -> None:
        if not self._may_close:
            self._may_close = True
            self.close()

    def _leave(self) -> None:
        for index, page in enumerate(self._pages):
            if page.is_built:
                self.screen_at(index).shut_down()
        self.outgoing.stop()
        self.status.shut_down()
        remember_place(self, self._context.ui_state, self.tabs.currentIndex())
        self._context.ui_state.save()
        self.closed.emit()
