"""A listing that is too long to be read is asked for anew, for fewer days, and the clerk is told."""

from datetime import timedelta

import pytest

from denkidesk.domain.applications import ListingCriteria
from denkidesk.domain.errors import Unreachable
from denkidesk.kansai import listing_stream


@pytest.fixture
def most(monkeypatch):
    """Fewer rows are too many, so that a test need not wait for a hundred thousand."""
    monkeypatch.setattr(listing_stream, "MAX_ROWS", 150)


@pytest.mark.usefixtures("most")
def test_a_refresh_narrows_itself_by_the_day_of_registration(desk, practice, open_now):
    practice.utility.fill(300)  # over the last ninety days
    result = desk.inbox.refresh()
    assert result.since == open_now().date() - timedelta(30)
    assert 0 < result.total <= 150
    assert {entry.listed.registered_on >= result.since for entry in desk.inbox.entries()} == {True}
    assert len(practice.utility.request_starts()) == 4, "all, a year, ninety days, thirty"


@pytest.mark.usefixtures("most")
def test_days_that_somebody_chose_are_kept(desk, practice, open_now):
    practice.utility.fill(300)
    with pytest.raises(Unreachable) as refused:
        desk.inbox.refresh(ListingCriteria(registered_from=open_now().date() - timedelta(365)))
    assert refused.value.code == "too_large"
    assert len(practice.utility.request_starts()) == 1


def test_a_listing_that_can_be_read_is_asked_for_once(desk, practice):
    practice.utility.fill(300)
    result = desk.inbox.refresh()
    assert (result.since, result.total) == (None, len(practice.utility.applications()))
    assert len(practice.utility.request_starts()) == 1
