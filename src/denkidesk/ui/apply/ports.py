"""What the wizard needs of the desk."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from denkidesk.domain.applications import ApplicationKind, NewApplication, OutboxItem, OutboxState
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


class Similar(Protocol):
    """An application of the same kind for the same supply point that is not finished."""

    @property
    def receipt_number(self) -> str:
        """Its receipt number, if it has one."""
        ...

    @property
    def state(self) -> OutboxState | None:
        """Its state if it is in the outbox."""
        ...

    @property
    def work_stage(self) -> str:
        """Its work stage if the utility lists it."""
        ...

    @property
    def at(self) -> datetime:
        """Since when it is known."""
        ...


class Outbox(Protocol):
    """The way of an application to the utility, as ``desk.outbox`` offers it. Every method may take its time: never on the GUI thread."""

    def queue(self, application: NewApplication) -> OutboxItem:
        """Keeps an application for sending."""
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

    def similar_open(self, application: NewApplication) -> Sequence[Similar]:
        """What may be the same application already."""
        ...

    def envelope_preview(self, application: NewApplication) -> str:
        """The request as it would go out, credentials masked."""
        ...

    def save_draft(self, kind: ApplicationKind, values: Mapping[str, str]) -> None:
        """Keeps what was typed."""
        ...

    def load_draft(self, kind: ApplicationKind) -> dict[str, str]:
        """What was typed."""
        ...

    def discard_draft(self, kind: ApplicationKind) -> None:
        """Forgets what was typed."""
        ...
