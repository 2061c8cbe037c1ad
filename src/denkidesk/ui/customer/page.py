"""One page for the customer's eyes: a sentence, two bars, twelve months, and what it rests on; as large as the window lets it be."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from denkidesk.domain.why import MonthPair, Why
from denkidesk.texts import customer_view as texts
from denkidesk.texts.bill import yen
from denkidesk.texts.dates import paper_day
from denkidesk.texts.quote import PRACTICE_MARK
from denkidesk.texts.ranking import signed
from denkidesk.ui.customer.strokes import CENTRE, RIGHT, Run, Strokes
from denkidesk.ui.parts.theme import Theme

if TYPE_CHECKING:  # it loads the engine, which is a lane's work
    from denkidesk.desk.offers import Offer

_WIDE, _HIGH = 1280, 800  # the window that the sizes below are for
_SMALLEST: Final = 18.0  # pixels: 13.5 points, which is read across a desk
_LEAST: Final = 13.0  # where a customer's own names leave no room for more
_SIZES: Final = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.42)
_FIGURE: Final = 1.7
_LOW: Final = 500  # pixels of the window
_BARS_LOW: Final = 84.0  # pixels: below that months are numbers


@dataclass(frozen=True, slots=True)
class Head:
    """Whose page it is and who shows it. ``leave``: the key that closes it, "" on a screen of the customer's own."""

    customer: str
    retailer: str
    today: date
    practice: bool
    leave: str = ""


