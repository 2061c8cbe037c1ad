"""補助金: the kept list, narrowed by place, facility and words; what is ticked goes onto the quote, with the office to be asked."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QHeaderView, QLineEdit, QPushButton, QSizePolicy, QSplitter, QStackedLayout, QWidget

from denkidesk.desk.quoting import Fetched
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.clock import now_jst
from denkidesk.domain.subsidies import (
    Standing,
    SubsidyFilter,
    SubsidyList,
    SubsidyRow,
    audiences_of,
    cities_of,
    facilities_of,
    prefectures_of,
    quoted,
)
from denkidesk.texts import subsidies as texts
from denkidesk.texts.shortcuts import without_mnemonic
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import HBox, VBox
from denkidesk.ui.parts.chip import FilterChip
from denkidesk.ui.parts.empty import EmptyState
from denkidesk.ui.parts.flow import Flow
from denkidesk.ui.parts.in_parts import InParts
from denkidesk.ui.parts.plain import CutLabel, PlainLabel, set_tip
from denkidesk.ui.parts.strip import Strips
from denkidesk.ui.parts.theme import SPACE_L, SPACE_S, SPACE_XS
from denkidesk.ui.tariffs.kept_then_fetched import KeptThenFetched
from denkidesk.ui.tariffs.server_help import ServerHelp
from denkidesk.ui.tariffs.subsidy_detail import SubsidyDetail
from denkidesk.ui.tariffs.subsidy_table import AUDIENCE, FACILITY, TITLE, SubsidyModel, SubsidyTable

_DETAIL: Final = 270  # pixels, the narrowest
_LETTERS: Final = 5  # of a choice, beside its arrow; the open list is as wide as its words
_ROOMY: Final = 900  # pixels, from which on the list has all its columns


class SubsidiesPage(InParts, QWidget):
    """``ticked_changed``: the QuotedSubsidy of each that the clerk has ticked for the customer at the desk."""

    ticked_changed = Signal(object)
    settings_requested = Signal()

    def __init__(self, context: UiContext, parent: QWidget | None = None, *, in_turns: bool = False) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # it has the finder's room
        self._context = context
        self.list: SubsidyList | None = None
        self.strips = Strips(self)
        self._server_help = ServerHelp(context, self.strips, self)
        self._server_help.retry_requested.connect(self.fetch)
        self._server_help.settings_requested.connect(self.settings_requested)
        self._reading = KeptThenFetched(context.jobs, self, partial(_kept, context), partial(_fetched, context))
        self._reading.kept.connect(self._on_kept)
        self._reading.fetched.connect(self._on_fetched)
        self._reading.failed.connect(self._on_failed)
        self._reading.began.connect(lambda: self._age.setText(texts.FETCHING))
        self.begin(self._build(), in_turns=in_turns)

    @property
    def is_busy(self) -> bool:
        """Whether the list is being read or fetched."""
        return self._reading.is_busy or self._server_help.is_busy

    @property
    def chosen(self) -> SubsidyRow | None:
        """The entry whose row is chosen."""
        rows = self.table.chosen_rows()
        return self.model.row_at(rows[0]) if rows else None

    @property
    def words(self) -> str:
        """What stands above the list: how many, how old, what is new."""
        return f"{self._count.text()}　{self._age.text()}"

    def shut_down(self) -> None:
        """Gives up what is under way."""
        self._reading.cancel()
        self._server_help.shut_down()

    def focus_search(self) -> None:
        """Puts the cursor where a part of an entry is typed."""
        self.finder.setFocus()
        self.finder.selectAll()

    def fetch(self) -> None:
        """Asks the server for the list."""
        self._reading.fetch()

    def forget_customer(self) -> None:
        """Another customer: nothing is ticked for them."""
        if self.model.ticked:
            self.model.untick_all()
            self._tell_ticked()

    def _build(self) -> Iterator[None]:
        self.prefecture, self.city, self.facility, self.audience = (QComboBox(self) for _ in range(4))
        fields = [self._field(*pair) for pair in self._combos()[:2]]
        yield
        fields += [self._field(*pair) for pair in self._combos()[2:]]
        yield
        self.news = FilterChip(texts.NEWS_ONLY, texts.NEWS_ONLY, parent=self)
        self.news.toggled.connect(self._show)
        self.finder = QLineEdit(self, placeholderText=texts.FIND_HINT, clearButtonEnabled=True)
        self.finder.setAccessibleName(texts.FIND_NAME)
        self.finder.setAcceptDrops(False)
        self.finder.textChanged.connect(self._show)
        self.finder.returnPressed.connect(self._to_table)
        self._count, self._ticked = PlainLabel("", self), PlainLabel("", self, tone="accent")
        self._age = CutLabel("", self, tone="muted", scale=0.9)
        self.model = SubsidyModel(self)
        self.table = SubsidyTable(without_mnemonic(texts.PAGE), self.model, self)
        self.table.ticked.connect(self._tick)
        self.table.selectionModel().selectionChanged.connect(self._on_chosen)
        yield
        self.detail = SubsidyDetail(self)
        self._empty = EmptyState(self._context.icons, "note", self)
        self._empty.action_requested.connect(self.fetch)
        self.tick, self.open_page, self.get = (QPushButton(words, self) for words in (texts.TICK, texts.OPEN_PAGE, texts.FETCH))
        self.tick.setProperty("kind", "primary")
        for button, act in ((self.tick, self._tick), (self.open_page, self._open_page), (self.get, self.fetch)):
            button.clicked.connect(act)
        self.table.offer(self.tick, self.open_page)
        self._body = QSplitter(self)
        self._body.setChildrenCollapsible(False)
        self._body.addWidget(self.table)
        self._body.addWidget(self.detail)
        self.detail.setMinimumWidth(_DETAIL)
        self._body.setStretchFactor(0, 1)
        self._body.setSizes([700, _DETAIL])
        yield
        self._stack = QStackedLayout()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._body)
        VBox(self, margins=(0, SPACE_XS, 0, SPACE_XS), spacing=SPACE_XS).add(
            Flow(SPACE_S).add(*fields),
            HBox(spacing=SPACE_S).add(self.news, (self.finder, 1), self.tick, self.open_page, self.get),
            HBox(spacing=SPACE_S).add(self._count, self._ticked, (self._age, 1)),
            (self._stack, 1),
        )
        self._show()

    def _combos(self) -> Sequence[tuple[QComboBox, str]]:
        names = (texts.PREFECTURE, texts.CITY, texts.FACILITY, texts.AUDIENCE)
        return tuple(zip((self.prefecture, self.city, self.facility, self.audience), names, strict=True))

    def _field(self, combo: QComboBox, words: str) -> QWidget:
        field = QWidget(self)
        label = PlainLabel(words, field)
        label.setBuddy(combo)
        combo.setAccessibleName(without_mnemonic(words))
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(_LETTERS)
        combo.addItem(texts.ANY, "")
        combo.currentIndexChanged.connect(self._on_place if combo is self.prefecture else self._show)
        HBox(field, margins=0, spacing=SPACE_XS).add(label, combo)
        return field

    def showEvent(self, event: QShowEvent) -> None:
        """Reads the kept list, and asks for a newer one where it is not of today."""
        super().showEvent(event)
        self._reading.read()
        self.finder.setFocus()

    # --- what comes

    def _on_kept(self, found: SubsidyList | None) -> None:
        self.list = found
        rows = found.rows if found else ()
        _fill(self.prefecture, prefectures_of(rows))
        _fill(self.facility, facilities_of(rows))
        _fill(self.audience, audiences_of(rows))
        self.news.set_count(sum(row.standing is not Standing.KNOWN for row in rows))
        self._age.setText(texts.age_words(found, now_jst().date()) if found else "")
        set_tip(self._age, self._age.text())
        self._on_place()

    def _on_fetched(self, answer: Fetched[SubsidyList]) -> None:
        self._on_kept(answer.value)
        self._server_help.tell_age(answer)

    def _on_failed(self, error: object) -> None:
        self._on_kept(self.list)
        self._server_help.tell(error)

    # --- what the clerk does

    def _on_place(self) -> None:
        chosen = self.prefecture.currentData()
        _fill(self.city, cities_of(self.list.rows, chosen) if self.list and chosen else [])
        self.city.setEnabled(self.city.count() > 1)
        self._show()

    def _show(self) -> None:
        before = self.chosen
        prefecture, city, facility, audience = (str(combo.currentData() or "") for combo, _ in self._combos())
        wanted = SubsidyFilter(prefecture, city, facility, audience, self.finder.text(), self.news.isChecked())
        known = self.list.rows if self.list else ()
        found = wanted.of(known)
        self.model.show_rows(found)
        self._count.setText(texts.COUNT.format(shown=f"{len(found):,}", all=f"{len(known):,}") if known else "")
        if found:
            self.table.choose_row(next((n for n, row in enumerate(found) if before and row.subsidy.id == before.subsidy.id), 0))
        elif known:
            self._empty.show_text(without_mnemonic(texts.PAGE), texts.NO_MATCH)
        else:
            self._empty.show_text(without_mnemonic(texts.PAGE), texts.NOTHING)
        self._stack.setCurrentWidget(self._body if found else self._empty)
        self._on_chosen()

    def _on_chosen(self) -> None:
        row = self.chosen
        self.detail.show_row(row, now_jst().date())
        self.tick.setText(texts.UNTICK if row is not None and row.subsidy.id in self.model.ticked else texts.TICK)
        self.tick.setEnabled(row is not None)
        has_page = row is not None and _page_of(row) is not None
        self.open_page.setEnabled(has_page)
        set_tip(self.open_page, "" if has_page or row is None else texts.NO_PAGE)

    def _tick(self) -> None:
        if (row := self.chosen) is not None:
            self.model.tick(row)
            self._on_chosen()
            self._tell_ticked()

    def _tell_ticked(self) -> None:
        ticked = self.model.ticked
        self._ticked.setText(texts.TICKED_COUNT.format(count=len(ticked)) if ticked else "")
        day = (self.list.checked_at if self.list else now_jst()).date()
        self.ticked_changed.emit(tuple(quoted(row.subsidy, day) for row in ticked.values()))

    def _open_page(self) -> None:
        """Only here, and only because the clerk wants to see it."""
        if (row := self.chosen) is not None and (page := _page_of(row)) is not None:
            QDesktopServices.openUrl(page)

    def _to_table(self) -> None:
        if self.model.rowCount():
            self.table.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow list leaves out what the entry beside it says."""
        super().resizeEvent(event)
        for column in (FACILITY, AUDIENCE):
            self.table.setColumnHidden(column, self.width() < _ROOMY)
        self.table.horizontalHeader().setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)


def _kept(context: UiContext) -> tuple[SubsidyList | None, bool]:
    """On the lane, which loads what it takes."""
    return context.desk.subsidies.kept(), context.desk.subsidies.is_of_today()


def _fetched(context: UiContext, cancel: CancelToken | None = None) -> Fetched[SubsidyList]:
    """As above."""
    return context.desk.subsidies.fetch(cancel)


def _page_of(row: SubsidyRow) -> QUrl | None:
    """The address of its page; None where the list's words are no address of a web page."""
    page = QUrl(row.subsidy.url.strip(), QUrl.ParsingMode.StrictMode)
    return page if page.isValid() and page.scheme() in ("http", "https") and page.host() else None


def _fill(combo: QComboBox, names: Sequence[str]) -> None:
    """Other choices; the chosen one stays where it is among them."""
    before = combo.currentData()
    combo.blockSignals(True)
    combo.clear()
    combo.addItem(texts.ANY, "")
    for name in names:
        combo.addItem(name, name)
    combo.setCurrentIndex(max(0, combo.findData(before)))
    combo.view().setMinimumWidth(combo.view().sizeHintForColumn(0) + SPACE_L)
    combo.blockSignals(False)
