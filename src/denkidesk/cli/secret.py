"""``denkidesk secret set``: from stdin into the system's credential store, and nowhere else."""

import argparse
import sys
from getpass import getpass

from denkidesk.cli.output import Exit, say, write_json
from denkidesk.credentials import SECRET_NAMES, Credentials
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import InputCode
from denkidesk.domain.unseen import trimmed
from denkidesk.texts.cli import SECRET_KEPT, SECRET_PROMPT, SECRET_TRIMMED
from denkidesk.texts.names import field_name


def run(arguments: argparse.Namespace) -> Exit:
    """Takes one line; the secret is neither an argument, which other users can see, nor printed, nor shown while it is typed."""
    name = arguments.name
    if name not in SECRET_NAMES:
        raise InputRefused.of("secret", InputCode.CHOICE, given=name)
    given = _typed(name) if sys.stdin.isatty() else _piped(name)
    secret = trimmed(given)
    Credentials().set(name, secret)
    if secret != given:
        say(SECRET_TRIMMED)
    say(SECRET_KEPT)
    write_json({"name": name, "stored": True})
    return Exit.DONE


def _typed(name: str) -> str:
    try:
        return getpass(SECRET_PROMPT.format(name=field_name(name)), sys.stderr)
    except EOFError:
        return ""


def _piped(name: str) -> str:
    """What came, without the one line end that every way of sending a line adds."""
    try:
        text = sys.stdin.buffer.read(64 * 1024).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputRefused.of(name, InputCode.CHARACTERS) from None
    return text.removesuffix("\n").removesuffix("\r")
