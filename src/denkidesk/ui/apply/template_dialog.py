"""The templates of one kind: put into the form that is open, made out of it, or let go."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QListWidget, QPushButton, QWidget

from denkidesk.desk.prefill import PrefillDesk, Template
from denkidesk.domain.applications import ApplicationKind
from denkidesk.jobs.job import LaneName
from denkidesk.texts import templates as texts
from denkidesk.texts.errors import said
from denkidesk.texts.names import KIND_NAMES
from denkidesk.ui.apply.editors import LineEditor
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.field_row import FieldRow
from denkidesk.ui.parts.key_binding import ENTER, bind, press_focused
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.room import resize_within_screen
from denkidesk.ui.parts.strip import announce
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S


class TemplateDialog(QDialog):
    """``chosen``: a template for the form. Enter in the list chooses, Enter in the name keeps the form under it."""

    chosen = Signal(object)  # Template

    def __init__(self, context: UiContext, kind: ApplicationKind, values: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts.TITLE.format(kind=KIND_NAMES[kind]))
        resize_within_screen(self, 560, 460)
        self._context = context
        self._prefill: PrefillDesk = context.desk.prefill
        self._kind = kind
        self._values = values
        self._templates: tuple[Template, ...] = ()
        self._wanted = ""  # the one to stand on when the list comes
        self.list = QListWidget(self)
        self.list.setAccessibleName(texts.LIST)
        self._empty = PlainLabel(texts.NONE, self, tone="muted", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.hide()
        self.use_button = QPushButton(texts.USE, self)
        self.use_button.setProperty("kind", "primary")
        self.forget_button = QPushButton(texts.FORGET, self)
        self.name = LineEditor(self)
        self.name.setMaxLength(texts.NAME_LENGTH)
        self.name_row = FieldRow(context.icons, texts.NAME, self.name, hint=texts.NAME_HINT, parent=self)
        self.keep_button = QPushButton(texts.KEEP, self)
        self.outcome = PlainLabel("", self, wrap=True)
        close = QPushButton(texts.CLOSE, self)
        for button, slot in (
            (self.use_button, self._use),
            (self.forget_button, self._forget),
            (self.keep_button, self._keep),
            (close, self.reject),
        ):
            button.setAutoDefault(False)  # Enter belongs to list and name
            button.clicked.connect(slot)
        VBox(self, margins=SPACE_L, spacing=SPACE_M).add(
            PlainLabel(texts.HINT, self, tone="muted", wrap=True),
            (self.list, 1),
            (self._empty, 1),  # where the list would be: with no part to take the room, all the others share it
            HBox(spacing=SPACE_S).add(Stretch(), self.forget_button, self.use_button),
            self.name_row,
            HBox(spacing=SPACE_S).add((self.outcome, 1), self.keep_button, close),
        )
        self.list.itemActivated.connect(self._use)
        self.name.advanced.connect(self._keep)
        bind("Del", self.list, self._forget, context=Qt.ShortcutContext.WidgetShortcut, auto_repeat=False)
        self._look()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, and no other."""
        if not press_focused(self, event) and event.key() not in ENTER:
            super().keyPressEvent(event)

    def _look(self) -> None:
        self._context.jobs.run(LaneName.STORE, self._prefill.templates, self._kind).then(self._on_templates, self._on_failed)

    def _on_templates(self, templates: tuple[Template, ...]) -> None:
        row = self.list.currentRow()
        self._templates = templates
        self.list.clear()
        self.list.addItems([template.name for template in templates])
        names = [template.name for template in templates]
        self.list.setCurrentRow(names.index(self._wanted) if self._wanted in names else max(0, min(row, len(names) - 1)))
        self.list.setVisible(bool(templates))
        self._empty.setVisible(not templates)
        for button in (self.use_button, self.forget_button):
            button.setEnabled(bool(templates))
        (self.list if templates else self.name).setFocus(Qt.FocusReason.OtherFocusReason)

    def _use(self) -> None:
        if self._templates:
            self.chosen.emit(self._templates[self.list.currentRow()])
            self.accept()

    def _keep(self) -> None:
        name = " ".join(self.name.value().split())
        if name:
            self._wanted = name
            job = self._context.jobs.run(LaneName.STORE, self._prefill.keep_template, name, self._kind, self._values)
            job.then(self._on_kept, self._on_failed)

    def _on_kept(self, template: Template | None) -> None:
        if template is None:
            self._tell(texts.NOTHING, "warn")
            return
        self.name.set_value("")
        self._tell(texts.KEPT.format(name=template.name), "ok")
        self._look()

    def _forget(self) -> None:
        if self._templates:
            template = self._templates[self.list.currentRow()]
            job = self._context.jobs.run(LaneName.STORE, self._prefill.forget_template, template)
            job.then(self._on_forgotten, self._on_failed)
            self._tell(texts.FORGOTTEN.format(name=template.name), "ok")

    def _on_forgotten(self, _done: object) -> None:
        self._look()

    def _on_failed(self, error: object) -> None:
        self._tell(said(error).text, "error")

    def _tell(self, words: str, tone: str) -> None:
        self.outcome.set_tone(tone)
        self.outcome.setText(words)
        announce(self.outcome, words)
