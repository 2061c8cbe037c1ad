"""What the wizard needs of the desk."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from denkidesk.desk.outbox import SimilarApplication
from denkidesk.domain.applications import ApplicationKind, Draft, NewApplication, OutboxItem
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.errors import DeskError


class Sent(Protocol):
    """One item after an attempt."""

    @property
    def item(self) -> OutboxItem:
        """The item as it stands now."""
        ...

    @property
    def error(self) -> DeskError | None:
        """What went wrong, if something did."""
        ...


class Outbox(Protocol):
    """The way of an application to the utility, as ``desk.outbox`` offers it. Every method may take its time: never on the GUI thread."""

    def queue(
        self, application: NewApplication, *, draft_id: str = "", despite: Collection[SimilarApplication] | None = None
    ) -> OutboxItem:
        """Keeps an application for sending, in the place of its draft, unless one like it is open that the clerk does not know of."""
        ...

    def send(self, item_id: str, cancel: CancelToken | None = None) -> Sent:
        """One attempt."""
        ...

    def items(self) -> Sequence[OutboxItem]:
        """Every item."""
        ...

    def item(self, item_id: str) -> OutboxItem | None:
        """One item."""
        ...

    def cancel_item(self, item_id: str) -> bool:
        """Takes an item back that was not sent."""
        ...

    def similar_open(self, application: NewApplication) -> Sequence[SimilarApplication]:
        """What may be the same application already."""
        ...

    def envelope_preview(self, application: NewApplication) -> str:
        """The request as it would go out, credentials masked."""
        ...

    def save_draft(self, draft_id: str, kind: ApplicationKind, values: Mapping[str, str]) -> None:
        """Keeps what was typed."""
        ...

    def drafts(self) -> Sequence[Draft]:
        """Every draft, the newest first."""
        ...

    def take_draft(self, draft_id: str) -> Draft | None:
        """Opens a draft under a new id."""
        ...

    def discard_draft(self, draft_id: str) -> None:
        """Forgets a draft."""
        ...
