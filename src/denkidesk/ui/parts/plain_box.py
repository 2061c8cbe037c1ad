"""Message boxes that show text exactly as it is. Apart from the labels, because the start needs no box."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def plain_box(parent: QWidget | None, icon: QMessageBox.Icon, title: str, text: str, detail: str = "") -> QMessageBox:
    """A message box whose texts are plain; for decisions and bugs only."""
    box = QMessageBox(parent, textFormat=Qt.TextFormat.PlainText, icon=icon)
    box.setWindowTitle(title)
    box.setText(text)
    if detail:
        box.setInformativeText(detail)
    return box
