"""``further_items.json``: which extra elements of a message take what the forms ask beyond the main items. Optional in a set."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from denkidesk.domain.applications import ApplicationKind
from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.values import dataclass
from denkidesk.domain.wsdl_codes import WsdlCode
from denkidesk.kansai.code_tables import CodeTables
from denkidesk.kansai.findings import Finding, near_or_all, nearest, raise_first
from denkidesk.kansai.json_file import YES_OR_NO, head_findings, read_json_object

FURTHER_ITEMS_FILE: Final = "further_items.json"
ITEM_NAMES: Final = ("contact_phone", "note")
EDITORS: Final = ("text", "choice", "date", "digits")
_KEYS: Final = frozenset({"format", "provisional", "source", *(kind.value for kind in ApplicationKind)})
_ONLY_WITH: Final = MappingProxyType({"table": ("choice",), "max_length": ("text", "digits")})  # editors to which a fact means something
_FACTS: Final = frozenset({"label_ja", "editor", "required", "table", "max_length"})


@dataclass(frozen=True, slots=True)
class FurtherItem:
    """One item of a message that gets a field of its own. ``table``: of ``code_tables.json``; "" where the code is typed."""

    path: str
    label_ja: str
    editor: str
    required: bool
    table: str
    max_length: int | None


@dataclass(frozen=True, slots=True)
class KindItems:
    """The further items of one kind. ``notes``: our name of a field that every form has -> path; ``items``: with a field of their own."""

    notes: Mapping[str, str]
    items: tuple[FurtherItem, ...]

    @property
    def places(self) -> dict[str, str]:
        """The name of each entry -> the path where it goes."""
        return {**self.notes, **{item.path: item.path for item in self.items}}


FurtherItems = Mapping[ApplicationKind, KindItems]


def load_further_items(folder: Path) -> FurtherItems:
    """The further items of a set; empty where the set has no such file. Raises SetupFault for the first thing that is wrong in it."""
    items, findings = read_further_items(folder)
    raise_first(findings)
    return items


def read_further_items(folder: Path, tables: CodeTables | None = None) -> tuple[FurtherItems, list[Finding]]:
    """What can be read of the further items, and everything that is wrong with them. ``tables``: those that a choice may name."""
    path = folder / FURTHER_ITEMS_FILE
    if not path.exists():
        return {}, []
    tree, finding = read_json_object(path)
    if finding is not None:
        return {}, [finding]
    reader = _Reader(tables)
    reader.findings += head_findings(path.name, tree)
    for key in tree.keys() - _KEYS:
        reader.note(key, WsdlCode.UNKNOWN_KIND, near_or_all(key, list(ApplicationKind)))
    return {kind: reader.kind(kind, tree[kind.value]) for kind in ApplicationKind if kind.value in tree}, reader.findings


class _Reader:
    """Reads the entries of the kinds and notes every fault by its dotted name."""

    def __init__(self, tables: CodeTables | None) -> None:
        self.findings: list[Finding] = []
        self._tables = tables

    def note(self, item: str, code: InstallationCode | WsdlCode, detail: str = "", *, blocks: bool = True) -> None:
        self.findings.append(Finding(FURTHER_ITEMS_FILE, item, code, detail, blocks))

    def kind(self, kind: ApplicationKind, entry: Any) -> KindItems:
        """The items of one kind."""
        if not isinstance(entry, dict):
            self.note(kind.value, InstallationCode.TYPE, "object")
            return KindItems({}, ())
        notes: dict[str, str] = {}
        items: list[FurtherItem] = []
        for name, value in entry.items():
            where = f"{kind.value}.{name}"
            if isinstance(value, dict):
                items.append(self._item(kind, name, value))
            elif not isinstance(value, str) or not value:
                self.note(where, InstallationCode.TYPE, "text or object")
            elif name not in ITEM_NAMES:
                self.note(where, InstallationCode.UNKNOWN, nearest(name, ITEM_NAMES))
            else:
                notes[name] = value
        made = KindItems(notes, tuple(items))
        filled: dict[str, str] = {}
        for name, path in made.places.items():
            if (other := filled.setdefault(path, name)) != name:  # one of the two would be lost
                self.note(f"{kind.value}.{name}", WsdlCode.ALREADY_FILLED, f"{kind.value}.{other}")
        return made

    def _item(self, kind: ApplicationKind, path: str, facts: dict[str, Any]) -> FurtherItem:
        where = f"{kind.value}.{path}"
        for key in facts.keys() - _FACTS:
            self.note(f"{where}.{key}", InstallationCode.UNKNOWN, nearest(key, _FACTS))
        for key in facts.keys() & {name for name, editors in _ONLY_WITH.items() if facts.get("editor", "text") not in editors}:
            self.note(f"{where}.{key}", WsdlCode.WITHOUT_EFFECT, blocks=False)
        label, editor, table = facts.get("label_ja"), facts.get("editor", "text"), facts.get("table", "")
        required, longest = facts.get("required", False), facts.get("max_length")
        if not isinstance(label, str) or not label:
            self.note(f"{where}.label_ja", InstallationCode.MISSING if label is None else InstallationCode.TYPE, "text")
        if editor not in EDITORS:
            self.note(f"{where}.editor", InstallationCode.UNKNOWN, near_or_all(str(editor), EDITORS))
        if not isinstance(required, bool):
            self.note(f"{where}.required", InstallationCode.TYPE, YES_OR_NO)
        if longest is not None and (isinstance(longest, bool) or not isinstance(longest, int) or longest < 1):
            self.note(f"{where}.max_length", InstallationCode.TYPE, "number")
            longest = None
        if not isinstance(table, str) or (table and editor == "choice" and self._tables is not None and not self._tables.has(table, kind)):
            self.note(f"{where}.table", InstallationCode.MISSING, str(table))
        return FurtherItem(path, str(label or path), str(editor), required is True, str(table), longest)
