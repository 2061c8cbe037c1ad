"""What stands in place of the ranking while there is none: what is missing, and a button that leads to it."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from denkidesk.texts import ranking as texts
from denkidesk.texts.shortcuts import without_mnemonic
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.empty import EmptyState

if TYPE_CHECKING:
    from denkidesk.desk.comparison import PlanChoice
    from denkidesk.ui.tariffs.finder import PlanFinder
    from denkidesk.ui.tariffs.page_bar import BarredPages

_PLANS_PAGE: Final = 0  # one of those that have the finder beside them


class RankingEmpty(EmptyState):
    """``fill_asked``: the stored plans; ``help_asked``: the way to what the customer's own bill lacks."""

    fill_asked = Signal()
    help_asked = Signal()

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(context.icons, "chart", parent)
        self.is_of_customer = False
        self.action_requested.connect(self._help)

    def say(self, words: str, action: str = "") -> None:
        """Why there is no ranking."""
        self.is_of_customer = False
        self.show_text(without_mnemonic(texts.PAGE), words, action)

    def show_no_catalogue(self) -> None:
        """The button that fills it stands below too, and has the key."""
        self.say(texts.NO_CATALOGUE, without_mnemonic(texts.FILL))

    def show_missing(self, choice: "PlanChoice | None") -> None:
        """What is to be chosen or brought before anything can be compared."""
        self.say(*texts.MISSING[_missing(choice)])
        self.is_of_customer = True

    def _help(self) -> None:
        (self.help_asked if self.is_of_customer else self.fill_asked).emit()


def _missing(choice: "PlanChoice | None") -> str:
    if choice is None:
        return "plan"
    return "capacity" if choice.needs_capacity and choice.capacity is None else "usage"


def lead_to_plan(pages: "BarredPages", finder: "PlanFinder", choice: "PlanChoice | None") -> bool:
    """Puts the cursor where the plan, or its capacity, is chosen; False where it is the usage that is missing."""
    missing = _missing(choice)
    if missing == "usage":
        return False
    if not finder.isVisible():
        pages.setCurrentIndex(_PLANS_PAGE)
    if missing == "capacity":
        finder.focus_capacity()
    else:
        finder.focus_search()
    return True
