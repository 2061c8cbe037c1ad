"""The editors of the settings dialog: secrets that are written and never read, folders, choices."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QPushButton, QWidget

from denkidesk.domain.unseen import trimmed
from denkidesk.texts import settings as texts
from denkidesk.ui.parts.boxes import HBox
from denkidesk.ui.parts.theme import SPACE_S, set_tone


class _Composite(QWidget):
    """A line with a button; the fault's edge goes round the line."""

    def __init__(self, button_text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit(self)
        self.button = QPushButton(button_text, self)
        HBox(self, margins=0, spacing=SPACE_S).add((self.line, 1), self.button)
        self.setFocusProxy(self.line)

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's own method
        """The line is what a screen reader meets."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def show_fault(self, faulty: bool) -> None:
        set_tone(self.line, "fault", "yes" if faulty else "no")


class SecretEditor(_Composite):
    """Takes a new secret; the stored one never comes back into it. ``trimmed``: what a copy left at its ends was taken away."""

    trimmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(texts.SECRET_DELETE, parent)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.button.setEnabled(False)
        self.button.setCheckable(True)
        self.button.toggled.connect(self._on_delete_toggled)
        self.line.editingFinished.connect(self._on_edited)
        self._present: bool | None = None

    def show_present(self, present: bool | None) -> None:
        self._present = present
        word = {True: texts.SECRET_PRESENT, False: texts.SECRET_ABSENT, None: texts.SECRET_UNKNOWN}[present]
        self.line.setPlaceholderText(word)
        self.button.setEnabled(bool(present))

    @property
    def typed(self) -> str | None:
        return trimmed(self.line.text()) or None

    @property
    def wants_deletion(self) -> bool:
        """Whether the stored secret is to be forgotten."""
        return self.button.isChecked() and not self.line.text()

    def _on_edited(self) -> None:
        if (kept := trimmed(self.line.text())) != self.line.text():
            self.line.setText(kept)
            self.trimmed.emit()

    def _on_delete_toggled(self, wanted: bool) -> None:
        self.line.setEnabled(not wanted)
        if wanted:
            self.line.clear()
            self.line.setPlaceholderText(texts.SECRET_DELETED)
        else:
            self.show_present(self._present)


class FolderEditor(_Composite):
    """A folder, typed or chosen."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(texts.CHOOSE_FOLDER, parent)
        self._title = title
        self.button.clicked.connect(self._on_choose)

    def _on_choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self._title, self.line.text())
        if chosen:
            self.line.setText(chosen)


class ChoiceEditor(QComboBox):
    """A choice of words; the value is what stands in the settings."""

    chosen = Signal(object)

    def __init__(self, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for value, word in choices:
            self.addItem(word, value)
        self.currentIndexChanged.connect(self._on_index_changed)

    @property
    def value(self) -> str:
        return str(self.currentData())

    def choose(self, value: str) -> None:
        self.setCurrentIndex(max(0, self.findData(value)))

    def _on_index_changed(self, _index: int) -> None:
        self.chosen.emit(self.value)
