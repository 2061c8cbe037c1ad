"""Values that the clerk keeps under a name of their own, on this machine: of a form, of a search."""

import json
from collections.abc import Mapping

from denkidesk.store.store import Store


class KeptByName:
    """Names in the order in which they were first given; each with texts by field. ``key``: what they are values of."""

    def __init__(self, store: Store, key: str) -> None:
        self._store = store
        self._key = key

    def all(self) -> dict[str, dict[str, str]]:
        """Everything that is kept; nothing where it cannot be read."""
        try:
            kept = json.loads(self._store.ui_state.get(self._key) or "{}")
            return {str(name): {str(field): str(value) for field, value in values.items()} for name, values in kept.items()}
        except (ValueError, AttributeError, RecursionError):
            return {}  # not worth a message

    def keep(self, name: str, values: Mapping[str, str]) -> None:
        """Keeps what is filled in, in the place of what had the name."""
        self._put({**self.all(), name: {field: value for field, value in values.items() if value}})

    def forget(self, name: str) -> None:
        """Keeps what has the name no longer."""
        self._put({other: values for other, values in self.all().items() if other != name})

    def _put(self, kept: Mapping[str, Mapping[str, str]]) -> None:
        self._store.ui_state.set(self._key, json.dumps(kept, ensure_ascii=False))
