"""Supplements and paper bills as files of our own: JSON in which a plan has the shape of the plan-detail answer."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Final

from denkidesk.domain.error_codes import ExchangeCode
from denkidesk.domain.paper_bills import BillOnPaper, FuelMonth, Period, Supplement
from denkidesk.domain.price_history import PlanSupplement
from denkidesk.enegaeru import strict_json as leaf
from denkidesk.enegaeru.encoding import to_json_bytes
from denkidesk.enegaeru.shapes import detail_of, guarded, year_month
from denkidesk.enegaeru.strict_json import BadJsonError, Item, Origin

_MOST_MONTHS: Final = 1_200
_USUAL_POWER_FACTOR: Final = 85
_LINES: Final = ("base", "usage", "fuel", "subsidy", "deduction", "levy")


def decode_supplement(data: bytes) -> Supplement:
    """A supplement; a name that none has is refused, since a slip in it would be a wrong yen."""
    return guarded(data, Origin.FILE, "supplement", lambda tree: _supplement(Item(tree), tree))


def decode_bill(data: bytes) -> BillOnPaper:
    """A paper bill with its plan and supplement."""
    return guarded(data, Origin.FILE, "bill_file", lambda tree: _bill(Item(tree)))


def decode_plan_supplement(data: bytes) -> PlanSupplement:
    """A supplement with what it says of itself, as :func:`encode_plan_supplement` writes it."""
    return guarded(data, Origin.FILE, "supplement", lambda tree: _plan_supplement(tree)[1])


def decode_plan_supplements(data: bytes) -> tuple[tuple[str, PlanSupplement], ...]:
    """Names of plans, with their supplements."""
    return guarded(data, Origin.FILE, "supplement", lambda tree: tuple(map(_plan_supplement, leaf.rows(tree, "", _MOST_MONTHS))))


def encode_plan_supplement(supplement: PlanSupplement, plan_name: str) -> bytes:
    """The supplement as a file that ``bill --paper`` takes too."""
    terms = supplement.terms
    tree: dict[str, object] = {
        "company": supplement.company,
        "name": plan_name,
        "contract_class": supplement.contract_class,
        "source": supplement.source,
        "included_kwh": terms.included_kwh,
        "half_base_at_zero": terms.half_base_at_zero,
        "deduct_yen": terms.deduct_yen,
        "fuel": [{"bill_month": one.bill_month, "per_kwh": one.per_kwh, "fixed": one.fixed, "subsidy": one.subsidy} for one in terms.fuel],
    }
    if terms.power_factor is not None:
        tree["power_factor"] = terms.power_factor
    return to_json_bytes(tree)


def _plan_supplement(tree: object) -> tuple[str, PlanSupplement]:
    item = Item(tree)
    return leaf.text(*item["name"]), PlanSupplement(
        company=leaf.text(*item["company"]),
        contract_class=leaf.text(*item["contract_class"]),
        terms=_supplement(item, tree),
        source=leaf.required_text(*item["source"]),
    )


_NAMES: Final = frozenset(
    (
        *("fuel", "levy", "included_kwh", "half_base_at_zero", "deduct_yen", "power_factor", "contract_from", "contract_to", "demand_kw"),
        *("source", "note", "name", "epplan_id", "base_cd", "company", "contract_class"),  # what a kept one says of itself
    )
)


def _supplement(item: Item, tree: object) -> Supplement:
    if isinstance(tree, dict) and (unknown := sorted(tree.keys() - _NAMES)):
        raise BadJsonError(ExchangeCode.SCHEMA, unknown[0][:40])
    half, where = item["half_base_at_zero"]
    if half is not None and not isinstance(half, bool):
        raise BadJsonError(ExchangeCode.SCHEMA, where)
    has_factor = isinstance(tree, dict) and "power_factor" in tree
    return Supplement(
        fuel=tuple(_fuel(month) for month in leaf.items(*item["fuel"], _MOST_MONTHS)),
        levy=None
        if item.lacks("levy")
        else tuple((year_month(month, "bill_month"), leaf.number(*month["per_kwh"])) for month in leaf.items(*item["levy"], _MOST_MONTHS)),
        included_kwh=leaf.number_or_zero(*item["included_kwh"]),
        half_base_at_zero=bool(half),
        deduct_yen=leaf.number_or_zero(*item["deduct_yen"]),
        # rule 21: 85 where unknown
        power_factor=leaf.integer(*item["power_factor"], 0, 100, missing=_USUAL_POWER_FACTOR) if has_factor else None,
        contract_from=_optional_day(item, "contract_from"),
        contract_to=_optional_day(item, "contract_to"),
        demand_kw=None if item.lacks("demand_kw") else _by_name(item, "demand_kw", _month),
    )


def _fuel(item: Item) -> FuelMonth:
    return FuelMonth(
        year_month(item, "bill_month"),
        per_kwh=leaf.number(*item["per_kwh"]),
        fixed=leaf.number_or_zero(*item["fixed"], at_least_zero=False),
        subsidy=leaf.number_or_zero(*item["subsidy"], at_least_zero=False),
    )


def _month(name: str, where: str) -> str:
    return year_month(Item({where: name}), where)


def _by_name(item: Item, name: str, key: Callable[[str, str], str]) -> tuple[tuple[str, Decimal], ...]:
    """An object of numbers, with its names as ``key`` makes them."""
    tree, where = item[name]
    if not isinstance(tree, dict) or len(tree) > _MOST_MONTHS:
        raise BadJsonError(ExchangeCode.SCHEMA, where)
    return tuple((key(each, where), leaf.number_or_zero(*Item(tree, where)[each])) for each in tree)


def _optional_day(item: Item, name: str) -> date | None:
    return None if item.lacks(name) else _day(*item[name])


def _day(value: object, where: str) -> date:
    try:
        return date.fromisoformat(leaf.required_text(value, where))
    except ValueError:
        raise BadJsonError(ExchangeCode.SCHEMA, where) from None


def _bill(item: Item) -> BillOnPaper:
    plan, supplement = item["plan"][0], item["supplement"][0]
    days = leaf.rows(*item["period"], 2)
    if len(days) != 2:
        raise BadJsonError(ExchangeCode.SCHEMA, "period")
    period = Period(_day(days[0], "period[0]"), _day(days[1], "period[1]"))
    if period.last < period.first:
        raise BadJsonError(ExchangeCode.SCHEMA, "period")
    lines = Item({} if item.lacks("lines") else item["lines"][0], "lines")
    return BillOnPaper(
        detail=detail_of(Item(plan, "plan"), ""),
        capacity=leaf.optional_number(*item["capacity"]),
        supplement=_supplement(Item(supplement, "supplement"), supplement),
        period=period,
        kwh=_kwh(item),
        yen=leaf.number(*item["yen"]),
        lines=tuple((name, leaf.number(*lines[name])) for name in _LINES if not lines.lacks(name)),
    )


def _kwh(item: Item) -> Decimal | tuple[tuple[str, Decimal], ...] | None:
    value, where = item["kwh"]
    if isinstance(value, dict):
        return _by_name(item, "kwh", lambda name, _where: name)
    return None if leaf.is_missing(value) else leaf.number_or_zero(value, where)
