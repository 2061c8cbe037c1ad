"""Every answer of the quoting API as domain values, strictly: one code has one form, a price is the Decimal that was written.

Each item goes through ``strict_json``, because the API writes one field in several shapes (4 and "4", 1 and "01", numbers as strings).
A fault of a server's answer is Unreachable (``not_json``, ``schema``, ``too_large``), of a file that the clerk gave InputRefused; no
other exception leaves this module.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Final, TypeVar

from denkidesk.domain.bills import BillParts, MonthBill, ServerBill
from denkidesk.domain.error_codes import ExchangeCode
from denkidesk.domain.plans import (
    AreaPriceMonth,
    BaseOption,
    Company,
    Condition,
    DayClass,
    Fuel,
    HolidayFlags,
    Plan,
    PlanDetail,
    PlanType,
    Subsidy,
)
from denkidesk.enegaeru import strict_json as leaf
from denkidesk.enegaeru.strict_json import BadJsonError, Item
from denkidesk.enegaeru.strict_json import Origin as Origin

_MAX_ROWS: Final = 20_000
_MAX_PARTS: Final = 2_000
_T = TypeVar("_T")


def decode_companies(data: bytes, *, origin: Origin = Origin.SERVER) -> tuple[Company, ...]:
    """The retailers in an answer of ``GET epcorps``."""
    return guarded(data, origin, "companies", lambda tree: tuple(_company(item) for item in _items(tree)))


def decode_plans(data: bytes, *, origin: Origin = Origin.SERVER) -> tuple[Plan, ...]:
    """The plans in an answer of ``GET epplans``."""
    return guarded(data, origin, "plans", lambda tree: tuple(_plan(item) for item in _items(tree)))


def decode_plan_detail(data: bytes, *, origin: Origin = Origin.SERVER, base_cd: str = "") -> PlanDetail:
    """GET epplans/{epplan_id}/{base_cd}/{capacity}; ``base_cd``: the one that was asked for, used where the answer does not repeat it."""
    return guarded(data, origin, "plan", lambda tree: detail_of(Item(tree), base_cd))


def decode_area_prices(data: bytes, *, origin: Origin = Origin.SERVER) -> tuple[AreaPriceMonth, ...]:
    """GET areaprices: months in ascending order, each once an area."""
    return guarded(data, origin, "area_prices", lambda tree: _area_prices(_items(tree)))


def decode_subsidies(data: bytes, *, origin: Origin = Origin.SERVER) -> tuple[Subsidy, ...]:
    """The subsidies in an answer of ``GET subsidy``."""
    return guarded(data, origin, "subsidies", lambda tree: tuple(_subsidy(item) for item in _items(tree)))


def decode_charge(data: bytes, *, origin: Origin = Origin.SERVER) -> ServerBill:
    """POST epchargecalc, with or without its detail. The server names no kWh: ``MonthBill.kwh`` is 0 throughout."""
    return guarded(data, origin, "charge", lambda tree: _charge(Item(tree)))


def decode_login(data: bytes) -> str:
    """POST login: the token (uid) alone; who the user is (userinfo) is none of the desk's business."""
    return guarded(data, Origin.SERVER, "login", lambda tree: leaf.required_text(*Item(tree)["uid"]))


def guarded(data: bytes, origin: Origin, what: str, build: Callable[[object], _T]) -> _T:
    """What ``build`` makes of a document; a document of another shape is refused by its place."""
    limit = leaf.MAX_FILE_BYTES if origin is Origin.FILE else leaf.MAX_BYTES
    try:
        return build(leaf.parse(data, limit))
    except BadJsonError as error:
        raise leaf.as_desk_error(error, origin, what) from None


def _items(value: object, where: str = "", at_most: int = _MAX_ROWS) -> list[Item]:
    """The objects of a list that must be there."""
    if value is None:
        raise BadJsonError(ExchangeCode.SCHEMA, where or "$")
    return leaf.items(value, where, at_most)


def _company(item: Item) -> Company:
    return Company(
        epcorp_cd=leaf.code_without_zeros(*item["epcorp_cd"]),
        name=leaf.required_text(*item["epcorpName"]),
        area_code=leaf.area_code(*item["area_cd"]),
        former_monopoly=leaf.integer(*item["eptype"], 0, 9, missing=0) == 1,
        fit_prices=tuple(leaf.optional_number(value, "fitprices") for value in leaf.rows(*item["fitprices"], 100)),
        commission=leaf.optional_number(*item["commission"]),
        occto_epcorp_cd=leaf.text(*item["occtoepcorp_cd"]),
        meti_epcorp_cd=leaf.text(*item["metiepcorp_cd"]),
        occto_cd=leaf.text(*item["occto_cd"]),
    )


