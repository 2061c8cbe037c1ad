"""The one way of texts to the clipboard: whatever is pasted from it into a spreadsheet stays the text that it was."""

from collections.abc import Iterable

from PySide6.QtGui import QGuiApplication

from denkidesk.domain.table_text import inert, table_text


def copy_rows(rows: Iterable[Iterable[str]]) -> None:
    QGuiApplication.clipboard().setText(table_text(rows))


def copy_lines(text: str) -> None:
    """Sentences, to paste where people write; in a spreadsheet each line is one cell, and no formula."""
    QGuiApplication.clipboard().setText("\n".join(inert(line.replace("\t", " ")) for line in text.split("\n")))
