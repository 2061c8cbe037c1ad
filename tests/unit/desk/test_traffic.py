"""One word on who waits and how the servers are, told by the calls themselves."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from denkidesk.desk.eta import WaitReason
from denkidesk.desk.server_state import Condition, ServerState
from denkidesk.desk.traffic import ENEGAERU, KANSAI, Traffic
from denkidesk.domain.clock import JST
from denkidesk.domain.errors import (
    Cancelled,
    Closed,
    InputRefused,
    LoginRefused,
    OutcomeUnknown,
    ServerRefused,
    SetupFault,
    Unreachable,
)
from fakes.clock import Clock

NOON = datetime(2026, 11, 20, 12, 5, tzinfo=JST)
THREE = datetime(2026, 11, 22, 3, 0, tzinfo=JST)


@dataclass
class Gate:
    """A gate as the eye sees it."""

    queue_length: int = 0
    period_s: float = 1.25
    free_in_s: float = 0.0

    def next_free_in_s(self):
        return self.free_in_s


@pytest.fixture
def clock():
    return Clock(NOON)


@pytest.fixture
def traffic(clock):
    return Traffic(None, clock)


@pytest.mark.parametrize(
    ("error", "condition", "until"),
    [
        (None, Condition.FINE, None),
        (Unreachable("kansai", "connect"), Condition.AWAY, None),
        (OutcomeUnknown("kansai", "cut"), Condition.AWAY, None),
        (OutcomeUnknown("kansai", "server_error", 500), Condition.TROUBLED, None),
        (Unreachable("kansai", "not_soap", 200), Condition.TROUBLED, None),
        (OutcomeUnknown("kansai", "maintenance", 503), Condition.CLOSED, None),
        (Closed("weekly", THREE), Condition.CLOSED, THREE),
        (Closed("maintenance"), Condition.CLOSED, None),
        (LoginRefused("kansai", "forbidden", "", 403), Condition.LOGIN_REFUSED, None),
        (LoginRefused("kansai", "stopped"), Condition.LOGIN_REFUSED, None),
        (ServerRefused("enegaeru", "forbidden", "", 403), Condition.LOGIN_REFUSED, None),
        (ServerRefused("kansai", "bad_request", "no", 400), Condition.FINE, None),
        (SetupFault("settings.toml", "kansai.base_url", "missing"), Condition.NOT_SET_UP, None),
    ],
)
def test_a_call_tells_how_the_server_is(traffic, error, condition, until):
    assert traffic.server(KANSAI) == ServerState(Condition.NEVER_ASKED)
    traffic.note(KANSAI, error)
    assert traffic.server(KANSAI) == ServerState(condition, NOON, NOON, until)
    assert traffic.server(ENEGAERU).condition is Condition.NEVER_ASKED


@pytest.mark.parametrize("error", [InputRefused.of("a", "b"), Cancelled(), ZeroDivisionError()])
def test_what_says_nothing_about_the_server_changes_nothing(traffic, error):
    traffic.note(KANSAI, None)
    before = traffic.server(KANSAI)
    traffic.note(KANSAI, error)
    assert traffic.server(KANSAI) == before


def test_a_condition_knows_since_when_it_stands(traffic, clock):
    traffic.note(KANSAI, Unreachable("kansai", "connect"))
    clock.moment += timedelta(minutes=5)
    traffic.note(KANSAI, Unreachable("kansai", "timeout"))
    assert traffic.server(KANSAI) == ServerState(Condition.AWAY, clock.moment, NOON)
    traffic.note(KANSAI, None)
    assert traffic.server(KANSAI).since == clock.moment


def test_a_watched_service_is_the_same_service(traffic):
    class Service:
        def ask(self, number, *, more=0):
            if number < 0:
                raise Unreachable("kansai", "connect")
            return number + more

        def name(self):
            raise Unreachable("kansai", "connect")

    service = traffic.watched(Service(), KANSAI, frozenset({"ask"}))
    assert service.ask(1, more=2) == 3
    assert traffic.server(KANSAI).condition is Condition.FINE
    with pytest.raises(Unreachable):
        service.name()
    assert traffic.server(KANSAI).condition is Condition.FINE, "no call to the server"
    with pytest.raises(Unreachable):
        service.ask(-1)
    assert traffic.server(KANSAI).condition is Condition.AWAY


def test_a_wait_is_counted_by_the_gates_own_period(clock):
    traffic = Traffic(Gate(queue_length=1, free_in_s=0.5), clock)
    assert (traffic.wait().ahead, traffic.wait().eta_s) == (1, 0.5)
    assert (traffic.wait(2).ahead, traffic.wait(2).eta_s) == (3, 3.0)
    assert traffic.wait().reason is WaitReason.GATE


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (Closed("weekly", THREE), WaitReason.CLOSED),
        (Unreachable("kansai", "connect"), WaitReason.AWAY),
        (LoginRefused("kansai", "stopped"), WaitReason.LOGIN_REFUSED),
        (OutcomeUnknown("kansai", "server_error", 500), WaitReason.GATE),
    ],
)
def test_a_wait_says_why(traffic, error, reason):
    traffic.note(KANSAI, error)
    wait = traffic.wait()
    assert (wait.reason, wait.until) == (reason, THREE if reason is WaitReason.CLOSED else None)


def test_a_desk_tells_of_its_calls_but_not_of_trials(open_a_desk, practice):
    from denkidesk.settings import KansaiSettings

    desk = open_a_desk(practice)
    assert not desk.connection.test_kansai(KansaiSettings(base_url="http://127.0.0.1:9/")).ok
    assert desk.traffic.server(KANSAI).condition is Condition.NEVER_ASKED
    desk.inbox.refresh()
    assert desk.traffic.server(KANSAI).condition is Condition.FINE
    practice.stop()
    with pytest.raises(Unreachable):
        desk.inbox.refresh()
    assert desk.traffic.server(KANSAI).condition is Condition.AWAY
