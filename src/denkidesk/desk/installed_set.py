"""The installed set of the application API: which folder, which codes and further items, and whether invented codes may be offered.

Everybody who needs to know asks here: the client, the forms, the inbox, the command line.
"""

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from denkidesk.domain.applications import ApplicationKind, Operation
from denkidesk.domain.error_codes import InstallationCode
from denkidesk.domain.errors import SetupFault
from denkidesk.domain.values import dataclass
from denkidesk.settings import KansaiSettings, Places, folder_of, load_settings, resources_dir, save_settings

if TYPE_CHECKING:  # read when they are first asked for: the window paints first
    from denkidesk.forms.model import CodeChoices, Field, Form
    from denkidesk.kansai.code_tables import CodeEntry, CodeTables, TriageRule
    from denkidesk.kansai.findings import Finding
    from denkidesk.kansai.further_items import FurtherItem


_NOTE: Final = "before.txt"
LOOKS_FOR_NUMBER: Final = "供給地点特定番号調査"
"""The public name of the 選択項目 that asks the utility for a supply point number; its code is not public."""
INVESTIGATION: Final = "調査依頼"
"""What the label of a 選択項目 says that sends somebody to look."""


@dataclass(frozen=True, slots=True)
class FormTables:
    """What a form needs to know of the installed set. ``provisional``: the code values are this project's, not the utility's."""

    choices_by_kind: Mapping[ApplicationKind, "CodeChoices"]
    further_items_by_kind: Mapping[ApplicationKind, Mapping[str, str]]
    provisional: bool
    fields_by_kind: "Mapping[ApplicationKind, tuple[Field, ...]]" = field(default_factory=dict)
    triage: "tuple[TriageRule, ...]" = ()

    def form(self, kind: ApplicationKind) -> "Form":
        """The form of a kind, with the fields that the set adds.

        The 設備項目区分 of an outage follows from its answers where the set has rules for them, and an application that looks for a supply
        point number need not have one.
        """
        from denkidesk.forms.steps import form_with

        derived = ("equipment_class",) if kind is ApplicationKind.OUTAGE and self.triage else ()
        selections = self.choices(kind).get("selection_code", ())
        looking = [("selection_code", code) for code, label in selections if LOOKS_FOR_NUMBER in label]
        return form_with(kind, self.fields_by_kind.get(kind, ()), derived, {"supply_point_number": looking})

    def with_derived(self, kind: ApplicationKind, values: Mapping[str, str]) -> Mapping[str, str]:
        """The values of a form, and what follows from the answers of an outage where the clerk has not said it."""
        if kind is not ApplicationKind.OUTAGE or values.get("equipment_class"):
            return values
        rules = (rule for rule in self.triage if all(values.get(name) == answer for name, answer in rule.answers.items()))
        return next(({**values, "equipment_class": rule.equipment_class} for rule in rules), values)

    def usual(self, kind: ApplicationKind) -> Mapping[str, str]:
        """What a fresh form begins with: an outage is there to be looked into, where the set has a word for that."""
        selections = self.choices(kind).get("selection_code", ()) if kind is ApplicationKind.OUTAGE else ()
        return next(({"selection_code": code} for code, label in selections if INVESTIGATION in label), {})

    def choices(self, kind: ApplicationKind) -> "CodeChoices":
        """The code tables of a kind; none where codes are typed."""
        return self.choices_by_kind.get(kind, {})

    def further_items(self, kind: ApplicationKind) -> Mapping[str, str]:
        """Our name of a further item -> element name of the message."""
        return self.further_items_by_kind.get(kind, {})

    def label(self, kind: ApplicationKind, table: str, code: str) -> str:
        """What the clerk reads for a code; an unknown code reads as itself."""
        return next((label for known, label in self.choices(kind).get(table, ()) if known == code), code)


class InstalledSet:
    """The set that ``settings`` name, as they are in effect. All reading is of files: never on the GUI thread."""

    def __init__(self, settings: KansaiSettings) -> None:
        own = folder_of(settings.wsdl_dir) if settings.wsdl_dir else None
        self.is_own = own is not None
        self.folder = own if own is not None else resources_dir() / "kansai"
        self.reaches_the_utility = bool(settings.base_url) and not settings.on_this_machine
        self._news: dict[Finding, None] = {}

    def note_news(self, finding: "Finding") -> None:
        """What the server said beyond the set. From any thread."""
        self._news.setdefault(finding)

    @property
    def news(self) -> tuple["Finding", ...]:
        """Everything that the server said beyond the set since the program began, each once."""
        return tuple(self._news)

    def code_tables(self) -> "CodeTables":
        """The code lists of the set, or the provisional ones where it has none. Raises SetupFault for the first fault."""
        from denkidesk.kansai.code_tables import load_code_tables

        return load_code_tables(self._folder_of_codes())

    def readable_code_tables(self) -> "CodeTables":
        """As much of the code lists as can be read: for a list that shows a bare code rather than nothing."""
        from denkidesk.kansai.code_tables import read_code_tables

        return read_code_tables(self._folder_of_codes())[0]

    def may_offer(self, tables: "CodeTables") -> bool:
        """Whether the codes may be offered and insisted on: invented ones never towards the real utility, where they would go out."""
        return not (tables.provisional and self.reaches_the_utility)

    def form_tables(self) -> FormTables:
        """What the forms offer. Raises SetupFault for the first fault of the set."""
        from denkidesk.domain.application_items import CODE_ITEMS
        from denkidesk.kansai.further_items import load_further_items

        tables = self.code_tables()
        loaded = load_further_items(self.folder)
        further_items = {kind: own.notes for kind, own in loaded.items()}
        fields = {kind: tuple(map(_field, own.items)) for kind, own in loaded.items()}
        if not self.may_offer(tables):
            return FormTables({}, further_items, provisional=True, fields_by_kind=fields)
        choices = {
            kind: {
                name: tuple((entry.code, entry.label_ja) for entry in tables.choices(name, kind))
                for name in (*CODE_ITEMS, *(field.table for field in fields.get(kind, ()) if field.table))
            }
            for kind in ApplicationKind
        }
        return FormTables(choices, further_items, tables.provisional, fields, tables.triage)

    def kinds_by_selection(self) -> Mapping[str, ApplicationKind]:
        """Which kind a selection code means; codes that several kinds share mean none."""
        tables = self.code_tables()
        found: dict[str, set[ApplicationKind]] = {}
        for kind in ApplicationKind:
            for entry in tables.choices("selection_code", kind):
                found.setdefault(entry.code, set()).add(kind)
        return {code: next(iter(kinds)) for code, kinds in found.items() if len(kinds) == 1}

    def stages(self) -> "tuple[CodeEntry, ...]":
        """The stages of an application, in words; after a closed one nothing more happens."""
        return self.readable_code_tables().choices("work_stage")

    def closed_stages(self) -> frozenset[str]:
        """The codes of the closed stages; an unknown one is open."""
        return frozenset(entry.code for entry in self.stages() if entry.closed)

    def _folder_of_codes(self) -> Path:
        from denkidesk.kansai.code_tables import CODE_TABLES_FILE

        return self.folder if (self.folder / CODE_TABLES_FILE).exists() else resources_dir() / "kansai"


