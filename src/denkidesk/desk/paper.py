"""請求書: what a paper bill needs beside plan and usage, and how near our own bill comes to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import chain, groupby
from operator import attrgetter
from pathlib import Path
from typing import Final

from denkidesk.desk.file_reading import read_bounded
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import Rounding
from denkidesk.domain.errors import SetupFault
from denkidesk.domain.paper_bills import BillMatch, BillOnPaper, FuelMonth, PaperBill, Period, Supplement, month_of, months_later
from denkidesk.domain.plans import Company, PlanDetail, PlanFault, PlanType
from denkidesk.domain.price_history import FuelPrice, MatchedBill, PlanSupplement, PriceOrigin, by_month
from denkidesk.domain.usage import Usage
from denkidesk.settings import resources_dir
from denkidesk.store.store import Store

_HIGH_VOLTAGE: Final = frozenset({3, 4})
_OF_PLAN: Final = "料金API"
_CLASS: Final = attrgetter("company", "contract_class")


@dataclass(frozen=True)
class KnownTerms:
    """What the clerk has typed or brought and the API has told, of all plans: equal as long as nothing is added."""

    prices: tuple[FuelPrice, ...]
    supplements: Mapping[str, PlanSupplement]  # by plan

    def of_class(self, of_class: tuple[str, str]) -> tuple[FuelPrice, ...]:
        """The prices of a company and class."""
        return self._by_class.get(of_class, ())

    @cached_property
    def _by_class(self) -> Mapping[tuple[str, str], tuple[FuelPrice, ...]]:
        return _by_class(self.prices)


class PaperDesk:
    """Prices and supplements: what the clerk typed or brought counts before what comes with the program, that before the API's."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # --- supplements

    def supplement(self, company: Company, detail: PlanDetail) -> PlanSupplement:
        """The plan's supplement with every fuel price that is known for it; without one, only what the plan itself says."""
        kept = self._kept_or_shipped(self._store.paper_bills.supplement(_plan_key(detail)), company, detail)
        return self._with_prices(kept, detail, self.prices(kept, detail).values())

    def known_terms(self) -> "KnownTerms":
        """What is known of every plan now, on one reading of the store."""
        return KnownTerms(self._store.paper_bills.prices(), self._store.paper_bills.supplements())

    def terms_of(self, known: "KnownTerms", company: Company, detail: PlanDetail) -> Supplement:
        """The terms that :meth:`supplement` gives."""
        kept = self._kept_or_shipped(known.supplements.get(_plan_key(detail)), company, detail)
        of_class = (kept.company, kept.contract_class)
        prices = (known.of_class(of_class), self._shipped_by_class.get(of_class, ()), known.of_class(_own_class(detail)))
        return self._with_prices(kept, detail, by_month(chain(*prices)).values()).terms

    def _kept_or_shipped(self, kept: PlanSupplement | None, company: Company, detail: PlanDetail) -> PlanSupplement:
        return kept or self._shipped.get((company.name, detail.name)) or _bare(company, detail)

    def _with_prices(self, kept: PlanSupplement, detail: PlanDetail, prices: Iterable[FuelPrice]) -> PlanSupplement:
        months = (self._fuel_month(price, detail) for price in prices)
        return replace(kept, terms=replace(kept.terms, fuel=tuple(month for month in months if month is not None)))

    def keep_supplement(self, detail: PlanDetail, supplement: PlanSupplement) -> None:
        """Keeps what the clerk has changed; the fuel prices are no part of it."""
        own = replace(supplement, terms=replace(supplement.terms, fuel=()), is_own=True)
        self._store.paper_bills.put_supplement(_plan_key(detail), own)

    def read_supplement(self, path: Path, detail: PlanDetail) -> None:
        """Keeps a supplement from a file, with the fuel prices that stand in it."""
        from denkidesk.enegaeru.paper_files import decode_plan_supplement

        read = decode_plan_supplement(read_bounded(path, "supplement"))
        self.keep_supplement(detail, read)
        self._store.paper_bills.put_prices(
            FuelPrice(read.company, read.contract_class, one.bill_month, one.per_kwh, one.fixed, one.subsidy, read.source, PriceOrigin.FILE)
            for one in read.terms.fuel
        )

    def write_supplement(self, path: Path, supplement: PlanSupplement, detail: PlanDetail) -> None:
        """Writes a supplement with its fuel prices, as the command line takes it."""
        from denkidesk.enegaeru.paper_files import encode_plan_supplement

        _write(path, encode_plan_supplement(supplement, detail.name))

    # --- the history of prices

    def prices(self, supplement: PlanSupplement, detail: PlanDetail) -> Mapping[str, FuelPrice]:
        """The fuel price of each bill month that counts for a plan, the newest first."""
        of_class = (supplement.company, supplement.contract_class)
        return by_month(
            [
                *self._store.paper_bills.prices_of(*of_class),
                *self._shipped_by_class.get(of_class, ()),
                *self._store.paper_bills.prices_of(*_own_class(detail)),
            ]
        )

    def keep_price(self, price: FuelPrice) -> None:
        """Keeps one price that the clerk has typed."""
        self._store.paper_bills.put_prices([price])

    def stand_in(self, supplement: PlanSupplement, prices: Mapping[str, FuelPrice], months: Sequence[str], source: str) -> int:
        """Lets the newest known price stand in for bill months of which none is known. ``source``: what is to be printed of it."""
        newest = newest_known(prices)
        if newest is None:
            return 0
        own = replace(newest, company=supplement.company, contract_class=supplement.contract_class, origin=PriceOrigin.STAND_IN)
        return self._store.paper_bills.put_prices(replace(own, bill_month=month, source=source) for month in months if month not in prices)

    def erase_price(self, price: FuelPrice) -> None:
        """Takes back what the clerk has put in for a month."""
        self._store.paper_bills.erase_price(price)

    def read_prices(self, path: Path) -> int:
        """Takes the prices of a CSV file, all or none, and returns for how many bill months."""
        from denkidesk.enegaeru.price_files import decode_prices

        return self._store.paper_bills.put_prices(decode_prices(read_bounded(path, "price_file"), PriceOrigin.FILE))

    def write_prices(self, path: Path) -> int:
        """Writes every price that is known, shipped ones too, and returns for how many bill months."""
        from denkidesk.enegaeru.price_files import encode_prices

        known = [*self._shipped_prices, *self._store.paper_bills.prices()]
        prices = [price for price in known if price.origin is not PriceOrigin.STAND_IN]  # read back, it would count as known
        _write(path, encode_prices(prices))
        return len(prices)

    # --- bills

    def band_names(self, detail: PlanDetail, period: Period) -> tuple[str, ...]:
        """By which names the kWh of a bill are asked for; one alone where the whole is enough."""
        from denkidesk.billing.bill_match import band_names

        return band_names(detail, period)

    def kwh_in(self, usage: Usage, period: Period, terms: Supplement | None = None) -> Decimal | None:
        """What the usage holds of a period's days under contract, in kWh as measured; None unless it holds all of them."""
        from denkidesk.billing.reading import days_inside, is_whole, under_contract

        inside = under_contract(period, terms or Supplement())
        if inside is None or not is_whole(usage, inside):
            return None
        return sum((Decimal(repr(kwh)) for day in days_inside(usage, inside).days for kwh in day.hourly_kwh if kwh is not None), Decimal(0))

    def match(self, bill: BillOnPaper, usage: Usage | None, options: BillOptions) -> BillMatch:
        """Our bill beside the paper one. ``usage``: where its hours count, not the kWh of the bill."""
        from denkidesk.billing.bill_match import match_bill

        return match_bill(bill, usage, _without_fuel_of_the_market(bill.detail, options))

    def faults(self, bill: BillOnPaper, options: BillOptions) -> tuple[PlanFault, ...]:
        """What is wrong with the plan's figures on that day; its own fuel prices do not count on paper."""
        from denkidesk.billing.plan_faults import plan_faults

        included = bill.supplement.included_kwh or None
        return plan_faults(replace(bill.detail, fuels=()), as_of=options.as_of, capacity=options.capacity, included_kwh=included)

    def accept(self, match: MatchedBill) -> None:
        """The match becomes a fact of the customer."""
        self._store.paper_bills.add_match(match)

    def matches_of(self, customer: str) -> tuple[MatchedBill, ...]:
        """The bills of a customer that were matched, the newest first."""
        return self._store.paper_bills.matches_of(customer) if customer else ()

    def bills(
        self, detail: PlanDetail, usage: Usage, supplement: Supplement, readings: int | Sequence[date], options: BillOptions
    ) -> PaperBill:
        """The paper bills of every reading period that the usage holds whole. ``readings``: the day of the month, or the dates."""
        from denkidesk.billing.paper import paper_bill
        from denkidesk.billing.reading import periods_between, periods_of_day

        periods = periods_of_day(readings, usage) if isinstance(readings, int) else periods_between(readings)
        options = replace(_without_fuel_of_the_market(detail, options), rounding=Rounding.BILL)
        return paper_bill(detail, usage, supplement, periods, options)

    # --- what comes with the program

    @cached_property
    def _shipped(self) -> Mapping[tuple[str, str], PlanSupplement]:
        from denkidesk.enegaeru.paper_files import decode_plan_supplements

        return {(one.company, name): one for name, one in decode_plan_supplements(_shipped("supplements.json"))}

    @cached_property
    def _shipped_prices(self) -> tuple[FuelPrice, ...]:
        from denkidesk.enegaeru.price_files import decode_prices

        return decode_prices(_shipped("fuel_prices.csv"), PriceOrigin.SHIPPED)

    @cached_property
    def _shipped_by_class(self) -> Mapping[tuple[str, str], tuple[FuelPrice, ...]]:
        return _by_class(self._shipped_prices)

    @cached_property
    def _subsidies(self) -> Mapping[tuple[str, bool], Decimal | None]:
        from denkidesk.enegaeru.price_files import decode_subsidies

        return decode_subsidies(_shipped("subsidies.csv"))

    def _fuel_month(self, price: FuelPrice, detail: PlanDetail) -> FuelMonth | None:
        """None where the month had a subsidy that nobody knows."""
        subsidy = self._subsidies.get((price.bill_month, detail.contract_type in _HIGH_VOLTAGE), Decimal(0))
        return None if subsidy is None and price.subsidy is None else price.month(subsidy or Decimal(0))


