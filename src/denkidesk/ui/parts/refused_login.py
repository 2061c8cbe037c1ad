"""What the clerk may do after a refused login: mend it, or try it once more knowing that it may lock the company's id."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from denkidesk.texts import settings as texts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox  # the inbox stands without one


def ask_refused_login(parent: QWidget, try_once: Callable[[], object], open_settings: Callable[[], object] | None = None) -> "QMessageBox":
    """Says what has stopped and why; Enter leads to the settings, Escape leaves everything as it is.

    ``open_settings``: None where they are open already; Enter then changes nothing either.
    """
    from PySide6.QtWidgets import QMessageBox

    from denkidesk.ui.parts.plain_box import Answer, ask, plain_box

    box = plain_box(parent, QMessageBox.Icon.Warning, texts.REFUSED_LOGIN_TITLE, texts.REFUSED_LOGIN_QUESTION, texts.REFUSED_LOGIN_DETAIL)
    role = QMessageBox.ButtonRole
    answers: list[Answer] = [] if open_settings is None else [(texts.OPEN_SETTINGS, role.AcceptRole, open_settings)]
    answers.append((texts.TRY_ONCE, role.DestructiveRole, try_once))
    return ask(box, answers, texts.LEAVE_STOPPED, enter=texts.OPEN_SETTINGS)
