"""A home folder that points at practice servers, and the program as a process on it."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from denkidesk.domain.clock import now_jst
from denkidesk.practice.servers import PracticeServers
from denkidesk.practice.utility.books import Books
from denkidesk.settings import Places

OUTAGE = {
    "selection_code": "PS301",
    "equipment_class": "PE301",
    "supply_point_number": "0600000000000000000123",
    "supply_point_address": "大阪府大阪市見本町0-0-0",
    "customer_name": "見本 太郎",
}
MENU_CHANGE = {
    "selection_code": "PS501",
    "equipment_class": "PE501",
    "supply_point_number": "0600000000000000000456",
    "customer_name": "見本 花子",
    "service_menu": "PM02",
}


def write_settings(home: Path, servers: PracticeServers | None, **kansai: object) -> None:
    """Settings of a desk whose real servers are on this machine; a short interval unless told otherwise."""
    home.mkdir(parents=True, exist_ok=True)
    values = {"interval_s": 0.01, "margin_s": 0.0, **kansai}
    if servers is not None:
        values = {"base_url": servers.kansai_base_url, **values}
    lines = ["[kansai]", *(f"{name} = {json.dumps(value)}" for name, value in values.items())]
    if servers is not None:
        lines += ["[enegaeru]", f"base_url = {json.dumps(servers.enegaeru_base_url)}"]
    (home / "settings.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def leave_the_sunday_stop(home: Path) -> None:
    """Sets the clock of the embedded practice servers so that a test of something else passes at two on a Sunday morning too."""
    now = now_jst()
    if now.weekday() == 6 and now.hour < 3:
        state = Places(home, practice=True).practice_state
        state.parent.mkdir(parents=True, exist_ok=True)
        books = Books(state, now_jst)
        books.set_clock(offset_s=3 * 3600)
        books.close()


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    stdout: bytes
    stderr: str

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.stdout.decode("utf-8"))


def command_line(home: Path, *arguments: str) -> list[str]:
    """The words that start the program."""
    return [sys.executable, "-X", "utf8=0", "-W", "error", "-m", "denkidesk", "--home", str(home), *arguments]


def environment(**changes: str) -> dict[str, str]:
    """The environment of a plain terminal: no secrets, no home."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DENKIDESK_")}
    return {**kept, **changes}


def run_program(home: Path, *arguments: str, stdin: bytes = b"", env: dict[str, str] | None = None) -> Ran:
    """Runs the program to its end."""
    done = subprocess.run(
        command_line(home, *arguments), input=stdin, capture_output=True, env=environment(**(env or {})), timeout=100, check=False
    )
    return Ran(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def write_application(folder: Path, name: str = "application.json", **changes: object) -> Path:
    """An outage as a file; None leaves an item out."""
    values = {**OUTAGE, **changes}
    path = folder / name
    path.write_text(json.dumps({k: v for k, v in values.items() if v is not None}, ensure_ascii=False), encoding="utf-8")
    return path
