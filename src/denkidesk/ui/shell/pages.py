"""The pages behind the tabs: each is built when it is first looked at, so that the window is there at once."""

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from denkidesk.ui.parts.boxes import VBox

W_co = TypeVar("W_co", bound=QWidget, covariant=True)


class Screen(Protocol):
    """What the shell asks of every tab's screen; a widget, all the same."""

    def activated(self) -> None:
        """Its tab came to the front."""
        ...

    def shut_down(self) -> None:
        """The window closes: gives up what is open, keeps what was typed."""
        ...


@runtime_checkable
class ListScreen(Screen, Protocol):
    """A screen that also has something to fetch and to search."""

    def refresh(self) -> None:
        """Fetches anew what it shows."""
        ...

    def focus_search(self) -> None:
        """Puts the cursor into its search field."""
        ...


class LazyPage(QWidget, Generic[W_co]):
    """Holds a screen's place until it is wanted. ``build`` gets the page, for a parent."""

    def __init__(self, build: Callable[[QWidget], W_co], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build = build
        self._screen: W_co | None = None
        self._is_placed = False
        self._cover: QWidget | None = None
        VBox(self, margins=0)

    @property
    def is_built(self) -> bool:
        return self._screen is not None

    def build(self) -> W_co:
        """The screen, built if need be, and shown by nothing yet."""
        if self._screen is None:
            self._screen = self._build(self)
            self._screen.hide()  # or it would come up with the page, before it has its place and its size
        return self._screen

    def screen_widget(self) -> W_co:
        """The screen, built if need be, in its place."""
        screen = self.build()
        if not self._is_placed:
            self._is_placed = True
            layout = self.layout()
            if layout is not None:
                layout.addWidget(screen)
            screen.setVisible(self._cover is None)
            self.setFocusProxy(screen)
        return screen

    def take_cursor(self) -> None:
        """The keys of the screen work; within it the cursor stays where it is."""
        if not self.isAncestorOf(self.window().focusWidget() or self):
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def cover(self, cover: QWidget) -> None:
        """Something stands in the place of the screen, which is built, until :meth:`uncover`."""
        self._cover = cover
        layout = self.layout()
        if layout is not None:
            layout.addWidget(cover)
        self._give_place(self.build(), cover)

    def uncover(self) -> None:
        """The screen stands in its place again."""
        cover, self._cover = self._cover, None
        if cover is not None:
            self._give_place(cover, self.build())
            cover.deleteLater()

    def _give_place(self, goes: QWidget, comes: QWidget) -> None:
        focused = self.window().focusWidget()
        had_focus = focused is not None and goes.isAncestorOf(focused)
        self.setFocusProxy(comes)
        comes.show()
        if had_focus or not self.isVisible():  # behind another tab it is where the focus goes when this one comes to the front
            comes.setFocus(Qt.FocusReason.OtherFocusReason)
        goes.hide()
