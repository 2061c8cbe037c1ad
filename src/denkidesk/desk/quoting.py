"""料金・見積: tariffs from the network or from the store, bills from our own engine, quotes that stay as they are."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from denkidesk.desk.kept_quotes import VALID_DAYS, Quote, read_quote, result_of
from denkidesk.desk.paper import fuel_of_fetch
from denkidesk.desk.ports import Services
from denkidesk.domain.areas import Area, quoting_code
from denkidesk.domain.bills import Bill, Difference, FuelRule, ServerBill
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.clock import Now
from denkidesk.domain.errors import Closed, DeskError, ServerRefused, SetupFault, Unreachable
from denkidesk.domain.plans import AreaPriceMonth, Company, Plan, PlanDetail, PlanFault, Subsidy
from denkidesk.domain.price_history import MatchedBill
from denkidesk.domain.quote_sheet import QuotedPlan, QuoteSheet
from denkidesk.domain.quote_state import QuoteState
from denkidesk.domain.quoted_points import QuotedPoint, in_all, is_year
from denkidesk.domain.usage import ImportedUsage, Usage
from denkidesk.store.plain_json import from_json, to_json
from denkidesk.store.quotes import QuoteLine
from denkidesk.store.store import Store

if TYPE_CHECKING:
    from denkidesk.billing.engine import UsageSums
    from denkidesk.desk.comparison import BillQuestion
    from denkidesk.desk.usage_estimates import Amounts, Estimate
    from denkidesk.desk.usage_questions import Reading, Request
    from denkidesk.domain.bill_options import BillOptions
    from denkidesk.store.catalogue import Version

_AWAY: Final = (Unreachable, ServerRefused, Closed, SetupFault)
_UNLIMITED: Final = "/all"
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Fetched(Generic[T_co]):
    """An answer with its age. ``from_store``: the network did not give it, for the reason ``error``."""

    value: T_co
    fetched_at: datetime
    from_store: bool = False
    error: DeskError | None = None


@dataclass(frozen=True, slots=True)
class QuoteHeadline:
    """A stored quote in a line. ``difference``: yen more than the customer's plan at that time, None where none was set beside it."""

    quote_id: str
    issued_on: date
    customer: str
    plan: str
    yen: int
    difference: int | None
    is_year: bool
    valid_until: date
    state: QuoteState
    revises: str = ""  # the number of the quote that it replaces
    points: int = 0  # how many supply points it is of, where they are several


def companies_key(area: str = "", prefecture: str = "", zip_code: str = "", unlimited: bool = False) -> str:
    """Under which a list of retailers is kept; without arguments that of all that are allotted."""
    return f"{area}/{prefecture}/{zip_code}" + (_UNLIMITED if unlimited else "")


def kept_companies(store: Store, *, unlimited: bool) -> dict[str, Company]:
    """Every retailer of the stored lists by its number, as it was seen last. ``unlimited``: with those that are not allotted."""
    kept = store.catalogue.all_newest("companies", tuple[Company, ...])
    lists = [version for key, version in kept.items() if unlimited or not key.endswith(_UNLIMITED)]
    return {company.epcorp_cd: company for version in sorted(lists, key=lambda one: one.checked_at) for company in version.value}


def detail_key(epplan_id: str, base_cd: str, capacity: Decimal | None = None) -> str:
    """Under which a plan's figures are kept."""
    return f"{epplan_id}/{base_cd}/{'' if capacity is None else capacity.normalize()}"


