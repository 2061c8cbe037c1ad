"""Compared, apart and left out are together every plan that is listed: variable-metered ones, and those without figures, too."""

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.unit.desk.test_ranking_desk import AREA, YEAR, company, numbered, question

from denkidesk.billing.engine import compute_bill
from denkidesk.domain.areas import Area
from denkidesk.domain.bills import FuelChoice, FuelRule, Rounding
from denkidesk.domain.plans import BaseOption, Plan, PlanType
from denkidesk.domain.ranking import AtHand, LeftOut, Size, Trial
from fakes.plan_builder import condition, plan

OURS = numbered(0, plan(condition("30"), base=(2, "400", "0")))
SIX_KW = AtHand(AREA, 2, Size(Decimal(6), is_ampere=False))


def listed(*details, limits=("0", "0")):
    """As a retailer's list has them: without figures."""
    found = []
    for one in details:
        base = BaseOption(one.base_cd, one.base_name, one.base_type or 0, one.ampere, *map(Decimal, limits))
        head = (one.epplan_id, one.epcorp_cd, one.name, one.contract_type, one.plan_type, one.capacity_unit, one.valid_from, one.valid_to)
        found.append(Plan(*head, one.discount_rate, one.holidays, (base,)))
    return tuple(found)


def variable(number, capacity, unit):
    detail = plan(condition(unit), base=(2, "400", "0"), plan_type=PlanType.VARIABLE_METERED, capacity=capacity)
    return numbered(number, detail)


@pytest.fixture
def keep(desk):
    def put(*details, plans):
        desk.store.catalogue.put("companies", "//", (company(1),))
        desk.store.catalogue.put("plans", "1/", plans)
        for one in details:
            desk.store.catalogue.put("plan_detail", f"{one.epplan_id}/{one.base_cd}/{one.capacity or ''}", one)

    return put


def told(ranking):
    """Each listed plan, and where it is counted."""
    found = [(ranking.row(place).detail.name, "compared") for place in ranking.compared]
    return sorted(found + [(ranking.catalogue.plans[place][1].name, why) for place, why in ranking.left_out.items()])


def test_a_variable_metered_plan_is_counted_once_by_the_figures_of_the_capacity_at_hand(desk, keep):
    at_four, at_six = variable(1, Decimal(4), "20"), variable(1, Decimal(6), "18")
    keep(OURS, at_four, at_six, plans=listed(OURS, at_four))

    def at(capacity, detail=OURS, tried=None):
        return desk.ranking.rank(question(detail, capacity=capacity), Trial(capacity=tried))

    for capacity, detail in ((Decimal(4), at_four), (Decimal("6.0"), at_six)):
        ranking = at(capacity)
        assert told(ranking) == [("見本0", "compared"), ("見本1", "compared")]
        options = replace(question(OURS).options(Rounding.BILL), capacity=capacity)
        assert ranking.row(ranking.compared[0]).yen == compute_bill(detail, YEAR, options).year.charge
    assert told(at(Decimal(5))) == [("見本0", "compared"), ("見本1", LeftOut.CAPACITY_PRICES)]
    assert told(at(Decimal(4), tried=Decimal(6)))[1] == ("見本1", "compared")
    assert at(Decimal(4), tried=Decimal(7)).left_out, "what is tried has its own figures"
    assert told(at(None))[1] == ("見本1", LeftOut.CAPACITY_UNKNOWN)
    as_present = at(Decimal(4), at_four)
    assert (as_present.present.rank, told(as_present)) == (1, [("見本0", "compared"), ("見本1", "compared")])
    assert told(at(Decimal(4), at_four, tried=Decimal(6)))[1] == ("見本1", "compared"), "once, as the plan that the customer has"


def test_what_is_listed_and_has_no_figures_is_left_out_for_that(desk, keep):
    new, small, other = (numbered(number, OURS) for number in (1, 2, 3))
    first = variable(4, None, "20")
    keep(OURS, plans=(*listed(OURS, new, first, replace(other, contract_type=2)), *listed(small, limits=("1", "4"))))
    ranking = desk.ranking.rank(question(OURS, capacity=Decimal(4)))
    assert told(ranking) == [
        ("見本0", "compared"),
        ("見本1", LeftOut.NOT_FETCHED),
        ("見本2", LeftOut.CAPACITY),
        ("見本3", LeftOut.CONTRACT_TYPE),
        ("見本4", LeftOut.CAPACITY_PRICES),
    ]
    assert not ranking.fuel_unknown
    # under each month's own price, too, nothing is said of the fuel of a plan that has no figures
    own = desk.ranking.rank(question(OURS, capacity=Decimal(4), fuel=FuelChoice(FuelRule.OWN_MONTH)))
    assert told(own) == told(ranking)
    keep(new, plans=listed(OURS, new))
    assert told(desk.ranking.rank(question(OURS, capacity=Decimal(4)))) == [("見本0", "compared"), ("見本1", "compared")]


