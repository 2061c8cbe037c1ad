"""The five application forms.

Which kind has which items is public; which of them the utility insists on is not. **Assumed**: every main item is required, but for
the wished visit date, without which an enquiry is still an enquiry.
Lengths are those of the provisional schema. The installed schema has the last word on all of this.
"""

from types import MappingProxyType
from typing import Final

from denkidesk.domain.applications import ApplicationKind
from denkidesk.forms.model import Editor, Field, Form, Step

ADDRESS_LENGTH: Final = 200
NAME_LENGTH: Final = 100
PHONE_LENGTH: Final = 30
NOTE_LENGTH: Final = 600  # leaves room for the answers that stand before it in one item of 1,000

_SUPPLY_POINT = Field("supply_point_number", Editor.SUPPLY_POINT)
_ADDRESS = Field("supply_point_address", max_length=ADDRESS_LENGTH)
_CUSTOMER = Field("customer_name", max_length=NAME_LENGTH)
_SELECTION = Field("selection_code", Editor.CHOICE, table="selection_code")
_EQUIPMENT = Field("equipment_class", Editor.CHOICE, table="equipment_class")
_CONTENT = Field("content_code", Editor.CHOICE, table="content_code")
_MENU = Field("service_menu", Editor.CHOICE, table="service_menu")
_VISIT = Field("visit_on", Editor.DATE, required=False)
_CHANGE = Field("change_on", Editor.DATE)

_PHONE = Field("contact_phone", Editor.PHONE, required=False, max_length=PHONE_LENGTH, note=True)
_NOTE = Field("note", Editor.MULTILINE, required=False, max_length=NOTE_LENGTH, note=True)

# Asked on the telephone before an outage is filed.
_TRIAGE = (
    Field("triage_neighbours", Editor.ANSWER, required=False, answers=("only_here", "around_too", "unknown"), note=True),
    Field("triage_scope", Editor.ANSWER, required=False, answers=("all", "part", "unknown"), note=True),
    Field("triage_breaker", Editor.ANSWER, required=False, answers=("all_on", "tripped", "unknown"), note=True),
    Field("triage_meter", Editor.ANSWER, required=False, answers=("lit", "dark", "unknown"), note=True),
)

_EQUIPMENT_STEPS = (
    Step("point", (_SUPPLY_POINT, _ADDRESS)),
    Step("request", (_SELECTION, _EQUIPMENT, _CONTENT, _VISIT, _PHONE, _NOTE)),
)

FORMS: Final = MappingProxyType(
    {
        form.kind: form
        for form in (
            Form(
                ApplicationKind.OUTAGE,
                (
                    Step("point", (_SUPPLY_POINT, _CUSTOMER, _ADDRESS)),
                    Step("triage", _TRIAGE),
                    Step("request", (_SELECTION, _EQUIPMENT, _VISIT, _PHONE, _NOTE)),
                ),
            ),
            Form(
                ApplicationKind.MENU_CHANGE,
                (
                    Step("point", (_SUPPLY_POINT, _CUSTOMER)),
                    Step("change", (_SELECTION, _EQUIPMENT, _MENU, _CHANGE, _PHONE, _NOTE)),
                ),
            ),
            Form(ApplicationKind.UTILITY_EQUIPMENT, _EQUIPMENT_STEPS),
            Form(ApplicationKind.CUSTOMER_EQUIPMENT, _EQUIPMENT_STEPS),
            Form(ApplicationKind.OTHER, _EQUIPMENT_STEPS),
        )
    }
)
"""Every form by its kind, the most urgent first."""


def form_of(kind: ApplicationKind) -> Form:
    """The form of a kind."""
    return FORMS[kind]
