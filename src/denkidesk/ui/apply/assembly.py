"""From a filled-in form to the application that goes out, and to the words that say exactly that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from denkidesk.desk.installed_set import FormTables
from denkidesk.domain.applications import ApplicationKind, NewApplication
from denkidesk.domain.errors import FieldFault, InputRefused
from denkidesk.forms.checks import check_application, check_field
from denkidesk.forms.model import FURTHER, Editor
from denkidesk.texts import apply as texts
from denkidesk.texts import dates
from denkidesk.texts.names import KIND_NAMES, field_name


@dataclass(frozen=True, slots=True)
class Assembled:
    """The application, and what of the form stays on this machine as (label, text)."""

    application: NewApplication
    kept_here: tuple[tuple[str, str], ...]


def assemble(kind: ApplicationKind, values: Mapping[str, str], tables: FormTables, today: date) -> Assembled:
    """Checks the whole form; raises InputRefused with every fault, by the form's own field names."""
    form = tables.form(kind)
    values = tables.with_derived(kind, values)
    further = tables.further_items(kind)
    note = {"note": texts.note_text(values), "contact_phone": ""}
    phone = form.field("contact_phone")
    if phone is not None:
        note["contact_phone"] = check_field(phone, values.get("contact_phone", ""), {}, today).value or ""
    extra = {further[name]: text for name, text in note.items() if text and name in further}
    try:
        application = check_application(kind, values, tables.choices(kind), today, extra=extra, with_note=True, form=form)
    except InputRefused as refused:
        raise InputRefused(at_fields(refused.faults, kind, tables)) from None
    kept = tuple((field_name(name), text) for name, text in note.items() if text and name not in further)
    return Assembled(application, kept)


def at_fields(faults: Sequence[FieldFault], kind: ApplicationKind, tables: FormTables) -> list[FieldFault]:
    """The faults by the names of the form's fields. The same fault may show up at the field and at the item that it flows into."""
    own_names = {element: name for name, element in tables.further_items(kind).items()}
    named = [(own_names.get(fault.field.removeprefix(FURTHER), fault.field), fault) for fault in faults]
    return list({(name, fault.code): FieldFault(name, fault.code, fault.facts) for name, fault in named}.values())


def review_rows(application: NewApplication, tables: FormTables) -> tuple[tuple[str, str], ...]:
    """What goes out, item by item as (label, words), in the order of the form."""
    kind = application.kind
    items = application.items()
    rows = [(texts.REVIEW_KIND, KIND_NAMES[kind])]
    form = tables.form(kind)
    for field in form.item_fields:
        value = application.extra.get(field.path) if field.path else items.get(field.name)
        if value is None:
            words = texts.REVIEW_EMPTY
        elif isinstance(value, date):
            words = dates.full_day(value)
        elif field.editor is Editor.DATE:
            words = dates.full_day(date.fromisoformat(value))
        elif field.editor is Editor.SUPPLY_POINT:
            words = texts.grouped(value)
        elif field.editor is Editor.CHOICE:
            words = texts.REVIEW_CODE.format(label=tables.label(kind, field.table, value), code=value)
        else:
            words = value
        rows.append((field.label or field_name(field.name), words))
    own_names = {element: name for name, element in tables.further_items(kind).items()}
    shown = {field.path for field in form.item_fields}
    rows.extend(
        (field_name(own_names.get(element, element)), words) for element, words in application.extra.items() if element not in shown
    )
    return tuple(rows)
