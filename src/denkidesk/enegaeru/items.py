"""Which items each answer of the quoting API has; their values are left as they came, for ``shapes`` to normalise."""

from typing import Any, Final

import msgspec

SPELLED: Final = {
    "base_fix_unit": "baseFixUnit",
    "base_name": "baseName",
    "base_type": "baseType",
    "base_unit": "baseUnit",
    "calc_order": "calcOrder",
    "calc_type": "calcType",
    "capacity_from": "capacityFrom",
    "capacity_to": "capacityTo",
    "cond_name": "condName",
    "contract_type": "contractType",
    "discount_rate": "discountRate",
    "epcorp_name": "epcorpName",
    "epplan_name": "epplanName",
    "epplan_type": "epplanType",
    "holiday_data": "holidayData",
    "month_from": "monthFrom",
    "month_to": "monthTo",
    "monthly_charges": "monthlyCharges",
    "period_from": "periodFrom",
    "period_to": "periodTo",
    "plan_suffix": "planSuffix",
    "time_from": "timeFrom",
    "time_to": "timeTo",
    "volume_cap": "volumeCap",
    "volume_from": "volumeFrom",
    "volume_to": "volumeTo",
    "volume_unit": "volumeUnit",
    "year_charge": "yearCharge",
    "class_": "class",
}
"""How the API spells the items below, where it is not as we do."""


class CompanyItem(msgspec.Struct, rename=SPELLED):
    epcorp_cd: Any
    epcorp_name: Any
    area_cd: Any
    eptype: Any = 0
    fitprices: Any = None
    commission: Any = None
    occtoepcorp_cd: Any = None
    metiepcorp_cd: Any = None
    occto_cd: Any = None


class BaseItem(msgspec.Struct, rename=SPELLED):
    base_cd: Any
    base_type: Any
    base_name: Any = None
    ampere: Any = None
    capacity_from: Any = None
    capacity_to: Any = None


class PlanItem(msgspec.Struct, rename=SPELLED):
    epplan_id: Any
    epcorp_cd: Any
    contract_type: Any
    epplan_type: Any
    epplan_name: Any
    plan_suffix: Any = None
    period_from: Any = None
    period_to: Any = None
    discount_rate: Any = None
    holidayflg: Any = None
    bases: Any = None


class ConditionItem(msgspec.Struct, rename=SPELLED):
    month_from: Any
    month_to: Any
    time_from: Any
    time_to: Any
    volume_unit: Any
    calc_order: Any = None
    cond_name: Any = None
    group: Any = None
    volume_cap: Any = None
    volume_from: Any = None
    volume_to: Any = None
    holiday_data: Any = None


class FuelItem(msgspec.Struct, rename=SPELLED):
    calc_type: Any
    volume_unit: Any
    calc_order: Any = None
    volume_from: Any = None
    volume_to: Any = None


class DetailItem(msgspec.Struct, rename=SPELLED):
    epplan_id: Any
    epplan_type: Any
    base_cd: Any = None
    epcorp_cd: Any = None
    contract_type: Any = None
    epplan_name: Any = None
    plan_suffix: Any = None
    period_from: Any = None
    period_to: Any = None
    discount_rate: Any = None
    holidayflg: Any = None
    base_name: Any = None
    base_type: Any = None
    base_unit: Any = None
    base_fix_unit: Any = None
    ampere: Any = None
    capacity_from: Any = None
    capacity_to: Any = None
    capacity: Any = None
    conditions: Any = None
    fuels: Any = None
    renewable: Any = None
    source: Any = None  # the practice server's addition: where the figures were published


class AreaPriceItem(msgspec.Struct, rename=SPELLED):
    area_cd: Any
    yearmonth: Any
    prices: list[Any]


class SubsidyItem(msgspec.Struct, rename=SPELLED):
    id: Any
    title: Any = None
    area: Any = None
    prefecture: Any = None
    city: Any = None
    facility: Any = None
    overview: Any = None
    price: Any = None
    phone: Any = None
    url: Any = None
    rep: Any = None
    modified: Any = None
    class_: Any = None


class PartsItem(msgspec.Struct, rename=SPELLED):
    charge: Any
    base: Any
    usage: Any
    adjust: Any
    levy: Any
    month: Any = None


class ChargeDetailItem(msgspec.Struct, rename=SPELLED):
    year_charge: PartsItem
    monthly_charges: list[PartsItem]
    discount_rate: Any = None


class ChargeItem(msgspec.Struct, rename=SPELLED):
    year_charge: Any
    monthly_charges: list[Any]
    epcorp_name: Any = None
    epplan_name: Any = None
    base_name: Any = None
    detail: ChargeDetailItem | None = None


class LoginItem(msgspec.Struct, rename=SPELLED):
    uid: Any
