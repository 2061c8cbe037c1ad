"""What the clerk may do after a refused login: mend it, or try it once more knowing that it may lock the company's id."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from denkidesk.texts import settings as texts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox  # the inbox stands without one


def ask_refused_login(parent: QWidget, try_once: Callable[[], object], open_settings: Callable[[], object] | None = None) -> "QMessageBox":
    """Says what has stopped and why; Enter leads to the settings, Escape leaves everything as it is.

    ``open_settings``: None where they are open already; Enter then changes nothing either.
    """
    from PySide6.QtWidgets import QMessageBox

    from denkidesk.ui.parts.plain_box import plain_box

    box = plain_box(parent, QMessageBox.Icon.Warning, texts.REFUSED_LOGIN_TITLE, texts.REFUSED_LOGIN_QUESTION, texts.REFUSED_LOGIN_DETAIL)
    settings = None if open_settings is None else box.addButton(texts.OPEN_SETTINGS, QMessageBox.ButtonRole.AcceptRole)
    once = box.addButton(texts.TRY_ONCE, QMessageBox.ButtonRole.DestructiveRole)
    no = box.addButton(texts.LEAVE_STOPPED, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(settings or no)
    box.setEscapeButton(no)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def answered(button: QAbstractButton) -> None:
        if button is once:
            try_once()
        elif open_settings is not None and button is settings:
            open_settings()

    box.buttonClicked.connect(answered)
    box.open()
    return box
