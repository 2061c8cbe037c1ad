"""A refresh asks for the status of what may have news: within its budget, whoever waits longest first."""

import random
from collections import Counter
from datetime import timedelta

import pytest

from denkidesk.desk.inbox import InboxFilter, InboxView, concerns_one
from denkidesk.domain.applications import ApplicationKind, ListedApplication
from denkidesk.domain.errors import LoginRefused, Unreachable
from fakes.desk_home import run_program, write_settings


def refresh(desk, budget):
    """The listing, then the statuses; the receipt numbers that were asked for, and how many were news."""
    desk.inbox.refresh()
    queue = desk.inbox.status_queue(budget)
    return queue, sum(desk.inbox.look_for_news(number) for number in queue.receipt_numbers)


def unread(desk):
    return {entry.listed.receipt_number for entry in desk.inbox.entries(InboxView(InboxFilter.UNREAD))}


def all_read(desk):
    desk.inbox.mark_read([entry.listed.receipt_number for entry in desk.inbox.entries()])


def listed(number, *, stage="PW02", visit_on=None, has_message=False, selection="PS101"):
    return ListedApplication(f"P{number:010}", stage, None, visit_on, selection, f"06{number:020}", has_message)


def test_a_second_message_is_news_though_the_flag_stays(open_a_desk, practice):
    """A hundred times: what comes without any change in the listing is unread after the next refreshes, ceil(candidates / budget)."""
    chance = random.Random(11)  # noqa: S311 - scenarios, no secrets
    desk = open_a_desk(practice, interval_s=0.001)
    refresh(desk, 60)
    flagged = chance.sample(desk.inbox.status_queue(100).receipt_numbers, 6)
    for number in flagged:
        practice.utility.advance(number, message="最初の知らせ")
    refresh(desk, 60)
    needed = Counter()
    for turn in range(100):
        all_read(desk)
        number, other = chance.sample(flagged, 2)
        budget = chance.choice([1, 2, 3, 60])
        practice.utility.advance(number, message=f"知らせ {turn}")
        match chance.randrange(4):
            case 0:
                practice.utility.advance(other, message=f"別の知らせ {turn}")
            case 1:
                practice.utility.advance(other, stage=chance.choice(["PW02", "PW03", "PW04"]))
            case 2:
                desk.inbox.fetch_status(other)  # the clerk's own wish
        candidates = desk.inbox.status_queue(0).beyond
        refreshes = 0
        while number not in unread(desk) and refreshes < -(-candidates // budget):
            practice.utility.forget_requests()
            queue, _ = refresh(desk, budget)
            assert len(practice.utility.request_starts()) == 1 + len(queue.receipt_numbers) <= 1 + budget
            refreshes += 1
        assert number in unread(desk), (turn, budget, candidates)
        assert f"知らせ {turn}" in desk.inbox.entry(number).status.messages
        needed[budget >= candidates, refreshes] += 1
    assert {refreshes for fits, refreshes in needed if fits} == {1}
    assert sum(needed.values()) == 100
    assert max(refreshes for _, refreshes in needed) > 3, "the budget was never short"


def test_closed_ones_are_not_asked_and_the_longest_waiting_come_first(desk, open_now):
    today = open_now().date()
    rows = [
        listed(1, stage="PW05", has_message=True),  # closed
        listed(2, stage="unheard", has_message=True),  # an unknown stage is open
        listed(3, visit_on=today + timedelta(days=3)),
        listed(4, visit_on=today + timedelta(days=4)),
        listed(5, selection="PS301"),  # an outage
        listed(6),
    ]
    desk.store.inbox.take_listing(rows, {"PS301": ApplicationKind.OUTAGE}.get)
    queue = desk.inbox.status_queue(10)
    assert (len(queue.receipt_numbers), queue.beyond) == (5, 0)
    assert queue.receipt_numbers[0] == rows[4].receipt_number
    assert set(queue.receipt_numbers[:3]) == {rows[n].receipt_number for n in (1, 2, 4)}
    short = desk.inbox.status_queue(2)
    assert (short.receipt_numbers, short.beyond) == (queue.receipt_numbers[:2], 1)
    for number in short.receipt_numbers:
        desk.store.inbox.note_look(number)
    assert desk.inbox.status_queue(2).receipt_numbers[0] == queue.receipt_numbers[2]
    assert desk.inbox.status_queue(0).receipt_numbers == ()


def test_one_that_the_utility_does_not_know_keeps_nobody_waiting(desk):
    desk.store.inbox.take_listing([listed(98, has_message=True), listed(99, has_message=True)], lambda _: None)
    (first,) = desk.inbox.status_queue(1).receipt_numbers
    assert desk.inbox.look_for_news(first) is False
    (second,) = desk.inbox.status_queue(1).receipt_numbers
    assert {first, second} == {"P0000000098", "P0000000099"}


def test_what_the_clerk_asked_for_is_read_what_came_by_itself_is_not(desk, practice):
    desk.inbox.refresh()
    all_read(desk)
    first, second = (entry.listed.receipt_number for entry in desk.inbox.entries()[:2])
    for number in (first, second):
        practice.utility.advance(number, message="見本の知らせ")
    desk.inbox.fetch_status(first)
    assert desk.inbox.look_for_news(second) is True
    assert unread(desk) == {second}


def test_a_server_that_goes_away_ends_the_round(desk, practice):
    desk.inbox.refresh()
    (number, *_) = desk.inbox.status_queue(1).receipt_numbers
    practice.utility.inject("forbidden-403")
    with pytest.raises(LoginRefused):
        desk.inbox.look_for_news(number)
    desk.login_guard.try_once()
    practice.utility.inject("cut-before-work")
    with pytest.raises(Unreachable):
        desk.inbox.look_for_news(number)
    assert number in desk.inbox.status_queue(1).receipt_numbers


BAD_ANSWERS = ("not-xml", "empty-200", "doctype", "error-500", "huge-body")


@pytest.mark.parametrize("fault", BAD_ANSWERS)
def test_one_bad_answer_keeps_nobody_waiting(desk, practice, fault):
    """Whatever is wrong with it: next time the others come first."""
    desk.inbox.refresh()
    before = desk.inbox.status_queue(3).receipt_numbers
    practice.utility.inject(fault, operation="application_status")
    with pytest.raises(Unreachable) as caught:
        desk.inbox.look_for_news(before[0])
    assert concerns_one(caught.value)
    assert desk.inbox.status_queue(100).receipt_numbers[0] == before[1]
    assert before[0] in desk.inbox.status_queue(100).receipt_numbers


def test_the_command_line_asks_for_the_others_past_a_bad_answer(home, practice):
    write_settings(home, practice)
    practice.utility.inject("not-xml", operation="application_status")
    ran = run_program(home, "inbox", "sync")
    assert ran.code == 4
    asked = len(practice.utility.request_starts()) - 1
    assert f"{asked - 1}件の状況を確かめました" in ran.stderr
    practice.utility.forget_requests()
    practice.utility.inject("not-xml", times=2, operation="application_status")
    assert run_program(home, "inbox", "sync").code == 4
    assert len(practice.utility.request_starts()) == 3, "two in a row: no answer can be used"


def test_the_command_line_keeps_to_its_budget(home, practice):
    write_settings(home, practice, status_budget=2)
    for words, calls in (((), 2), (("--status-budget", "1"), 1), (("--no-status",), 0), (("--status-budget", "0"), 0)):
        before = practice.utility.report()["requests"]
        ran = run_program(home, "inbox", "sync", *words)
        assert ran.code == 0, ran.stderr
        assert practice.utility.report()["requests"] - before == 1 + calls
        assert set(ran.json) == {"added", "changed", "total", "at"}
    wrong = run_program(home, "inbox", "sync", "--status-budget", "-1")
    assert (wrong.code, wrong.stdout) == (2, b"")
