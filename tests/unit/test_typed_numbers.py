"""Numbers as people paste them, in every field that takes one: cleaned and said, or named; nothing is guessed."""

import time
from datetime import date
from decimal import Decimal

import pytest

from denkidesk.domain.applications import ApplicationKind
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.supply_point import parse_supply_point_number
from denkidesk.domain.typed_numbers import clean_digits, decimal_of, spreadsheet_damage
from denkidesk.domain.unseen import trimmed
from denkidesk.forms.checks import check_field
from denkidesk.forms.cleaning import clean_amount, clean_number, clean_phone
from denkidesk.forms.steps import form_of
from denkidesk.metering.table import chosen_point
from denkidesk.texts.errors import fault_line

POINT = "0612345678901234567890"
GROUPED = "06{0}1234{0}5678{0}9012{0}3456{0}7890"
DASHES = "-‐‑‒–—―−ー－ｰ﹣﹘~～〜─━"
TODAY = date(2026, 11, 26)
FORM = form_of(ApplicationKind.OUTAGE)


def checked(name: str, text: str):
    field = FORM.field(name)
    assert field is not None
    return check_field(field, text, {}, TODAY)


@pytest.mark.parametrize("dash", DASHES)
def test_every_dash_of_an_input_method_is_taken_by_all_number_fields(dash):
    assert parse_supply_point_number(GROUPED.format(dash)) == POINT
    assert checked("supply_point_number", GROUPED.format(dash)).value == POINT
    assert checked("contact_phone", f"０６{dash}１２３４{dash}５６７８").value == "06-1234-5678"
    assert clean_digits(f"530{dash}0001") == "5300001"
    assert clean_amount(f"{dash}12.5").text == "-12.5"


@pytest.mark.parametrize("blank", [" ", "\u3000", "\xa0", "\u2009", "\t"])
def test_every_blank_is_a_separator(blank):
    assert clean_number(GROUPED.format(blank)).text == POINT
    assert checked("contact_phone", f"06{blank}1234{blank}5678").value == "06 1234 5678"
    assert decimal_of(f"1{blank}200.5") == Decimal("1200.5")


@pytest.mark.parametrize("mark", ["\u200b", "\ufeff", "\u200e", "\u2060", "\u00ad", "\u202d"])
def test_marks_that_nobody_sees_go_and_it_is_said(mark):
    pasted = clean_number(f"{mark}06{mark}{POINT[2:]}{mark}")
    assert (pasted.text, pasted.changes) == (POINT, ("invisible",))
    phone = clean_phone(f"{mark}06-1234-5678{mark}")
    assert (phone.text, phone.changes) == ("06-1234-5678", ("invisible",))


@pytest.mark.parametrize(
    "wrapped",
    [
        '"{}"',
        "'{}",
        '="{}"',
        "={}",
        "＝＂{}＂",
        "「{}」",
        "“{}”",
        "SPIN: {}",
        "「SPIN: {}」",
        "SPIN：「{}」",
        "供給地点特定番号：{}",
        "供給地点特定番号 {}",
    ],
)
def test_what_a_mail_or_a_spreadsheet_puts_round_a_number_goes_and_it_is_said(wrapped):
    cleaned = clean_number(wrapped.format(POINT))
    assert (cleaned.text, cleaned.changes) == (POINT, ("wrapping",))
    assert checked("supply_point_number", wrapped.format(GROUPED.format("-"))).value == POINT
    assert parse_supply_point_number(wrapped.format(POINT)) == POINT


@pytest.mark.parametrize(
    "pasted",
    [
        "電話:06-1234-5678",
        "「電話:06-1234-5678」",
        "TEL 06-1234-5678",
        "Tel.06-1234-5678",
        "電話番号（自宅）：06-1234-5678",
        "'06-1234-5678",
    ],
)
def test_a_telephone_number_with_its_label(pasted):
    found = checked("contact_phone", pasted)
    assert (found.value, found.cleaned.changes, found.cautions) == ("06-1234-5678", ("wrapping",), ())


def test_what_is_no_label_stays_and_is_refused():
    assert [f.code for f in checked("supply_point_number", "〇6" + POINT[2:]).faults] == ["not_digits"]  # a zero of kanji
    assert [f.code for f in checked("supply_point_number", "O6" + POINT[2:]).faults] == ["not_digits"]  # the letter
    assert [f.code for f in checked("contact_phone", "06-1234-5678 内線9").faults] == ["not_phone"]
    assert decimal_of("マイナス5") is None
    assert decimal_of("約300") is None
    assert decimal_of("1,23") is None
    assert decimal_of("1_000") is None


