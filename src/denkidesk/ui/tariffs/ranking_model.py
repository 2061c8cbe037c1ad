"""The rows of the list of ranked plans: places in the catalogue, and what is said of each."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from denkidesk.domain.plans import PlanType
from denkidesk.domain.ranking import Apart, RankedPlan
from denkidesk.texts import ranking as texts
from denkidesk.texts.bill import YEAR, yen
from denkidesk.texts.plan_names import full_name
from denkidesk.ui.parts.plain import plain_tip
from denkidesk.ui.parts.table import RowsModel
from denkidesk.ui.tariffs.plan_filters import Marks

if TYPE_CHECKING:  # it loads the engine, which is a lane's work
    from denkidesk.desk.ranking import Ranking

QUOTE, RANK, PLAN, BAR, YEN, DIFFERENCE, MOVED = range(7)  # the last is no column: how far a trial has moved the plan, in sign and figure
_ROLE: Final = Qt.ItemDataRole
LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_CENTRE: Final = int(Qt.AlignmentFlag.AlignCenter)
ALIGNED: Final = {QUOTE: _CENTRE, RANK: _RIGHT, YEN: _RIGHT, DIFFERENCE: _RIGHT}
Index = QModelIndex | QPersistentModelIndex
_ROOM: Final = 1.5
"""Times the present plan, or the one in the middle where that is not known."""


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
        self.most_yen = 1  # what the bars have room for
        self.proposed: tuple[str, str] | None = None

    def show_ranking(self, ranking: "Ranking | None", places: Sequence[int], *, pinned: RankedPlan | None = None) -> None:
        """``pinned``: one row of a plan that need not be in the catalogue, in place of ``places``."""
        rows = [-1] if pinned else places
        same = ranking is not None and len(rows) == len(self._rows)
        if not same:
            self.beginResetModel()
        self.ranking, self._rows, self._lines, self._cells, self._pinned = ranking, rows, {}, {}, pinned
        if ranking is not None:
            self.most_yen = self._room(ranking)
        if not same:
            self.endResetModel()
        elif rows:
            self._tell_changed(0, len(rows) - 1)

    def _room(self, ranking: "Ranking") -> int:
        """Up to the dearest end, but not so far that the bars at hand become alike: what goes beyond is drawn as cut off.

        While a trial is shown it stays what it was: bars that move beside a scale that moves say nothing.
        """
        both = [one for one in (self.measured, ranking) if one is not None]
        ends = [float(one.sums[-1]) for one in both if len(one.sums)]
        ends += [of_place[1] for one in both for place, of_place in one.ranges.yen.items() if place not in one.left_out]
        ends += [end for one in both if (ours := one.present) for end in (ours.yen, ours.spread.high if ours.spread else 0)]
        middle = both[0].present_yen or (float(both[0].sums[len(both[0].sums) // 2]) if len(both[0].sums) else 0)
        at_most = min(max(ends, default=1), middle * _ROOM)
        return int(max(1, at_most, ranking.present_yen or 0))

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
        if place is None or place in self.measured.left_out:
            return None
        return self.measured.rank_of(int(self.measured.years[place]))

    def is_own(self, line: RankedPlan) -> bool:
        """Whether the clerk has marked the retailer as the own one."""
        return self._marks.is_own(line.company)

    def is_doubtful(self, line: RankedPlan) -> bool:
        """Whether something makes the plan's sum another one; an unknown fuel price is said in its place."""
        return bool(line.doubts) or line.apart is Apart.PRICES

    def is_proposed(self, line: RankedPlan) -> bool:
        """Whether the quote is of this plan."""
        return self.proposed == (line.detail.epplan_id, line.detail.base_cd)

    def data(self, index: Index, role: int = int(_ROLE.DisplayRole)) -> Any:
        """Text for eye, ear and clipboard."""
        if role == _ROLE.TextAlignmentRole:
            return ALIGNED.get(index.column(), LEFT)
        if role == _ROLE.AccessibleTextRole:
            return self.spoken(self.line(index.row()))
        if role == _ROLE.ToolTipRole:
            line = self.line(index.row())
            return "\n".join(map(plain_tip, filter(None, (*texts.doubt_sentences(line.doubts), self._age(line))))) or None
        if role != _ROLE.DisplayRole:
            return None
        return self._named(self.line(index.row())) if index.column() == PLAN else self.cells(index.row())[index.column()]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = int(_ROLE.DisplayRole)) -> Any:
        """Figures stand below the right end of their heading."""
        if role == _ROLE.TextAlignmentRole and section in (RANK, YEN, DIFFERENCE):
            return _RIGHT
        return super().headerData(section, orientation, role)

    def spoken(self, line: RankedPlan) -> str:
        """1位、夜とくプラン、ひなた電力、自社、年間 139,920円、現在より 8,420円 安い."""
        ranking = self.ranking
        name = full_name(line.detail.name, line.detail.base_name)
        first = texts.SPOKEN.format(rank=line.rank) if line.apart is None else texts.APART_WORDS[line.apart]
        parts = [first, name, line.company.name]
        parts += [texts.OWN] if self.is_own(line) else []
        parts.append(f"{YEAR if ranking and ranking.is_year else ''} {yen(Decimal(line.yen))}円".strip())
        if line.is_present:
            parts.append(texts.PRESENT_PLAN)
        elif line.difference is not None:
            parts.append(texts.spoken_difference(line.difference))
        if line.detail.plan_type is PlanType.MARKET_LINKED:
            parts.append(texts.NO_SPREAD.rstrip("。") if line.spread is None else texts.spread_words(line.spread))
        parts += [texts.IN_QUOTE] if self.is_proposed(line) else []
        parts += [texts.DOUBTFUL, *texts.doubt_sentences(line.doubts)] if self.is_doubtful(line) else []
        parts += [age] if (age := self._age(line)) else []
        return "、".join(parts)

    def _age(self, line: RankedPlan) -> str:
        return "" if self.ranking is None else texts.age_words(*self.ranking.catalogue.seen(line.company, line.detail))

    def tags(self, line: RankedPlan) -> list[str]:
        """What a name is followed by."""
        tags = [texts.FAVOURITE] if self._marks.is_favourite(line.detail) else []
        tags += [texts.OWN] if self.is_own(line) else []
        if self.ranking is not None and self.ranking.question.fuel.price_of(line.detail.epplan_id) is not None:
            tags.append(texts.PRICE_TYPED)
        tags += [texts.MARKET] if line.detail.plan_type is PlanType.MARKET_LINKED else []
        return tags + ([texts.DOUBTFUL] if self.is_doubtful(line) else [])

    def cells(self, row: int) -> tuple[str, ...]:
        """What stands in a row but its names, and ``MOVED``; made once for each ranking."""
        if row not in self._cells:
            self._cells[row] = self._made(self.line(row))
        return self._cells[row]

    def _named(self, line: RankedPlan) -> str:
        tags = "".join(f"［{tag}］" for tag in self.tags(line))
        return f"{full_name(line.detail.name, line.detail.base_name)}{tags}　{line.company.name}"

    def _made(self, line: RankedPlan) -> tuple[str, ...]:
        quote, sum_yen = texts.YES if self.is_proposed(line) else "", yen(Decimal(line.yen))
        if line.rank is None:
            why = line.apart or Apart.FUEL
            return quote, texts.NO_RANK, "", texts.reference_words(why, line.yen), texts.NO_RANK, texts.APART_WORDS[why], ""
        spread = "" if line.spread is None else texts.spread_words(line.spread)
        difference = ""
        if line.is_present:
            difference = texts.PRESENT_PLAN
        elif line.difference is not None:
            difference = texts.difference_words(line.difference, is_year=self.ranking is not None and self.ranking.is_year)
        moved = texts.moved_words(line.rank, self.measured_rank(line))
        return quote, texts.rank_words(line.rank, moved), "", spread, sum_yen, difference, moved
