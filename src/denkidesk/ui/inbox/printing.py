"""The chosen rows on paper: pages recorded on a lane and played back on the printer in no time; plain text, never markup."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPicture
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from denkidesk.desk.inbox_acts import Chosen
from denkidesk.jobs.job import LaneName
from denkidesk.texts import inbox_acts as texts
from denkidesk.ui.context import UiContext
from denkidesk.ui.inbox.details import DetailReader, Paper
from denkidesk.ui.parts.paper import set_page
from denkidesk.ui.parts.strip import Message, Strips
from denkidesk.ui.parts.theme import FONT_FAMILY

MOST: Final = 2_000
_PAGE: Final = QRectF(0, 0, 2100, 2970)  # tenths of a millimetre
_MARGIN: Final = 150
_LINE: Final = 46
_LETTER: Final = 32  # high
_TITLE: Final = 46
_AIR: Final = 18
_KEY: Final = "inbox.print"


def record(paper: Paper) -> list[QPicture]:
    """Paints the pages; for a work lane. A block stays on one page where it fits on one."""
    pages: list[list[tuple[float, str, bool]]] = [[]]
    top, bottom = _MARGIN + 2 * _TITLE, _PAGE.height() - _MARGIN - _LINE
    place = float(top)
    for block in paper.blocks:
        lines = [(text, number == 0) for number, one in enumerate(block) for text in _wrapped(one)]
        if place + len(lines) * _LINE > bottom and place > top:
            pages.append([])
            place = top
        for text, is_head in lines:
            if place + _LINE > bottom:
                pages.append([])
                place = top
            pages[-1].append((place, text, is_head))
            place += _LINE
        place += _AIR
    return [_painted(paper.title, lines, number, len(pages)) for number, lines in enumerate(pages, 1)]


def _painted(title: str, lines: Sequence[tuple[float, str, bool]], number: int, pages: int) -> QPicture:
    picture = QPicture()
    width = _PAGE.width() - 2 * _MARGIN
    with QPainter(picture) as painter:
        painter.setFont(_font(_TITLE, bold=True))
        painter.drawText(QRectF(_MARGIN, _MARGIN, width, _TITLE * 1.5), int(Qt.AlignmentFlag.AlignLeft), title)
        for place, text, is_head in lines:
            painter.setFont(_font(_LETTER, bold=is_head))
            painter.drawText(QRectF(_MARGIN, place, width, _LINE), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)
        painter.setFont(_font(_LETTER))
        foot = QRectF(_MARGIN, _PAGE.height() - _MARGIN, width, _LINE)
        painter.drawText(foot, int(Qt.AlignmentFlag.AlignRight), texts.PAGE.format(page=number, pages=pages))
    return picture


def _font(height: int, *, bold: bool = False) -> QFont:
    font = QFont(FONT_FAMILY)
    font.setPixelSize(height)
    font.setBold(bold)
    return font


def _wrapped(text: str) -> list[str]:
    """Lines as wide as the page: a Japanese letter takes a whole letter's room, any other half of it."""
    room = (_PAGE.width() - 2 * _MARGIN) / _LETTER
    lines, line, used = [], "", 0.0
    for letter in " ".join(text.split("\t")):
        wide = 1.0 if not letter.isascii() else 0.55
        if letter == "\n" or used + wide > room:
            lines.append(line)
            line, used = "", 0.0
        if letter != "\n":
            line, used = line + letter, used + wide
    return [*lines, line]


class Printing(QObject):
    """One print; lives with its screen until the printer has it."""

    def __init__(self, context: UiContext, details: DetailReader, strips: Strips, screen: QWidget) -> None:
        super().__init__(screen)
        self._context = context
        self._details = details
        self._strips = strips
        self._screen = screen

    def ask(self, chosen: Chosen) -> None:
        """Makes the pages, then asks for a printer."""
        if chosen.count > MOST:
            self._strips.say(Message("info", texts.PRINT_MOST.format(most=f"{MOST:,}"), key=_KEY))
            self.deleteLater()
            return
        self._context.jobs.run(LaneName.STORE, self._details.paper, chosen).then(self._on_paper, self._on_failed, self._on_moved)

    def _on_paper(self, paper: Paper) -> None:
        self._context.jobs.run(LaneName.WORK, record, paper).then(partial(self._on_pages, paper.count), self._on_failed)

    def _on_failed(self, error: BaseException) -> None:
        self._context.notices.failure(error)
        self.deleteLater()

    def _on_moved(self) -> None:
        self._strips.say(Message("warn", texts.MOVED, key=_KEY))
        self.deleteLater()

    def _on_pages(self, count: int, pages: list[QPicture]) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        set_page(printer)
        dialog = QPrintDialog(printer, self._screen)
        try:
            if dialog.exec() == QDialog.DialogCode.Accepted:
                play(pages, printer)
                self._strips.say(Message("ok", texts.PRINTED.format(count=f"{count:,}"), key=_KEY))
        finally:
            dialog.deleteLater()
            self.deleteLater()


def play(pages: Sequence[QPicture], printer: QPrinter) -> None:
    """Plays recordings back, each on a page."""
    with QPainter(printer) as painter:
        sheet = printer.pageLayout().fullRectPixels(printer.resolution())
        scale = min(sheet.width() / _PAGE.width(), sheet.height() / _PAGE.height())
        for number, page in enumerate(pages):
            if number:
                printer.newPage()
            painter.save()
            # a recording enlarges itself by the ratio of both resolutions, of which the page's size has taken account already
            painter.scale(scale * page.logicalDpiX() / printer.logicalDpiX(), scale * page.logicalDpiY() / printer.logicalDpiY())
            page.play(painter)
            painter.restore()
