"""Fixtures for every test; makes ``tests/fakes`` importable as ``fakes``."""

import gc
import os
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import hypothesis
import pytest

from denkidesk.domain.clock import Now, now_jst
from denkidesk.practice.servers import PracticeServers, start_practice
from denkidesk.settings import resources_dir

sys.path.insert(0, str(Path(__file__).parent))

# How long an example takes to make or to run says how busy the machine is, and nothing of the program: no test fails by it.
_whatever_the_machine_does = hypothesis.settings(deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
if not os.access(Path.cwd(), os.W_OK):
    # In a source tree that belongs to somebody else hypothesis warns that it cannot keep its examples, and a warning fails a test.
    _whatever_the_machine_does = hypothesis.settings(_whatever_the_machine_does, database=None)
hypothesis.settings.register_profile("any machine", _whatever_the_machine_does)
hypothesis.settings.load_profile("any machine")


_MANY_OBJECTS = 40_000  # what the collector goes through in some 15 ms
# Tests of more than ten seconds each: they come first, or one of them runs alone at the end while the other workers have nothing to do.
_LONG = (
    "test_bundle.py",
    "test_screen_sizes.py",
    "test_tour.py",
    "test_gate_processes.py::test_whoever_waits_can_cancel_while_a_stopped_process_holds_the_gate",
    "test_listing_stream.py::test_a_hundred_thousand_rows_are_read_and_stored_within_128_mib",
    "test_sends_by_itself.py::test_the_line_is_back_and_everything_goes_outage_first",
    "test_every_dialog.py",
    "test_smoke.py",
)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Takes modules, tests and caches out of the collector's sight: to go through all of them after each test costs more than the test.

    Before a test, when nothing of the last one is held any more. What is set aside still ends with its last reference; only a ring of
    such objects would stay.
    """
    if len(gc.get_objects()) > _MANY_OBJECTS:
        gc.collect()
        gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests first, whatever order the seed has shuffled the others into; the shuffled order stays among the long and the others."""
    items.sort(key=lambda item: not item.nodeid.rpartition("/")[2].startswith(_LONG))


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """The program's own look, on whatever system."""
    from denkidesk.ui.parts.theme import STYLE_ARGUMENTS

    return ["pytest", *STYLE_ARGUMENTS]


@pytest.fixture
def resources() -> Path:
    """The product's own resources."""
    return resources_dir()


@pytest.fixture
def open_now() -> Now:
    """The real time in Japan, but never inside the Sunday stop: a test of something else must pass at 02:00 on a Sunday too."""
    begun = now_jst()
    closing = begun.weekday() == 6 and begun.hour < 3
    ahead = timedelta(hours=3 if closing else 0)
    return lambda: now_jst() + ahead


@pytest.fixture
def start_practice_servers(tmp_path: Path, resources: Path, open_now: Now) -> Iterator[Callable[..., PracticeServers]]:
    """Starts practice servers as often as a test asks for it (all on one state file unless told otherwise); all are stopped and checked."""
    running: list[PracticeServers] = []

    def start(state_file: Path | None = None, **options: object) -> PracticeServers:
        servers = start_practice(resources, state_file or tmp_path / "practice" / "utility.db", **{"now": open_now, **options})
        running.append(servers)
        return servers

    yield start
    for servers in running:
        servers.stop()
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("practice-")] == []
    assert [error for servers in running for error in servers.handler_errors()] == []


@pytest.fixture
def practice(start_practice_servers: Callable[..., PracticeServers]) -> PracticeServers:
    """Both practice servers on ephemeral ports, with fresh books."""
    return start_practice_servers()
