"""Preview and printer: the page is recorded once on a work lane and played back on the GUI thread in no time."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPicture
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QDialog, QWidget

from denkidesk.domain.quote_sheet import QuoteSheet
from denkidesk.ui.parts.paper import set_page
from denkidesk.ui.parts.room import resize_within_screen
from denkidesk.ui.quote.page import page_count, paint_quote

_RECORDED = QRectF(0, 0, 2100, 2970)  # tenths of a millimetre


def record(sheet: QuoteSheet) -> list[QPicture]:
    """Paints each page into a recording; for a work lane."""
    return [_recorded(sheet, page) for page in range(page_count(sheet))]


def _recorded(sheet: QuoteSheet, page: int) -> QPicture:
    picture = QPicture()
    with QPainter(picture) as painter:
        paint_quote(painter, _RECORDED, sheet, page)
    return picture


def print_pages(parent: QWidget, pages: list[QPicture]) -> bool:
    """Asks for a printer and prints; False if the clerk thought better of it."""
    dialog = _PrintDialog(_printer(), parent)
    try:
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return False
        play(pages, dialog.printer())
        return True
    finally:
        dialog.deleteLater()


class PreviewDialog(QPrintPreviewDialog):
    """The page as it will be printed, with a print button."""

    def __init__(self, pages: list[QPicture], parent: QWidget) -> None:
        printer = _printer()
        super().__init__(printer, parent)
        self._printer = printer  # Qt only borrows it: the dialog paints on it until it closes
        self._pages = pages
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        resize_within_screen(self, 900, 960)
        self.paintRequested.connect(self._on_paint_requested)

    def _on_paint_requested(self, printer: QPrinter) -> None:
        play(self._pages, printer)


class _PrintDialog(QPrintDialog):
    def __init__(self, printer: QPrinter, parent: QWidget) -> None:
        super().__init__(printer, parent)
        self._printer = printer  # as above: a native dialog writes into it


def play(pages: list[QPicture], printer: QPrinter) -> None:
    """Plays recordings back, each on a whole page."""
    with QPainter(printer) as painter:
        for number, picture in enumerate(pages):
            if number:
                printer.newPage()
            _play(picture, painter, printer)


def _play(picture: QPicture, painter: QPainter, printer: QPrinter) -> None:
    painter.save()
    page = printer.pageLayout().fullRectPixels(printer.resolution())
    scale = min(page.width() / _RECORDED.width(), page.height() / _RECORDED.height())
    # a recording enlarges itself by the ratio of both resolutions, of which the page's size has taken account already
    painter.scale(scale * picture.logicalDpiX() / printer.logicalDpiX(), scale * picture.logicalDpiY() / printer.logicalDpiY())
    picture.play(painter)
    painter.restore()


def _printer() -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    set_page(printer)
    return printer
