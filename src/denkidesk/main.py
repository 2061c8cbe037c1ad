"""Reads the words of the command line: a window, or one command."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from denkidesk.settings import home_from


def main(argv: Sequence[str] | None = None) -> int:
    """Opens the desk, or runs one command of the command line; returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--home")
    parser.add_argument("--practice", action="store_true")
    parser.add_argument("--tour", metavar="DIR", type=_path)
    parser.add_argument("--usage", metavar="FILE", type=_path)
    parser.add_argument("--smoke", metavar="DIR", type=_path)
    try:
        options, rest = parser.parse_known_args(arguments)
    except argparse.ArgumentError:
        from denkidesk.cli.commands import run

        return run(arguments)  # which says in Japanese what is wrong with them
    if rest and options.smoke is None:
        from denkidesk.cli.commands import run

        return run(arguments)
    if not _has_screen():
        from denkidesk.cli.output import Exit, say
        from denkidesk.texts.cli import NO_SCREEN

        say(NO_SCREEN)  # Qt itself would abort the process
        return Exit.SETUP
    from denkidesk.compose.window import WindowOptions, run_window

    if options.smoke is not None:
        from denkidesk.smoke.proof import Smoke

        smoke = Smoke(options.smoke)
        return smoke.run(lambda: run_window(WindowOptions(smoke.home, practice=True, tour=None, usage=None, when_ready=smoke.start)))
    return run_window(WindowOptions(home_from(options.home), options.practice, options.tour, options.usage))


def _path(text: str) -> Path:
    return Path(text).absolute()


def _has_screen() -> bool:
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
