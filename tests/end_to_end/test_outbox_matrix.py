"""Every fault of the practice server against a filing through the whole desk; afterwards its books are compared with the outbox.

The promise: no application is filed twice, none is lost, and no item says something that the server's books deny.
"""

import threading
from collections import Counter

import pytest

from denkidesk.compose.desk import open_desk
from denkidesk.compose.run import Run
from denkidesk.credentials import Credentials
from denkidesk.domain.applications import ApplicationKind, OutboxState
from denkidesk.domain.errors import LoginRefused
from denkidesk.practice.faults import FAULT_NAMES
from denkidesk.settings import Places, load_settings
from fakes.desk_home import run_program, write_settings
from fakes.filing import application, untrue

ACCEPTED, REJECTED, UNKNOWN = OutboxState.ACCEPTED, OutboxState.REJECTED, OutboxState.UNKNOWN
SHORT_S = 0.2
LONG_S = 30.0
"""Longer than an answer is waited for."""

# Fault, seconds -> what the item must be, and how many applications the server then has.
MATRIX = {
    ("cut-on-request", SHORT_S): (UNKNOWN, 0),
    ("cut-before-work", SHORT_S): (UNKNOWN, 0),
    ("cut-after-accept", SHORT_S): (UNKNOWN, 1),
    ("reset-after-accept", SHORT_S): (UNKNOWN, 1),
    ("cut-in-head", SHORT_S): (UNKNOWN, 1),
    ("cut-body", SHORT_S): (UNKNOWN, 1),
    ("late", SHORT_S): (ACCEPTED, 1),
    ("late", LONG_S): (UNKNOWN, 1),
    ("late-work", SHORT_S): (ACCEPTED, 1),
    ("late-work", 3.0): (UNKNOWN, 1),  # done when nobody listens any more
    ("silent", SHORT_S): (UNKNOWN, 1),
    ("trickle", LONG_S): (UNKNOWN, 1),
    ("error-500", SHORT_S): (UNKNOWN, 0),
    ("error-500-after-accept", SHORT_S): (UNKNOWN, 1),
    ("maintenance-503-html", SHORT_S): (UNKNOWN, 0),
    ("forbidden-403", SHORT_S): (ACCEPTED, 1),  # not looked at, and sent when a person says so
    ("bad-request-400", SHORT_S): (REJECTED, 0),
    ("redirect-302", SHORT_S): (UNKNOWN, 0),
    ("redirect-307", SHORT_S): (UNKNOWN, 0),
    ("not-xml", SHORT_S): (UNKNOWN, 1),
    ("empty-200", SHORT_S): (UNKNOWN, 1),
    ("huge-body", SHORT_S): (UNKNOWN, 1),
    ("soap-fault-500", SHORT_S): (UNKNOWN, 0),
    ("declined", SHORT_S): (REJECTED, 0),
    ("no-receipt", SHORT_S): (UNKNOWN, 1),
    ("late-in-listing", LONG_S): (ACCEPTED, 1),
    ("unknown-element", SHORT_S): (ACCEPTED, 1),  # readable all the same; the installed set is older than the server
    ("doctype", SHORT_S): (UNKNOWN, 1),
}
OPERATIONS = {ApplicationKind.OUTAGE: "new_outage", ApplicationKind.MENU_CHANGE: "new_menu_change"}


class House:
    """Desks on one home folder and its practice server, and a comparison of their books."""

    def __init__(self, home, practice, now):
        self._home = home
        self._now = now
        self.practice = practice
        self._opened = []
        write_settings(home, practice, answer_timeout_s=2.5)  # a busy machine answers within it

    def open(self):
        places = Places(self._home, practice=False)
        desk = open_desk(Run.decide(self._home, load_settings(places.settings_file), credentials=Credentials(environ={})), now=self._now)
        self._opened.append(desk)
        return desk

    def close(self):
        for desk in self._opened:
            desk.close()
        self._opened.clear()

    def filed_for(self, item):
        return [one for one in self.practice.utility.filed() if one.supply_point_number == item.application.supply_point_number]

    def wait_for_books(self, count):
        """Until the server has ``count`` applications; some faults file long after the desk gave up."""
        pause, tries = threading.Event(), 0
        while len(self.practice.utility.filed()) < count and tries < 60:
            pause.wait(0.05)
            tries += 1

    def check(self, desk, applications):
        """Duplicates 0, lost 0, wrong state 0."""
        wanted = Counter(one.supply_point_number for one in applications)
        items = desk.outbox.items()
        assert Counter(item.application.supply_point_number for item in items) == wanted, "lost or doubled at the desk"
        filed = Counter(one.supply_point_number for one in self.practice.utility.filed())
        assert filed <= wanted, "filed twice, or by nobody"
        assert set(self.practice.utility.request_ids().values()) <= {1}, "one requestID went out twice"
        assert [words for item in items if (words := untrue(item, self.filed_for(item)))] == [], "a wrong state"
        assert not {item.state for item in items} & {OutboxState.QUEUED, OutboxState.SENDING}, "left behind"
        for item in items:
            refused_logins = sum(
                event.code == "login_refused" and event.from_state == "sending" for event in desk.outbox.events(item.item_id)
            )
            assert len(desk.outbox.attempts(item.item_id)) == item.attempts == 1 + refused_logins


@pytest.fixture
def house(tmp_path, practice, open_now):
    house = House(tmp_path / "home", practice, open_now)
    yield house
    house.close()


