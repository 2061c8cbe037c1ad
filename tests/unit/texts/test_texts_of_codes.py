"""Every code has its words and every words their code: each member of each enum, in all rooms.

That no room makes up a code beside the enums is mypy's part: errors, notes and warnings take their members only.
"""

import re
from pathlib import Path

import pytest

import denkidesk
from denkidesk.domain.bills import AssumedRule, BillWarning, DifferenceReason
from denkidesk.domain.error_codes import (
    ClosedReason,
    ConnectCode,
    ExchangeCode,
    FaultCode,
    InstallationCode,
    OutboxCode,
    OutcomeCode,
    RefusalCode,
    SecretCode,
    SettingCode,
)
from denkidesk.domain.errors import ServerRefused, Unreachable
from denkidesk.domain.fault_codes import (
    AreaPriceCode,
    BillOptionCode,
    BulkCode,
    ErasureCode,
    FormCode,
    InputCode,
    PaperCode,
    PlanCode,
    SpreadsheetCode,
    UsageCode,
)
from denkidesk.domain.plans import CAPACITY_TYPES, ONE_AMOUNT_TYPES, PEAK_TYPES, TWO_PRICE_TYPES, BaseType, PlanFaultCode, PlanFigure
from denkidesk.domain.usage import ImportNote, ImportNoteCode
from denkidesk.domain.wsdl_codes import WsdlCode
from denkidesk.texts import apply, bill, outbox, tariffs
from denkidesk.texts.error_codes import CLOSED, OUTCOME_UNKNOWN, REFUSED, SETUP, UNREACHABLE
from denkidesk.texts.errors import said, setup_text
from denkidesk.texts.faults import FAULTS, IMPORT_NOTES, INPUT_FAULTS_OF_FIELDS
from denkidesk.ui.tariffs.usage_facts import remarks_of, warnings_of

PACKAGE = Path(denkidesk.__file__).parent
DOMAIN = PACKAGE / "domain"
SOURCES = {path: path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))}
ROOMS = "\n".join(text for path, text in SOURCES.items() if not path.is_relative_to(PACKAGE / "texts"))

TABLES = [
    ((RefusalCode,), REFUSED),
    ((ClosedReason,), CLOSED),
    ((ConnectCode, ExchangeCode), UNREACHABLE),
    ((ExchangeCode, OutcomeCode), OUTCOME_UNKNOWN),
    ((InstallationCode, SettingCode, WsdlCode), SETUP),
    ((FormCode,), apply.FAULTS),
    *(
        ((kind,), FAULTS[kind])
        for kind in (
            SpreadsheetCode,
            InputCode,
            SettingCode,
            SecretCode,
            UsageCode,
            PlanCode,
            BillOptionCode,
            AreaPriceCode,
            PaperCode,
            BulkCode,
            ErasureCode,
        )
    ),
    ((ImportNoteCode,), IMPORT_NOTES),
    ((ImportNoteCode,), {**tariffs.IMPORT_WARNINGS, **tariffs.IMPORT_REMARKS, ImportNoteCode.MORE_GAPS: tariffs.IMPORT_GAPS_AT_LEAST}),
    ((BillWarning,), bill.WARNINGS),
    ((PlanFaultCode,), bill.PLAN_FAULTS),
    ((PlanFigure,), bill.PLAN_FIGURES),
    ((AssumedRule,), tariffs.ASSUMED_RULES),
    ((DifferenceReason,), tariffs.DIFFERENCE_REASONS),
]
ENUMS = sorted({enum for enums, _ in TABLES for enum in enums} | {OutboxCode}, key=lambda enum: enum.__name__)
REFUSALS_OF_APPLICATIONS = {RefusalCode.BAD_REQUEST, RefusalCode.UNKNOWN_SERVICE, RefusalCode.DECLINED}


def names(enums):
    return "+".join(enum.__name__ for enum in enums)


@pytest.mark.parametrize(("enums", "table"), TABLES, ids=[names(enums) for enums, _ in TABLES])
def test_every_code_has_words_and_there_are_no_others(enums, table):
    members = [member for enum in enums for member in enum]
    assert set(table) == set(members)
    assert {type(key) for key in table} == set(enums)
    assert len(table) == len(members)  # no two of them share a word
    assert all(table.values())


def test_every_kind_of_fault_has_a_table():
    assert set(FAULTS) | {FormCode} == set(FaultCode.__subclasses__())


