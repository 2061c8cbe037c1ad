"""A refused login is not tried again by itself, by nobody, for as long as it is the same login."""

import json
import shutil

import pytest

from denkidesk.domain.applications import ApplicationKind, NewApplication, OutboxState
from denkidesk.domain.errors import LoginRefused, OutcomeUnknown, SetupFault
from denkidesk.settings import KansaiSettings, resources_dir
from denkidesk.store.kept_aside import KeptAside
from fakes.soap_server import XML, fault, message

APPLICATION = NewApplication(
    ApplicationKind.OUTAGE, "PS301", "PE301", f"06{7:020}", supply_point_address="大阪府大阪市見本町0-0-0", customer_name="見本 太郎"
)
PASSWORD = "DENKIDESK_SECRET_KANSAI_PASSWORD"
HTML = {"Content-Type": "text/html"}
REFUSALS = [
    (403, XML, fault("パスワードが違います")),
    (403, HTML, b"<html><body>Forbidden</body></html>"),  # a gateway's page
    (403, {}, b""),
]
LISTING = (200, XML, message("listApplicationsResponse", "<m:requestStatus>PR00</m:requestStatus><m:applications/>"))


@pytest.fixture
def environ():
    """Where every desk of a test has its password from."""
    return {PASSWORD: "first"}


@pytest.fixture
def guarded_desk(open_a_desk, practice, soap_server, environ):
    """Opens desks on one store, as several processes would."""
    return lambda **kansai: open_a_desk(practice, environ=environ, **{"base_url": soap_server.url, **kansai})


@pytest.mark.parametrize("answer", REFUSALS)
def test_reading_and_filing_stop_in_every_desk_on_the_store(guarded_desk, soap_server, answer):
    soap_server.answer = lambda *_: answer
    first, second = guarded_desk(), guarded_desk()
    with pytest.raises(LoginRefused) as refused:
        first.inbox.refresh()
    assert refused.value.code == "forbidden"
    soap_server.answer = lambda *_: LISTING
    item = first.outbox.queue(APPLICATION)
    for desk in (first, second, guarded_desk()):
        with pytest.raises(LoginRefused) as stopped:
            desk.inbox.refresh()
        assert (stopped.value.code, stopped.value.message) == ("stopped", refused.value.message)
        with pytest.raises(LoginRefused):
            desk.inbox.fetch_status("R1")
        result = desk.outbox.send(item.item_id)
        assert (result.item.state, result.item.attempts, type(result.error)) == (OutboxState.QUEUED, 0, LoginRefused)
    assert len(soap_server.requests) == 1


def test_another_password_or_login_id_is_another_login(guarded_desk, soap_server, environ):
    soap_server.answer = lambda *_: REFUSALS[0]
    desk = guarded_desk()
    for password in ("first", "second"):
        environ[PASSWORD] = password
        with pytest.raises(LoginRefused) as refused:
            desk.inbox.refresh()
        assert refused.value.code == "forbidden"
    environ[PASSWORD] = "first"
    with pytest.raises(LoginRefused) as refused:
        desk.inbox.refresh()
    assert refused.value.code == "stopped", "going back to what was refused before helps nobody"
    soap_server.answer = lambda *_: LISTING
    guarded_desk(login_id="another", ip_address="192.0.2.1").inbox.refresh()
    environ[PASSWORD] = "third"
    desk.inbox.refresh()
    assert len(soap_server.requests) == 4


def test_one_try_is_one_request_and_a_login_that_is_taken_ends_the_stop(guarded_desk, soap_server):
    soap_server.answer = lambda *_: REFUSALS[0]
    desk, other = guarded_desk(), guarded_desk()
    for _ in range(2):
        with pytest.raises(LoginRefused):
            desk.inbox.refresh()
    desk.login_guard.try_once()
    for code in ("forbidden", "stopped"):
        with pytest.raises(LoginRefused) as refused:
            desk.inbox.refresh()
        assert refused.value.code == code
    assert len(soap_server.requests) == 2
    soap_server.answer = lambda *_: LISTING
    desk.login_guard.try_once()
    desk.inbox.refresh()
    other.inbox.refresh()
    assert len(soap_server.requests) == 4


