"""Checks of whole applications and single fields: all faults at once, nothing corrected in silence."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from denkidesk.domain.applications import ApplicationKind
from denkidesk.domain.errors import InputRefused
from denkidesk.forms.checks import LATEST_DAYS, cautions_of, check_application, check_field, outside_cp932
from denkidesk.forms.steps import FORMS, form_of
from denkidesk.texts.apply import fault

TODAY = date(2026, 11, 20)  # a Friday
POINT = "0612345678901234567890"
TABLES = {
    "selection_code": (("S1", "調査依頼"), ("S2", "問合せ")),
    "equipment_class": (("E1", "建物全体"),),
    "content_code": (("C1", "その他"),),
    "service_menu": (("M1", "標準"), ("M2", "時間帯別")),
}
OUTAGE = {
    "supply_point_number": POINT,
    "customer_name": "見本 太郎",
    "supply_point_address": "大阪府大阪市見本町0-0-0",
    "selection_code": "S1",
    "equipment_class": "E1",
    "visit_on": "+3",
}
GOOD = {
    ApplicationKind.OUTAGE: OUTAGE,
    ApplicationKind.MENU_CHANGE: {
        "supply_point_number": POINT,
        "customer_name": "見本 太郎",
        "selection_code": "S1",
        "equipment_class": "E1",
        "service_menu": "M2",
        "change_on": "12/1",
    },
} | {
    kind: {
        "supply_point_number": POINT,
        "supply_point_address": "大阪府大阪市見本町0-0-0",
        "selection_code": "S2",
        "equipment_class": "E1",
        "content_code": "C1",
        "visit_on": "2026-12-01",
    }
    for kind in (ApplicationKind.UTILITY_EQUIPMENT, ApplicationKind.CUSTOMER_EQUIPMENT, ApplicationKind.OTHER)
}


def codes(refused: InputRefused) -> set[tuple[str, str]]:
    return {(fault.field, fault.code) for fault in refused.faults}


def refusal(kind: ApplicationKind, values: dict[str, str], **more: object) -> InputRefused:
    with pytest.raises(InputRefused) as caught:
        check_application(kind, values, TABLES, TODAY, **more)  # type: ignore[arg-type]
    return caught.value


@pytest.mark.parametrize("kind", list(ApplicationKind))
def test_each_kind_makes_an_application_of_its_own_items(kind: ApplicationKind) -> None:
    application = check_application(kind, GOOD[kind], TABLES, TODAY)
    assert application.kind is kind
    assert set(application.items()) == set(GOOD[kind]) == {f.name for f in form_of(kind).item_fields}


@pytest.mark.parametrize("kind", list(ApplicationKind))
def test_an_empty_form_names_every_required_field_at_once(kind: ApplicationKind) -> None:
    wanted = {(field.name, "required") for field in form_of(kind).fields if field.required}
    assert codes(refusal(kind, {})) == wanted


def test_outage_in_normal_form() -> None:
    application = check_application(
        ApplicationKind.OUTAGE,
        OUTAGE | {"supply_point_number": "０６-1234-5678-9012-3456-7890 ", "customer_name": "　見本 太郎\n"},
        TABLES,
        TODAY,
        extra={"remarks": "  電話で受付 "},
    )
    assert application.supply_point_number == POINT
    assert application.customer_name == "見本 太郎"
    assert application.visit_on == date(2026, 11, 23)
    assert application.extra == {"remarks": "電話で受付"}
    assert application.content_code is None


def test_a_visit_date_may_be_left_out() -> None:
    assert check_application(ApplicationKind.OUTAGE, OUTAGE | {"visit_on": " "}, TABLES, TODAY).visit_on is None


def test_all_faults_come_at_once_and_with_their_facts() -> None:
    refused = refusal(
        ApplicationKind.OUTAGE,
        {
            "supply_point_number": POINT[:-1],
            "customer_name": "見" * 101,
            "supply_point_address": "大阪\x00府",
            "selection_code": "S9",
            "visit_on": "11/19/26",
            "content_code": "C1",
        },
    )
    assert codes(refused) == {
        ("supply_point_number", "length"),
        ("customer_name", "too_long"),
        ("supply_point_address", "control"),
        ("selection_code", "choice"),
        ("equipment_class", "required"),
        ("visit_on", "date_ambiguous"),
        ("content_code", "unknown"),
    }
    facts = {fault.code: dict(fault.facts) for fault in refused.faults}
    assert facts["length"] == {"digits": "21"}
    assert facts["too_long"] == {"length": "101", "limit": "100"}
    assert facts["control"] == {"character": "U+0000"}


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (POINT[:-1], "length"),
        (POINT + "1", "length"),
        ("03" + POINT[2:], "area_other"),
        ("99" + POINT[2:], "area"),
        ("6.12346E+20", "exponent"),
        ("06abc", "not_digits"),
        ("06\x1b", "control"),
    ],
)
def test_supply_point_numbers_that_are_refused(number: str, code: str) -> None:
    assert codes(refusal(ApplicationKind.OUTAGE, OUTAGE | {"supply_point_number": number})) == {("supply_point_number", code)}


@pytest.mark.parametrize(
    ("text", "code"),
    [("2026-11-19", "date_past"), ("2027-11-22", "date_far"), ("2026-02-30", "date_missing"), ("そのうち", "date_unreadable")],
)
def test_dates_that_are_refused(text: str, code: str) -> None:
    assert codes(refusal(ApplicationKind.OUTAGE, OUTAGE | {"visit_on": text})) == {("visit_on", code)}


def test_the_last_day_that_is_no_slip_of_the_hand_is_taken() -> None:
    last = TODAY + timedelta(days=LATEST_DAYS)
    application = check_application(ApplicationKind.OUTAGE, OUTAGE | {"visit_on": last.isoformat()}, TABLES, TODAY)
    assert application.visit_on == last
    too_late = refusal(ApplicationKind.OUTAGE, OUTAGE | {"visit_on": (last + timedelta(days=1)).isoformat()})
    assert codes(too_late) == {("visit_on", "date_far")}


def test_without_a_code_table_any_code_will_do() -> None:
    application = check_application(ApplicationKind.OUTAGE, OUTAGE | {"selection_code": "X77"}, {}, TODAY)
    assert application.selection_code == "X77"
    with pytest.raises(InputRefused) as caught:
        check_application(ApplicationKind.OUTAGE, OUTAGE | {"selection_code": "X" * 41}, {}, TODAY)
    assert codes(caught.value) == {("selection_code", "too_long")}


def test_fields_of_the_note_are_checked_but_are_no_items() -> None:
    noted = OUTAGE | {"triage_scope": "all", "note": "折り返し希望\n夕方", "contact_phone": "０６-0000-0000"}
    application = check_application(ApplicationKind.OUTAGE, noted, TABLES, TODAY, with_note=True)
    assert application == check_application(ApplicationKind.OUTAGE, OUTAGE, TABLES, TODAY)
    assert codes(refusal(ApplicationKind.OUTAGE, noted)) == {("triage_scope", "unknown"), ("note", "unknown"), ("contact_phone", "unknown")}
    bad = OUTAGE | {"triage_scope": "perhaps", "contact_phone": "電話"}
    assert codes(refusal(ApplicationKind.OUTAGE, bad, with_note=True)) == {("triage_scope", "choice"), ("contact_phone", "not_phone")}


def test_extra_items_are_checked_too() -> None:
    refused = refusal(ApplicationKind.OUTAGE, OUTAGE, extra={"remarks": "a\x07", "": "x", "long": "あ" * 1001})
    assert codes(refused) == {("remarks", "control"), ("extra", "unknown"), ("long", "too_long")}


def test_characters_outside_cp932_are_a_caution_not_a_refusal() -> None:
    named = OUTAGE | {"customer_name": "𠮷野 髙子", "visit_on": "+4"}  # no holiday
    application = check_application(ApplicationKind.OUTAGE, named, TABLES, TODAY)
    assert application.customer_name == "𠮷野 髙子"
    assert [(c.field, c.code, dict(c.facts)) for c in cautions_of(application, TODAY)] == [
        ("customer_name", "outside_cp932", {"characters": "𠮷"})
    ]
    assert outside_cp932("髙﨑①㈱ｱ～") == ""
    assert outside_cp932("〜é\ue000") == "〜é\ue000"


def test_cautions_for_zeros_and_days_off() -> None:
    application = check_application(ApplicationKind.OUTAGE, OUTAGE | {"supply_point_number": "061234567890123" + "0" * 7}, TABLES, TODAY)
    assert {c.code for c in cautions_of(application, TODAY)} == {"zeros_at_end", "public_holiday"}  # 23 November: 勤労感謝の日
    sunday = replace(application, visit_on=date(2026, 11, 22), supply_point_number=POINT)
    assert [(c.field, c.code) for c in cautions_of(sunday, TODAY)] == [("visit_on", "sunday")]


def test_one_field_looked_at_says_what_was_cleaned_and_what_to_look_at() -> None:
    form = form_of(ApplicationKind.OUTAGE)
    point = form.field("supply_point_number")
    visit = form.field("visit_on")
    assert point is not None
    assert visit is not None
    checked = check_field(point, " ０６1234567890123 0000000", TABLES, TODAY)
    assert checked.value == "061234567890123" + "0" * 7
    assert set(checked.cleaned.changes) == {"width", "separators"}
    assert [c.code for c in checked.cautions] == ["zeros_at_end"]
    sunday = check_field(visit, "11/22", TABLES, TODAY)
    assert (sunday.value, [c.code for c in sunday.cautions]) == ("2026-11-22", ["sunday"])
    assert check_field(visit, "", TABLES, TODAY).value is None


@pytest.mark.parametrize(
    ("today", "typed", "day", "sentence"),
    [
        (
            "2026-11-26",
            "11/25",
            "2027-11-25",
            "2027年11月25日(木)は364日先です。昨日の2026年11月25日(水)のことではありませんか。",
        ),
        (
            "2026-11-26",
            "11月19日",
            "2027-11-19",
            "2027年11月19日(金)は358日先です。7日前の2026年11月19日(木)のことではありませんか。",
        ),
        (
            "2026-11-26",
            "5/31",
            "2027-05-31",
            "2027年5月31日(月)は186日先です。179日前の2026年5月31日(日)のことではありませんか。",
        ),
        ("2027-03-01", "2/29", "2028-02-29", "2028年2月29日(火)は365日先です。"),
    ],
)
def test_a_day_that_was_probably_meant_for_the_past_is_pointed_out(today, typed, day, sentence) -> None:
    visit = form_of(ApplicationKind.OUTAGE).field("visit_on")
    assert visit is not None
    now = date.fromisoformat(today)
    for text in (typed, day):  # the day is asked about as long as it stands there, not only while it is being typed
        found = check_field(visit, text, TABLES, now)
        assert (found.value, [fault(c) for c in found.cautions]) == (day, [sentence])
    application = check_application(ApplicationKind.OUTAGE, OUTAGE | {"visit_on": typed}, TABLES, now)
    assert [fault(c) for c in cautions_of(application, now)] == [sentence]


@pytest.mark.parametrize("typed", ["11/26", "11/27", "1/5", "5/28", "+183"])
def test_a_day_that_is_not_far_ahead_needs_no_caution(typed: str) -> None:
    visit = form_of(ApplicationKind.OUTAGE).field("visit_on")
    assert visit is not None
    assert check_field(visit, typed, TABLES, date(2026, 11, 26)).cautions == ()


_NAMES = sorted({field.name for form in FORMS.values() for field in form.fields})
_TEXTS = st.one_of(st.text(max_size=30), st.sampled_from([POINT, "S1", "E1", "C1", "M1", "+1", "明日", "見本"]))


@given(kind=st.sampled_from(list(ApplicationKind)), changes=st.dictionaries(st.sampled_from(_NAMES), _TEXTS, max_size=3))
def test_only_refusals_escape_and_what_passes_is_in_normal_form(kind: ApplicationKind, changes: dict[str, str]) -> None:
    values = GOOD[kind] | changes
    try:
        application = check_application(kind, values, TABLES, TODAY, with_note=True)
    except InputRefused as refused:
        faults = refused.faults
    else:
        faults = ()
    if faults:
        assert {fault.field for fault in faults} <= set(changes)
        return
    again = {name: str(value) for name, value in application.items().items()}
    assert check_application(kind, again, TABLES, TODAY) == application
