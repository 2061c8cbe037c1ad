"""What stands above the grid: what was brought and when, of which kind it is, and which of its rows are shown."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from denkidesk.domain.applications import ApplicationKind
from denkidesk.texts import bulk as texts
from denkidesk.texts.names import KIND_NAMES
from denkidesk.ui.bulk.standing import CHIPS, Rows, Standing
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import HBox
from denkidesk.ui.parts.chip import FilterChip
from denkidesk.ui.parts.flow import Flow
from denkidesk.ui.parts.item_icons import KIND_ICONS
from denkidesk.ui.parts.picture import Picture
from denkidesk.ui.parts.plain import CutLabel, PlainLabel
from denkidesk.ui.parts.theme import ICON_SIZE, SPACE_L, SPACE_M, SPACE_S


class BulkHead(QWidget):
    """Title, source, kind, and the ways to bring another table."""

    kind_chosen = Signal(object)
    paste_requested = Signal()
    open_requested = Signal()

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._icons = context.icons
        self._picture = Picture(context.icons, "swap", "accent", ICON_SIZE, self)
        self._title = PlainLabel("", self, scale=1.6, bold=True)
        self._source = CutLabel("", self, tone="muted")
        self.kind = QComboBox(self)
        self.kind.setAccessibleName(texts.KIND)
        for kind in ApplicationKind:
            self.kind.addItem(KIND_NAMES[kind], kind)
        self._open = QPushButton(texts.OPEN, self)
        self._again = QPushButton(texts.PASTE_AGAIN, self)
        HBox(self, spacing=SPACE_S, margins=(SPACE_L, 0, SPACE_L, 0)).add(
            self._picture, self._title, (self._source, 1), self.kind, self._open, self._again
        )
        self.kind.activated.connect(self._on_kind_chosen)
        self._open.clicked.connect(self.open_requested)
        self._again.clicked.connect(self.paste_requested)

    def show_brought(self, rows: Rows, today: date) -> None:
        """What was brought, when, and what of it is not sent."""
        brought = rows.brought
        self._icons.put(self._picture, KIND_ICONS[brought.form.kind], "accent")
        self._title.setText(texts.title(brought.form.kind, len(rows.rows)))
        self.kind.setCurrentIndex(self.kind.findData(brought.form.kind))
        name = Path(brought.batch.source).name if brought.batch.source else ""
        words = [texts.brought_at(name, brought.batch.created_at, today)]
        words += [texts.KNOWN] if brought.is_known else []
        words += [texts.NOT_SENT_COLUMNS.format(headings="、".join(brought.table.not_sent))] if brought.table.not_sent else []
        self._source.setText("・".join(words))

    def set_narrow(self, narrow: bool) -> None:
        """Where there is little room the file is opened by its key alone."""
        self._open.setVisible(not narrow)

    def _on_kind_chosen(self, _place: int) -> None:
        self.kind_chosen.emit(ApplicationKind(self.kind.currentData()))


class BulkChips(QWidget):
    """Filters with counts; which keys help with what is shown."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.chips = {name: FilterChip(name, word, parent=self) for name, word in texts.CHIPS.items()}
        self.hint = CutLabel("", self, tone="muted", scale=0.9)
        flow = Flow(SPACE_S).add(*self.chips.values())
        HBox(self, spacing=SPACE_M, margins=(SPACE_L, 0, SPACE_L, 0)).add((flow, 2), (self.hint, 1))
        for chip in self.chips.values():
            chip.chosen.connect(self.chosen)

    def show_rows(self, rows: Rows, shown: str) -> None:
        """A filter without rows is not offered, unless it is the one that is shown."""
        counts = rows.counts()
        for name, chip in self.chips.items():
            count = len(rows.rows) if name == "all" else sum(counts[one] for one in CHIPS[name])
            chip.set_count(count)
            chip.setAccessibleName(texts.FILTER.format(chip=chip.text()))
            chip.setVisible(count > 0 or name == shown)
            chip.setChecked(name == shown)
        self.hint.setText(texts.HINT_BAD if counts[Standing.BAD] else texts.HINT_GOOD)


class BulkFoot(QWidget):
    """Below the grid where the pane takes turns with it: how it stands in one line, and the ways to the pane."""

    confirm_requested = Signal()
    save_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = CutLabel("", self)
        self._save = QPushButton(texts.SAVE, self)
        self.to_confirm = QPushButton(texts.TO_CONFIRM, self)
        self.to_confirm.setProperty("kind", "primary")
        HBox(self, margins=(SPACE_L, 0, SPACE_L, 0), spacing=SPACE_S).add((self._words, 1), self._save, self.to_confirm)
        self.to_confirm.clicked.connect(self.confirm_requested)
        self._save.clicked.connect(self.save_requested)

    def show_rows(self, rows: Rows, words: str, *, has_answers: bool) -> None:
        """``words``: the pane's own heading."""
        self._words.setText(words)
        self.to_confirm.setText(texts.TO_CONFIRM if rows.going() or not rows.sent() else texts.TO_RUN)
        self._save.setVisible(has_answers)
