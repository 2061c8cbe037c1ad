"""Every answer of the quoting API as domain values, strictly: one code has one form, a price is the Decimal that was written.

msgspec checks which items an answer has; the leaves go through ``strict_json``, because the API writes one field in several shapes
(4 and "4", 1 and "01", numbers as strings). A fault of a server's answer is Unreachable (``not_json``, ``schema``, ``too_large``), of a
file that the clerk gave InputRefused; no other exception leaves this module.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final, TypeVar

import msgspec

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
from denkidesk.enegaeru.encoding import bill_json as bill_json
from denkidesk.enegaeru.encoding import encode_area_prices as encode_area_prices
from denkidesk.enegaeru.encoding import encode_plan_detail as encode_plan_detail
from denkidesk.enegaeru.encoding import purchase_json as purchase_json
from denkidesk.enegaeru.encoding import to_json_bytes as to_json_bytes
from denkidesk.enegaeru.items import (
    SPELLED,
    AreaPriceItem,
    BaseItem,
    ChargeItem,
    CompanyItem,
    ConditionItem,
    DetailItem,
    FuelItem,
    LoginItem,
    PartsItem,
    PlanItem,
    SubsidyItem,
)
from denkidesk.enegaeru.strict_json import BadJsonError
from denkidesk.enegaeru.strict_json import Origin as Origin

_MAX_ROWS: Final = 20_000
_MAX_PARTS: Final = 2_000
_PATH: Final = re.compile(r" - at `\$\.?([^`]*)`")
_MISSING: Final = re.compile(r"required field `([^`]+)`")
_T = TypeVar("_T")


def decode_companies(data: bytes, *, origin: Origin = Origin.SERVER) -> tuple[Company, ...]:
    """The retailers in an answer of ``GET epcorps``."""
    return _guarded(data, origin, "companies", lambda tree: tuple(_company(item) for item in _convert(tree, list[CompanyItem])))


def decode_plans(data: bytes, *, origin: Origin = Origin.SERVER) -> tuple[Plan, ...]:
    """The plans in an answer of ``GET epplans``."""
    return _guarded(data, origin, "plans", lambda tree: tuple(_plan(item) for item in _convert(tree, list[PlanItem])))


def decode_plan_detail(data: bytes, *, origin: Origin = Origin.SERVER, base_cd: str = "") -> PlanDetail:
    """GET epplans/{epplan_id}/{base_cd}/{capacity}; ``base_cd``: the one that was asked for, used where the answer does not repeat it."""
    return _guarded(data, origin, "plan", lambda tree: _detail(_convert(tree, DetailItem), base_cd))


def decode_area_prices(data: bytes, *, origin: Origin = Origin.SERVER) -> tuple[AreaPriceMonth, ...]:
    """GET areaprices: months in ascending order, each once an area."""
    return _guarded(data, origin, "area_prices", lambda tree: _area_prices(_convert(tree, list[AreaPriceItem])))


def decode_subsidies(data: bytes, *, origin: Origin = Origin.SERVER) -> tuple[Subsidy, ...]:
    """The subsidies in an answer of ``GET subsidy``."""
    return _guarded(data, origin, "subsidies", lambda tree: tuple(_subsidy(item) for item in _convert(tree, list[SubsidyItem])))


def decode_charge(data: bytes, *, origin: Origin = Origin.SERVER) -> ServerBill:
    """POST epchargecalc, with or without its detail. The server names no kWh: ``MonthBill.kwh`` is 0 throughout."""
    return _guarded(data, origin, "charge", lambda tree: _charge(_convert(tree, ChargeItem)))


def decode_login(data: bytes) -> str:
    """POST login: the token (uid) alone; who the user is (userinfo) is none of the desk's business."""
    return _guarded(data, Origin.SERVER, "login", lambda tree: leaf.required_text(_convert(tree, LoginItem).uid, "uid"))


def _guarded(data: bytes, origin: Origin, what: str, build: Callable[[object], _T]) -> _T:
    limit = leaf.MAX_FILE_BYTES if origin is Origin.FILE else leaf.MAX_BYTES
    try:
        return build(leaf.parse(data, limit))
    except BadJsonError as error:
        raise leaf.as_desk_error(error, origin, what) from None


