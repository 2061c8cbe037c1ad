"""The copies of the desk's data: one a day, and what there is to go back to."""

from pathlib import Path

from denkidesk.domain.clock import Now
from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.errors import InputRefused, SetupFault
from denkidesk.domain.fault_codes import InputCode
from denkidesk.store.backups import Backup, backups_dir_of, is_good, listed, lost_with, make, make_daily
from denkidesk.store.store import Store

__all__ = ["Backup", "BackupDesk"]


class BackupDesk:
    """Going back needs the database closed, so it is done between two windows: see ``store.backups.restore``."""

    def __init__(self, store: Store, now: Now) -> None:
        self._store = store
        self._now = now

    def daily(self) -> Path | None:
        """Looks whether the database is sound, then makes today's copy unless there is one.

        Raises SetupFault: ``damaged``, ``unwritable`` or ``full``.
        """
        if self._store.check():
            raise SetupFault(str(self._store.path), "database", InstallationCode.DAMAGED)
        return make_daily(self._store, backups_dir_of(self._store.path), now=self._now)

    def make(self, target: Path) -> None:
        """Copies everything into one file, as the daily copy is made; an older copy of that name gives way, no other file does.

        Raises InputRefused("file") for a file that is none of ours, SetupFault as :meth:`daily`.
        """
        if target.exists() and not is_good(target):
            raise InputRefused.of("file", InputCode.EXISTS, path=str(target))
        if self._store.check():
            raise SetupFault(str(self._store.path), "database", InstallationCode.DAMAGED)
        make(self._store, target)

    def listed(self) -> tuple[Backup, ...]:
        """The copies there are, the newest first."""
        return listed(backups_dir_of(self._store.path))

    def lost_with(self, backup: Path) -> dict[str, int]:
        """What would be gone after going back to a copy, in numbers by kind."""
        return lost_with(self._store, backup)
