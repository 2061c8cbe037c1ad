"""The receipt on paper: the number, what was sent and what was answered; plain text, on as many pages as it needs."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor, QTextDocument, QTextLength, QTextTableFormat

from denkidesk.texts import receipt as texts
from denkidesk.texts.quote import PRACTICE_MARK
from denkidesk.ui.charts.style import FONT_FAMILY
from denkidesk.ui.parts.paper import write_pages
from denkidesk.ui.quote.sheet import clean

_LONGEST = 10_000


def write_receipt(path: Path, number: str, rows: Iterable[tuple[str, str]], *, practice: bool) -> Path:
    """Writes the receipt, and returns where. Raises SetupFault if it cannot be written. For a work lane."""
    document = QTextDocument()
    document.setDefaultFont(QFont(FONT_FAMILY, 10))
    document.setDocumentMargin(0)
    cursor = QTextCursor(document)
    if practice:
        cursor.insertText(PRACTICE_MARK + "\n", _sized(9, bold=True))
    cursor.insertText(texts.PAPER_TITLE + "\n", _sized(18, bold=True))
    cursor.insertText(f"{texts.NUMBER}　", _sized(10))
    cursor.insertText(clean(number) + "\n", _sized(18, bold=True))
    table = QTextTableFormat()
    table.setBorder(0)
    table.setCellPadding(4)
    table.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, share) for share in (28, 72)])
    rows = tuple(rows)
    cells = cursor.insertTable(len(rows), 2, table)
    for place, (name, value) in enumerate(rows):
        lines = "\n".join(clean(line, _LONGEST) for line in value.split("\n"))
        for column, text in enumerate((clean(name), lines)):
            cells.cellAt(place, column).firstCursorPosition().insertText(text, _sized(10))
    write_pages(
        path, clean(f"{texts.PAPER_TITLE} {number}"), document.print_
    )  # with margins of two centimetres and page numbers of its own
    return path


def _sized(points: float, *, bold: bool = False) -> QTextCharFormat:
    of = QTextCharFormat()
    of.setFontFamilies([FONT_FAMILY])
    of.setFontPointSize(points)
    of.setFontWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return of