def _field(item: "FurtherItem") -> "Field":
    """The field of a further item."""
    from denkidesk.forms.model import FURTHER, Editor, Field

    return Field(FURTHER + item.path, Editor(item.editor), item.required, item.max_length, item.table, label=item.label_ja)


@dataclass(frozen=True, slots=True)
class SetReport:
    """What the check found in a folder. ``missing``: operations that cannot be called; ``installed``: where the set stands now, or ""."""

    findings: "tuple[Finding, ...]"
    missing: tuple[Operation, ...]
    ok: bool
    installed: str = ""


class SetShelf:
    """The sets that were installed: copies in the home folder, each with a note of what was in use before it.

    A set counts from the next start on. All of it is work with files: never on the GUI thread.
    """

    def __init__(self, places: Places) -> None:
        self._places = places
        self._shelf = places.home / "wsdl"

    def in_use(self) -> tuple[str, bool]:
        """The folder that the settings name ("": the set that comes with the program), and whether there is one to go back to."""
        now = load_settings(self._places.settings_file).kansai.wsdl_dir
        return now, self._note_in(now) is not None

    def check(self, written: str) -> SetReport:
        """What ``denkidesk wsdl check`` finds in a folder, as a person writes it. Raises SetupFault where none is named."""
        return self._checked(_named(written))

    def _checked(self, folder: Path) -> SetReport:
        from denkidesk.kansai.wsdl_check import check_wsdl_set

        report = check_wsdl_set(folder)
        missing = tuple(operation for operation in Operation if operation not in report.operations_callable)
        return SetReport(report.findings, missing, report.ok)

    def install(self, written: str) -> SetReport:
        """Copies a set that can be called and puts it into the settings; a wrong one changes nothing. Raises SetupFault."""
        from denkidesk.kansai.wsdl_check import check_wsdl_set

        folder = _named(written)
        report = self._checked(folder)
        if not report.ok:
            return report
        settings = load_settings(self._places.settings_file)
        try:
            self._shelf.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=self._shelf, prefix=".new-") as temporary:
                copy = Path(temporary) / "set"
                for name in check_wsdl_set(folder).files:
                    (copy / name).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(folder / name, copy / name)
                (copy / _NOTE).write_text(settings.kansai.wsdl_dir, encoding="utf-8")
                copied = self._checked(copy)
                if not copied.ok:  # changed while it was copied
                    return copied
                target = self._shelf / f"{1 + max((int(one.name) for one in self._shelf.iterdir() if one.name.isdigit()), default=0)}"
                copy.rename(target)
        except OSError as error:
            raise SetupFault.of_os_error(self._shelf, "folder", error) from error
        save_settings(self._places.settings_file, replace(settings, kansai=replace(settings.kansai, wsdl_dir=str(target))))
        return replace(report, installed=str(target))

    def go_back(self) -> str:
        """Puts the set before the present one into the settings, and returns its folder. Raises SetupFault where there is none."""
        settings = load_settings(self._places.settings_file)
        before = self._note_in(settings.kansai.wsdl_dir)
        if before is None or (before and not folder_of(before).is_dir()):
            raise SetupFault("settings.toml", "kansai.wsdl_dir", InstallationCode.MISSING, before or "")
        save_settings(self._places.settings_file, replace(settings, kansai=replace(settings.kansai, wsdl_dir=before)))
        return before

    def _note_in(self, folder: str) -> str | None:
        """What was in use before an installed set; None for a folder that was not installed here."""
        try:
            return (folder_of(folder) / _NOTE).read_text(encoding="utf-8") if folder else None
        except (OSError, ValueError):
            return None


def _named(written: str) -> Path:
    if not written:
        raise SetupFault("", "kansai.wsdl_dir", InstallationCode.MISSING)  # "" would be the folder that the program was started in
    return folder_of(written)
