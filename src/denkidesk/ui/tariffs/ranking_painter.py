"""How a row of ranked plans looks: names in two lines, and the sum as a bar from zero with what is saved or more than at present."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QStaticText

from denkidesk.domain.plans import PlanType
from denkidesk.domain.ranking import RankedPlan
from denkidesk.texts import ranking as texts
from denkidesk.ui.parts.theme import Theme
from denkidesk.ui.tariffs.ranking_model import ALIGNED, BAR, DIFFERENCE, LEFT, MOVED, PLAN, QUOTE, RANK, YEN, RankingModel

_BAR_HEIGHT: Final = 16
_AIR: Final = 8
_OWN: Final = (QColor("#5b8fd0"), QColor("#4f86c6"))  # light, dark
_OTHER: Final = (QColor("#c9d3e0"), QColor("#4a5568"))
DEARER: Final = QColor("#e8b08a")
_POINT: Final = 6
_AROUND: Final = 3  # above and below the two lines
_KEPT_NAMES: Final = 2_000
_KEPT_WORDS: Final = 500


class _Pens:
    """What is painted with, made once for a look: a paint asks for each of them in each row."""

    def __init__(self, theme: Theme) -> None:
        colour, line = theme.colour, Qt.PenStyle
        self.text, self.muted, self.accent, self.ok, self.warn = (QPen(colour(name)) for name in ("text", "muted", "accent", "ok", "warn"))
        self.dashed = QPen(colour("text"), 1, line.DashLine)
        self.dotted = QPen(colour("text"), 1, line.DotLine)
        self.spread = QPen(colour("text"), 2)
        self.apart = QPen(colour("line_strong"), 2)
        self.chosen, self.alternate, self.surface = colour("accent_soft"), colour("surface_alternate"), QBrush(colour("surface"))
        self.saved = QBrush(colour("ok_soft"))
        self.own, self.other = (QBrush(fill[theme.colours.is_dark]) for fill in (_OWN, _OTHER))
        self.before, self.pointed = QPen(colour("text"), 1, line.DashLine), QBrush(colour("text"))
        self.dearer, self.nothing = QBrush(DEARER), QBrush(Qt.BrushStyle.NoBrush)
        self.market = QBrush(colour("muted"), Qt.BrushStyle.BDiagPattern)
        self.more = QBrush(QColor("#1b2432"), Qt.BrushStyle.BDiagPattern)


class _Bars(NamedTuple):
    """The scale of all bars: yen to pixels from ``left``, where the present plan's sum is, and from which yen on they are cut off."""

    left: float
    scale: float
    present: int | None
    most: int


class _Names(NamedTuple):
    """A plan's name and its retailer's, laid out once: they do not change while a slider moves. Places from a cell's top left corner."""

    name: QStaticText
    at: QPointF
    seller: QStaticText
    below: QPointF


