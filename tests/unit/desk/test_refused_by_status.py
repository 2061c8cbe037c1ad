"""A status that comes with somebody else's page proves nothing: the listing is asked before the application can go again."""

import pytest

from denkidesk.domain.applications import ApplicationKind, NewApplication, OutboxState
from denkidesk.domain.errors import LoginRefused, OutcomeUnknown, Unreachable
from fakes.doubtful_utility import HTML, PAGE, DoubtfulUtility, accepted
from fakes.soap_server import XML, envelope, fault

POINT = f"06{7:020}"
APPLICATION = NewApplication(
    ApplicationKind.OUTAGE, "PS301", "PE301", POINT, supply_point_address="大阪府大阪市見本町0-0-0", customer_name="見本 太郎"
)
REJECTED, QUEUED, UNKNOWN, ACCEPTED = OutboxState.REJECTED, OutboxState.QUEUED, OutboxState.UNKNOWN, OutboxState.ACCEPTED


@pytest.fixture
def utility():
    doubtful = DoubtfulUtility()
    with doubtful.server:
        yield doubtful


@pytest.fixture
def desk(open_a_desk, practice, utility):
    return open_a_desk(practice, base_url=utility.server.url, answer_timeout_s=5)


@pytest.mark.parametrize(
    ("answer", "state", "by_status"),
    [
        ((400, HTML, PAGE), REJECTED, True),
        ((404, {}, b""), REJECTED, True),
        ((400, XML, envelope("<other/>")), REJECTED, True),
        ((403, HTML, PAGE), QUEUED, True),
        ((400, XML, fault("断り")), REJECTED, False),
        ((404, XML, fault("断り")), REJECTED, False),
        ((403, XML, fault("断り")), QUEUED, False),
    ],
)
def test_only_the_utilitys_own_words_are_a_proof(desk, utility, answer, state, by_status):
    utility.filing = answer
    result = desk.outbox.send(desk.outbox.queue(APPLICATION).item_id)
    assert (result.item.state, result.item.by_status, result.error.by_status) == (state, by_status, by_status)
    if state is QUEUED:
        assert isinstance(desk.outbox.run()[0].error, LoginRefused)
    assert utility.calls == [f"file {POINT}"]
    assert bool(desk.outbox.similar_open(APPLICATION)) == (state is QUEUED or by_status), "may be filed: no double unseen"


def test_it_is_queued_again_only_after_the_listing_was_asked_for_its_point(desk, utility):
    item = desk.outbox.send(desk.outbox.queue(APPLICATION).item_id).item
    assert not desk.outbox.requeue(item.item_id, despite=None)
    assert desk.outbox.similar_listed(APPLICATION, besides=item.item_id) == ()
    assert utility.calls == [f"file {POINT}", f"list {POINT}"]
    assert desk.outbox.requeue(item.item_id)
    assert not desk.outbox.item(item.item_id).by_status
    utility.filing = accepted()
    (result,) = desk.outbox.run()
    assert result.item.state is ACCEPTED
    assert utility.calls == [f"file {POINT}", f"list {POINT}", f"file {POINT}"]


def test_a_listing_that_cannot_be_asked_lets_nothing_through(desk, utility):
    item = desk.outbox.send(desk.outbox.queue(APPLICATION).item_id).item
    utility.server.answer = lambda *_: (500, {}, b"")
    with pytest.raises(Unreachable):
        desk.outbox.similar_listed(APPLICATION, besides=item.item_id)
    assert not desk.outbox.requeue(item.item_id, despite=None)


def test_what_the_listing_shows_is_named(desk, utility):
    utility.takes = True
    item = desk.outbox.send(desk.outbox.queue(APPLICATION).item_id).item
    (found,) = desk.outbox.similar_listed(APPLICATION, besides=item.item_id)
    assert found.receipt_number == "D00000000001"


@pytest.mark.parametrize("takes", [False, True])
def test_a_gateways_403_goes_again_only_where_the_listing_has_nothing(desk, utility, takes):
    utility.filing, utility.takes = (403, HTML, PAGE), takes
    item = desk.outbox.queue(APPLICATION)
    desk.outbox.run()
    assert isinstance(desk.outbox.run()[0].error, LoginRefused)
    assert utility.calls == [f"file {POINT}"]
    utility.filing = accepted()
    desk.login_guard.try_once()
    (result,) = desk.outbox.run()
    if not takes:
        assert result.item.state is ACCEPTED
        assert utility.calls == [f"file {POINT}", f"list {POINT}", f"file {POINT}"]
        return
    assert (result.item.state, result.item.failure_code, result.item.failure_message) == (UNKNOWN, "listed", "D00000000001")
    assert isinstance(result.error, OutcomeUnknown)
    assert utility.calls == [f"file {POINT}", f"list {POINT}"]
    ((settled, _),) = desk.reconciliation.reconcile()
    assert (settled.item_id, settled.state, settled.receipt_number) == (item.item_id, ACCEPTED, "D00000000001")


def test_a_listing_of_something_else_is_no_proof_of_absence_and_is_kept(desk, utility):
    item = desk.outbox.send(desk.outbox.queue(APPLICATION).item_id).item
    utility._rows.append(utility._row(f"06{8:020}", "PS301"))
    with pytest.raises(Unreachable) as refused:
        desk.outbox.similar_listed(APPLICATION, besides=item.item_id)
    assert refused.value.code == "schema"
    assert not desk.outbox.requeue(item.item_id, despite=None)
    assert [entry.listed.supply_point_number for entry in desk.inbox.entries()] == [f"06{8:020}"], "what it shows is not lost"
    utility._rows.append(utility._row(POINT, "PS301"))
    (found,) = desk.outbox.similar_listed(APPLICATION, besides=item.item_id)
    assert found.receipt_number == "D00000000002"