def settle_by_listing(house, desk, applications):
    """Every unknown outcome that the server has once is accepted under its number, every other one stays; nothing goes out again."""
    filed = house.practice.utility.filed()
    for item, _ in desk.reconciliation.reconcile():
        books = house.filed_for(item)
        assert (item.state, item.receipt_number) == ((ACCEPTED, books[0].receipt_number) if books else (UNKNOWN, ""))
    assert desk.outbox.run() == ()
    assert house.practice.utility.filed() == filed
    house.check(desk, applications)


def run_to_the_end(desk):
    """As a clerk does it who sends again whatever is still waiting, and says so where a refused login has stopped all."""
    while results := desk.outbox.run():
        if isinstance(results[-1].error, LoginRefused):
            desk.login_guard.try_once()


def test_the_matrix_knows_every_fault():
    assert {name for name, _ in MATRIX} == set(FAULT_NAMES)


@pytest.mark.parametrize(("fault", "seconds"), MATRIX, ids=str)
def test_a_fault_strikes_one_application_of_each_kind_and_no_other(house, fault, seconds):
    state, filed = MATRIX[fault, seconds]
    desk = house.open()
    applications = [application(kind, number) for kind in OPERATIONS for number in (10 * len(kind), 10 * len(kind) + 1)]
    items = [desk.outbox.queue(one) for one in applications]
    for operation in OPERATIONS.values():
        house.practice.utility.inject(fault, operation=operation, seconds=seconds)
    run_to_the_end(desk)
    house.wait_for_books(2 + 2 * filed)
    assert house.practice.utility.faults.waiting() == ()
    assert [desk.outbox.item(item.item_id).state for item in items] == [state, ACCEPTED, state, ACCEPTED]
    assert [len(house.filed_for(item)) for item in items] == [filed, 1, filed, 1]
    house.check(desk, applications)
    settle_by_listing(house, desk, applications)
    assert [desk.outbox.item(item.item_id).state for item in items] == [ACCEPTED if filed else state, ACCEPTED] * 2


def test_all_faults_at_once_two_desks_and_a_restart(house):
    desks = [house.open(), house.open()]
    applications = [application(ApplicationKind.OUTAGE, number) for number in range(100, len(MATRIX) + 112)]
    for one in applications:
        desks[0].outbox.queue(one)
    for fault, seconds in MATRIX:
        house.practice.utility.inject(fault, operation="new_outage", seconds=seconds)
    threads = [threading.Thread(target=run_to_the_end, args=(desk,)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(100)
    assert house.practice.utility.faults.waiting() == ()
    house.wait_for_books(12 + sum(filed for _, filed in MATRIX.values()))
    states = Counter(item.state for item in desks[0].outbox.items())
    assert states == Counter(state for state, _ in MATRIX.values()) + Counter({ACCEPTED: 12})
    house.check(desks[0], applications)
    house.close()

    again = house.open()
    before = (house.practice.utility.filed(), again.outbox.items())
    assert again.outbox.recover() == 0
    again.inbox.refresh()
    assert again.outbox.run() == ()
    assert (house.practice.utility.filed(), again.outbox.items()) == before, "a restart sends nothing again and forgets nothing"
    house.check(again, applications)
    settle_by_listing(house, again, applications)


def test_what_the_listing_shows_late_is_settled_late(house):
    """Worked on when nobody listens any more: until then its absence proves nothing."""
    desk = house.open()
    wanted = application(ApplicationKind.OUTAGE, 100)
    desk.outbox.queue(wanted)
    house.practice.utility.inject("late-work", operation="new_outage", seconds=4.0)
    run_to_the_end(desk)
    settle_by_listing(house, desk, [wanted])
    house.wait_for_books(1)
    settle_by_listing(house, desk, [wanted])
    assert [item.state for item in desk.outbox.items()] == [ACCEPTED]


def test_two_reconcile_at_once_while_a_third_sends(house):
    sender, *others = (house.open() for _ in range(3))
    applications = [application(ApplicationKind.OUTAGE, number) for number in range(100, 116)]
    for one in applications:
        sender.outbox.queue(one)
    for fault in ("cut-after-accept", "cut-before-work", "error-500-after-accept", "cut-body") * 3:
        house.practice.utility.inject(fault, operation="new_outage")
    sent = threading.Event()

    def send():
        run_to_the_end(sender)
        sent.set()

    def reconcile(desk):
        while not sent.is_set():
            desk.reconciliation.reconcile()
        desk.reconciliation.reconcile()

    threads = [threading.Thread(target=send), *(threading.Thread(target=reconcile, args=(desk,)) for desk in others)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(100)
    assert sent.is_set()
    states = Counter(item.state for item in sender.outbox.items())
    assert states == Counter({ACCEPTED: 13, UNKNOWN: 3})
    for item in sender.outbox.items():
        assert [event.to_state for event in sender.outbox.events(item.item_id)].count("accepted") == (item.state is ACCEPTED)
    settle_by_listing(house, sender, applications)


def test_two_programs_reconcile_at_once(house, tmp_path):
    desk = house.open()
    wanted = [application(ApplicationKind.OUTAGE, number) for number in range(100, 103)]
    for one in wanted:
        desk.outbox.queue(one)
    for _ in wanted:
        house.practice.utility.inject("cut-after-accept", operation="new_outage")
    run_to_the_end(desk)
    ran = []
    threads = [threading.Thread(target=lambda: ran.append(run_program(tmp_path / "home", "outbox", "reconcile"))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.code for one in ran] == [0, 0], [one.stderr for one in ran]
    assert {row["state"] for one in ran for row in one.json} == {"accepted"}
    house.check(desk, wanted)
    assert {item.state for item in desk.outbox.items()} == {ACCEPTED}
