"""Which file a table comes from, and which one its result goes to."""

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog, QWidget

from denkidesk.desk.spreadsheets import SUFFIXES
from denkidesk.texts import bulk as texts
from denkidesk.ui.parts.ui_state import UiState

_FOLDER: Final = "bulk_folder"


def folder_of(ui_state: UiState) -> Path:
    """Where the last table came from."""
    return Path(ui_state.text(_FOLDER) or Path.home())


def remember(ui_state: UiState, path: Path) -> None:
    """The next dialog opens there."""
    ui_state.put(_FOLDER, str(path.parent))


def ask_for_table(window: QWidget, ui_state: UiState) -> Path | None:
    """The file that the clerk chooses; None: none."""
    chosen, _filter = QFileDialog.getOpenFileName(window, texts.OPEN_TITLE, str(folder_of(ui_state)), texts.OPEN_FILTER)
    return Path(chosen) if chosen else None


def ask_for_result(window: QWidget, ui_state: UiState, name: Path) -> Path | None:
    """Where the clerk wants the result; a file of that name is left alone: the result gets a number then."""
    no_question = QFileDialog.Option.DontConfirmOverwrite
    chosen, _filter = QFileDialog.getSaveFileName(window, texts.SAVE_TITLE, str(name), texts.SAVE_FILTER, "", no_question)
    if not chosen:
        return None
    path = Path(chosen)
    remember(ui_state, path)
    return path if path.suffix.lower() in SUFFIXES else path.with_name(f"{path.name}.xlsx")
