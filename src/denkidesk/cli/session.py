"""The desk of one command, with the practice servers inside it where no real server is set up."""

import argparse
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace

from denkidesk.cli.output import say
from denkidesk.compose.desk import open_desk
from denkidesk.compose.run import Run
from denkidesk.desk.desk import Desk
from denkidesk.settings import Places, home_from, load_settings, resources_dir
from denkidesk.texts.start import PLACE, READ_ONLY, unreadable_rows
from denkidesk.texts.wsdl import report_lines


def run_of(arguments: argparse.Namespace) -> Run:
    """The run that a command line asks for; practice servers are not started yet. Raises SetupFault for faulty settings."""
    home = home_from(arguments.home)
    return Run.decide(home, load_settings(Places(home, practice=False).settings_file), practice=bool(arguments.practice))


@contextmanager
def opened(run: Run, *, servers: bool) -> Iterator[Desk]:
    """A desk that is closed afterwards. ``servers``: the command calls one, so practice mode needs its own."""
    with ExitStack() as stack:
        if run.practice and servers:
            from denkidesk.practice.servers import start_practice
            from denkidesk.texts.cli import PRACTICE_RUN

            say(PRACTICE_RUN)
            run = replace(run, servers=stack.enter_context(start_practice(resources_dir(), run.places.practice_state)))
        desk = open_desk(run)
        stack.callback(desk.close)
        if desk.store.unwritable is not None:
            say(f"{READ_ONLY}{PLACE.format(file=desk.store.unwritable.file)}")
        yield desk
        for line in report_lines(desk.installed_set.news):  # what the server said beyond the set
            say(line)
        if unreadable := desk.unreadable_rows():
            say(unreadable_rows(unreadable))