def _plan(item: Item) -> Plan:
    return Plan(
        epplan_id=leaf.required_text(*item["epplan_id"]),
        epcorp_cd=leaf.code_without_zeros(*item["epcorp_cd"]),
        name=leaf.required_text(*item["epplanName"]),
        contract_type=leaf.integer(*item["contractType"], 1, 99),
        plan_type=_plan_type(item),
        capacity_unit=leaf.text(*item["planSuffix"]),
        valid_from=leaf.open_date(*item["periodFrom"]),
        valid_to=leaf.open_date(*item["periodTo"]),
        discount_rate=_discount(item),
        holidays=_holiday_flags(item, needed=False),
        bases=tuple(_base(base) for base in leaf.items(*item["bases"], _MAX_PARTS)),
    )


def _base(item: Item) -> BaseOption:
    return BaseOption(
        base_cd=leaf.required_text(*item["base_cd"]),
        name=leaf.text(*item["baseName"]),
        base_type=leaf.integer(*item["baseType"], 0, 99),
        ampere=leaf.optional_number(*item["ampere"]),
        capacity_from=leaf.number_or_zero(*item["capacityFrom"]),
        capacity_to=leaf.number_or_zero(*item["capacityTo"]),
    )


def detail_of(item: Item, base_cd: str) -> PlanDetail:
    plan_type = _plan_type(item)
    if plan_type is not PlanType.MARKET_LINKED:
        # The document lets items be absent for market-linked plans alone. Elsewhere an absent price is a fault, not a zero.
        for name in ("conditions", "fuels", "renewable", "baseType", "baseUnit"):
            if item.lacks(name):
                raise BadJsonError(ExchangeCode.SCHEMA, name)
    conditions = tuple(_condition(part, place) for place, part in enumerate(leaf.items(*item["conditions"], _MAX_PARTS), 1))
    holidays_matter = any(condition.day_class is not DayClass.ANY for condition in conditions)
    return PlanDetail(
        epplan_id=leaf.required_text(*item["epplan_id"]),
        base_cd=leaf.text(*item["base_cd"]) or base_cd,
        epcorp_cd="" if item.lacks("epcorp_cd") else leaf.code_without_zeros(*item["epcorp_cd"]),
        name=leaf.text(*item["epplanName"]),
        base_name=leaf.text(*item["baseName"]),
        contract_type=leaf.integer(*item["contractType"], 0, 99, missing=0),
        plan_type=plan_type,
        capacity_unit=leaf.text(*item["planSuffix"]),
        discount_rate=_discount(item),
        holidays=_holiday_flags(item, needed=holidays_matter),
        base_type=None if item.lacks("baseType") else leaf.integer(*item["baseType"], 0, 99),
        base_unit=leaf.optional_number(*item["baseUnit"]),
        base_fix_unit=leaf.optional_number(*item["baseFixUnit"]),
        ampere=leaf.optional_number(*item["ampere"]),
        capacity_from=leaf.number_or_zero(*item["capacityFrom"]),
        capacity_to=leaf.number_or_zero(*item["capacityTo"]),
        capacity=leaf.optional_number(*item["capacity"]),
        conditions=conditions,
        fuels=tuple(_fuel(part, place) for place, part in enumerate(leaf.items(*item["fuels"], _MAX_PARTS), 1)),
        levy_yen_per_kwh=leaf.optional_number(*item["renewable"]),
        valid_from=leaf.open_date(*item["periodFrom"]),
        valid_to=leaf.open_date(*item["periodTo"]),
        source=leaf.text(*item["source"]),
    )


def _condition(item: Item, place: int) -> Condition:
    return Condition(
        calc_order=leaf.integer(*item["calcOrder"], 0, 100_000, missing=place),
        name=leaf.text(*item["condName"]),
        group=leaf.integer(*item["group"], 0, 100_000, missing=0),
        volume_cap=leaf.number_or_zero(*item["volumeCap"]),
        volume_from=leaf.number_or_zero(*item["volumeFrom"]),
        volume_to=leaf.number_or_zero(*item["volumeTo"]),
        month_from=leaf.integer(*item["monthFrom"], 1, 12),
        month_to=leaf.integer(*item["monthTo"], 1, 12),
        day_class=DayClass(leaf.integer(*item["holidayData"], 0, 2, missing=0)),
        time_from=leaf.integer(*item["timeFrom"], 0, 24),
        time_to=leaf.integer(*item["timeTo"], 0, 24),
        unit_yen=leaf.number(*item["volumeUnit"]),
    )


