"""The questions that are asked before the window stands: one box, plain words, and a way on where there is one."""

import sys
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from denkidesk.desk.backups import Backup
from denkidesk.domain.errors import SetupFault
from denkidesk.texts import dates
from denkidesk.texts import shell as shell_texts
from denkidesk.texts import start as texts
from denkidesk.ui.parts.plain_box import plain_box

_LOOK_AGAIN_MS: Final = 200
_FREE: Final = 1_000  # no button's number


def tell_folder_fault(fault: SetupFault) -> None:
    """The folder cannot be worked in: read-only, full, in use."""
    _ask(*texts.folder_fault(fault))


def tell_no_answer(folder: str) -> None:
    """Somebody else has the folder, and does not answer."""
    _ask(texts.NO_ANSWER, texts.NO_ANSWER_DETAIL.format(folder=folder), icon=QMessageBox.Icon.Warning)


def ask_about_settings(fault: SetupFault, line: int | None) -> bool:
    """Whether to open in practice mode, with the settings left as they are."""
    return _ask(*texts.settings_fault(fault, line), way_on=texts.OPEN_PRACTICE)


def ask_about_damage(fault: SetupFault, backup: Backup | None) -> bool:
    """Whether to go on: with the newest good backup, or with empty data where there is none."""
    if backup is None:
        return _ask(texts.DAMAGED, texts.DAMAGED_NO_BACKUP.format(file=fault.file), way_on=texts.START_EMPTY)
    day = dates.full_day(backup.day)
    detail = texts.DAMAGED_WITH_BACKUP.format(day=day, file=fault.file)
    return _ask(texts.DAMAGED, detail, way_on=texts.RESTORE_NEWEST.format(day=day))


def tell_bug(report: str) -> None:
    """The last words of a program that cannot go on, whether or not there was a window."""
    from denkidesk.ui.shell.dialogs import BugDialog

    _app = QApplication.instance() or QApplication(sys.argv[:1])
    BugDialog(report).exec()


def wait_until(is_free: Callable[[], bool]) -> bool:
    """Says that another process is at work and looks again until it is not; False where the clerk does not want to wait."""
    box = plain_box(None, QMessageBox.Icon.Information, shell_texts.PRODUCT, texts.WAIT_FOR_OTHERS, texts.WAIT_FOR_OTHERS_DETAIL)
    box.setEscapeButton(box.addButton(texts.CANCEL, QMessageBox.ButtonRole.RejectRole))
    clock = QTimer(box)
    clock.timeout.connect(lambda: box.done(_FREE) if is_free() else None)
    clock.start(_LOOK_AGAIN_MS)
    return box.exec() == _FREE


def _ask(text: str, detail: str, *, way_on: str = "", icon: QMessageBox.Icon = QMessageBox.Icon.Critical) -> bool:
    box = plain_box(None, icon, shell_texts.PRODUCT, text, detail)
    leave = box.addButton(texts.QUIT, QMessageBox.ButtonRole.RejectRole)
    box.setEscapeButton(leave)
    box.setDefaultButton(leave)
    go_on = box.addButton(way_on, QMessageBox.ButtonRole.AcceptRole) if way_on else None
    box.exec()
    return go_on is not None and box.clickedButton() is go_on
