"""What the database cannot take now: kept as small files in the first folder that can be written, until it can."""

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

T = TypeVar("T")

FOLDER_NAME: Final = "denkidesk-kept-aside"
_MOST_BYTES: Final = 100_000  # more is none of ours


class KeptAside:
    """A value that was kept is on the disk, and is found again by every later run that looks into the same ``folders``.

    Nothing here raises: it is asked where everything else has failed. Several processes may keep and forget at once.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._places = tuple(folder / FOLDER_NAME for folder in folders)

    def keep(self, value: object) -> str:
        """Where the value is now; empty where no folder can be written."""
        import uuid

        from denkidesk.store.plain_json import to_json

        content = to_json(value).encode("utf-8", "replace")
        for place in self._places:
            path = place / f"{type(value).__name__}-{uuid.uuid4().hex}.json"
            try:
                place.mkdir(mode=0o700, exist_ok=True)
                with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
            except OSError:
                with contextlib.suppress(OSError):
                    path.unlink()
                continue
            return str(path)
        return ""

    def kept(self, shape: type[T]) -> Iterator[tuple[Path, T]]:
        """Every value of a shape, with its file."""
        for place in self._places:
            if not place.is_dir():
                continue
            for path in sorted(place.glob(f"{shape.__name__}-*.json")):
                value = _read(path, shape)
                if value is not None:
                    yield path, value

    def forget(self, path: Path) -> None:
        """The database has it; a file that cannot be removed is met again, and is no harm."""
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
            path.parent.rmdir()  # where it was the last one


def _read(path: Path, shape: type[T]) -> T | None:
    from denkidesk.store.plain_json import from_json

    try:
        with path.open("rb") as file:
            content: Any = file.read(_MOST_BYTES)
        return from_json(content.decode("utf-8"), shape)
    except (OSError, ValueError):
        return None  # cut off by a full disk, or somebody else's
