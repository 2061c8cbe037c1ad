"""A paper bill and ours as rows of text, line by line; and the bills of reading periods. Qt-free."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from denkidesk.domain.paper_bills import BillMatch, BillOnPaper, PaperBill
from denkidesk.texts import dates
from denkidesk.texts import paper as texts
from denkidesk.texts.bill import yen

_SHOWN: Final = Decimal("0.005")
"""What two figures in sen may differ by and be the same."""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One line. ``differs``: bill and ours are not the same; ``is_total``: the sum."""

    cells: tuple[str, ...]
    differs: bool = False
    is_total: bool = False


def line_rows(match: BillMatch, bill: BillOnPaper) -> tuple[PaperRow, ...]:
    """Every line with what it is made of, so that each can be checked with a pocket calculator."""
    return tuple(_line_rows(match, bill))


def _line_rows(match: BillMatch, bill: BillOnPaper) -> Iterator[PaperRow]:
    ours, parts, typed = match.ours, match.ours.parts, dict(bill.lines)
    share = "" if ours.days == bill.period.days else texts.SHARE.format(days=ours.days, of=bill.period.days)
    yield _row(texts.LINE_NAMES["base"], share and texts.PRORATED.format(share=share), typed.get("base"), parts.base)
    for line in match.usage:
        quantity = texts.QUANTITY.format(kwh=f"{line.kwh:,f}", unit=f"{line.unit_yen:,f}")
        yield PaperRow((f"　{line.name}", quantity, "", yen(line.yen, 2), ""))
    yield _row(texts.LINE_NAMES["usage"], "", typed.get("usage"), parts.usage)
    yield _row(texts.LINE_NAMES["fuel"], _fuel_quantity(match, share), typed.get("fuel"), ours.fuel)
    if match.fuel.subsidy or "subsidy" in typed:
        quantity = texts.QUANTITY.format(kwh=f"{ours.kwh:,f}", unit=yen(-match.fuel.subsidy, 2))
        yield _row(texts.LINE_NAMES["subsidy"], quantity, _less(typed.get("subsidy")), -ours.subsidy)
    if ours.deduction or "deduction" in typed:
        yield _row(texts.LINE_NAMES["deduction"], "", _less(typed.get("deduction")), -ours.deduction)
    levy = Decimal(math.floor(parts.levy)) if not bill.detail.discount_rate else parts.levy
    quantity = texts.QUANTITY.format(kwh=f"{ours.kwh:,f}", unit=f"{match.levy_yen:f}")
    quantity = quantity if bill.detail.discount_rate else texts.FLOORED.format(quantity=quantity)
    yield _row(texts.LINE_NAMES["levy"], quantity, typed.get("levy"), levy)
    if bill.detail.discount_rate:
        rest = parts.charge - parts.base - parts.usage - parts.adjust - parts.levy
        yield PaperRow((texts.DISCOUNT.format(rate=f"{bill.detail.discount_rate:f}"), "", "", yen(rest, 2), ""))
    total = (texts.TOTAL, texts.TOTAL_FLOORED, yen(bill.yen), yen(parts.charge), texts.signed(match.rest_yen))
    yield PaperRow(total, differs=bool(match.rest_yen), is_total=True)


def _less(amount: Decimal | None) -> Decimal | None:
    """What is taken off, whichever sign it was typed with."""
    return None if amount is None else -abs(amount)


def _row(name: str, quantity: str, bill: Decimal | None, ours: Decimal) -> PaperRow:
    if bill is None:
        return PaperRow((name, quantity, "", yen(ours, 2), ""))
    differs = abs(ours - bill) >= _SHOWN
    if differs and not ours:
        quantity = texts.NOT_IN_OURS
    return PaperRow((name, quantity, yen(bill, 2), yen(ours, 2), texts.signed(ours - bill, 2) if differs else "0"), differs)


def _fuel_quantity(match: BillMatch, share: str) -> str:
    above = max(Decimal(0), match.ours.kwh - match.included_kwh)
    rest = texts.QUANTITY.format(kwh=f"{above:,f}", unit=f"{match.fuel.per_kwh:f}".replace("-", "−"))
    if not match.included_kwh and not match.fuel.fixed:
        return rest
    return texts.QUANTITY_FIXED.format(included=f"{match.included_kwh:f}", fixed=yen(match.fuel.fixed, 2), share=share, rest=rest)


@dataclass(frozen=True, slots=True)
class TrialRow:
    """A condition that was tried. ``rest``: what it leaves, for the picture."""

    cells: tuple[str, str, str]
    rest: Decimal


def trial_rows(match: BillMatch) -> tuple[TrialRow, ...]:
    """What each condition comes to, the nearest first; one that changes nothing is not shown."""
    bill = match.ours.parts.charge - match.rest_yen
    rows = []
    telling = [trial for trial in match.trials if trial.charge != match.ours.parts.charge]
    for trial in sorted(telling, key=lambda one: abs(one.charge - bill)):
        rest = trial.charge - bill
        rows.append(TrialRow((texts.trial_words(trial), yen(trial.charge), texts.signed(rest) if rest else texts.RIGHT_TO_THE_YEN), rest))
    return tuple(rows)


def period_rows(bill: PaperBill) -> tuple[PaperRow, ...]:
    """The bill of each reading period, and their sum."""
    rows = []
    for one in bill.periods:
        parts = one.parts
        money = (parts.base, parts.usage, one.fuel, -one.subsidy - one.deduction, parts.levy)
        cells = (
            dates.written(one.month),
            dates.days_between(one.first, one.last),
            str(one.days),
            f"{one.kwh:,f}",
            *(yen(value, 2) for value in money),
            yen(parts.charge),
        )
        rows.append(PaperRow(cells))
    total = sum((one.parts.charge for one in bill.periods), Decimal(0))
    kwh = sum((one.kwh for one in bill.periods), Decimal(0))
    days = str(sum(one.days for one in bill.periods))
    return (*rows, PaperRow((texts.TOTAL, "", days, f"{kwh:,f}", "", "", "", "", "", yen(total)), is_total=True))
