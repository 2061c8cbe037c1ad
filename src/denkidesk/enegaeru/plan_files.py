"""A plan as a file in the shape of the API's plan detail: what ``shapes`` reads, it must give back the same."""

from denkidesk.domain.plans import Condition, Fuel, HolidayFlags, PlanDetail
from denkidesk.enegaeru.encoding import to_json_bytes


def encode_plan_detail(detail: PlanDetail) -> bytes:
    """The shape of the plan-detail answer."""
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
