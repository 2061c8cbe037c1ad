"""What is known about one application with an unknown outcome: what was sent, what the listing shows, and how it went."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QListWidget, QPushButton, QWidget

from denkidesk.desk.reconciliation import LookedUp
from denkidesk.domain.applications import ListedApplication
from denkidesk.texts import reconcile as texts
from denkidesk.ui.parts.boxes import Gap, HBox, Stretch, VBox
from denkidesk.ui.parts.clipboard import copy_rows
from denkidesk.ui.parts.fitted_page import FittedPage
from denkidesk.ui.parts.icons import Icons
from denkidesk.ui.parts.lines import Lines
from denkidesk.ui.parts.picture import Picture
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.strip import announce
from denkidesk.ui.parts.theme import ICON_SIZE, SPACE_L, SPACE_M, SPACE_S, set_tone

Label = Callable[[str, str], str]
"""The words of a code, by the name of its item."""
_ASIDE_WIDTH: Final = 320
_ASIDE_FROM: Final = 900
_SIGNS: Final = {texts.SAME: ("check-circle", "ok"), texts.FOR_YOUR_NOTICE: ("info", "muted"), texts.NOT_LISTED: ("", "muted")}
_VERDICT_ICON: Final = 14
_CANDIDATES_IN_SIGHT: Final = 3


class QuestionPage(FittedPage):
    """Where there is no room beside it, the course and the help for the telephone stand below."""

    candidate_chosen = Signal(object)  # the listed application
    inbox_requested = Signal(str)  # receipt number

    def __init__(self, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._icons = icons
        self._one: LookedUp | None = None
        self._label: Label | None = None
        body = QWidget(self)
        self._title = PlainLabel("", body, scale=1.6, bold=True, wrap=True)
        self._why = PlainLabel("", body, tone="muted", wrap=True)
        self._found = QFrame(body)
        self._sign = Picture(icons, "check-circle", "ok", ICON_SIZE, self._found)
        self._proposal = PlainLabel("", self._found, bold=True, wrap=True)
        self._evidence = PlainLabel("", self._found, scale=0.9, wrap=True)
        self.open_button = QPushButton(texts.OPEN_IN_INBOX, self._found)
        self.open_button.setProperty("small", "yes")
        self.open_button.setAutoDefault(False)
        self.open_button.clicked.connect(self._on_open)
        HBox(self._found, margins=SPACE_M, spacing=SPACE_M).add(
            self._sign, (VBox(spacing=2).add(self._proposal, self._evidence), 1), self.open_button
        )
        self.candidates = QListWidget(body)
        self.candidates.setAccessibleName(texts.LISTED)
        self.candidates.currentRowChanged.connect(self._on_candidate)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE_L)
        self._grid.setVerticalSpacing(SPACE_S)
        self._hint = PlainLabel(texts.NAME_HINT, body, tone="muted", scale=0.9, wrap=True)
        self._course = Lines(body)
        self._phone = Lines(body)
        copy = QPushButton(texts.COPY_PHONE, body)
        copy.setProperty("small", "yes")
        copy.setAutoDefault(False)
        copy.clicked.connect(self._on_copy)
        self._copied = PlainLabel("", body, tone="muted", scale=0.9)
        main = VBox(spacing=SPACE_M).add(self._title, self._why, self._found, self.candidates, self._grid, self._hint, Stretch())
        self._aside = QWidget(body)
        VBox(self._aside, margins=0, spacing=SPACE_S).add(
            PlainLabel(texts.COURSE, body, scale=1.2, bold=True),
            self._course,
            Gap(SPACE_M),
            PlainLabel(texts.PHONE, body, scale=1.2, bold=True),
            self._phone,
            HBox(spacing=SPACE_S).add(copy, self._copied, Stretch()),
            Stretch(),
        )
        self._columns = HBox(body, margins=0, spacing=SPACE_L * 2).add((main, 1), self._aside)
        self.set_body(body)
        self.show_question(None, None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        wide = self.width() >= _ASIDE_FROM
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self._aside.setMaximumWidth(_ASIDE_WIDTH if wide else 16_777_215)
        self._aside.setMinimumWidth(_ASIDE_WIDTH if wide else 0)
        super().resizeEvent(event)

    # -- what is shown

    def show_question(self, one: LookedUp | None, label: Label | None) -> None:
        """Shows one application; ``label`` may come later."""
        self._one, self._label = one, label
        rows = one.candidates if one else ()
        self.candidates.blockSignals(True)
        self.candidates.clear()
        self.candidates.addItems([texts.evidence(row) for row in rows])
        self.candidates.blockSignals(False)
        self.candidates.setVisible(len(rows) > 1)
        shown = min(len(rows), _CANDIDATES_IN_SIGHT)
        self.candidates.setFixedHeight(max(0, self.candidates.sizeHintForRow(0)) * shown + 2 * self.candidates.frameWidth())
        self._hint.setVisible(bool(rows))
        self._found.setVisible(one is not None)
        self._copied.setText("")
        self._compare(rows[0] if len(rows) == 1 else None)
        if one is None:
            return
        self._title.setText(texts.question(one.item.application))
        self._why.setText(texts.why(one.sent_at, one.item.failure_code))
        self._phone.show_lines(texts.by_telephone(one.item.application, one.sent_at))
        self._show_found(one)

    def show_course(self, lines: Sequence[str]) -> None:
        """Shows how the sending went, to the second."""
        self._course.show_lines(lines)

    def name_codes(self, label: Label) -> None:
        """Shows codes in words from here on."""
        self._label = label
        self._compare(self.candidate())

    def candidate(self) -> ListedApplication | None:
        """The listed application that is spoken of: the only one, or the one that is chosen."""
        rows = self._one.candidates if self._one else ()
        place = 0 if len(rows) == 1 else self.candidates.currentRow()
        return rows[place] if 0 <= place < len(rows) else None

    def _show_found(self, one: LookedUp) -> None:
        good = one.match is not None
        set_tone(self._found, "strip", "ok" if good else "warn")
        self._sign.show_icon("check-circle" if good else "unknown", "ok" if good else "warn")
        self._proposal.setText(texts.proposal(one.match.receipt_number) if one.match else "")
        self._proposal.setVisible(good)
        self._evidence.setText(_evidence(one))
        self.open_button.setVisible(self.candidate() is not None)

    def _compare(self, row: ListedApplication | None) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if self._one is None or row is None:
            return
        body = self.widget()
        label = self._label or _as_it_is
        head = (texts.ITEM, texts.OURS, f"{texts.LISTED} {row.receipt_number}", "", texts.VERDICT)
        for column, words in enumerate(head):
            self._grid.addWidget(PlainLabel(words, body, tone="muted", scale=0.9), 0, column)
        for place, (name, ours, theirs, verdict) in enumerate(
            texts.comparison(self._one.item.application, self._one.sent_at.date(), row, label), 1
        ):
            icon, tone = _SIGNS[verdict]
            self._grid.addWidget(PlainLabel(name, body, tone="muted"), place, 0)
            self._grid.addWidget(PlainLabel(ours or texts.NONE, body, wrap=True), place, 1)
            self._grid.addWidget(PlainLabel(theirs or texts.NONE, body, wrap=True), place, 2)
            if icon:
                self._grid.addWidget(Picture(self._icons, icon, tone, _VERDICT_ICON, body), place, 3)
            self._grid.addWidget(PlainLabel(verdict, body, tone=tone), place, 4)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)

    # -- what is done

    def _on_candidate(self, place: int) -> None:
        if self._one is not None and 0 <= place < len(self._one.candidates):
            self._compare(self._one.candidates[place])
            self.open_button.setVisible(True)
            self.candidate_chosen.emit(self._one.candidates[place])

    def _on_open(self) -> None:
        if (row := self.candidate()) is not None:
            self.inbox_requested.emit(row.receipt_number)

    def _on_copy(self) -> None:
        copy_rows([[self._phone.text().replace("\n", "")]])
        self._copied.setText(texts.COPIED)
        announce(self, texts.COPIED)


def _as_it_is(_name: str, code: str) -> str:
    return code


def _evidence(one: LookedUp) -> str:
    if not one.candidates:
        return texts.NOTHING_FOUND
    if len(one.candidates) > 1:
        return texts.SEVERAL.format(count=len(one.candidates))
    return texts.grounds(one.match) if one.match is not None else texts.SHARED
