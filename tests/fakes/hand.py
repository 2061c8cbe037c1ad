"""A hand at the real window: every key is counted, what is typed as a value is not."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from fakes.clerk import ADDRESS, CUSTOMER, POINT, Clerk


@dataclass(frozen=True)
class Caller:
    """Somebody on the telephone, and what is written down of it."""

    point: str = POINT
    customer: str = CUSTOMER
    phone: str = "06-0000-0010"
    postcode: str = ""
    address: str = ADDRESS

    def spoken(self) -> Iterator[str]:
        """Each value as it is typed, and the number as it is shown."""
        yield from (value for value in (self.point, self.customer, self.phone, self.address) if value)
        yield "-".join([self.point[:2], *(self.point[at : at + 4] for at in range(2, 22, 4))])


class Hand:
    """Presses keys where the cursor is, and counts those that are no typed values."""

    def __init__(self, clerk: Clerk) -> None:
        self.clerk = clerk
        self.keys = 0

    def __call__(self, *keys: str) -> None:
        for key in keys:
            self.clerk.press(key)
        self.keys += len(keys)

    def types(self, text: str) -> None:
        """A value, where the cursor is."""
        self.clerk._keyboard.type(text)

    def reads_all(self) -> str:
        """Space until nothing is unread; every word that was on the screen meanwhile."""
        seen = ""
        while left := self.unread:
            self("Space")
            self.clerk.until(lambda left=left: self.unread < left)
            self.clerk.settle()
            seen += self.clerk.words_in(self.clerk.inbox.detail)
        return seen

    @property
    def unread(self) -> int:
        return self.clerk.context.desk.inbox.counts().unread

    def opens_form(self) -> None:
        """Ctrl+Shift+T: a fresh form."""
        self("Ctrl+Shift+T")
        self.clerk.until(
            lambda: self.clerk.apply.form is not None and self.clerk.apply.form.isVisible() and self.clerk.apply.form.draft() == {}
        )

    def hears(self, caller: Caller) -> None:
        """What the caller says, in the order of the form; the cursor is on the first question then."""
        clerk = self.clerk
        self.types(caller.point)  # where the cursor is: a number that nobody is known by goes into its own field
        clerk.settle_jobs()
        self("Return")
        assert clerk.field("supply_point_number").value() == caller.point
        for text in (caller.customer, caller.phone, caller.postcode, caller.address):
            if text:
                self.types(text)
            self("Tab")  # an Enter right behind a composition belongs to the input method


def everything_in(part: QWidget) -> str:
    """What can be read in a part of the window, and what stands in its fields, in sight or not."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # lines that are taken out already are not in the window any more
    fields = [one.text() for one in part.findChildren(QLineEdit)] + [one.toPlainText() for one in part.findChildren(QPlainTextEdit)]
    labels = [one.text() for one in part.findChildren(QWidget) if callable(getattr(one, "text", None)) and not isinstance(one, QLineEdit)]
    return "\n".join(str(text) for text in (*fields, *labels) if text)
