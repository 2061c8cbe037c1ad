"""Pages of a tab widget, made where they will stand."""

from PySide6.QtWidgets import QStackedWidget, QTabWidget, QWidget


def parent_of_pages(tabs: QTabWidget) -> QWidget:
    """What the pages of a tab widget are children of.

    A page that is made as its child costs nothing when it is added; one of another parent has its style sheet looked up again, widget by
    widget, which takes as long as to build it.
    """
    return tabs.findChild(QStackedWidget) or tabs
