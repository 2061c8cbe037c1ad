"""A log file of one line an event, in UTF-8, which never grows beyond a few megabytes and never raises."""

import os
import re
import threading
from contextlib import suppress
from pathlib import Path
from typing import Final

from denkidesk.domain.clock import Now, now_jst

LOG_NAME: Final = "denkidesk.log"
KEPT_FILES: Final = 5
MOST_BYTES: Final = 1_000_000

FIELDS: Final = frozenset(
    {
        "category", "code", "count", "exception", "file", "function", "lane", "level", "library", "line", "mode", "ms", "name",
        "platform", "process", "python", "qt", "service", "sqlite", "status", "text", "version",
    }
)  # fmt: skip
"""The only fields that reach the file; anything else is left out without a word."""

_LONGEST: Final = 300
_QUOTED: Final = re.compile(r"""(["'`“‘]).*?(["'`”’]|$)""", re.DOTALL)
_NUMBER: Final = re.compile(r"\d{4,}")
_PATH: Final = re.compile(r"(?:[A-Za-z]:)?[^\s:]*[/\\]([^\s/\\]+)")
_NOT_PLAIN: Final = re.compile(r"[^\x20-\x7e]+")


def plain(text: str) -> str:
    """A text of another program's (Qt's) without what might be a customer's: quotations, long numbers, folders, Japanese."""
    text = _QUOTED.sub("'...'", text[:4000])
    text = _PATH.sub(r"\1", text)
    text = _NUMBER.sub("####", text)
    return _NOT_PLAIN.sub("?", text)[:_LONGEST]


class Log:
    """Appends lines; a full file is put aside under a number, and the oldest of :data:`KEPT_FILES` goes.

    A folder that cannot be written leaves the program without a log, not without its work.
    """

    def __init__(self, directory: Path, *, now: Now = now_jst, most_bytes: int = MOST_BYTES, kept_files: int = KEPT_FILES) -> None:
        self.path: Final = directory / LOG_NAME
        self._now = now
        self._most_bytes = most_bytes
        self._kept_files = kept_files
        self._lock = threading.Lock()

    def note(self, event: str, **fields: object) -> None:
        """Writes one line: time, process, event, and those fields that :data:`FIELDS` names."""
        words = [self._now().isoformat(timespec="milliseconds"), str(os.getpid()), event]
        words += [f"{name}={_word(value)}" for name, value in fields.items() if name in FIELDS and value not in (None, "")]
        line = (" ".join(words) + "\n").encode("utf-8", "replace")
        with self._lock, suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._make_room(len(line))
            # Opened for each line: nothing stays open, and a line is in the file when the process dies right after it.
            with self.path.open("ab") as file:
                file.write(line)

    def _make_room(self, wanted: int) -> None:
        if not self.path.exists() or self.path.stat().st_size + wanted <= self._most_bytes:
            return
        older = [self.path.with_name(f"{LOG_NAME}.{number}") for number in range(self._kept_files - 1, 0, -1)]
        older[0].unlink(missing_ok=True)
        for to, from_ in zip(older, [*older[1:], self.path], strict=True):
            if from_.exists():
                from_.replace(to)


def _word(value: object) -> str:
    text = value if isinstance(value, str) else repr(value) if isinstance(value, (int, float)) else type(value).__name__
    text = _NOT_PLAIN.sub("?", text)[:_LONGEST]
    return f'"{text}"' if " " in text or not text else text
