"""What every screen is given."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from denkidesk.jobs.lanes import Jobs
from denkidesk.settings import Places, Settings
from denkidesk.ui.notices import Notices
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.theme import Theme
from denkidesk.ui.parts.ui_state import UiState


class GateView(Protocol):
    """What the status bar sees of the gate before the utility."""

    @property
    def queue_length(self) -> int:
        """How many requests of this process wait."""
        ...

    def next_free_in_s(self) -> float:
        """Seconds until the next start."""
        ...


@dataclass(frozen=True, slots=True)
class UiContext:
    """The objects that ``main`` built, handed to every screen; nothing is fetched from a global place."""

    desk: Any  # denkidesk.desk.desk.Desk
    jobs: Jobs
    settings: Settings
    places: Places
    practice: bool
    credentials: Any  # denkidesk.credentials.Credentials, or PracticeCredentials
    notices: Notices
    theme: Theme
    icons: Icons
    ui_state: UiState
    request_restart: Callable[[], None]  # closes the window and starts the program again, after settings have changed
    gate: GateView | None = None
