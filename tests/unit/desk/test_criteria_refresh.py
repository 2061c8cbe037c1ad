"""A refresh for the listing's own criteria: what it does not list is not gone, and the inbox as a whole is as old as it was."""

from denkidesk.desk.inbox import InboxView
from denkidesk.domain.applications import ListingCriteria


def test_what_was_not_asked_for_stays_as_it_is(desk, practice):
    desk.inbox.refresh()
    desk.inbox.mark_read([entry.listed.receipt_number for entry in desk.inbox.entries()])
    before, at = desk.inbox.entries(), desk.inbox.last_synced_at()
    moved, other, *_ = (entry.listed for entry in before if entry.listed.work_stage != "PW04")
    for one in (moved, other):
        practice.utility.advance(one.receipt_number, stage="PW04")
    result = desk.inbox.refresh(ListingCriteria(receipt_number=moved.receipt_number))
    assert (result.added, result.changed, result.total) == (0, 1, 1)
    after = {entry.listed.receipt_number: entry for entry in desk.inbox.entries()}
    assert len(after) == len(before)
    assert after[moved.receipt_number].unread
    assert after[other.receipt_number] in before
    assert desk.inbox.last_synced_at() == at
    desk.inbox.refresh()
    assert desk.inbox.entry(other.receipt_number).unread
    assert desk.inbox.last_synced_at() > at


def test_a_refresh_for_criteria_shows_in_their_view_what_it_brought(desk, practice):
    criteria = ListingCriteria(selection_code="PS101")
    result = desk.inbox.refresh(criteria)
    assert 0 < result.total == desk.inbox.windows.count_of(InboxView(criteria=criteria)) == len(desk.inbox.entries())
    desk.inbox.refresh()
    shown = desk.inbox.entries(InboxView(criteria=criteria))
    assert {entry.listed.selection_code for entry in shown} == {"PS101"}
    assert len(shown) == result.total < len(desk.inbox.entries())
