"""Where the customer lives: area, prefecture or postcode. Remembers the last choice."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QLineEdit, QPushButton, QStackedWidget, QWidget

from denkidesk.domain.areas import AREA_NAMES_JA, PREFECTURE_NAMES_JA, Area
from denkidesk.domain.fault_codes import SpreadsheetCode
from denkidesk.domain.typed_numbers import clean_digits, spreadsheet_damage
from denkidesk.forms.cleaning import clean_phone
from denkidesk.texts import tariffs as texts
from denkidesk.texts.apply import changes
from denkidesk.texts.faults import SPREADSHEET_FAULTS
from denkidesk.texts.shortcuts import without_mnemonic
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.plain import PlainLabel, set_tip
from denkidesk.ui.parts.theme import SPACE_XS, set_tone
from denkidesk.ui.parts.ui_state import UiState

_MODES = (texts.FIND_BY_AREA, texts.FIND_BY_PREFECTURE, texts.FIND_BY_ZIP)
_STATE = "tariffs_place"
_ZIP_DIGITS = 7
_PAGE_HEIGHTS = (40, 92, 60)


_ALL_COMPANIES = "tariffs_all_companies"


def wants_all_companies(ui_state: UiState) -> bool:
    """Whether the clerk has chosen all retailers over those that are allotted to the account."""
    return ui_state.text(_ALL_COMPANIES) == "1"


class AllCompanies(QCheckBox):
    """割り当て外の会社も: a choice that stays. ``toggled`` comes after it was kept."""

    def __init__(self, ui_state: UiState, parent: QWidget) -> None:
        super().__init__(texts.ALL_COMPANIES, parent)
        set_tip(self, texts.ALL_COMPANIES_TIP)
        self.setChecked(wants_all_companies(ui_state))
        self.toggled.connect(lambda on: ui_state.put(_ALL_COMPANIES, "1" if on else ""))


class PlacePicker(QWidget):
    """``changed``: another place, good enough to ask for; see :meth:`question`."""

    changed = Signal()

    def __init__(self, ui_state: UiState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ui_state = ui_state
        self._modes = QButtonGroup(self)
        self.area_combo = _combo([(AREA_NAMES_JA[area], area.value) for area in Area], Area.KANSAI.value, self)
        self._prefecture = _combo([(name, code) for code, name in PREFECTURE_NAMES_JA.items()], "27", self)
        self.zip_editor = QLineEdit(self, placeholderText="530-0000")
        self.zip_editor.setAcceptDrops(False)  # a file that is let go here is a usage file
        self._zip_note = PlainLabel(texts.ZIP_HINT, self, tone="muted", scale=0.9)
        self._places = QStackedWidget(self)
        self._build()
        self._restore()
        self._zip_before = self.zip_editor.text()
        self.area_combo.currentIndexChanged.connect(self._on_place)
        self._prefecture.currentIndexChanged.connect(self._on_place)
        self.zip_editor.editingFinished.connect(self._on_zip)
        self._modes.idClicked.connect(self._on_mode)

    def choose_mode(self, mode: int) -> None:
        """0 area, 1 prefecture, 2 postcode; as if its button had been pressed."""
        self._modes.button(mode).click()

    def go_to(self, area: Area) -> None:
        """An area, as if it had been picked; the cursor stays where it is."""
        with QSignalBlocker(self.area_combo):
            self.area_combo.setCurrentIndex(self.area_combo.findData(area.value))
        self._modes.button(0).setChecked(True)
        self._show_page(0)
        self._on_place()

    def question(self) -> tuple[Area | None, str | None, str | None] | None:
        """Area, prefecture, postcode for ``desk.quoting.companies``, one of them set; None while the postcode is not whole, which is then
        said beside it.
        """
        mode = self._modes.checkedId()
        digits = self._zip_digits()
        wrong = mode == 2 and len(digits) != _ZIP_DIGITS and bool(self.zip_editor.text().strip())
        self._zip_note.setText(self._what_is_wrong(digits) if wrong else texts.ZIP_HINT)
        self._zip_note.set_tone("error" if wrong else "muted")
        set_tone(self.zip_editor, "fault", "yes" if wrong else "no")
        if mode == 0:
            return Area(self.area_combo.currentData()), None, None
        if mode == 1:
            return None, str(self._prefecture.currentData()), None
        return (None, None, digits) if len(digits) == _ZIP_DIGITS else None

    def _build(self) -> None:
        row = HBox(spacing=SPACE_XS)
        for number, words in enumerate(_MODES):
            button = QPushButton(words, self)
            button.setCheckable(True)
            button.setProperty("kind", "chip")
            button.setAccessibleName(texts.FIND_BY.format(words=without_mnemonic(words)))
            self._modes.addButton(button, number)
            row.add(button)
        hint = PlainLabel(texts.PREFECTURE_HINT, self, tone="muted", scale=0.9, wrap=True)
        for words, widgets in zip(_MODES, ((self.area_combo,), (self._prefecture, hint), (self.zip_editor, self._zip_note)), strict=True):
            widgets[0].setAccessibleName(without_mnemonic(words))
            page = QWidget(self)
            VBox(page, margins=(0, SPACE_XS, 0, 0), spacing=SPACE_XS).add(*widgets, Stretch())
            self._places.addWidget(page)
        VBox(self, margins=0, spacing=SPACE_XS).add(row.add(Stretch()), self._places)

    def _restore(self) -> None:
        mode, area, prefecture, digits = (*self._ui_state.text(_STATE).split("/"), "", "", "", "")[:4]
        for combo, wanted in ((self.area_combo, area), (self._prefecture, prefecture)):
            index = next((i for i in range(combo.count()) if str(combo.itemData(i)) == wanted), -1)
            if index >= 0:
                combo.setCurrentIndex(index)
        self.zip_editor.setText(digits if len(digits) <= 8 else "")
        number = int(mode) if mode in {"0", "1", "2"} else 0
        self._modes.button(number).setChecked(True)
        self._show_page(number)

    def _remember(self) -> None:
        values = (
            self._modes.checkedId(),
            self.area_combo.currentData(),
            self._prefecture.currentData(),
            self.zip_editor.text().replace("/", ""),
        )
        self._ui_state.put(_STATE, "/".join(str(value) for value in values))

    def _show_page(self, mode: int) -> None:
        self._places.setCurrentIndex(mode)
        # a stack is as tall as its tallest page; the list below needs that room
        self._places.setFixedHeight(_PAGE_HEIGHTS[mode])

    def _on_mode(self, mode: int) -> None:
        self._show_page(mode)
        (self.area_combo, self._prefecture, self.zip_editor)[mode].setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_place()

    def _on_place(self) -> None:
        self._remember()
        if self.question() is not None:
            self.changed.emit()

    def _zip_digits(self) -> str:
        """The digits; empty where something else is among them."""
        digits = clean_digits(self.zip_editor.text())
        return digits if digits.isascii() and digits.isdigit() else ""

    def _what_is_wrong(self, digits: str) -> str:
        lost = (
            SpreadsheetCode.ZERO_LOST if len(digits) in (_ZIP_DIGITS - 2, _ZIP_DIGITS - 1) and "-" not in self.zip_editor.text() else None
        )
        damage = spreadsheet_damage(self.zip_editor.text()) or lost
        return SPREADSHEET_FAULTS[damage] if damage else texts.ZIP_WRONG

    def _on_zip(self) -> None:
        if self.zip_editor.text() == self._zip_before:
            return  # the cursor only passed through
        digits, changed = self._zip_digits(), clean_phone(self.zip_editor.text()).changes
        if len(digits) == _ZIP_DIGITS:
            self.zip_editor.setText(f"{digits[:3]}-{digits[3:]}")
        self._zip_before = self.zip_editor.text()
        self._on_place()
        if changed and len(digits) == _ZIP_DIGITS:
            self._zip_note.setText(changes(changed))


def _combo(entries: list[tuple[str, str]], chosen: str, parent: QWidget) -> QComboBox:
    combo = QComboBox(parent)
    for words, value in entries:
        combo.addItem(words, value)
    combo.setCurrentIndex(combo.findData(chosen))
    return combo