class RankingPainter:
    """Paints rows whole. A cell at a time, the style and the model were asked a hundred times for each, and a slider repaints them all."""

    def __init__(self, theme: Theme, model: RankingModel, font: QFont) -> None:
        self._theme, self._model = theme, model
        self._plain, self._bold, self._small = QFont(font), QFont(font), QFont(font)
        self._bold.setBold(True)
        self._small.setPointSizeF(self._small.pointSizeF() * 0.9)
        self._small_metrics = QFontMetricsF(self._small)
        self._look: object = None
        self._pens = _Pens(theme)
        self._places: Sequence[float] = ()
        self._widths: Sequence[float] = ()
        self._bars = _Bars(0, 0, None, 1)
        self._names: dict[tuple[object, ...], _Names] = {}
        self._words: dict[tuple[str, bool], QStaticText] = {}
        self._tones: dict[str, QPen] = {}

    def begin(self, places: Sequence[float], widths: Sequence[float]) -> None:
        """Where the columns begin, and how wide they are."""
        if self._look is not self._theme.colours:
            self._look, self._pens = self._theme.colours, _Pens(self._theme)
            self._tones = {texts.OWN: self._pens.accent, texts.DOUBTFUL: self._pens.warn}
        if widths != self._widths or len(self._names) > _KEPT_NAMES:
            self._names.clear()
        self._places, self._widths = places, widths
        ranking = self._model.ranking
        present = ranking.present.yen if ranking and ranking.present and ranking.present.rank is not None else None
        most = self._model.most_yen
        self._bars = _Bars(places[BAR] + _AIR, (widths[BAR] - 2 * _AIR) / (most * 1.02), present, most)

    def paint(self, painter: QPainter, row: int, top: float, height: float, *, is_chosen: bool) -> None:
        """One row, ground included."""
        model, pens = self._model, self._pens
        line, cells = model.line(row), model.cells(row)
        whole = QRectF(self._places[0], top, sum(self._widths), height)
        if is_chosen:
            painter.fillRect(whole, pens.chosen)
        elif row % 2:
            painter.fillRect(whole, pens.alternate)
        self._paint_bar(painter, line, cells[BAR], top, height)
        self._paint_names(painter, line, top, height)
        half = height / 2
        of_sum = height if line.spread is None else half + _AROUND
        rank, moved = cells[RANK], cells[MOVED]
        painter.setFont(self._plain)
        painter.setPen(pens.text)
        self._write(painter, QUOTE, cells[QUOTE], top, height)
        self._write(painter, YEN, cells[YEN], top, of_sum)
        self._stamp(painter, self._room(RANK, top, half + _AROUND if moved else height), str(line.rank) if moved else rank)
        if cells[DIFFERENCE]:
            if line.difference:
                painter.setFont(self._bold)
                painter.setPen(pens.ok if line.difference < 0 else pens.text)
            self._write(painter, DIFFERENCE, cells[DIFFERENCE], top, of_sum)
        if moved or line.spread is not None:
            painter.setFont(self._small)
            painter.setPen(pens.muted)
            if moved:
                self._stamp(painter, self._room(RANK, top + half - 1, half), moved, is_small=True)
        if line.spread is not None:
            left, right = self._places[YEN] + _AIR / 2, self._places[DIFFERENCE] + self._widths[DIFFERENCE] - _AIR
            painter.drawText(QRectF(left, top + half - 1, right - left, half), ALIGNED[DIFFERENCE], texts.width_words(line.spread))
        self._paint_place_of_present(painter, row, line, whole)

    def _write(self, painter: QPainter, column: int, words: str, top: float, height: float) -> None:
        if words:
            painter.drawText(self._room(column, top, height), ALIGNED.get(column, LEFT), words)

    def _room(self, column: int, top: float, height: float) -> QRectF:
        return QRectF(self._places[column] + _AIR / 2, top, self._widths[column] - _AIR * 1.5, height)

    def _stamp(self, painter: QPainter, room: QRectF, words: str, *, is_small: bool = False) -> None:
        """At the right, half-way down: words that most rows of most rankings have in common are laid out once."""
        text = self._words.get((words, is_small))
        if text is None:
            if len(self._words) > _KEPT_WORDS:
                self._words.clear()
            text = self._words[words, is_small] = laid_out(words, self._small if is_small else self._plain)
        size = text.size()
        painter.drawStaticText(QPointF(room.right() - size.width(), room.top() + (room.height() - size.height()) / 2), text)

    def _paint_names(self, painter: QPainter, line: RankedPlan, top: float, height: float) -> None:
        tags = self._model.tags(line)
        key = (line.detail.key, line.company.name, height, *tags)
        names = self._names.get(key)
        if names is None:
            names = self._names[key] = self._both_lines(line, tags, height)
        corner = QPointF(self._places[PLAN], top)
        painter.setFont(self._bold)
        painter.setPen(self._pens.text)
        painter.drawStaticText(corner + names.at, names.name)
        painter.setFont(self._small)
        painter.setPen(self._pens.muted)
        painter.drawStaticText(corner + names.below, names.seller)
        if tags:
            self._paint_tags(painter, corner.x() + names.at.x() + names.name.size().width(), top + _AROUND, height / 2 - _AROUND, tags)

    def _both_lines(self, line: RankedPlan, tags: Sequence[str], height: float) -> _Names:
        half, room = height / 2 - _AROUND, self._widths[PLAN] - 2 * _AIR
        of_tags = sum(self._small_metrics.horizontalAdvance(tag) + 2.5 * _AIR for tag in tags)
        name = _one_line(line.detail.name, self._bold, room - of_tags)
        seller = _one_line(f"{line.company.name}　{line.detail.base_name}", self._small, room)
        above, below = (_AROUND + (half - text.size().height()) / 2 for text in (name, seller))
        return _Names(name, QPointF(_AIR, above), seller, QPointF(_AIR, below + half))

    def _paint_tags(self, painter: QPainter, left: float, top: float, height: float, tags: Sequence[str]) -> None:
        painter.setBrush(self._pens.nothing)
        for tag in tags:
            frame = QRectF(left + _AIR, top, self._small_metrics.horizontalAdvance(tag) + _AIR, height - 1)
            painter.setPen(self._tones.get(tag, self._pens.muted))
            painter.drawRoundedRect(frame, 4, 4)
            self._stamp(painter, frame.adjusted(0, 0, -_AIR / 2, 0), tag, is_small=True)
            left = frame.right()

    def _paint_bar(self, painter: QPainter, line: RankedPlan, words: str, top: float, height: float) -> None:
        """``words``: what stands in its place where the sum is not known."""
        pens = self._pens
        if line.rank is None:
            painter.setFont(self._plain)
            painter.setPen(pens.muted)
            painter.drawText(QRectF(self._places[BAR] + _AIR, top, self._widths[BAR] - 2 * _AIR, height), LEFT, words)
            return
        left, scale, present, most = self._bars
        middle = top + height / 2
        above = middle - _BAR_HEIGHT / 2

        def bar(start: float, end: float) -> QRectF:
            return QRectF(left + start * scale, above, max(0.0, (min(end, most) - start) * scale), _BAR_HEIGHT)

        edge = pens.dashed if line.is_present else pens.text
        painter.setPen(edge)
        painter.setBrush(pens.surface if line.is_present else pens.own if self._model.is_own(line) else pens.other)
        full = bar(0, line.yen if present is None else min(line.yen, present))
        painter.drawRect(full)
        if line.detail.plan_type is PlanType.MARKET_LINKED:
            painter.fillRect(full, pens.market)
        if present is not None and line.yen < present:
            painter.setPen(pens.ok)
            painter.setBrush(pens.saved)
            painter.drawRect(bar(line.yen, present))
        elif present is not None and line.yen > present:
            more = bar(present, line.yen)
            painter.setPen(edge)
            painter.setBrush(pens.dearer)
            painter.drawRect(more)
            painter.fillRect(more, pens.more)
        if line.yen > most:
            self._cut_off(painter, left + most * scale, middle, edge)
        if line.spread is not None:
            painter.setPen(pens.before if line.spread.is_before else pens.spread)
            low, high = (int(left + min(end, most) * scale) for end in line.spread.ends)
            painter.drawLine(QPoint(low, int(middle)), QPoint(high, int(middle)))
            for end, yen in zip((low, high), line.spread.ends, strict=True):
                if yen <= most:
                    painter.drawLine(QPoint(end, int(middle) - 4), QPoint(end, int(middle) + 4))
                elif line.yen <= most:
                    self._cut_off(painter, end, middle, pens.text)
        if present is not None:
            painter.setPen(pens.dotted)
            at = int(left + present * scale)
            painter.drawLine(QPoint(at, int(top)), QPoint(at, int(top + height)))

    def _cut_off(self, painter: QPainter, at: float, middle: float, edge: QPen) -> None:
        """What goes on beyond the room ends in a point."""
        painter.setPen(edge)
        painter.setBrush(self._pens.pointed)
        tip = [QPointF(at, middle - _POINT), QPointF(at + _POINT, middle), QPointF(at, middle + _POINT)]
        painter.drawPolygon(tip)

    def _paint_place_of_present(self, painter: QPainter, row: int, line: RankedPlan, whole: QRectF) -> None:
        """A dashed line above the first plan that is not cheaper, a full one above those whose fuel is unknown."""
        if row == 0:
            return
        above = self._model.line(row - 1)
        if line.rank is None and above.rank is not None:
            painter.setPen(self._pens.apart)
        elif line.difference is not None and line.difference >= 0 and (above.difference or 0) < 0:
            painter.setPen(self._pens.dashed)
        else:
            return
        painter.drawLine(whole.topLeft(), whole.topRight())


def _one_line(words: str, font: QFont, room: float) -> QStaticText:
    """``words`` on one line of at most so many pixels."""
    return laid_out(QFontMetricsF(font).elidedText(" ".join(words.splitlines()), Qt.TextElideMode.ElideRight, room), font)


def laid_out(words: str, font: QFont) -> QStaticText:
    """Words to be drawn many times, as they are."""
    text = QStaticText(words)
    text.setTextFormat(Qt.TextFormat.PlainText)
    text.prepare(font=font)
    return text