def test_a_variable_metered_plan_that_is_in_no_list_any_more_is_known_by_its_figures(desk, keep):
    keep(OURS, variable(1, Decimal(6), "18"), plans=listed(OURS))
    assert told(desk.ranking.rank(question(OURS, capacity=Decimal(4))))[1] == ("見本1", LeftOut.CAPACITY_PRICES)


def test_the_contract_at_hand_fits_a_plan_by_type_ampere_and_limits():
    (by_kva,) = listed(replace(OURS, contract_type=2), limits=("6", "50"))
    for size, wanted in ((6, Decimal(6)), (5, None), (49, Decimal(49)), (50, None)):
        assert replace(SIX_KW, size=Size(Decimal(size), is_ampere=False)).capacity_for(by_kva, by_kva.bases[0]) == wanted
    assert replace(SIX_KW, size=Size(Decimal(60), is_ampere=True)).capacity_for(by_kva, by_kva.bases[0]) == 6
    assert replace(SIX_KW, contract_type=1).capacity_for(by_kva, by_kva.bases[0]) is None
    assert replace(SIX_KW, size=Size(None, is_ampere=False)).capacity_for(by_kva, by_kva.bases[0]) is None
    (by_ampere,) = listed(replace(OURS, contract_type=2, capacity_unit="A", ampere=Decimal(40)))
    assert SIX_KW.capacity_for(by_ampere, by_ampere.bases[0]) is None


def test_the_catalogue_is_filled_for_the_contract_at_hand_first_and_for_it_alone_where_that_is_wanted(desk):
    first = desk.catalogue.sync(10_000, at_hand=SIX_KW)
    known = {detail.value.key for detail in desk.catalogue.details()}
    assert ("0901_2_0001", "01", Decimal(6)) in known
    assert first.added == len(known)
    eight = replace(SIX_KW, size=Size(Decimal(8), is_ampere=False))
    alone = desk.catalogue.sync(10_000, at_hand=eight, only_at_hand=True)
    assert (alone.asked, alone.added, alone.left) == (1, 1, 0)
    assert {detail.value.key for detail in desk.catalogue.details()} == known | {("0901_2_0001", "01", Decimal(8))}
    ten = replace(SIX_KW, size=Size(Decimal(10), is_ampere=False))
    assert desk.catalogue.sync(1, at_hand=ten).added == 1, "before all that was seen"
    assert ("0901_2_0001", "01", Decimal(10)) in {detail.value.key for detail in desk.catalogue.details()}
    elsewhere = replace(SIX_KW, area_code="03", size=Size(Decimal(12), is_ampere=False))
    assert desk.catalogue.sync(10_000, at_hand=elsewhere, only_at_hand=True).asked == 0


def test_every_plan_of_the_practice_lists_is_counted_once(desk):
    desk.ranking.fill(10_000, Area.KANSAI, frozenset(), at_hand=SIX_KW)
    lists = [desk.quoting.kept_plans(one.epcorp_cd) for one in desk.quoting.companies().value]
    every = sorted((one.epplan_id, base.base_cd) for plans in lists for one in plans for base in one.bases)
    company_, ours = next(one for one in desk.ranking.catalogue().plans if one[0].name == "関西電力" and one[1].name == "低圧電力")
    for capacity in (Decimal(6), Decimal(7)):
        ranking = desk.ranking.rank(replace(question(ours, capacity=capacity), company=company_))
        counted = [*ranking.compared, *ranking.fuel_unknown, *ranking.left_out]
        names = sorted(ranking.catalogue.plans[place][1].key[:2] for place in counted)
        assert names == every
        reasons = {ranking.catalogue.plans[place][1].name: why for place, why in ranking.left_out.items()}
        assert reasons.get("見本可変低圧プラン") == (None if capacity == 6 else LeftOut.CAPACITY_PRICES)
