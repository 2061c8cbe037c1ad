"""Nothing ends the window in silence: whatever breaks, from the first line of ``main`` on, is written down and shown."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fakes.desk_home import environment, run_program, write_settings

PROGRAM = Path(__file__).parents[1] / "fakes" / "broken_start.py"
SETTINGS = {  # more of them in tests/unit/test_attack_fuzz.py
    "no IPv6 address": '[kansai]\nbase_url = "http://[::1"\n',
    "400 digits": f"[kansai]\ninterval_s = {'9' * 400}\n",
    "5,000 digits": f"[kansai]\nlogin_id = {'9' * 5000}\n",
    "3,000 brackets": f"a = {'[' * 3000}\n",
    "NUL": '[kansai]\nwsdl_dir = "\\u0000"\n',
}


def start(tmp_path, breakage, *words):
    """Exit code, dialogs, stderr, and the reports that are left anywhere."""
    path = os.pathsep.join([str(PROGRAM.parents[1]), os.environ.get("PYTHONPATH", "")])
    env = environment(QT_QPA_PLATFORM="offscreen", TMPDIR=str(tmp_path), PYTHONPATH=path)
    command = [sys.executable, str(PROGRAM), breakage, *words]
    done = subprocess.run(command, capture_output=True, env=env, timeout=100, check=False)
    dialogs = [json.loads(line) for line in done.stdout.splitlines()]
    reports = [file.read_text(encoding="utf-8") for file in tmp_path.rglob("*report.txt")]
    return done.returncode, dialogs, done.stderr.decode("utf-8", "replace"), reports


@pytest.mark.parametrize("content", SETTINGS.values(), ids=SETTINGS)
def test_settings_that_break_a_parser_are_named(tmp_path, content):
    (tmp_path / "settings.toml").write_text(content, encoding="utf-8")
    code, dialogs, stderr, reports = start(tmp_path, "-", "--home", str(tmp_path))
    assert (code, [kind for kind, *_ in dialogs], reports) == (6, ["QMessageBox"], []), stderr
    assert str(tmp_path / "settings.toml") in dialogs[0][2].replace("\u200b", "")  # where a long path may be broken
    ran = run_program(tmp_path, "outbox", "list")
    assert (ran.code, ran.stdout) == (6, b""), ran.stderr


@pytest.mark.parametrize(
    ("breakage", "dialog"),
    [
        ("module:denkidesk.settings", "BugDialog"),
        ("module:denkidesk.domain.errors", "QMessageBox"),
        ("module:denkidesk.journal.reports", "BugDialog"),
        ("module:denkidesk.texts.shell", "QMessageBox"),
        ("module:denkidesk.ui.parts.theme", "QMessageBox"),
        ("module:PySide6.QtWidgets", None),  # Windows has a box of its own
        ("opens:sqlite3", "QMessageBox"),
        ("call:denkidesk.settings:load_settings", "BugDialog"),
        ("call:denkidesk.settings:home_from", "BugDialog"),
        ("call:denkidesk.store.folder_lock:FolderLock", "BugDialog"),
        ("call:denkidesk.ui.context:UiContext", "BugDialog"),
    ],
)
def test_a_broken_installation_or_a_bug_is_reported_and_shown(tmp_path, breakage, dialog):
    code, dialogs, stderr, reports = start(tmp_path, breakage, "--home", str(tmp_path / "home"), "--practice")
    assert code == 1
    lost = "LookupError" if breakage.startswith("call") else breakage.partition(":")[2]
    assert lost in stderr
    assert "a lost part" not in stderr
    if dialog is None:
        assert [lost in report for report in reports] == [True]
    else:
        assert [kind for kind, *_ in dialogs] == [dialog], stderr
        assert lost in dialogs[0][-1] + dialogs[0][1]
        assert len(reports) <= 1


def test_a_command_shows_no_dialog(tmp_path):
    code, dialogs, stderr, _ = start(tmp_path, "module:denkidesk.cli.commands", "--home", str(tmp_path), "outbox", "list")
    assert (code, dialogs) == (1, [])
    assert "denkidesk.cli.commands" in stderr


def test_missing_resources_are_one_message(tmp_path):
    code, dialogs, _, reports = start(tmp_path, "resources:", "--home", str(tmp_path), "--practice")
    assert (code, [kind for kind, *_ in dialogs], reports) == (6, ["QMessageBox"], [])
    assert "インストール" in dialogs[0][1]


@pytest.mark.parametrize("home", ["file", "file/inside", "a" * 300])
def test_a_home_that_cannot_be_is_one_message(tmp_path, home):
    (tmp_path / "file").touch()
    for words in ([], ["--practice"]):
        code, dialogs, stderr, reports = start(tmp_path, "-", "--home", str(tmp_path / home), *words)
        assert (code, [kind for kind, *_ in dialogs], reports) == (6, ["QMessageBox"], []), stderr
    assert run_program(tmp_path / home, "outbox", "list").code == 6


@pytest.mark.parametrize("home", ["\udcff\udcfe", "~nobody-of-this-name/x", "～　見本"])
def test_an_odd_home_is_a_home(tmp_path, home, monkeypatch):
    monkeypatch.chdir(tmp_path)  # where a person whom the system does not know has no home
    code, dialogs, stderr, _ = start(tmp_path, "-", "--home", home, "--practice")
    assert (code, dialogs) == (0, [["window"]]), stderr
    assert run_program(Path(home), "outbox", "list").json == []


NO_HOME = """
import os, pwd, sys
def nobody(_):
    raise KeyError
pwd.getpwuid = nobody
from denkidesk.main import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="elsewhere an account without a home has a profile all the same")
def test_a_services_account_without_a_home_works_in_the_folder_that_it_names(tmp_path):
    """As for a listing by schedule: nothing but ``--home`` says where anything lies, and nothing is made elsewhere."""
    write_settings(tmp_path / "home", None, base_url="https://utility.invalid/", login_id="mihon", ip_address="192.0.2.7", interval_s=1.0)
    env = environment(DENKIDESK_SECRET_KANSAI_PASSWORD="見本")
    for name in ("HOME", "XDG_DATA_HOME"):
        env.pop(name, None)
    (tmp_path / "cwd").mkdir()
    named = ["--home", str(tmp_path / "home")]
    for words, code in ((["outbox", "list", *named], 0), (["doctor", *named], 0), (["inbox", "sync", *named], 4), (["outbox", "list"], 6)):
        done = subprocess.run(
            [sys.executable, "-c", NO_HOME, *words],
            capture_output=True,
            env=env,
            cwd=tmp_path / "cwd",
            timeout=100,
            check=False,
        )
        assert done.returncode == code, done.stderr.decode("utf-8", "replace")
    assert list((tmp_path / "cwd").iterdir()) == []
