"""Plans of the own house: kept, changed, deleted, ranked and quoted like the server's, and never asked of it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from tests.unit.desk.test_ranking_desk import YEAR, company, numbered, question

from denkidesk.billing.engine import compute_bill
from denkidesk.billing.plan_faults import plan_faults
from denkidesk.desk import own_plans
from denkidesk.desk.comparison import ask_server, compute
from denkidesk.desk.own_plan_form import blank_form, doubted_fields, form_of_plan, plan_of_form
from denkidesk.desk.own_plans import FileRead
from denkidesk.domain.areas import Area, QuotingAreaCode
from denkidesk.domain.bills import Rounding
from denkidesk.domain.errors import InputRefused, SetupFault
from denkidesk.domain.own_plans import OwnPlan, is_own
from denkidesk.domain.ranking import LeftOut
from denkidesk.texts.own_plans import failed_words, read_words
from fakes.plan_builder import condition, fuel, plan
from fakes.plan_json import encode_plan_detail

KANSAI = QuotingAreaCode("06")
NEW = replace(plan(condition("24"), base=(1, "600", "0"), levy="4.18"), epplan_id="", name="ひなたプラン")


def own(detail=NEW, area=KANSAI):
    return OwnPlan("ひなた電力", area, detail)


def test_a_plan_is_added_changed_and_deleted_each_time_a_version(desk):
    added = desk.own_plans.keep(own())
    assert desk.own_plans.all() == (added,)
    changed = desk.own_plans.keep(own(replace(added.detail, name="ひなたプランB")))
    assert desk.own_plans.all() == (changed,), "in the place of the one of its number"
    other = desk.own_plans.keep(own())
    assert {one.detail.epplan_id for one in desk.own_plans.all()} == {added.detail.epplan_id, other.detail.epplan_id}
    desk.own_plans.delete(changed)
    assert desk.own_plans.all() == (other,)
    with pytest.raises(InputRefused):
        desk.own_plans.keep(own(replace(NEW, base_type=99)))
    assert desk.own_plans.all() == (other,)


def test_own_plans_are_ranked_in_their_area_as_their_own_bills_say(desk):
    present = numbered(0, plan(condition("25"), levy="4.18"))
    desk.store.catalogue.put("companies", "//", (company(1),))
    desk.store.catalogue.put("plan_detail", "1_1_0/1/", present)
    assert len(desk.ranking.rank(question(present)).compared) == 1
    here, elsewhere = desk.own_plans.keep(own()), desk.own_plans.keep(own(area=QuotingAreaCode("03")))
    ranking = desk.ranking.rank(question(present))
    rows = {ranking.row(place).detail.epplan_id: ranking.row(place) for place in ranking.compared}
    row = rows[here.detail.epplan_id]
    assert row.yen == compute_bill(here.detail, YEAR, question(here.detail).options(Rounding.BILL)).year.charge
    assert (row.company.name, is_own(row.company.epcorp_cd)) == ("ひなた電力", True)
    assert ranking.left_out[ranking.catalogue.place_of[elsewhere.detail.key]] is LeftOut.AREA
    desk.own_plans.delete(here)
    assert len(desk.ranking.rank(question(present)).compared) == 1


def test_the_lists_of_the_server_have_the_own_house_beside_them_and_its_figures_come_from_the_store(desk):
    kept = desk.own_plans.keep(own())
    found = own_plans.companies(desk, Area.KANSAI).value
    assert [one for one in found if is_own(one.epcorp_cd)] == [kept.company]
    assert not any(is_own(one.epcorp_cd) for one in own_plans.companies(desk, Area.TOKYO).value)
    assert kept.company in own_plans.companies(desk, None, "27").value
    assert own_plans.plans(desk, kept.company.epcorp_cd).value == (kept.plan,)
    assert own_plans.plan_detail(desk, kept.detail.epplan_id, kept.detail.base_cd).value == kept.detail
    of_server = next(one for one in found if not is_own(one.epcorp_cd))
    assert own_plans.plans(desk, of_server.epcorp_cd).value == desk.quoting.plans(of_server.epcorp_cd).value
    desk.own_plans.delete(kept)
    with pytest.raises(InputRefused):
        own_plans.plan_detail(desk, kept.detail.epplan_id, kept.detail.base_cd)


def test_the_server_is_not_asked_about_an_own_plan(desk, practice):
    kept = desk.own_plans.keep(own())
    asked = replace(question(kept.detail), company=kept.company)
    bills = compute(desk, asked)
    practice.stop()
    with pytest.raises(InputRefused) as refused:
        ask_server(desk, asked, bills.unrounded)
    assert refused.value.faults[0].code == "own_plan"


def test_a_file_in_the_shape_of_the_api_goes_in_and_out(desk, tmp_path):
    seasons = replace(
        plan(condition("30", months=(7, 9)), condition("20", order=2, months=(10, 6)), levy="4.18"), epplan_id="A-1", name="夏冬"
    )
    one, many, broken = tmp_path / "one.json", tmp_path / "many.jsonl", tmp_path / "broken.jsonl"
    one.write_bytes(encode_plan_detail(seasons))
    (read,) = desk.own_plans.read_file(one, "ひなた電力", KANSAI).kept
    assert (read.detail.conditions, read.detail.name, read.area_code) == (seasons.conditions, "夏冬", KANSAI)
    assert is_own(read.detail.epplan_id)
    back = tmp_path / "back.json"
    desk.own_plans.write_file(back, read)
    assert desk.own_plans.read_file(back, "ひなた電力", KANSAI) == FileRead((read,), ())
    assert desk.own_plans.all() == (read,), "the same plan once more is no other one"
    flat = encode_plan_detail(replace(NEW, epplan_id="A-2"))
    many.write_bytes(encode_plan_detail(seasons).replace(b"\n", b"") + b"\n" + flat.replace(b"\n", b""))
    assert len(desk.own_plans.read_file(many, "ひなた電力", KANSAI).kept) == 2
    broken.write_bytes(flat.replace(b"\n", b"") + b"\n{}")
    before = desk.own_plans.all()
    with pytest.raises(InputRefused):
        desk.own_plans.read_file(broken, "ひなた電力", KANSAI)
    assert desk.own_plans.all() == before, "all or none"
    with pytest.raises(SetupFault):
        desk.own_plans.write_file(tmp_path / "none" / "x.json", read)


def lines(*details):
    return b"".join(encode_plan_detail(one).replace(b"\n", b"") + b"\n" for one in details)


def test_two_lines_of_a_file_with_one_number_are_refused_by_their_lines_and_none_is_kept(desk, tmp_path):
    file = tmp_path / "own.jsonl"
    named = [replace(NEW, epplan_id=number, name=name) for number, name in (("A-1", "一"), ("A-2", "二"), ("own-A-1", "三"))]
    file.write_bytes(b"\n" + lines(*named))
    with pytest.raises(InputRefused) as refused:
        desk.own_plans.read_file(file, "ひなた電力", KANSAI)
    assert failed_words(refused.value) == "料金プラン：4行目：2行目と同じプラン番号（own-A-1/1）です。どちらかの番号を変えてください。"
    assert desk.own_plans.all() == ()
    file.write_bytes(lines(named[0], replace(named[0], base_cd="2", name="同じプランの別の契約")))
    assert len(desk.own_plans.read_file(file, "ひなた電力", KANSAI).kept) == len(desk.own_plans.all()) == 2


def test_every_fault_of_every_line_is_named_with_its_line(desk, tmp_path):
    file = tmp_path / "own.jsonl"
    good = replace(NEW, epplan_id="A-1")
    file.write_bytes(lines(good, replace(good, epplan_id="A-2", base_type=99)) + b"{}\n" + b"x\n")
    with pytest.raises(InputRefused) as refused:
        desk.own_plans.read_file(file, "ひなた電力", KANSAI)
    assert [fault.facts["line"] for fault in refused.value.faults] == ["2", "3", "4"]
    words = failed_words(refused.value)
    assert all(f"{line}行目：" in words for line in (2, 3, 4))
    # one plan over several lines has no fault of a line
    file.write_bytes(encode_plan_detail(good)[:-20])
    with pytest.raises(InputRefused) as refused:
        desk.own_plans.read_file(file, "ひなた電力", KANSAI)
    assert "line" not in refused.value.faults[0].facts


def test_a_plan_of_a_file_that_takes_the_place_of_another_is_told(desk, tmp_path):
    file = tmp_path / "own.jsonl"
    first = desk.own_plans.keep(own(replace(NEW, epplan_id="A-1")))
    other = desk.own_plans.keep(own(replace(NEW, epplan_id="A-3")))
    file.write_bytes(lines(replace(NEW, epplan_id="A-1", name="新しい"), replace(NEW, epplan_id="A-2"), replace(NEW, epplan_id="A-3")))
    read = desk.own_plans.read_file(file, "ひなた電力", KANSAI)
    assert len(read.kept) == 3
    assert read.replaced == (first,), "the same figures once more replace nothing"
    assert set(desk.own_plans.all()) == set(read.kept) >= {other}
    assert read_words(3, [one.detail.name for one in read.replaced], []) == (
        "3件を登録しました。1件は同じ番号のプランを置き換えました：ひなたプラン。"
    )
    assert "、".join("一二三") + " ほか" in read_words(9, list("一二三四"), [])


# --- the form ---------------------------------------------------------------------------------------------------------

TYPED = {
    **blank_form(KANSAI, date(2026, 6, 1)),
    "name": " ひなた　プラン ",
    "base_unit": "１，２００",
    "fuel": "-1.5",
    "discount": "3",
    "up_to 1": "120",
    "price 1": "20.5",
    "above 2": "120",
    "price 2": "28",
}


def test_what_is_typed_is_a_plan_and_the_form_shows_it_again():
    detail = plan_of_form(TYPED, "own-1", "電力量料金")
    wanted = plan(
        condition("20.5", order=1, volume=("0", "120")),
        condition("28", order=2, volume=("120", "0")),
        base=(1, "1200", "0"),
        fuels=(fuel("-1.5"),),
        levy="4.18",
        discount="3",
    )
    wanted = replace(wanted, epplan_id="own-1", epcorp_cd="", name="ひなた プラン", base_name="", capacity_unit="A")
    assert detail == wanted
    again = form_of_plan(detail)
    assert plan_of_form(again, "own-1", "") == detail
    hours = plan_of_form(TYPED | {"from 1": "8", "to 1": "22", "from 2": "22", "to 2": "8", "up_to 1": "", "above 2": ""}, "", "昼")
    assert [(one.time_from, one.time_to) for one in hours.conditions] == [(8, 22), (22, 8)]
    assert form_of_plan(hours)["to 1"] == "22"


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"name": " "}, ["name"]),
        ({"base_unit": "", "levy": "x"}, ["base_unit", "levy"]),
        ({"price 1": "", "price 2": "二八"}, ["price 1", "price 2"]),
        ({"from 1": "8.5"}, ["from 1"]),
        ({"to 1": "25"}, ["to 1"]),
        ({"fuel": "500"}, ["fuel"]),
        ({"up_to 1": "", "price 1": "", "above 2": "", "price 2": ""}, ["price 1"]),
    ],
)
def test_what_cannot_be_read_is_named_by_its_field(typed, fields):
    with pytest.raises(InputRefused) as refused:
        plan_of_form(TYPED | typed, "", "電力量料金")
    assert [fault.field for fault in refused.value.faults] == fields


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"from 1": "24"}, "1行目の何時から：0から23までの整数にしてください。"),
        ({"from 1": "8.5"}, "1行目の何時から：0から23までの整数にしてください。"),
        ({"to 1": "25"}, "1行目の何時まで：0から24までの整数にしてください。"),
        ({"fuel": "500"}, "燃料費調整（円/kWh、空欄：なし）：-100から100までの数にしてください。"),
        ({"price 2": "二八"}, "2行目の円/kWh：数にしてください。"),
        ({"name": "ひ" * 61}, "プラン名：60文字までにしてください（いま61文字）。"),
    ],
)
def test_what_is_no_number_and_what_is_one_out_of_range_are_told_apart(typed, words):
    with pytest.raises(InputRefused) as refused:
        plan_of_form(TYPED | typed, "", "電力量料金")
    assert failed_words(refused.value) == words
    assert plan_of_form(TYPED | {"name": "ひ" * 60, "from 1": "23", "to 1": "24"}, "", "電力量料金").conditions[0].time_to == 24


def test_a_plan_with_more_than_the_form_has_is_not_shown_in_it():
    detail = plan_of_form(TYPED, "own-1", "電力量料金")
    for other in (
        replace(detail, base_type=6),
        replace(detail, conditions=(condition("20", months=(7, 9)),)),
        replace(detail, valid_to=date(2027, 3, 31)),
        replace(detail, fuels=(fuel("1", volume=("15", "0")),)),
        replace(detail, conditions=detail.conditions * 4),
        replace(detail, levy_yen_per_kwh=None),
        replace(detail, capacity_from=Decimal(6)),
    ):
        assert form_of_plan(other) is None


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"price 1": "25"}, ()),
        ({"price 1": "25", "up_to 1": "120", "price 2": "30", "above 2": "300"}, ("above 1", "up_to 1", "above 2", "up_to 2")),
        ({"price 1": "25", "price 2": "26", "above 2": "300", "up_to 2": "120"}, ("above 2", "up_to 2")),
        (
            {"price 1": "25", "from 1": "0", "to 1": "12", "price 2": "30", "from 2": "8", "to 2": "24"},
            ("from 1", "to 1", "from 2", "to 2"),
        ),
        ({"price 1": "25", "up_to 1": "120", "price 2": "3", "above 2": "120"}, ("price 2",)),
        ({"price 1": "25", "fuel": "45", "levy": "30", "discount": "60"}, ("fuel", "levy", "discount")),
        ({"price 1": "25", "fuel": "0"}, ("fuel",)),
        ({"price 1": "25", "base_unit": "500000"}, ("base_unit",)),
        ({"price 1": "25", "name": "旧料金"}, ("name",)),
    ],
)
def test_the_fields_of_a_doubt_are_known(typed, fields):
    """A hole or a double price lies between rows: all of them are looked at."""
    blank = blank_form(KANSAI, date(2026, 11, 27))
    detail = plan_of_form({"name": "ひなた", "base_unit": "500", **blank, **typed}, "", "電力量料金")
    assert doubted_fields(detail, plan_faults(detail)) == fields
