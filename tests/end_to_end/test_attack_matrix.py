"""Accidents of a sender at named moments, times faults of the server, with a second run and a window at work at once.

No application is filed twice or lost, no item says what the server's books deny, and nothing unknown is ever sent again by itself. The
whole matrix is the chore ``dev.py attack matrix``; here a seeded tenth of it.
"""

import itertools
import json
import random
import subprocess
import sys
import threading
from collections import Counter
from datetime import timedelta

import pytest

from denkidesk.compose.desk import open_desk
from denkidesk.compose.run import Run
from denkidesk.credentials import Credentials
from denkidesk.domain.applications import ApplicationKind, OutboxState
from denkidesk.domain.clock import now_jst
from denkidesk.domain.errors import LoginRefused
from denkidesk.practice.servers import start_practice
from denkidesk.settings import Places, load_settings, resources_dir
from fakes import attack_sender
from fakes.attack_size import IS_WHOLE, tenth
from fakes.desk_home import environment, write_settings
from fakes.filing import application, untrue
from fakes.naive_sender import NaiveBook

ANSWER_TIMEOUT_S = 2.0
ACTS = {
    "kill": tuple(attack_sender.PLACES),
    "bug": (
        *("before the document", "after connecting", "in the gate's wait", "when the books say so", "mid body of the request"),
        *("waiting for the answer", "mid body of the answer", "before the books know"),
    ),
    "interrupt": ("in the gate's wait", "mid body of the request", "waiting for the answer", "before the books know"),
    "cancel": ("after connecting", "in the gate's wait", "waiting for the answer"),
    # while one of the others holds the gate nobody else gets on
    "others": (
        *("after the claim", "after connecting", "first byte", "mid body of the request", "waiting for the answer"),
        *("mid body of the answer", "before the books know"),
    ),
}
FAULTS = {
    "none": 0.0,
    "cut-before-work": 0.0,
    "cut-after-accept": 0.0,
    "reset-after-accept": 0.0,
    "cut-body": 0.0,
    "silent": 0.0,
    "late-work": ANSWER_TIMEOUT_S + 0.5,  # filed when nobody listens any more
    "error-500-after-accept": 0.0,
    "maintenance-503-html": 0.0,
    "forbidden-403": 0.0,
    "not-xml": 0.0,
    "no-receipt": 0.0,
    "declined": 0.0,
}
MOMENTS = [(place, act) for act, places in ACTS.items() for place in places]
CASES = list(itertools.product(MOMENTS, FAULTS))
NUMBERS = itertools.count(1)


def test_the_matrix_is_large_enough():
    assert len(set(attack_sender.PLACES)) >= 19
    assert len(FAULTS) >= 10
    assert len(CASES) >= 190


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """One practice server, and one process of which the senders are forks."""
    place = tmp_path_factory.mktemp("attack")
    with start_practice(resources_dir(), place / "practice" / "utility.db", now=open_clock()) as practice:
        command = [sys.executable, attack_sender.__file__]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment()) as senders:
            yield Office(place, practice, senders)
            senders.stdin.close()
    assert senders.returncode == 0
    assert practice.handler_errors() == ()


def open_clock():
    """The time as it is, never inside the Sunday stop."""
    begun = now_jst()
    ahead = timedelta(hours=3 if begun.weekday() == 6 and begun.hour < 3 else 0)
    return lambda: now_jst() + ahead


