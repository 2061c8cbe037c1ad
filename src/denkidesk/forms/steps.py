"""The five application forms: the items of each kind, in the order in which a clerk asks for them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final

from denkidesk.domain.application_items import TRIAGE_ANSWERS, ApplicationKind, Item, ItemType, items_of
from denkidesk.forms.model import Editor, Field, Form, Step

NONE: Final[Mapping[str, Sequence[tuple[str, str]]]] = {}
PHONE_LENGTH: Final = 30
NOTE_LENGTH: Final = 600  # leaves room for the answers that stand before it in one item of 1,000

_EDITORS: Final[Mapping[ItemType, Editor]] = {
    ItemType.CODE: Editor.CHOICE,
    ItemType.SUPPLY_POINT: Editor.SUPPLY_POINT,
    ItemType.TEXT: Editor.TEXT,
    ItemType.DATE: Editor.DATE,
}

_PHONE = Field("contact_phone", Editor.PHONE, required=False, max_length=PHONE_LENGTH, note=True)
_POSTCODE = Field("postcode", Editor.POSTCODE, required=False, note=True)
_NOTE = Field("note", Editor.MULTILINE, required=False, max_length=NOTE_LENGTH, note=True)

_TRIAGE = tuple(Field(name, Editor.ANSWER, required=False, answers=answers, note=True) for name, answers in TRIAGE_ANSWERS.items())


def _field(item: Item) -> Field:
    table = item.name if item.type is ItemType.CODE else ""
    return Field(item.name, _EDITORS[item.type], item.required, item.max_length, table)


def _form(kind: ApplicationKind, *steps: tuple[str, tuple[str | Field, ...]]) -> Form:
    """The steps by the names of their items; items of the kind that no step names stand in the last one, before the note."""
    left = {item.name: _field(item) for item in items_of(kind)}
    made = [(key, [left.pop(one) if isinstance(one, str) else one for one in fields]) for key, fields in steps]
    made[-1][1].extend([*left.values(), _NOTE])
    return Form(kind, tuple(Step(key, tuple(fields)) for key, fields in made))


_EQUIPMENT_STEPS: Final = (
    ("point", ("supply_point_number", _PHONE, _POSTCODE, "supply_point_address")),
    ("request", ("selection_code", "equipment_class", "content_code", "visit_on")),
)

FORMS: Final[Mapping[ApplicationKind, Form]] = {
    form.kind: form
    for form in (
        _form(
            ApplicationKind.OUTAGE,
            ("point", ("supply_point_number", "customer_name", _PHONE, _POSTCODE, "supply_point_address")),
            ("triage", (*_TRIAGE, "equipment_class")),
            ("request", ("selection_code", "visit_on")),
        ),
        _form(
            ApplicationKind.MENU_CHANGE,
            ("point", ("supply_point_number", "customer_name", _PHONE)),
            ("change", ("selection_code", "equipment_class", "service_menu", "change_on")),
        ),
        _form(ApplicationKind.UTILITY_EQUIPMENT, *_EQUIPMENT_STEPS),
        _form(ApplicationKind.CUSTOMER_EQUIPMENT, *_EQUIPMENT_STEPS),
        _form(ApplicationKind.OTHER, *_EQUIPMENT_STEPS),
    )
}
"""Every form by its kind, the most urgent first."""


def form_with(
    kind: ApplicationKind,
    further: Sequence[Field],
    derived: Collection[str] = (),
    needless_with: Mapping[str, Sequence[tuple[str, str]]] = NONE,
) -> Form:
    """The form of a kind with the further items of the installed set in a step of their own.

    ``derived``: the items that follow from the answers; ``needless_with``: by item, beside which values of others it may be empty.
    """

    def adapted(field: Field) -> Field:
        return replace(field, derived=field.name in derived, needless_with=tuple(needless_with.get(field.name, ())))

    steps = [Step(step.key, tuple(adapted(field) for field in step.fields)) for step in form_of(kind).steps]
    return Form(kind, (*steps, Step("further", tuple(further))) if further else tuple(steps))


def form_of(kind: ApplicationKind) -> Form:
    return FORMS[kind]
