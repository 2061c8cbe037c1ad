"""Rows and columns of widgets, written as what they hold."""

from typing import Self

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QLayout, QWidget

Margins = int | tuple[int, int, int, int]


class Stretch(int):
    """Room that grows, by its share of what is left."""

    def __new__(cls, share: int = 1) -> "Stretch":
        return super().__new__(cls, share)


class Gap(int):
    """Pixels on top of the spacing."""


Part = QWidget | QLayout | Stretch | Gap | tuple[QWidget | QLayout, int] | tuple[QWidget, int, Qt.AlignmentFlag]
"""A widget or a layout, if need be with its share of the room and its place in it; or room."""


class HBox(QBoxLayout):
    """Lays a widget's parts out side by side, or a layout's. Margins and spacing are the style's where they are not given."""

    direction_of_parts = QBoxLayout.Direction.LeftToRight

    def __init__(self, of: QWidget | None = None, *, margins: Margins | None = None, spacing: int = -1) -> None:
        super().__init__(self.direction_of_parts)
        if of is not None:
            of.setLayout(self)
        if margins is not None:
            self.setContentsMargins(*((margins,) * 4 if isinstance(margins, int) else margins))
        self.setSpacing(spacing)

    def add(self, *parts: Part) -> Self:
        """Puts more parts at the end."""
        for part in parts:
            if isinstance(part, Stretch):
                self.addStretch(part)
            elif isinstance(part, Gap):
                self.addSpacing(part)
            else:
                what, *place = part if isinstance(part, tuple) else (part,)
                (self.addLayout if isinstance(what, QLayout) else self.addWidget)(what, *place)  # type: ignore[arg-type] # as Part says
        return self


class VBox(HBox):
    """The same, one below the other."""

    direction_of_parts = QBoxLayout.Direction.TopToBottom
