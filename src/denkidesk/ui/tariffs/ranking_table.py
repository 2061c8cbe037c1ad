"""The list of ranked plans: a model of places in the catalogue, and one delegate that paints names in two lines and the bars."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPen, QResizeEvent, QStaticText
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from denkidesk.domain.plans import PlanType
from denkidesk.domain.ranking import RankedPlan
from denkidesk.texts import ranking as texts
from denkidesk.texts.bill import YEAR, yen
from denkidesk.ui.parts.table import DeskTable, RowsModel
from denkidesk.ui.parts.theme import Theme
from denkidesk.ui.tariffs.plan_filters import Marks

if TYPE_CHECKING:  # it loads the engine, which is a lane's work
    from denkidesk.desk.comparison import BillQuestion
    from denkidesk.desk.ranking import Ranking

QUOTE, RANK, PLAN, BAR, YEN, DIFFERENCE = range(6)
_WIDTHS: Final = {QUOTE: 44, RANK: 64, YEN: 84, DIFFERENCE: 122}
_ROLE: Final = Qt.ItemDataRole
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_CENTRE: Final = int(Qt.AlignmentFlag.AlignCenter)
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_ALIGNED: Final = {QUOTE: _CENTRE, RANK: _RIGHT, YEN: _RIGHT, DIFFERENCE: _RIGHT}
_BAR_HEIGHT: Final = 16
_AIR: Final = 8
_OWN: Final = (QColor("#5b8fd0"), QColor("#4f86c6"))  # light, dark
_OTHER: Final = (QColor("#c9d3e0"), QColor("#4a5568"))
DEARER: Final = QColor("#e8b08a")
_KEPT_TEXTS: Final = 4_000
Index = QModelIndex | QPersistentModelIndex


class RankingModel(RowsModel[int]):
    """Each row a place in the catalogue; what it shows is made when it is looked at."""

    def __init__(self, marks: Marks, parent: QWidget | None = None) -> None:
        super().__init__(texts.HEAD, parent)
        self._marks = marks
        self._lines: dict[int, RankedPlan] = {}
        self._cells: dict[int, tuple[str, ...]] = {}
        self._pinned: RankedPlan | None = None
        self.ranking: Ranking | None = None
        self.measured: Ranking | None = None  # what a trial is compared with
        self.most_yen = 1
        self._reach = 0  # the dearest end of a range: while a slider moves there are no ranges, and the bars keep their scale
        self._reach_of: BillQuestion | None = None
        self.proposed: tuple[str, str] | None = None

    def show_ranking(self, ranking: "Ranking | None", places: Sequence[int], *, pinned: RankedPlan | None = None) -> None:
        """``pinned``: one row of a plan that need not be in the catalogue, in place of ``places``."""
        rows = [-1] if pinned else places
        same = ranking is not None and len(rows) == len(self._rows)
        if not same:
            self.beginResetModel()
        self.ranking, self._rows, self._lines, self._cells, self._pinned = ranking, rows, {}, {}, pinned
        if ranking is not None:
            dearest = ranking.sums[-1] if len(ranking.sums) else 0
            if ranking.spreads or ranking.question is not self._reach_of:
                spreads = [ranking.spreads[place][1] for place in ranking.compared if place in ranking.spreads] if ranking.spreads else []
                self._reach_of, self._reach = ranking.question, max(spreads, default=0)
            ours = ranking.present
            at_most = [dearest, *((ours.yen, *(ours.spread or ())) if ours else ()), self._reach, 1]
            self.most_yen = int(max(at_most))
        if not same:
            self.endResetModel()
        elif rows:
            self._tell_changed(0, len(rows) - 1)

    def line(self, row: int) -> RankedPlan:
        """What stands in a row."""
        if self._pinned is not None:
            return self._pinned
        place = self._rows[row]
        if place not in self._lines:
            assert self.ranking is not None  # noqa: S101 - rows come with it
            self._lines[place] = self.ranking.row(place)
        return self._lines[place]

    def measured_rank(self, line: RankedPlan) -> int | None:
        """The plan's place on the usage as it was measured, while a trial is shown."""
        if self.measured is None or self.measured is self.ranking:
            return None
        place = self.measured.catalogue.place_of.get(line.detail.key)
        return None if place is None else self.measured.rank_of(int(self.measured.years[place]))

    def is_own(self, line: RankedPlan) -> bool:
        """Whether the clerk has marked the retailer as the own one."""
        return self._marks.is_own(line.company)

    def is_proposed(self, line: RankedPlan) -> bool:
        """Whether the quote is of this plan."""
        return self.proposed == (line.detail.epplan_id, line.detail.base_cd)

    def data(self, index: Index, role: int = int(_ROLE.DisplayRole)) -> Any:
        """Text for eye, ear and clipboard."""
        if role == _ROLE.TextAlignmentRole:
            return _ALIGNED.get(index.column(), _LEFT)
        if role == _ROLE.AccessibleTextRole:
            return self.spoken(self.line(index.row()))
        return self.cells(index.row())[index.column()] if role == _ROLE.DisplayRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = int(_ROLE.DisplayRole)) -> Any:
        """Figures stand below the right end of their heading."""
        if role == _ROLE.TextAlignmentRole and section in (RANK, YEN, DIFFERENCE):
            return _RIGHT
        return super().headerData(section, orientation, role)

    def spoken(self, line: RankedPlan) -> str:
        """1位、夜とくプラン、ひなた電力、自社、年間 139,920円、現在より 8,420円 安い."""
        ranking = self.ranking
        parts = [texts.UNKNOWN if line.rank is None else texts.SPOKEN.format(rank=line.rank), line.detail.name, line.company.name]
        parts += [texts.OWN] if self.is_own(line) else []
        parts.append(f"{YEAR if ranking and ranking.is_year else ''} {yen(Decimal(line.yen))}円".strip())
        if line.is_present:
            parts.append(texts.PRESENT_PLAN)
        elif line.difference is not None:
            parts.append(texts.spoken_difference(line.difference))
        parts += [texts.spread_words(line.spread)] if line.spread else []
        parts += [texts.IN_QUOTE] if self.is_proposed(line) else []
        return "、".join(parts)

    def tags(self, line: RankedPlan) -> list[str]:
        """What a name is followed by."""
        tags = [texts.FAVOURITE] if self._marks.is_favourite(line.detail) else []
        tags += [texts.OWN] if self.is_own(line) else []
        return tags + ([texts.MARKET] if line.detail.plan_type is PlanType.MARKET_LINKED else [])

    def cells(self, row: int) -> tuple[str, ...]:
        """What stands in a row, made once for each ranking."""
        if row not in self._cells:
            self._cells[row] = self._made(self.line(row))
        return self._cells[row]

    def _made(self, line: RankedPlan) -> tuple[str, ...]:
        tags = "".join(f"［{tag}］" for tag in self.tags(line))
        plan = f"{line.detail.name} {line.detail.base_name}{tags}　{line.company.name}"
        quote, sum_yen = texts.YES if self.is_proposed(line) else "", yen(Decimal(line.yen))
        if line.rank is None:
            return quote, texts.NO_RANK, plan, texts.WITHOUT_FUEL.format(yen=sum_yen), texts.NO_RANK, texts.UNKNOWN
        spread = "" if line.spread is None else texts.spread_words(line.spread)
        difference = ""
        if line.is_present:
            difference = texts.PRESENT_PLAN
        elif line.difference is not None:
            difference = texts.difference_words(line.difference, is_year=self.ranking is not None and self.ranking.is_year)
        return quote, texts.rank_words(line.rank, self.measured_rank(line)), plan, spread, sum_yen, difference


