"""Which items each answer of the quoting API has; their values are left as they came, for ``shapes`` to normalise."""

from typing import Annotated, Final

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
    epcorp_cd: object
    epcorp_name: object
    area_cd: object
    eptype: object = 0
    fitprices: object = None
    commission: object = None
    occtoepcorp_cd: object = None
    metiepcorp_cd: object = None
    occto_cd: object = None


class BaseItem(msgspec.Struct, rename=SPELLED):
    base_cd: object
    base_type: object
    base_name: object = None
    ampere: object = None
    capacity_from: object = None
    capacity_to: object = None


class PlanItem(msgspec.Struct, rename=SPELLED):
    epplan_id: object
    epcorp_cd: object
    contract_type: object
    epplan_type: object
    epplan_name: object
    plan_suffix: object = None
    period_from: object = None
    period_to: object = None
    discount_rate: object = None
    holidayflg: object = None
    bases: object = None


class ConditionItem(msgspec.Struct, rename=SPELLED):
    month_from: object
    month_to: object
    time_from: object
    time_to: object
    volume_unit: object
    calc_order: object = None
    cond_name: object = None
    group: object = None
    volume_cap: object = None
    volume_from: object = None
    volume_to: object = None
    holiday_data: object = None


class FuelItem(msgspec.Struct, rename=SPELLED):
    calc_type: object
    volume_unit: object
    calc_order: object = None
    volume_from: object = None
    volume_to: object = None


class DetailItem(msgspec.Struct, rename=SPELLED):
    epplan_id: object
    epplan_type: object
    base_cd: object = None
    epcorp_cd: object = None
    contract_type: object = None
    epplan_name: object = None
    plan_suffix: object = None
    period_from: object = None
    period_to: object = None
    discount_rate: object = None
    holidayflg: object = None
    base_name: object = None
    base_type: object = None
    base_unit: object = None
    base_fix_unit: object = None
    ampere: object = None
    capacity_from: object = None
    capacity_to: object = None
    capacity: object = None
    conditions: object = None
    fuels: object = None
    renewable: object = None
    source: object = None  # the practice server's addition: where the figures were published


class AreaPriceItem(msgspec.Struct, rename=SPELLED):
    area_cd: object
    yearmonth: object
    prices: list[object]


class SubsidyItem(msgspec.Struct, rename=SPELLED):
    id: object
    title: object = None
    area: object = None
    prefecture: object = None
    city: object = None
    facility: object = None
    overview: object = None
    price: object = None
    phone: object = None
    url: object = None
    rep: object = None
    modified: object = None
    class_: object = None


class PartsItem(msgspec.Struct, rename=SPELLED):
    charge: object
    base: object
    usage: object
    adjust: object
    levy: object
    month: object = None


class ChargeDetailItem(msgspec.Struct, rename=SPELLED):
    year_charge: PartsItem
    monthly_charges: Annotated[list[PartsItem], msgspec.Meta(max_length=13)]
    discount_rate: object = None


class ChargeItem(msgspec.Struct, rename=SPELLED):
    year_charge: object
    monthly_charges: list[object]
    epcorp_name: object = None
    epplan_name: object = None
    base_name: object = None
    detail: ChargeDetailItem | None = None


class LoginItem(msgspec.Struct, rename=SPELLED):
    uid: object
