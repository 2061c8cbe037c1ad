"""The listing's own criteria, held against what is stored."""

from dataclasses import fields
from datetime import date
from typing import Final

from denkidesk.domain.applications import ListingCriteria

# As ListingCriteria.is_met_by, where what a row leaves out speaks for it; only a message is known to be there or not.
MEETS: Final = """
    (:receipt_number IS NULL OR receipt_number = :receipt_number)
    AND (:work_stage IS NULL OR work_stage IN ('', :work_stage))
    AND (:selection_code IS NULL OR selection_code IN ('', :selection_code))
    AND (:supply_point_number IS NULL OR supply_point_number IN ('', :supply_point_number))
    AND (:registered_from IS NULL OR COALESCE(registered_on, :registered_from) >= :registered_from)
    AND (:registered_to IS NULL OR COALESCE(registered_on, :registered_to) <= :registered_to)
    AND (:visit_from IS NULL OR COALESCE(visit_on, :visit_from) >= :visit_from)
    AND (:visit_to IS NULL OR COALESCE(visit_on, :visit_to) <= :visit_to)
    AND (:has_message IS NULL OR has_message = :has_message)
"""


def parameters(criteria: ListingCriteria) -> dict[str, str | int | None]:
    """What that SQL takes."""
    values = {field.name: getattr(criteria, field.name) for field in fields(criteria)}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
