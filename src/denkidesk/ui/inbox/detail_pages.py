"""The four pages of the pane: course, contents, supply point, messages as sent. A page is made when it is first looked at."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPlainTextEdit, QPushButton, QScrollArea, QTabWidget, QWidget

from denkidesk.texts import inbox as texts
from denkidesk.texts import inbox_acts as words
from denkidesk.ui.context import UiContext
from denkidesk.ui.inbox.details import Detail, Line
from denkidesk.ui.parts.badge import Badge
from denkidesk.ui.parts.boxes import HBox, Stretch, VBox
from denkidesk.ui.parts.picture import Picture
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_M, SPACE_S, SPACE_XS

_NAME_WIDTH: Final = 128
_ONE_BY_ONE: Final = 8  # lines that each have a place of their own
_ICON: Final = 14
_SHOWS: Final = "receipt_number"
COURSE, ITEMS, POINT, WIRE = range(4)


class DetailPages(QTabWidget):
    """Stays on the page that the clerk turned to, and at its place as long as the application is the same."""

    application_requested = Signal(str)  # another receipt number of the supply point

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._detail: Detail | None = None
        self._seen_to = 0
        self._made: set[int] = set()
        self._fetched = PlainLabel("", self, tone="muted", scale=0.9)
        self._fetched.setContentsMargins(0, SPACE_XS, 0, SPACE_S)
        self.setCornerWidget(self._fetched)
        self.setProperty("kind", "pane")
        self.tabBar().setProperty("kind", "pane")
        self.tabBar().setAccessibleName(words.TABS_NAME)
        self.tabBar().setDrawBase(False)
        self.setUsesScrollButtons(True)
        self._scrolls: list[QScrollArea] = []
        for title in (words.TAB_COURSE, words.TAB_ITEMS, words.TAB_POINT_NONE, words.TAB_WIRE):
            scroll = QScrollArea(self, widgetResizable=True)
            scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            scroll.setAccessibleName(title)
            scroll.setMinimumHeight(scroll.fontMetrics().lineSpacing())  # the head and the acts go before it
            self._scrolls.append(scroll)
            self.addTab(scroll, title)
        self.currentChanged.connect(self._make)

    def focus_text(self) -> None:
        """Puts the cursor where it scrolls."""
        self._scrolls[self.currentIndex()].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_detail(self, detail: Detail, seen_to: int, *, same: bool) -> None:
        """Shows one application; ``same``: the one that stands there already."""
        places = [scroll.verticalScrollBar().value() if same else 0 for scroll in self._scrolls]
        self._detail, self._seen_to = detail, seen_to
        self._made.clear()
        self._fetched.setText(detail.head.fetched)
        count = len(detail.point)
        self.setTabText(POINT, words.TAB_POINT.format(count=count) if count else words.TAB_POINT_NONE)
        self._make(self.currentIndex())
        for scroll, place in zip(self._scrolls, places, strict=True):
            scroll.verticalScrollBar().setValue(place)

    def show_coming(self) -> None:
        """Nothing of the last application is left."""
        self._detail = None
        self._made.clear()
        self._fetched.setText("")
        self.setTabText(POINT, words.TAB_POINT_NONE)
        for scroll in self._scrolls:
            coming = PlainLabel(texts.DETAIL_LOADING, tone="muted")
            coming.setProperty("kind", "page")
            coming.setAlignment(Qt.AlignmentFlag.AlignTop)
            scroll.setWidget(coming)

    def _make(self, page: int) -> None:
        if self._detail is None or page in self._made:
            return
        self._made.add(page)
        body = QWidget()
        body.setProperty("kind", "page")
        layout = VBox(body, margins=(0, SPACE_S, SPACE_S, SPACE_S), spacing=SPACE_S)
        makers: tuple[Callable[[VBox, Detail], None], ...] = (self._course, self._contents, self._point, self._wire)
        makers[page](layout, self._detail)
        layout.addStretch(1)
        self._scrolls[page].setWidget(body)

    # -- what stands on each

    def _course(self, layout: VBox, detail: Detail) -> None:
        for message in detail.messages[:_ONE_BY_ONE]:
            self._message(layout, message)
        self._rest(layout, detail.messages, "\n\n", "\n")
        if not detail.messages:
            waiting = detail.row.entry.listed.has_message
            layout.addWidget(PlainLabel(texts.MESSAGES_NOT_FETCHED if waiting else texts.MESSAGES_NONE, tone="muted", wrap=True))
        if detail.history:
            rule = QFrame()
            rule.setProperty("kind", "rule")
            layout.addWidget(rule)
            self._lines(layout, detail.history[:_ONE_BY_ONE])
            self._rest(layout, detail.history, "\n", "　")

    def _contents(self, layout: VBox, detail: Detail) -> None:
        for title, pairs in (("", detail.items), (texts.SECTION_EXTRA, detail.extra)):
            if pairs:
                if title:
                    layout.addWidget(PlainLabel(title, bold=True))
                self._pairs(layout, pairs)

    def _point(self, layout: VBox, detail: Detail) -> None:
        if not detail.point:
            known = bool(detail.row.entry.listed.supply_point_number)
            layout.addWidget(PlainLabel(words.POINT_ALONE if known else words.POINT_NONE, tone="muted", wrap=True))
            return
        for line in detail.point[:_ONE_BY_ONE]:
            row = HBox(spacing=SPACE_S).add(PlainLabel(line.what, bold=True), (PlainLabel(line.when, tone="muted"), 1))
            if line.receipt_number:
                show = QPushButton(words.POINT_SHOW)
                show.setProperty("kind", "quiet")
                show.setAccessibleName(f"{words.POINT_SHOW} {line.receipt_number}")
                show.setProperty(_SHOWS, line.receipt_number)
                show.clicked.connect(self._on_show)
                row.add(show)
            layout.addLayout(row)
            layout.addWidget(PlainLabel(line.text, wrap=True, selectable=True))
        lines = [f"{line.what}　{line.when}　{line.text}" for line in detail.point[_ONE_BY_ONE:]]
        if lines:
            self._older(layout, "\n".join(lines))

    def _wire(self, layout: VBox, detail: Detail) -> None:
        for heading, text in detail.wire:
            layout.addWidget(PlainLabel(heading, wrap=True, bold=bool(text), tone="" if text else "muted"))
            if text:
                shown = QPlainTextEdit(text, readOnly=True, tabChangesFocus=True)
                shown.setAccessibleName(heading)
                shown.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
                shown.setMinimumHeight(_ONE_BY_ONE * shown.fontMetrics().lineSpacing())
                layout.add((shown, 1))

    def _on_show(self) -> None:
        self.application_requested.emit(str(self.sender().property(_SHOWS)))

    # -- parts

    def _message(self, layout: VBox, message: Line) -> None:
        frame = QFrame()
        head = HBox(spacing=SPACE_S)
        if self._is_new(message):
            frame.setProperty("strip", "info")
            head.add(Badge(self._context.theme, texts.NEW, "accent"))
        head.add(PlainLabel(message.when, tone="muted", scale=0.9), Stretch())
        box = VBox(frame, margins=(SPACE_M, SPACE_S, SPACE_M, SPACE_S), spacing=SPACE_XS)
        box.add(head, PlainLabel(message.text, wrap=True, selectable=True))
        layout.addWidget(frame)

    def _lines(self, layout: VBox, lines: tuple[Line, ...]) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_S)
        grid.setVerticalSpacing(SPACE_XS + 2)
        grid.setColumnStretch(2, 1)
        top = Qt.AlignmentFlag.AlignTop
        for place, line in enumerate(lines):
            new = self._is_new(line)
            grid.addWidget(PlainLabel(line.when, tone="muted"), place, 0, top)
            grid.addWidget(Picture(self._context.icons, line.icon, "accent" if new else "muted", _ICON), place, 1, top)
            grid.addWidget(PlainLabel(line.text, wrap=True, selectable=True, bold=new), place, 2, top)
            if new:
                grid.addWidget(Badge(self._context.theme, texts.NEW, "accent"), place, 3, top)
        layout.addLayout(grid)

    def _rest(self, layout: VBox, lines: tuple[Line, ...], between: str, after_when: str) -> None:
        """All further lines as one text: a widget for each would take a second for a few hundred."""
        if rest := lines[_ONE_BY_ONE:]:
            texts_of = (f"{texts.NEW + ' ' if self._is_new(line) else ''}{line.when}{after_when}{line.text}" for line in rest)
            self._older(layout, between.join(texts_of))

    def _older(self, layout: VBox, text: str) -> None:
        older = QPlainTextEdit(text, readOnly=True, tabChangesFocus=True)  # lays out no more than is in sight
        older.setAccessibleName(texts.OLDER)
        older.setFixedHeight(_ONE_BY_ONE * older.fontMetrics().lineSpacing())
        layout.addWidget(older)

    def _is_new(self, line: Line) -> bool:
        return line.number > self._seen_to

    def _pairs(self, layout: VBox, pairs: tuple[tuple[str, str], ...]) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_M)
        grid.setVerticalSpacing(SPACE_XS + 2)
        grid.setColumnMinimumWidth(0, _NAME_WIDTH)
        grid.setColumnStretch(1, 1)
        for place, (name, value) in enumerate(pairs):
            label = PlainLabel(name, tone="muted", wrap=True)
            label.setMaximumWidth(_NAME_WIDTH)
            grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(PlainLabel(value, wrap=True, selectable=True), place, 1, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(grid)
