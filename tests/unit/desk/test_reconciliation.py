"""An unknown outcome is settled by exactly one match in the listing, or by a person; absence settles nothing and resends nothing."""

from datetime import datetime, timedelta

import pytest

from denkidesk.compose.desk import open_desk
from denkidesk.compose.run import Run
from denkidesk.credentials import Credentials
from denkidesk.domain.applications import ApplicationKind, ListedApplication, OutboxState
from denkidesk.domain.clock import JST
from denkidesk.domain.errors import Unreachable
from denkidesk.settings import Places, load_settings
from denkidesk.texts import reconcile as texts
from denkidesk.texts.names import FIELD_NAMES
from fakes.desk_home import OUTAGE, run_program, write_application, write_settings
from fakes.filing import outage

ACCEPTED, QUEUED, UNKNOWN = OutboxState.ACCEPTED, OutboxState.QUEUED, OutboxState.UNKNOWN


def listed(application, registered_on, receipt_number):
    return ListedApplication(
        receipt_number, "10", registered_on, None, application.selection_code, application.supply_point_number, has_message=False
    )


def send(desk, practice, application, fault=None):
    """Files it; with a fault, without hearing the answer."""
    item = desk.outbox.queue(application)
    if fault:
        practice.utility.inject(fault)
    return desk.outbox.send(item.item_id).item


@pytest.fixture
def somebody_else(tmp_path, practice, open_now):
    """Files at the same utility, unknown to this desk: as by telephone."""
    home = tmp_path / "other"
    write_settings(home, practice)
    settings = load_settings(Places(home, practice=False).settings_file)
    other = open_desk(Run.decide(home, settings, credentials=Credentials(environ={})), now=open_now)
    yield lambda application: send(other, practice, application)
    other.close()


def reconcile(desk):
    return [(item.state, item.receipt_number, len(candidates)) for item, candidates in desk.reconciliation.reconcile()]


def test_one_match_settles(desk, practice):
    lost = send(desk, practice, outage(), "cut-after-accept")
    assert lost.state is UNKNOWN
    (filed,) = practice.utility.filed()
    assert reconcile(desk) == [(ACCEPTED, filed.receipt_number, 1)]
    assert desk.outbox.events(lost.item_id)[-1].code == "listing"
    assert desk.inbox.entry(filed.receipt_number).kind is ApplicationKind.OUTAGE
    assert reconcile(desk) == []
    assert len(practice.utility.filed()) == 1


def test_absence_proves_nothing(desk, practice):
    lost = send(desk, practice, outage(), "cut-before-work")
    for _ in range(3):
        assert reconcile(desk) == [(UNKNOWN, "", 0)]
    assert desk.outbox.run() == ()
    assert practice.utility.filed() == ()
    assert desk.outbox.item(lost.item_id).attempts == 1


def test_another_customer_selection_or_day_is_no_match(desk, practice, somebody_else, open_now):
    for other in (outage(124), outage(selection_code="PS302")):
        somebody_else(other)
    lost = send(desk, practice, outage(), "cut-before-work")
    is_saturday = open_now().weekday() == 5  # a day later the utility may be closed
    practice.utility.set_clock_offset(timedelta(days=2 if is_saturday else 1))
    somebody_else(outage())
    assert reconcile(desk) == [(UNKNOWN, "", 0)]
    assert desk.outbox.item(lost.item_id).state is UNKNOWN


def test_what_was_listed_before_the_sending_is_not_it(desk, practice, somebody_else):
    somebody_else(outage())
    desk.inbox.refresh()
    send(desk, practice, outage(), "cut-before-work")
    assert reconcile(desk) == [(UNKNOWN, "", 0)]


def test_several_matches_go_to_the_clerk_who_picks_one(desk, practice, somebody_else):
    """Filed by somebody else meanwhile: the listing shows no name, so nothing tells the two apart."""
    lost = send(desk, practice, outage(), "cut-after-accept")
    somebody_else(outage())
    assert reconcile(desk) == [(UNKNOWN, "", 2)]
    (looked_up,) = desk.reconciliation.looked_up()
    assert looked_up.match is None
    ours, other = practice.utility.filed()
    assert desk.reconciliation.dismiss(lost.item_id, other.receipt_number)
    (looked_up,) = desk.reconciliation.looked_up()
    assert looked_up.match.receipt_number == ours.receipt_number
    settled = desk.reconciliation.settle(lost.item_id, ours.receipt_number, by_clerk=True)
    assert (settled.state, settled.receipt_number) == (ACCEPTED, ours.receipt_number)
    assert [event.code for event in desk.outbox.events(lost.item_id)][-2:] == ["not_this", "clerk"]


def test_one_that_somebody_else_filed_by_telephone_fits_and_its_name_is_not_proved(desk, practice, somebody_else, home):
    """Nothing tells it from ours, which never arrived; whoever reads the evidence is told so."""
    lost = send(desk, practice, outage(), "cut-before-work")
    theirs = somebody_else(outage(customer_name="例示 花子"))
    (looked_up,) = (desk.reconciliation.ask(), desk.reconciliation.looked_up())[1]
    assert looked_up.match.receipt_number == theirs.receipt_number
    table = texts.comparison(lost.application, looked_up.sent_at.date(), looked_up.match, lambda _name, code: code)
    assert [row[-1] for row in table if row[0] == FIELD_NAMES["customer_name"]] == [texts.NOT_LISTED]
    ran = run_program(home, "outbox", "reconcile")
    assert (ran.code, ran.json[0]["receipt_number"]) == (0, theirs.receipt_number)
    assert texts.NAME_HINT in ran.stderr
    assert len(practice.utility.filed()) == 1


