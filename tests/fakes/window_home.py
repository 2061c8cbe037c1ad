"""The window as a process of its own, and what it left behind."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from denkidesk.domain.applications import ApplicationKind
from denkidesk.store.store import Store
from fakes.desk_home import environment
from fakes.faulty_window import CANARY, DRAFT_ID, spellings

DRIVER = Path(__file__).with_name("faulty_window.py")


@dataclass(frozen=True)
class WindowEnd:
    """How a window ended, and what a clerk saw of it."""

    code: int
    stderr: str
    asked: list
    said: list
    reports: list
    seen: list
    windows: int
    draft: dict


class WindowHome:
    """A data folder with settings, some data, and windows opened on it one after the other."""

    def __init__(self, home: Path, out: Path) -> None:
        self.home = home
        self._out = out

    def open(self, fault: str = "nothing", answer: str = "") -> WindowEnd:
        """Opens a window, lets the fault happen, and waits for the end of the process."""
        self._out.unlink(missing_ok=True)
        path = os.pathsep.join([str(DRIVER.parents[1]), os.environ.get("PYTHONPATH", "")])  # the tree that is tested, wherever it lies
        env = environment(QT_QPA_PLATFORM="offscreen", DENKIDESK_SECRET_KANSAI_PASSWORD=CANARY, PYTHONPATH=path)
        done = subprocess.run(
            [sys.executable, str(DRIVER), str(self.home), str(self._out), fault, answer],
            capture_output=True,
            env=env,
            timeout=100,
            check=False,
        )
        seen = json.loads(self._out.read_text(encoding="utf-8")) if self._out.exists() else {}
        empty = {"asked": [], "said": [], "reports": [], "seen": [], "windows": 0, "draft": {}}
        return WindowEnd(done.returncode, done.stderr.decode("utf-8", "replace"), **{**empty, **seen})

    def log(self) -> str:
        """The whole log."""
        path = self.home / "logs" / "denkidesk.log"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def unseen(self) -> str:
        """The reports that nobody has seen yet."""
        path = self.home / "logs" / "report.txt"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def secrets_found(self, *, besides: tuple[str, ...] = ()) -> list[str]:
        """Every file that holds the password, or a customer outside the database."""
        found = []
        for folder, _, names in os.walk(self.home):
            for name in names:
                path = Path(folder) / name
                content = path.read_bytes()
                found += [f"{name}: {spelling!r}" for spelling in spellings() if spelling in content and name not in besides]
        return found

    def draft(self) -> dict[str, str]:
        """The draft that was saved before anything went wrong; the database is sound."""
        store = Store(self.home / "desk.db")
        try:
            assert store.check() == ()
            return next((dict(draft.fields) for draft in store.drafts.all() if draft.draft_id == DRAFT_ID), {})
        finally:
            store.close()


def with_draft(window: WindowHome) -> WindowHome:
    """Puts something into the database that must not be lost."""
    store = Store(window.home / "desk.db")
    store.drafts.save(DRAFT_ID, ApplicationKind.OUTAGE, {"customer_name": "見本 次郎"})
    store.close()
    return window
