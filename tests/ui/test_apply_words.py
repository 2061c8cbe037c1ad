"""What the form says: faults, review, outcomes, tables; no window needed."""

import json
from datetime import date, datetime

import pytest

from denkidesk.desk.assembly import assemble, review_rows
from denkidesk.desk.installed_set import FormTables, InstalledSet
from denkidesk.domain.applications import ApplicationKind, NewApplication, OutboxItem, OutboxState
from denkidesk.domain.clock import JST
from denkidesk.domain.errors import (
    Closed,
    DeskError,
    FieldFault,
    InputRefused,
    LoginRefused,
    OutcomeUnknown,
    ServerRefused,
    SetupFault,
    Unreachable,
)
from denkidesk.domain.fault_codes import FormCode
from denkidesk.forms.checks import check_field
from denkidesk.forms.steps import FORMS
from denkidesk.settings import KansaiSettings, resources_dir
from denkidesk.texts import apply as texts
from denkidesk.texts import dates
from denkidesk.texts.names import FIELD_NAMES, KIND_NAMES, OUTBOX_STATE_NAMES
from denkidesk.ui.apply.outcomes import Action, not_kept, outcome_of
from denkidesk.ui.parts.item_icons import KIND_ICONS
from fakes.scenario_outbox import NOW

TODAY = date(2026, 11, 20)
POINT = "0612345678901234567890"
OUTAGE = {
    "supply_point_number": POINT,
    "customer_name": "見本 太郎",
    "supply_point_address": "大阪府大阪市見本町0-0-0",
    "selection_code": "PS301",
    "equipment_class": "PE301",
    "triage_scope": "part",
    "note": "夕方に折り返し",
    "contact_phone": "０６-0000-0000",
}
APPLICATION = NewApplication(ApplicationKind.OUTAGE, "PS301", "PE301", POINT)


@pytest.fixture(scope="module")
def tables():
    return InstalledSet(KansaiSettings()).form_tables()


def item(state, **more):
    return OutboxItem("1", APPLICATION, state, NOW, NOW, **more)


def test_every_kind_step_field_and_answer_has_its_words():
    for kind, form in FORMS.items():
        assert KIND_NAMES[kind]
        assert texts.KIND_SENTENCES[kind]
        assert (resources_dir() / "icons" / f"{KIND_ICONS[kind]}.svg").is_file()
        for step in form.steps:
            assert texts.STEP_TITLES[step.key]
            assert step.key in texts.STEP_HINTS
            for field in step.fields:
                assert field.name in FIELD_NAMES
                assert all(answer in texts.ANSWERS for answer in field.answers)


def test_a_receipt_of_another_application_is_shown_with_whose_it_is():
    taken = outcome_of(item(OutboxState.UNKNOWN, failure_code="receipt_taken", failure_message="D1 / item-7"), None)
    assert (taken.words_title, taken.words) == (texts.OTHER_APPLICATION, "D1 / item-7")
    read = outcome_of(item(OutboxState.UNKNOWN, failure_code="schema", failure_message="R 1"), None)
    assert (read.words_title, read.words) == (texts.RECEIPT_READ, "R 1")
    cut = outcome_of(item(OutboxState.UNKNOWN, failure_code="cut", failure_message="D1 / item-7"), None)
    assert (cut.words_title, cut.words) == ("", "")


def test_what_waits_for_the_end_of_a_closed_time_says_until_when_after_a_restart_too():
    until = datetime(2026, 11, 22, 3, tzinfo=JST)
    assert outcome_of(item(OutboxState.QUEUED, failure_code="closed", not_before=until), None).lead == texts.KEPT_CLOSED.format(
        until=dates.moment(until)
    )


@pytest.mark.parametrize("state", list(OutboxState))
def test_every_state_has_its_word_and_its_page(state):
    outcome = outcome_of(item(state, receipt_number="D1"), None)
    assert OUTBOX_STATE_NAMES[state]
    assert outcome.title
    assert outcome.actions


@pytest.mark.parametrize(
    "raw",
    ["", "06", POINT + "1", "03" + POINT[2:], "99" + POINT[2:], "abc", "06\x07"],
)
def test_every_fault_of_a_number_is_a_sentence(raw):
    field = FORMS[ApplicationKind.OUTAGE].field("supply_point_number")
    (fault,) = check_field(field, raw, {}, TODAY).faults
    sentence = texts.fault(fault)
    assert sentence.endswith(("。", "）。"))
    assert "{" not in sentence


def test_facts_are_told_in_sentences():
    assert texts.fault(FieldFault("x", FormCode.LENGTH, {"digits": "23"})) == "23桁です。1桁多すぎます（22桁）。"
    assert texts.fault(FieldFault("x", FormCode.AREA_OTHER, {"prefix": "03", "area": "tokyo"})) == (
        "先頭の 03 は東京の番号です。関西は 06 で始まります。"
    )
    assert texts.fault(FieldFault("x", FormCode.DATE_PAST, {"date": "2026-11-19"})) == "2026年11月19日(木)は過ぎています。"
    assert texts.fault(FieldFault("x", FormCode.DATE_PAST)) == "？は過ぎています。"


