"""Opens the window's desk behind the painted frame."""

from pathlib import Path
from typing import TYPE_CHECKING

from denkidesk.compose.run import Run
from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.errors import Cancelled, SetupFault

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk
    from denkidesk.ui.start.after_paint import AfterPaint


class DeskOpening:
    """Opens the desk, on a backup if the clerk has chosen one; asks where the data are damaged, and remembers what to tell afterwards."""

    def __init__(self, run: Run, backup: Path | None) -> None:
        self._run = run
        self._database = run.places.database
        self._backup = backup
        self._not_restored: SetupFault | Cancelled | None = None
        self._began_with: tuple[Path | None, Path | None] | None = None  # backup, place of the former data
        self._desk: Desk | None = None
        self._tried = False
        self.failure: Exception | None = None

    def open(self) -> bool:
        """Whether the desk is open: not where the clerk does not want to go on, nor where nothing can be done here (``failure``)."""
        if not self._tried:
            self._tried = True
            try:
                self._desk = self._opened()
            except Exception as error:  # noqa: BLE001 - it comes within the event loop, and is told by whoever runs that
                self.failure = error
        return self._desk is not None

    def desk(self) -> "Desk":
        """The desk, opened if need be: a key may come before anything else."""
        if not self.open():
            raise self.failure or Cancelled()
        assert self._desk is not None  # noqa: S101 - says to the type checker what open promises
        return self._desk

    def close(self) -> None:
        if self._desk is not None:
            self._desk.close()

    def _opened(self) -> "Desk | None":
        from denkidesk.compose.desk import open_desk

        if self._backup is not None:
            try:
                self._begin_with(self._backup)
            except (SetupFault, Cancelled) as fault:
                self._not_restored = fault
        try:
            return open_desk(self._run)
        except SetupFault as fault:
            if fault.code != InstallationCode.DAMAGED or fault.item != "database":
                raise
            return open_desk(self._run) if self._mend(fault) else None

    def tell(self, after_paint: "AfterPaint") -> None:
        """Tells the clerk what became of the data before the desk was open."""
        if self._not_restored is not None:
            after_paint.say_not_restored(self._not_restored)
        if self._began_with is not None:
            from denkidesk.store.backups import day_of

            backup, aside = self._began_with
            after_paint.say_restored(None if backup is None else day_of(backup), aside)
        if self._desk is not None and self._desk.store.unwritable is not None:
            after_paint.say_read_only(self._desk.store.unwritable)

    def _mend(self, fault: SetupFault) -> bool:
        from denkidesk.store.backups import backups_dir_of, newest_good
        from denkidesk.ui.start.questions import ask_about_damage

        backup = newest_good(backups_dir_of(self._database))
        if not ask_about_damage(fault, backup):
            return False
        try:
            self._begin_with(None if backup is None else backup.path)
        except Cancelled:
            return False
        return True

    def _begin_with(self, backup: Path | None) -> None:
        """Goes back to a copy, or begins anew, as soon as nobody else writes; raises Cancelled where the clerk does not want to wait."""
        from denkidesk.store.backups import is_free, restore, start_anew

        while self._began_with is None:
            try:
                aside = start_anew(self._database) if backup is None else restore(self._database, backup)
            except SetupFault as fault:
                from denkidesk.ui.start.questions import wait_until

                if fault.code != InstallationCode.LOCKED:
                    raise
                if not wait_until(lambda: is_free(self._database)):
                    raise Cancelled from fault
            else:
                self._began_with = (backup, aside)
