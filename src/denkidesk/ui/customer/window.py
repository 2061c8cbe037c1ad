"""A window that the customer may look at: on a screen of its own where there is a second one, else over the clerk's window."""

from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QScreen
from PySide6.QtWidgets import QSlider, QWidget

from denkidesk.texts import customer_view as texts
from denkidesk.texts.shortcuts import CUSTOMER_VIEW
from denkidesk.ui.customer.page import CustomerPage
from denkidesk.ui.parts.boxes import VBox
from denkidesk.ui.parts.key_binding import bind
from denkidesk.ui.parts.theme import Theme
from denkidesk.ui.tariffs.ranking_table import RankingTable

_KEYS = Qt.Key
_PASSED_ON: Final = (_KEYS.Key_Up, _KEYS.Key_Down, _KEYS.Key_Left, _KEYS.Key_Right, _KEYS.Key_PageUp, _KEYS.Key_PageDown, _KEYS.Key_Home)


class CustomerWindow(QWidget):
    """Belongs to the clerk's window and goes with it; Esc and its own key close it."""

    closed = Signal()

    def __init__(self, theme: Theme, owner: QWidget) -> None:
        super().__init__(owner, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle(texts.TITLE)
        self.page = CustomerPage(theme, self)
        VBox(self, margins=0).add((self.page, 1))
        bind(CUSTOMER_VIEW, self, self.close)

    @property
    def has_own_screen(self) -> bool:
        """Whether the clerk sees another screen meanwhile."""
        return self.isFullScreen()

    def open_beside(self, owner: QWidget) -> None:
        """The clerk goes on typing where there are two screens."""
        screen = other_screen(owner)
        if screen is None:
            self.setGeometry(owner.geometry())
            self.show()
            self.activateWindow()
            self.page.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setGeometry(screen.geometry())
        self.showFullScreen()
        owner.activateWindow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves; the arrows act on the plan or the slider that the clerk has left the cursor on."""
        owner = self.parentWidget()
        at = owner.focusWidget() if owner is not None else None
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in _PASSED_ON and isinstance(at, QSlider | RankingTable):
            QCoreApplication.sendEvent(at, event)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing of this customer stays for the next one."""
        super().closeEvent(event)
        owner = self.parentWidget()
        if owner is not None and not self.has_own_screen:
            owner.activateWindow()
        self.closed.emit()
        self.deleteLater()


def other_screen(window: QWidget) -> QScreen | None:
    """A screen on which the clerk's window is not, None where there is but one."""
    own = window.screen()
    return next((screen for screen in own.virtualSiblings() if screen.name() != own.name()), None)
