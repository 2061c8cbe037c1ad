"""The way through a form: Next, Back and jumps as values, so that every path can be walked without a window."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from denkidesk.domain.errors import FieldFault
from denkidesk.forms.model import Form, Step


@dataclass(frozen=True, slots=True)
class Walk:
    """A place in a form. ``at`` counts steps; one past the last step is the review. ``reached``: the furthest place seen so far."""

    form: Form
    at: int = 0
    reached: int = 0

    @property
    def is_review(self) -> bool:
        """Whether all steps lie behind."""
        return self.at == len(self.form.steps)

    @property
    def step(self) -> Step | None:
        """The present step; None on the review."""
        return None if self.is_review else self.form.steps[self.at]

    @property
    def can_go_back(self) -> bool:
        """Whether a step lies behind."""
        return self.at > 0

    def next(self) -> "Walk":
        """One step on; on the review it stays."""
        return self.to(self.at + 1)

    def back(self) -> "Walk":
        """One step back; on the first step it stays. What was reached stays reached."""
        return self.to(self.at - 1)

    def to(self, place: int) -> "Walk":
        """To a place, held within the form."""
        at = min(max(0, place), len(self.form.steps))
        return replace(self, at=at, reached=max(self.reached, at))

    def can_jump_to(self, place: int) -> bool:
        """Whether the clerk has been there: nobody is led past a step unseen."""
        return 0 <= place <= self.reached

    def to_first_fault(self, faults: Sequence[FieldFault]) -> "Walk":
        """To the first step that holds a faulty field; stays where none of the fields is the form's own."""
        places = [place for fault in faults if (place := self.form.step_of(fault.field)) is not None]
        return self.to(min(places)) if places else self
