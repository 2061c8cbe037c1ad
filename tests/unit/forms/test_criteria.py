"""The listing's nine criteria as they are typed."""

from datetime import date

import pytest

from denkidesk.domain.applications import ListingCriteria
from denkidesk.domain.errors import InputRefused
from denkidesk.forms.criteria import CRITERIA, check_criteria
from denkidesk.texts.apply import fault
from denkidesk.texts.names import FIELD_NAMES

TODAY = date(2026, 11, 26)
TABLES = {"work_stage": [("PW01", "受付済")], "selection_code": [("PS101", "見本")]}


def test_all_nine_can_be_set():
    typed = {
        "receipt_number": " P0000000001 ",
        "work_stage": "PW01",
        "registered_from": "11/20",
        "registered_to": "今日",
        "visit_from": "+1",
        "visit_to": "12/5",
        "selection_code": "PS101",
        "supply_point_number": "０６-0000-0000-0000-0000-0017",
        "has_message": "with_message",
    }
    assert {field.name for field in CRITERIA.fields} == set(typed) <= set(FIELD_NAMES)
    days = (date(2026, 11, 20), TODAY, date(2026, 11, 27), date(2026, 12, 5))
    assert check_criteria(typed, TABLES, TODAY) == ListingCriteria("P0000000001", "PW01", *days, "PS101", f"06{17:020}", True)
    for name, value in typed.items():
        only = check_criteria({name: value}, TABLES, TODAY)
        assert [n for n in typed if getattr(only, n) is not None] == [name]


def test_nothing_typed_restricts_nothing():
    assert check_criteria({"has_message": "any", "work_stage": ""}, TABLES, TODAY) == ListingCriteria()
    assert check_criteria({"has_message": "without_message"}, TABLES, TODAY) == ListingCriteria(has_message=False)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("-7", date(2026, 11, 19)),
        ("昨日", date(2026, 11, 25)),
        ("11/20", date(2026, 11, 20)),
        ("1/5", date(2027, 1, 5)),
        ("6/1", date(2026, 6, 1)),
        ("5/20", date(2027, 5, 20)),
        ("2/29", date(2028, 2, 29)),
        ("2019-01-01", date(2019, 1, 1)),
    ],
)
def test_a_day_may_be_past_and_without_a_year_is_the_nearest(typed, day):
    assert check_criteria({"registered_from": typed}, TABLES, TODAY).registered_from == day


def test_every_fault_is_said_at_its_field():
    typed = {"supply_point_number": "06", "registered_from": "今日", "registered_to": "-1", "visit_from": "13/1", "work_stage": "x"}
    with pytest.raises(InputRefused) as caught:
        check_criteria(typed, TABLES, TODAY)
    assert {one.field for one in caught.value.faults} == {"supply_point_number", "registered_to", "visit_from", "work_stage"}
    assert all(fault(one) for one in caught.value.faults)
