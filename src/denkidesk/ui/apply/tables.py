"""The code tables and further items that the installed set of the application API comes with, as the forms want them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from denkidesk.domain.applications import ApplicationKind
from denkidesk.forms.catalogue import FORMS
from denkidesk.forms.model import CodeChoices
from denkidesk.settings import Settings, resources_dir


@dataclass(frozen=True, slots=True)
class FormTables:
    """What a form needs to know of the installed set. ``provisional``: the code values are this project's, not the utility's."""

    choices_by_kind: Mapping[ApplicationKind, CodeChoices]
    further_items_by_kind: Mapping[ApplicationKind, Mapping[str, str]]
    provisional: bool

    def choices(self, kind: ApplicationKind) -> CodeChoices:
        """The code tables of a kind."""
        return self.choices_by_kind.get(kind, {})

    def further_items(self, kind: ApplicationKind) -> Mapping[str, str]:
        """Our name of a further item -> element name of the message."""
        return self.further_items_by_kind.get(kind, {})

    def label(self, kind: ApplicationKind, table: str, code: str) -> str:
        """What the clerk reads for a code; an unknown code reads as itself."""
        return next((label for known, label in self.choices(kind).get(table, ()) if known == code), code)


def installed_set(settings: Settings, *, practice: bool) -> Path:
    """The folder of the installed set; the provisional one in practice mode or where none is named."""
    chosen = settings.kansai.wsdl_dir
    return Path(chosen) if chosen and not practice else resources_dir() / "kansai"


def load_form_tables(folder: Path, *, take_provisional: bool) -> FormTables:
    """Reads the installed set's tables: files, so never on the GUI thread.

    ``take_provisional``: False towards the real utility, where invented codes must not keep the real ones out: then codes are typed.
    """
    from denkidesk.kansai.code_tables import CODE_TABLES_FILE, load_code_tables
    from denkidesk.kansai.further_items import load_further_items

    folder_of_codes = folder if (folder / CODE_TABLES_FILE).exists() else resources_dir() / "kansai"
    tables = load_code_tables(folder_of_codes)
    if tables.provisional and not take_provisional:
        return FormTables({}, load_further_items(folder), provisional=True)
    choices = {
        kind: {
            field.table: tuple((entry.code, entry.label_ja) for entry in tables.choices(field.table, kind))
            for field in form.fields
            if field.table
        }
        for kind, form in FORMS.items()
    }
    return FormTables(choices, load_further_items(folder), tables.provisional)
