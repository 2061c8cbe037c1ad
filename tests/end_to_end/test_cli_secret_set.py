"""``secret set``: what a shell or a copy leaves at the ends of a secret goes and is said; at a terminal nothing of it is seen."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fakes.desk_home import environment

TESTS = Path(__file__).resolve().parents[1]
SECRET = "CANARY 秘密 4711"


def program(file, name="kansai.password"):
    return [sys.executable, "-W", "error", "-m", "fakes.secret_program", str(file), name]


def surroundings():
    return environment(PYTHONPATH=os.pathsep.join([str(TESTS), *sys.path]))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ("{}", False),
        ("{}\n", False),
        ("{}\r\n", False),
        ("\ufeff{}\n", False),  # the mark of an encoding is no part of a text
        ("{} \r\n", True),  # echo secret | denkidesk …, in cmd
        ("{}\u200b\n", True),
        ("{}\ufeff\n", True),
        ("\xa0{}\u3000\n", True),
        ("{}\n\n", True),
    ],
)
def test_what_stands_round_a_secret_goes_and_is_said(tmp_path, sent, said):
    kept = tmp_path / "kept"
    done = subprocess.run(program(kept), input=sent.format(SECRET).encode(), capture_output=True, env=surroundings(), check=True)
    assert kept.read_text(encoding="utf-8") == SECRET
    assert ("空白" in done.stderr.decode()) is said
    assert b"CANARY" not in done.stdout + done.stderr


@pytest.mark.parametrize("sent", [" \n", "\u200b", ""])
def test_nothing_but_blanks_is_no_secret(tmp_path, sent):
    done = subprocess.run(program(tmp_path / "kept"), input=sent.encode(), capture_output=True, env=surroundings(), check=False)
    assert (done.returncode, done.stdout) == (2, b"")


@pytest.mark.parametrize("name", ["kansai.proxy_password", "enegaeru.proxy_password"])
def test_a_proxys_password_has_a_name_of_its_own(tmp_path, name):
    kept = tmp_path / "kept"
    subprocess.run(program(kept, name), input=b"CANARY", capture_output=True, env=surroundings(), check=True)
    assert kept.read_text(encoding="utf-8") == "CANARY"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals of this kind")
def test_at_a_terminal_nothing_is_seen_of_what_is_typed(tmp_path):
    import pty

    kept = tmp_path / "kept"
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        program(kept), stdin=theirs, stderr=theirs, stdout=subprocess.PIPE, env=surroundings(), start_new_session=True
    ) as process:
        os.close(theirs)
        seen = b""
        while "表示されません".encode() not in seen:
            seen += os.read(ours, 1000)
        os.write(ours, f"{SECRET} \n".encode())
        stdout = process.stdout.read()
        try:
            while more := os.read(ours, 1000):
                seen += more
        except OSError:  # Linux's way to say that the other end is closed
            pass
    os.close(ours)
    assert process.returncode == 0, seen.decode()
    assert kept.read_text(encoding="utf-8") == SECRET
    assert b"CANARY" not in seen + stdout
    assert "送配電会社のパスワード" in seen.decode()
    assert "空白" in seen.decode()
