"""Senders that meet with an accident at a named moment. ``python attack_sender.py``: one case as a line of JSON in, one line out.

All is loaded once; each sender of a case is a fork of this process, which is as good as a process of its own and costs no start. A case:
``{"home", "place", "act", "naive", "item_id"}``. The unlucky one runs the outbox and meets with ACT at PLACE; a second one runs it too,
by the command line, and a third one sends ``item_id`` as the window does. Those two begin when the first has claimed an item.
"""

import contextlib
import functools
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import denkidesk.cli.outbox
import denkidesk.kansai.client
from denkidesk.cli.commands import run as run_command
from denkidesk.compose.desk import open_desk
from denkidesk.compose.run import Run
from denkidesk.credentials import Credentials
from denkidesk.domain.cancel import CancelToken
from denkidesk.kansai.client import KansaiClient
from denkidesk.kansai.wsdl_set import load_wsdl_set
from denkidesk.settings import Places, load_settings, resources_dir
from denkidesk.store.folder_lock import Owner
from denkidesk.store.outbox import OutboxStore
from denkidesk.wire.connections import Connections
from denkidesk.wire.gate import Gate
from denkidesk.wire.http import WireClient
from denkidesk.wire.sockets import WireStream
from fakes.naive_sender import NaiveBook, NaiveSender

LIMIT_S = 60.0


class BugOfTheTest(Exception):
    """What the act "bug" raises."""


def before(*methods: tuple[type, str]) -> Callable[[Callable[[], None]], None]:
    """The place just before any of these is called for the first time."""

    def put(act: Callable[[], None]) -> None:
        for owner, name in methods:
            _wrap(owner, name, lambda whole, arguments, options: (act(), whole(*arguments, **options))[1])

    return put


def after(*methods: tuple[type, str]) -> Callable[[Callable[[], None]], None]:
    """The place just after any of these has returned something for the first time."""

    def put(act: Callable[[], None]) -> None:
        def call(whole, arguments, options):
            result = whole(*arguments, **options)
            if result is not None:
                act()
            return result

        for owner, name in methods:
            _wrap(owner, name, call)

    return put


def _wrap(owner: type, name: str, call: Callable[..., object]) -> None:
    whole = getattr(owner, name)
    setattr(owner, name, lambda *arguments, **options: call(whole, arguments, options))


def sent(part: int, share: float, less: int = 0) -> Callable[[Callable[[], None]], None]:
    """The place where a share of the request's head (part 0) or body (part 1) has left; at least a byte, and ``less`` bytes less."""

    def put(act: Callable[[], None]) -> None:
        whole, writes = WireStream.write, []

        def write(stream, buffer, timeout=None):
            if len(buffer):
                writes.append(buffer)
            if len(writes) - 1 == part and len(buffer):
                cut = max(1, int(len(buffer) * share) - less)
                whole(stream, buffer[:cut])
                act()
                buffer = buffer[cut:]
            if len(buffer):
                whole(stream, buffer)

        WireStream.write = write

    return put


def read(mark: bytes, further: int) -> Callable[[Callable[[], None]], None]:
    """The place where the answer has been read up to ``mark`` and some bytes further."""

    def put(act: Callable[[], None]) -> None:
        whole, came = WireStream.read, bytearray()

        def read_on(stream, max_bytes, timeout=None):
            data = whole(stream, min(max_bytes, 16))
            came.extend(data)
            if mark in came and len(came) >= came.index(mark) + len(mark) + further:
                act()
            return data

        WireStream.read = read_on

    return put


PLACES = {
    "before the claim": before((OutboxStore, "claim")),
    "after the claim": after((OutboxStore, "claim")),
    "before the document": before((KansaiClient, "prepare")),
    "before connecting": before((Connections, "make")),
    "after connecting": after((Connections, "make")),
    "asking for the gate": before((Gate, "_lock")),
    "in the gate's wait": before((Gate, "_wait_for_period")),
    "before the books say so": before((OutboxStore, "begin_attempt")),
    "when the books say so": after((OutboxStore, "begin_attempt")),
    "first byte": sent(0, 0),
    "mid head of the request": sent(0, 0.5),
    "between head and body": sent(0, 1),
    "mid body of the request": sent(1, 0.5),
    "all but the last byte": sent(1, 1, less=1),
    "last byte": sent(1, 1),
    "waiting for the answer": before((WireStream, "read")),
    "first bytes of the answer": read(b"", 1),
    "mid head of the answer": read(b"HTTP/1.1 ", 10),
    "mid body of the answer": read(b"\r\n\r\n", 100),
    "the answer is read": after((WireClient, "send")),
    "before the books know": before((OutboxStore, "accept"), (OutboxStore, "settle"), (NaiveBook, "mark")),
    "after the books know": after((OutboxStore, "accept"), (OutboxStore, "settle"), (NaiveBook, "mark")),
    "leaving": before((Owner, "leave")),
}