class Office:
    """A home for each case, and what became of it."""

    def __init__(self, place, practice, senders):
        self._place = place
        self._senders = senders
        self.practice = practice

    def open(self, home):
        settings = load_settings(Places(home, practice=False).settings_file)
        return open_desk(Run.decide(home, settings, credentials=Credentials(environ={})), now=open_clock())

    def meet(self, moment, fault, *, naive=False):
        """Three applications, three senders, one accident, one fault; returns the home."""
        number = next(NUMBERS)
        home = self._place / f"home-{number}"
        write_settings(home, self.practice, answer_timeout_s=ANSWER_TIMEOUT_S)
        applications = [application(ApplicationKind.OUTAGE, 10 * number + one) for one in range(3)]
        item_id = ""
        if naive:
            for one in applications:
                NaiveBook(home).add(one)
        else:
            desk = self.open(home)
            item_id = [desk.outbox.queue(one) for one in applications][-1].item_id
            desk.close()
        if fault != "none":
            self.practice.utility.inject(fault, operation="new_outage", seconds=FAULTS[fault])
        place, act = moment
        case = {"home": str(home), "place": place, "act": act, "naive": naive, "item_id": item_id}
        self._senders.stdin.write(json.dumps(case) + "\n")
        self._senders.stdin.flush()
        ended = json.loads(self._senders.stdout.readline())
        self.practice.utility.faults.clear()
        for thread in threading.enumerate():
            if thread.name == "practice-kansai-connection":  # an application may still be filed for somebody who has gone
                thread.join(0 if fault == "silent" else 10)
        assert ended["other"] != -14, "a sender hung"
        assert ended["window"] == 0
        assert ended["unlucky"] in {"kill": (-9, 0), "bug": (3, 0), "interrupt": (3, 0)}.get(act, (0,)), (home / "_unlucky.txt").read_text()
        return home, applications

    def reconciled(self, home):
        """What was unknown and what the listing makes of it."""
        desk = self.open(home)
        items = desk.reconciliation.reconcile()
        desk.close()
        return items

    def filed(self, applications):
        """How often each was filed."""
        books = Counter(one.supply_point_number for one in self.practice.utility.filed())
        return [books[one.supply_point_number] for one in applications]

    def later_run(self, home):
        """As a clerk, or the time of day, does it: the whole outbox once more, a refused login lifted."""
        desk = self.open(home)
        while results := desk.outbox.run():
            if isinstance(results[-1].error, LoginRefused):
                desk.login_guard.try_once()
        items = desk.outbox.items()
        desk.close()
        return items


@pytest.mark.parametrize(("moment", "fault"), tenth(CASES), ids=lambda part: part if isinstance(part, str) else " - ".join(part))
def test_nothing_is_filed_twice_or_lost_or_said_wrong(office, moment, fault):
    home, applications = office.meet(moment, fault)
    desk = office.open(home)  # which recovers what an ended process left
    found = {item.item_id: item for item in desk.outbox.items()}
    never_begun = {item_id for item_id in found if not desk.outbox.attempts(item_id)}
    desk.close()
    assert OutboxState.SENDING not in {item.state for item in found.values()}
    unknown = {item_id: item for item_id, item in found.items() if item.state in (OutboxState.UNKNOWN, OutboxState.ASK)}
    for _ in range(2):
        items = {item.item_id: item for item in office.later_run(home)}
    assert [item.application for item in items.values()] == applications, "lost at the desk"
    assert {item_id: items[item_id] for item_id in unknown} == unknown, "an unknown outcome was touched"
    assert max(office.filed(applications)) <= 1, "filed twice"
    filed = office.practice.utility.filed()
    books = {
        item.item_id: [one for one in filed if one.supply_point_number == item.application.supply_point_number] for item in items.values()
    }
    assert [words for item in items.values() if (words := untrue(item, books[item.item_id]))] == []
    assert not {item.state for item in items.values()} & {OutboxState.QUEUED, OutboxState.SENDING}, "left behind"
    assert {items[item_id].state for item_id in never_begun} <= {OutboxState.ACCEPTED}
    assert set(office.practice.utility.request_ids().values()) <= {1}, "one requestID went out twice"
    for item, _ in office.reconciled(home):
        numbers = [one.receipt_number for one in books[item.item_id]]
        assert (item.state, item.receipt_number) == (OutboxState.ACCEPTED if numbers else unknown[item.item_id].state, "".join(numbers))
    now = office.practice.utility.filed()  # whose stages go on by themselves meanwhile
    assert [one.receipt_number for one in now] == [one.receipt_number for one in filed], "reconciling filed something"


def test_the_matrix_finds_the_duplicates_of_a_naive_sender(office):
    """Else it would prove nothing of ours."""
    cases = [(moment, fault) for moment, fault in CASES if moment[1] in ("kill", "bug") and FAULTS[fault] == 0 and fault != "silent"]
    if not IS_WHOLE:
        cases = random.Random(1).sample(cases, 12)  # noqa: S311 - chance, not a secret
    twice = []
    for moment, fault in cases:
        home, applications = office.meet(moment, fault, naive=True)
        attack_sender.NaiveSender(home).run()
        if max(office.filed(applications)) > 1:
            twice.append((moment, fault))
    sys.stderr.write(f"\nnaive sender: {len(twice)} of {len(cases)} cases filed twice\n")
    assert len(twice) >= len(cases) // 3
