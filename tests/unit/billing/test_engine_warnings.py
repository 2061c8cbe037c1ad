"""What a bill warns of is known without the bill, where no hour's kWh decide it."""

from datetime import date

from hypothesis import given, settings

from denkidesk.billing.engine import month_parts, warnings_at_hand
from denkidesk.billing.sums import UsageSums
from denkidesk.domain.bills import BillWarning
from denkidesk.domain.errors import InputRefused
from fakes.plan_builder import usage
from fakes.random_plans import bill_options, plans

BY_KWH = {BillWarning.VOLUME_ABOVE_CAP_UNPRICED, BillWarning.NO_CONDITIONS}  # the plan check has both
YEAR = UsageSums(usage(date(2025, 1, 1), 365))


@settings(max_examples=100, deadline=None)
@given(detail=plans(), options=bill_options())
def test_the_warnings_at_hand_are_those_of_the_bill(detail, options):
    try:
        found = set(month_parts(detail, YEAR, options, exact=False).warnings)
    except InputRefused:
        return
    assert set(warnings_at_hand(detail, YEAR, options)) == found - BY_KWH
