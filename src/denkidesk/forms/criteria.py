"""The nine criteria of the utility's listing as fields to fill in."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from denkidesk.domain.applications import ListingCriteria
from denkidesk.domain.errors import FieldFault, InputRefused
from denkidesk.domain.fault_codes import FormCode
from denkidesk.forms.checks import CODE_LENGTH, check_field
from denkidesk.forms.model import CodeChoices, Editor, Field, Step

CRITERIA: Final = Step(
    "criteria",
    (
        Field("supply_point_number", Editor.SUPPLY_POINT, required=False),
        Field("receipt_number", required=False, max_length=CODE_LENGTH),
        Field("registered_from", Editor.DATE, required=False, any_day=True),
        Field("registered_to", Editor.DATE, required=False, any_day=True),
        Field("visit_from", Editor.DATE, required=False, any_day=True),
        Field("visit_to", Editor.DATE, required=False, any_day=True),
        Field("work_stage", Editor.CHOICE, required=False, table="work_stage"),
        Field("selection_code", Editor.CHOICE, required=False, table="selection_code"),
        Field("has_message", Editor.ANSWER, required=False, answers=("any", "with_message", "without_message")),
    ),
)
_HAS_MESSAGE: Final = {"with_message": True, "without_message": False}


def check_criteria(values: Mapping[str, str], tables: CodeChoices, today: date) -> ListingCriteria:
    """What the listing is to be asked for; raises InputRefused with every fault of every field. An empty field restricts nothing."""
    faults: list[FieldFault] = []
    texts: dict[str, str] = {}
    for field in CRITERIA.fields:
        checked = check_field(field, values.get(field.name, ""), tables, today)
        faults.extend(checked.faults)
        if checked.value is not None:
            texts[field.name] = checked.value
    days = {name: date.fromisoformat(text) for name, text in texts.items() if name.endswith(("_from", "_to"))}
    for name in ("registered", "visit"):
        first, last = days.get(f"{name}_from"), days.get(f"{name}_to")
        if first is not None and last is not None and last < first:
            faults.append(FieldFault(f"{name}_to", FormCode.BEFORE_FROM))
    if faults:
        raise InputRefused(faults)
    return ListingCriteria(
        receipt_number=texts.get("receipt_number"),
        work_stage=texts.get("work_stage"),
        selection_code=texts.get("selection_code"),
        supply_point_number=texts.get("supply_point_number"),
        has_message=_HAS_MESSAGE.get(texts.get("has_message", "")),
        registered_from=days.get("registered_from"),
        registered_to=days.get("registered_to"),
        visit_from=days.get("visit_from"),
        visit_to=days.get("visit_to"),
    )
