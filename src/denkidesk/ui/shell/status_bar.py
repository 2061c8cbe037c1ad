"""The status bar: how the two servers are, what waits for being sent and until when, who waits at the gate, how old the list is."""

import time
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStatusBar, QWidget

from denkidesk.desk.server_state import Condition, ServerState
from denkidesk.desk.traffic import ENEGAERU, KANSAI
from denkidesk.domain.clock import now_jst
from denkidesk.jobs.job import LaneName
from denkidesk.texts import dates
from denkidesk.texts import shell as texts
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import HBox
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.picture import Picture
from denkidesk.ui.parts.plain import CutLabel, PlainLabel, set_tip
from denkidesk.ui.parts.theme import SPACE_L, SPACE_S

if TYPE_CHECKING:  # nothing is planned before the first screen stands
    from denkidesk.desk.sending import Plan

_GATE_INTERVAL_MS: Final = 200
_ICON_SIZE: Final = 15
_WORK_AT: Final = 3  # behind both servers and what goes out


def sign_of(state: ServerState, now: datetime) -> tuple[str, str, str]:
    """(icon, tone, word) for how a server is."""
    match state.condition:
        case Condition.NEVER_ASKED:
            return "server", "muted", texts.SERVER_NOT_ASKED
        case Condition.FINE:
            return "check-circle", "ok", texts.SERVER_OK.format(time=dates.clock(state.at or now))
        case Condition.TROUBLED:
            return "server-off", "error", texts.SERVER_TROUBLED
        case Condition.AWAY:
            return "server-off", "error", texts.SERVER_AWAY
        case Condition.LOGIN_REFUSED:
            return "key", "error", texts.SERVER_REFUSED
        case Condition.CLOSED:
            until = state.until
            return "clock", "warn", texts.SERVER_CLOSED_UNTIL.format(time=dates.recent(until, now.date())) if until else texts.SERVER_CLOSED
        case Condition.NOT_SET_UP:
            return "settings", "warn", texts.SERVER_NOT_SET_UP


class ServerSign(QWidget):
    """One server: icon, name and state in words."""

    def __init__(self, icons: Icons, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._state = ("server", "muted", texts.SERVER_NOT_ASKED)
        self._picture = Picture(icons, "server", "muted", _ICON_SIZE, self)
        self._text = PlainLabel("", self, scale=0.9)
        HBox(self, margins=(SPACE_S, 0, SPACE_S, 0), spacing=SPACE_S - 2).add(self._picture, self._text)
        self._say()

    @property
    def state(self) -> str:
        return self._state[2]

    def show_state(self, state: tuple[str, str, str]) -> None:
        """Shows (icon, tone, word)."""
        if state != self._state:
            self._state = state
            self._picture.show_icon(*state[:2])
            self._say()

    def _say(self) -> None:
        _icon, tone, word = self._state
        self._text.setText(f"{self._name} {word}")
        self._text.set_tone(tone)
        set_tip(self, texts.SERVER_TIP.format(service=self._name, state=word))
        self.setAccessibleName(texts.SERVER_TIP.format(service=self._name, state=word))


class DeskStatusBar(QStatusBar):
    """Learns from what the lanes report; asks nobody by itself."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.setSizeGripEnabled(False)
        self.setAccessibleName(texts.STATUS_NAME)
        self.kansai = ServerSign(context.icons, texts.KANSAI_NAME, self)
        self.enegaeru = ServerSign(context.icons, texts.ENEGAERU_NAME, self)
        self._going = CutLabel("", self, scale=0.9, tone="accent")
        set_tip(self._going, texts.GATE_TIP)
        self._synced = PlainLabel("", self, scale=0.9)  # nobody knows until the inbox has looked
        self._synced.setContentsMargins(0, 0, SPACE_L, 0)
        self.addWidget(self.kansai)
        self.addWidget(self.enegaeru)
        self.addWidget(self._going, 1)
        self.addPermanentWidget(self._synced)
        self._plan: Plan | None = None
        self._planned_at = 0.0
        self._timer = QTimer(self, interval=_GATE_INTERVAL_MS)
        self._timer.timeout.connect(self._on_tick)
        context.jobs.settled.connect(self._on_settled)
        context.jobs.load_changed.connect(self._on_load_changed)

    def show_synced(self, at: datetime | None) -> None:
        """Shows when the list was fetched."""
        text = texts.SYNCED_NEVER if at is None else texts.SYNCED.format(time=dates.recent(at, now_jst().date()))
        self._synced.setText(text)

    def take_work(self, work: QWidget) -> None:
        """Work under way has its place here, whatever screen is shown."""
        self.insertWidget(_WORK_AT, work, 1)

    def show_plan(self, plan: "Plan") -> None:
        """Shows how the outbox goes on."""
        self._plan, self._planned_at = plan, time.monotonic()
        self._look()

    def shut_down(self) -> None:
        """Ends the count-down."""
        self._plan = None
        self._timer.stop()

    def _on_settled(self, lane: LaneName, _outcome: object) -> None:
        sign = {LaneName.KANSAI: self.kansai, LaneName.QUOTING: self.enegaeru}.get(lane)
        if sign is not None:
            service = KANSAI if lane is LaneName.KANSAI else ENEGAERU
            sign.show_state(sign_of(self._context.desk.traffic.server(service), now_jst()))

    def _on_load_changed(self) -> None:
        self._look()

    def _look(self) -> None:
        """Counts down as long as there is something to count."""
        if self._is_busy or (self._plan is not None and any(one.left_s > 0 for one in self._plan.waiting)):
            if not self._timer.isActive():
                self._timer.start()
        else:
            self._timer.stop()
        self._on_tick()

    @property
    def _is_busy(self) -> bool:
        return self._context.jobs.load(LaneName.KANSAI) > 0

    def _on_tick(self) -> None:
        self._going.setText(self._outbox_words() or (self._gate_words() if self._is_busy else ""))

    def _outbox_words(self) -> str:
        if self._plan is None or not self._plan.waiting:
            return ""
        from denkidesk.ui.outbox.lines import in_short

        return in_short(self._plan, time.monotonic() - self._planned_at)

    def _gate_words(self) -> str:
        wait = self._context.desk.traffic.wait()
        waiting = max(0, self._context.jobs.load(LaneName.KANSAI) - 1) + wait.ahead
        return texts.GATE_WAITING.format(count=waiting, seconds=wait.eta_s) if waiting else texts.GATE_BUSY
