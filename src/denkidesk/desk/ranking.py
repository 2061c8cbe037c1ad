"""Every plan of the stored catalogue ranked on one customer's usage, as bills round it; needs no network."""

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from denkidesk.billing.compiled import Floats
from denkidesk.billing.engine import month_charges, warnings_at_hand
from denkidesk.billing.ranking import PricedPlans, price
from denkidesk.billing.sums import UsageSums
from denkidesk.desk.catalogue import CatalogueDesk, SyncResult
from denkidesk.desk.comparison import BillQuestion
from denkidesk.desk.fuel_rules import FuelTerms, months_of
from denkidesk.desk.left_out import left_out
from denkidesk.desk.listed import without_figures
from denkidesk.desk.market_ranges import MarketRanges, other_prices
from denkidesk.desk.own_plans import TOPIC as OWN_PLANS
from denkidesk.desk.own_plans import OwnPlansDesk
from denkidesk.desk.paper import PaperDesk
from denkidesk.desk.quoting import QuotingDesk
from denkidesk.desk.ranked_catalogue import Ages, PlanGroup, RankedCatalogue, faults_of, is_miscounted
from denkidesk.desk.trial_usage import tried_sums
from denkidesk.domain.areas import Area, QuotingAreaCode
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import FuelChoice, FuelRule, Rounding
from denkidesk.domain.cancel import CancelToken
from denkidesk.domain.errors import DeskError, InputRefused
from denkidesk.domain.paper_bills import Supplement
from denkidesk.domain.plans import AreaPriceMonth, Company, Plan, PlanDetail, PlanType
from denkidesk.domain.ranking import UNIT_AMPERE, Apart, AtHand, Doubts, LeftOut, RankedPlan, Size, Trial
from denkidesk.store.store import Store


@dataclass(frozen=True, slots=True)
class Ranking:
    """``compared`` cheapest first, two lists apart, ``left_out`` with the reason: together they are the whole catalogue.

    ``question``: with the newest figures of the present plan. ``held``: the same as it is ranked, with the figures of a size that is tried.
    ``sums``: yen of the compared, ascending. ``years``: yen by place. ``is_year``: whether the usage is of twelve whole months.
    ``size``: of the contract, in A or in kVA; ``is_unsized``: it is not known, and plans of several sizes are compared.
    ``measured``: the sums of the question's usage, ``tried``: of what is tried.
    ``asked``: what the question gives all plans, as it is tried. ``priced``: by the catalogue's groups.
    ``present_months``: yen of the present plan, January to December, where its sum is known.
    """

    catalogue: RankedCatalogue
    compared: tuple[int, ...]
    fuel_unknown: tuple[int, ...]
    miscounted: tuple[int, ...]
    left_out: Mapping[int, LeftOut]
    present: RankedPlan | None
    sums: Floats
    years: Floats
    ranges: MarketRanges
    question: BillQuestion
    held: BillQuestion
    trial: Trial
    is_year: bool
    size: Size
    is_unsized: bool
    measured: UsageSums
    tried: UsageSums
    asked: BillOptions
    priced: tuple[PricedPlans | None, ...]
    present_months: tuple[int, ...]

    @property
    def present_yen(self) -> int | None:
        """None where it is not known."""
        return self.present.yen if self.present and self.present.rank is not None else None

    @property
    def cheaper(self) -> int:
        """How many plans are."""
        return 0 if self.present_yen is None else int(self.sums.searchsorted(self.present_yen))

    @property
    def at_hand(self) -> AtHand:
        """What variable-metered plans are fetched for."""
        return AtHand(self.question.company.area_code, self.question.detail.contract_type, self.size)

    @property
    def is_present_resized(self) -> bool:
        """Whether the present plan has the size that is tried; figures of one size have no other."""
        own = self.held.detail.ampere
        return self.trial.capacity is None or own is None or own == self.size.of(UNIT_AMPERE)

    def row(self, place: int) -> RankedPlan:
        """A plan of the catalogue that has a sum."""
        company, detail = self.catalogue.plans[place]
        yen = int(self.years[place])
        present, apart = self.present_yen, self.catalogue.apart(place)
        return RankedPlan(
            company,
            detail,
            yen,
            self.rank_of(yen) if apart is None else None,
            yen - present if apart is None and present is not None else None,
            detail.key == self.held.detail.key,
            self.ranges.of(place),
            apart,
            self.doubts(place),
        )

    def months(self, place: int) -> tuple[int, ...]:
        """Yen of a plan that has a sum, January to December."""
        for group, priced in zip(self.catalogue.groups, self.priced, strict=True):
            at = int(np.searchsorted(group.places, place))
            if priced is not None and at < len(group.places) and group.places[at] == place:
                return tuple(int(yen) for yen in priced.months(at))
        return ()

    def rank_of(self, yen: int) -> int:
        """1 more than the compared plans that are cheaper."""
        return 1 + int(self.sums.searchsorted(yen))

    def options_of(self, company: Company, detail: PlanDetail, sums: UsageSums) -> BillOptions:
        """Under which a plan of the ranking is billed. ``sums``: of the usage that was ranked."""
        is_present = detail.key == self.held.detail.key
        capacity = self.trial.capacity or self.question.capacity if is_present else self.size.of(detail.capacity_unit)
        prices = self.catalogue.prices.get(company.area_code, ()) if detail.plan_type is PlanType.MARKET_LINKED else ()
        return replace(
            self.asked,
            peak_kw=sums.peak_kw,
            capacity=capacity,
            commission=company.commission,
            area_prices=prices or (self.question.area_prices if is_present else ()),
        )

    def doubts(self, place: int) -> Doubts:
        """What can make the sum of a plan of the catalogue another one; looked at when it is asked for, so that a slider does not wait."""
        company, detail = self.catalogue.plans[place]
        options = self.options_of(company, detail, self.tried)
        warnings = warnings_at_hand(detail, self.tried, options)
        return Doubts(warnings, self.catalogue.faults(place, self.question.as_of, options.capacity))


