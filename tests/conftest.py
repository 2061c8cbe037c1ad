"""Fixtures for every test; makes ``tests/fakes`` importable as ``fakes``."""

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from denkidesk.practice.servers import PracticeServers, start_practice
from denkidesk.settings import resources_dir

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def resources() -> Path:
    """The product's own resources."""
    return resources_dir()


@pytest.fixture
def start_practice_servers(tmp_path: Path, resources: Path) -> Iterator[Callable[..., PracticeServers]]:
    """Starts practice servers as often as a test wishes (all on one state file unless told otherwise); all are stopped and checked."""
    running: list[PracticeServers] = []

    def start(state_file: Path | None = None, **options: object) -> PracticeServers:
        servers = start_practice(resources, state_file or tmp_path / "practice" / "utility.db", **options)
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
