"""The program's name and logo, as the system shows them."""

from pathlib import Path

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication


def brand(app: QApplication, resources: Path) -> None:
    """Names the application and gives it its logo, ``denkidesk.svg``; the files' icon is made by ``packaging/make_icon.py``."""
    app.setWindowIcon(QIcon(str(resources / "denkidesk.svg")))
    app.setApplicationName("denkidesk")
    app.setApplicationDisplayName("Denki Desk")
