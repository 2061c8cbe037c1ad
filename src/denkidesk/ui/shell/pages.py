"""The pages behind the tabs: each is built when it is first looked at, so that the window is there at once."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget


class LazyPage(QWidget):
    """Holds a screen's place until it is wanted."""

    def __init__(self, build: Callable[[], QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build = build
        self._screen: QWidget | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)

    @property
    def is_built(self) -> bool:
        """Whether the screen exists already."""
        return self._screen is not None

    def screen_widget(self) -> QWidget:
        """The screen, built if need be."""
        if self._screen is None:
            self._screen = self._build()
            layout = self.layout()
            if layout is not None:
                layout.addWidget(self._screen)
            self.setFocusProxy(self._screen)
        return self._screen
