"""What waits is sent by itself as soon as it can be: within fifteen seconds, outages first, one after the other, and never twice."""

from datetime import timedelta

import pytest

from denkidesk.compose.desk import open_desk
from denkidesk.compose.run import Run
from denkidesk.credentials import Credentials
from denkidesk.desk.sending import Hold, Pause
from denkidesk.domain.applications import ApplicationKind, OutboxState
from denkidesk.practice.faults import parse_fault
from denkidesk.settings import DeskSettings, Settings
from fakes.clock import Clock
from fakes.filing import application, outage

ACCEPTED, QUEUED, UNKNOWN = OutboxState.ACCEPTED, OutboxState.QUEUED, OutboxState.UNKNOWN
MENU = ApplicationKind.MENU_CHANGE


class Day:
    """A desk whose two clocks a test moves; ``log``: what its sender did, and when by the clock that nobody sets."""

    def __init__(self, open_a_desk, servers, start):
        self.wall, self.s, self.log = Clock(start), 0.0, []
        self._open = lambda servers: open_a_desk(servers, now=self.wall, answer_timeout_s=5)
        self.open_another = lambda: self._open(servers)
        self.restart(servers)

    def restart(self, servers):
        self.desk = self._open(servers)
        self.desk.sender._clock = lambda: self.s

    def pass_time(self, seconds):
        self.s += seconds
        self.wall.moment += timedelta(seconds=seconds)

    def live(self, seconds):
        """What the window does: carries a plan out, and looks again."""
        until = self.s + seconds
        while True:
            plan = self.desk.sender.plan()
            if plan.send is not None:
                if self.desk.sender.send(plan.send) is not None:
                    self.log.append(("send", self.s, plan.send.application.supply_point_number[-3:]))
                continue
            if plan.probe is not None:
                self.desk.sender.ask(plan.probe)
                self.log.append(("probe", self.s, ""))
                continue
            step = min(plan.look_in_s, until - self.s)
            if step <= 0:
                return plan
            self.pass_time(step)

    def did(self, what):
        return [at for done, at, _ in self.log if done == what]

    def forget(self):
        """An obstacle ends now."""
        self.log.clear()
        self.gone = self.s

    def is_in_time(self):
        """Whether the first probe came within 15 seconds of the obstacle's end, and the first item within 15 of it."""
        probe = self.did("probe")[0]
        return probe - self.gone <= 15 and 0 <= next(at for at in self.did("send") if at >= probe) - probe <= 15

    def states(self):
        return [item.state for item in self.desk.outbox.items()]

    def holds(self):
        return [one.hold for one in self.desk.sender.plan().waiting]


@pytest.fixture
def day(open_a_desk, practice, open_now):
    return Day(open_a_desk, practice, open_now())


def test_what_the_clerk_sends_goes_after_its_count_down(day, practice):
    item = day.desk.outbox.queue(outage(), countdown_s=3.0)
    day.live(2.9)
    assert day.log == [], "until the last moment it may be stopped"
    (planned,) = day.desk.sender.plan().waiting
    assert (planned.hold, planned.total_s, round(planned.left_s, 1)) == (Hold.COUNTING, 3.0, 0.1)
    day.live(0.2)
    assert [done for done, _, _ in day.log] == ["send"], "and needs no probe: it is one"
    assert day.desk.outbox.item(item.item_id).state is ACCEPTED


def test_what_the_clerk_sends_goes_though_the_machine_was_too_busy_to_count(day, practice):
    item = day.desk.outbox.queue(outage(901), countdown_s=3.0)
    day.pass_time(3.5)
    assert day.desk.sender.plan().send.item_id == item.item_id
    day.restart(practice)
    day.pass_time(60)
    assert day.holds() == [Hold.CHECKING], "what an earlier start left is not risked before the server has answered"


