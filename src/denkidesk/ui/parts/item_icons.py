"""Icon and tone of each kind of application, and the icon and tone of each state of the outbox, wherever one is shown. Qt-free."""

from collections.abc import Mapping
from typing import Final

from denkidesk.domain.applications import ApplicationKind, OutboxState

KIND_ICONS: Final[Mapping[ApplicationKind | None, str]] = {
    ApplicationKind.OUTAGE: "outage",
    ApplicationKind.MENU_CHANGE: "swap",
    ApplicationKind.UTILITY_EQUIPMENT: "pole",
    ApplicationKind.CUSTOMER_EQUIPMENT: "home",
    ApplicationKind.OTHER: "note",
    None: "unknown",  # of the utility's list, of no kind that is known here
}
KIND_TONES: Final[Mapping[ApplicationKind | None, str]] = {
    ApplicationKind.OUTAGE: "kind_outage",
    ApplicationKind.MENU_CHANGE: "kind_menu",
    ApplicationKind.UTILITY_EQUIPMENT: "kind_utility",
    ApplicationKind.CUSTOMER_EQUIPMENT: "kind_customer",
    ApplicationKind.OTHER: "kind_other",
    None: "muted",
}
STATE_ICONS: Final[Mapping[OutboxState, tuple[str, str]]] = {
    OutboxState.QUEUED: ("clock", "muted"),
    OutboxState.SENDING: ("send", "accent"),
    OutboxState.ACCEPTED: ("check-circle", "ok"),
    OutboxState.REJECTED: ("error", "error"),
    OutboxState.UNKNOWN: ("unknown", "warn"),
    OutboxState.ASK: ("help", "warn"),
    OutboxState.CANCELLED: ("close", "muted"),
}
"""Name of the icon, and the tone that it is drawn in."""
