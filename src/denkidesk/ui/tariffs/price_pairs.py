"""Two plans' figures in rows: what differs by itself, what is the same in one line. Qt-free."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from denkidesk.domain.plans import BaseType, Company, Condition, Fuel, PlanDetail, PlanType
from denkidesk.texts import price_pairs as texts
from denkidesk.texts.bill import price
from denkidesk.texts.tariffs import ALL_KWH, BASE_NAME, DAY_CLASSES, SECTION_BASE, SECTION_CONDITIONS, SECTION_FUEL, WHOLE_DAY, WHOLE_YEAR
from denkidesk.ui.tariffs.price_sheet import base_rows, base_words, commission_row, condition_row, fuel_row, other_rows

Rows = Sequence[tuple[str, str]]


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


def pairs(left: tuple[Company, PlanDetail], right: tuple[Company, PlanDetail], commission_unit: str) -> tuple[Pair, ...]:
    """Every row of both price sheets, in the order of a bill; what only one plan has stands beside なし.

    ``commission_unit``: what the market commission is taken as.
    """
    (_, one), (_, other) = left, right
    flat = one.base_type == other.base_type == BaseType.FLAT
    found = [Pair(SECTION_BASE, base_words(one), base_words(other), _apart(one.base_unit, other.base_unit) if flat else "")]
    found += _of_rows([(BASE_NAME, one.base_name), *base_rows(one)[1:]], [(BASE_NAME, other.base_name), *base_rows(other)[1:]])
    found += _of_rows(*(_market_rows(*side, commission_unit) for side in (left, right)))
    found += _of_conditions(one, other)
    found += _of_fuels(one.fuels, other.fuels)
    return (*found, *_of_rows(other_rows(one), other_rows(other)))


def folded(found: Sequence[Pair]) -> tuple[tuple[Pair, ...], Pair | None]:
    """The rows that differ, and one row of all the others."""
    same = [pair for pair in found if pair.is_same]
    names = texts.JOINED.join(pair.item for pair in same)
    values = "　".join(texts.NAMED.format(name=pair.item, value=pair.left) for pair in same)
    return tuple(pair for pair in found if not pair.is_same), Pair(names, values, values) if same else None


def _of_rows(left: Rows, right: Rows) -> list[Pair]:
    """By the name of each row."""
    ours, theirs = dict(left), dict(right)
    return [Pair(item, ours.get(item) or texts.ABSENT, theirs.get(item) or texts.ABSENT) for item in dict.fromkeys([*ours, *theirs])]


def _market_rows(company: Company, detail: PlanDetail, commission_unit: str) -> Rows:
    """What the energy's price comes from."""
    if detail.plan_type is not PlanType.MARKET_LINKED:
        return [(texts.ENERGY, texts.BY_PRICES)]
    return [(texts.ENERGY, texts.MARKET), commission_row(company.commission, commission_unit)]


def _of_conditions(left: PlanDetail, right: PlanDetail) -> list[Pair]:
    """By the band's name; bands of one name in their order."""
    ours, theirs = _by_name(left.conditions), _by_name(right.conditions)
    absent = [texts.BY_MARKET if plan.plan_type is PlanType.MARKET_LINKED else texts.ABSENT for plan in (left, right)]
    found = []
    for name, place in dict.fromkeys([*ours, *theirs]):
        one, other = ours.get((name, place)), theirs.get((name, place))
        apart = ""
        if one is not None and other is not None:
            apart = _apart(one.unit_yen, other.unit_yen) if _window(one) == _window(other) else texts.OTHERWISE
        left_words, right_words = (
            empty if side is None else _condition_words(side) for side, empty in zip((one, other), absent, strict=True)
        )
        found.append(Pair(name or SECTION_CONDITIONS, left_words, right_words, apart))
    orders = [[band for band in side if band in ours and band in theirs] for side in (ours, theirs)]
    if orders[0] != orders[1]:  # a cap's rest goes to the next one
        first, second = (texts.THEN.join(name for name, _ in order) for order in orders)
        found.append(Pair(texts.ORDER, first, second))
    return found


def _by_name(conditions: Sequence[Condition]) -> dict[tuple[str, int], Condition]:
    found: dict[tuple[str, int], Condition] = {}
    for condition in sorted(conditions, key=lambda one: one.calc_order):
        place = sum(name == condition.name for name, _ in found)
        found[condition.name, place] = condition
    return found


def _window(one: Condition) -> tuple[str, ...]:
    """What is priced: when, and how many kWh of it."""
    return condition_row(one)[1:-1]


def _condition_words(one: Condition) -> str:
    always = (WHOLE_YEAR, DAY_CLASSES[0], WHOLE_DAY, ALL_KWH)  # what need not be said beside a price
    when = " ".join(part.removeprefix(ALL_KWH) for part in _window(one) if part not in always)
    return texts.PRICE.format(price=price(one.unit_yen), when=when).strip()


def _of_fuels(left: Sequence[Fuel], right: Sequence[Fuel]) -> list[Pair]:
    count = max(len(left), len(right))
    rows = [[fuel_row(fuel) for fuel in side] for side in (left, right)]
    sides = [
        [words if kwh == ALL_KWH else f"{words}　{kwh}" for kwh, words in side] + [texts.ABSENT] * (count - len(side)) for side in rows
    ]
    alone = len(left) == len(right) == 1 and rows[0][0][0] == rows[1][0][0]
    alone = alone and left[0].calc_type == right[0].calc_type and left[0].is_known and right[0].is_known
    apart = _apart(left[0].unit_yen, right[0].unit_yen) if alone else ""
    return [Pair(SECTION_FUEL, ours, theirs, apart) for ours, theirs in zip(*sides, strict=True)]


def _apart(left: Decimal | None, right: Decimal | None) -> str:
    return "" if left is None or right is None else texts.difference(price(right - left))