def test_a_waiter_at_the_gate_stops_when_the_one_before_it_is_refused(guarded_desk, soap_server):
    """Both passed the first look; the second look stands just before the first byte."""
    soap_server.answer = lambda *_: REFUSALS[0]
    desk, other = guarded_desk(), guarded_desk()
    item = other.outbox.queue(APPLICATION)
    guard = other.login_guard
    looked = guard.check

    def look_and_be_overtaken(login_id, password):
        looked(login_id, password)
        with pytest.raises(LoginRefused):
            desk.inbox.refresh()

    guard.check = look_and_be_overtaken
    result = other.outbox.send(item.item_id)
    assert (result.item.state, result.item.attempts, result.error.code) == (OutboxState.QUEUED, 0, "stopped")
    assert len(soap_server.requests) == 1


def test_a_status_that_means_a_refused_login_stops_as_well(guarded_desk, soap_server, tmp_path):
    wsdl_dir = tmp_path / "wsdl"
    shutil.copytree(resources_dir() / "kansai", wsdl_dir)
    binding = json.loads((wsdl_dir / "binding.json").read_text(encoding="utf-8"))
    (wsdl_dir / "binding.json").write_text(json.dumps(binding | {"login_refused_request_status": ["PR90"]}), encoding="utf-8")
    verdict = "<m:requestStatus>PR90</m:requestStatus><m:receptionMessage>IDが使えません</m:receptionMessage>"
    soap_server.answer = lambda *_: (200, XML, message("applyOutageResponse", verdict))
    desk = guarded_desk(wsdl_dir=str(wsdl_dir))
    item = desk.outbox.queue(APPLICATION)
    result = desk.outbox.send(item.item_id)
    assert (result.item.state, result.error.code, result.error.message) == (OutboxState.QUEUED, "login_status", "IDが使えません")
    assert (result.item.failure_code, result.item.failure_message) == ("login_refused", "IDが使えません")
    assert desk.outbox.run()[0].error.code == "stopped"
    assert len(soap_server.requests) == 1


def test_a_connection_test_tries_what_is_typed_and_not_what_was_refused(guarded_desk, soap_server):
    soap_server.answer = lambda *_: REFUSALS[0]
    desk = guarded_desk()
    with pytest.raises(LoginRefused):
        desk.inbox.refresh()
    settings = KansaiSettings(base_url=soap_server.url, interval_s=0.01, margin_s=0.0)
    assert desk.connection.test_kansai(settings).error.code == "stopped"
    soap_server.answer = lambda *_: LISTING
    assert desk.connection.test_kansai(settings, "typed").ok
    assert len(soap_server.requests) == 2


def test_a_refusal_that_cannot_be_noted_anywhere_is_no_proof(guarded_desk, soap_server, monkeypatch):
    soap_server.answer = lambda *_: REFUSALS[0]
    desk = guarded_desk()
    item = desk.outbox.queue(APPLICATION)

    def full(*_, **__):
        raise SetupFault("desk.db", "database", "full")

    monkeypatch.setattr(desk.store.login_stops, "add", full)
    monkeypatch.setattr(KeptAside, "keep", lambda *_: "")
    result = desk.outbox.send(item.item_id)
    assert (result.item.state, type(result.error)) == (OutboxState.UNKNOWN, OutcomeUnknown)
    with pytest.raises(LoginRefused) as stopped:
        desk.inbox.refresh()
    assert stopped.value.code == "stopped", "this process knows of it all the same"


def test_what_is_kept_of_a_login_does_not_give_it_away(guarded_desk, soap_server, environ):
    environ[PASSWORD] = "CANARY-password"
    soap_server.answer = lambda *_: REFUSALS[0]
    desk = guarded_desk(login_id="CANARY-id", ip_address="192.0.2.1")
    for _ in range(2):
        desk.login_guard.try_once()
        with pytest.raises(LoginRefused):
            desk.inbox.refresh()
    (stop,) = desk.store.login_stops.all("kansai")
    assert len(stop.salt) == 16
    assert len(stop.digest) == 32
    desk.close()
    stored = b"".join(path.read_bytes() for path in desk.store.path.parent.rglob("*") if path.is_file())
    assert b"CANARY-password" not in stored
