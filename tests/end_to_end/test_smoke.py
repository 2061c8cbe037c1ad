"""``--smoke DIR`` in a process of its own, as a frozen program runs it: from source here, frozen in test_bundle.py."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

STEPS = [
    "modules",
    "resources",
    "licences",
    "tls",
    "inbox",
    "application",
    "inbox_again",
    "bill",
    "usage_file",
    "chart",
    "pdf",
    "secret",
    "window",
]


def run_smoke(directory: Path, **environment: str) -> tuple[int, dict[str, Any]]:
    """Exit code and report of one run without a screen, without stdout."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("DENKIDESK_")}
    env |= {"QT_QPA_PLATFORM": "offscreen", **environment}
    command = [sys.executable, "-m", "denkidesk", "--smoke", str(directory)]
    ended = subprocess.run(command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, timeout=100, check=False)
    return ended.returncode, json.loads((directory / "smoke.json").read_text(encoding="utf-8"))


def test_every_step_is_green_in_a_folder_with_a_japanese_name(tmp_path: Path) -> None:
    directory = tmp_path / "試し 結果"

    code, report = run_smoke(directory)

    assert [step["step"] for step in report["steps"]] == STEPS
    assert {step["step"]: step.get("error") for step in report["steps"] if step["result"] == "failed"} == {}
    assert (code, report["ok"], report["finished"]) == (0, True, True)
    steps = {step["step"]: step for step in report["steps"]}
    assert steps["application"]["receipt_number"]
    assert steps["resources"]["files"] == sum(1 for file in (Path(__file__).parents[2] / "resources").rglob("*") if file.is_file())
    assert (directory / "quote.pdf").read_bytes().startswith(b"%PDF-")
    assert (directory / "window-1.png").stat().st_size > 10_000
    assert not list(directory.glob("*.part"))
    assert list((directory / "home" / "cache" / "matplotlib").glob("fontlist*.json"))  # kept for the next start


def test_a_window_that_does_not_open_is_in_the_report(tmp_path: Path) -> None:
    from denkidesk.smoke.proof import Smoke

    assert Smoke(tmp_path).run(lambda: 6) == 1
    report = json.loads((tmp_path / "smoke.json").read_text(encoding="utf-8"))
    assert (report["ok"], report["finished"]) == (False, True)
    assert report["steps"][-1] == {"step": "start", "result": "failed", "took_s": 0.0, "error": "the window ended with 6"}


def test_a_bug_on_the_way_to_the_window_is_in_the_report(tmp_path: Path) -> None:
    from denkidesk.smoke.proof import Smoke

    def broken_window() -> int:
        raise LookupError("a lost part")

    assert Smoke(tmp_path).run(broken_window) == 1
    report = json.loads((tmp_path / "smoke.json").read_text(encoding="utf-8"))
    assert not report["ok"]
    assert report["steps"][-1]["error"].startswith("LookupError: a lost part (test_smoke.py:")


def test_the_watchdog_ends_a_program_that_hangs(tmp_path: Path) -> None:
    code = """
import sys, threading
from pathlib import Path
from denkidesk.smoke.proof import Smoke
sys.exit(Smoke(Path(sys.argv[1]), limit_s=0.2).run(lambda: threading.Event().wait() and 0))
"""
    ended = subprocess.run([sys.executable, "-c", code, str(tmp_path)], timeout=60, check=False)

    assert ended.returncode == 3
    report = json.loads((tmp_path / "smoke.json").read_text(encoding="utf-8"))
    assert (report["ok"], report["finished"]) == (False, True)
    assert report["steps"] == [{"step": "start", "result": "failed", "took_s": 0.0, "error": "not done within 0.2 s"}]


@pytest.mark.skipif(sys.platform != "linux", reason="takes the bus of the session away, by which Linux finds its secret store")
def test_a_machine_without_a_secret_store_says_so(tmp_path: Path) -> None:
    _code, report = run_smoke(tmp_path, DBUS_SESSION_BUS_ADDRESS="unix:path=/nonexistent/bus")

    secret = next(step for step in report["steps"] if step["step"] == "secret")
    assert secret["result"] == "not_applicable"
    assert secret["reason"] == "this machine has no secure store"
