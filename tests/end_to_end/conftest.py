"""Fixtures of the tests that start the program, or sit at the real window."""

import os
from pathlib import Path

os.environ.setdefault(
    "QT_QPA_PLATFORM", f"offscreen:configfile={Path(__file__).parents[2] / 'packaging' / 'screen.json'}"
)  # a desk's screen

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from denkidesk.domain.clock import Now
from denkidesk.practice.servers import PracticeServers
from fakes.desk_home import leave_the_sunday_stop, write_settings
from fakes.utility_process import UtilityProcess
from fakes.window_home import WindowHome, with_draft

if TYPE_CHECKING:
    from fakes.clerk import Clerk


@pytest.fixture
def window_home(tmp_path, practice):
    """A home whose servers are the practice servers, with a draft in its database."""
    write_settings(tmp_path / "home", practice)
    return with_draft(WindowHome(tmp_path / "home", tmp_path / "seen.json"))


@pytest.fixture
def come_to_work(
    qapp: object, qtbot: object, practice: PracticeServers, open_now: Now, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[..., "Clerk"]]:
    """Opens the window as often as a test asks for it, on one home folder; what is built is ended in the right order afterwards."""
    from fakes.bare_look import take_look_off
    from fakes.clerk import Clerk, open_office

    scenario = re.sub(r"[^\w]+", "-", request.node.name.removeprefix("test_"))
    with ExitStack() as closing:

        def build(**options: object) -> Clerk:
            servers = {"kansai_base_url": practice.kansai_base_url, "enegaeru_base_url": practice.enegaeru_base_url}
            office = open_office(closing, qapp, tmp_path / "home", **{**servers, "now": open_now, **options})
            qtbot.addWidget(office.window)
            clerk = Clerk(office, qtbot.waitUntil, scenario)
            closing.callback(clerk.leave)
            clerk.until(lambda: office.window.outgoing.auto_sender.plan is not None)
            clerk.settle()
            return clerk

        yield build
    take_look_off(qapp)


@pytest.fixture
def clerk(come_to_work: Callable[..., "Clerk"]) -> "Clerk":
    """The usual one: the right passwords, and no more patience with a silent server than a busy machine needs to answer at all."""
    return come_to_work(answer_timeout_s=4.0)


@pytest.fixture
def utility(tmp_path: Path) -> Iterator[UtilityProcess]:
    """The practice servers in a process of their own."""
    leave_the_sunday_stop(tmp_path / "utility")
    with UtilityProcess(tmp_path / "utility") as running:
        yield running


@pytest.fixture
def open_window(come_to_work: Callable[..., "Clerk"], utility: UtilityProcess) -> Callable[..., "Clerk"]:
    """As ``come_to_work``, with the servers in another process."""

    def build(**options: object) -> "Clerk":
        return come_to_work(kansai_base_url=utility.kansai_base_url, enegaeru_base_url=utility.enegaeru_base_url, **options)

    return build
