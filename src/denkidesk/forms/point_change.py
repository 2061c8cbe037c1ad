"""Whose name and address stand in a form: a supply point number that is changed under them may belong to somebody else."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from denkidesk.forms.checks import check_field
from denkidesk.forms.model import Editor, Field

NUMBER: Final = "supply_point_number"
CUSTOMER_FIELDS: Final = ("customer_name", "postcode", "supply_point_address", "contact_phone")
"""What is known of a customer, and of no other."""
ENTERED_FOR: Final = "entered_for"
"""Kept in a draft beside its fields, while the number in it is another one than the customer's fields were entered for."""

_NUMBER_FIELD: Final = Field(NUMBER, Editor.SUPPLY_POINT)


def number_in(values: Mapping[str, str]) -> str:
    """The supply point number in a form, without separators; empty while it is faulty, for then it is not anybody's yet."""
    return check_field(_NUMBER_FIELD, values.get(NUMBER, ""), {}, date.min).value or ""


def has_customer(values: Mapping[str, str]) -> bool:
    """Whether anything stands in the form that belongs to one customer alone."""
    return any(values.get(name, "").strip() for name in CUSTOMER_FIELDS)


def is_of_another(values: Mapping[str, str], entered_for: str) -> bool:
    """Whether the customer's fields were entered for another number than the whole one that stands there now."""
    return bool(number_in(values)) and is_unsettled(values, entered_for)


def is_unsettled(values: Mapping[str, str], entered_for: str) -> bool:
    """Whether the number that the customer's fields were entered for does not stand in the form."""
    return bool(entered_for) and number_in(values) != entered_for and has_customer(values)


def number_entered_for(values: Mapping[str, str], before: str) -> str:
    """The number that the customer's fields belong to once the number is left; ``before``: the one that they belonged to so far.

    They belong to the first whole number that stands beside them, and while they are empty to any.
    """
    number = number_in(values)
    return number if number and (not before or not has_customer(values)) else before
