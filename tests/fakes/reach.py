"""What a clerk cannot reach or read in a window: buttons beyond its edges, words that are cut, keys that mean two things."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QWidget,
)

from denkidesk.ui.parts.plain import CutLabel
from denkidesk.ui.parts.rail import Sheet
from fakes.mnemonics import twice

_ACTED_ON = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QAbstractItemView)


def complaints(window: QWidget) -> list[str]:
    """Everything that is wrong in what is shown now; in words, with the text of the part."""
    hidden = _primary_out_of_sight(window)  # before anything is scrolled
    found = _found(window)
    for _turn in range(3 if found else 0):
        QApplication.processEvents()  # what a job has just brought is laid out a turn later
    return [*hidden, *(_found(window) if found else [])]


def _primary_out_of_sight(window: QWidget) -> list[str]:
    """What a screen is for, next, send, save, stands where no scroll is needed."""
    buttons = [button for button in _shown(window, QAbstractButton) if button.property("kind") == "primary"]
    return [f"out of sight: {_words(button)!r}" for button in buttons if button.visibleRegion().boundingRect() != button.rect()]


def _found(window: QWidget) -> list[str]:
    return [
        *off_the_screen(window),
        *_overlapping(window),
        *_out_of_reach(window),
        *_cut_words(window),
        *(f"two meanings: {key}" for key in twice(window)),
    ]


def off_the_screen(window: QWidget) -> list[str]:
    """Says so if the window is larger than its screen's free area, or stands out of it."""
    free, taken = window.screen().availableGeometry(), window.frameGeometry()
    return [] if free.contains(taken) else [f"{window.windowTitle()} {taken.getRect()} is not within the free area {free.getRect()}"]


def _overlapping(window: QWidget) -> Iterator[str]:
    """Buttons with something else in the same place: there was not enough room for both."""
    parts = [(part, _clipped(part, window)) for part in _shown(window, QAbstractButton, QLabel, QLineEdit, QComboBox)]
    for button, place in parts:
        inside = place.adjusted(1, 1, -1, -1)
        for other, where in parts if isinstance(button, QAbstractButton) else ():
            if other is button or not inside.intersects(where) or not _words(other):
                continue
            if not (button.isAncestorOf(other) or other.isAncestorOf(button) or _over_the_page(other, button)):
                yield f"in one place: {_words(button)!r} {place.getRect()} and {_words(other)!r} {where.getRect()}"


def _clipped(widget: QWidget, window: QWidget) -> QRect:
    place = QRect(widget.mapTo(window, QPoint()), widget.size())
    area = _scrolled_by(widget)
    return place if area is None else place & QRect(area.viewport().mapTo(window, QPoint()), area.viewport().size())


def _over_the_page(*parts: QWidget) -> bool:
    """Whether one of them lies on the sheet of messages, which the clerk has laid over the page."""
    sheets = [part for part in parts if any(isinstance(sheet, Sheet) and sheet.isAncestorOf(part) for sheet in part.window().children())]
    return 0 < len(sheets) < len(parts)


def _out_of_reach(window: QWidget) -> Iterator[str]:
    for widget in _shown(window, *_ACTED_ON):
        if isinstance(widget.parent(), QAbstractSpinBox | QComboBox | QLineEdit | QTabBar | QAbstractItemView):
            continue  # a part of an editor
        name = f"{type(widget).__name__} {_words(widget)!r}"
        smallest = widget.minimumSizeHint().boundedTo(widget.maximumSize())
        if widget.width() < smallest.width() or widget.height() < smallest.height():
            yield f"squeezed: {name} {widget.size().toTuple()} of {smallest.toTuple()}"
        area = _scrolled_by(widget)
        if area is None:
            seen = window.rect()
        else:
            middle = widget.mapTo(area.widget(), widget.rect().center())  # ensureWidgetVisible is content with the cursor of a line
            area.ensureVisible(middle.x(), middle.y(), widget.width() // 2 + 1, widget.height() // 2 + 1)
            QApplication.processEvents()
            seen = QRect(area.viewport().mapTo(window, QPoint()), area.viewport().size())
            if not window.rect().contains(seen):
                yield f"its page is out of reach: {name}"
        place = QRect(widget.mapTo(window, QPoint()), widget.size())
        needed = place if widget.height() <= seen.height() else QRect(place.topLeft(), QPoint(place.right(), place.top()))
        if not seen.contains(needed) and not (widget.height() > seen.height() and seen.intersects(place)):
            yield f"out of reach: {name} {place.getRect()} in {seen.getRect()}"


def _cut_words(window: QWidget) -> Iterator[str]:
    for label in _shown(window, QLabel):
        if not label.text() or isinstance(label, CutLabel):
            continue
        if label.wordWrap():
            if label.heightForWidth(label.width()) > label.height() + 1:
                yield f"cut: {label.text()!r} {label.height()} of {label.heightForWidth(label.width())} high"
        elif label.sizeHint().width() > label.width() or label.sizeHint().height() > label.height() + 1:
            yield f"cut: {label.text()!r} {label.size().toTuple()} of {label.sizeHint().toTuple()}"
        area = _scrolled_by(label)
        around = area.viewport() if area is not None else window
        left = label.mapTo(around, QPoint()).x() + (area.horizontalScrollBar().value() if area is not None else 0)
        room = around.width() + (area.horizontalScrollBar().maximum() if area is not None else 0)
        if left < 0 or left + label.width() > room:
            yield f"beyond the edge: {label.text()!r} {left} + {label.width()} of {room}"
    for button in _shown(window, QAbstractButton):
        if button.text() and button.sizeHint().width() > button.width() and not isinstance(button.parent(), QTabBar):
            yield f"cut: button {button.text()!r} {button.width()} of {button.sizeHint().width()}"
    for bar in _shown(window, QTabBar):
        if bar.count() and bar.tabRect(bar.count() - 1).right() > bar.width():
            yield f"cut: tabs {[bar.tabText(place) for place in range(bar.count())]}"


def _shown(window: QWidget, *kinds: type) -> list:
    """In one scroll of each page's place only: what lies on a page that is scrolled away is shown too."""
    shown = (widget for widget in window.findChildren(QWidget) if isinstance(widget, kinds) and widget.isVisible())
    return [widget for widget in shown if widget.window() is window]


def _scrolled_by(widget: QWidget) -> QScrollArea | None:
    parent = widget.parentWidget()
    while parent is not None and not parent.isWindow():
        if isinstance(parent, QScrollArea) and parent.widget() is not None and parent.widget().isAncestorOf(widget):
            return parent
        if isinstance(parent, QAbstractScrollArea) and parent is not widget and not isinstance(parent, QScrollArea):
            return None
        parent = parent.parentWidget()
    return None


def _words(widget: QWidget) -> str:
    return getattr(widget, "text", str)() or widget.accessibleName() or widget.objectName()
