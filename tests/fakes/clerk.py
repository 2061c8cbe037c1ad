"""A clerk at the real window: a real desk, real HTTP to practice servers, and a hand that knows keys only.

With ``DENKIDESK_PICTURES`` set to a folder, :meth:`Clerk.picture` saves what the clerk sees, to be looked at by a person.
"""

import os
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QFileDialog, QLabel, QLineEdit, QWidget

from denkidesk.compose.desk import open_desk
from denkidesk.compose.run import Run
from denkidesk.credentials import Credentials
from denkidesk.desk.sending import Hold
from denkidesk.domain.applications import ApplicationKind, OutboxItem
from denkidesk.domain.clock import Now
from denkidesk.jobs.lanes import Jobs
from denkidesk.settings import DeskSettings, EnegaeruSettings, KansaiSettings, Settings, resources_dir
from denkidesk.ui.apply.final_check import Verdict
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.strip import Message, Strips
from denkidesk.ui.parts.theme import Theme
from denkidesk.ui.shell.main_window import APPLY, INBOX, OUTBOX, TARIFFS, MainWindow
from denkidesk.ui.tour.keyboard import Keyboard
from fakes.memory_keyring import MemoryKeyring
from fakes.ui_context import context_of

POINT = "0600000000000000000017"
CUSTOMER = "見本 太郎"
ADDRESS = "大阪府大阪市見本町0-0-0"
NOTE = "見本：折り返し15時"
FILING, LISTING = "new_outage", "list_applications"  # operations, as faults are aimed at them
WRONG_PASSWORDS = {"DENKIDESK_SECRET_KANSAI_PASSWORD": "wrong", "DENKIDESK_SECRET_ENEGAERU_PASSWORD": "wrong"}
TIMEOUT_MS = 30_000


@dataclass(frozen=True)
class Office:
    """What stands behind the window."""

    context: UiContext
    window: MainWindow


def open_office(
    closing: ExitStack,
    qapp: QApplication,
    home: Path,
    kansai_base_url: str,
    enegaeru_base_url: str,
    now: Now,
    *,
    environ: dict[str, str] | None = None,
    answer_timeout_s: float = 20.0,
    size: tuple[int, int] | None = (1280, 800),
    band: bool = False,
    countdown_s: float = 0.05,
    **kansai: str,
) -> Office:
    """The window as ``main`` builds it, on servers of this machine; a short interval, and secrets from ``environ``.

    ``size``: None leaves it to the window. ``band``: with the one of practice mode above the screens. ``kansai``: further settings of
    the application API.
    """
    settings = Settings(
        kansai=KansaiSettings(base_url=kansai_base_url, interval_s=0.01, margin_s=0.0, answer_timeout_s=answer_timeout_s, **kansai),
        enegaeru=EnegaeruSettings(base_url=enegaeru_base_url, answer_timeout_s=answer_timeout_s),
        desk=DeskSettings(countdown_s=countdown_s),
    )
    run = Run.decide(home, settings, credentials=Credentials(environ or {}, MemoryKeyring()))
    desk = open_desk(run, now=now)
    closing.callback(desk.close)
    theme = Theme(qapp, resources_dir(), "light")
    closing.callback(theme.setParent, None)
    jobs = Jobs()
    closing.callback(_end, jobs)
    context = context_of(run, desk, jobs, theme, request_restart=_nothing, practice=band)
    jobs.unheard_failure.connect(context.notices.failure)
    window = MainWindow(context)
    window.show()
    window.open_screen()
    if size is not None:
        window.resize(*size)  # a test's desk is larger than the screen of Qt's offscreen platform, which the window has fitted itself into
    window.activateWindow()
    return Office(context, window)