class RankingDesk:
    """Ranks what is stored."""

    def __init__(self, store: Store, quoting: QuotingDesk, catalogue: CatalogueDesk, paper: PaperDesk, own: OwnPlansDesk) -> None:
        self._store, self._quoting, self._catalogue, self._paper, self._own = store, quoting, catalogue, paper, own
        self._kept: tuple[object, RankedCatalogue] | None = None
        self._under: tuple[object, RankedCatalogue] | None = None

    def catalogue(self) -> RankedCatalogue:
        """Compiled anew only where figures were fetched that are others than the last time."""
        kept = self._store.catalogue
        topics = ("plan_detail", "companies", "area_prices", "plans", OWN_PLANS)
        stamps = [kept.stamps(topic) for topic in topics]
        first_seen = [{key: first for key, (first, _) in of_topic.items()} for of_topic in stamps]
        ages = Ages(*({key: last for key, (_, last) in of_topic.items()} for of_topic in (stamps[0], stamps[2])))
        checked_at = tuple(sorted(ages.plans.values()))
        if self._kept is None or self._kept[0] != first_seen:
            companies: dict[str, Company] = {}
            for answer in sorted(kept.all_newest("companies", tuple[Company, ...]).values(), key=lambda one: one.checked_at):
                companies |= {company.epcorp_cd: company for company in answer.value}
            versions = [one for one in kept.all_newest("plan_detail", PlanDetail).values() if one.value.epcorp_cd in companies]
            prices, history = {}, {}
            for code in stamps[2]:
                seen = kept.versions("area_prices", code, tuple[AreaPriceMonth, ...])
                area = QuotingAreaCode(code)
                prices[area] = seen[0].value
                months = {month.year_month: month for one in reversed(seen) for month in one.value}
                history[area] = tuple(months[name] for name in sorted(months))
            plans = [(companies[one.value.epcorp_cd], one.value) for one in versions]
            lists = kept.all_newest("plans", tuple[Plan, ...]).values()
            empty = without_figures((plan for one in lists for plan in one.value), (detail for _, detail in plans))
            unpriced = [(companies[one.epcorp_cd], one) for one in empty if one.epcorp_cd in companies]
            plans += [(own.company, own.detail) for own in self._own.all()]
            terms = FuelTerms(FuelChoice(), (), _nothing_more)
            unlisted = Counter(company.area_code for company in companies.values() if f"{company.epcorp_cd}/" not in stamps[3])
            self._kept = first_seen, RankedCatalogue(plans, checked_at, prices, history, terms, unpriced, unlisted, ages)
        elif self._kept[1].ages != ages:
            again = copy(self._kept[1])
            again.checked_at, again.ages = checked_at, ages
            self._kept = first_seen, again
        return self._kept[1]

    def fill(
        self,
        budget: int,
        area: Area | None,
        skip: frozenset[str],
        unlimited: bool = False,
        at_hand: AtHand | None = None,
        only_at_hand: bool = False,
        cancel: CancelToken | None = None,
    ) -> SyncResult:
        """Asks the server for plans as ``CatalogueDesk.sync`` does, and for the market prices of an area if one is given."""
        done = self._catalogue.sync(budget, cancel=cancel, skip=skip, unlimited=unlimited, at_hand=at_hand, only_at_hand=only_at_hand)
        if area is not None and done.stopped_by is None:
            with suppress(DeskError):  # the plans are there without them
                self._quoting.area_prices(area, cancel=cancel)
        return done

    def rank(self, question: BillQuestion, trial: Trial | None = None) -> Ranking:
        """The stored catalogue on a question whose plan is the present one, under the question's fuel rule."""
        return rank(self._catalogue_under(question), question, trial)

    def _catalogue_under(self, question: BillQuestion) -> RankedCatalogue:
        """Compiled anew only where the catalogue, the rule or what is known of prices is another one than the last time."""
        catalogue, choice = self.catalogue(), question.fuel
        if choice == catalogue.fuel.choice:
            return catalogue
        known = self._paper.known_terms() if choice.rule is FuelRule.OWN_MONTH else None
        asked = (catalogue, choice, months_of(question.usage) if known else (), known)
        if self._under is None or self._under[0] != asked:
            terms_of = partial(self._paper.terms_of, known) if known else _nothing_more
            self._under = asked, catalogue.under(FuelTerms(choice, asked[2], terms_of))
        return self._under[1]