def _convert(tree: object, shape: type[_T], inside: str = "") -> _T:
    if isinstance(tree, list) and len(tree) > _MAX_ROWS:
        raise BadJsonError(ExchangeCode.SCHEMA, "length")
    try:
        return msgspec.convert(tree, shape)
    except (msgspec.ValidationError, RecursionError) as error:
        raise BadJsonError(ExchangeCode.SCHEMA, _place(str(error), inside)) from None


def _place(complaint: str, inside: str) -> str:
    """Where a document breaks its shape, as a path of the API's own names ("detail.yearCharge"), out of msgspec's sentence."""
    path, missing = _PATH.search(complaint), _MISSING.search(complaint)
    parts = [inside + (path[1] if path else ""), missing[1] if missing else ""]
    return ".".join(part for part in parts if part)[:120] or "$"


def _company(item: CompanyItem) -> Company:
    code = leaf.code_without_zeros(item.epcorp_cd, "epcorp_cd")
    return Company(
        epcorp_cd=code,
        name=leaf.required_text(item.epcorp_name, "epcorpName"),
        area_code=leaf.area_code(item.area_cd, f"epcorp {code}: area_cd"),
        former_monopoly=not leaf.is_missing(item.eptype) and leaf.integer(item.eptype, "eptype", 0, 9) == 1,
        fit_prices=tuple(leaf.optional_number(value, "fitprices") for value in leaf.rows(item.fitprices, "fitprices", 100)),
        commission=leaf.optional_number(item.commission, "commission"),
        occto_epcorp_cd=leaf.text(item.occtoepcorp_cd, "occtoepcorp_cd"),
        meti_epcorp_cd=leaf.text(item.metiepcorp_cd, "metiepcorp_cd"),
        occto_cd=leaf.text(item.occto_cd, "occto_cd"),
    )


def _plan(item: PlanItem) -> Plan:
    plan_id = leaf.required_text(item.epplan_id, "epplan_id")
    bases = _convert(leaf.rows(item.bases, "bases", _MAX_PARTS), list[BaseItem], "bases")
    return Plan(
        epplan_id=plan_id,
        epcorp_cd=leaf.code_without_zeros(item.epcorp_cd, "epcorp_cd"),
        name=leaf.required_text(item.epplan_name, "epplanName"),
        contract_type=leaf.integer(item.contract_type, "contractType", 1, 99),
        plan_type=_plan_type(item.epplan_type),
        capacity_unit=leaf.text(item.plan_suffix, "planSuffix"),
        valid_from=leaf.open_date(item.period_from, "periodFrom"),
        valid_to=leaf.open_date(item.period_to, "periodTo"),
        discount_rate=_discount(item.discount_rate),
        holidays=_holiday_flags(item.holidayflg, needed=False),
        bases=tuple(_base(base) for base in bases),
    )


def _base(item: BaseItem) -> BaseOption:
    return BaseOption(
        base_cd=leaf.required_text(item.base_cd, "base_cd"),
        name=leaf.text(item.base_name, "baseName"),
        base_type=leaf.integer(item.base_type, "baseType", 0, 99),
        ampere=leaf.optional_number(item.ampere, "ampere"),
        capacity_from=leaf.number_or_zero(item.capacity_from, "capacityFrom"),
        capacity_to=leaf.number_or_zero(item.capacity_to, "capacityTo"),
    )


