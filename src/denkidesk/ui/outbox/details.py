"""What is known of one application of the outbox, made ready on the store lane: finished strings."""

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from denkidesk.domain.applications import ApplicationKind, OutboxItem
from denkidesk.domain.clock import Now, now_jst
from denkidesk.domain.errors import SetupFault
from denkidesk.domain.supply_point import grouped
from denkidesk.domain.values import dataclass
from denkidesk.texts import dates
from denkidesk.texts import outbox as texts
from denkidesk.texts.names import KIND_NAMES, field_name

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk

_IN_THE_HEAD = frozenset({"supply_point_number", "supply_point_address", "customer_name"})


@dataclass(frozen=True, slots=True)
class Detail:
    """``head``: kind, name, place; ``contents`` and ``course`` line by line, the course oldest first."""

    item: OutboxItem
    head: tuple[str, str, str]
    contents: tuple[str, ...]
    course: tuple[str, ...]


class DetailReader:
    """Reads the store. Lives on the store lane: the code tables are read there, once."""

    def __init__(self, desk: "Desk", now: Now = now_jst) -> None:
        self._desk = desk
        self._now = now
        self._names: dict[str, str] | None = None  # of the further items of the installed set

    def detail(self, item_id: str) -> Detail | None:
        """One application with its course; None if the desk does not know it."""
        item = self._desk.outbox.item(item_id)
        if item is None:
            return None
        application = item.application
        label = self._desk.installed_set.readable_code_tables().label
        known = {name: value for name, value in application.items().items() if name not in _IN_THE_HEAD}
        words = {name: dates.day(value) if isinstance(value, date) else label(name, value) for name, value in known.items()}
        return Detail(
            item,
            (
                " ".join(part for part in (KIND_NAMES[application.kind], item.receipt_number) if part),
                application.customer_name or "",
                "\n".join(part for part in (application.supply_point_address, grouped(application.supply_point_number)) if part),
            ),
            tuple(f"{field_name(self._name(name))}：{text}" for name, text in (*words.items(), *application.extra.items())),
            self.course(item_id),
        )

    def _name(self, item: str) -> str:
        """Our name of an item of the message; what the installed set does not name reads as itself."""
        if self._names is None:
            with suppress(SetupFault):
                tables = self._desk.installed_set.form_tables()
                self._names = {e: name for kind in ApplicationKind for name, e in tables.further_items(kind).items()}
        return (self._names or {}).get(item, item)

    def course(self, item_id: str) -> tuple[str, ...]:
        """Every step of an application's way, oldest first."""
        today = self._now().date()
        return tuple(
            f"{dates.clock_s(event.at) if event.at.date() == today else dates.short_moment(event.at)}　"
            f"{texts.course_step(event.from_state, event.to_state, event.code, event.detail)}"
            for event in self._desk.outbox.events(item_id)
        )