class RankingDelegate(QStyledItemDelegate):
    """Paints a plan's name over its retailer's, and its sum as a bar from zero with what is saved or more than at present."""

    def __init__(self, theme: Theme, model: RankingModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model
        self._plain, self._bold, self._small = QFont(parent.font()), QFont(parent.font()), QFont(parent.font())
        self._bold.setBold(True)
        self._small.setPointSizeF(self._small.pointSizeF() * 0.9)
        self._texts: dict[tuple[str, bool, int], QStaticText] = {}  # laid out once: names do not change while a slider moves

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """All of a cell, ground included: the style would ask the model a dozen things for each, and a slider repaints them all."""
        row, column = index.row(), index.column()
        line = self._model.line(row)
        rect = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.colour("accent_soft"))
        elif row % 2:
            painter.fillRect(rect, self._theme.colour("surface_alternate"))
        painter.setFont(self._plain)
        painter.setPen(self._theme.colour("text"))
        if column == PLAN:
            self._paint_names(painter, rect, line)
        elif column == BAR:
            self._paint_bar(painter, rect, row, line)
        elif words := self._model.cells(row)[column]:
            if column == DIFFERENCE and line.difference:
                painter.setFont(self._bold)
                painter.setPen(self._theme.colour("ok" if line.difference < 0 else "text"))
            painter.drawText(rect.adjusted(_AIR / 2, 0, -_AIR, 0), _ALIGNED.get(column, _LEFT), words)
        self._paint_place_of_present(painter, rect, row)

    def _paint_names(self, painter: QPainter, rect: QRectF, line: RankedPlan) -> None:
        rect = rect.adjusted(_AIR, 3, -_AIR, -3)
        half, tags = rect.height() / 2, self._model.tags(line)
        room = rect.width() - sum(QFontMetricsF(self._small).horizontalAdvance(tag) + 2.5 * _AIR for tag in tags)
        name = self._laid_out(line.detail.name, True, room)
        painter.setFont(self._bold)
        painter.drawStaticText(QPointF(rect.x(), rect.y() + (half - name.size().height()) / 2), name)
        if tags:
            self._paint_tags(painter, QRectF(rect.x() + name.size().width(), rect.y(), 0, half), tags)
        seller = self._laid_out(f"{line.company.name}　{line.detail.base_name}", False, rect.width())
        painter.setFont(self._small)
        painter.setPen(self._theme.colour("muted"))
        painter.drawStaticText(QPointF(rect.x(), rect.y() + half + (half - seller.size().height()) / 2), seller)

    def _paint_tags(self, painter: QPainter, after: QRectF, tags: Sequence[str]) -> None:
        painter.setFont(self._small)
        left = after.x()
        for tag in tags:
            frame = QRectF(left + _AIR, after.y(), painter.fontMetrics().horizontalAdvance(tag) + _AIR, after.height() - 1)
            painter.setPen(self._theme.colour("accent" if tag == texts.OWN else "muted"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame, 4, 4)
            painter.drawText(frame, _CENTRE, tag)
            left = frame.right()

    def _laid_out(self, words: str, bold: bool, room: float) -> QStaticText:
        """``words`` on one line of at most so many pixels."""
        key = (words, bold, int(room))
        found = self._texts.get(key)
        if found is None:
            if len(self._texts) >= _KEPT_TEXTS:
                self._texts.clear()
            font = self._bold if bold else self._small
            shown = QFontMetricsF(font).elidedText(" ".join(words.split(" ")), Qt.TextElideMode.ElideRight, room)
            found = self._texts[key] = QStaticText(shown)
            found.setTextFormat(Qt.TextFormat.PlainText)
            found.prepare(font=font)
        return found

    def _paint_bar(self, painter: QPainter, rect: QRectF, row: int, line: RankedPlan) -> None:
        if line.rank is None:
            painter.setPen(self._theme.colour("muted"))
            painter.drawText(rect.adjusted(_AIR, 0, -_AIR, 0), _LEFT, self._model.cells(row)[BAR])
            return
        ranking = self._model.ranking
        present = ranking.present.yen if ranking and ranking.present and ranking.present.rank is not None else None
        scale = (rect.width() - 2 * _AIR) / (self._model.most_yen * 1.02)
        dark = self._theme.colours.is_dark
        left, top = rect.x() + _AIR, rect.center().y() - _BAR_HEIGHT / 2

        def bar(start: float, end: float) -> QRectF:
            return QRectF(left + start * scale, top, max(0.0, (end - start) * scale), _BAR_HEIGHT)

        edge = QPen(self._theme.colour("text"))
        fill = (_OWN if self._model.is_own(line) else _OTHER)[dark]
        if line.is_present:
            edge.setStyle(Qt.PenStyle.DashLine)
            fill = self._theme.colour("surface")
        painter.setPen(edge)
        painter.setBrush(fill)
        full = bar(0, line.yen if present is None else min(line.yen, present))
        painter.drawRect(full)
        if line.detail.plan_type is PlanType.MARKET_LINKED:
            painter.fillRect(full, QBrush(self._theme.colour("muted"), Qt.BrushStyle.BDiagPattern))
        if present is not None and line.yen < present:
            painter.setPen(self._theme.colour("ok"))
            painter.setBrush(self._theme.colour("ok_soft"))
            painter.drawRect(bar(line.yen, present))
        elif present is not None and line.yen > present:
            more = bar(present, line.yen)
            painter.setPen(edge)
            painter.setBrush(DEARER)
            painter.drawRect(more)
            painter.fillRect(more, QBrush(QColor("#1b2432"), Qt.BrushStyle.BDiagPattern))
        if line.spread is not None:
            painter.setPen(QPen(self._theme.colour("text"), 2))
            low, high, middle = left + line.spread[0] * scale, left + line.spread[1] * scale, rect.center().y()
            painter.drawLine(QPoint(int(low), int(middle)), QPoint(int(high), int(middle)))
            for end in (low, high):
                painter.drawLine(QPoint(int(end), int(middle) - 4), QPoint(int(end), int(middle) + 4))
        if present is not None:
            painter.setPen(QPen(self._theme.colour("text"), 1, Qt.PenStyle.DotLine))
            at = int(left + present * scale)
            painter.drawLine(QPoint(at, int(rect.top())), QPoint(at, int(rect.bottom())))

    def _paint_place_of_present(self, painter: QPainter, rect: QRectF, row: int) -> None:
        """A dashed line above the first plan that is not cheaper, a full one above those whose fuel is unknown."""
        if row == 0:
            return
        line, above = self._model.line(row), self._model.line(row - 1)
        if line.rank is None and above.rank is not None:
            painter.setPen(QPen(self._theme.colour("line_strong"), 2))
        elif line.difference is not None and line.difference >= 0 and (above.difference or 0) < 0:
            painter.setPen(QPen(self._theme.colour("text"), 1, Qt.PenStyle.DashLine))
        else:
            return
        painter.drawLine(rect.topLeft(), rect.topRight())


class RankingTable(DeskTable):
    """Rows of two lines; Space puts a plan into the quote, Enter asks why."""

    proposed = Signal()
    why_asked = Signal()

    def __init__(self, name: str, theme: Theme, model: RankingModel, parent: QWidget) -> None:
        super().__init__(name, parent)
        self.reserved = 0  # pixels at the right, where another table of the same columns has its scroll bar
        self.setModel(model)
        self.setItemDelegate(RankingDelegate(theme, model, self))
        self.setSelectionMode(DeskTable.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().setDefaultSectionSize(self.row_height)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setStretchLastSection(False)

    @property
    def row_height(self) -> int:
        """Two lines and some air."""
        return 2 * self.fontMetrics().height() + 6

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Name and bar share what the figures leave."""
        super().resizeEvent(event)
        zoom = self.fontMetrics().horizontalAdvance("0000000000") / 70
        fixed = {column: round(width * max(1.0, zoom)) for column, width in _WIDTHS.items()}
        for column, width in fixed.items():
            self.setColumnWidth(column, width)
        room = self.viewport().width() - self.reserved - sum(fixed.values())
        name = max(120, min(round(room * 0.55), round(280 * max(1.0, zoom))))
        self.setColumnWidth(PLAN, name)
        self.setColumnWidth(BAR, max(60, room - name))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The two keys that act on a plan."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.why_asked.emit()
        elif event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.proposed.emit()
        else:
            super().keyPressEvent(event)


class PinnedRow(RankingTable):
    """One plan above or below another table, in its columns; only to be looked at."""

    def __init__(self, name: str, theme: Theme, marks: Marks, parent: QWidget) -> None:
        self.rows = RankingModel(marks)
        super().__init__(name, theme, self.rows, parent)
        self.rows.setParent(self)
        self.horizontalHeader().hide()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(RankingTable.SelectionMode.NoSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(self.row_height + 2)

    def show_plan(self, ranking: "Ranking", line: RankedPlan | None) -> None:
        """None: there is none, and the row keeps what it had."""
        if line is not None:
            self.rows.show_ranking(ranking, (), pinned=line)


class FootRow(PinnedRow):
    """The first row of the own house, for as long as the list above does not show it."""

    def __init__(self, theme: Theme, marks: Marks, above: RankingTable, parent: QWidget) -> None:
        super().__init__(texts.FOOT, theme, marks, parent)
        self._above = above
        self._row: int | None = None
        above.verticalScrollBar().valueChanged.connect(self.stick)
        self.hide()

    def show_own(self, ranking: "Ranking", place: int | None, row: int | None) -> None:
        """``row``: where the list has it."""
        self._row = row
        self.show_plan(ranking, None if place is None else ranking.row(place))
        self.stick()

    def stick(self) -> None:
        """Shown only while it is needed; whether it is shown itself changes nothing of that."""
        above, row = self._above, self._row
        if above.isHidden():
            self.hide()
        if not above.isVisible():
            return
        room = above.viewport().height() - (0 if self.isVisible() else self.height())
        first = above.verticalScrollBar().value()
        self.setVisible(row is not None and not first <= row < first + max(1, room // above.row_height))
