"""Pages that are drawn once before anybody looks, while nothing else runs."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget


def rehearse(page: QWidget, size: QSize) -> None:
    """Polishes, lays out and draws a hidden page once.

    The first look at a page asks each of its widgets, through the interpreter, for a dozen things that are remembered from then on. Beside
    a lane that computes, every one of these questions waits for the interpreter: the window would stand still for 60 ms.
    """
    if not page.isVisible():
        page.resize(size)
        page.grab()
