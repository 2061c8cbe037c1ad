"""Domain values in the quoting API's own shapes: what is sent to it, stored of it, and printed on the command line."""

from decimal import Decimal

import msgspec

from denkidesk.domain.bills import Bill, BillParts
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import UsageCode
from denkidesk.domain.paper_bills import BillMatch, PaperBill
from denkidesk.domain.plans import AreaPriceMonth, Condition, Fuel, HolidayFlags, PlanDetail
from denkidesk.domain.usage import Usage


def to_json_bytes(tree: object) -> bytes:
    """UTF-8 JSON; Decimals become numbers exactly as they are written."""
    return msgspec.json.Encoder(decimal_format="number").encode(tree)


def encode_plan_detail(detail: PlanDetail) -> bytes:
    """The shape of the plan-detail answer; ``shapes.decode_plan_detail`` gives the same value back."""
    tree: dict[str, object] = {
        "epplan_id": detail.epplan_id,
        "base_cd": detail.base_cd,
        "epcorp_cd": int(detail.epcorp_cd) if detail.epcorp_cd.isdigit() else detail.epcorp_cd,
        "contractType": detail.contract_type,
        "epplanType": int(detail.plan_type),
        "epplanName": detail.name,
        "planSuffix": detail.capacity_unit,
        "periodFrom": detail.valid_from.isoformat() if detail.valid_from else None,
        "periodTo": detail.valid_to.isoformat() if detail.valid_to else "2999-12-31",
        "discountRate": detail.discount_rate,
        "holidayflg": _flags(detail.holidays),
        "baseName": detail.base_name,
        "baseType": detail.base_type,
        "baseUnit": detail.base_unit,
        "baseFixUnit": detail.base_fix_unit,
        "ampere": detail.ampere,
        "capacityFrom": detail.capacity_from,
        "capacityTo": detail.capacity_to,
        "capacity": detail.capacity,
        "conditions": [_condition(condition) for condition in detail.conditions],
        "fuels": [_fuel(fuel) for fuel in detail.fuels],
        "renewable": detail.levy_yen_per_kwh,
        "source": detail.source,
    }
    return to_json_bytes({name: value for name, value in tree.items() if value is not None})


def _flags(flags: HolidayFlags) -> str:
    return "".join(str(int(flag)) for flag in (flags.saturday, flags.sunday, flags.public_holiday))


def _condition(condition: Condition) -> dict[str, object]:
    return {
        "calcOrder": condition.calc_order,
        "condName": condition.name,
        "group": condition.group,
        "volumeCap": condition.volume_cap,
        "volumeFrom": condition.volume_from,
        "volumeTo": condition.volume_to,
        "monthFrom": condition.month_from,
        "monthTo": condition.month_to,
        "holidayData": int(condition.day_class),
        "timeFrom": condition.time_from,
        "timeTo": condition.time_to,
        "volumeUnit": condition.unit_yen,
    }


def _fuel(fuel: Fuel) -> dict[str, object]:
    return {
        "calcOrder": fuel.calc_order,
        "calcType": fuel.calc_type,
        "volumeFrom": fuel.volume_from,
        "volumeTo": fuel.volume_to,
        "volumeUnit": fuel.unit_yen,
    }


def encode_area_prices(months: tuple[AreaPriceMonth, ...]) -> bytes:
    """The shape of the areaprices answer."""
    return to_json_bytes(
        [{"area_cd": month.area_code, "yearmonth": month.year_month, "prices": list(month.prices_yen)} for month in months],
    )


def purchase_json(usage: Usage) -> list[dict[str, object]]:
    """The ``purchase`` array; refuses usage with gaps, since the API knows no gap and 0 kWh would be a lie.

    A first or last day that is not whole has 0 for the hours before and after the data: the API takes whole days only.
    """
    if gaps := usage.gaps:
        raise InputRefused.of("usage", UsageCode.GAPS, hours=str(len(gaps)), first=gaps[0][0].isoformat())
    return [{"date": day.day.isoformat(), "hourlyPowers": [kwh or 0.0 for kwh in day.hourly_kwh]} for day in usage.days]


def bill_json(bill: Bill, company_name: str, plan_name: str, base_name: str) -> dict[str, object]:
    """The shape of ``epchargecalc`` with ``detail``; amounts are Decimals, which :func:`to_json_bytes` writes as numbers."""
    return {
        "epcorpName": company_name,
        "epplanName": plan_name,
        "baseName": base_name,
        "yearCharge": bill.year.charge,
        "monthlyCharges": [month.parts.charge for month in bill.months],
        "detail": {
            "discountRate": bill.discount_rate,
            "yearCharge": _parts(bill.year),
            "monthlyCharges": [{"month": month.month, **_parts(month.parts)} for month in bill.months],
        },
    }


def paper_bill_json(bill: PaperBill, detail: PlanDetail) -> dict[str, object]:
    """The same shape for the bills of reading periods: one row a period, in the order of time."""
    charges = [one.parts.charge for one in bill.periods]
    rows: list[dict[str, object]] = []
    for one in bill.periods:
        named: dict[str, object] = {"month": one.month, "from": one.first, "to": one.last, "days": one.days, "kwh": one.kwh}
        rows.append({**named, **_parts(one.parts)})
    columns = zip(*((one.parts.base, one.parts.usage, one.parts.adjust, one.parts.levy) for one in bill.periods), strict=True)
    year = BillParts(sum(charges, Decimal(0)), *(sum(column, Decimal(0)) for column in columns))
    return {
        "epcorpName": "",
        "epplanName": detail.name,
        "baseName": detail.base_name,
        "yearCharge": year.charge,
        "monthlyCharges": charges,
        "detail": {"discountRate": detail.discount_rate, "yearCharge": _parts(year), "monthlyCharges": rows},
    }


def match_json(match: BillMatch) -> dict[str, object]:
    """The answer of a bill match."""
    ours = match.ours
    return {
        "ours": {"month": ours.month, "kwh": ours.kwh, **_parts(ours.parts)},
        "rest_yen": match.rest_yen,
        "reason": match.reason,
        "reasons": list(match.reasons),
    }


def _parts(parts: BillParts) -> dict[str, object]:
    return {"charge": parts.charge, "base": parts.base, "usage": parts.usage, "adjust": parts.adjust, "levy": parts.levy}
