"""``further_items.json``: which extra elements of a message take what the forms ask beyond the main items. Optional in a set."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from denkidesk.domain.applications import ApplicationKind
from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.errors import SetupFault
from denkidesk.kansai.json_file import read_json_object

FURTHER_ITEMS_FILE: Final = "further_items.json"
ITEM_NAMES: Final = ("contact_phone", "note")

FurtherItems = Mapping[ApplicationKind, Mapping[str, str]]
"""By kind: our name of the item -> element name for an application's ``extra``."""


def load_further_items(folder: Path) -> FurtherItems:
    """The further items of a set; empty where the set has no such file. Raises SetupFault for anything unreadable in it."""
    path = folder / FURTHER_ITEMS_FILE
    if not path.exists():
        return {}
    tree, finding = read_json_object(path)
    if finding is not None:
        raise finding.as_fault()
    items: dict[ApplicationKind, Mapping[str, str]] = {}
    for kind in ApplicationKind:
        entry = tree.get(kind.value, {})
        if not isinstance(entry, dict) or not all(isinstance(element, str) and element for element in entry.values()):
            raise SetupFault(path.name, kind.value, InstallationCode.TYPE)
        unknown = next((name for name in entry if name not in ITEM_NAMES), None)
        if unknown is not None:
            raise SetupFault(path.name, f"{kind.value}.{unknown}", InstallationCode.UNKNOWN)
        items[kind] = entry
    return items
