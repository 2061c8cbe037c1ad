"""Preview and printer: the page is recorded once on a work lane and played back on the GUI thread in no time."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPicture
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QDialog, QWidget

from denkidesk.ui.quote.page import paint_quote, set_page
from denkidesk.ui.quote.sheet import QuoteSheet

_RECORDED = QRectF(0, 0, 2100, 2970)  # tenths of a millimetre


def record(sheet: QuoteSheet) -> QPicture:
    """Paints the page into a recording; for a work lane."""
    picture = QPicture()
    painter = QPainter(picture)
    paint_quote(painter, _RECORDED, sheet)
    painter.end()
    return picture


def print_picture(parent: QWidget, picture: QPicture) -> bool:
    """Asks for a printer and prints; False if the clerk thought better of it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    set_page(printer)
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return False
    play(picture, printer)
    return True


def preview_dialog(parent: QWidget, picture: QPicture) -> QPrintPreviewDialog:
    """The page as it will be printed, with a print button."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    set_page(printer)
    dialog = QPrintPreviewDialog(printer, parent)
    dialog.resize(900, 960)
    player = _Player(picture)
    dialog.paintRequested.connect(player)
    dialog.setProperty("player", player)
    return dialog


def play(picture: QPicture, printer: QPrinter) -> None:
    """Plays a recording back on the whole page."""
    painter = QPainter(printer)
    page = printer.pageLayout().fullRectPixels(printer.resolution())
    scale = min(page.width() / _RECORDED.width(), page.height() / _RECORDED.height())
    painter.scale(scale, scale)
    picture.play(painter)
    painter.end()


class _Player:
    def __init__(self, picture: QPicture) -> None:
        self._picture = picture

    def __call__(self, printer: QPrinter) -> None:
        play(self._picture, printer)
