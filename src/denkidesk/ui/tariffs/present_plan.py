"""The customer's present plan and the one that is picked: facts of the customer, whichever page is looked at."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from denkidesk.desk.comparison import BillQuestion
from denkidesk.domain.ranking import Size


class PresentPlan(QObject):
    """``changed``: the BillQuestion of the present plan, or None.

    The plan of the first question of a customer is the present one, until the clerk says otherwise; later ones are proposals.
    """

    changed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.question: BillQuestion | None = None
        self.picked: BillQuestion | None = None
        self._house: Size | None = None

    def forget_customer(self) -> None:
        """Another customer: neither plan is theirs."""
        self.question = self.picked = self._house = None
        self.changed.emit(None)

    def begin_with(self, present: BillQuestion | None) -> None:
        """The present plan of a customer whose quote begins with an earlier one; None: the first plan that is picked."""
        self.question = present

    def show_question(self, picked: BillQuestion) -> None:
        """The plan that is picked, on the usage that is there, which is the present plan's usage too."""
        picked = self.picked = replace(picked, house=self._house)
        present = self.question
        if present is None or present.company.area_code != picked.company.area_code or present.detail == picked.detail:
            self.question = picked
        else:
            self.question = replace(present, usage=picked.usage, fuel=picked.fuel, as_of=picked.as_of)
        self.changed.emit(self.question)

    def take_picked(self) -> None:
        """The plan that is picked is the one that the customer has."""
        if self.picked is not None:
            self.question = self.picked
            self.changed.emit(self.question)

    def show_house(self, size: Size | None) -> None:
        """The capacity of the customer's house, where the present plan says nothing of it."""
        self._house = size
        if self.picked is not None:
            self.picked = replace(self.picked, house=size)
        if self.question is not None:
            self.question = replace(self.question, house=size)
            self.changed.emit(self.question)
