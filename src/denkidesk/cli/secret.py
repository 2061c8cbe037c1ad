"""``denkidesk secret set``: from stdin into the system's credential store, and nowhere else."""

import argparse
import sys

from denkidesk.cli.output import Exit, say, write_json
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import InputCode
from denkidesk.texts.cli import SECRET_KEPT


def run(arguments: argparse.Namespace) -> Exit:
    """Takes one line; the secret is neither an argument, which other users can see, nor printed."""
    from denkidesk.credentials import SECRET_NAMES, Credentials

    if arguments.name not in SECRET_NAMES:
        raise InputRefused.of("secret", InputCode.CHOICE, given=arguments.name)
    raw = sys.stdin.buffer.read(64 * 1024)
    try:
        secret = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputRefused.of(arguments.name, InputCode.CHARACTERS) from None
    Credentials().set(arguments.name, secret.removesuffix("\n").removesuffix("\r"))
    say(SECRET_KEPT)
    write_json({"name": arguments.name, "stored": True})
    return Exit.DONE