class Clerk:
    """What the clerk does and sees. ``wait``: pytest-qt's ``waitUntil``."""

    def __init__(self, office: Office, wait: Callable[..., None], scenario: str) -> None:
        self.window = office.window
        self.context = office.context
        self._wait = wait
        self._keyboard = Keyboard(office.window)
        self._scenario = scenario

    # --- hands

    def press(self, keys: str) -> None:
        """Presses a combination of keys where the cursor is."""
        target = QApplication.activeModalWidget() or self.window
        QTest.keySequence(target.focusWidget() or target, QKeySequence(keys))

    def tab_to(self, text: str) -> None:
        """Goes on with the tabulator until a button stands in focus, by its text."""
        box = QApplication.activeModalWidget() or self.window
        for _ in range(50):
            focused = box.focusWidget()
            if isinstance(focused, QAbstractButton) and focused.text() == text:
                return
            self.press("Tab")
        raise AssertionError(f"no key leads to {text}")

    def type(self, name: str, text: str) -> None:
        """Types into a field of the form that is open."""
        editor = self.field(name).editor
        editor.setFocus(Qt.FocusReason.TabFocusReason)
        editor.selectAll()
        self._keyboard.type(text, editor)

    def choose(self, name: str) -> None:
        """Takes the first entry."""
        editor = self.field(name).editor
        if isinstance(editor, QComboBox):
            self._keyboard.pick(editor, 0)
        else:
            editor.setFocus(Qt.FocusReason.TabFocusReason)
            self._keyboard.press(Qt.Key.Key_1, at=editor.focusProxy())

    def until(self, condition: Callable[[], object]) -> None:
        """Waits until something is seen."""
        self._wait(lambda: bool(condition()), timeout=TIMEOUT_MS)

    def back_in_the_window(self) -> None:
        """Waits until no dialog is open; without a window manager nobody hands the keyboard back."""
        self.until(lambda: QApplication.activeModalWidget() is None)
        self.window.activateWindow()
        self.settle()

    def settle(self) -> None:
        """Waits until nothing is under way, nor counted down."""
        QApplication.processEvents()  # what waits for the paint of a letter is under way then
        self.until(lambda: self.context.jobs.is_idle and not self._is_going())

    def settle_jobs(self) -> None:
        """As :meth:`settle`, while something may be counted down."""
        QApplication.processEvents()
        self.until(lambda: self.context.jobs.is_idle)

    def _is_going(self) -> bool:
        plan = self.window.outgoing.auto_sender.plan
        return plan is not None and any(one.hold in (Hold.COUNTING, Hold.TURN) for one in plan.waiting)

    def drop(self, *files: Path) -> None:
        """Lets files go on the tariffs tab."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        buttons = Qt.MouseButton.LeftButton
        event = QDropEvent(QPointF(400, 300), Qt.DropAction.CopyAction, data, buttons, Qt.KeyboardModifier.NoModifier)
        self.tariffs.dropEvent(event)  # without a platform that drags, Qt has no target to send it to
        self.settle_tariffs()

    def drop_now(self, file: Path) -> None:
        """Lets a file go on the tariffs tab, and does not wait."""
        self.tariffs.open_usage_file(file)

    def open_usage(self, file: Path) -> None:
        """Space on the button of the usage's page, and the file's name; does not wait for what comes of it."""
        look = QTimer(self.window)
        look.setInterval(5)

        def choose() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QFileDialog):
                look.stop()
                dialog.selectFile(str(file))  # typing would race with the thread that reads the folder
                dialog.accept()

        look.timeout.connect(choose)
        look.start()
        self.tariffs.usage_page.focus_first()
        self.press("Space")
        look.deleteLater()
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)

    def write(self, text: str) -> None:
        """Types where the cursor is, in place of what stands there."""
        self.press("Ctrl+A")
        self._keyboard.type(text)

    def leave(self) -> None:
        """Closes the window without waiting for anything."""
        self.window._may_close = True
        self.window.close()

    # --- the way of an outage

    def open_outage(self) -> None:
        """Ctrl+Shift+T."""
        self.press("Ctrl+Shift+T")
        self.until(lambda: self.apply.form is not None and self.apply.form.isVisible())
        self.settle()

    def fill_outage(self, point: str = POINT) -> None:
        """All that an outage needs, and a note; until the review is in sight and everything was looked up."""
        self.open_outage()
        self.type("supply_point_number", point)
        self.type("customer_name", CUSTOMER)
        self.type("supply_point_address", ADDRESS)
        self.choose("selection_code")
        self.choose("triage_scope")
        if isinstance(self.field("equipment_class").editor, QLineEdit):
            self.type("equipment_class", "1")  # no table of the utility says what the answers come to
        self.type("note", NOTE)
        if not self.apply.form.review.isVisible():
            self.press("Ctrl+Return")
        self.until(lambda: self.apply.form.review.verdict is not Verdict.LOOKING)
        self.settle()

    def send(self) -> None:
        """Ctrl+Enter with the review in sight, and waits for what became of it."""
        self.press("Ctrl+Return")
        self.until(lambda: self.apply._dispatch.shown_item is not None)
        self.settle()

    def file_outage(self, point: str = POINT) -> None:
        """All of it."""
        self.fill_outage(point)
        self.send()

    def refresh(self) -> None:
        """F5 in the inbox."""
        self.press("Ctrl+1")
        self.press("F5")
        self.settle()

    def open_outbox(self) -> None:
        """Ctrl+3."""
        self.press("Ctrl+3")
        self.settle()

    # --- the way of a quote

    def open_tariffs(self) -> None:
        """Ctrl+4."""
        self.press("Ctrl+4")
        self.settle_tariffs()

    def settle_tariffs(self) -> None:
        """Waits until everything is fetched, computed and drawn."""
        self.until(lambda: self.tariffs.is_settled and self.context.jobs.is_idle)

    # --- eyes

    @property
    def inbox(self):
        """受付トレイ."""
        return self.window.screen_at(INBOX)

    @property
    def apply(self):
        """新規申込."""
        return self.window.screen_at(APPLY)

    @property
    def outbox(self):
        """送信トレイ."""
        return self.window.screen_at(OUTBOX)

    @property
    def tariffs(self):
        """料金・見積."""
        return self.window.screen_at(TARIFFS)

    def field(self, name: str):
        """A field of the open form."""
        return next(field for field in self.apply.form.fields.all if field.field.name == name)

    def messages(self) -> list[Message]:
        """Every strip of the window that is not good news, wherever it stands."""
        said = [message for strips in self.window.findChildren(Strips) for message in strips.messages]
        return [message for message in said if message.tone != "ok"]

    def standing(self, server: str = "kansai") -> str:
        """What the status bar says of a server, once it can be read whole."""
        sign = getattr(self.window.status, server)
        self.until(lambda: sign.width() >= sign.sizeHint().width())
        return sign.state

    def outcome(self) -> str:
        """Everything that is said of what was sent: below its form, on the last page, or on the card of what was accepted."""
        form = self.apply.form
        places = (self.apply.outcome_page, self.apply.receipt_page, *([form.review.foot] if form is not None else []))
        return "".join(self.words_in(place) for place in places)

    def words_in(self, widget: QWidget) -> str:
        """Every text that can be seen in a part of the window."""
        return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text())

    def items(self) -> tuple[OutboxItem, ...]:
        """What the outbox keeps."""
        return self.context.desk.outbox.items()

    def draft(self) -> dict[str, str]:
        """What is kept of the outage that was begun last."""
        kept = [dict(draft.fields) for draft in self.context.desk.outbox.drafts() if draft.kind is ApplicationKind.OUTAGE]
        return kept[0] if kept else {}

    def picture(self, name: str = "") -> None:
        """Saves what the clerk sees, if somebody wants to look."""
        folder = os.environ.get("DENKIDESK_PICTURES")
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            for _turn in range(3):
                QApplication.processEvents()  # what changes its size is laid out a turn later
            shown = QApplication.activeModalWidget() or self.window
            shown.grab().save(str(Path(folder) / f"{self._scenario}{'-' if name else ''}{name}.png"))


class Pulse:
    """Counts turns of the event loop: a window that is busy with itself does not turn."""

    def __init__(self, clerk: Clerk) -> None:
        self._timer = QTimer(clerk.window)
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._on_tick)
        self.ticks = 0

    def __enter__(self) -> "Pulse":
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._timer.stop()

    def _on_tick(self) -> None:
        self.ticks += 1


def _end(jobs: Jobs) -> None:
    assert jobs.shut_down(20), "a lane did not end"


def _nothing() -> None:
    """Asks for no restart."""
