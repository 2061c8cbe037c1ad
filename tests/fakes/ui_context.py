"""What every screen is given, built as the program builds it, for screens that a test opens by itself."""

from typing import Any

from denkidesk.compose.run import Run
from denkidesk.desk.desk import Desk
from denkidesk.desk.setup import SetupDesk
from denkidesk.jobs.lanes import Jobs
from denkidesk.journal.reports import report_of
from denkidesk.settings import resources_dir
from denkidesk.ui.charts.renderer import ChartRenderer
from denkidesk.ui.context import UiContext
from denkidesk.ui.notices import Notices
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.theme import Theme
from denkidesk.ui.parts.ui_state import UiState


def context_of(run: Run, desk: Desk, jobs: Jobs, theme: Theme, **changes: Any) -> UiContext:
    """The context of a run whose desk is open."""
    run.places.data_dir.mkdir(parents=True, exist_ok=True)
    parts: dict[str, Any] = {
        "opened_desk": lambda: desk,
        "jobs": jobs,
        "settings": run.settings,
        "places": run.places,
        "practice": run.practice,
        "setup": SetupDesk.of_run(run.places, run.credentials, practice=run.practice),
        "notices": Notices(),
        "theme": theme,
        "icons": Icons(theme, resources_dir() / "icons"),
        "ui_state": UiState(run.places.data_dir / "window.json"),
        "charts": ChartRenderer(resources_dir() / "fonts"),
        "report_of": report_of,
        "request_restart": lambda: None,
    }
    return UiContext(**{**parts, **changes})