def test_what_was_confirmed_together_goes_at_once_until_something_is_in_the_way(day, practice):
    items = [day.desk.outbox.queue(application(MENU, number)) for number in (901, 902, 903)]
    day.desk.sender.send_together(item.item_id for item in items)
    practice.utility.faults.add(parse_fault("maintenance-503-html@new_menu_change*1"))
    assert day.holds() == [Hold.TURN] * 3, "no count-down, and no probe: the first of them is one"
    day.live(0)
    assert [what for what, _, _ in day.log] == ["send"], "the others wait as all else does"
    assert ACCEPTED not in day.states()
    day.live(60)
    assert day.states().count(ACCEPTED) == 2
    assert day.did("probe")[0] < day.did("send")[1]


def test_a_pause_ends_what_was_confirmed_together(day):
    items = [day.desk.outbox.queue(application(MENU, number)) for number in (901, 902)]
    day.desk.sender.send_together(item.item_id for item in items)
    day.desk.sender.pause()
    assert day.holds() == [Hold.PAUSED] * 2
    day.desk.sender.resume()
    assert Hold.TURN not in day.holds()


def test_what_is_stopped_stays_until_the_clerk_lets_it_go(day, practice):
    item = day.desk.outbox.queue(application(MENU, 901), countdown_s=10.0)
    day.live(5)
    assert day.desk.outbox.stop(item.item_id)
    day.live(60)
    assert (day.holds(), day.desk.outbox.run()) == ([Hold.STOPPED], ()), "the command line lets it lie as well"
    day.restart(practice)
    day.live(60)
    assert practice.utility.filed() == ()
    assert day.desk.outbox.go_on(item.item_id, countdown_s=10.0)
    day.live(11)
    assert day.states() == [ACCEPTED]
    assert [event.code for event in day.desk.outbox.events(item.item_id)] == ["", "stopped", "resumed", "", ""]


def test_while_it_is_counted_another_process_does_not_take_it(day):
    day.desk.outbox.queue(outage(), countdown_s=3.0)
    assert [type(result.error).__name__ for result in day.desk.outbox.run()] == ["Closed"]
    day.pass_time(3)
    assert [result.item.state for result in day.desk.outbox.run()] == [ACCEPTED], "nor is it forgotten if the window ends meanwhile"


@pytest.mark.parametrize("hours", [0, -30])
def test_a_server_that_is_back_is_found_within_15_seconds(day, practice, start_practice_servers, hours):
    """Also where the machine's clock is set while it is away."""
    port = practice.kansai_base_url
    for number, kind in enumerate((MENU, MENU, ApplicationKind.OUTAGE), 1):
        day.desk.outbox.queue(application(kind, 900 + number))
    practice.stop()
    day.live(100)
    probes = day.did("probe")
    assert probes == [15.0 * n for n in range(7)], "every fifteen seconds, no oftener"
    assert day.holds() == [Hold.AWAY] * 3
    assert day.did("send") == [], "no item is risked before the server has answered"
    back = day.s
    day.wall.moment += timedelta(hours=hours)
    servers = start_practice_servers(kansai_port=int(port.rsplit(":", 1)[1].split("/")[0]))
    plan = day.live(30)
    (found,) = [at for at in day.did("probe") if at >= back]
    assert found - back <= 15
    assert day.did("send")[0] - found <= 15
    assert [point for done, _, point in day.log if done == "send"] == ["903", "901", "902"], "the outage first, then in order"
    assert (plan.waiting, len(servers.utility.filed())) == ((), 3)


def test_what_waited_over_a_restart_goes_by_itself(day, practice):
    day.desk.outbox.queue(application(MENU, 901))
    day.restart(practice)
    begun = day.s
    day.live(15)
    assert day.did("probe") == [begun], "at once"
    assert day.did("send") == [begun + 10.0], "after one count-down"


