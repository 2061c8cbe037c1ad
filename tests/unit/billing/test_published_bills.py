"""Published bill totals, to the yen, under the policy ``bill`` (rule 13).

Each figure is from the page named beside it, with the unit prices of its day: Kansai 従量電灯A (minimum charge with 15 kWh, fuel as a
fixed sum for those), Tokyo, Kyushu and Tohoku 従量電灯B 30 A. Fuel of Kansai: 33.66 yen for the first 15 kWh, 2.24 yen/kWh above. The
discount for direct debit is a fixed sum, the government's subsidy a negative price per kWh.
"""

import pytest

from denkidesk.billing.engine import compute_bill
from denkidesk.domain.bill_options import BillOptions
from denkidesk.domain.bills import Rounding
from fakes.plan_builder import condition, fuel, month_of_kwh, plan

# (monthly charge, base type, kWh it includes, unit prices up to 120, to 300, above)
TARIFFS = {
    "kansai_2019": ("341.01", 4, 15, ("20.31", "25.71", "28.70")),
    "kansai_2023": ("433.41", 4, 15, ("20.31", "25.71", "28.70")),
    "tokyo_2014": ("842.40", 1, 0, ("19.43", "25.91", "29.93")),
    "tokyo_2016": ("842.40", 1, 0, ("19.52", "26.00", "30.02")),
    "tokyo_2019": ("858.00", 1, 0, ("19.88", "26.48", "30.57")),
    "kyushu_2014": ("874.80", 1, 0, ("17.13", "22.63", "25.57")),
    "kyushu_2016": ("874.80", 1, 0, ("17.19", "22.69", "25.63")),
    "tohoku_2014": ("972.00", 1, 0, ("18.24", "24.87", "28.75")),
}

# tariff, kWh, fuel fixed, fuel per kWh, subsidy per kWh, direct debit, levy per kWh, published yen, where
BILLS = [
    ("kansai_2019", "260", "33.66", "2.24", "0", "55", "3.36", 7473, "www3.nhk.or.jp/kansai-news/20230226, 2022-04"),
    ("kansai_2023", "260", "33.66", "2.24", "7.0", "55", "1.40", 5236, "easyjapanese.net, 2023-05"),
    ("kansai_2019", "400", "33.66", "2.24", "0", "0", "3.45", 12247, "kansai-sanpo.com/kanden-charge2023, 2023-01"),
    ("kansai_2019", "500", "33.66", "2.24", "0", "0", "3.45", 15686, "kansai-sanpo.com/kanden-charge2023, 2023-01"),
    ("kansai_2019", "600", "33.66", "2.24", "0", "0", "3.45", 19125, "kansai-sanpo.com/kanden-charge2023, 2023-01"),
    ("tokyo_2014", "290", "0", "2.83", "0", "54", "0.75", 8562, "tepco.co.jp backnumber/1504, 2015-03"),
    ("tokyo_2016", "260", "0", "-3.10", "0", "54", "2.64", 6650, "tepco.co.jp backnumber/1802, 2018-01"),
    ("tokyo_2019", "260", "0", "1.83", "0", "55", "3.36", 8244, "tepco.co.jp backnumber/2204, 2022-03"),
    ("kyushu_2014", "300", "0", "0.77", "0", "54", "1.58", 7654, "kyuden.co.jp/press/2015/h150428b-1, 2015-05"),
    ("kyushu_2016", "250", "0", "-0.12", "0", "54", "2.90", 6528, "kyuden.co.jp/press_h181129-1, 2018-12"),
    ("tohoku_2014", "280", "0", "1.93", "0", "0", "0.75", 7890, "tohoku-epco.co.jp/pastnews/fuel/1189176_1055, 2015-03"),
    ("tohoku_2014", "280", "0", "-2.19", "0", "0", "2.25", 7156, "expydoc 9549420, 2016-06"),
]


@pytest.mark.parametrize("published_bill", BILLS, ids=lambda row: row[-1])
def test_published_total(published_bill):
    tariff, kwh, fixed, per_kwh, subsidy, debit, levy, published, source = published_bill
    charge, base_type, included, (first, second, third) = TARIFFS[tariff]
    detail = plan(
        condition(first, volume=(str(included), "120")),
        condition(second, order=2, volume=("120", "300")),
        condition(third, order=3, volume=("300", "0")),
        base=(base_type, charge, "0"),
        fuels=(
            fuel(fixed, calc_type=1),
            fuel(per_kwh, order=2, volume=(str(included), "0")),
            fuel(f"-{subsidy}", order=3),
            fuel(f"-{debit}", order=4, calc_type=1),
        ),
        levy=levy,
    )
    assert compute_bill(detail, month_of_kwh(kwh), BillOptions(rounding=Rounding.BILL)).year.charge == published, source
