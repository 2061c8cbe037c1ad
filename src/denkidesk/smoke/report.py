"""What was tried and how it ended, on the disk after every step."""

import json
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import Final

from denkidesk import __version__

REPORT_NAME: Final = "smoke.json"

Facts = dict[str, object]


class NotApplicable(Exception):
    """The machine has no such thing; says what."""


class Report:
    """What was tried, in order; the file is whole after each step. Thread-safe."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / REPORT_NAME
        self._lock = threading.Lock()
        self._steps: list[Facts] = []
        self._under_way = ""
        self._started = time.monotonic()

    def begin(self, name: str) -> None:
        """Notes what is being tried, for the watchdog's word."""
        with self._lock:
            self._under_way = name

    def add(self, name: str, result: str, took_s: float, facts: Facts) -> None:
        """One step's end: ``ok``, ``failed`` or ``not_applicable``."""
        with self._lock:
            self._steps.append({"step": name, "result": result, "took_s": round(took_s, 3), **facts})
            self._under_way = ""
            self._write(finished=False)

    def close(self, reason: str = "") -> bool:
        """Writes the verdict; ``reason`` is why it cannot be good."""
        with self._lock:
            if reason:
                self._steps.append({"step": self._under_way or "end", "result": "failed", "took_s": 0.0, "error": reason})
            return self._write(finished=True)

    def _write(self, *, finished: bool) -> bool:
        ok = finished and bool(self._steps) and all(step["result"] != "failed" for step in self._steps)
        document = {
            "ok": ok,
            "finished": finished,
            "version": __version__,
            "frozen": bool(getattr(sys, "frozen", False)),
            "platform": sys.platform,
            "python": sys.version.split()[0],
            "took_s": round(time.monotonic() - self._started, 3),
            "steps": self._steps,
        }
        temporary = self._path.with_suffix(".part")
        temporary.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        temporary.replace(self._path)
        return ok


def in_words(error: BaseException) -> str:
    """Type, message and the innermost places of an error, for the report."""
    # Frames without the values of local variables: the report may be sent to somebody.
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    return f"{type(error).__name__}: {error} ({where})"
