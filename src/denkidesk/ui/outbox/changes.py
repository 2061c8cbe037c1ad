"""What has changed in the outbox, told once for each change."""

from denkidesk.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """Whoever shows applications looks at the store again. ``accepted``: receipt numbers that are new."""

    accepted: tuple[str, ...] = ()
