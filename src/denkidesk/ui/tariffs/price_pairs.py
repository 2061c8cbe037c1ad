"""Two plans' figures in rows: what differs by itself, what is the same in one line. Qt-free."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from denkidesk.domain.plans import BaseType, Condition, Fuel, PlanDetail
from denkidesk.texts import price_pairs as texts
from denkidesk.texts.bill import price
from denkidesk.texts.tariffs import ALL_KWH, DAY_CLASSES, SECTION_BASE, SECTION_CONDITIONS, SECTION_FUEL, WHOLE_DAY, WHOLE_YEAR
from denkidesk.ui.tariffs.price_sheet import base_words, fuel_words, hours, kwh_range, months, other_rows


@dataclass(frozen=True, slots=True)
class Pair:
    """``difference``: right less left where both are one figure of one kind, else ""."""

    item: str
    left: str
    right: str
    difference: str = ""

    @property
    def is_same(self) -> bool:
        """Whether there is nothing to tell apart."""
        return self.left == self.right


def pairs(left: PlanDetail, right: PlanDetail) -> tuple[Pair, ...]:
    """Every row of both price sheets, in the order of a bill; what only one plan has stands beside なし."""
    flat = left.base_type == right.base_type == BaseType.FLAT
    base = _apart(left.base_unit, right.base_unit) if flat else ""
    found = [Pair(SECTION_BASE, base_words(left), base_words(right), base)]
    found += _of_conditions(left.conditions, right.conditions)
    found += _of_fuels(left.fuels, right.fuels)
    others = [dict(other_rows(detail)) for detail in (left, right)]
    for item in dict.fromkeys([*others[0], *others[1]]):
        found.append(Pair(item, others[0].get(item, texts.ABSENT), others[1].get(item, texts.ABSENT)))
    return tuple(found)


def folded(found: Sequence[Pair]) -> tuple[tuple[Pair, ...], Pair | None]:
    """The rows that differ, and one row of all the others."""
    same = [pair for pair in found if pair.is_same]
    names = texts.JOINED.join(pair.item for pair in same)
    values = "　".join(texts.NAMED.format(name=pair.item, value=pair.left) for pair in same)
    return tuple(pair for pair in found if not pair.is_same), Pair(names, values, values) if same else None


def _of_conditions(left: Sequence[Condition], right: Sequence[Condition]) -> list[Pair]:
    """By the band's name; bands of one name in their order."""
    ours, theirs = _by_name(left), _by_name(right)
    found = []
    for name, place in dict.fromkeys([*ours, *theirs]):
        one, other = ours.get((name, place)), theirs.get((name, place))
        apart = ""
        if one is not None and other is not None:
            apart = _apart(one.unit_yen, other.unit_yen) if _window(one) == _window(other) else texts.OTHERWISE
        found.append(Pair(name or SECTION_CONDITIONS, _condition_words(one), _condition_words(other), apart))
    return found


def _by_name(conditions: Sequence[Condition]) -> dict[tuple[str, int], Condition]:
    found: dict[tuple[str, int], Condition] = {}
    for condition in sorted(conditions, key=lambda one: one.calc_order):
        place = sum(name == condition.name for name, _ in found)
        found[condition.name, place] = condition
    return found


def _window(one: Condition) -> tuple[object, ...]:
    return one.month_from, one.month_to, one.day_class, one.time_from, one.time_to, one.volume_from, one.volume_to


def _condition_words(one: Condition | None) -> str:
    if one is None:
        return texts.ABSENT
    when = (months(one.month_from, one.month_to), DAY_CLASSES[int(one.day_class)], hours(one.time_from, one.time_to))
    parts = (*when, kwh_range(one.volume_from, one.volume_to))
    always = (WHOLE_YEAR, DAY_CLASSES[0], WHOLE_DAY, ALL_KWH)  # what need not be said beside a price
    return texts.PRICE.format(price=price(one.unit_yen), when=" ".join(part for part in parts if part not in always)).strip()


def _of_fuels(left: Sequence[Fuel], right: Sequence[Fuel]) -> list[Pair]:
    count = max(len(left), len(right))
    sides = [[fuel_words(fuel) for fuel in side] + [texts.ABSENT] * (count - len(side)) for side in (left, right)]
    alone = len(left) == len(right) == 1 and left[0].calc_type == right[0].calc_type and left[0].is_known and right[0].is_known
    apart = _apart(left[0].unit_yen, right[0].unit_yen) if alone else ""
    return [Pair(SECTION_FUEL, ours, theirs, apart) for ours, theirs in zip(*sides, strict=True)]


def _apart(left: Decimal | None, right: Decimal | None) -> str:
    return "" if left is None or right is None else texts.difference(price(right - left))
