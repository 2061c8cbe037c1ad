"""A row that goes on in the next line where the place is too narrow for it; who wants to grow gets what is left of its line."""

from collections.abc import Iterator
from typing import Final, Self

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

_FREE: Final = Qt.Orientation(0)


class Flow(QLayout):
    """Takes any number of parts, in their order."""

    def __init__(self, spacing: int) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def add(self, *widgets: QWidget) -> Self:
        """Puts more parts at the end."""
        for widget in widgets:
            self.addWidget(widget)
        return self

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's own method
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt asks beyond the end, and is told None
        """A part by its place."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - as above
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's own method
        """It asks for no more than it needs."""
        return _FREE

    def hasHeightForWidth(self) -> bool:
        """Narrower means more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        around = self.contentsMargins()
        inside = width - around.left() - around.right()
        lines = sum(height + self.spacing() for _, height in self._lines(inside)) - self.spacing()
        return lines + around.top() + around.bottom()

    def sizeHint(self) -> QSize:
        """All in one line."""
        hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(hint.width() + self.spacing() for hint in hints) - self.spacing()
        return QSize(max(0, width), max((hint.height() for hint in hints), default=0)).grownBy(self.contentsMargins())

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's own method
        """The widest part alone."""
        sizes = [item.minimumSize() for item in self._items if not item.isEmpty()]
        widest = QSize(max((size.width() for size in sizes), default=0), max((size.height() for size in sizes), default=0))
        return widest.grownBy(self.contentsMargins())

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt's own method
        super().setGeometry(rect)
        rect = rect.marginsRemoved(self.contentsMargins())
        top = rect.top()
        for line, height in self._lines(rect.width()):
            widths = [item.sizeHint().width() for item in line]
            growing = [place for place, item in enumerate(line) if item.expandingDirections() & Qt.Orientation.Horizontal]
            left_over = rect.width() - sum(widths) - self.spacing() * (len(line) - 1)
            for place in growing:
                widths[place] += left_over // len(growing)
            left = rect.left()
            for item, width in zip(line, widths, strict=True):
                item.setGeometry(QRect(left, top, min(width, rect.width()), height))
                left += width + self.spacing()
            top += height + self.spacing()

    def _lines(self, width: int) -> Iterator[tuple[list[QLayoutItem], int]]:
        line: list[QLayoutItem] = []
        used = 0
        for item in self._items:
            if item.isEmpty():
                continue
            wanted = item.sizeHint().width()
            if line and used + self.spacing() + wanted > width:
                yield line, _height_of(line)
                line, used = [], 0
            used += wanted + (self.spacing() if line else 0)
            line.append(item)
        if line:
            yield line, _height_of(line)


def _height_of(line: list[QLayoutItem]) -> int:
    return max(item.sizeHint().height() for item in line)
