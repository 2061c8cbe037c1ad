"""What the practice servers' services are asked and answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from denkidesk.practice.faults import Fault

_MAINTENANCE_PAGE: Final = (
    '<!DOCTYPE html>\n<html lang="ja"><head><meta charset="utf-8"/><title>メンテナンス中（練習）</title></head>'
    "<body><h1>メンテナンス中です</h1><p>練習用サーバは現在停止しています。</p></body></html>\n"
).encode()


@dataclass(frozen=True, slots=True)
class PracticeRequest:
    """One request, whole.

    ``path`` and ``query`` are percent-decoded (a repeated query name keeps its last value), header names are lower case. ``started_ns``:
    ``time.perf_counter_ns()`` when the first byte was there; that clock is the same for all processes of a machine. ``fault``: set
    where the service itself has to act a fault out.
    """

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    started_ns: int
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class PracticeResponse:
    """One answer; Content-Length, Date and Connection are added by the server."""

    status: int
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    body: bytes = b""


Handler = Callable[[PracticeRequest], PracticeResponse]


def text_response(status: int, text: str, content_type: str = "text/plain; charset=UTF-8") -> PracticeResponse:
    return PracticeResponse(status, {"Content-Type": content_type}, text.encode())


def maintenance_response() -> PracticeResponse:
    """503 with a page of well-formed HTML, as a closed service sends it."""
    return PracticeResponse(503, {"Content-Type": "text/html; charset=UTF-8"}, _MAINTENANCE_PAGE)


def last_segment(path: str) -> str:
    """The last part of a path: what faults are aimed at unless a service says otherwise."""
    return path.rstrip("/").rpartition("/")[2]
