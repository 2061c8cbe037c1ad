"""A window from which the dialogs of the desk open; each is loaded when it is asked for."""

from PySide6.QtWidgets import QMainWindow

from denkidesk.ui.context import UiContext


class DialogWindow(QMainWindow):
    """What opens here is about the whole desk, not about what a screen shows."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context

    def open_settings(self) -> None:
        """Opens the settings."""
        from denkidesk.ui.settings.dialog import SettingsDialog

        SettingsDialog(self._context, self).open()

    def open_restore(self) -> None:
        """Opens the choice of backups."""
        from denkidesk.ui.shell.restore_dialog import RestoreDialog

        dialog = RestoreDialog(self._context, self)
        dialog.chosen.connect(self._context.request_restore)
        dialog.open()

    def open_customer_data(self) -> None:
        """Opens what is held of one customer."""
        from denkidesk.ui.shell.customer_data_dialog import CustomerDataDialog

        CustomerDataDialog(self._context, self).open()

    def save_backup(self) -> None:
        """Copies all data into one file."""
        from denkidesk.ui.shell.backup_file import BackupFile

        BackupFile(self._context, self).ask()

    def open_journal(self) -> None:
        """Opens the journal of what was sent."""
        from denkidesk.ui.shell.journal_dialog import JournalDialog

        JournalDialog(self._context, self).open()

    def open_help(self) -> None:
        """Opens the guide and the sheet of keys."""
        from denkidesk.ui.shell.dialogs import HelpDialog

        HelpDialog(self).open()

    def open_about(self) -> None:
        """Opens the about box."""
        from denkidesk.ui.shell.dialogs import AboutDialog

        AboutDialog(self._context.places.data_dir, self).open()

    def tell_bug(self, error: BaseException) -> None:
        """Opens the report of a bug, unless one is open."""
        from denkidesk.ui.shell.dialogs import BugDialog

        if self.findChild(BugDialog) is None:  # one report at a time; the next bug is often the echo of the first
            dialog = BugDialog(self._context.report_of(error), self)
            dialog.finished.connect(self._context.notices.bug_seen)
            dialog.open()
