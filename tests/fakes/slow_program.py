"""The practice server's plain hour-by-hour program, asked with the desk's own plans, usages and options."""

import json
from decimal import Decimal

from denkidesk.enegaeru.encoding import purchase_json
from denkidesk.practice.quoting.slow_bill import slow_bill
from fakes.plan_json import encode_plan_detail

PARTS = ("base", "usage", "adjust", "levy", "charge")


def slowly(detail, used, options):
    return slow_bill(
        json.loads(encode_plan_detail(detail), parse_float=Decimal),
        purchase_json(used),
        capacity=options.capacity,
        peak_purchase=options.peak_kw,
        no_fuels=options.no_fuels,
        rounding=str(options.rounding),
        area_prices=[
            {"area_cd": month.area_code, "yearmonth": month.year_month, "prices": list(month.prices_yen)} for month in options.area_prices
        ],
        commission=options.commission,
        commission_unit=options.commission_unit,
    )
