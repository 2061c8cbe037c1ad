"""The five application forms: the items of each kind, in the order in which a clerk asks for them."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from denkidesk.domain.application_items import TRIAGE_ANSWERS, ApplicationKind, Item, ItemType, items_of
from denkidesk.forms.model import Editor, Field, Form, Step

PHONE_LENGTH: Final = 30
NOTE_LENGTH: Final = 600  # leaves room for the answers that stand before it in one item of 1,000

_EDITORS: Final = MappingProxyType(
    {
        ItemType.CODE: Editor.CHOICE,
        ItemType.SUPPLY_POINT: Editor.SUPPLY_POINT,
        ItemType.TEXT: Editor.TEXT,
        ItemType.DATE: Editor.DATE,
    }
)

_PHONE = Field("contact_phone", Editor.PHONE, required=False, max_length=PHONE_LENGTH, note=True)
_NOTE = Field("note", Editor.MULTILINE, required=False, max_length=NOTE_LENGTH, note=True)

_TRIAGE = tuple(Field(name, Editor.ANSWER, required=False, answers=answers, note=True) for name, answers in TRIAGE_ANSWERS.items())


def _field(item: Item) -> Field:
    table = item.name if item.type is ItemType.CODE else ""
    return Field(item.name, _EDITORS[item.type], item.required, item.max_length, table)


def _form(kind: ApplicationKind, *steps: tuple[str, tuple[str | Field, ...]]) -> Form:
    """The steps by the names of their items; items of the kind that no step names stand in the last one, before phone and note."""
    left = {item.name: _field(item) for item in items_of(kind)}
    made = [(key, [left.pop(one) if isinstance(one, str) else one for one in fields]) for key, fields in steps]
    made[-1][1].extend([*left.values(), _PHONE, _NOTE])
    return Form(kind, tuple(Step(key, tuple(fields)) for key, fields in made))


_EQUIPMENT_STEPS: Final = (
    ("point", ("supply_point_number", "supply_point_address")),
    ("request", ("selection_code", "equipment_class", "content_code", "visit_on")),
)

FORMS: Final = MappingProxyType(
    {
        form.kind: form
        for form in (
            _form(
                ApplicationKind.OUTAGE,
                ("point", ("supply_point_number", "customer_name", "supply_point_address")),
                ("triage", _TRIAGE),
                ("request", ("selection_code", "equipment_class", "visit_on")),
            ),
            _form(
                ApplicationKind.MENU_CHANGE,
                ("point", ("supply_point_number", "customer_name")),
                ("change", ("selection_code", "equipment_class", "service_menu", "change_on")),
            ),
            _form(ApplicationKind.UTILITY_EQUIPMENT, *_EQUIPMENT_STEPS),
            _form(ApplicationKind.CUSTOMER_EQUIPMENT, *_EQUIPMENT_STEPS),
            _form(ApplicationKind.OTHER, *_EQUIPMENT_STEPS),
        )
    }
)
"""Every form by its kind, the most urgent first."""


def form_with(kind: ApplicationKind, further: Sequence[Field], derived: Collection[str] = ()) -> Form:
    """The form of a kind with the further items of the installed set in a step of their own; what is derived is not asked."""
    steps = [
        Step(step.key, tuple(replace(field, derived=True, required=False) if field.name in derived else field for field in step.fields))
        for step in form_of(kind).steps
    ]
    return Form(kind, (*steps, Step("further", tuple(further))) if further else tuple(steps))


def form_of(kind: ApplicationKind) -> Form:
    """The form of a kind."""
    return FORMS[kind]
