"""The one way of texts to the clipboard: whatever is pasted from it into a spreadsheet stays the text that it was."""

from collections.abc import Iterable

from PySide6.QtGui import QGuiApplication

from denkidesk.domain.table_text import table_text


def copy_rows(rows: Iterable[Iterable[str]]) -> None:
    """Puts a table on the clipboard."""
    QGuiApplication.clipboard().setText(table_text(rows))
