"""自社プラン: kept beside the server's in the catalogue, ranked and quoted like them; nothing of them is ever asked of a server."""

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from denkidesk.billing.plan_check import checked
from denkidesk.desk.file_reading import read_bounded
from denkidesk.desk.quoting import Fetched
from denkidesk.domain.areas import Area, QuotingAreaCode, quoting_code
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.clock import Now
from denkidesk.domain.errors import FieldFault, InputRefused, SetupFault
from denkidesk.domain.fault_codes import InputCode
from denkidesk.domain.own_plans import OwnPlan, is_own, own_company_code, own_plan_id
from denkidesk.domain.plans import Company, Plan, PlanDetail
from denkidesk.store.store import Store

if TYPE_CHECKING:
    from denkidesk.desk.desk import Desk

T = TypeVar("T")

TOPIC: Final = "own_plans"
_FIRST_BASE: Final = "1"


@dataclass(frozen=True, slots=True)
class Kept:
    """A version of an own plan; None from the moment when it was deleted."""

    own: OwnPlan | None


@dataclass(frozen=True, slots=True)
class FileRead:
    """What a file brought. ``replaced``: plans with other figures, as they were, that had the number of one of the file."""

    kept: tuple[OwnPlan, ...]
    replaced: tuple[OwnPlan, ...]


class OwnPlansDesk:
    """Each change is a version of the catalogue, so that an earlier one can be told; a plan that is deleted ends there."""

    def __init__(self, store: Store, now: Now) -> None:
        self._store = store
        self._now = now

    def all(self) -> tuple[OwnPlan, ...]:
        """Those that are not deleted, by area and name."""
        kept = self._store.catalogue.all_newest(TOPIC, Kept).values()
        found = [one.value.own for one in kept if one.value.own is not None]
        return tuple(sorted(found, key=lambda one: (one.area_code, one.detail.name, one.detail.epplan_id)))

    def keep(self, own: OwnPlan) -> OwnPlan:
        """Adds a plan, or puts it in the place of the one of its number, "" for a new one. InputRefused for what cannot be billed."""
        detail = own.detail
        number = own_plan_id(detail.epplan_id or f"{self._now():%Y%m%d%H%M%S%f}")
        detail = replace(detail, epplan_id=number, base_cd=detail.base_cd or _FIRST_BASE, epcorp_cd=own_company_code(own.area_code))
        own = replace(own, detail=checked(detail))
        self._store.catalogue.put(TOPIC, _key(own), Kept(own))
        return own

    def delete(self, own: OwnPlan) -> None:
        """It is compared and offered no more; what was quoted of it stays."""
        self._store.catalogue.put(TOPIC, _key(own), Kept(None))

    def read_file(self, path: Path, retailer: str, area_code: QuotingAreaCode) -> FileRead:
        """Plans in the shape of the API's plan detail, one a line or one over the whole file; all or none are kept.

        InputRefused with every fault of every line; a number that two lines have is one.
        """
        details = _details_of(read_bounded(path, "plan_file"))
        before = {_key(own): own for own in self.all()}
        kept = tuple(self.keep(OwnPlan(retailer, area_code, detail)) for detail in details)
        return FileRead(kept, tuple(before[_key(own)] for own in kept if before.get(_key(own), own) != own))

    def write_file(self, path: Path, own: OwnPlan) -> None:
        """One plan in that shape, to be changed and read again. Raises SetupFault where it cannot be written."""
        from denkidesk.enegaeru.plan_files import encode_plan_detail

        try:
            path.write_bytes(encode_plan_detail(own.detail))
        except OSError as error:
            raise SetupFault.of_os_error(path, "file", error) from error

    def of_company(self, epcorp_cd: str) -> tuple[OwnPlan, ...]:
        """The plans of the own house in an area, by its number there."""
        return tuple(own for own in self.all() if own.detail.epcorp_cd == epcorp_cd)

    def at_hand(self, value: T) -> Fetched[T]:
        """What the store itself is the source of."""
        return Fetched(value, self._now())


def _key(own: OwnPlan) -> str:
    return _key_of(own.detail)


def _key_of(detail: PlanDetail) -> str:
    return f"{own_plan_id(detail.epplan_id)}/{detail.base_cd or _FIRST_BASE}"


def _details_of(data: bytes) -> list[PlanDetail]:
    """Raises InputRefused with the line of each fault where the file has a plan a line."""
    try:
        return [_detail_of(data)]
    except InputRefused as refused:
        lines = [(number, line) for number, line in enumerate(data.splitlines(), start=1) if line.strip()]
        if len(lines) < 2 or refused.faults[0].code is not InputCode.NOT_JSON:
            raise
        whole = refused
    found: list[PlanDetail] = []
    faults: list[FieldFault] = []
    seen: dict[str, int] = {}
    for number, line in lines:
        where = {"line": str(number)}
        try:
            detail = _detail_of(line)
        except InputRefused as refused:
            faults += [FieldFault(fault.field, fault.code, {**fault.facts, **where}) for fault in refused.faults]
            continue
        key = _key_of(detail)
        if detail.epplan_id and key in seen:
            name = f"{detail.epplan_id}/{detail.base_cd}"
            faults.append(FieldFault("plan", InputCode.DOUBLE, {**where, "first": str(seen[key]), "plan": name}))
        seen.setdefault(key, number)
        found.append(detail)
    if all(fault.code is InputCode.NOT_JSON for fault in faults) and not found:
        raise whole  # one plan over several lines
    if faults:
        raise InputRefused(faults)
    return found


def _detail_of(data: bytes) -> PlanDetail:
    from denkidesk.enegaeru.shapes import decode_plan_detail
    from denkidesk.enegaeru.strict_json import Origin

    return checked(decode_plan_detail(data, origin=Origin.FILE))


# --- beside what the server answers -----------------------------------------------------------------------------------


def companies(
    desk: "Desk",
    area: Area | None = None,
    prefecture: str | None = None,
    zip_code: str | None = None,
    unlimited: bool = False,
    cancel: CancelToken | None = None,
) -> Fetched[tuple[Company, ...]]:
    """The retailers of a place, and the own house where it has plans there."""
    answer = desk.quoting.companies(area, prefecture, zip_code, unlimited, cancel=cancel)
    here = {company.area_code for company in answer.value} if area is None else {quoting_code(area)}
    own = {plan.company.epcorp_cd: plan.company for plan in desk.own_plans.all() if plan.area_code in here}
    return replace(answer, value=(*answer.value, *own.values()))


def plans(desk: "Desk", epcorp_cd: str, cancel: CancelToken | None = None) -> Fetched[tuple[Plan, ...]]:
    """A retailer's plans, the own house's from the store."""
    if not is_own(epcorp_cd):
        return desk.quoting.plans(epcorp_cd, cancel=cancel)
    return desk.own_plans.at_hand(tuple(own.plan for own in desk.own_plans.of_company(epcorp_cd)))


def plan_detail(
    desk: "Desk", epplan_id: str, base_cd: str, capacity: Decimal | None = None, cancel: CancelToken | None = None
) -> Fetched[PlanDetail]:
    """All figures of one plan, an own one's from the store."""
    if not is_own(epplan_id):
        return desk.quoting.plan_detail(epplan_id, base_cd, capacity, cancel=cancel)
    found = [own.detail for own in desk.own_plans.all() if (own.detail.epplan_id, own.detail.base_cd) == (epplan_id, base_cd)]
    if not found:
        raise InputRefused.of("plan", InputCode.MISSING)
    return desk.own_plans.at_hand(found[0])
