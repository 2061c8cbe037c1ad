"""The customer's present plan and the one that is picked: facts of the customer, whichever page is looked at."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from denkidesk.desk.comparison import BillQuestion
from denkidesk.domain.plans import PlanKey
from denkidesk.domain.ranking import Size


class PresentPlan(QObject):
    """``changed``: the BillQuestion of the present plan, or None. ``renewed``: that of the plan that is picked, with newer prices.

    The plan of the first question of a customer is the present one, until the clerk says otherwise; later ones are proposals.
    """

    changed = Signal(object)
    renewed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.question: BillQuestion | None = None
        self.picked: BillQuestion | None = None
        self._house: Size | None = None
        self._excluded: frozenset[PlanKey] = frozenset()

    def forget_customer(self) -> None:
        """Another customer: neither plan is theirs."""
        self.question = self.picked = self._house = None
        self._excluded = frozenset()
        self.changed.emit(None)

    def begin_with(self, present: BillQuestion | None) -> None:
        """The present plan of a customer whose quote begins with an earlier one; None: the first plan that is picked."""
        self.question = present

    def show_question(self, picked: BillQuestion) -> None:
        """The plan that is picked, on the usage that is there, which is the present plan's usage too."""
        picked = self.picked = self._of_customer(picked)
        present = self.question
        if present is None or present.company.area_code != picked.company.area_code or present.detail.key == picked.detail.key:
            self.question = picked
        else:
            self.question = replace(present, usage=picked.usage, fuel=picked.fuel, as_of=picked.as_of)
        self.changed.emit(self.question)

    def renew(self, newest: Callable[[BillQuestion], BillQuestion]) -> bool:
        """Takes the figures that were fetched last for both plans, so that none has two prices; whether the present one's are others."""
        before, picked = self.question, self.picked
        self.question, self.picked = (one and newest(one) for one in (before, picked))
        if self.picked is not picked:
            self.renewed.emit(self.picked)
        if self.question is not before:
            self.changed.emit(self.question)
        return self.question is not before

    def take_picked(self) -> None:
        """The plan that is picked is the one that the customer has."""
        if self.picked is not None:
            self.question = self.picked
            self.changed.emit(self.question)

    def show_house(self, size: Size | None) -> None:
        """The capacity of the customer's house, where the present plan says nothing of it."""
        self._house = size
        self._tell()

    def exclude(self, key: PlanKey, *, on: bool) -> None:
        """Takes a plan out of what is compared for this customer, or back into it."""
        self._excluded = self._excluded | {key} if on else self._excluded - {key}
        self._tell()

    def _of_customer(self, question: BillQuestion) -> BillQuestion:
        return replace(question, house=self._house, excluded=self._excluded)

    def _tell(self) -> None:
        if self.picked is not None:
            self.picked = self._of_customer(self.picked)
        if self.question is not None:
            self.question = self._of_customer(self.question)
            self.changed.emit(self.question)
