"""Every way of answering ends in time and within its memory, in one request, a typed error or a right reading, and the right state.

The whole table is the chore ``dev.py attack answers``; here a seeded tenth of it. A slow machine stretches the half second: the time that a
good answer takes in the same run says by how much.
"""

import json
import subprocess
import sys

import pytest

from fakes import answer_reader
from fakes.answers import ANSWERS, DEADLINE_S, FILING, GOOD, JSON, LISTING, SOAP
from fakes.attack_size import tenth
from fakes.desk_home import environment
from fakes.hostile_server import HostileServer

OVER_S = 0.5
USUAL_S = 0.05  # what a good answer takes on an idle machine
MOST_MIB = {FILING: 64, LISTING: 128, JSON: 64}
CASES = [(name, target) for name, answer in ANSWERS.items() for target in answer.targets]


def test_the_table_is_large_enough():
    assert len(ANSWERS) >= 120
    assert {target for answer in ANSWERS.values() for target in answer.targets} == {*SOAP, JSON}


class Reader:
    """One process after the other asks; the first one measures the machine."""

    def __init__(self, place, process):
        self._place = place
        self._process = process
        self._number = 0

    def ask(self, script, target):
        """What the question came to, and how many requests the server saw."""
        self._number += 1
        home = self._place / f"home-{self._number}"
        home.mkdir()
        body, media = GOOD[target]
        with HostileServer(lambda peer: script(peer, body, media)) as server:
            url = f"http://127.0.0.1:{server.port}/services/"
            settings = f'[kansai]\nbase_url = "{url}"\ninterval_s = 0.01\nmargin_s = 0.0\nanswer_timeout_s = {DEADLINE_S}\n'
            settings += f'[enegaeru]\nbase_url = "{url}"\nauth = "token"\nanswer_timeout_s = {DEADLINE_S}\n'
            (home / "settings.toml").write_text(settings, encoding="utf-8")
            self._process.stdin.write(json.dumps({"target": target, "home": str(home)}) + "\n")
            self._process.stdin.flush()
            found = json.loads(self._process.stdout.readline())
            return found, len(server.requests)

    def floor_s(self):
        """The slowest of three good answers."""
        return max(self.ask(ANSWERS["plain"].script, target)[0]["s"] for target in GOOD)


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    command = [sys.executable, answer_reader.__file__]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment()) as process:
        yield Reader(tmp_path_factory.mktemp("answers"), process)
        process.stdin.close()


@pytest.mark.parametrize(("name", "target"), tenth(CASES))
def test_an_answer_ends_in_time_in_one_request_and_in_the_right_state(reader, name, target):
    answer = ANSWERS[name]
    found, requests = reader.ask(answer.script, target)
    assert found["stray"] == ""
    assert requests == 1 or (requests == 0 and not answer.asked)
    assert found["mib"] <= MOST_MIB[target]
    if target == FILING and answer.filing is not None:
        assert found["state"] == answer.filing, found
    elif target != FILING and answer.reads is not None:
        assert found["state"].startswith("read") == answer.reads, found
    if not found["state"].startswith(("read", "accepted")):
        assert found["error"]
    if found["s"] > DEADLINE_S + OVER_S:
        floor_s = reader.floor_s()
        assert found["s"] <= DEADLINE_S + OVER_S * max(1.0, floor_s / USUAL_S), found
