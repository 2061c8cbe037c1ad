"""``code_tables.json``: code values with their Japanese labels."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from denkidesk.domain.applications import ApplicationKind
from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.values import dataclass
from denkidesk.domain.wsdl_codes import WsdlCode
from denkidesk.kansai.findings import Finding, raise_first
from denkidesk.kansai.json_file import read_json_object

CODE_TABLES_FILE: Final = "code_tables.json"
_BY_KIND: Final = ("selection_code", "equipment_class", "content_code")
_PLAIN: Final = ("work_stage", "service_menu", "request_status")


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """One code value and what the clerk reads for it."""

    code: str
    label_ja: str


@dataclass(frozen=True, slots=True)
class CodeTables:
    """All code lists. ``provisional``: invented by this project, not the utility's values."""

    provisional: bool
    by_kind: Mapping[str, Mapping[ApplicationKind, tuple[CodeEntry, ...]]]  # by field name, then kind
    plain: Mapping[str, tuple[CodeEntry, ...]]  # by field name

    def choices(self, field: str, kind: ApplicationKind | None = None) -> tuple[CodeEntry, ...]:
        """The values of a field, for one kind where the field's list differs by kind; empty where there is no list."""
        if field in self.plain:
            return self.plain[field]
        lists = self.by_kind.get(field, {})
        if kind is not None:
            return lists.get(kind, ())
        return tuple(dict.fromkeys(entry for entries in lists.values() for entry in entries))

    def label(self, field: str, code: str) -> str:
        """What the clerk reads for a code; an unknown code reads as itself."""
        return next((entry.label_ja for entry in self.choices(field) if entry.code == code), code)


def load_code_tables(path: Path) -> CodeTables:
    """The code tables, whole and checked; ``path`` is the file or its folder. Raises SetupFault for the first fault."""
    tables, findings = read_code_tables(path)
    raise_first(findings)
    return tables


def read_code_tables(path: Path) -> tuple[CodeTables, list[Finding]]:
    """What can be read of the tables, and everything that is wrong with them."""
    if path.is_dir():
        path = path / CODE_TABLES_FILE
    tree, finding = read_json_object(path)
    if finding is not None:
        return CodeTables(False, {}, {}), [finding]
    findings: list[Finding] = []
    kinds = {kind.value: kind for kind in ApplicationKind}
    by_kind: dict[str, dict[ApplicationKind, tuple[CodeEntry, ...]]] = {}
    for field in _BY_KIND:
        lists = tree.get(field)
        if not isinstance(lists, dict):
            findings.append(Finding(path.name, field, InstallationCode.MISSING if lists is None else InstallationCode.TYPE))
            continue
        findings.extend(Finding(path.name, f"{field}.{name}", WsdlCode.UNKNOWN_KIND) for name in lists if name not in kinds)
        by_kind[field] = {
            kinds[name]: _entries(path.name, f"{field}.{name}", entries, findings) for name, entries in lists.items() if name in kinds
        }
    plain: dict[str, tuple[CodeEntry, ...]] = {}
    for field in _PLAIN:
        if field not in tree:
            findings.append(Finding(path.name, field, InstallationCode.MISSING))
        else:
            plain[field] = _entries(path.name, field, tree[field], findings)
    return CodeTables(bool(tree.get("provisional", False)), by_kind, plain), findings


def _entries(file: str, item: str, raw: Any, findings: list[Finding]) -> tuple[CodeEntry, ...]:
    if not isinstance(raw, list):
        findings.append(Finding(file, item, InstallationCode.TYPE, "list"))
        return ()
    entries: list[CodeEntry] = []
    seen: set[str] = set()
    for position, entry in enumerate(raw):
        code, label = (entry.get("code"), entry.get("label_ja")) if isinstance(entry, dict) else (None, None)
        if not isinstance(code, str) or not isinstance(label, str) or not code or not label:
            findings.append(Finding(file, f"{item}[{position}]", InstallationCode.TYPE, "code and label_ja"))
        elif code in seen:
            findings.append(Finding(file, f"{item}[{position}]", WsdlCode.DOUBLE, code))
        else:
            seen.add(code)
            entries.append(CodeEntry(code, label))
    return tuple(entries)
