"""One way onto paper that is a file: the clerk is asked where to, and a file is replaced in one step or not at all."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QIODevice, QMarginsF, QSaveFile
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPdfWriter
from PySide6.QtWidgets import QFileDialog, QWidget

from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.errors import SetupFault
from denkidesk.texts.quote import PDF_FILTER
from denkidesk.ui.parts.ui_state import UiState


def ask_save_path(window: QWidget, ui_state: UiState, folder_key: str, title: str, name: str, kinds: str = PDF_FILTER) -> Path | None:
    """Where the clerk wants a file of the kind of ``name``; the folder of the last one is offered. None: nowhere."""
    folder = Path(ui_state.text(folder_key) or Path.home())
    chosen, _filter = QFileDialog.getSaveFileName(window, title, str(folder / name), kinds)
    if not chosen:
        return None
    path, suffix = Path(chosen), Path(name).suffix
    ui_state.put(folder_key, str(path.parent))
    return path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)


def write_pages(path: Path, title: str, paint: Callable[[QPdfWriter], object], size: QPageSize | None = None) -> None:
    """Writes what is painted on pages, A4 upright where no size is given. Raises SetupFault if it cannot be written."""
    file = QSaveFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        raise SetupFault(str(path), "file", InstallationCode.UNWRITABLE, file.errorString())
    _write(file, title, paint, size or QPageSize(QPageSize.PageSizeId.A4))
    if not file.commit():
        raise SetupFault(str(path), "file", InstallationCode.UNWRITABLE, file.errorString())


def _write(file: QIODevice, title: str, paint: Callable[[QPdfWriter], object], size: QPageSize) -> None:
    """The writer ends with this function: it goes on using the file for as long as it lives, and keeps no hold of it."""
    writer = QPdfWriter(file)
    writer.setTitle(title)
    writer.setCreator("Denki Desk")
    set_page(writer, size)
    paint(writer)


def set_page(device: QPagedPaintDevice, size: QPageSize = QPageSize(QPageSize.PageSizeId.A4)) -> None:  # noqa: B008 - a value
    """A page of this size; it keeps its own margins."""
    device.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
