"""The program started on a broken machine: ``python broken_start.py BREAK WORDS...``. Each dialog is printed as JSON and left at once.

BREAK: ``module:NAME`` cannot be imported; ``call:MODULE:NAME`` raises; ``resources:DIR`` has them there; ``resources:`` has none;
``closed`` comes to the window as far as its event loop, and ends; ``-`` breaks nothing.
"""

import json
import os
import sys
from importlib import import_module
from pathlib import Path


def show(dialog: object) -> int:
    """What a clerk would see."""
    from PySide6.QtWidgets import QMessageBox

    if isinstance(dialog, QMessageBox):
        told = [dialog.text(), dialog.informativeText()]
    else:
        told = [dialog.windowTitle(), dialog._report.toPlainText()]
    os.write(1, json.dumps([type(dialog).__name__, *told]).encode() + b"\n")
    return 0


def no_event_loop() -> int:
    """The window stands."""
    os.write(1, b'["window"]\n')
    os._exit(0)


def break_down(*_: object, **__: object) -> None:
    """A bug."""
    raise LookupError("a lost part")


def main() -> int:
    """Breaks, starts, and ends as the program ends."""
    how, _, what = sys.argv[1].partition(":")
    words = [os.fsdecode(word.encode("utf-8", "surrogateescape")) for word in sys.argv[2:]]
    if how in ("module", "opens"):
        sys.modules[what] = None
    if sys.modules.get("PySide6.QtWidgets", "") is not None:
        from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

        QDialog.exec = QMessageBox.exec = show
        if how != "opens":
            QApplication.exec = staticmethod(no_event_loop)
    if how == "call":
        module, name = what.split(":")
        setattr(import_module(module), name, break_down)
    if how == "resources":
        import denkidesk.settings

        denkidesk.settings.__file__ = str(Path(what or "/nowhere", "src", "denkidesk", "settings.py"))
    from denkidesk.main import main as program

    return program(words)


if __name__ == "__main__":
    sys.exit(main())