def test_the_end_of_closed_hours_is_enough(day, practice):
    opens = day.wall() + timedelta(hours=2)
    window = day.desk.closed_hours.add(day.wall() - timedelta(minutes=1), opens)
    assert window
    day.desk.outbox.queue(outage(901), countdown_s=3.0)
    day.desk.outbox.queue(application(MENU, 902))
    day.live(7000)
    plan = day.desk.sender.plan()
    assert [one.hold for one in plan.waiting] == [Hold.CLOSED, Hold.CLOSED]
    assert plan.waiting[0].at == opens
    day.log.clear()
    day.live(200 + 20)
    probe, *more = [at for at in day.did("probe") if at >= 7200]
    assert (probe - 7200 <= 15, more) == (True, [])
    assert day.did("send")[0] - probe <= 15
    assert day.states() == [ACCEPTED, ACCEPTED]


def test_closed_hours_that_are_taken_back_hold_nothing(day):
    day.desk.closed_hours.add(day.wall() - timedelta(minutes=1), day.wall() + timedelta(hours=2))
    day.desk.outbox.queue(outage(901), countdown_s=3.0)
    day.live(60)
    (window,) = day.desk.closed_hours.windows()
    day.desk.closed_hours.remove(window.window_id)
    day.live(30)
    assert day.states() == [ACCEPTED]


def test_a_maintenance_page_costs_no_item_its_certainty(day, practice):
    practice.utility.inject("maintenance-503-html", times=2)
    day.desk.outbox.queue(application(MENU, 901))
    day.live(29)
    assert (day.holds(), day.states()) == ([Hold.CLOSED], [QUEUED])
    day.live(1 + 11)
    assert day.states() == [ACCEPTED]


@pytest.mark.parametrize("hours", [-30, 30])
def test_a_clock_that_is_set_costs_no_time(day, practice, hours):
    day.desk.outbox.queue(outage(901), countdown_s=3.0)
    day.desk.outbox.queue(application(MENU, 902))
    day.live(1)
    day.wall.moment += timedelta(hours=hours)
    day.forget()
    day.live(30)
    assert day.states() == [ACCEPTED, ACCEPTED]
    assert max(day.did("send")) - day.gone <= 15, "both were counted down already"


def test_a_pause_holds_over_restarts_and_ends_by_the_clerk(day, practice):
    day.desk.outbox.queue(outage(901), countdown_s=3.0)
    day.desk.outbox.queue(application(MENU, 902))
    day.desk.sender.pause()
    day.restart(practice)
    plan = day.live(300)
    assert (plan.pause, day.holds(), day.log) == (Pause.CLERK, [Hold.PAUSED, Hold.PAUSED], [])
    day.desk.sender.resume()
    day.forget()
    day.live(30)
    assert day.states() == [ACCEPTED, ACCEPTED]
    assert day.is_in_time()


def test_a_pause_catches_what_a_plan_has_named_already(day):
    item = day.desk.outbox.queue(outage(901), countdown_s=3.0)
    day.live(0)
    day.pass_time(3)
    assert day.desk.sender.plan().send.item_id == item.item_id
    day.desk.sender.pause()
    assert day.desk.sender.send(item) is None


def test_an_unknown_outcome_is_never_sent_by_itself_and_two_stop_the_rest(day, practice):
    for number in (1, 2, 3):
        day.desk.outbox.queue(application(MENU, 900 + number))
    practice.utility.inject("cut-before-work", times=None, operation="new_menu_change")
    plan = day.live(600)
    assert sorted(day.states()) == sorted([UNKNOWN, UNKNOWN, QUEUED])
    assert (plan.pause, len(day.did("send")), [one.hold for one in plan.waiting]) == (Pause.UNKNOWN, 2, [Hold.PAUSED])
    practice.utility.faults.clear()
    day.live(600)
    assert len(day.did("send")) == 2
    day.desk.sender.resume()
    day.live(30)
    assert sorted(day.states()) == sorted([UNKNOWN, UNKNOWN, ACCEPTED])


def test_a_refused_login_is_not_tried_again_until_the_stop_is_over(day, practice):
    practice.utility.inject("forbidden-403", times=1)
    day.desk.outbox.queue(application(MENU, 901))
    plan = day.live(300)
    assert ([one.hold for one in plan.waiting], len(practice.utility.request_starts())) == ([Hold.LOGIN_REFUSED], 1)
    day.desk.login_guard.try_once()
    day.live(30)
    assert day.states() == [ACCEPTED]


