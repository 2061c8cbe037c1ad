"""What the clerk arranged: column widths, the window's place. Nothing here is worth an error message."""

import json
from contextlib import suppress
from pathlib import Path


class UiState:
    """A small JSON file, read once at the start and written once at the end; a missing or damaged one counts as empty."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._values: dict[str, object] = {}
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return
        if isinstance(values, dict):
            self._values = values

    def numbers(self, name: str) -> list[int]:
        """A list of whole numbers; empty if there is none."""
        values = self._values.get(name)
        if not isinstance(values, list):
            return []
        return [v for v in values if isinstance(v, int) and not isinstance(v, bool) and abs(v) < 100_000]

    def text(self, name: str) -> str:
        """A text; empty if there is none."""
        value = self._values.get(name)
        return value if isinstance(value, str) else ""

    def put(self, name: str, value: list[int] | str) -> None:
        """Remembers a value until the end."""
        self._values[name] = value

    def save(self) -> None:
        """Writes the file beside the old one and swaps them; a folder that cannot be written is not worth a message."""
        beside = self._path.with_suffix(".new")
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(self._values, ensure_ascii=False), encoding="utf-8")
            beside.replace(self._path)
