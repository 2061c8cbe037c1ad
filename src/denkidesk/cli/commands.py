"""From the words of the command line to an exit code."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Final

from denkidesk.cli.arguments import parse
from denkidesk.cli.output import Exit, exit_code, say, say_error
from denkidesk.domain.errors import DeskError, InputRefused
from denkidesk.domain.fault_codes import InputCode
from denkidesk.texts.cli import ARGUMENT_MISSING, BUG, INTERRUPTED

_COMMANDS: Final[Mapping[str, str]] = {
    "simulate": "denkidesk.cli.simulate",
    "bill": "denkidesk.cli.bill",
    "match": "denkidesk.cli.match",
    "rank": "denkidesk.cli.rank",
    "plans": "denkidesk.cli.plans",
    "quote": "denkidesk.cli.quote",
    "inbox": "denkidesk.cli.inbox",
    "status": "denkidesk.cli.inbox",
    "apply": "denkidesk.cli.apply",
    "apply-all": "denkidesk.cli.apply_all",
    "outbox": "denkidesk.cli.outbox",
    "export": "denkidesk.cli.export",
    "backup": "denkidesk.cli.backup",
    "wsdl": "denkidesk.cli.wsdl",
    "secret": "denkidesk.cli.secret",
    "doctor": "denkidesk.cli.doctor",
}
"""Which module runs a command: imported when the command is called, so that a bill does not wait for SOAP."""


def run(words: Sequence[str]) -> int:
    """Runs one command and returns its exit code; the window is not opened here."""
    for stream in (sys.stdout, sys.stderr):  # a terminal that cannot show Japanese still gets the rest
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        arguments = parse(words)
        if arguments.command is None:
            raise InputRefused.of("arguments", InputCode.USAGE, message=ARGUMENT_MISSING.format(names="COMMAND"))
        command: Callable[[argparse.Namespace], Exit] = import_module(_COMMANDS[arguments.command]).run
        return command(arguments)
    except DeskError as error:
        say_error(error)
        return exit_code(error)
    except KeyboardInterrupt:
        say(INTERRUPTED)
        return Exit.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last stop: a bug shows where it is and has its own exit code
        from denkidesk.journal.reports import report_of

        say(BUG.format(name=type(error).__name__))
        say(report_of(error))  # no message and no value: they may hold a password
        return Exit.BUG