def _nothing_more(_company: Company, _detail: PlanDetail) -> Supplement:
    """No rule but that of each month's own price asks for more than the plan says."""
    return Supplement()


def tried(ranking: Ranking, trial: Trial) -> Ranking:
    """The same question on what is compiled and summed already, for as long as a slider moves: the market's ranges stay those of before."""
    return rank(ranking.catalogue, ranking.question, trial, ranking.measured, ranking.ranges)


def rank(
    catalogue: RankedCatalogue,
    question: BillQuestion,
    trial: Trial | None = None,
    measured: UsageSums | None = None,
    before: MarketRanges | None = None,
) -> Ranking:
    """``before``: ranges to go on with; new ones take as long again for each of the prices that they are of."""
    trial, measured = trial or Trial(), measured or UsageSums(question.usage)
    question = at_newest(catalogue, question)
    present = question.detail
    amount = trial.capacity or question.own_capacity
    size = Size(amount, present.capacity_unit == UNIT_AMPERE or (present.ampere is not None and amount == present.ampere))
    if amount is None and question.house is not None:
        size = question.house
    held = question if trial.capacity is None else _resized(catalogue, question, size)
    sums = tried_sums(measured, trial)
    asked = replace(question.options(Rounding.BILL), peak_kw=sums.peak_kw)

    def options(group: PlanGroup, company: Company, prices: tuple[AreaPriceMonth, ...]) -> BillOptions:
        return replace(asked, capacity=size.of(group.unit), commission=company.commission, area_prices=prices)

    years = np.full(len(catalogue.plans), np.nan)
    refused: dict[int, InputRefused] = {}
    spreads: dict[int, tuple[int, int]] = {}
    ends: tuple[str, str] | None = None
    by_group: list[PricedPlans | None] = []
    for group in catalogue.groups:
        market = group.market
        if market is not None and market.area_code != question.company.area_code:
            by_group.append(None)
            continue
        company = market or question.company
        prices = catalogue.prices.get(company.area_code, ()) if market else ()
        priced = price(group.plans, sums, options(group, company, prices))
        by_group.append(priced)
        years[group.places] = priced.years
        refused |= {int(group.places[place]): why for place, why in priced.refused.items()}
        if market is not None and before is None:
            others, ends = other_prices(prices, catalogue.history.get(market.area_code, ()))
            sums_of = [priced.years, *(price(group.plans, sums, options(group, market, other)).years for other in others)]
            if others:
                low, high = np.min(sums_of, axis=0), np.max(sums_of, axis=0)
                spreads |= {
                    int(place): (int(low[at]), int(high[at])) for at, place in enumerate(group.places) if np.isfinite(low[at] + high[at])
                }
    reasons, hidden = left_out(catalogue, held, size, years, refused)
    by_prices = catalogue.miscounted
    apart = catalogue.fuel_unknown | by_prices
    shown = ~hidden
    shown[list(reasons)] = False
    order = np.argsort(years, kind="stable")
    order = order[shown[order]]
    compared = order[~apart[order]]
    ranking = Ranking(
        catalogue=catalogue,
        compared=tuple(compared.tolist()),
        fuel_unknown=tuple(order[(apart & ~by_prices)[order]].tolist()),
        miscounted=tuple(order[by_prices[order]].tolist()),
        left_out=reasons,
        present=None,
        sums=years[compared],
        years=years,
        ranges=MarketRanges(spreads, ends) if before is None else replace(before, is_before=True),
        question=question,
        held=held,
        trial=trial,
        is_year=bool(sums.billed.all()) and all(days == of for days, of in sums.day_counts),
        size=size,
        is_unsized=size.amount is None and bool(np.isfinite(catalogue.own_size[compared]).any()),
        measured=measured,
        tried=sums,
        asked=asked,
        priced=tuple(by_group),
        present_months=(),
    )
    found, months = _present(ranking)
    ranking = replace(ranking, present=found, present_months=months)
    return ranking if before is not None else replace(ranking, ranges=replace(ranking.ranges, present=ranking.present_yen))