def test_amounts_keep_their_point_and_their_sign():
    assert decimal_of("１，２３４．５") == Decimal("1234.5")
    assert decimal_of("−0.5") == Decimal("-0.5")
    assert clean_amount("「容量：６０」") == clean_amount("「容量：６０」")
    assert (clean_amount("容量：６０").text, clean_amount("容量：６０").changes) == ("60", ("wrapping", "width"))


def test_trimmed_leaves_the_inside_alone():
    assert trimmed("\ufeff \u200b\u3000a b\u200bc\xa0\r\n") == "a b\u200bc"
    assert trimmed("\u200b \t") == ""


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1.23457E+21", "exponent"),
        ("６.12346E+20", "exponent"),
        ("1.23E+11", "exponent"),
        ('"1,23e11"', "exponent"),
        ("#####", "hidden"),
        ("＃＃＃", "hidden"),
        ("#REF!", "error_value"),
        ("#N/A", "error_value"),
        ("#VALUE!", "error_value"),
        ("Err:502", "error_value"),
        ("12月3日", "date"),
        ("2026年12月3日", "date"),
        ("2026/12/3", "date"),
        ("2026-12-03", "date"),
        ("12/3", "date"),
        ("3-Dec", "date"),
        ("Dec-03", "date"),
    ],
)
def test_what_a_spreadsheet_broke_is_named_and_left_as_it_is(cell, code):
    assert spreadsheet_damage(cell) == code
    for name in ("supply_point_number", "contact_phone"):
        found = checked(name, f" {cell}")
        assert [fault.code for fault in found.faults] == [code]
        assert (found.cleaned.text, found.cleaned.changes) == (f" {cell}", ())
        assert "表計算ソフト" in fault_line(found.faults[0])
    with pytest.raises(InputRefused) as refused:
        parse_supply_point_number(cell)
    assert [fault.code for fault in refused.value.faults] == [code]


@pytest.mark.parametrize("sound", [POINT, "06-1234-5678", "0120-123-456", "03-1234-5678", "530-0001", "12.5", "-1,200", "", "1e", "見本"])
def test_sound_numbers_are_not_called_broken(sound):
    assert spreadsheet_damage(sound) is None


@pytest.mark.parametrize("phone", ["612345678", "9012345678", "61234 5678"])
def test_a_lost_zero_of_a_telephone_number_is_said_and_not_put_back(phone):
    found = checked("contact_phone", phone)
    assert (found.value, [caution.code for caution in found.cautions]) == (phone, ["zero_lost"])


@pytest.mark.parametrize("phone", ["06-1234-5678", "090-1234-5678", "+81-6-1234-5678", "110", "12345678"])
def test_other_telephone_numbers_lost_no_zero(phone):
    assert checked("contact_phone", phone).cautions == ()


def test_a_lost_zero_of_a_supply_point_number_is_said_and_not_put_back():
    assert [f.code for f in checked("supply_point_number", POINT[1:]).faults] == ["zero_lost"]
    assert [f.code for f in checked("supply_point_number", POINT[:-1]).faults] == ["length"]


@pytest.mark.parametrize("name", ["customer_name", "supply_point_address", "visit_on"])
@pytest.mark.parametrize(("cell", "code"), [("#REF!", "error_value"), ("########", "hidden")])
def test_marks_instead_of_a_value_are_no_value_of_any_field(name, cell, code):
    assert [fault.code for fault in checked(name, cell).faults] == [code]


def test_names_that_only_look_like_numbers_are_names():
    assert checked("customer_name", "12月3日").faults == ()
    assert checked("supply_point_address", "1-2-3").faults == ()


@pytest.mark.parametrize("pasted", [GROUPED.format("ー"), f'="{POINT}"', f"SPIN：{POINT}", POINT])
def test_the_supply_point_of_a_file_is_chosen_as_it_is_pasted(pasted):
    assert chosen_point(pasted, ["見本：1", POINT]) == POINT
    assert chosen_point("見本：1", [POINT, "見本：1"]) == "見本：1"


@pytest.mark.parametrize("piece", ["電話:", '"', "a:", "0,", "ab. ", "#", "1", "「", "＝'"])
def test_a_whole_page_in_a_field_of_numbers_does_not_hold_up_the_window(piece):
    """Each label was taken off by itself: ten times the text took a hundred times the time."""

    def effort(pasted):
        began = time.process_time()
        for clean in (clean_number, clean_amount, clean_phone, spreadsheet_damage):
            for _ in range(3):
                clean(pasted)
        return time.process_time() - began

    short = max(effort(piece * 4_000 + "6"), 0.002)
    assert effort(piece * 40_000 + "6") < 40 * short
