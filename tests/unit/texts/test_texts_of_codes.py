"""Every code that the rooms can emit has its sentence: the codes are read from the source, so a new one without words fails here."""

import ast
from pathlib import Path

import pytest

import denkidesk
from denkidesk.billing.compare import Reason
from denkidesk.domain.errors import FieldFault
from denkidesk.domain.plans import CAPACITY_TYPES, ONE_AMOUNT_TYPES, PEAK_TYPES, TWO_PRICE_TYPES, BaseType
from denkidesk.domain.usage import ImportNote
from denkidesk.texts import bill as bill_texts
from denkidesk.texts import tariffs as texts
from denkidesk.texts.errors import fault_text
from denkidesk.ui.tariffs.usage_facts import remarks_of, warnings_of

PACKAGE = Path(denkidesk.__file__).parent
ROOMS = ("metering", "billing", "enegaeru")


def calls(*rooms):
    for room in rooms:
        for file in sorted((PACKAGE / room).glob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    yield node


def strings(node):
    """The texts that an expression can be: a constant, or both sides of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    if isinstance(node, ast.IfExp):
        return strings(node.body) | strings(node.orelse)
    return set()


def name_of(function):
    return ast.unparse(function)


def note_codes():
    return {code for call in calls("metering") if name_of(call.func).endswith("notes.note") and call.args for code in strings(call.args[0])}


def findings(which):
    wanted = f"findings.{which}.append"
    return {code for call in calls("billing") if name_of(call.func).endswith(wanted) for code in strings(call.args[0])}


def refusals():
    found = set()
    for call in calls(*ROOMS):
        name = name_of(call.func)
        if name == "InputRefused.of" and len(call.args) >= 2:
            found |= {(field, code) for field in strings(call.args[0]) for code in strings(call.args[1])}
        elif name.endswith("notes.fault"):
            found |= {("usage", code) for code in strings(call.args[0])}
        elif name in ("faults.note", "self.note") and any(keyword.arg == "item" for keyword in call.keywords):
            found |= {("plan", code) for code in strings(call.args[0])}
    # the reader's own by the first bytes of a file
    return found | {("usage", code) for code in ("excel_file", "pdf_file", "compressed_file")}


def test_the_codes_are_found_in_the_source():
    assert {"gap", "leap_day", "interval_end", "interval_end_assumed", "newest_first", "not_in_order"} <= note_codes()
    assert {"capacity_outside", "peak_of_hourly_means"} <= findings("warnings")
    assert {("capacity", "required"), ("plan", "missing"), ("usage", "gaps"), ("usage", "short_row")} <= refusals()


def test_every_note_of_a_file_is_a_warning_or_a_remark():
    told = set(texts.IMPORT_WARNINGS) | set(texts.IMPORT_REMARKS) | {"more_gaps"}  # the last is said with the gaps
    assert note_codes() - told == set()
    assert not set(texts.IMPORT_WARNINGS) & set(texts.IMPORT_REMARKS)


def plan_fault_codes():
    made = {code for call in calls("billing") if name_of(call.func) == "PlanFault" and call.args for code in strings(call.args[0])}
    coverage = ast.parse((PACKAGE / "billing" / "coverage.py").read_text(encoding="utf-8"))
    yielded = (node.value for node in ast.walk(coverage) if isinstance(node, ast.Yield))
    return made | {code for value in yielded if isinstance(value, ast.Tuple) for code in strings(value.elts[0])}


def test_every_fault_of_a_plan_has_a_sentence():
    assert {"ended", "no_conditions", "hours_unpriced", "tier_twice", "cap_in_tiers", "implausible_price"} <= plan_fault_codes()
    assert plan_fault_codes() == set(bill_texts.PLAN_FAULTS)
    items = {item for call in calls("billing") if name_of(call.func) == "_outside" for item in strings(call.args[0])}
    assert items == set(bill_texts.ITEMS)


def test_every_warning_and_assumption_of_a_bill_has_a_sentence():
    assert findings("warnings") - set(bill_texts.WARNINGS) == set()
    assert findings("assumed") - set(texts.ASSUMED_RULES) == set()


def test_every_reason_of_a_difference_has_words():
    assert {reason.value for reason in Reason} - set(texts.DIFFERENCE_REASONS) == set()


def test_every_way_of_a_base_charge_has_its_formula_and_its_group():
    assert set(texts.BASE_FORMULAS) == set(BaseType)
    assert set(BaseType) == CAPACITY_TYPES | PEAK_TYPES | ONE_AMOUNT_TYPES
    for kind in TWO_PRICE_TYPES:
        assert "{u2}" in texts.BASE_FORMULAS[kind]


@pytest.mark.parametrize(("field", "code"), sorted(refusals()))
def test_every_refusal_has_a_sentence(field, code):
    assert code not in fault_text(FieldFault(field, code, {}))


def test_quiet_remarks_do_not_shout_and_doubts_do():
    notes = [ImportNote(code) for code in ("newest_first", "leap_day", "unit_assumed", "interval_end")]
    assert warnings_of(notes) == []
    assert len(remarks_of(notes)) == 4
    assert len(warnings_of([ImportNote("negative", 3), ImportNote("a_new_code")])) == 2


def test_gaps_are_one_sentence_with_their_sum_and_places():
    def gap(first, last, hours):
        return ImportNote("gap", None, (("first", first), ("last", last), ("hours", hours)))

    (sentence,) = warnings_of([gap("2026-01-05 03:00", "2026-01-05 04:00", "2"), gap("2026-02-01 23:00", "2026-02-02 00:00", "2")])
    assert "2 か所、合計 4 時間" in sentence
    assert "2026年1月5日 3時～5時" in sentence
    assert "2026年2月1日 23:00 ～ 2026年2月2日 0:00" in sentence
