"""Takes the program's look off the application, between two tests of one process."""

from PySide6.QtWidgets import QApplication


def take_look_off(app: QApplication) -> None:
    """Leaves a style sheet that says nothing of any widget.

    Never an empty one: that takes Qt's whole style away while widgets of the last test still live. One that lays itself out in that moment
    asks the style that goes, is marked as known to it, and the next style then never hears of its end: the next ``setStyleSheet`` walks
    over freed memory (``QStyleSheetStyle::initObject``, Qt 6.11). The program itself only ever changes one sheet for another.
    """
    app.setStyleSheet("QNobody {}")