def _fuel(item: Item, place: int) -> Fuel:
    return Fuel(
        calc_order=leaf.integer(*item["calcOrder"], 0, 100_000, missing=place),
        calc_type=leaf.integer(*item["calcType"], 0, 1),
        volume_from=leaf.number_or_zero(*item["volumeFrom"]),
        volume_to=leaf.number_or_zero(*item["volumeTo"]),
        unit_yen=leaf.number_or_zero(*item.present("volumeUnit"), at_least_zero=False),
        is_known=not item.lacks("volumeUnit"),
    )


def _area_prices(items: list[Item]) -> tuple[AreaPriceMonth, ...]:
    months: dict[tuple[str, str], AreaPriceMonth] = {}
    for item in items:
        area = leaf.area_code(*item["area_cd"])
        month = year_month(item, "yearmonth")
        prices = tuple(leaf.number(price, f"{month}: prices") for price in leaf.rows(*item["prices"], 24))
        if len(prices) != 24 or (area, month) in months:
            raise BadJsonError(ExchangeCode.SCHEMA, f"{month}: prices")
        months[area, month] = AreaPriceMonth(area, month, prices)
    return tuple(months[key] for key in sorted(months))


def _subsidy(item: Item) -> Subsidy:
    plain = ("title", "area", "prefecture", "city", "price", "phone", "url", "rep", "modified")
    return Subsidy(
        id=leaf.required_text(*item["id"]),
        subsidy_class=leaf.text(*item["class"]),
        facilities=tuple(leaf.text(value, "facility") for value in leaf.rows(*item["facility"], 500)),
        overview=leaf.text(*item["overview"], max_chars=100_000),
        **{name: leaf.text(*item[name]) for name in plain},
    )


def _charge(item: Item) -> ServerBill:
    monthly = leaf.rows(*item["monthlyCharges"], 12)
    if len(monthly) != 12:
        raise BadJsonError(ExchangeCode.SCHEMA, "monthlyCharges")
    detail = None if item["detail"][0] is None else Item(*item["detail"])
    return ServerBill(
        company_name=leaf.text(*item["epcorpName"]),
        plan_name=leaf.text(*item["epplanName"]),
        base_name=leaf.text(*item["baseName"]),
        year_charge=leaf.number(*item["yearCharge"]),
        monthly_charges=tuple(leaf.number_or_zero(value, "monthlyCharges", at_least_zero=False) for value in monthly),
        year=None if detail is None else _parts(Item(*detail["yearCharge"])),
        months=() if detail is None else tuple(_month(row) for row in _items(*detail["monthlyCharges"], 13)),
    )


def _month(item: Item) -> MonthBill:
    return MonthBill(year_month(item, "month"), Decimal(0), _parts(item))


def _parts(item: Item) -> BillParts:
    names = ("charge", "base", "usage", "adjust", "levy")
    return BillParts(*(leaf.number_or_zero(*item.present(name), at_least_zero=False) for name in names))


def year_month(item: Item, name: str) -> str:
    """2026-01, 2026/1 and 202601 in the one form "2026-01"."""
    value, where = item[name]
    raw = leaf.required_text(value, where).replace("/", "-")
    year, _, month = raw.partition("-") if "-" in raw else (raw[:4], "", raw[4:])
    if not (raw.isascii() and len(year) == 4 and year.isdigit() and month.isdigit() and len(month) <= 2 and 1 <= int(month) <= 12):
        raise BadJsonError(ExchangeCode.SCHEMA, where)
    return f"{year}-{int(month):02}"


def _plan_type(item: Item) -> PlanType:
    return PlanType(leaf.integer(*item["epplanType"], 1, 3))


def _discount(item: Item) -> Decimal:
    result = leaf.number_or_zero(*item["discountRate"], at_least_zero=False)
    if abs(result) > 100:
        raise BadJsonError(ExchangeCode.SCHEMA, "discountRate")
    return result


def _holiday_flags(item: Item, *, needed: bool) -> HolidayFlags:
    """ "xyz" by position: Saturday, Sunday, public holiday. A number has lost its leading zeros: 11 is "011"."""
    if item.lacks("holidayflg") and not needed:
        return HolidayFlags(saturday=False, sunday=False, public_holiday=False)
    flags = leaf.required_text(*item["holidayflg"]).zfill(3)
    if len(flags) != 3 or set(flags) - {"0", "1"}:
        raise BadJsonError(ExchangeCode.SCHEMA, "holidayflg")
    return HolidayFlags(*(flag == "1" for flag in flags))
