"""Fixtures of the tests that start the program."""

import pytest

from fakes.desk_home import write_settings
from fakes.window_home import WindowHome, with_draft


@pytest.fixture
def window_home(tmp_path, practice):
    """A home whose servers are the practice servers, with a draft in its database."""
    write_settings(tmp_path / "home", practice)
    return with_draft(WindowHome(tmp_path / "home", tmp_path / "seen.json"))
