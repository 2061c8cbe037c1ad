"""Qt's tests run without a display, and leave neither a thread nor a timer behind."""

import os
from pathlib import Path

os.environ.setdefault(
    "QT_QPA_PLATFORM", f"offscreen:configfile={Path(__file__).parents[2] / 'packaging' / 'screen.json'}"
)  # a desk's screen

import gc
import threading
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from denkidesk.compose.desk import open_desk
from denkidesk.compose.run import Run
from denkidesk.credentials import PracticeCredentials
from denkidesk.desk.inbox import InboxDesk
from denkidesk.desk.installed_set import InstalledSet
from denkidesk.desk.receipts import ReceiptShelf
from denkidesk.desk.sending import Sender
from denkidesk.desk.setup import SetupDesk
from denkidesk.desk.traffic import KANSAI, Traffic
from denkidesk.jobs.lanes import Jobs
from denkidesk.journal.reports import report_of
from denkidesk.settings import DeskSettings, EnegaeruSettings, KansaiSettings, Places, Settings, resources_dir
from denkidesk.store.store import Store
from denkidesk.ui.charts.renderer import ChartRenderer
from denkidesk.ui.context import UiContext
from denkidesk.ui.inbox.rows import InboxReader
from denkidesk.ui.notices import Notices
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.key_binding import press_focused
from denkidesk.ui.parts.theme import Theme
from denkidesk.ui.parts.ui_state import UiState
from denkidesk.ui.tariffs.page_frame import PageFrame
from fakes.bare_look import take_look_off
from fakes.inbox_entries import NOON as INBOX_NOON
from fakes.scenario_outbox import NOW, ScenarioOutbox
from fakes.ui_context import context_of

# matplotlib and zeep may leave pools of their own; only ours are watched, by the names of the lanes.
_OWN_THREADS = ("kansai-", "quoting-", "store-", "work-", "practice")


@pytest.fixture(autouse=True)
def _nothing_left_alive(request):
    """Fails a test that leaves a lane's thread or a running timer of a widget alive."""
    before = set(threading.enumerate())
    yield
    left = [t.name for t in threading.enumerate() if t not in before and t.name.startswith(_OWN_THREADS)]
    # a lane whose owner is gone would have aborted the process; one that still has its owner is found here
    left += [name for jobs in gc.get_objects() if type(jobs) is Jobs for name in jobs.running_threads]
    app = QApplication.instance()
    timers = []
    if app is not None:
        gc.collect()
        timers = [timer for timer in app.findChildren(QTimer) if timer.isActive()]
        for window in app.topLevelWidgets():
            timers += [timer for timer in window.findChildren(QTimer) if timer.isActive() and window.isVisible()]
    assert not left, f"threads left alive: {left}"
    assert not timers, f"timers left running: {timers}"


@pytest.fixture
def jobs(qapp):
    """Real lanes, ended with the test."""
    lanes = Jobs()
    yield lanes
    assert lanes.shut_down(10)


@pytest.fixture
def theme(qapp):
    """The look, light, whatever this machine prefers."""
    look = Theme(qapp, resources_dir(), "light")
    yield look
    look.setParent(None)
    take_look_off(qapp)


@pytest.fixture
def icons(theme):
    """The icon set."""
    return Icons(theme, resources_dir() / "icons")


@pytest.fixture
def reader(tmp_path):
    """Makes rows of entries that no store has, on 20 November 2026."""
    store = Store(tmp_path / "rows.db", now=lambda: INBOX_NOON)
    installed = InstalledSet(KansaiSettings())
    yield InboxReader(SimpleNamespace(installed_set=installed, inbox=InboxDesk(store, None, lambda: INBOX_NOON, installed.closed_stages)))
    store.close()


@pytest.fixture
def make_context(practice, open_now, jobs, theme, icons, tmp_path):
    """Builds what every screen is given: a real desk on a real store, with the practice servers behind it."""
    open_desks = []

    def build(*, practice_mode=True, home=None):
        loopback = Settings()
        if not practice_mode:
            loopback = Settings(
                kansai=KansaiSettings(base_url=practice.kansai_base_url), enegaeru=EnegaeruSettings(base_url=practice.enegaeru_base_url)
            )
        servers = practice if practice_mode else None
        run = Run.decide(home or tmp_path / "home", loopback, practice=practice_mode, credentials=PracticeCredentials(), servers=servers)
        quick = replace(run.settings.kansai, interval_s=0.01, margin_s=0.0)  # these tests are not about the gate
        run = replace(run, settings=replace(run.settings, kansai=quick, desk=DeskSettings(countdown_s=0.05)))
        desk = open_desk(run, now=open_now)
        open_desks.append(desk)
        context = context_of(run, desk, jobs, theme, icons=icons)
        jobs.unheard_failure.connect(context.notices.failure)
        return context

    yield build
    assert jobs.shut_down(20)
    for desk in open_desks:
        desk.close()


