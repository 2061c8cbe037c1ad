"""A fuel adjustment of one month of the year: each month at its own price."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from denkidesk.billing.compiled import CompiledPlans
from denkidesk.billing.engine import compute_bill
from denkidesk.billing.ranking import price
from denkidesk.billing.sums import UsageSums
from denkidesk.domain.bills import Rounding
from denkidesk.domain.errors import InputRefused
from fakes.plan_builder import fuel
from fakes.random_plans import bill_options, plans, usages

OF_MONTHS = st.lists(st.tuples(st.decimals(-5, 5, places=2).map(str), st.integers(0, 1), st.integers(1, 12)), min_size=1, max_size=14)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(detail=plans(), used=usages(), options=bill_options(), rounding=st.sampled_from(Rounding), monthly=OF_MONTHS)
def test_it_is_due_in_its_month_alone_and_the_catalogue_bills_the_same(detail, used, options, rounding, monthly):
    options, sums = replace(options, rounding=rounding, no_fuels=False), UsageSums(used)
    fuels = tuple(replace(fuel(unit, order=place, calc_type=kind), month=month) for place, (unit, kind, month) in enumerate(monthly))
    with_months = replace(detail, fuels=(*detail.fuels, *fuels))
    try:
        whole = compute_bill(with_months, sums, options)
    except InputRefused:
        return
    priced = price(CompiledPlans([with_months]), sums, options)
    exact = rounding is Rounding.BILL
    assert priced.years[0] == (whole.year.charge if exact else pytest.approx(float(whole.year.charge), rel=1e-9, abs=1e-6))
    for number in {month for _, _, month in monthly}:
        of_month = tuple(replace(one, month=0) for one in fuels if one.month == number)
        alone = compute_bill(replace(detail, fuels=(*detail.fuels, *of_month)), sums, options)
        assert float(whole.months[number - 1].parts.adjust) == pytest.approx(float(alone.months[number - 1].parts.adjust), abs=1e-6)