def newest_known(prices: Mapping[str, FuelPrice]) -> FuelPrice | None:
    """The price of the newest month that is one of its own."""
    return next((prices[month] for month in sorted(prices, reverse=True) if prices[month].origin is not PriceOrigin.STAND_IN), None)


def fuel_month_of_fetch(fetched_on: date) -> str:
    """The bill month whose price the API gives on that day."""
    return months_later(month_of(fetched_on), -1)


def fuel_of_fetch(detail: PlanDetail, fetched_on: date) -> FuelPrice | None:
    """The fuel price that an answer of the API brings; None where it is none of one price per kWh.

    That the API's price holds the state's subsidy is assumed.
    """
    per_kwh = [fuel for fuel in detail.fuels if fuel.calc_type == 0]
    fixed = [fuel for fuel in detail.fuels if fuel.calc_type == 1]
    if not all(fuel.is_known for fuel in detail.fuels):
        return None
    if len(per_kwh) != 1 or len(fixed) > 1 or per_kwh[0].volume_to or any(fuel.volume_from for fuel in fixed):
        return None
    sums = sum((fuel.unit_yen for fuel in fixed), Decimal(0))
    return FuelPrice(
        *_own_class(detail), fuel_month_of_fetch(fetched_on), per_kwh[0].unit_yen, sums, Decimal(0), _OF_PLAN, PriceOrigin.SERVER
    )