class QuotingDesk:
    """The network is asked first; where it is away, the newest stored answer comes with its age and the reason."""

    def __init__(self, store: Store, services: Services, now: Now) -> None:
        self._store = store
        self._services = services
        self._now = now
        self._sums: UsageSums | None = None  # of the customer at the desk: made once, whatever is asked

    def warm_up(self) -> None:
        """Loads what the first bill needs; nothing is asked of a server."""
        import denkidesk.billing.compare
        import denkidesk.billing.engine
        import denkidesk.metering.files  # noqa: F401 - loading is the purpose

    def companies(
        self,
        area: Area | None = None,
        prefecture: str | None = None,
        zip_code: str | None = None,
        unlimited: bool = False,
        cancel: CancelToken | None = None,
    ) -> Fetched[tuple[Company, ...]]:
        """Retailers of an area, a prefecture ("01".."47") or a postcode (7 digits); at most one of them.

        ``unlimited``: those too that the account's administrator has not allotted.
        """
        code = None if area is None else quoting_code(area)
        try:
            return self._fetch(
                "companies",
                companies_key(code or "", prefecture or "", zip_code or "", unlimited),
                tuple[Company, ...],
                lambda: self._services.enegaeru().companies(
                    area=code, prefecture_cd=prefecture, zip_cd=zip_code, unlimited=unlimited, cancel=cancel
                ),
            )
        except _AWAY as error:  # and this list was never fetched: other lists say who is in an area
            kept = kept_companies(self._store, unlimited=unlimited)
            here = tuple(company for company in kept.values() if company.area_code == code)
            if not here:
                raise
            oldest = min(checked for _, checked in self._store.catalogue.stamps("companies").values())
            return Fetched(here, oldest, from_store=True, error=error)

    def plans(self, epcorp_cd: str, contract_type: int | None = None, cancel: CancelToken | None = None) -> Fetched[tuple[Plan, ...]]:
        """A retailer's plans."""
        return self._fetch(
            "plans",
            f"{epcorp_cd}/{'' if contract_type is None else int(contract_type)}",
            tuple[Plan, ...],
            lambda: self._services.enegaeru().plans(epcorp_cd, contract_type, cancel=cancel),
        )

    def kept_plans(self, epcorp_cd: str) -> tuple[Plan, ...]:
        """A retailer's plans as they were fetched last, however long ago."""
        kept = self._store.catalogue.newest("plans", f"{epcorp_cd}/", tuple[Plan, ...])
        return () if kept is None else kept.value

    def validity_faults(self, plan: Plan, today: date) -> tuple[PlanFault, ...]:
        """What is wrong with the time of a plan's prices."""
        from denkidesk.billing.plan_faults import validity_faults

        return tuple(validity_faults(plan.name, plan.valid_from, plan.valid_to, today))

    def faults(self, detail: PlanDetail, today: date) -> tuple[PlanFault, ...]:
        """Everything that makes a bill of this plan doubtful."""
        from denkidesk.billing.plan_faults import plan_faults

        return plan_faults(detail, as_of=today)

    def plan_detail(
        self, epplan_id: str, base_cd: str, capacity: Decimal | None = None, cancel: CancelToken | None = None
    ) -> Fetched[PlanDetail]:
        """All figures of one plan; its newest fuel price goes into the history."""
        answer = self._fetch(
            "plan_detail",
            detail_key(epplan_id, base_cd, capacity),
            PlanDetail,
            lambda: self._services.enegaeru().plan_detail(epplan_id, base_cd, capacity, cancel=cancel),
        )
        if not answer.from_store and (price := fuel_of_fetch(answer.value, answer.fetched_at.date())) is not None:
            with suppress(SetupFault):
                self._store.paper_bills.put_prices([price])
        return answer

    def detail_versions(self, detail: PlanDetail) -> "tuple[Version[PlanDetail], ...]":
        """The figures that were ever fetched of a plan, the newest first."""
        return self._store.catalogue.versions("plan_detail", detail_key(*detail.key), PlanDetail)

    def area_prices(self, area: Area, cancel: CancelToken | None = None) -> Fetched[tuple[AreaPriceMonth, ...]]:
        """Mean market prices of each hour, the last twelve months."""
        code = quoting_code(area)
        return self._fetch(
            "area_prices", str(code), tuple[AreaPriceMonth, ...], lambda: self._services.enegaeru().area_prices(code, cancel=cancel)
        )

    def kept_area_prices(self, area: Area) -> tuple[AreaPriceMonth, ...]:
        """The same as they were fetched last, however long ago."""
        kept = self._store.catalogue.newest("area_prices", str(quoting_code(area)), tuple[AreaPriceMonth, ...])
        return () if kept is None else kept.value

    def area_price_history(self, area: Area) -> tuple[AreaPriceMonth, ...]:
        """Every month that was ever fetched, each as it was seen last: the API itself knows twelve."""
        found: dict[str, AreaPriceMonth] = {}
        for version in self._store.catalogue.versions("area_prices", str(quoting_code(area)), tuple[AreaPriceMonth, ...]):
            found = {month.year_month: month for month in version.value} | found  # the newest version comes first
        return tuple(found[month] for month in sorted(found))

    def subsidies(self, cancel: CancelToken | None = None) -> Fetched[tuple[Subsidy, ...]]:
        """Every subsidy, as the API lists it."""
        return self._fetch("subsidies", "", tuple[Subsidy, ...], lambda: self._services.enegaeru().subsidies(cancel=cancel))

    def take_over_session(self, cancel: CancelToken | None = None) -> None:
        """Logs in and ends the same user's session elsewhere. Only after the clerk was asked and said yes."""
        self._services.enegaeru().login(force=True, cancel=cancel)

    def log_in_again(self, cancel: CancelToken | None = None) -> None:
        """Tries a refused login once more, because the clerk says so: the session elsewhere may have ended meanwhile."""
        self._services.enegaeru().login(cancel=cancel)

    def import_usage(self, path: Path) -> ImportedUsage:
        """Reads a customer's usage file that leaves nothing open."""
        from denkidesk.desk.usage_files import import_usage

        return import_usage([path])

    def read_usage(self, request: "Request", cancel: CancelToken | None = None) -> "Reading":
        """Reads a customer's usage files as far as it goes without asking; what the clerk must know about them comes along as notes."""
        from denkidesk.desk.usage_questions import read

        return read(request, self._now().date(), cancel)

    def usage_from_month(self, month: int, kwh: float, year: int | None = None) -> Usage:
        """A year estimated from one month's kWh."""
        from denkidesk.metering.profile import usage_from_month_kwh

        return usage_from_month_kwh(month, kwh, year or self._now().year)

    def estimate(self, amounts: "Amounts", plan: "BillQuestion | None" = None) -> "Estimate":
        """A year from one month's amount or twelve; ``plan``: what yen are of."""
        from denkidesk.desk.usage_estimates import estimate

        return estimate(amounts, self._now().year, plan)

    def bill(self, detail: PlanDetail, usage: Usage, options: "BillOptions | None" = None) -> Bill:
        """A year's bill by our own engine; needs no network."""
        from denkidesk.billing.engine import compute_bill

        return compute_bill(detail, self._sums_of(usage), options)

    def server_bill(
        self, detail: PlanDetail, usage: Usage, options: "BillOptions | None" = None, cancel: CancelToken | None = None
    ) -> ServerBill:
        """The quoting API's own figure for the same question; the usage file itself never leaves the machine, its hours do."""
        from denkidesk.domain.bill_options import BillOptions

        options = options or BillOptions()
        return self._services.enegaeru().charge(
            detail,
            usage,
            capacity=options.capacity,
            peak_kw=options.peak_kw if options.peak_kw is not None else usage.peak_kw,
            no_fuels=options.no_fuels,
            cancel=cancel,
        )

    def differences(
        self, bill: Bill, server: ServerBill, detail: PlanDetail, usage: Usage, options: "BillOptions"
    ) -> tuple[Difference, ...]:
        """Where our unrounded figures and the server's differ, line by line, with a reason."""
        from denkidesk.billing.compare import differences

        return differences(bill, server, detail, self._sums_of(usage), options)

    def save_quote(
        self,
        title: str,
        detail: PlanDetail,
        usage: Usage,
        options: "BillOptions",
        bill: Bill,
        match: MatchedBill | None = None,
        sheet: QuoteSheet | None = None,
        plans: tuple[QuotedPlan, ...] = (),
        points: tuple[QuotedPoint, ...] = (),
    ) -> str:
        """Keeps a quote with all it was computed from, and returns its number.

        ``match``: the customer's paper bill that was rebuilt; ``sheet``: all that the paper says; ``plans``: the proposal, and the
        present plan if there is one; ``points``: of a quote of several supply points, all of them.
        """
        inputs = to_json([usage, options, match, plans, *([points] if points else [])])
        stored = self._store.quotes.add(
            title=title, engine_version=engine_version(), inputs=inputs, plan=to_json(detail), result=to_json([bill, sheet and sheet.alone])
        )
        return stored.quote_id

    def quote(self, quote_id: str) -> Quote | None:
        """A quote as it was when it was made: nothing of it is computed anew."""
        stored = self._store.quotes.get(quote_id)
        return None if stored is None else read_quote(stored)

    def quote_lines(self) -> tuple[QuoteHeadline, ...]:
        """Every stored quote in a line, the newest first, with what it is today."""
        today = self._now().date()
        newest = self._store.catalogue.all_newest("plan_detail", PlanDetail) if (stored := self._store.quotes.lines()) else {}
        now = {one.value.key: one.value for one in newest.values()}
        return tuple(self._headline(line, now, today) for line in stored)

    def _headline(self, line: QuoteLine, now: Mapping[tuple[str, str, Decimal | None], PlanDetail], today: date) -> QuoteHeadline:
        bill, sheet = result_of(line.result)
        detail = from_json(line.plan, PlanDetail)
        until = sheet.valid_until if sheet else line.created_at.date() + timedelta(days=VALID_DAYS)
        state = QuoteState.EXPIRED if until < today else QuoteState.ISSUED
        compared = [plan.detail for plan in from_json(line.plans, tuple[QuotedPlan, ...])] or [detail]
        if any(_is_repriced(one, now, bill.fuel_rule) for one in compared):
            state = QuoteState.PRICES_CHANGED
        present, yen = sheet.present if sheet else None, int(bill.year.charge)
        difference = present.why.difference if present else None
        if sheet and sheet.points:
            before, yen = in_all(sheet)
            difference = yen - before
        return QuoteHeadline(
            line.quote_id,
            line.created_at.date(),
            sheet.customer_name if sheet else "",
            f"{sheet.company_name} {detail.name}" if sheet else detail.name,
            yen,
            difference,
            is_year(sheet) if sheet else bill.is_year,
            until,
            state,
            sheet.revision.number if sheet and sheet.revision else "",
            points=len(sheet.points) if sheet else 0,
        )

    def quotes(self) -> tuple[Quote, ...]:
        """Every stored quote, the newest first."""
        found = (self.quote(stored.quote_id) for stored in self._store.quotes.all())
        return tuple(quote for quote in found if quote is not None)

    def _sums_of(self, usage: Usage) -> "UsageSums":
        from denkidesk.billing.engine import UsageSums

        if (sums := self._sums) is None or sums.usage is not usage:
            sums = self._sums = UsageSums(usage)
        return sums

    def _fetch(self, topic: str, key: str, shape: type[T], call: Callable[[], T]) -> Fetched[T]:
        try:
            value = call()
        except _AWAY as error:
            stored = self._store.catalogue.newest(topic, key, shape)
            if stored is None:
                raise
            return Fetched(stored.value, stored.checked_at, from_store=True, error=error)
        with suppress(SetupFault):  # what cannot be kept is shown all the same
            return Fetched(value, self._store.catalogue.put(topic, key, value))
        return Fetched(value, self._now())


def _is_repriced(detail: PlanDetail, now: Mapping[tuple[str, str, Decimal | None], PlanDetail], rule: FuelRule) -> bool:
    newest = now.get(detail.key, detail)
    if rule in (FuelRule.OWN_MONTH, FuelRule.TYPED):
        newest = replace(newest, fuels=detail.fuels)  # the quote's were not the plan's own
    return newest != detail


def engine_version() -> str:
    """The version of the bill rules as this program computes them."""
    from denkidesk import __version__
    from denkidesk.billing.engine import ENGINE_VERSION

    return f"{ENGINE_VERSION} ({__version__})"