@pytest.mark.parametrize("enum", ENUMS, ids=lambda enum: enum.__name__)
def test_every_code_is_given_by_some_room(enum):
    given = set(re.findall(rf"\b{enum.__name__}\.([A-Z][A-Z0-9_]*)\b", ROOMS))
    assert {member.name for member in enum} - given == set()


@pytest.mark.parametrize("enum", sorted(set(ENUMS) - {AssumedRule}, key=lambda enum: enum.__name__), ids=lambda enum: enum.__name__)
def test_a_code_is_spelled_as_its_member(enum):
    assert [member.value for member in enum] == [member.name.lower() for member in enum]


def test_every_kind_of_fault_and_setup_is_among_them():
    kinds = {name for text in SOURCES.values() for name in re.findall(r"^class (\w+)\((?:FaultCode|SetupCode)\)", text, re.MULTILINE)}
    assert {"FormCode", "UsageCode", "WsdlCode"} <= kinds
    assert kinds <= {enum.__name__ for enum in ENUMS}


def test_every_enum_of_codes_is_among_them():
    modules = ("error_codes.py", "fault_codes.py", "wsdl_codes.py")
    text = "\n".join(SOURCES[DOMAIN / module] for module in modules)
    assert set(re.findall(r"^class (\w+)\(", text, re.MULTILINE)) - {"FaultCode", "SetupCode"} <= {enum.__name__ for enum in ENUMS}


def test_words_of_a_field_are_of_a_fault_that_the_field_can_have():
    for field, code in INPUT_FAULTS_OF_FIELDS:
        assert re.search(rf'\(\s*"{field}",\s*InputCode\.{code.name}\b', ROOMS), (field, code)


def test_every_code_that_can_stand_in_the_outbox_has_a_short_reason():
    kept = {*InstallationCode, *ConnectCode, *ExchangeCode, *OutcomeCode, *OutboxCode, *REFUSALS_OF_APPLICATIONS}
    assert set(outbox.WHYS) == kept
    assert all(outbox.WHYS.values())


def test_no_note_of_a_file_is_both_a_warning_and_a_remark():
    assert not set(tariffs.IMPORT_WARNINGS) & set(tariffs.IMPORT_REMARKS)


@pytest.mark.parametrize("code", [*ConnectCode, *ExchangeCode, *RefusalCode])
def test_the_server_is_named_and_nothing_left_in_braces(code):
    make = ServerRefused if isinstance(code, RefusalCode) else Unreachable
    assert "{" not in said(make("kansai", code)).line


@pytest.mark.parametrize("code", [*InstallationCode, *WsdlCode, *SettingCode])
def test_a_fault_of_the_installation_needs_no_facts(code):
    assert "{" not in setup_text(code).replace("{token}", "")
    assert "？" not in setup_text(code)


def test_every_way_of_a_base_charge_has_its_formula_and_its_group():
    assert set(tariffs.BASE_FORMULAS) == set(BaseType)
    assert set(BaseType) == CAPACITY_TYPES | PEAK_TYPES | ONE_AMOUNT_TYPES
    for kind in TWO_PRICE_TYPES:
        assert "{u2}" in tariffs.BASE_FORMULAS[kind]


def test_quiet_remarks_do_not_shout_and_doubts_do():
    quiet = (ImportNoteCode.NEWEST_FIRST, ImportNoteCode.LEAP_DAY, ImportNoteCode.FILES_JOINED, ImportNoteCode.INTERVAL_END)
    notes = [ImportNote(code) for code in quiet]
    assert warnings_of(notes) == []
    assert len(remarks_of(notes)) == 4
    assert len(warnings_of([ImportNote(ImportNoteCode.NEGATIVE, 3), ImportNote(ImportNoteCode.ALL_ZERO)])) == 2


def test_gaps_are_one_sentence_with_their_sum_and_places():
    def gap(first, last, hours):
        return ImportNote(ImportNoteCode.GAP, None, (("first", first), ("last", last), ("hours", hours)))

    (sentence,) = warnings_of([gap("2026-01-05 03:00", "2026-01-05 04:00", "2"), gap("2026-02-01 23:00", "2026-02-02 00:00", "2")])
    assert "2 か所、合計 4 時間" in sentence
    assert "2026年1月5日 3時～5時" in sentence
    assert "2026年2月1日 23:00 ～ 2026年2月2日 0:00" in sentence
