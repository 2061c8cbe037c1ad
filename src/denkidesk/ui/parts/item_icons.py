"""The icon of each kind of application, and the icon and tone of each state of the outbox, wherever one is shown. Qt-free."""

from types import MappingProxyType
from typing import Final

from denkidesk.domain.applications import ApplicationKind, OutboxState

KIND_ICONS: Final = MappingProxyType(
    {
        ApplicationKind.OUTAGE: "outage",
        ApplicationKind.MENU_CHANGE: "swap",
        ApplicationKind.UTILITY_EQUIPMENT: "pole",
        ApplicationKind.CUSTOMER_EQUIPMENT: "home",
        ApplicationKind.OTHER: "note",
        None: "unknown",  # of the utility's list, of no kind that is known here
    }
)
STATE_ICONS: Final = MappingProxyType(
    {
        OutboxState.QUEUED: ("clock", "muted"),
        OutboxState.SENDING: ("send", "accent"),
        OutboxState.ACCEPTED: ("check-circle", "ok"),
        OutboxState.REJECTED: ("error", "error"),
        OutboxState.UNKNOWN: ("unknown", "warn"),
        OutboxState.ASK: ("help", "warn"),
        OutboxState.CANCELLED: ("close", "muted"),
    }
)
"""Name of the icon, and the tone that it is drawn in."""
