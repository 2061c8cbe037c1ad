"""Files that the clerk points at."""

from pathlib import Path
from typing import Final

from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import InputCode

_LIMIT_BYTES: Final = 64 * 1024 * 1024


def read_bounded(path: Path, field: str) -> bytes:
    """A file's bytes; InputRefused (``missing``, ``unreadable``, ``too_large``) where there are none to be had."""
    try:
        with path.open("rb") as file:
            data = file.read(_LIMIT_BYTES + 1)
    except FileNotFoundError as error:
        raise InputRefused.of(field, InputCode.MISSING, path=str(path)) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise InputRefused.of(field, InputCode.UNREADABLE, path=str(path), reason=type(error).__name__) from error
    if len(data) > _LIMIT_BYTES:
        raise InputRefused.of(field, InputCode.TOO_LARGE, path=str(path))
    return data
