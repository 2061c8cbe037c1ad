"""The clerk's consent before the same user's session on another machine is ended."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget

from denkidesk.texts import settings as texts
from denkidesk.ui.parts.plain_box import plain_box


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
    yes = box.addButton(texts.TAKE_OVER_YES, QMessageBox.ButtonRole.DestructiveRole)
    settings = None if on_settings is None else box.addButton(texts.OPEN_SETTINGS, QMessageBox.ButtonRole.ActionRole)
    once = None if on_try is None else box.addButton(texts.TRY_ONCE, QMessageBox.ButtonRole.ActionRole)
    no = box.addButton(texts.TAKE_OVER_NO, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(no)
    box.setEscapeButton(no)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def answered(button: QAbstractButton) -> None:
        if button is yes:
            on_yes()
        elif on_settings is not None and button is settings:
            on_settings()
        elif on_try is not None and button is once:
            on_try()

    box.buttonClicked.connect(answered)
    box.open()
    return box