def _detail(item: DetailItem, base_cd: str) -> PlanDetail:
    plan_type = _plan_type(item.epplan_type)
    condition_items = _convert(leaf.rows(item.conditions, "conditions", _MAX_PARTS), list[ConditionItem], "conditions")
    fuels = _convert(leaf.rows(item.fuels, "fuels", _MAX_PARTS), list[FuelItem], "fuels")
    if plan_type is not PlanType.MARKET_LINKED:
        # The document lets items be absent for market-linked plans alone. Elsewhere an absent price is a fault, not a zero.
        for name in ("conditions", "fuels", "renewable", "base_type", "base_unit"):
            if leaf.is_missing(getattr(item, name)):
                raise BadJsonError(ExchangeCode.SCHEMA, SPELLED.get(name, name))
    conditions = tuple(_condition(condition, index) for index, condition in enumerate(condition_items))
    holidays_matter = any(condition.day_class is not DayClass.ANY for condition in conditions)
    return PlanDetail(
        epplan_id=leaf.required_text(item.epplan_id, "epplan_id"),
        base_cd=leaf.text(item.base_cd, "base_cd") or base_cd,
        epcorp_cd="" if leaf.is_missing(item.epcorp_cd) else leaf.code_without_zeros(item.epcorp_cd, "epcorp_cd"),
        name=leaf.text(item.epplan_name, "epplanName"),
        base_name=leaf.text(item.base_name, "baseName"),
        contract_type=0 if leaf.is_missing(item.contract_type) else leaf.integer(item.contract_type, "contractType", 0, 99),
        plan_type=plan_type,
        capacity_unit=leaf.text(item.plan_suffix, "planSuffix"),
        discount_rate=_discount(item.discount_rate),
        holidays=_holiday_flags(item.holidayflg, needed=holidays_matter),
        base_type=None if leaf.is_missing(item.base_type) else leaf.integer(item.base_type, "baseType", 0, 99),
        base_unit=leaf.optional_number(item.base_unit, "baseUnit"),
        base_fix_unit=leaf.optional_number(item.base_fix_unit, "baseFixUnit"),
        ampere=leaf.optional_number(item.ampere, "ampere"),
        capacity_from=leaf.number_or_zero(item.capacity_from, "capacityFrom"),
        capacity_to=leaf.number_or_zero(item.capacity_to, "capacityTo"),
        capacity=leaf.optional_number(item.capacity, "capacity"),
        conditions=conditions,
        fuels=tuple(_fuel(fuel, index) for index, fuel in enumerate(fuels)),
        levy_yen_per_kwh=leaf.optional_number(item.renewable, "renewable"),
        valid_from=leaf.open_date(item.period_from, "periodFrom"),
        valid_to=leaf.open_date(item.period_to, "periodTo"),
        source=leaf.text(item.source, "source"),
    )


def _condition(item: ConditionItem, index: int) -> Condition:
    where = f"conditions[{index}]."
    return Condition(
        calc_order=index + 1 if leaf.is_missing(item.calc_order) else leaf.integer(item.calc_order, where + "calcOrder", 0, 100_000),
        name=leaf.text(item.cond_name, where + "condName"),
        group=0 if leaf.is_missing(item.group) else leaf.integer(item.group, where + "group", 0, 100_000),
        volume_cap=leaf.number_or_zero(item.volume_cap, where + "volumeCap"),
        volume_from=leaf.number_or_zero(item.volume_from, where + "volumeFrom"),
        volume_to=leaf.number_or_zero(item.volume_to, where + "volumeTo"),
        month_from=leaf.integer(item.month_from, where + "monthFrom", 1, 12),
        month_to=leaf.integer(item.month_to, where + "monthTo", 1, 12),
        day_class=DayClass(0 if leaf.is_missing(item.holiday_data) else leaf.integer(item.holiday_data, where + "holidayData", 0, 2)),
        time_from=leaf.integer(item.time_from, where + "timeFrom", 0, 24),
        time_to=leaf.integer(item.time_to, where + "timeTo", 0, 24),
        unit_yen=leaf.number(item.volume_unit, where + "volumeUnit"),
    )


def _fuel(item: FuelItem, index: int) -> Fuel:
    where = f"fuels[{index}]."
    return Fuel(
        calc_order=index + 1 if leaf.is_missing(item.calc_order) else leaf.integer(item.calc_order, where + "calcOrder", 0, 100_000),
        calc_type=leaf.integer(item.calc_type, where + "calcType", 0, 1),
        volume_from=leaf.number_or_zero(item.volume_from, where + "volumeFrom"),
        volume_to=leaf.number_or_zero(item.volume_to, where + "volumeTo"),
        unit_yen=leaf.number(item.volume_unit, where + "volumeUnit"),
    )