class CustomerPage(QWidget):
    """Painted whole: nothing on it can be pressed."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._head = Head("", "", date.min, practice=False)
        self._offer: Offer | None = None
        self._message = texts.NOTHING
        self.is_whole = True  # whether all of it was drawn
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    @property
    def offer(self) -> "Offer | None":
        """What is shown."""
        return self._offer

    @property
    def words(self) -> str:
        """All that is said, for a screen reader."""
        head = texts.addressed(self._head.customer)
        offer, why = self._offer, self._why
        if offer is None or why is None:
            return f"{head}　{self._message}"
        lines = [head, texts.trial_line(offer.trial, offer.unit), self._lead(offer)]
        lines += ["".join(texts.saving_words(why, is_present=offer.is_present, is_year=offer.is_year))]
        lines += [texts.because(why, is_present=offer.is_present), *(words for words, _ in self._notes(offer, why))]
        lines.append(texts.spoken_months([(self._month(pair), self._amount(pair)) for pair in why.months]))
        return "\n".join(filter(None, lines))

    def show_offer(self, head: Head, offer: "Offer") -> None:
        """Both plans, in place of what stood here."""
        self._head, self._offer, self._message = head, offer, texts.UNKNOWN
        self._tell()

    def show_message(self, head: Head, message: str) -> None:
        """No figures: they are being made, or there are none."""
        self._head, self._offer, self._message = head, None, message
        self._tell()

    def _tell(self) -> None:
        self.setAccessibleName(self.words)
        self.update()

    @property
    def _why(self) -> Why | None:
        return None if self._offer is None else self._offer.why

    # --- drawing ----------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """In the largest size in which all of it fits."""
        unit = min(self.width() / _WIDE, self.height() / _HIGH)
        edge = 72 * min(self.width() / _WIDE, 1.4) if self.width() > 900 else 24.0
        room = QRectF(self.rect()).adjusted(edge, 40 * unit, -edge, -(44 * unit if self._head.leave else 16 * unit))
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), self._theme.colour("surface"))
            least, size = _SMALLEST, _SIZES[0]
            for least, size in [(_SMALLEST, size) for size in _SIZES] + [(_LEAST, size) for size in _SIZES]:
                if self._drawn(_Sized(None, self._theme, room, unit * size, least)) <= room.bottom():
                    break
            self.is_whole = self._drawn(_Sized(painter, self._theme, room, unit * size, least)) <= room.bottom()
            if self._head.leave:
                foot = QRectF(room.left(), self.height() - 28 * max(unit, 0.7), room.width() + edge - 16, 24 * max(unit, 0.7))
                Strokes(painter, self._theme, room).words(foot, Run(self._head.leave, 12, "muted"), RIGHT)

    def _drawn(self, on: "_Sized") -> float:
        """Down to where everything stands on; infinite where the months would not fit."""
        offer, why, head = self._offer, self._why, self._head
        if head.practice:
            on.paragraph(on.run(PRACTICE_MARK, 18, "error", bold=True), after=on.px(8))
        name = on.run(texts.addressed(head.customer), 24, bold=True)
        on.ends(name, on.run(texts.issued(head.retailer, head.today), 19, "muted"), after=on.px(16))
        if offer is None or why is None:
            on.paragraph(on.run(self._message, 30, bold=True))
            return on.y
        if trial := texts.trial_line(offer.trial, offer.unit):
            on.paragraph(on.run(trial, 22, "warn", bold=True), after=on.px(4))
        on.paragraph(on.run(self._lead(offer), 36, bold=True))
        before, figure, behind = texts.saving_words(why, is_present=offer.is_present, is_year=offer.is_year)
        tone = "ok" if not offer.is_present and why.difference < 0 else "text"
        on.line([on.run(before, 36, bold=True), on.figure(figure, 60, tone), on.run(behind, 36, bold=True)], after=on.px(4))
        if reasons := texts.because(why, is_present=offer.is_present):
            on.paragraph(on.run(reasons, 22), after=on.px(20))
        if not offer.is_present:
            self._bars(on, offer, why)
        notes = [on.run(words, 18, tone) for words, tone in self._notes(offer, why)]
        foot = on.height_of(notes)
        self._months(on, offer, why, on.room.bottom() - foot - on.px(10))
        on.rule(after=on.px(10))
        for note in notes:
            on.paragraph(note, after=on.px(6))
        return on.y

    def _bars(self, on: "_Sized", offer: "Offer", why: Why) -> None:
        amounts = [on.run(yen(Decimal(amount)), 36, bold=True) for amount in (why.present_yen, why.proposed_yen)]
        unit = on.run(texts.unit_words(is_year=offer.is_year), 20)
        wide = max(on.width_of(run) for run in amounts)
        right = wide + on.width_of(unit) + on.px(10)
        names = [on.run(texts.NOW, 20), on.run(texts.PROPOSAL, 20)]
        plans = [on.run(offer.present_name, 18, "muted"), on.run(offer.plan_name, 18, "muted")]
        left = min(max(on.width_of(run) for run in names + plans) + on.px(20), on.room.width() * 0.28)
        scale = (on.room.width() - left - right - on.px(24)) / max(why.present_yen, why.proposed_yen, 1)
        is_low = self.height() < _LOW  # the plans' names stand in the sentence
        high = names[0].pixels * 1.5 if is_low else max(on.px(48), (names[0].pixels + plans[0].pixels) * 1.3)
        present, proposed = (max(0, amount) for amount in (why.present_yen, why.proposed_yen))  # what is below zero, its figure says
        least = min(present, proposed)
        for place in range(2):
            box = QRectF(on.room.left(), on.y, left - on.px(16), high)
            on.words(box if is_low else box.adjusted(0, 0, 0, -high / 2), names[place])
            if not is_low:
                on.words(box.adjusted(0, high / 2, 0, 0), plans[place])
            start = on.room.left() + left
            if place == 0:
                on.bar(QRectF(start, on.y, present * scale, high), "present")
            else:
                on.bar(QRectF(start, on.y, least * scale, high), "proposed")
                apart = QRectF(start + least * scale, on.y, abs(proposed - present) * scale, high)
                on.bar(apart, "saved" if why.difference < 0 else "dearer")
            end = QRectF(on.room.right() - right, on.y, wide, high)
            on.words(end.adjusted(-1, 0, 1, 0), amounts[place], RIGHT)
            on.words(QRectF(end.right() + on.px(8), on.y, on.room.right() - end.right(), high), unit)
            on.y += high + on.px(18)
        on.y += on.px(6)

    def _months(self, on: "_Sized", offer: "Offer", why: Why, bottom: float) -> None:
        """As bars with their figures where there is height for them, else as two rows of figures. ``bottom``: where they end at most."""
        title = on.run(texts.MONTHS_SUM if offer.is_present else texts.MONTHS, 22, bold=True)
        facts = {"first": paper_day(offer.first), "last": paper_day(offer.last), "kwh": f"{offer.kwh:,.0f}"}
        on.ends(title, on.run(texts.MONTHS_OF.format(**facts), 19, "muted"), after=on.px(6))
        labels = [on.run(self._month(pair), 19) for pair in why.months]
        figures = [on.run(self._amount(pair), 19) for pair in why.months]
        row = labels[0].pixels * 1.3
        step = on.room.width() / max(12, len(why.months))
        fits = max(on.width_of(run) for run in figures) <= step - 4
        if fits and bottom - on.y >= _BARS_LOW + 2 * row:
            self._month_bars(on, why, (labels, figures), bottom)
            return
        half = -(-len(why.months) // 2)
        step = on.room.width() / half
        for place, (label, figure) in enumerate(zip(labels, figures, strict=True)):
            left = on.room.left() + place % half * step
            if place == half:
                on.y += 2 * row + on.px(6)
            on.words(QRectF(left, on.y, step, row), Run(label.words, label.pixels, "muted"), CENTRE)
            on.words(QRectF(left, on.y + row, step, row), figure, CENTRE)
        on.y += 2 * row + on.px(10)
        if on.y > bottom + on.px(10):
            on.y = float("inf")

    def _month_bars(self, on: "_Sized", why: Why, words: tuple[list[Run], list[Run]], bottom: float) -> None:
        labels, figures = words
        row = labels[0].pixels * 1.3
        amounts = [self._height_yen(pair) for pair in why.months]
        up, down = max(0, *amounts), max(0, *(-amount for amount in amounts))
        top = on.y + row * (2 if up else 1)
        zero_room = max(1.0, bottom - top - (row if down else 4))
        high = min(zero_room, on.px(230) if on.px(230) > _BARS_LOW else zero_room)
        scale = high / (up + down or 1)
        zero = top + up * scale
        step = on.room.width() / max(12, len(amounts))
        for place, (amount, label, figure) in enumerate(zip(amounts, labels, figures, strict=True)):
            left = on.room.left() + place * step
            bar = QRectF(left + step * 0.22, zero - max(amount, 0) * scale, step * 0.56, abs(amount) * scale)
            on.bar(bar, "dearer" if amount > 0 and not self._is_present else "proposed")
            on.words(QRectF(left, on.y, step, row), label, CENTRE)
            at = bar.top() - row if amount > 0 else bar.bottom()
            on.words(QRectF(left, at, step, row), figure, CENTRE)
        on.stroke(QPointF(on.room.left(), zero), QPointF(on.room.right(), zero))
        on.y = zero + down * scale + (row if down else 0) + on.px(10)

    # --- words ------------------------------------------------------------------------------------------------------

    @property
    def _is_present(self) -> bool:
        return self._offer is not None and self._offer.is_present

    def _lead(self, offer: "Offer") -> str:
        return (texts.STAYING if offer.is_present else texts.WITH).format(plan=f"{offer.company_name} {offer.plan_name}")

    def _height_yen(self, pair: MonthPair) -> int:
        return pair.proposed_yen if self._is_present else pair.difference

    def _amount(self, pair: MonthPair) -> str:
        return yen(Decimal(pair.proposed_yen)) if self._is_present else signed(pair.difference)

    def _month(self, pair: MonthPair) -> str:
        return texts.MONTH.format(month=int(pair.month[5:7]))

    def _notes(self, offer: "Offer", why: Why) -> list[tuple[str, str]]:
        """Sentences with their tones; what can make the figures wrong comes first."""
        found = [
            (texts.DOUBTFUL if offer.is_doubtful else "", "warn"),
            (texts.PARTIAL if any(pair.is_partial for pair in why.months) else "", "warn"),
            (texts.MARKET if offer.is_market_linked else "", "warn"),
            (texts.outlook_words(why, offer.outlook, is_present=offer.is_present, is_year=offer.is_year), "text"),
            (texts.rule_words(fuel=offer.fuel, is_present=offer.is_present), "muted"),
        ]
        return [(words, tone) for words, tone in found if words]


class _Sized(Strokes):
    """With lengths that grow with the window. ``least``: pixels of the smallest words."""

    def __init__(self, painter: QPainter | None, theme: Theme, room: QRectF, unit: float, least: float) -> None:
        super().__init__(painter, theme, room)
        self._unit, self._least = unit, least

    def px(self, length: float) -> float:
        """A length of the usual window."""
        return length * self._unit

    def run(self, words: str, length: float, tone: str = "text", *, bold: bool = False) -> Run:
        """Words, never smaller than what can be read."""
        return Run(words, max(self._least, self.px(length)), tone, bold)

    def figure(self, words: str, length: float, tone: str) -> Run:
        """What the page is for: larger than what stands round it, however small the window is."""
        return Run(words, max(self._least * _FIGURE, self.px(length)), tone, bold=True)

    def height_of(self, runs: list[Run]) -> float:
        """What paragraphs would take."""
        dry = _Sized(None, self._theme, self.room, self._unit, self._least)
        start = dry.y
        for run in runs:
            dry.paragraph(run, after=self.px(6))
        return dry.y - start
