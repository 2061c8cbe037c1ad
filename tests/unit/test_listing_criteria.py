"""A row of a listing is held against what was asked for."""

from datetime import date

import pytest

from denkidesk.domain.applications import ListedApplication, ListingCriteria

POINT, OTHER_POINT = f"06{1:020}", f"06{2:020}"
ROW = ListedApplication("R1", "10", date(2026, 11, 20), date(2026, 12, 1), "S3", POINT, has_message=True)


@pytest.mark.parametrize(
    ("asked", "met"),
    [
        ({}, True),
        ({"receipt_number": "R1", "work_stage": "10", "selection_code": "S3", "supply_point_number": POINT, "has_message": True}, True),
        ({"receipt_number": "R2"}, False),
        ({"work_stage": "20"}, False),
        ({"selection_code": "S4"}, False),
        ({"supply_point_number": OTHER_POINT}, False),
        ({"registered_from": date(2026, 11, 20), "registered_to": date(2026, 11, 20)}, True),
        ({"registered_from": date(2026, 11, 21)}, False),
        ({"registered_to": date(2026, 11, 19)}, False),
        ({"visit_from": date(2026, 12, 1)}, True),
        ({"visit_to": date(2026, 11, 30)}, False),
        ({"has_message": False}, False),
    ],
)
def test_a_row_is_held_against_what_was_asked(asked, met):
    assert ListingCriteria(**asked).is_met_by(ROW) is met


def test_what_a_row_leaves_out_speaks_for_it():
    asked = ListingCriteria(work_stage="10", selection_code="S3", supply_point_number=POINT, registered_from=date(2026, 1, 1))
    assert asked.is_met_by(ListedApplication("R1", ""))
