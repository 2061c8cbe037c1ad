"""Domain values in the quoting API's own shapes: what is sent to it, and printed on the command line."""

from decimal import Decimal

import msgspec

from denkidesk.domain.bills import Bill, BillParts
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import UsageCode
from denkidesk.domain.paper_bills import BillMatch, PaperBill
from denkidesk.domain.plans import PlanDetail
from denkidesk.domain.usage import Usage


def to_json_bytes(tree: object) -> bytes:
    """UTF-8 JSON; Decimals become numbers exactly as they are written."""
    return msgspec.json.Encoder(decimal_format="number").encode(tree)


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
    rows = [
        {"month": one.month, "from": one.first, "to": one.last, "days": one.days, "kwh": one.kwh, **_parts(one.parts)}
        for one in bill.periods
    ]
    year = BillParts(*(sum(column, Decimal(0)) for column in zip(*(_parts(one.parts).values() for one in bill.periods), strict=True)))
    return {
        "epcorpName": "",
        "epplanName": detail.name,
        "baseName": detail.base_name,
        "yearCharge": year.charge,
        "monthlyCharges": [one.parts.charge for one in bill.periods],
        "detail": {"discountRate": detail.discount_rate, "yearCharge": _parts(year), "monthlyCharges": rows},
    }


def match_json(match: BillMatch) -> dict[str, object]:
    ours = match.ours
    return {
        "ours": {"month": ours.month, "kwh": ours.kwh, **_parts(ours.parts)},
        "rest_yen": match.rest_yen,
        "reason": match.reason,
        "reasons": list(match.reasons),
    }


def _parts(parts: BillParts) -> dict[str, Decimal]:
    return {"charge": parts.charge, "base": parts.base, "usage": parts.usage, "adjust": parts.adjust, "levy": parts.levy}
