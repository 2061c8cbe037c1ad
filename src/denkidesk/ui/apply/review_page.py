"""The review: exactly what goes out, in words, and as XML when asked for."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QPlainTextEdit, QPushButton, QWidget

from denkidesk.desk.outbox import SimilarApplication
from denkidesk.domain.errors import FieldFault
from denkidesk.texts import apply as texts
from denkidesk.texts.names import field_name
from denkidesk.ui.apply.final_check import Verdict
from denkidesk.ui.parts.boxes import Gap, HBox, Stretch, VBox
from denkidesk.ui.parts.field_row import LABEL_WIDTH
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.lines import Lines
from denkidesk.ui.parts.notice_box import NoticeBox
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S, SPACE_XL

_XML_HEIGHT = 260
_TO_BE_CONFIRMED = (Verdict.OPEN, Verdict.UNPROVED)


class ReviewPage(FittedPage):
    """Shows an application and asks for the envelope by ``preview_requested``; it sends nothing itself.

    An application that may be filed already, or of which nobody could tell, is sent only when the clerk has ticked that it is no double.
    """

    preview_requested = Signal()
    verdict_changed = Signal()  # what :attr:`may_send` and :attr:`is_clear` say may be otherwise now

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        body = QWidget(self)
        self._xml_button = QPushButton(texts.XML_SHOW, body)
        self._xml_button.setProperty("kind", "quiet")
        icons.put(self._xml_button, "file-plus", "accent")
        self._xml_button.clicked.connect(self._on_xml_clicked)
        # above all that is still being looked up, which would push it down
        head = HBox().add((PlainLabel(texts.STEP_TITLES["review"], body, scale=1.2, bold=True), 1), self._xml_button)
        self._similar = NoticeBox(icons, "warn", texts.SIMILAR_TITLE, body)
        self._cautions = NoticeBox(icons, "warn", texts.CAUTION_TITLE, body)
        self._confirm = QCheckBox(texts.SIMILAR_CONFIRM, self._similar)
        self._confirm.toggled.connect(self._on_toggled)
        self._similar.add(self._confirm)
        self._similar.add(PlainLabel(texts.SIMILAR_CONFIRM_KEYS, self._similar, tone="muted", scale=0.9))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE_L)
        self._grid.setVerticalSpacing(SPACE_S + 2)
        self._grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        self._grid.setColumnStretch(1, 1)
        self._note_title = PlainLabel(texts.REVIEW_NOTE_TITLE, body, bold=True)
        self._note = Lines(body)
        self._xml = QPlainTextEdit(body, readOnly=True, tabChangesFocus=True, lineWrapMode=QPlainTextEdit.LineWrapMode.NoWrap)
        self._xml.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._xml.setAccessibleName(texts.XML_NAME)
        self._xml.setFixedHeight(_XML_HEIGHT)
        VBox(body, margins=(SPACE_XL, SPACE_L, SPACE_XL, SPACE_L), spacing=SPACE_M).add(
            head,
            PlainLabel(texts.STEP_HINTS["review"], body, tone="muted", wrap=True),
            self._similar,
            self._cautions,
            Gap(SPACE_S),
            self._grid,
            self._note_title,
            self._note,
            self._xml,
            Stretch(),
        )
        self.set_body(body)
        QWidget.setTabOrder(self._confirm, self._xml_button)  # though that stands above: the tick is what is wanted first
        self.rows: tuple[tuple[str, str], ...] = ()
        self.verdict = Verdict.LOOKING
        self._scroll_to_end = QTimer(self)  # the page is laid out only after what is shown now
        self._scroll_to_end.setSingleShot(True)
        self._scroll_to_end.setInterval(0)
        self._scroll_to_end.timeout.connect(self._on_scroll_to_end)
        self._hide_xml()

    @property
    def xml(self) -> str:
        """The envelope as shown; empty while it is not."""
        return "" if self._xml.isHidden() else self._xml.toPlainText()

    @property
    def similar_lines(self) -> tuple[str, ...]:
        """The applications that the clerk is warned of."""
        return self._similar.lines

    @property
    def caution_lines(self) -> tuple[str, ...]:
        """What the clerk is asked to look at once more."""
        return self._cautions.lines

    @property
    def may_send(self) -> bool:
        """Whether the review was shown whole, and nothing speaks against sending that the clerk has not answered."""
        return self.is_clear or (self.verdict in _TO_BE_CONFIRMED and self._confirm.isChecked())

    @property
    def is_clear(self) -> bool:
        """Whether nothing speaks against sending."""
        return self.verdict is Verdict.CLEAR

    def begin(self) -> None:
        """Nothing is known yet, and what was ticked before counts no more."""
        self._confirm.setChecked(False)
        self.show_verdict(Verdict.LOOKING)

    def show_verdict(self, verdict: Verdict) -> None:
        """Lets the clerk send, or tick first."""
        self.verdict = verdict
        self._confirm.setEnabled(verdict in _TO_BE_CONFIRMED)
        self.verdict_changed.emit()

    def take_focus(self) -> None:
        """The cursor goes to the text, where no key does more than scroll; Tab leads to what is to be ticked."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_application(self, rows: Sequence[tuple[str, str]], kept_here: Sequence[tuple[str, str]]) -> None:
        """Shows what goes out, and what stays here."""
        self.rows = tuple(rows)
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        top = Qt.AlignmentFlag.AlignTop
        for line, (label, words) in enumerate(rows):
            name: QLabel = PlainLabel(label, self.widget(), tone="muted")
            value = Lines(self.widget())
            value.show_lines(words.split("\n"))
            value.setAccessibleName(f"{label} {words}")
            self._grid.addWidget(name, line, 0, top)
            self._grid.addWidget(value, line, 1)
        note = [texts.NOTE_LINE.format(label=label, answer=words) if len(kept_here) > 1 else words for label, words in kept_here]
        self._note.show_lines("\n".join(note).split("\n") if note else ())
        self._note_title.setVisible(bool(kept_here))
        self._similar.show_lines(())
        self._cautions.show_lines(())
        self._hide_xml()
        self.verticalScrollBar().setValue(0)

    def show_cautions(self, cautions: Sequence[FieldFault], labels: Mapping[str, str]) -> None:
        """Shows what should be looked at once more; it does not keep the clerk from sending. ``labels``: of further items."""
        self._cautions.show_lines(tuple(f"{labels.get(c.field) or field_name(c.field)}：{texts.fault(c)}" for c in cautions))

    def show_similar(self, similar: Sequence[SimilarApplication] | None, today: date) -> None:
        """Shows applications that may be the same; None: that they could not be looked up."""
        if similar is None:
            self._similar.show_lines((texts.SIMILAR_UNPROVED,), texts.SIMILAR_UNPROVED_TITLE)
        else:
            rows = tuple(texts.similar_row(one.at, one.state, one.receipt_number, today) for one in similar)
            self._similar.show_lines(rows, texts.SIMILAR_TITLE)

    def show_xml(self, text: str) -> None:
        """Shows the envelope."""
        self._xml.setPlainText(text)
        self._xml.setVisible(True)
        self._xml_button.setText(texts.XML_HIDE)
        self._scroll_to_end.start()

    def _on_toggled(self, _checked: bool) -> None:
        self.verdict_changed.emit()

    def _on_xml_clicked(self) -> None:
        if self._xml.isHidden():
            self.preview_requested.emit()
        else:
            self._hide_xml()

    def _on_scroll_to_end(self) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _hide_xml(self) -> None:
        self._xml.setVisible(False)
        self._xml_button.setText(texts.XML_SHOW)
