"""One login serves all calls; a token that ended is renewed once; nobody is pushed out unasked."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from denkidesk.domain.errors import LoginRefused, ServerRefused, SetupFault
from denkidesk.enegaeru.client import EnegaeruClient
from denkidesk.enegaeru.session import Session
from denkidesk.practice.messages import PracticeRequest, PracticeResponse
from denkidesk.settings import PRACTICE_PASSWORD


def test_one_login_serves_many_calls_and_threads(client: EnegaeruClient, quoting) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: len(client.plans("6")), range(8)))
    assert len(set(answers)) == 1
    assert quoting.operations().count("login") == 1


def test_a_403_leads_to_one_new_login_and_one_more_try(client: EnegaeruClient, quoting) -> None:
    client.plans("6")
    quoting.service.sessions.end()
    assert client.plans("6")
    assert quoting.operations() == ["login", "epplans", "epplans", "login", "epplans"]


def test_a_second_403_goes_to_the_clerk(make_client, quoting) -> None:
    def handler(request: PracticeRequest) -> PracticeResponse:
        if not request.path.endswith("login"):
            quoting.service.sessions.end()
        quoting.requests.append(request)
        return quoting.service(request)

    quoting.server.handler = handler
    with pytest.raises(ServerRefused) as refused:
        make_client().plans("6")
    assert (refused.value.code, refused.value.status, refused.value.message) == ("forbidden", 403, "トークンが無効です。")
    assert quoting.operations() == ["login", "epplans", "login", "epplans"]


def test_a_session_elsewhere_is_ended_only_on_express_request(make_client, quoting) -> None:
    first, second = make_client(), make_client()
    first.plans("6")
    with pytest.raises(LoginRefused) as refused:
        second.plans("6")
    assert "別の端末" in refused.value.message
    assert all(not json.loads(request.body)["forcelogin"] for request in quoting.requests if request.path.endswith("login"))
    second.login(force=True)
    assert second.plans("6")
    with pytest.raises(LoginRefused):
        first.plans("6")
    quoting.clock.pass_by(60)
    logins = quoting.operations().count("login")
    with pytest.raises(LoginRefused) as stopped:
        first.plans("6")
    assert (stopped.value.code, stopped.value.message) == ("stopped", refused.value.message)
    assert quoting.operations().count("login") == logins, "a refused login is not tried again by itself"
    first.login()
    assert first.plans("6")


@pytest.mark.parametrize("wrong", [{"password": "wrong"}, {"login_id": "somebody"}])
def test_a_refused_login_is_asked_of_the_server_once(make_client, quoting, wrong) -> None:
    client = make_client(**wrong)
    for _ in range(5):
        with pytest.raises(LoginRefused):
            client.plans("6")
    assert quoting.operations() == ["login"]
    with pytest.raises(LoginRefused):
        client.login()
    assert quoting.operations() == ["login", "login"], "once for each time a person says so"


def test_another_password_is_tried_at_once(quoting, make_client) -> None:
    session, passwords = Session(), ["wrong"]
    client = make_client(session=session, password=None)
    client._password = lambda: passwords[-1]
    with pytest.raises(LoginRefused):
        client.plans("6")
    passwords.append(PRACTICE_PASSWORD)
    assert client.plans("6")


def test_a_connection_test_shares_the_session_of_its_account(make_client, quoting) -> None:
    session = Session()
    make_client(session=session).plans("6")
    assert make_client(session=session).test_connection() >= 3
    assert quoting.operations() == ["login", "epplans", "epcorps"]
    with pytest.raises(LoginRefused, match="403"):
        make_client(session=session, password="mistyped").test_connection()
    assert make_client(session=session).test_connection() >= 3
    assert quoting.operations().count("login") == 2


@pytest.mark.parametrize("secrets", [{"password": "wrong"}, {"login_id": "somebody"}, {"api_key": "wrong"}])
def test_wrong_secrets_are_refused_at_the_login(make_client, secrets: dict[str, str]) -> None:
    with pytest.raises(LoginRefused) as refused:
        make_client(**secrets).test_connection()
    assert refused.value.code == "forbidden"
    assert refused.value.message


@pytest.mark.parametrize(
    ("missing", "item"),
    [
        ({"password": None}, "enegaeru.password"),
        ({"api_key": None}, "enegaeru.api_key"),
        ({"login_id": ""}, "enegaeru.login_id"),
        ({"base_url": ""}, "enegaeru.base_url"),
        ({"auth": "token", "password": None, "api_key": None}, "enegaeru.password"),
    ],
)
def test_what_is_not_set_up_is_named(make_client, missing: dict[str, object], item: str) -> None:
    with pytest.raises(SetupFault) as fault:
        make_client(**missing).test_connection()
    assert (fault.value.item, fault.value.code) == (item, "missing")


def test_a_fixed_token_goes_into_its_own_header_and_never_logs_in(make_client, quoting) -> None:
    client = make_client(auth="token", token_header="X-Token", token_template="Bearer {token}", password="canary")
    with pytest.raises(ServerRefused) as refused:
        client.plans("6")
    assert refused.value.code == "forbidden"
    assert [request.headers.get("x-token") for request in quoting.requests] == ["Bearer canary"]


def test_test_connection_counts_companies(client: EnegaeruClient) -> None:
    assert client.test_connection() >= 3


def test_threads_whose_token_ended_log_in_once(client: EnegaeruClient, quoting) -> None:
    client.plans("6")
    quoting.service.sessions.end()
    barrier = threading.Barrier(4)

    def ask(_: int) -> int:
        barrier.wait(10)
        return len(client.plans("6"))

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask, range(4)))
    assert len(set(answers)) == 1
    assert quoting.operations().count("login") == 2
