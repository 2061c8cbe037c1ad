"""Our bill beside the server's, part by part and month by month, each difference with the one rule that alone gives the server's figure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import numpy as np
from numpy.typing import NDArray

from denkidesk.billing.other_rules import PARTS, Alternative, charges_otherwise, parts_otherwise
from denkidesk.billing.sums import UsageSums
from denkidesk.billing.windows import MONTHS
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import Bill, BillParts, Difference, DifferenceReason, MonthBill, ServerBill
from denkidesk.domain.plans import PlanDetail

_LEAST_YEN: Final = 0.005
"""Half of the last place that a server's figure is shown in."""
_LEAST_SHARE: Final = 1e-9

Figures = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Sides:
    """Twelve figures of each part, January to December. ``odd``: months that need no other rule to differ, with their reason."""

    ours: Mapping[str, Figures]
    theirs: Mapping[str, Figures]
    odd: Mapping[int, DifferenceReason]

    def differs(self, part: str) -> NDArray[np.bool_]:
        """The months whose figures are not the same."""
        return ~_same(self.ours[part], self.theirs[part])

    def explained(self, part: str, figures: Figures) -> bool:
        """Whether these figures are the server's, in every month that is to be explained."""
        return bool(_same(figures, self.theirs[part])[self._plain].all())

    @property
    def _plain(self) -> list[int]:
        return [month for month in range(MONTHS) if month not in self.odd]


def differences(bill: Bill, server: ServerBill, detail: PlanDetail, sums: UsageSums, options: BillOptions) -> tuple[Difference, ...]:
    """Every figure of months and year that differs; empty where the two agree. ``bill``: ours, unrounded.

    A rule is the reason where it alone, in our program, gives the server's figures of that part in all months, and no other does; several
    or none: unknown, unless one of the several is the reason of another part. Months are aligned by their names. Without the server's
    detail only charges are compared.
    """
    sides = _sides(bill, server)
    detailed = bool(server.months)
    parts = (*PARTS, "charge") if detailed else ("charge",)
    differing = [part for part in parts if sides.differs(part).any()]
    reasons: dict[str, DifferenceReason] = {}
    if differing:
        others = [*parts_otherwise(detail, sums, options, sides.ours, sides.theirs)]
        candidates = {part: _candidates(sides, part, others) for part in differing if part != "charge"}
        sure = {reason for found in candidates.values() if len(found) == 1 for reason in found}
        # what explains another part for sure, alone of all that would explain this one, explains both
        reasons = {part: _only(found if len(found) == 1 else found & sure) for part, found in candidates.items()}
        if "charge" in differing:
            reasons["charge"] = _reason_of_charge(sides, detail, others, detailed)
    found = []
    for place, month in enumerate(bill.months):
        for part in differing:
            if sides.differs(part)[place]:
                reason = sides.odd.get(place) or reasons[part]
                found.append(Difference(month.month, part, getattr(month.parts, part), _server_yen(server, part, place), reason))
    return (*found, *_of_year(bill, server, sides))


def _sides(bill: Bill, server: ServerBill) -> _Sides:
    ours = {part: np.array([float(getattr(month.parts, part)) for month in bill.months]) for part in (*PARTS, "charge")}
    if not server.months:
        return _Sides(ours, {"charge": np.array([float(yen) for yen in server.monthly_charges])}, {})
    rows = Counter(_place(month) for month in server.months)
    theirs = {part: np.zeros(MONTHS) for part in ours}
    for month in server.months:
        for part, figures in theirs.items():
            figures[_place(month)] += float(getattr(month.parts, part))
    odd: dict[int, DifferenceReason] = {}
    for place, month in enumerate(bill.months):
        if rows[place] > 1:
            odd[place] = DifferenceReason.MONTH_BOTH_ENDS
        elif month.billed != any(figures[place] for figures in theirs.values()):
            odd[place] = DifferenceReason.MONTH_NOT_BILLED
    return _Sides(ours, theirs, odd)


def _place(month: MonthBill) -> int:
    return int(month.month[5:]) - 1


def _candidates(sides: _Sides, part: str, others: list[Alternative]) -> set[DifferenceReason]:
    """The rules that give the server's figures of a part."""
    return {other.reason for other in others if part in other.figures and sides.explained(part, other.figures[part])}


def _only(found: set[DifferenceReason]) -> DifferenceReason:
    return next(iter(found)) if len(found) == 1 else DifferenceReason.UNKNOWN


def _reason_of_charge(sides: _Sides, detail: PlanDetail, others: list[Alternative], detailed: bool) -> DifferenceReason:
    parts = sides.theirs if detailed else sides.ours
    of_sum = list(charges_otherwise(parts, detail))
    if detailed and sides.explained("charge", sum((parts[part] for part in PARTS), np.zeros(MONTHS)) * _kept(detail)):
        return DifferenceReason.SUM_OF_PARTS
    if not detailed:  # any other part may be at work behind the sum
        for other in others:
            changed = sum((other.figures.get(part, sides.ours[part]) for part in PARTS), np.zeros(MONTHS))
            of_sum.append(Alternative(other.reason, {"charge": changed * _kept(detail)}))
    return _only(_candidates(sides, "charge", of_sum))


def _kept(detail: PlanDetail) -> float:
    return float(1 - detail.discount_rate / 100)


def _of_year(bill: Bill, server: ServerBill, sides: _Sides) -> list[Difference]:
    theirs = server.year or BillParts(server.year_charge, *(Decimal(0),) * 4)
    found = []
    for part in (*PARTS, "charge") if server.year else ("charge",):
        ours, their = getattr(bill.year, part), getattr(theirs, part)
        if bool(_same(np.array([float(ours)]), np.array([float(their)])).all()):
            continue
        of_months = float(sides.theirs[part].sum()) if part in sides.theirs else float(their)
        reason = DifferenceReason.UNKNOWN
        if bool(_same(np.array([of_months]), np.array([float(their)])).all()):
            reason = DifferenceReason.SUM_OF_PARTS
        elif float(their) in (np.floor(of_months), np.floor(of_months + 0.5), np.ceil(of_months)):
            reason = DifferenceReason.ROUNDING
        found.append(Difference("", part, ours, their, reason))
    return found


def _same(ours: Figures, theirs: Figures) -> NDArray[np.bool_]:
    same: NDArray[np.bool_] = np.abs(ours - theirs) < _LEAST_YEN + _LEAST_SHARE * np.abs(theirs)
    return same


def _server_yen(server: ServerBill, part: str, place: int) -> Decimal:
    """What the server has for a part of a calendar month, in as many rows as it has."""
    if not server.months:
        return server.monthly_charges[place]
    return sum((getattr(month.parts, part) for month in server.months if _place(month) == place), Decimal(0))
