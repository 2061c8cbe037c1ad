"""Every dialog of the program opens, is painted and goes away again, and none is left out: a new one has to be made known here.

They open in a process of their own (``fakes/every_dialog.py``): what is looked for is the end of the whole process.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fakes.desk_home import environment
from fakes.dialog_sites import SOURCE, dialog_sites

DRIVER = Path(__file__).parents[1] / "fakes" / "every_dialog.py"
_FAINTEST = 100  # colours in the picture of a dialog: text, its edges and its buttons have more, an empty one has less


@pytest.fixture(scope="module")
def lines(tmp_path_factory):
    """What the process said, line by line; it has ended well."""
    folder = tmp_path_factory.mktemp("dialogs")
    path = os.pathsep.join([str(DRIVER.parents[1]), str(SOURCE.parent)])  # the very program that is being tested
    env = environment(QT_QPA_PLATFORM="offscreen", PYTHONPATH=path, HOME=str(folder))
    done = subprocess.run([sys.executable, str(DRIVER), str(folder)], capture_output=True, env=env, timeout=300, check=False)
    said = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    begun = [line["begun"] for line in said if "begun" in line]
    complaints = done.stderr.decode("utf-8", "replace")[-3000:]
    assert done.returncode == 0, f"ended with {done.returncode} at the dialog {begun[-1:]}: {complaints}"
    assert said[-1] == {"ended": True}
    return said


def test_every_dialog_is_seen_and_has_something_on_it(lines):
    seen = [line for line in lines if "seen" in line]
    assert [line["seen"] for line in seen] == [line["begun"] for line in lines if "begun" in line]
    assert [line["seen"] for line in seen if not line["titles"] or "" in line["titles"]] == []
    assert [line["seen"] for line in seen if min(line["inks"]) < _FAINTEST] == []


def test_a_dialog_that_is_not_opened_here_is_found_in_the_source(lines):
    gone_through = {site for line in lines for site in line.get("sites", ())}
    assert sorted(dialog_sites() - gone_through) == []


def test_the_preview_leads_to_the_page_and_the_printer(lines):
    (preview,) = [line for line in lines if line.get("seen") == "preview"]
    assert len(set(preview["titles"])) == 3