@pytest.fixture
def context(make_context):
    """The usual one: practice mode, nothing stored."""
    return make_context()


@pytest.fixture
def settle(qtbot, jobs):
    """Waits until every lane is idle, what they brought is on the screen, and every page that somebody looks at is built."""

    def is_building():
        return any(frame.is_building for window in QApplication.topLevelWidgets() for frame in window.findChildren(PageFrame))

    def wait():
        qtbot.waitUntil(lambda: jobs.is_idle and not is_building(), timeout=30_000)

    return wait


@pytest.fixture
def outbox():
    """An outbox in memory that plays scenarios."""
    return ScenarioOutbox()


@pytest.fixture
def said():
    """What the screens had the shell say, bugs included."""
    return []


@pytest.fixture
def scenario_context(jobs, theme, icons, outbox, said, tmp_path):
    """What a screen is given on that outbox."""
    notices = Notices()
    notices.message.connect(said.append)
    notices.bug.connect(said.append)
    traffic, notes = Traffic(None, lambda: NOW), {}
    store = SimpleNamespace(get=lambda key: notes.get(key, ""), set=notes.__setitem__)
    sender = Sender(outbox, store, lambda item, cancel: traffic.note(KANSAI, None), traffic, lambda: None, lambda: NOW, countdown_s=0.05)
    return UiContext(
        opened_desk=lambda: SimpleNamespace(
            outbox=outbox,
            customers=SimpleNamespace(search=lambda _text: ()),
            installed_set=InstalledSet(KansaiSettings()),
            traffic=traffic,
            login_guard=None,
            sender=sender,
            receipts=ReceiptShelf(outbox, store),
        ),
        jobs=jobs,
        settings=Settings(),
        places=Places(tmp_path, practice=True),
        practice=True,
        setup=SetupDesk(Places(tmp_path, practice=True), PracticeCredentials()),
        notices=notices,
        theme=theme,
        icons=icons,
        ui_state=UiState(tmp_path / "window.json"),
        charts=ChartRenderer(resources_dir() / "fonts"),
        report_of=report_of,
        request_restart=lambda: None,
    )


@pytest.fixture
def make_apply_tab(qtbot, jobs, outbox, scenario_context):
    """Builds tabs 新規申込 on that outbox, which are shown, active, and closed with the test."""
    from denkidesk.ui.apply.tab import ApplyTab
    from denkidesk.ui.outbox.auto_sender import AutoSender

    tabs, windows = [], []

    def make():
        window = _Window()
        sender = window.auto_sender = AutoSender(scenario_context, window)
        tab = ApplyTab(scenario_context, sender, window, now=lambda: NOW)
        window.setCentralWidget(tab)
        qtbot.addWidget(window)
        window.resize(1100, 640)
        window.show()
        tab.activateWindow()
        tab.activated()
        tabs.append(tab)
        windows.append(window)
        qtbot.waitUntil(lambda: jobs.is_idle)
        return tab

    yield make
    outbox.release.set()
    for tab, window in zip(tabs, windows, strict=True):
        tab.shut_down()
        window.auto_sender.stop()
        window.hide()


@pytest.fixture
def main_window(qtbot, settle, context):
    """The window with all its screens."""
    from denkidesk.ui.shell.main_window import APPLY, INBOX, OUTBOX, TARIFFS, MainWindow

    context.ui_state.put("practice.first", "over")  # or its page would stand in the place of the empty inbox
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.show()
    window.open_screen()
    for tab in (INBOX, APPLY, OUTBOX, TARIFFS):
        window.screen_at(tab)
    qtbot.waitUntil(lambda: window.outgoing.auto_sender.plan is not None)
    settle()
    yield window
    window._may_close = True
    window.close()


class _Window(QMainWindow):
    """Of the main window the one thing that every screen relies on: Enter."""

    def keyPressEvent(self, event):
        if not press_focused(self, event):
            super().keyPressEvent(event)


def pytest_collection_modifyitems(items):
    """The offscreen plugin warns of each window that it cannot tell of its smallest size: the plugin's shortcoming, not ours."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", extend=True))


@pytest.fixture
def clerk_at_tariffs(request, main_window, context, qtbot, settle):
    """A clerk at 料金・見積 in a window of 1280x800; pictures have the test module's name."""
    from denkidesk.ui.shell.main_window import TARIFFS
    from fakes.clerk import Clerk, Office

    main_window.resize(1280, 800)
    main_window.activateWindow()
    main_window.show_tab(TARIFFS)
    settle()
    clerk = Clerk(Office(context, main_window), qtbot.waitUntil, request.path.stem.removeprefix("test_"))
    clerk.settle_tariffs()
    return clerk
