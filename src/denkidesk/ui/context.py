"""What every screen is given."""

from collections.abc import Callable
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from denkidesk.desk.setup import Places, Settings, SetupDesk
from denkidesk.domain.values import dataclass
from denkidesk.jobs.lanes import Jobs
from denkidesk.ui.charts.renderer import ChartRenderer
from denkidesk.ui.notices import Notices
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.theme import Theme
from denkidesk.ui.parts.ui_state import UiState
from denkidesk.ui.parts.undo import Undo

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class UiContext:
    """The objects that ``main`` built, handed to every screen; nothing is fetched from a global place."""

    opened_desk: Callable[[], "Desk"]  # it is opened behind the painted frame, before any screen is built
    jobs: Jobs
    settings: Settings
    places: Places
    practice: bool
    setup: SetupDesk
    notices: Notices
    theme: Theme
    icons: Icons
    ui_state: UiState
    charts: ChartRenderer
    report_of: Callable[[BaseException], str]  # of a bug, to copy: without any value
    request_restart: Callable[[], None]  # closes the window and starts the program again, after settings have changed
    undo: Undo = field(default_factory=Undo)
    request_restore: Callable[[Path], None] = lambda _: None  # closes the window and opens it again on a backup

    @property
    def desk(self) -> "Desk":
        """What the clerk works with; there as soon as a screen is."""
        return self.opened_desk()
