"""The clerk's consent before the same user's session on another machine is ended."""

from collections.abc import Callable

from PySide6.QtWidgets import QMessageBox, QWidget

from denkidesk.texts import settings as texts
from denkidesk.ui.parts.plain_box import Answer, ask, plain_box


def ask_take_over(
    parent: QWidget,
    on_yes: Callable[[], object],
    on_settings: Callable[[], object] | None = None,
    on_try: Callable[[], object] | None = None,
) -> QMessageBox:
    """Says what it does to the other machine and asks once more; Enter and Escape both leave everything as it is.

    ``on_settings``: the way to the settings, for who has mistyped the password; None where they are open already. ``on_try``: one more
    login that ends nobody's session, for when the other one is over; None where trying is a button of its own.
    """
    box = plain_box(parent, QMessageBox.Icon.Question, texts.TAKE_OVER_TITLE, texts.TAKE_OVER_QUESTION, texts.TAKE_OVER_DETAIL)
    role = QMessageBox.ButtonRole
    answers: list[Answer] = [(texts.TAKE_OVER_YES, role.DestructiveRole, on_yes)]
    if on_settings is not None:
        answers.append((texts.OPEN_SETTINGS, role.ActionRole, on_settings))
    if on_try is not None:
        answers.append((texts.TRY_ONCE, role.ActionRole, on_try))
    return ask(box, answers, texts.TAKE_OVER_NO)
