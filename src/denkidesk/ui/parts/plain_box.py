"""Message boxes that show text exactly as it is. Apart from the labels, because the start needs no box."""

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget

Answer = tuple[str, QMessageBox.ButtonRole, Callable[[], object]]
"""The words of a button, its role, and what it does."""


def plain_box(parent: QWidget | None, icon: QMessageBox.Icon, title: str, text: str, detail: str = "") -> QMessageBox:
    """A message box whose texts are plain; for decisions and bugs only."""
    box = QMessageBox(parent, textFormat=Qt.TextFormat.PlainText, icon=icon)
    box.setWindowTitle(title)
    box.setText(_breakable(text))
    if detail:
        box.setInformativeText(_breakable(detail))
    return box


def ask(box: QMessageBox, answers: Sequence[Answer], no: str, *, enter: str = "") -> QMessageBox:
    """Opens a box that goes on by itself; Enter (but for an answer ``enter``) and Escape both leave everything as it is."""
    buttons = {box.addButton(words, role): (words, act) for words, role, act in answers}
    stop = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(next((button for button, (words, _) in buttons.items() if words == enter), stop))
    box.setEscapeButton(stop)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def answered(button: QAbstractButton) -> None:
        for one, (_, act) in buttons.items():
            if one is button:
                act()

    box.buttonClicked.connect(answered)
    box.open()
    return box


def _breakable(text: str) -> str:
    """A long path may go on in the next line after each of its folders: a box is as wide as its longest word."""
    return re.sub(r"\S{60,}", lambda word: re.sub(r"([\\/])", "\\1\u200b", word[0]), text)
