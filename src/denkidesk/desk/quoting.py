"""料金・見積: tariffs from the network or from the store, bills from our own engine, quotes that stay as they are."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from denkidesk.desk.ports import Services
from denkidesk.domain.areas import Area, quoting_code
from denkidesk.domain.bills import Bill, ServerBill
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.clock import Now
from denkidesk.domain.errors import Closed, DeskError, ServerRefused, SetupFault, Unreachable
from denkidesk.domain.plans import AreaPriceMonth, Company, Plan, PlanDetail, Subsidy
from denkidesk.domain.usage import GapRule, ImportedUsage, Usage, UsageChoices, YearRule
from denkidesk.store.plain_json import from_json, to_json
from denkidesk.store.store import Store

if TYPE_CHECKING:
    from denkidesk.billing.compare import Difference
    from denkidesk.domain.bill_options import BillOptions
    from denkidesk.domain.paper_bills import BillMatch, BillOnPaper, PaperBill, Period, Supplement

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
class Quote:
    """A stored quote: what it was computed from, by which engine, and the figures as they were."""

    quote_id: str
    created_at: datetime
    title: str
    engine_version: str
    detail: PlanDetail
    usage: Usage
    options: "BillOptions"
    bill: Bill


class QuotingDesk:
    """The network is asked first; where it is away, the newest stored answer comes with its age and the reason."""

    def __init__(self, store: Store, services: Services, now: Now) -> None:
        self._store = store
        self._services = services
        self._now = now

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
        cancel: CancelToken | None = None,
    ) -> Fetched[tuple[Company, ...]]:
        """Retailers of an area, a prefecture ("01".."47") or a postcode (7 digits); at most one of them."""
        code = None if area is None else quoting_code(area)
        return self._fetch(
            "companies",
            f"{code or ''}/{prefecture or ''}/{zip_code or ''}",
            tuple[Company, ...],
            lambda: self._services.enegaeru().companies(area=code, prefecture_cd=prefecture, zip_cd=zip_code, cancel=cancel),
        )

    def plans(self, epcorp_cd: str, contract_type: int | None = None, cancel: CancelToken | None = None) -> Fetched[tuple[Plan, ...]]:
        """A retailer's plans."""
        return self._fetch(
            "plans",
            f"{epcorp_cd}/{'' if contract_type is None else int(contract_type)}",
            tuple[Plan, ...],
            lambda: self._services.enegaeru().plans(epcorp_cd, contract_type, cancel=cancel),
        )

    def plan_detail(
        self, epplan_id: str, base_cd: str, capacity: Decimal | None = None, cancel: CancelToken | None = None
    ) -> Fetched[PlanDetail]:
        """All figures of one plan."""
        return self._fetch(
            "plan_detail",
            f"{epplan_id}/{base_cd}/{'' if capacity is None else capacity.normalize()}",
            PlanDetail,
            lambda: self._services.enegaeru().plan_detail(epplan_id, base_cd, capacity, cancel=cancel),
        )

    def area_prices(self, area: Area, cancel: CancelToken | None = None) -> Fetched[tuple[AreaPriceMonth, ...]]:
        """Mean market prices of each hour, the last twelve months."""
        code = quoting_code(area)
        return self._fetch(
            "area_prices", str(code), tuple[AreaPriceMonth, ...], lambda: self._services.enegaeru().area_prices(code, cancel=cancel)
        )

    def subsidies(self, cancel: CancelToken | None = None) -> Fetched[tuple[Subsidy, ...]]:
        """Every subsidy, as the API lists it."""
        return self._fetch("subsidies", "", tuple[Subsidy, ...], lambda: self._services.enegaeru().subsidies(cancel=cancel))

    def take_over_session(self, cancel: CancelToken | None = None) -> None:
        """Logs in and ends the same user's session elsewhere. Only after the clerk was asked and said yes."""
        self._services.enegaeru().login(force=True, cancel=cancel)

    def log_in_again(self, cancel: CancelToken | None = None) -> None:
        """Tries a refused login once more, because the clerk says so: the session elsewhere may have ended meanwhile."""
        self._services.enegaeru().login(cancel=cancel)

    def import_usage(self, paths: Path | Sequence[Path], choices: UsageChoices | None = None) -> ImportedUsage:
        """Reads a customer's usage files; what the clerk must know about them comes along as notes.

        Raises ChoiceOpen for what they leave open: the clerk is asked, and ``choices`` with the answer are given the next time.
        """
        from denkidesk.desk.usage_files import import_usage

        return import_usage([paths] if isinstance(paths, Path) else paths, choices)

    def fill_gaps(self, usage: Usage, rule: GapRule) -> Usage:
        """The usage as the clerk's rule makes it whole; raises InputRefused where the rule cannot."""
        from denkidesk.metering.gaps import apply_gap_rule

        return apply_gap_rule(usage, rule)

    def as_year(self, usage: Usage, rule: YearRule) -> Usage:
        """The year that begins with the usage's first day, made whole by the named rule, which is kept with it."""
        from denkidesk.metering.gaps import as_year

        return as_year(usage, rule)

    def paper_bill(
        self, detail: PlanDetail, usage: Usage, supplement: "Supplement", periods: "Sequence[Period]", options: "BillOptions"
    ) -> "PaperBill":
        """The customer's paper bills of the reading periods that the usage holds whole."""
        from denkidesk.billing.paper import paper_bill

        return paper_bill(detail, usage, supplement, periods, options)

    def match_bill(self, bill: "BillOnPaper", usage: Usage | None = None) -> "BillMatch":
        """The paper bill rebuilt, and the one switch that explains what is left."""
        from denkidesk.billing.bill_match import match_bill

        return match_bill(bill, usage)

    def usage_from_month(self, month: int, kwh: float, year: int | None = None) -> Usage:
        """A year estimated from one month's kWh."""
        from denkidesk.metering.profile import usage_from_month_kwh

        return usage_from_month_kwh(month, kwh, year or self._now().year)

    def bill(self, detail: PlanDetail, usage: Usage, options: "BillOptions | None" = None) -> Bill:
        """A year's bill by our own engine; needs no network."""
        from denkidesk.billing.engine import compute_bill
        from denkidesk.domain.bill_options import BillOptions

        return compute_bill(detail, usage, options or BillOptions())

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
        self, bill: Bill, server: ServerBill, detail: PlanDetail, options: "BillOptions | None" = None
    ) -> tuple["Difference", ...]:
        """Where our figure and the server's differ, line by line, with a reason."""
        from denkidesk.billing.compare import differences
        from denkidesk.domain.bill_options import BillOptions

        return differences(bill, server, detail, options or BillOptions())

    def save_quote(self, title: str, detail: PlanDetail, usage: Usage, options: "BillOptions", bill: Bill) -> str:
        """Keeps a quote with all it was computed from, and returns its number."""
        stored = self._store.quotes.add(
            title=title, engine_version=engine_version(), inputs=to_json([usage, options]), plan=to_json(detail), result=to_json(bill)
        )
        return stored.quote_id

    def quote(self, quote_id: str) -> Quote | None:
        """A quote as it was when it was made: nothing of it is computed anew."""
        from denkidesk.domain.bill_options import BillOptions

        stored = self._store.quotes.get(quote_id)
        if stored is None:
            return None
        usage, options = from_json(stored.inputs, tuple[Usage, BillOptions])
        bill = from_json(stored.result, Bill)
        return Quote(
            stored.quote_id,
            stored.created_at,
            stored.title,
            stored.engine_version,
            detail=from_json(stored.plan, PlanDetail),
            usage=usage,
            options=options,
            bill=bill if any(month.days_of for month in bill.months) else _with_days(bill, usage),
        )

    def quote_ids(self) -> tuple[str, ...]:
        """The numbers of all quotes, the newest first."""
        return tuple(stored.quote_id for stored in self._store.quotes.all())

    def _fetch(self, topic: str, key: str, shape: type[T], call: Callable[[], T]) -> Fetched[T]:
        try:
            value = call()
        except (Unreachable, ServerRefused, Closed, SetupFault) as error:
            stored = self._store.catalogue.newest(topic, key, shape)
            if stored is None:
                raise
            return Fetched(stored.value, stored.checked_at, from_store=True, error=error)
        with suppress(SetupFault):  # what cannot be kept is shown all the same
            return Fetched(value, self._store.catalogue.put(topic, key, value))
        return Fetched(value, self._now())


def _with_days(bill: Bill, usage: Usage) -> Bill:
    """A bill that was kept before its days were counted: its yen as they were, and no year made of months that are not whole."""
    from denkidesk.billing.sums import UsageSums

    counts = UsageSums(usage).day_counts
    return replace(bill, months=tuple(replace(m, days=days, days_of=of) for m, (days, of) in zip(bill.months, counts, strict=True)))


def engine_version() -> str:
    """The version of the bill rules as this program computes them."""
    from denkidesk import __version__
    from denkidesk.billing.engine import ENGINE_VERSION

    return f"{ENGINE_VERSION} ({__version__})"
