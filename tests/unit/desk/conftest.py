"""A desk on real practice servers, over real HTTP, with a short interval."""

from collections.abc import Callable
from pathlib import Path

import pytest

from denkidesk.compose.desk import open_desk
from denkidesk.compose.run import Run
from denkidesk.credentials import Credentials
from denkidesk.desk.desk import Desk
from denkidesk.settings import Places, load_settings
from fakes.desk_home import write_settings
from fakes.soap_server import SoapServer


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The home folder of a test."""
    return tmp_path / "home"


@pytest.fixture
def open_a_desk(home, open_now):
    """Opens a desk on the home folder as often as a test asks for it; all are closed."""
    opened: list[Desk] = []

    def start(servers, now=None, environ=None, **kansai: object) -> Desk:
        write_settings(home, servers, **kansai)
        credentials = Credentials(environ={} if environ is None else environ)
        run = Run.decide(home, load_settings(Places(home, practice=False).settings_file), credentials=credentials)
        desk = open_desk(run, now=now or open_now)
        opened.append(desk)
        return desk

    yield start
    for desk in opened:
        desk.close()


@pytest.fixture
def soap_server():
    """A utility that answers as a test tells it to."""
    with SoapServer(lambda *_: (500, {}, b"")) as server:
        yield server


@pytest.fixture
def desk(open_a_desk: Callable[..., Desk], practice) -> Desk:
    """A desk with both servers."""
    return open_a_desk(practice)
