"""Criteria that the clerk keeps by a name."""

from datetime import timedelta

import pytest

from denkidesk.desk.listing_criteria import ListingCriteriaDesk, SavedView
from denkidesk.domain.errors import InputRefused


def names(desk):
    return [one.name for one in desk.listing_criteria.kept()]


def test_they_are_kept_in_order_and_counted_from_the_day_of_use(desk, open_now):
    criteria = desk.listing_criteria
    criteria.keep(SavedView("見本町のビル", {"supply_point_number": f"06{17:020}", "work_stage": ""}))
    criteria.keep(SavedView("今週", {"registered_from": "-7"}))
    criteria.keep(SavedView("見本町のビル", {"supply_point_number": f"06{18:020}"}))
    assert names(desk) == ["見本町のビル", "今週"]
    assert dict(criteria.kept()[0].values) == {"supply_point_number": f"06{18:020}"}
    later = ListingCriteriaDesk(desk.store, desk.installed_set, lambda: open_now() + timedelta(days=3))
    before, after = (one.criteria(one.kept()[1].values).registered_from for one in (criteria, later))
    assert after - before == timedelta(days=3)
    criteria.forget("見本町のビル")
    criteria.forget("なかったもの")
    assert names(desk) == ["今週"]


@pytest.mark.parametrize("damaged", ["", "[]", "nothing", '{"a": 1}', '{"a": null}', "[" * 100_000])
def test_what_cannot_be_read_counts_as_nothing_kept(desk, damaged):
    desk.store.ui_state.set("inbox.listing_criteria", damaged)
    assert names(desk) == []
    desk.listing_criteria.keep(SavedView("今週", {"registered_from": "-7"}))
    assert names(desk) == ["今週"]


def test_a_code_that_is_no_longer_known_is_refused_when_it_is_used(desk):
    tables = desk.listing_criteria.tables()
    assert {"work_stage", "selection_code"} == set(tables)
    assert desk.listing_criteria.criteria({"work_stage": tables["work_stage"][0][0]}).work_stage
    with pytest.raises(InputRefused):
        desk.listing_criteria.criteria({"work_stage": "見本にない"})
