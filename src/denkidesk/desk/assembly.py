"""From a filled-in form to the application that goes out, and to the words that say exactly that: for every way of filling it in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from denkidesk.desk.installed_set import FormTables
from denkidesk.domain.applications import NO_EXTRA, ApplicationKind, NewApplication
from denkidesk.domain.error_codes import FaultCode
from denkidesk.domain.errors import FieldFault, InputRefused
from denkidesk.domain.fault_codes import FormCode, InputCode
from denkidesk.forms.checks import check_application, check_field
from denkidesk.forms.model import FURTHER, Editor, Field
from denkidesk.texts import apply as texts
from denkidesk.texts import dates
from denkidesk.texts.names import KIND_NAMES, field_name


@dataclass(frozen=True, slots=True)
class Assembled:
    """The application, and what of the form stays on this machine as (label, text)."""

    application: NewApplication
    kept_here: tuple[tuple[str, str], ...]


def assemble(
    kind: ApplicationKind, values: Mapping[str, str], tables: FormTables, today: date, extra: Mapping[str, str] = NO_EXTRA
) -> Assembled:
    """Checks the whole form; raises InputRefused with every fault, by the form's own field names.

    ``extra``: further items by their path, whether or not the form has a field for them.
    """
    form = tables.form(kind)
    values = tables.with_derived(kind, {**values, **{FURTHER + path: text for path, text in extra.items() if form.field(FURTHER + path)}})
    extra = {path: text for path, text in extra.items() if FURTHER + path not in values}
    further = tables.further_items(kind)
    note = {"note": texts.note_text(values), "contact_phone": ""}
    phone = form.field("contact_phone")
    if phone is not None:
        note["contact_phone"] = check_field(phone, values.get("contact_phone", ""), {}, today).value or ""
    placed = {name: text for name, text in note.items() if text and name in further}
    if twice := [FieldFault(name, InputCode.DOUBLE) for name in placed if further[name] in extra]:
        raise InputRefused(twice)
    extra = {**extra, **{further[name]: text for name, text in placed.items()}}
    try:
        application = check_application(kind, values, tables.choices(kind), today, extra=extra, with_note=True, form=form)
    except InputRefused as refused:
        raise InputRefused(at_fields(refused.faults, kind, tables)) from None
    kept = tuple((field_name(name), text) for name, text in note.items() if text and name not in further)
    return Assembled(application, kept)


def typed_again(application: NewApplication, tables: FormTables) -> dict[str, str]:
    """What to fill a form with so that it makes this application; the answers of the telephone are lines of its note by now."""
    further = {element: name for name, element in tables.further_items(application.kind).items()}
    return application.texts() | {further.get(element, FURTHER + element): text for element, text in application.extra.items()}


def at_fields(faults: Sequence[FieldFault], kind: ApplicationKind, tables: FormTables) -> list[FieldFault]:
    """The faults by the names of the form's fields. The same fault may show up at the field and at the item that it flows into."""
    own_names = {element: name for name, element in tables.further_items(kind).items()}
    found: dict[tuple[str, FaultCode], FieldFault] = {}
    for fault in faults:
        # What is unknown without the prefix is no path of the message, but a name that was given.
        is_path = fault.field.startswith(FURTHER) or fault.code is not FormCode.UNKNOWN
        name = own_names.get(fault.field.removeprefix(FURTHER), fault.field) if is_path else fault.field
        found[name, fault.code] = FieldFault(name, fault.code, fault.facts)
    return list(found.values())


def review_rows(application: NewApplication, tables: FormTables) -> tuple[tuple[str, str], ...]:
    """What goes out, item by item as (label, words), in the order of the form."""
    kind = application.kind
    items = application.items()

    def words(field: Field) -> str:
        value = application.extra.get(field.path) if field.path else items.get(field.name)
        return _words(field, value.isoformat() if isinstance(value, date) else value, kind, tables) or texts.REVIEW_EMPTY

    return _rows(kind, tables, words, application.extra)


@dataclass(frozen=True, slots=True)
class Review:
    """A form as it would go out now. ``missing``: the names of the fields without which it cannot; ``assembled``: None while it cannot."""

    rows: tuple[tuple[str, str], ...]
    kept_here: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    assembled: Assembled | None = None


def review_of(kind: ApplicationKind, values: Mapping[str, str], tables: FormTables, today: date) -> Review:
    """What a form says so far, in the words and the order of what goes out; when nothing is missing it is exactly that."""
    try:
        assembled = assemble(kind, values, tables, today)
    except InputRefused as refused:
        faults = refused.faults
    else:
        return Review(review_rows(assembled.application, tables), assembled.kept_here, assembled=assembled)
    values = tables.with_derived(kind, values)
    wrong = tuple(dict.fromkeys(fault.field for fault in faults))

    def words(field: Field) -> str:
        value = check_field(field.beside(values), values.get(field.name, ""), tables.choices(kind), today).value
        if value is None and field.name in wrong:
            filled = bool(values.get(field.name, "").strip())
            return texts.REVIEW_FAULTY if filled else texts.REVIEW_BY_ANSWERS if field.derived else texts.REVIEW_MISSING
        return _words(field, value, kind, tables) or texts.REVIEW_EMPTY

    further = tables.further_items(kind)
    beside = {"contact_phone": values.get("contact_phone", "").strip(), "note": texts.note_text(values)}
    extra = {further[name]: text for name, text in beside.items() if text and name in further}
    kept = tuple((field_name(name), text) for name, text in beside.items() if text and name not in further)
    return Review(_rows(kind, tables, words, extra), kept, wrong)


def _rows(
    kind: ApplicationKind, tables: FormTables, words: Callable[[Field], str], extra: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    form = tables.form(kind)
    own_names = {element: name for name, element in tables.further_items(kind).items()}
    shown = {field.path for field in form.item_fields}
    return (
        (texts.REVIEW_KIND, KIND_NAMES[kind]),
        *((field.label or field_name(field.name), words(field)) for field in form.item_fields),
        *((field_name(own_names.get(element, element)), text) for element, text in extra.items() if element not in shown),
    )


def _words(field: Field, value: str | None, kind: ApplicationKind, tables: FormTables) -> str:
    if not value:
        return ""
    if field.editor is Editor.DATE:
        return dates.full_day(date.fromisoformat(value))
    if field.editor is Editor.SUPPLY_POINT:
        return texts.grouped(value)
    if field.editor is Editor.CHOICE:
        return texts.REVIEW_CODE.format(label=tables.label(kind, field.table, value), code=value)
    return value
