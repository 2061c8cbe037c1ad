"""The way to the plans of the own house and back: they stand in front of what a stack of pages shows."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QStackedLayout, QWidget

from denkidesk.domain.areas import QuotingAreaCode
from denkidesk.texts.ranking import OWN_PLANS
from denkidesk.ui.context import UiContext

if TYPE_CHECKING:  # built when somebody asks
    from denkidesk.ui.tariffs.own_plans_page import OwnPlansPage


class OwnPlansButton(QPushButton):
    """``changed``: the plans are others. ``turned``: they come to the front or go; ``left``: they go. ``area``: of the customer."""

    changed = Signal()
    turned = Signal()
    left = Signal()

    def __init__(self, context: UiContext, stack: QStackedLayout, area: Callable[[], QuotingAreaCode | None], parent: QWidget) -> None:
        super().__init__(OWN_PLANS, parent)
        self.setProperty("kind", "quiet")
        self._context, self._stack, self._area = context, stack, area
        self._behind: QWidget | None = None
        self.page: OwnPlansPage | None = None
        self.clicked.connect(self.open_page)

    @property
    def is_busy(self) -> bool:
        """Whether the page is waiting for something."""
        return self.page is not None and self.page.is_busy

    def shut_down(self) -> None:
        """Gives up what the page asks for."""
        if self.page is not None:
            self.page.shut_down()

    def put_behind(self, widget: QWidget) -> None:
        """Shows a page of the stack, now or as soon as the clerk comes back to it."""
        self._behind = widget
        if self.page is None or self._stack.currentWidget() is not self.page:
            self._stack.setCurrentWidget(widget)

    def open_page(self) -> None:
        """Puts the plans in front."""
        from denkidesk.ui.tariffs.own_plans_page import OwnPlansPage

        if self.page is None:
            self.page = OwnPlansPage(self._context, self._stack.parentWidget())
            self.page.left.connect(self._leave)
            self.page.changed.connect(self.changed)
            self._stack.addWidget(self.page)
        self._behind = self._stack.currentWidget()
        self._stack.setCurrentWidget(self.page)
        self.turned.emit()
        self.page.open(self._area())

    def _leave(self) -> None:
        if self._behind is not None:
            self._stack.setCurrentWidget(self._behind)
        self.turned.emit()
        self.left.emit()