def _by_class(prices: Iterable[FuelPrice]) -> dict[tuple[str, str], tuple[FuelPrice, ...]]:
    found: dict[tuple[str, str], tuple[FuelPrice, ...]] = {}
    for of_class, own in groupby(sorted(prices, key=_CLASS), key=_CLASS):
        found[of_class] = tuple(own)
    return found


def _own_class(detail: PlanDetail) -> tuple[str, str]:
    """Company and class under which the API's own prices of a plan are kept."""
    return detail.epcorp_cd, detail.epplan_id


def _plan_key(detail: PlanDetail) -> str:
    return f"{detail.epplan_id}/{detail.base_cd}"


def _bare(company: Company, detail: PlanDetail) -> PlanSupplement:
    included = max((fuel.volume_from for fuel in detail.fuels if fuel.calc_type == 0), default=Decimal(0))
    return PlanSupplement(company.name, detail.name, Supplement(included_kwh=included), detail.source)


def _without_fuel_of_the_market(detail: PlanDetail, options: BillOptions) -> BillOptions:
    """A market-linked plan that lists no fuel has none: the market's price holds it."""
    return replace(options, no_fuels=True) if detail.plan_type is PlanType.MARKET_LINKED and not detail.fuels else options


def _shipped(name: str) -> bytes:
    return (resources_dir() / "paper" / name).read_bytes()


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise SetupFault.of_os_error(path, "file", error) from error
