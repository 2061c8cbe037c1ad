"""The desk of one command, with the practice servers inside it where no real server is set up."""

import argparse
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from denkidesk.cli.compose import open_desk
from denkidesk.cli.effective import in_effect
from denkidesk.cli.output import say
from denkidesk.desk.desk import Desk
from denkidesk.settings import Places, Settings, home_from, load_settings, resources_dir

if TYPE_CHECKING:
    from denkidesk.credentials import Credentials


@dataclass(frozen=True)
class Session:
    """What a command works with. ``settings`` are those in effect."""

    desk: Desk
    settings: Settings
    places: Places


def places_of(wish: argparse.Namespace) -> tuple[Settings, Places]:
    """Settings as written, and where the run keeps its files."""
    home = home_from(wish.home)
    settings = load_settings(Places(home, practice=False).settings_file)
    return settings, Places(home, practice=bool(wish.practice) or not settings.real_servers_set_up)


@contextmanager
def opened(wish: argparse.Namespace, *, servers: bool) -> Iterator[Session]:
    """A desk that is closed afterwards. ``servers``: the command calls one, so practice mode needs its own."""
    settings, places = places_of(wish)
    with ExitStack() as stack:
        practice_servers = None
        if places.practice and servers:
            from denkidesk.practice.servers import start_practice
            from denkidesk.ui.texts.cli import PRACTICE_RUN

            say(PRACTICE_RUN)
            practice_servers = stack.enter_context(start_practice(resources_dir(), places.practice_state))
        desk = open_desk(settings, places, credentials_of(places), practice_servers)
        stack.callback(desk.close)
        yield Session(desk, in_effect(settings, places, practice_servers), places)


def credentials_of(places: Places) -> "Credentials":
    """The secrets of a run; in practice mode no real one can be read."""
    from denkidesk.credentials import Credentials, PracticeCredentials

    return PracticeCredentials() if places.practice else Credentials()
