"""Paper without a window: a stored quote as its PDF, by the strokes that the window uses."""

import os
from pathlib import Path

from denkidesk.domain.quote_sheet import QuoteSheet


def write_quote(path: Path, sheet: QuoteSheet) -> None:
    """Writes the pages. Raises SetupFault if the file cannot be written. No display is needed: nothing is shown."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from denkidesk.settings import resources_dir
    from denkidesk.ui.parts.theme import Theme
    from denkidesk.ui.quote.page import write_pdf

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)  # noqa: S101 - nobody makes another one
    Theme(application, resources_dir())
    write_pdf(path, sheet)