class Accident:
    """Happens once."""

    def __init__(self, act: str, token: CancelToken, go: int, others: int) -> None:
        self._act, self._token, self._go, self._others = act, token, go, others
        self._over = False

    def __call__(self) -> None:
        """Kills, raises, cancels, or has the others run to their ends first."""
        if self._over:
            return
        self._over = True
        match self._act:
            case "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            case "bug":
                raise BugOfTheTest
            case "interrupt":
                raise KeyboardInterrupt
            case "cancel":
                self._token.cancel()
            case "others":
                let_go(self._go)
                while os.read(self._others, 1):
                    pass


def let_go(go: int) -> None:
    """Tells the two others to begin; they may have ended by now."""
    with contextlib.suppress(BrokenPipeError):
        os.write(go, b"go")


def _desk(home: Path):
    places = Places(home, practice=False)
    return open_desk(Run.decide(home, load_settings(places.settings_file), credentials=Credentials(environ={})))


def _unlucky(case: dict[str, object], go: int, others: int) -> None:
    token = CancelToken()
    PLACES[case["place"]](Accident(case["act"], token, go, others))
    _wrap(OutboxStore, "claim", lambda whole, a, o: (whole(*a, **o), let_go(go))[0])
    home = Path(case["home"])
    if case["naive"]:
        let_go(go)
        NaiveSender(home).run()
        return
    desk = _desk(home)
    try:
        desk.outbox.run(token)
    finally:
        desk.close()


def _other(case: dict[str, object], go: int) -> None:
    os.read(go, 1)
    if case["naive"]:
        NaiveSender(Path(case["home"])).run()
    else:
        run_command(["--home", case["home"], "outbox", "run"])


def _window(case: dict[str, object], go: int) -> None:
    os.read(go, 1)
    if case["naive"]:
        return
    desk = _desk(Path(case["home"]))
    desk.outbox.send(case["item_id"])
    desk.close()


def _fork(role: Callable[..., None], case: dict[str, object], keep: tuple[int, ...], ends: tuple[int, ...]) -> int:
    pid = os.fork()
    if pid:
        return pid
    for end in ends:
        if end not in keep:
            os.close(end)
    code = 1
    try:
        signal.alarm(int(LIMIT_S))  # nobody outlives its case
        with Path(case["home"], f"{role.__name__}.txt").open("w", encoding="utf-8") as said:
            os.dup2(said.fileno(), 1)
            os.dup2(said.fileno(), 2)
        role(case, *keep[: 2 if role is _unlucky else 1])
        code = 0
    except (BugOfTheTest, KeyboardInterrupt):
        code = 3
    except BaseException:  # noqa: BLE001 - for the test to tell
        traceback.print_exc()
    finally:
        os._exit(code)


def run_case(case: dict[str, object]) -> dict[str, int]:
    """How each of the three ended."""
    go_out, go_in = os.pipe()
    others_out, others_in = os.pipe()
    ends = (go_out, go_in, others_out, others_in)
    pids = {
        "unlucky": _fork(_unlucky, case, (go_in, others_out), ends),
        "other": _fork(_other, case, (go_out, others_in), ends),
        "window": _fork(_window, case, (go_out, others_in), ends),
    }
    for end in ends:
        os.close(end)
    return {name: os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for name, pid in pids.items()}


def main() -> None:
    """Serves until its input ends."""
    denkidesk.kansai.client.load_wsdl_set = functools.cache(load_wsdl_set)
    denkidesk.kansai.client.load_wsdl_set(resources_dir() / "kansai")  # once, before the forks
    for line in sys.stdin:
        started = time.monotonic()
        ended = run_case(json.loads(line))
        sys.stdout.write(json.dumps({**ended, "s": time.monotonic() - started}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
