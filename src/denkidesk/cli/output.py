"""What a command says: one JSON document on stdout, Japanese sentences on stderr, an exit code."""

import json
import os
import sys
from collections.abc import Mapping
from enum import IntEnum
from typing import Final

from denkidesk.desk.attempt import SendResult
from denkidesk.domain.errors import (
    Cancelled,
    Closed,
    DeskError,
    InputRefused,
    LoginRefused,
    OutcomeUnknown,
    ServerRefused,
    SetupFault,
    Unreachable,
)
from denkidesk.texts.apply import kept_aside
from denkidesk.texts.cli import LOGIN_STOPPED
from denkidesk.texts.errors import said


class Exit(IntEnum):
    """The exit codes of the contract."""

    DONE = 0
    BUG = 1
    INPUT_REFUSED = 2
    SERVER_REFUSED = 3
    NOT_NOW = 4  # closed, unreachable, login refused: kept, not sent
    UNKNOWN = 5  # kept, never resent by itself
    SETUP = 6
    INTERRUPTED = 130


_EXITS: Final[Mapping[type[DeskError], Exit]] = {
    InputRefused: Exit.INPUT_REFUSED,
    LoginRefused: Exit.NOT_NOW,
    ServerRefused: Exit.SERVER_REFUSED,
    Closed: Exit.NOT_NOW,
    Unreachable: Exit.NOT_NOW,
    OutcomeUnknown: Exit.UNKNOWN,
    SetupFault: Exit.SETUP,
    Cancelled: Exit.INTERRUPTED,
}


def exit_code(error: DeskError) -> Exit:
    return next((code for kind, code in _EXITS.items() if isinstance(error, kind)), Exit.BUG)


def write_json(value: object, *, one_line: bool = False) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=None if one_line else 2, allow_nan=False)
    write_json_bytes(text.encode("utf-8", "backslashreplace"))


def write_json_bytes(document: bytes) -> None:
    """Prints a document that is JSON already. UTF-8 whatever the terminal's own encoding."""
    try:
        sys.stdout.buffer.write(document.rstrip(b"\n") + b"\n")
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise  # nobody listens any more
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the interpreter tries again at its end, and would exit with 120
        raise SetupFault.of_os_error("stdout", "stdout", error) from error


def tell(value: object, code: Exit) -> Exit:
    """Prints what became of the work; where stdout cannot be written, on stderr, and the work's own code stays if it is a failure's."""
    try:
        write_json(value)
    except SetupFault as fault:
        say(json.dumps(value, ensure_ascii=False))
        if code is Exit.DONE:
            raise
        say_error(fault)
    return code


def say(line: str) -> None:
    """One line for a person, on stderr."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def say_outcome(result: SendResult) -> Exit:
    """What went wrong with an application, if anything did, and the code for it."""
    if result.error is None:
        return Exit.DONE
    say_error(result.error)
    if result.kept_aside is not None:
        say(kept_aside(result.kept_aside))
    return exit_code(result.error)


def say_error(error: DeskError) -> None:
    """A failure in words, each fault on a line of its own."""
    say(said(error).line)
    if isinstance(error, LoginRefused) and error.service == "kansai":
        say(LOGIN_STOPPED)
