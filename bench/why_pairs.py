"""Why one plan is cheaper than another, on all pairs of 200 plans: every line of every pair adds up to the yen of the two bills.

The plans are those of ``ranking``, invented from a seed: three steps; day, morning, night and holiday; seasons with steps in the daytime.
Prints JSON: how many pairs, how many of them do not add up (bar: none), and the milliseconds a pair takes; exits with 1 where one does not.
"""

import json
import sys
import time
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from billing import invented_house
from ranking import catalogue

from denkidesk.billing.engine import compute_bill
from denkidesk.billing.explain import Priced, explain
from denkidesk.billing.sums import UsageSums
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import Rounding
from denkidesk.domain.why import Why

PLANS = 200
OPTIONS = BillOptions(capacity=Decimal(4), peak_kw=4.5, rounding=Rounding.BILL)


def adds_up(why: Why, present_yen: Decimal, proposed_yen: Decimal) -> bool:
    """Lines and months, of each side and of the difference."""
    sides = [
        (present_yen, why.present_yen, sum(line.present_yen for line in why.lines), sum(pair.present_yen for pair in why.months)),
        (proposed_yen, why.proposed_yen, sum(line.proposed_yen for line in why.lines), sum(pair.proposed_yen for pair in why.months)),
        (
            proposed_yen - present_yen,
            why.difference,
            sum(line.difference for line in why.lines),
            sum(pair.difference for pair in why.months),
        ),
    ]
    return all(len(set(sums)) == 1 for sums in sides)


def main() -> int:
    """Prints the figures."""
    sums = UsageSums(invented_house())
    plans = [replace(plan, capacity_from=Decimal(0)) for plan in catalogue(PLANS)]
    priced = [(Priced(plan, OPTIONS), compute_bill(plan, sums, OPTIONS).year.charge) for plan in plans]
    begun, pairs, wrong = time.perf_counter(), 0, 0
    for (present, ours), (proposed, theirs) in combinations(priced, 2):
        pairs += 1
        wrong += not adds_up(explain(present, proposed, sums), ours, theirs)
    each_ms = (time.perf_counter() - begun) * 1000 / pairs
    print(json.dumps({"plans": len(plans), "pairs": pairs, "do_not_add_up": wrong, "ms_a_pair": round(each_ms, 2)}))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