def test_one_that_may_be_filed_already_waits_for_a_word(day):
    first = day.desk.outbox.queue(outage(901), countdown_s=3.0)
    day.live(5)
    second = day.desk.outbox.queue(outage(901))
    other = day.desk.outbox.queue(application(MENU, 902))
    plan = day.live(30)
    assert [(one.item.item_id, one.hold) for one in plan.waiting] == [(second.item_id, Hold.SIMILAR)]
    assert [day.desk.outbox.item(item.item_id).state for item in (first, other)] == [ACCEPTED, ACCEPTED]
    day.desk.outbox.confirm(day.desk.outbox.waiting_beside())
    day.live(30)
    assert day.states() == [ACCEPTED] * 3


def test_an_item_that_cannot_be_made_is_tried_once(day, practice, monkeypatch):
    item = day.desk.outbox.queue(application(MENU, 901))
    other = day.desk.outbox.queue(application(MENU, 902))
    service = day.desk.outbox._services.kansai()
    prepare = service.prepare

    def broken_for_the_first(one, *, request_id):
        if one == item.application:
            raise ZeroDivisionError
        return prepare(one, request_id=request_id)

    monkeypatch.setattr(service, "prepare", broken_for_the_first, raising=False)
    plan = day.live(300)
    assert [(one.item.item_id, one.hold) for one in plan.waiting] == [(item.item_id, Hold.FAULTY)]
    assert len(day.desk.outbox.events(item.item_id)) == 2, "its journal does not fill with the same"
    assert day.desk.outbox.item(other.item_id).state is ACCEPTED


def test_an_item_that_another_process_has_is_let_alone(day):
    item = day.desk.outbox.queue(application(MENU, 901))
    other = day.open_another()
    other.store.outbox.claim(other.store.owner.name, item_id=item.item_id)
    day.live(100)
    assert 1 <= len(day.did("send")) <= 1 + 100 / 15
    assert day.states() == [QUEUED]


def test_the_plan_says_when_each_starts(open_a_desk, practice, open_now):
    wall = Clock(open_now())
    desk = open_a_desk(practice, now=wall, interval_s=1.0, margin_s=0.0)
    desk.sender._clock = lambda: 0.0
    for number in (1, 2, 3):
        desk.outbox.queue(application(MENU, 900 + number), countdown_s=10.0)
    moments = [(one.at - wall()).total_seconds() for one in desk.sender.plan().waiting]
    assert moments == pytest.approx([10.0, 11.0, 12.0])


def test_what_is_brought_back_goes_as_the_rest_and_never_beside_another_like_it(day):
    item = day.desk.outbox.queue(outage(901), countdown_s=3.0)
    assert day.desk.outbox.cancel_item(item.item_id)
    other = day.desk.outbox.queue(outage(901), countdown_s=3.0)  # typed anew meanwhile
    assert day.desk.outbox.undo_cancel(item)
    assert not day.desk.outbox.undo_cancel(other)
    plan = day.live(30)
    assert day.desk.outbox.item(other.item_id).state is ACCEPTED
    assert [(one.item.item_id, one.hold) for one in plan.waiting] == [(item.item_id, Hold.SIMILAR)]
    assert [event.code for event in day.desk.outbox.events(item.item_id)] == ["", "clerk", "undone"]


@pytest.mark.parametrize(("all_s", "outage_s", "expected"), [(8.0, 5.0, (8.0, 5.0)), (2.0, 5.0, (2.0, 2.0))])
def test_the_count_downs_are_the_settings_and_an_outage_never_waits_longer(tmp_path, all_s, outage_s, expected):
    settings = Settings(desk=DeskSettings(countdown_s=all_s, outage_countdown_s=outage_s))
    desk = open_desk(Run.decide(tmp_path, settings, credentials=Credentials()))
    assert (desk.sender.countdown_s(MENU), desk.sender.countdown_s(ApplicationKind.OUTAGE)) == expected
    desk.close()