def _area_prices(items: list[AreaPriceItem]) -> tuple[AreaPriceMonth, ...]:
    months: dict[tuple[str, str], AreaPriceMonth] = {}
    for item in items:
        area = leaf.area_code(item.area_cd, "area_cd")
        month = _year_month(item.yearmonth, "yearmonth")
        if len(item.prices) != 24 or (area, month) in months:
            raise BadJsonError(ExchangeCode.SCHEMA, f"{month}: prices")
        prices = tuple(leaf.number(price, f"{month}: prices") for price in item.prices)
        months[area, month] = AreaPriceMonth(area, month, prices)
    return tuple(months[key] for key in sorted(months))


def _subsidy(item: SubsidyItem) -> Subsidy:
    return Subsidy(
        id=leaf.required_text(item.id, "id"),
        title=leaf.text(item.title, "title"),
        area=leaf.text(item.area, "area"),
        prefecture=leaf.text(item.prefecture, "prefecture"),
        city=leaf.text(item.city, "city"),
        subsidy_class=leaf.text(item.class_, "class"),
        facilities=tuple(leaf.text(value, "facility") for value in leaf.rows(item.facility, "facility", 500)),
        overview=leaf.text(item.overview, "overview", max_chars=100_000),
        price=leaf.text(item.price, "price"),
        phone=leaf.text(item.phone, "phone"),
        url=leaf.text(item.url, "url"),
        rep=leaf.text(item.rep, "rep"),
        modified=leaf.text(item.modified, "modified"),
    )


def _charge(item: ChargeItem) -> ServerBill:
    if len(item.monthly_charges) != 12:
        raise BadJsonError(ExchangeCode.SCHEMA, "monthlyCharges")
    detail = item.detail
    return ServerBill(
        company_name=leaf.text(item.epcorp_name, "epcorpName"),
        plan_name=leaf.text(item.epplan_name, "epplanName"),
        base_name=leaf.text(item.base_name, "baseName"),
        year_charge=leaf.number(item.year_charge, "yearCharge"),
        monthly_charges=tuple(leaf.number_or_zero(value, "monthlyCharges", at_least_zero=False) for value in item.monthly_charges),
        year=None if detail is None else _parts(detail.year_charge, "detail.year_charge"),
        months=() if detail is None else tuple(_month(row) for row in detail.monthly_charges),
    )


def _month(item: PartsItem) -> MonthBill:
    month = _year_month(item.month, "detail.month")
    return MonthBill(month, Decimal(0), _parts(item, month))


def _parts(item: PartsItem, where: str) -> BillParts:
    def part(name: str) -> Decimal:
        return leaf.number_or_zero(getattr(item, name), f"{where}.{name}", at_least_zero=False)

    return BillParts(part("charge"), part("base"), part("usage"), part("adjust"), part("levy"))


def _year_month(value: object, where: str) -> str:
    """2026-01, 2026/1 and 202601 in the one form "2026-01"."""
    raw = leaf.required_text(value, where).replace("/", "-")
    year, _, month = raw.partition("-") if "-" in raw else (raw[:4], "", raw[4:])
    if not (raw.isascii() and len(year) == 4 and year.isdigit() and month.isdigit() and len(month) <= 2 and 1 <= int(month) <= 12):
        raise BadJsonError(ExchangeCode.SCHEMA, where)
    return f"{year}-{int(month):02}"


def _plan_type(value: object) -> PlanType:
    return PlanType(leaf.integer(value, "epplanType", 1, 3))


def _discount(value: object) -> Decimal:
    result = leaf.number_or_zero(value, "discountRate", at_least_zero=False)
    if abs(result) > 100:
        raise BadJsonError(ExchangeCode.SCHEMA, "discountRate")
    return result


def _holiday_flags(value: object, *, needed: bool) -> HolidayFlags:
    """ "xyz" by position: Saturday, Sunday, public holiday. A number has lost its leading zeros: 11 is "011"."""
    if leaf.is_missing(value) and not needed:
        return HolidayFlags(saturday=False, sunday=False, public_holiday=False)
    flags = leaf.required_text(value, "holidayflg").zfill(3)
    if len(flags) != 3 or set(flags) - {"0", "1"}:
        raise BadJsonError(ExchangeCode.SCHEMA, "holidayflg")
    return HolidayFlags(*(flag == "1" for flag in flags))
