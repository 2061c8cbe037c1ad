"""The place of a page: there from the first, while the page is built when somebody looks at it."""

from collections.abc import Callable
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from denkidesk.ui.parts.boxes import VBox
from denkidesk.ui.parts.in_parts import build_part
from denkidesk.ui.parts.next_turn import NextTurn
from denkidesk.ui.parts.tab_pages import StillTabs

P = TypeVar("P", bound=QWidget)

_OF_SHORTCUTS: Final = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
_MODIFIERS: Final = (Qt.Key.Key_Alt, Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)


class PageFrame(QWidget, Generic[P]):
    """``built``: the page stands, which is a fact for whoever has something to tell it.

    ``make`` makes the page as a child of the widget that it is given, perhaps to be built in turns (``InParts``); ``join`` connects it when
    it is complete.
    Whoever asks for :attr:`page` gets it whole. Whoever looks at the frame sees it at once, empty, and the page a few turns later; what is
    typed meanwhile goes where the page then has the cursor, and a shortcut of the page acts. ``takes_cursor``: the page takes the cursor
    whenever it comes to the front.
    """

    built = Signal()

    def __init__(self, parent: QWidget, make: Callable[[QWidget], P], join: Callable[[P], object], *, takes_cursor: bool = False) -> None:
        super().__init__(parent)
        self._make, self._join = make, join
        self._page: P | None = None
        self._is_complete = self.is_built = False
        self._turns = NextTurn(self)
        self._turns.came.connect(self._on_turn)
        if takes_cursor:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        VBox(self, margins=0)

    @property
    def page(self) -> P:
        """The page, built by now and in its place."""
        page = self._page
        if page is None:
            page = self._begin()
        if not self.is_built:
            while build_part(page):
                pass
            self._place(page)
        return page

    @property
    def is_building(self) -> bool:
        """Whether the page is on its way because somebody looks at it."""
        return self._turns.isActive()

    def build_next(self) -> bool:
        """Builds one more part of the page; whether there is more to come."""
        page = self._page
        if self.is_built:
            return False
        if page is None:
            self._begin()
        elif not self._is_complete:
            self._is_complete = not build_part(page)
        else:
            self._place(page)  # which lays it out and polishes it: in a turn of its own
            return False
        return True

    def stop(self) -> None:
        """Builds nothing more."""
        self._turns.stop()

    def showEvent(self, event: QShowEvent) -> None:
        """The first look."""
        super().showEvent(event)
        if not self.is_built:
            if self.focusPolicy() != Qt.FocusPolicy.NoFocus:
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.window().installEventFilter(self)
            self._turns.ask()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody's shortcut was quicker than the page. Wherever the cursor is, Qt asks up to the window who needs the key for himself,
        before it looks who has a shortcut of it: by then the page stands.
        """
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _may_act(event) and self.isVisible():
            _ = self.page
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Somebody was quicker than the page."""
        if event.key() in _MODIFIERS:
            event.ignore()
        else:
            self._pass_on(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """The same for what comes by way of a composition."""
        self._pass_on(event)

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:  # noqa: N802 - Qt's own method
        """Whoever composes may begin here."""
        return True if query == Qt.InputMethodQuery.ImEnabled else super().inputMethodQuery(query)

    def _pass_on(self, event: QEvent) -> None:
        was_built = self.is_built
        _ = self.page
        receiver = QApplication.focusWidget()
        if not was_built and receiver is not None and receiver is not self and self.isAncestorOf(receiver):
            QApplication.sendEvent(receiver, event)
        else:
            event.ignore()

    def _on_turn(self) -> None:
        if self.build_next():
            self._turns.ask()

    def _begin(self) -> P:
        self._page = page = self._make(self)
        page.hide()  # or it would come up half built
        return page

    def _place(self, page: P) -> None:
        self.is_built = True
        self._turns.stop()
        self.window().removeEventFilter(self)
        self._join(page)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(page)
        self.setSizePolicy(page.sizePolicy())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page.show()
        self.built.emit()


def _may_act(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & _OF_SHORTCUTS) and event.key() not in _MODIFIERS


class FramedPages(StillTabs):
    """A tab widget in which a page that stands is spoken of as if it had no frame."""

    def currentWidget(self) -> QWidget:  # noqa: N802 - Qt's own method
        """The page in front; its frame while it is not built."""
        widget = super().currentWidget()
        return widget.page if isinstance(widget, PageFrame) and widget.is_built else widget

    def setCurrentWidget(self, page: QWidget) -> None:  # noqa: N802 - likewise
        """Brings a page to the front."""
        frame = page.parentWidget()
        super().setCurrentWidget(frame if isinstance(frame, PageFrame) else page)

    @property
    def is_building(self) -> bool:
        """Whether a page that somebody looks at is on its way."""
        frames = (self.widget(place) for place in range(self.count()))
        return any(isinstance(frame, PageFrame) and frame.is_building for frame in frames)
