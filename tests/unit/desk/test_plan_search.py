"""A plan by its name, over everything that is stored."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from denkidesk.desk.plan_search import PlanNames, find_plans
from denkidesk.domain.areas import Area, QuotingAreaCode
from denkidesk.domain.errors import Unreachable
from denkidesk.domain.own_plans import OwnPlan
from denkidesk.domain.plans import BaseOption, Company, HolidayFlags, Plan, PlanType
from fakes.plan_builder import condition
from fakes.plan_builder import plan as detail_of

TODAY = date(2026, 6, 1)
KANDEN = Company("6", "関西電力", QuotingAreaCode("06"), former_monopoly=True)
SAMPLE = Company("901", "見本電力", QuotingAreaCode("06"), former_monopoly=False)
TEPCO = Company("3", "東京電力エナジーパートナー", QuotingAreaCode("03"), former_monopoly=True)


def plan(company: Company, name: str, valid_to: date | None = None) -> Plan:
    base = BaseOption("1", name, 1, None, Decimal(0), Decimal(0))
    days = HolidayFlags(saturday=False, sunday=False, public_holiday=False)
    metered = PlanType.METERED
    return Plan(f"{company.epcorp_cd}_{name}", company.epcorp_cd, name, 1, metered, "A", None, valid_to, Decimal(0), days, (base,))


NAMES = PlanNames(
    [
        (TEPCO, [plan(TEPCO, "従量電灯B"), plan(TEPCO, "スマートライフS")]),
        (SAMPLE, [plan(SAMPLE, "見本従量電灯"), plan(SAMPLE, "ＥＣＯプラン")]),
        (KANDEN, [plan(KANDEN, "従量電灯A"), plan(KANDEN, "従量電灯A（旧）", date(2023, 3, 31)), plan(KANDEN, "なっトクでんき")]),
    ]
)


def found(words: str, here=(KANDEN, SAMPLE)) -> list[str]:
    return [(company if plan is None else plan).name for company, plan in NAMES.find(words, here, TODAY).hits]


@pytest.mark.parametrize("words", ["なっとくでんき", "ﾅｯﾄｸ", "ナッﾄｸ", "かんでん なっとく", "kepco　ナッﾄｸデンキ"])
def test_any_writing_reading_or_short_name_finds_a_plan(words):
    assert found(words) == ["なっトクでんき"]


@pytest.mark.parametrize("words", ["eco", "ECO", "ｅｃｏﾌﾟﾗﾝ"])
def test_case_and_width_make_no_difference(words):
    assert found(words) == ["ＥＣＯプラン"]


def test_the_place_comes_first_then_what_can_be_had_and_begins_so_and_other_areas_last():
    assert found("じゅうりょう") == found("従量電灯")
    assert found("従量電灯") == ["従量電灯A", "見本従量電灯", "従量電灯A（旧）", "従量電灯B"]
    assert found("従量電灯", here=(TEPCO,))[0] == "従量電灯B"


def test_a_retailer_is_found_too_and_stands_above_its_plans():
    assert found("かんでん") == ["関西電力", "従量電灯A", "なっトクでんき", "従量電灯A（旧）"]
    new = Company("77", "新顔電力", QuotingAreaCode("06"), former_monopoly=False)
    assert found("新顔", here=(KANDEN, new)) == ["新顔電力"], "it is in the list that is shown, though nothing of it is stored"


def test_what_nobody_is_called_and_what_is_no_word_find_nothing():
    assert NAMES.find("ない名前", (), TODAY).count == NAMES.find("　 ", (), TODAY).count == 0


def test_of_many_the_first_are_shown_and_all_counted():
    many = PlanNames([(SAMPLE, [plan(SAMPLE, f"見本{number}") for number in range(100)])])
    shown = many.find("見本", (), TODAY)
    assert (len(shown.hits), shown.count) == (40, 101)


def test_everything_stored_is_searched_with_the_servers_off_and_what_is_fetched_later_too(desk, practice):
    desk.quoting.companies(Area.KANSAI)
    desk.quoting.plans("6")
    assert not desk.plan_search.names().plans("スマートライフ")
    desk.quoting.companies(Area.TOKYO)
    desk.quoting.plans("3")
    practice.quoting.faults.inject("error-500", times=None, operation=None)
    names = desk.plan_search.names()
    assert [(company.name, plan.name) for company, plan in names.plans("すまーとらいふ")] == [
        ("東京電力エナジーパートナー", "スマートライフS")
    ]
    assert desk.plan_search.names() is names, "read once"


def test_retailers_that_are_not_allotted_are_searched_where_the_clerk_wants_them(desk):
    desk.quoting.companies(Area.KANSAI)
    desk.quoting.companies(Area.KANSAI, unlimited=True)
    desk.quoting.plans("24")
    assert desk.plan_search.names(unlimited=True).plans("テラセル")
    assert not desk.plan_search.names().plans("テラセル")


def test_own_plans_are_searched_and_a_deleted_one_no_more(desk):
    detail = replace(detail_of(condition("20")), epplan_id="", name="ひなた")
    kept = desk.own_plans.keep(OwnPlan("", QuotingAreaCode("06"), detail))
    assert [plan.name for _, plan in desk.plan_search.names().plans("ヒナタ")] == ["ひなた"]
    desk.own_plans.delete(kept)
    assert not desk.plan_search.names().plans("ヒナタ")


def test_the_paper_bill_s_search_fetches_the_named_retailer(desk):
    hits = find_plans(desk, (Area.KANSAI, None, None), "かんでん なっとく")
    assert [company.name for company, _ in hits] == ["関西電力"]


def test_an_area_that_was_never_asked_for_is_known_from_the_list_of_all(desk, practice):
    desk.quoting.companies()
    practice.quoting.faults.inject("error-500", times=None, operation=None)
    answer = desk.quoting.companies(Area.TOKYO)
    assert answer.from_store
    assert answer.error is not None
    assert {company.name for company in answer.value} == {"東京電力エナジーパートナー", "例示電力株式会社"}
    for place in ({"prefecture": "13"}, {"zip_code": "1000001"}):
        with pytest.raises(Unreachable):  # nobody knows who is there
            desk.quoting.companies(**place)


def test_a_word_of_a_retailers_name_hides_no_plan_of_another_and_own_plans_are_found(desk):
    def names(words):
        return [plan.name for _, plan in find_plans(desk, (Area.KANSAI, None, None), words)]

    every = names("でんき")
    assert any("なっトクでんき" in name for name in every)
    assert {plan.epcorp_cd for _, plan in find_plans(desk, (Area.KANSAI, None, None), "でんき")} > {"6"}
    desk.own_plans.keep(
        OwnPlan("ひなた電力", QuotingAreaCode("06"), replace(detail_of(condition("24")), epplan_id="", name="ひだまりでんき"))
    )
    assert names("ひだまり") == ["ひだまりでんき"]
    assert names("ひなた でんき") == ["ひだまりでんき"]
    assert set(names("でんき")) == {*every, "ひだまりでんき"}


def test_nothing_that_is_found_is_left_out(desk):
    for number in range(50):
        detail = replace(detail_of(condition("24")), epplan_id=f"A-{number}", name=f"ひなた{number}")
        desk.own_plans.keep(OwnPlan("ひなた電力", QuotingAreaCode("06"), detail))
    assert len(find_plans(desk, (Area.KANSAI, None, None), "ひなた")) == 50
