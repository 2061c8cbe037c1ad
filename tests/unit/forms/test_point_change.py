"""Whose name and address stand in a form, number by number."""

import pytest

from denkidesk.forms.point_change import has_customer, is_of_another, is_unsettled, number_entered_for, number_in

FIRST, SECOND = "0600000000000000000017", "0600000000000000000025"


def form(number, **fields):
    return {"supply_point_number": number, **fields}


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        (FIRST, FIRST),
        ("０６-0000-0000-0000-0000-0017", FIRST),
        (FIRST[:21], ""),
        (FIRST[:21] + "I", ""),
        ("05" + FIRST[2:], ""),  # another utility's: a slip that has to be mended anyway
        ("", ""),
    ],
)
def test_only_a_number_without_fault_is_somebodys(raw, number):
    assert number_in(form(raw)) == number


@pytest.mark.parametrize("field", ["customer_name", "supply_point_address", "contact_phone"])
def test_name_address_and_telephone_are_one_customers(field):
    values = form(SECOND, **{field: "x"})
    assert has_customer(values)
    assert is_of_another(values, FIRST)
    assert not is_of_another(values, SECOND)
    assert not is_of_another(form(SECOND, **{field: " "}, note="x"), FIRST)


def test_the_first_whole_number_beside_a_name_is_the_customers():
    assert number_entered_for(form(FIRST[:5], customer_name="x"), "") == ""
    assert number_entered_for(form(FIRST, customer_name="x"), "") == FIRST
    assert number_entered_for(form(SECOND, customer_name="x"), FIRST) == FIRST
    assert number_entered_for(form("", customer_name="x"), FIRST) == FIRST


def test_without_a_name_any_number_will_do():
    assert number_entered_for(form(SECOND), FIRST) == SECOND


def test_a_number_that_is_being_typed_over_is_not_asked_about_but_remembered():
    values = form(SECOND[:9], customer_name="x")
    assert not is_of_another(values, FIRST)
    assert is_unsettled(values, FIRST)
    assert not is_unsettled(form(FIRST, customer_name="x"), FIRST)
    assert not is_unsettled(values, "")