def test_two_unknown_outcomes_do_not_share_one_match(desk, practice):
    send(desk, practice, outage(), "cut-after-accept")
    send(desk, practice, outage(), "cut-before-work")
    assert reconcile(desk) == [(UNKNOWN, "", 1), (UNKNOWN, "", 1)]


def test_a_number_of_ours_is_no_match_for_another_item(desk, practice):
    filed = send(desk, practice, outage())
    lost = send(desk, practice, outage(), "cut-before-work")
    assert reconcile(desk) == [(UNKNOWN, "", 0)]
    assert desk.reconciliation.settle(lost.item_id, filed.receipt_number, by_clerk=True).state is UNKNOWN


def test_two_at_once_settle_once(desk, open_a_desk, practice):
    lost = send(desk, practice, outage(), "cut-after-accept")
    second = open_a_desk(practice)
    desk.reconciliation.ask()
    (looked_up,) = desk.reconciliation.looked_up()
    assert reconcile(second)[0][0] is ACCEPTED
    assert desk.reconciliation.settle(lost.item_id, looked_up.match.receipt_number).state is ACCEPTED
    assert [event.to_state for event in desk.outbox.events(lost.item_id)].count("accepted") == 1


def test_while_one_like_it_is_being_sent_nothing_is_settled(desk, practice):
    """The number in the listing may be that one's, whose answer is still on its way."""
    lost = send(desk, practice, outage(), "cut-after-accept")
    (filed,) = practice.utility.filed()
    under_way = desk.outbox.queue(outage())
    outbox = desk.store.outbox
    outbox.claim("somebody", item_id=under_way.item_id)
    assert outbox.begin_attempt(under_way.item_id, "somebody", request_id="R1", envelope=b"")
    assert desk.reconciliation.settle(lost.item_id, filed.receipt_number).state is UNKNOWN
    outbox.settle(under_way.item_id, OutboxState.REJECTED, code="declined")
    assert desk.reconciliation.settle(lost.item_id, filed.receipt_number).state is ACCEPTED


def test_the_next_day_counts_only_after_ten_to_twelve(open_a_desk, practice):
    for hour, minute, state in ((23, 49, UNKNOWN), (23, 51, ACCEPTED)):
        sent_at = datetime(2026, 11, 20, hour, minute, tzinfo=JST)
        desk = open_a_desk(practice, now=lambda sent_at=sent_at: sent_at)
        lost = send(desk, practice, outage(hour * 100 + minute), "cut-before-work")
        row = listed(lost.application, sent_at.date() + timedelta(days=1), f"P{minute}")
        desk.store.inbox.take_listing([row], lambda _: None)
        (one,) = [one for one in desk.reconciliation.looked_up() if one.item.item_id == lost.item_id]
        assert (one.match is not None) == (state is ACCEPTED)


def test_a_word_by_telephone_queues_it_again(desk, practice):
    lost = send(desk, practice, outage(), "cut-before-work")
    assert desk.reconciliation.confirm_not_taken(lost.item_id, said_by="見本係", at="14:05")
    event = desk.outbox.events(lost.item_id)[-1]
    assert (event.to_state, event.code, event.detail) == ("queued", "confirmed_not_taken", "見本係 14:05")
    assert not desk.reconciliation.confirm_not_taken(lost.item_id, said_by="見本係", at="14:05")
    assert desk.outbox.send(lost.item_id).item.state is ACCEPTED
    assert len(practice.utility.filed()) == 1


def test_where_the_server_is_away_nothing_changes(desk, practice):
    lost = send(desk, practice, outage(), "cut-after-accept")
    practice.utility.inject("cut-before-work", operation="list_applications")
    with pytest.raises(Unreachable):
        desk.reconciliation.reconcile()
    assert desk.outbox.item(lost.item_id).state is UNKNOWN


def test_the_command_line_settles_what_it_can_and_asks_nothing(home, practice, tmp_path):
    write_settings(home, practice)
    document = write_application(tmp_path)
    practice.utility.inject("cut-after-accept", operation="new_outage")
    assert run_program(home, "apply", "outage", str(document)).code == 5
    practice.utility.inject("cut-before-work", operation="list_applications")
    away = run_program(home, "outbox", "reconcile")
    assert (away.code, away.stdout) == (4, b"")
    ran = run_program(home, "outbox", "reconcile")
    assert ran.code == 0, ran.stderr
    (filed,) = practice.utility.filed()
    (row,) = ran.json
    assert (row["state"], row["receipt_number"]) == ("accepted", filed.receipt_number)
    assert [one["receipt_number"] for one in row["candidates"]] == [filed.receipt_number]
    assert row["candidates"][0]["supply_point_number"] == OUTAGE["supply_point_number"]
    again = run_program(home, "outbox", "reconcile")
    assert (again.code, again.json) == (0, [])
    practice.utility.inject("cut-before-work", operation="new_outage")
    assert run_program(home, "apply", "outage", str(document)).code == 5
    unsettled = run_program(home, "outbox", "reconcile")
    assert unsettled.code == 5
    assert [(one["state"], one["receipt_number"], one["candidates"]) for one in unsettled.json] == [("unknown", None, [])]
