"""The pages behind the tabs: each is built when it is first looked at, so that the window is there at once."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget


class LazyPage(QWidget):
    """Holds a screen's place until it is wanted. ``build`` gets the page, for a parent."""

    def __init__(self, build: Callable[[QWidget], QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build = build
        self._screen: QWidget | None = None
        self._is_placed = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)

    @property
    def is_built(self) -> bool:
        """Whether the screen exists already."""
        return self._screen is not None

    def build(self) -> QWidget:
        """The screen, built if need be, and shown by nothing yet."""
        if self._screen is None:
            self._screen = self._build(self)
        return self._screen

    def screen_widget(self) -> QWidget:
        """The screen, built if need be, in its place."""
        screen = self.build()
        if not self._is_placed:
            self._is_placed = True
            layout = self.layout()
            if layout is not None:
                layout.addWidget(screen)
            self.setFocusProxy(screen)
        return screen