def test_the_note_and_the_phone_go_out_where_the_message_has_items_for_them(tables):
    assembled = assemble(ApplicationKind.OUTAGE, OUTAGE, tables, TODAY)
    assert assembled.application.extra == {
        "remarks": "停電しているのは：一部\n夕方に折り返し",
        "contactPhone": "06-0000-0000",
    }
    assert assembled.kept_here == ()
    assert dict(review_rows(assembled.application, tables))["備考（電話メモ）"] == "停電しているのは：一部\n夕方に折り返し"


def test_they_stay_here_where_it_has_none(tables):
    bare = FormTables(tables.choices_by_kind, {}, provisional=False)
    assembled = assemble(ApplicationKind.OUTAGE, OUTAGE, bare, TODAY)
    assert assembled.application.extra == {}
    assert assembled.kept_here == (("備考（電話メモ）", "停電しているのは：一部\n夕方に折り返し"), ("連絡先電話番号", "06-0000-0000"))


def test_a_fault_in_a_further_item_is_told_at_the_field_it_came_from(tables):
    with pytest.raises(InputRefused) as caught:
        assemble(ApplicationKind.OUTAGE, OUTAGE | {"note": "a\x07b"}, tables, TODAY)
    assert [(fault.field, fault.code) for fault in caught.value.faults] == [("note", "control")]


def test_the_review_names_every_item_that_goes_out(tables):
    application = assemble(ApplicationKind.OUTAGE, OUTAGE, tables, TODAY).application
    rows = review_rows(application, tables)
    said = " ".join(words for _, words in rows)
    for value in application.items().values():
        shown = dates.full_day(value) if isinstance(value, date) else texts.grouped(value)
        assert shown in said
    assert ("訪問希望日", "指定なし") in rows


def test_towards_the_real_utility_invented_codes_are_not_offered(tables):
    real = InstalledSet(KansaiSettings(base_url="https://utility.invalid/services/")).form_tables()
    assert real.provisional
    assert real.choices(ApplicationKind.OUTAGE) == {}
    assert tables.label(ApplicationKind.OUTAGE, "selection_code", "PS301") == "停電の調査依頼"
    assert tables.label(ApplicationKind.OUTAGE, "selection_code", "X9") == "X9"


@pytest.mark.parametrize(
    ("content", "code"),
    [("[", "not_json"), ({"outage": []}, "type"), ({"outage": {"note": ""}}, "type"), ({"outage": {"x": "y"}}, "unknown")],
)
def test_a_broken_file_of_further_items_is_named(tmp_path, content, code):
    (tmp_path / "further_items.json").write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    with pytest.raises(SetupFault) as caught:
        InstalledSet(KansaiSettings(wsdl_dir=str(tmp_path))).form_tables()
    assert (caught.value.file, caught.value.code) == ("further_items.json", code)


@pytest.mark.parametrize(
    ("state", "error", "first", "said"),
    [
        (OutboxState.REJECTED, ServerRefused("kansai", "declined", "番号が違います"), Action.MEND, "番号が違います"),
        (OutboxState.QUEUED, LoginRefused("kansai", "forbidden", "", 403), Action.SETTINGS, "ログインID・パスワード"),
        (OutboxState.QUEUED, LoginRefused("kansai", "stopped", "止めました"), Action.SETTINGS, "受け付けられていません"),
        (OutboxState.QUEUED, Unreachable("kansai", "tls"), Action.RETRY, "証明書"),
        (OutboxState.QUEUED, Closed("weekly", datetime(2026, 11, 22, 3, tzinfo=JST)), Action.NEXT_APPLICATION, "11月22日(日) 3:00"),
        (OutboxState.QUEUED, Closed("maintenance"), Action.NEXT_APPLICATION, "再開した後"),
        (OutboxState.QUEUED, SetupFault("binding.json", "operations", "missing"), Action.SETTINGS, "binding.json"),
        (OutboxState.QUEUED, None, Action.RETRY, "届いていません"),
        (OutboxState.UNKNOWN, OutcomeUnknown("kansai", "timeout"), Action.SETTLE, "自動では再送しません"),
    ],
)
def test_outcomes_say_what_happened_and_offer_what_helps(state, error, first, said):
    outcome = outcome_of(item(state), error)
    assert outcome.actions[0] is first
    assert said in " ".join([outcome.lead, *outcome.points, outcome.words])
    again = Action.TRY_ONCE if isinstance(error, LoginRefused) else Action.RETRY
    assert (again in outcome.actions) == (state is OutboxState.QUEUED), "nothing but what waits may be sent again from here"


def test_what_could_not_be_kept_says_so():
    assert not_kept(SetupFault("desk.db", "file", "unwritable")).actions[0] is Action.MEND
    assert isinstance(not_kept(RuntimeError()).words, str)
    assert issubclass(SetupFault, DeskError)
