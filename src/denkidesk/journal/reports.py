"""Reports of what the program did not foresee, kept until somebody has seen them."""

import re
import sys
import threading
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Final

from denkidesk import __version__
from denkidesk.domain.clock import Now, now_jst

REPORT_NAME: Final = "report.txt"
TRACE_NAME: Final = "running.trace"
"""There from start to end: what is left of it at the next start tells that the end was a crash, and where."""

_MOST_REPORTS: Final = 20
_MOST_BYTES: Final = 100_000
_FILE_IN_TRACE: Final = re.compile(r'File "(?:[^"]*[/\\])?([^"/\\]*)"')


def facts_of_program() -> dict[str, str]:
    """Versions, without importing anything for it."""
    qt, sqlite = sys.modules.get("PySide6"), sys.modules.get("sqlite3")
    return {
        "version": __version__,
        "python": sys.version.split()[0],
        "qt": getattr(qt, "__version__", "-"),
        "sqlite": getattr(sqlite, "sqlite_version", "-"),
        "platform": sys.platform,
    }


def about_program() -> str:
    """The first lines of every report."""
    facts = facts_of_program()
    return f"Denki Desk {facts['version']}\nPython {facts['python']}, Qt {facts['qt']}, SQLite {facts['sqlite']}, {facts['platform']}"


def places_of(error: BaseException) -> list[str]:
    """Where it happened, cause by cause, without any value: no message, no local variable; but what could not be imported."""
    lines: list[str] = []
    current: BaseException | None = error
    seen: set[int] = set()
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        missing = f": {current.name}" if isinstance(current, ImportError) else ""
        lines.append(f"{type(current).__module__}.{type(current).__qualname__}{missing}")
        lines += [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(current.__traceback__)]
        current = current.__cause__ or current.__context__
    return lines


def place_of(error: BaseException) -> tuple[str, str, int]:
    """What tells one fault from another: the exception's type, and the file and line that raised it."""
    frames = traceback.extract_tb(error.__traceback__)
    file, line = (Path(frames[-1].filename).name, frames[-1].lineno or 0) if frames else ("", 0)
    return type(error).__name__, file, line


def report_of(error: BaseException) -> str:
    """A report to copy."""
    return "\n".join([about_program(), *places_of(error)])


class Reports:
    """At most one report of each fault in a run; all are kept in one file until :meth:`seen`. Nothing here raises."""

    def __init__(self, directory: Path, *, now: Now = now_jst) -> None:
        self._path: Final = directory / REPORT_NAME
        self.trace: Final = directory / TRACE_NAME  # where a dying interpreter writes its last words
        self._now = now
        self._lock = threading.Lock()
        self._known: set[tuple[str, str, int]] = set()

    def add(self, error: BaseException) -> bool:
        """Keeps a report; False if this run has reported the same fault before."""
        place = place_of(error)
        with self._lock:
            if place in self._known or len(self._known) >= _MOST_REPORTS:
                return False
            self._known.add(place)
            self._append(report_of(error))
        return True

    def unseen(self) -> str:
        """What was reported and not seen yet, in this run or before; empty if nothing was."""
        try:
            return self._path.read_text(encoding="utf-8", errors="replace").strip()
        except OSError:
            return ""

    def seen(self) -> None:
        """Somebody has read them."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def take_crash(self) -> bool:
        """At the start, by the one who holds the folder: makes a report of what a crashed run left; True if the last run did not end."""
        try:
            trace = self.trace.read_bytes()[:_MOST_BYTES].decode("utf-8", "replace").strip()
        except OSError:
            return False
        if trace:
            with self._lock:
                self._append("\n".join([about_program(), _FILE_IN_TRACE.sub(r'File "\1"', trace)]))
        self.end_trace()
        return True

    def end_trace(self) -> None:
        """The run has ended well, or its last words have been kept."""
        with suppress(OSError):
            self.trace.unlink(missing_ok=True)

    def _append(self, report: str) -> None:
        at = self._now().isoformat(sep=" ", timespec="seconds")
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if self._path.exists() and self._path.stat().st_size > _MOST_BYTES:
                return
            with self._path.open("a", encoding="utf-8", newline="\n") as file:
                file.write(f"[{at}]\n{report}\n\n")
