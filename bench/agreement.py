"""Four ways to a bill on random plans with every feature: catalogue, single bill by floats, single bill by decimals, the plain program.

The plans, usages and options are those of the tests (``tests/fakes/random_plans.py``): every base type, groups, caps, tiers, windows over
midnight and the year's end, fuels, levy, discount, holidays, market-linked. The judge is the practice server's hour-by-hour program, in
fractions, which shares no code with the engine. Prints JSON: how many plans, by rounding, and the largest difference as a part of what was
added up (bar: 1e-9; on bills none at all); exits with 1 where one does not agree. ``agreement.py 200`` looks at fewer plans.
"""

import json
import sys
from fractions import Fraction
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings

from denkidesk.billing.compiled import CompiledPlans
from denkidesk.billing.engine import compute_bill
from denkidesk.billing.ranking import price
from denkidesk.billing.sums import UsageSums
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import Rounding
from denkidesk.domain.plans import PlanDetail
from denkidesk.domain.usage import Usage

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))
PLANS = 2_000
BAR = 1e-9


def main() -> int:
    """Prints the figures."""
    from fakes.random_plans import bill_options, plans, prices_something, usages
    from fakes.slow_program import PARTS, slowly

    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else PLANS
    count = dict.fromkeys(map(str, Rounding), 0)
    worst = dict.fromkeys(map(str, Rounding), 0.0)

    @seed(14)
    @settings(max_examples=wanted, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(detail=plans().filter(prices_something), used=usages(), options=bill_options())
    def look(detail: PlanDetail, used: Usage, options: BillOptions) -> None:
        sums, slow = UsageSums(used), slowly(detail, used, options)
        single, catalogue = compute_bill(detail, sums, options), price(CompiledPlans([detail]), sums, options)
        # parts of both signs cancel: a difference is measured by what was added up
        dearest = max([60.0] + [float(one) for month in options.area_prices for one in month.prices_yen])
        gross = Fraction(1.0 + used.total_kwh * dearest)
        pairs = [(Fraction(getattr(single.year, part)), Fraction(getattr(slow.year, part))) for part in PARTS]
        pairs += [(Fraction(month), Fraction(theirs.parts.charge)) for month, theirs in zip(catalogue.months(0), slow.months, strict=True)]
        pairs.append((Fraction(float(catalogue.years[0])), Fraction(slow.year.charge)))
        name = str(options.rounding)
        count[name] += 1
        worst[name] = max(worst[name], *(float(abs(ours - theirs) / gross) for ours, theirs in pairs))

    look()
    print(json.dumps({"plans": count, "largest_difference": worst, "bar": {str(Rounding.NONE): BAR, str(Rounding.BILL): 0.0}}))
    return int(worst[str(Rounding.NONE)] > BAR or worst[str(Rounding.BILL)] > 0 or sum(count.values()) < wanted)


if __name__ == "__main__":
    sys.exit(main())