def at_newest(catalogue: RankedCatalogue, question: BillQuestion) -> BillQuestion:
    """With the figures that were fetched last of its plan: one plan has one price, wherever it stands."""
    place = catalogue.place_of.get(question.detail.key)
    if place is None or not catalogue.listed.has_figures[place] or catalogue.plans[place] == (question.company, question.detail):
        return question
    company, detail = catalogue.plans[place]
    return replace(question, company=company, detail=detail)


def _resized(catalogue: RankedCatalogue, question: BillQuestion, size: Size) -> BillQuestion:
    """The present plan in a size that is tried: figures that are not of that size give way to those of the same plan that are."""
    own, fits = catalogue.place_of.get(question.detail.key), catalogue.fits(catalogue.at_hand(size)) & catalogue.listed.has_figures
    if own is None or fits[own]:
        return question
    place = next((one for one in catalogue.bases_of[question.detail.epplan_id] if fits[one]), own)
    return replace(question, detail=catalogue.plans[place][1])


def _present(ranking: Ranking) -> tuple[RankedPlan | None, tuple[int, ...]]:
    """The present plan by its own figures, whether the catalogue has it or not, and its twelve months."""
    held, catalogue = ranking.held, ranking.catalogue
    place = catalogue.place_of.get(held.detail.key)
    options = ranking.options_of(held.company, held.detail, ranking.tried)
    charges = _priced_alike(ranking, place, options)
    billed = catalogue.fuel.of(held.company, held.detail) if place is None or not charges else None
    if billed is not None:
        try:
            charges = tuple(map(int, month_charges(billed.detail, ranking.tried, options)))
        except InputRefused:
            return None, ()
    if place is not None:
        apart, doubts = catalogue.apart(place), ranking.doubts(place)
    else:
        assert billed is not None  # noqa: S101 - it was billed by itself
        warnings = warnings_at_hand(billed.detail, ranking.tried, options)
        doubts = Doubts(warnings, faults_of(billed.detail, held.as_of, options.capacity))
        apart = Apart.PRICES if is_miscounted(held.company, held.detail) else None if billed.is_known else Apart.FUEL
    yen = sum(charges)
    is_known = apart is None
    rank_of = ranking.rank_of(yen) if is_known else None
    spread = ranking.ranges.of(place)
    ours = RankedPlan(held.company, held.detail, yen, rank_of, 0 if is_known else None, True, spread, apart, doubts)
    return ours, charges if is_known else ()


def _priced_alike(ranking: Ranking, place: int | None, options: BillOptions) -> tuple[int, ...]:
    """The months of the present plan where the catalogue has priced it in the same size: a slider moves that much lighter."""
    if place is None or np.isnan(ranking.years[place]) or options.capacity != ranking.size.of(ranking.held.detail.capacity_unit):
        return ()
    return ranking.months(place)
