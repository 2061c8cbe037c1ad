"""What the practice quoting API knows: companies, plans, area prices, subsidies, read once from ``resources/practice``.

Answers have the real API's shapes, its inconsistencies included: a company's code is a string in one answer and a number in the next.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from denkidesk.domain.areas import area_of_quoting_code, quoting_code, usual_area_of_prefecture
from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.errors import SetupFault

Row = Mapping[str, Any]

_PLAN_ITEMS: Final = (
    "epplan_id", "epcorp_cd", "contractType", "epplanType", "epplanName", "planSuffix", "periodFrom", "periodTo", "discountRate",
    "holidayflg",
)  # fmt: skip
_BASE_ITEMS: Final = ("base_cd", "baseName", "baseType", "ampere", "capacityFrom", "capacityTo")


def _read(folder: Path, name: str) -> Any:
    path = folder / name
    try:
        return json.loads(path.read_bytes())
    except FileNotFoundError:
        raise SetupFault(str(path), "file", InstallationCode.MISSING) from None
    except (OSError, ValueError) as error:
        raise SetupFault(str(path), "file", InstallationCode.UNREADABLE, type(error).__name__) from error


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The resource files, as they are written."""

    companies: Sequence[Row]
    plans: Sequence[Row]
    renewable: Row
    area_curves: Row
    subsidy_rows: Sequence[Row]
    prefectures_by_postcode: Mapping[str, str]

    @classmethod
    def load(cls, resources: Path) -> "Catalogue":
        """Reads ``resources/practice``; raises SetupFault naming the file."""
        folder = resources / "practice"
        main = _read(folder, "catalogue.json")
        return cls(
            companies=main["companies"],
            plans=main["plans"],
            renewable=main["renewable"],
            area_curves=_read(folder, "area_prices.json"),
            subsidy_rows=_read(folder, "subsidies.json")["subsidies"],
            prefectures_by_postcode=_read(folder, "postcodes.json")["prefectureByFirstTwo"],
        )

    def companies_in(self, area_code: str | None, *, unlimited: bool) -> list[Row]:
        """The companies of an area ("01".."10") or of all; without ``unlimited`` only those that are allotted to the account."""
        return [
            {name: value for name, value in row.items() if name != "allotted"}
            for row in self.companies
            if (area_code is None or row["area_cd"] == area_code) and (unlimited or row["allotted"])
        ]

    def company(self, epcorp_cd: int) -> Row | None:
        return next((row for row in self.companies if int(row["epcorp_cd"]) == epcorp_cd), None)

    def area_of_prefecture(self, prefecture_cd: str) -> str | None:
        """The area that serves most of a prefecture, as the API counts areas."""
        area = usual_area_of_prefecture(prefecture_cd)
        return None if area is None else quoting_code(area)

    def plans_of(self, epcorp_cd: int, contract_type: int | None) -> list[Row]:
        """A company's plans, in the list's shape: bases without prices."""
        return [
            {name: row[name] for name in _PLAN_ITEMS} | {"bases": [{name: base[name] for name in _BASE_ITEMS} for base in row["bases"]]}
            for row in self.plans
            if row["epcorp_cd"] == epcorp_cd and contract_type in (None, row["contractType"])
        ]

    def plan(self, epplan_id: str) -> Row | None:
        """One plan as it is written in the catalogue."""
        return next((row for row in self.plans if row["epplan_id"] == epplan_id), None)

    def detail(self, plan: Row, base_cd: object, capacity: float | None) -> Row | None:
        """The plan-detail answer; None where the plan has no such base. ``capacity``: for variable-metered plans."""
        base = next((row for row in plan["bases"] if row["base_cd"] == base_cd), None)
        if base is None:
            return None
        answer: dict[str, Any] = {name: plan[name] for name in _PLAN_ITEMS}
        answer |= {name: base[name] for name in (*_BASE_ITEMS, "baseUnit", "baseFixUnit")}
        answer["conditions"] = [dict(condition) for condition in plan["conditions"]]
        answer["fuels"] = [dict(fuel) for fuel in plan["fuels"]]
        answer["renewable"] = self.renewable["unit"]
        if plan["epplanType"] == 3 and capacity is not None:
            answer["capacity"] = capacity
            rule = plan["variable"]
            cheaper = min(rule["atMost"], rule["minusPerKw"] * max(0.0, capacity - 1))
            for condition in answer["conditions"]:
                condition["volumeUnit"] = round(condition["volumeUnit"] - cheaper, 2)
        for name in plan.get("leaves_out", ()):
            answer.pop(name, None)
        answer["source"] = "、".join(text for text in (f"{plan['source']}（{plan['published']}）", plan["fuelNote"]) if text)
        return answer

    def subsidies(self, now: datetime) -> Sequence[Row]:
        """As many in every month: each month one entry has another amount, and the last one is another scheme."""
        months = now.year * 12 + now.month - 1
        month = f"{now.year}年{now.month}月"
        rows = [dict(row) for row in self.subsidy_rows]
        changed = rows[months % (len(rows) - 1)]
        changed |= {"price": f"{changed['price']}（見本：{month}に改定）", "modified": f"{now.year}-{now.month:02}-01T09:00:00+09:00"}
        rows[-1] |= {"id": f"{rows[-1]['id']}-{now.year}{now.month:02}", "title": f"{rows[-1]['title']}（{month}受付分）"}
        return rows

    def area_prices(self, area_code: str, now: datetime) -> Sequence[Row]:
        """Twelve months up to the month before ``now``, oldest first: invented, the same for ever for one area and month."""
        curves = self.area_curves
        factor = curves["areaFactor"][area_code]
        newest = now.year * 12 + now.month - 2
        answer = []
        for index in range(newest - 11, newest + 1):
            year, month = divmod(index, 12)
            level = curves["monthLevel"][month]
            prices = [round(level * shape * factor, 2) for shape in curves["hourShape"]]
            answer.append({"area_cd": int(area_code), "yearmonth": f"{year}-{month + 1:02}", "prices": prices})
        return answer


def area_code_of(text: str) -> str | None:
    """ "1" and "01" are "01"; None for what is no area."""
    area = area_of_quoting_code(text) if text.isascii() and text.isdigit() else None
    return None if area is None else quoting_code(area)
