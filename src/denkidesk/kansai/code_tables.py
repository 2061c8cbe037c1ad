"""``code_tables.json``: code values with their Japanese labels."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from denkidesk.domain.application_items import TRIAGE_ANSWERS
from denkidesk.domain.applications import ApplicationKind
from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.values import dataclass
from denkidesk.domain.wsdl_codes import WsdlCode
from denkidesk.kansai.findings import Finding, near_or_all, nearest, raise_first
from denkidesk.kansai.json_file import YES_OR_NO, head_findings, read_json_object

CODE_TABLES_FILE: Final = "code_tables.json"
_BY_KIND: Final = ("selection_code", "equipment_class", "content_code")
STAGES: Final = "work_stage"
_PLAIN: Final = (STAGES, "service_menu", "request_status")
_REMARKS: Final = frozenset({"format", "provisional", "source"})
_ENTRY: Final = ("code", "label_ja", "closed", "next")
_NEXT: Final = ("utility", "us", "customer")
TRIAGE: Final = "triage"


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """One code value and what the clerk reads for it.

    Of a stage: ``closed``: nothing more happens after it; ``next_to_act``: ``utility``, ``us`` or ``customer``; empty: unknown.
    """

    code: str
    label_ja: str
    closed: bool = False
    next_to_act: str = ""


@dataclass(frozen=True, slots=True)
class TriageRule:
    """The 設備項目区分 of an outage for certain answers of its form; the first rule whose answers are all given holds."""

    answers: Mapping[str, str]
    equipment_class: str


@dataclass(frozen=True, slots=True)
class CodeTables:
    """All code lists. ``provisional``: invented by this project, not the utility's values."""

    provisional: bool
    by_kind: Mapping[str, Mapping[ApplicationKind, tuple[CodeEntry, ...]]]  # by field name, then kind
    plain: Mapping[str, tuple[CodeEntry, ...]]  # by field name
    triage: tuple[TriageRule, ...] = ()

    def choices(self, field: str, kind: ApplicationKind | None = None) -> tuple[CodeEntry, ...]:
        """The values of a field, for one kind where the field's list differs by kind; empty where there is no list."""
        if field in self.plain:
            return self.plain[field]
        lists = self.by_kind.get(field, {})
        if kind is not None:
            return lists.get(kind, ())
        return tuple(dict.fromkeys(entry for entries in lists.values() for entry in entries))

    def further(self) -> set[str]:
        """The names of the tables that no main item has."""
        return {*self.by_kind, *self.plain} - {*_BY_KIND, *_PLAIN}

    def has(self, table: str, kind: ApplicationKind) -> bool:
        """Whether there is such a list for a kind, be it empty or faulty."""
        return table in self.plain or kind in self.by_kind.get(table, {})

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
    findings = head_findings(path.name, tree)
    kinds = {kind.value: kind for kind in ApplicationKind}
    by_kind: dict[str, dict[ApplicationKind, tuple[CodeEntry, ...]]] = {}
    plain: dict[str, tuple[CodeEntry, ...]] = {}
    # Beside the tables of the main items there may be others, for further items.
    for field in (*_BY_KIND, *_PLAIN, *(key for key in tree if key not in (*_BY_KIND, *_PLAIN, *_REMARKS, TRIAGE))):
        lists = tree.get(field)
        if field not in tree:
            findings.append(Finding(path.name, field, InstallationCode.MISSING))
        elif field in _BY_KIND and not isinstance(lists, dict):
            findings.append(Finding(path.name, field, InstallationCode.TYPE))
        elif field not in _PLAIN and isinstance(lists, dict):
            findings.extend(
                Finding(path.name, f"{field}.{name}", WsdlCode.UNKNOWN_KIND, near_or_all(name, kinds))
                for name in lists
                if name not in kinds
            )
            by_kind[field] = {
                kinds[name]: _entries(path.name, f"{field}.{name}", entries, findings) for name, entries in lists.items() if name in kinds
            }
        else:
            plain[field] = _entries(path.name, field, lists, findings)
    outage = {entry.code for entry in by_kind.get("equipment_class", {}).get(ApplicationKind.OUTAGE, ())}
    triage = _triage(path.name, tree[TRIAGE], outage, findings) if TRIAGE in tree else ()
    return CodeTables(bool(tree.get("provisional", False)), by_kind, plain, triage), findings


def _triage(file: str, raw: Any, codes: set[str], findings: list[Finding]) -> tuple[TriageRule, ...]:
    rules: list[TriageRule] = []
    for position, rule in enumerate(raw if isinstance(raw, list) else [None]):
        where = f"{TRIAGE}[{position}]"
        answers = {key: value for key, value in rule.items() if key != "equipment_class"} if isinstance(rule, dict) else {}
        code = rule.get("equipment_class") if isinstance(rule, dict) else None
        if not isinstance(code, str) or code not in codes:
            findings.append(Finding(file, where, InstallationCode.UNKNOWN, "equipment_class"))
        for name, answer in answers.items():
            if answer not in (known := TRIAGE_ANSWERS.get(name, ())):
                findings.append(Finding(file, f"{where}.{name}", InstallationCode.UNKNOWN, " ".join(known or TRIAGE_ANSWERS)))
        rules.append(TriageRule(answers, str(code)))
    return tuple(rules)


def _odd_keys(file: str, where: str, entry: Mapping[str, Any], *, may_close: bool) -> list[Finding]:
    """The keys of an entry that are none, and those of a stage where there is no stage."""
    found = [Finding(file, f"{where}.{key}", InstallationCode.UNKNOWN, nearest(key, _ENTRY)) for key in entry if key not in _ENTRY]
    of_stages = [key for key in ("closed", "next") if key in entry]
    if not may_close:
        found += [Finding(file, f"{where}.{key}", WsdlCode.WITHOUT_EFFECT, blocks=False) for key in of_stages]
    elif "next" in entry and entry["next"] not in _NEXT:
        found.append(Finding(file, f"{where}.next", InstallationCode.UNKNOWN, " ".join(_NEXT), blocks=False))
    return found


def _entries(file: str, item: str, raw: Any, findings: list[Finding]) -> tuple[CodeEntry, ...]:
    if not isinstance(raw, list):
        findings.append(Finding(file, item, InstallationCode.TYPE, "list"))
        return ()
    entries: list[CodeEntry] = []
    seen: set[str] = set()
    for position, entry in enumerate(raw):
        findings += _odd_keys(file, f"{item}[{position}]", entry, may_close=item == STAGES) if isinstance(entry, dict) else []
        code, label = (entry.get("code"), entry.get("label_ja")) if isinstance(entry, dict) else (None, None)
        if not isinstance(code, str) or not isinstance(label, str) or not code or not label:
            findings.append(Finding(file, f"{item}[{position}]", InstallationCode.TYPE, "code and label_ja"))
        elif not isinstance(entry.get("closed", False), bool):
            findings.append(Finding(file, f"{item}[{position}].closed", InstallationCode.TYPE, YES_OR_NO))
        elif code in seen:
            findings.append(Finding(file, f"{item}[{position}]", WsdlCode.DOUBLE, code))
        else:
            seen.add(code)
            entries.append(
                CodeEntry(code, label, entry.get("closed") is True, next_to_act if (next_to_act := entry.get("next")) in _NEXT else "")
            )
    return tuple(entries)
