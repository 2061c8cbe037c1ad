"""The review beside a form: exactly what goes out, in words, as it is being typed, and as XML when asked for."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QPushButton, QStackedWidget, QWidget

from denkidesk.desk.assembly import Review
from denkidesk.domain.applications import ApplicationKind, SimilarApplication
from denkidesk.domain.errors import FieldFault
from denkidesk.texts import apply as texts
from denkidesk.texts.names import field_name
from denkidesk.ui.apply.at_point import BesidePane
from denkidesk.ui.apply.final_check import Verdict
from denkidesk.ui.apply.send_foot import SendFoot
from denkidesk.ui.parts.boxes import Stretch, VBox
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.lines import Lines
from denkidesk.ui.parts.notice_box import NoticeBox
from denkidesk.ui.parts.pairs import Pairs
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_L, SPACE_M, SPACE_S

_XML_LINES = 14


class ReviewPane(QFrame):
    """Asks for the envelope by ``preview_requested``; it sends nothing itself. Its foot is the one place to send from.

    An application that may be filed already, or of which nobody could tell, is sent only when the clerk has ticked that it is no double.
    """

    preview_requested = Signal()

    def __init__(self, icons: Icons, kind: ApplicationKind, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "pane")
        self._kind = kind
        self.foot = SendFoot(self)
        self.page = FittedPage(self)
        body = QWidget(self.page)
        self._similar = NoticeBox(icons, "warn", texts.SIMILAR_TITLE, body)
        self._cautions = NoticeBox(icons, "warn", texts.CAUTION_TITLE, body)
        self._pairs = Pairs(body, narrow=True)
        self._note_title = PlainLabel(texts.REVIEW_NOTE_TITLE, body, bold=True, wrap=True)
        self._note = Lines(body)
        self.xml_button = QPushButton(texts.XML_SHOW, body)
        self.xml_button.setProperty("kind", "quiet")
        icons.put(self.xml_button, "file-plus", "accent")
        self.xml_button.clicked.connect(self._on_xml_clicked)
        self._xml = QPlainTextEdit(body, readOnly=True, tabChangesFocus=True, lineWrapMode=QPlainTextEdit.LineWrapMode.NoWrap)
        self._xml.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._xml.setAccessibleName(texts.XML_NAME)
        self._xml.setFixedHeight(_XML_LINES * self._xml.fontMetrics().lineSpacing())
        self._lines = VBox(body, margins=(SPACE_L, SPACE_M, SPACE_L, SPACE_M), spacing=SPACE_S).add(
            PlainLabel(texts.REVIEW_TITLE, body, scale=1.2, bold=True),
            PlainLabel(texts.REVIEW_HINT, body, tone="muted", scale=0.9, wrap=True),
            self._similar,
            self._cautions,
            self._pairs,
            self._note_title,
            self._note,
            (self.xml_button, 0, Qt.AlignmentFlag.AlignLeft),
            self._xml,
            Stretch(),
        )
        self.page.set_body(body)
        self.beside = BesidePane(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.page)
        self._stack.addWidget(self.beside)
        rule = QFrame(self)
        rule.setProperty("kind", "hairline")
        rule.setFixedHeight(1)
        VBox(self, margins=0, spacing=0).add((self._stack, 1), rule, self.foot)
        self._scroll_to_end = QTimer(self, singleShot=True, interval=0)  # the page is laid out only after what is shown now
        self._scroll_to_end.timeout.connect(self._on_scroll_to_end)
        self.begin()

    @property
    def xml(self) -> str:
        """The envelope as shown; empty while it is not."""
        return "" if self._xml.isHidden() else self._xml.toPlainText()

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """What goes out, in words."""
        return self._pairs.pairs

    @property
    def similar_lines(self) -> tuple[str, ...]:
        """The applications that the clerk is warned of."""
        return self._similar.lines

    @property
    def verdict(self) -> Verdict:
        """What is known of doubles."""
        return self.foot.verdict

    @property
    def may_send(self) -> bool:
        """Whether nothing keeps the clerk from sending."""
        return self.foot.may_send

    def begin(self) -> None:
        """Another form."""
        self.foot.begin()
        self.show_cautions((), {})
        self._similar.show_lines(())
        self.hide_xml()
        self.page.verticalScrollBar().setValue(0)
        self.show_beside(is_shown=False)

    def add_head(self, widget: QWidget) -> None:
        """Puts something above all that is shown."""
        self._lines.insertWidget(0, widget, 0, Qt.AlignmentFlag.AlignLeft)

    def show_beside(self, *, is_shown: bool) -> None:
        """What is read beside the form takes the place of the review, above its foot."""
        self._stack.setCurrentWidget(self.beside if is_shown else self.page)

    @property
    def is_covered(self) -> bool:
        """Whether something else is read in its place."""
        return self._stack.currentWidget() is self.beside

    def show_review(self, review: Review, missing: str) -> None:
        """Shows what goes out, what stays here, and what is missing; what was looked up of other words counts no more."""
        self._pairs.show_pairs(review.rows)
        note = [
            texts.NOTE_LINE.format(label=label, answer=words) if len(review.kept_here) > 1 else words for label, words in review.kept_here
        ]
        self._note.show_lines("\n".join(note).split("\n") if note else ())
        self._note_title.setVisible(bool(review.kept_here))
        self.foot.show_unfilled(missing)
        self.foot.show_verdict(Verdict.LOOKING)
        self.xml_button.setEnabled(review.assembled is not None)
        self.hide_xml()

    def show_cautions(self, cautions: Sequence[FieldFault], labels: Mapping[str, str]) -> None:
        """Shows what should be looked at once more; it does not keep the clerk from sending. ``labels``: of further items."""
        self._cautions.show_lines(tuple(f"{labels.get(c.field) or field_name(c.field)}：{texts.fault(c)}" for c in cautions))

    def show_similar(self, similar: Sequence[SimilarApplication] | None, today: date) -> None:
        """Shows applications that may be the same; None: that they could not be looked up."""
        if similar is None:
            self._similar.show_lines((texts.SIMILAR_UNPROVED,), texts.SIMILAR_UNPROVED_TITLE)
        else:
            self._similar.show_lines(texts.similar_lines(similar, today), texts.SIMILAR_TITLE)
        self.ask_about(similar)

    def ask_about(self, similar: Sequence[SimilarApplication] | None) -> None:
        """Has the clerk tick that it is none of these; of none nothing is asked."""
        self.foot.ask(texts.no_double(self._kind, similar) if similar is None or similar else "")

    def show_xml(self, text: str) -> None:
        """Shows the envelope."""
        self._xml.setPlainText(text)
        self._xml.setVisible(True)
        self.xml_button.setText(texts.XML_HIDE)
        self._scroll_to_end.start()

    def hide_xml(self) -> None:
        """It is asked for again where the words are other ones."""
        self._xml.setVisible(False)
        self.xml_button.setText(texts.XML_SHOW)

    def _on_xml_clicked(self) -> None:
        if self._xml.isHidden():
            self.preview_requested.emit()
        else:
            self.hide_xml()

    def _on_scroll_to_end(self) -> None:
        bar = self.page.verticalScrollBar()
        bar.setValue(bar.maximum())
