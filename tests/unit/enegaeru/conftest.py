"""The quoting client against the practice server, over real HTTP."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from denkidesk.domain.clock import JST
from denkidesk.enegaeru.client import EnegaeruClient
from denkidesk.enegaeru.session import Session
from denkidesk.practice.faults import FaultBox
from denkidesk.practice.http_server import PracticeHttpServer
from denkidesk.practice.messages import PracticeRequest, PracticeResponse
from denkidesk.practice.quoting.server import QuotingService, operation_of
from denkidesk.settings import PRACTICE_API_KEY, PRACTICE_LOGIN_ID, PRACTICE_PASSWORD, EnegaeruSettings
from denkidesk.wire.http import WireClient


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 22, 10, 30, tzinfo=JST)

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@dataclass
class Quoting:
    """The running server, and what it was asked."""

    service: QuotingService
    server: PracticeHttpServer
    clock: Clock
    requests: list[PracticeRequest]

    @property
    def base_url(self) -> str:
        return f"{self.server.url}/sys"

    def operations(self) -> list[str]:
        return [operation_of(request.path) for request in self.requests]


@pytest.fixture
def quoting(resources: Path) -> Iterator[Quoting]:
    clock = Clock()
    service = QuotingService(resources, clock)
    requests: list[PracticeRequest] = []

    def handler(request: PracticeRequest) -> PracticeResponse:
        requests.append(request)
        return service(request)

    with PracticeHttpServer("enegaeru", handler, FaultBox(), operation_of=operation_of) as server:
        yield Quoting(service, server, clock, requests)
    assert server.handler_errors == []


MakeClient = Callable[..., EnegaeruClient]


@pytest.fixture
def make_client(quoting: Quoting) -> Iterator[MakeClient]:
    """A client of the practice account; keyword arguments change its settings, ``password`` and ``api_key`` its secrets."""
    wires: list[WireClient] = []

    def make(
        *,
        password: str | None = PRACTICE_PASSWORD,
        api_key: str | None = PRACTICE_API_KEY,
        session: Session | None = None,
        **changes: object,
    ) -> EnegaeruClient:
        wire = WireClient("enegaeru", loopback_only=True)
        wires.append(wire)
        settings = EnegaeruSettings(base_url=quoting.base_url, login_id=PRACTICE_LOGIN_ID, answer_timeout_s=30.0)
        return EnegaeruClient(wire, replace(settings, **changes), api_key=lambda: api_key, password=lambda: password, session=session)

    yield make
    for wire in wires:
        wire.close()


@pytest.fixture
def client(make_client: MakeClient) -> EnegaeruClient:
    return make_client()
