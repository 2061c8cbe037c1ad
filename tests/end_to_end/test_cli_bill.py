"""``denkidesk bill``: a year's bill of a real plan, in the shape of the quoting API's answer."""

import json
from datetime import date, timedelta

import pytest

from fakes.desk_home import run_program

# 関西電力 従量電灯A, April 2024 (kepco.jp/ryokin/menu/dento_a), without fuel adjustment and levy.
PLAN = {
    "epplan_id": "0006_1_0001",
    "epcorp_cd": 6,
    "contractType": 1,
    "epplanType": 1,
    "epplanName": "従量電灯A",
    "planSuffix": "A",
    "periodFrom": "2024-04-01",
    "periodTo": "2999-12-31",
    "discountRate": 0,
    "holidayflg": "011",
    "base_cd": "01",
    "baseName": "最低料金",
    "baseType": 1,
    "baseUnit": 522.58,
    "baseFixUnit": 0,
    "ampere": 0,
    "capacityFrom": 0,
    "capacityTo": 0,
    "conditions": [
        {
            "calcOrder": order,
            "condName": "",
            "group": 0,
            "volumeCap": 0,
            "volumeFrom": low,
            "volumeTo": high,
            "monthFrom": 1,
            "monthTo": 12,
            "holidayData": 0,
            "timeFrom": 0,
            "timeTo": 0,
            "volumeUnit": unit,
        }
        for order, (low, high, unit) in enumerate([(15, 120, 20.21), (120, 300, 25.61), (300, 0, 28.59)], start=1)
    ],
    "fuels": [],
    "renewable": 0,
}
# 522.58 + 105 kWh x 20.21 + 180 kWh x 25.61 + 10 kWh x 28.59
JANUARY_YEN = 522.58 + 105 * 20.21 + 180 * 25.61 + 10 * 28.59


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(PLAN, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture
def purchase(tmp_path):
    """310 kWh in January, 10 kWh on each day."""
    days = [date(2026, 1, 1) + timedelta(days=count) for count in range(31)]
    path = tmp_path / "purchase.json"
    path.write_text(json.dumps([{"date": day.isoformat(), "hourlyPowers": [0.5] * 20 + [0] * 4} for day in days]), encoding="utf-8")
    return path


def test_a_bill_in_the_shape_of_the_quoting_api(tmp_path, plan, purchase):
    ran = run_program(tmp_path / "home", "bill", str(plan), str(purchase))
    assert ran.code == 0, ran.stderr
    answer = ran.json
    assert answer["epplanName"] == "従量電灯A"
    assert answer["yearCharge"] == pytest.approx(JANUARY_YEN, rel=1e-9)
    assert answer["monthlyCharges"][0] == pytest.approx(JANUARY_YEN, rel=1e-9)
    assert answer["monthlyCharges"][1:] == [0] * 11
    detail = answer["detail"]
    assert detail["yearCharge"]["base"] == pytest.approx(522.58)
    assert detail["monthlyCharges"][0]["month"] == "2026-01"
    assert set(detail["yearCharge"]) == {"charge", "base", "usage", "adjust", "levy"}
    assert not (tmp_path / "home").exists()


def test_rounding_as_on_a_bill(tmp_path, plan, purchase):
    ran = run_program(tmp_path, "bill", str(plan), str(purchase), "--rounding", "bill", "--no-fuels")
    assert ran.json["yearCharge"] == int(JANUARY_YEN)


def test_a_csv_will_do(tmp_path, plan):
    lines = ["日時,使用量(kWh)"]
    for count in range(31 * 24):
        day = date(2026, 1, 1) + timedelta(days=count // 24)
        lines.append(f"{day:%Y/%m/%d} {count % 24}:00,{0.5 if count % 24 < 20 else 0}")
    path = tmp_path / "使用量.csv"
    path.write_text("\n".join(lines) + "\n", encoding="cp932")
    ran = run_program(tmp_path, "bill", str(plan), str(path))
    assert ran.code == 0, ran.stderr
    assert ran.json["yearCharge"] == pytest.approx(JANUARY_YEN, rel=1e-9)


def test_every_fault_is_named_at_once(tmp_path):
    bad = tmp_path / "bad.json"
    bad.write_text('{"epplan_id": "x"}', encoding="utf-8")
    ran = run_program(tmp_path, "bill", str(bad), str(tmp_path / "nowhere.csv"), "--capacity", "many", "--peak", "NaN", "--rounding", "up")
    assert (ran.code, ran.stdout) == (2, b"")
    for words in ("契約容量", "年間最大需要電力", "端数処理", "使用量ファイル", "料金プラン"):
        assert words in ran.stderr
    assert len(ran.stderr.splitlines()) >= 5


@pytest.mark.parametrize(
    "option", ["--capacity=1e999999", "--capacity=1_0", "--capacity=-1", "--peak=1e400", "--peak=-3", "--commission=1e12"]
)
def test_a_figure_that_no_contract_has_is_refused_even_where_the_plan_does_not_need_it(tmp_path, plan, purchase, option):
    ran = run_program(tmp_path, "bill", str(plan), str(purchase), option)
    assert (ran.code, ran.stdout) == (2, b"")
    name = {"--capacity": "契約容量", "--peak": "年間最大需要電力", "--commission": "手数料"}[option.partition("=")[0]]
    assert name in ran.stderr


def test_figures_may_be_typed_full_width(tmp_path, plan, purchase):
    ran = run_program(tmp_path, "bill", str(plan), str(purchase), "--capacity", "容量：１０．５")
    assert ran.code == 0
    assert "契約容量：整えました" in ran.stderr


def test_days_that_are_not_there_are_gaps(tmp_path, plan, purchase):
    tree = json.loads(purchase.read_text(encoding="utf-8"))
    purchase.write_text(json.dumps(tree[:3] + tree[5:]), encoding="utf-8")
    ran = run_program(tmp_path, "bill", str(plan), str(purchase))
    assert (ran.code, ran.stdout) == (2, b"")
    assert "2026年1月4日から48時間分の欠測" in ran.stderr


def test_months_that_are_not_whole_are_listed_and_no_year_is_made_of_them(tmp_path, plan):
    """306 days touch twelve months: a year by its months, and not by its days."""
    days = [date(2024, 1, 31) + timedelta(days=count) for count in range(306)]
    path = tmp_path / "purchase.json"
    path.write_text(json.dumps([{"date": day.isoformat(), "hourlyPowers": [0.5] * 24} for day in days]), encoding="utf-8")
    ran = run_program(tmp_path, "bill", str(plan), str(path))
    answer = ran.json
    assert answer["partialMonths"] == [{"month": "2024-01", "days": 1, "of": 31}, {"month": "2024-12", "days": 1, "of": 31}]
    assert {row["month"] for row in answer["detail"]["monthlyCharges"]} >= {row["month"] for row in answer["partialMonths"]}
    assert all(charge > 0 for charge in answer["monthlyCharges"])
    assert "2024年1月 1/31 日、2024年12月 1/31 日" in ran.stderr
    assert "1年分の料金ではありません" in ran.stderr
    assert "年間" not in ran.stderr


def test_one_period_that_is_no_calendar_month_lists_both_months(tmp_path, plan):
    days = [date(2026, 6, 10) + timedelta(days=count) for count in range(30)]
    path = tmp_path / "purchase.json"
    path.write_text(json.dumps([{"date": day.isoformat(), "hourlyPowers": [0.5] * 24} for day in days]), encoding="utf-8")
    answer = run_program(tmp_path, "bill", str(plan), str(path)).json
    assert answer["partialMonths"] == [{"month": "2026-06", "days": 21, "of": 30}, {"month": "2026-07", "days": 9, "of": 31}]


def test_what_is_missing_at_the_ends_is_no_gap(tmp_path, plan, purchase):
    tree = json.loads(purchase.read_text(encoding="utf-8"))
    tree[0]["hourlyPowers"][:13] = [None] * 13
    purchase.write_text(json.dumps(tree), encoding="utf-8")
    ran = run_program(tmp_path, "bill", str(plan), str(purchase))
    assert ran.code == 0, ran.stderr
    assert ran.json["partialMonths"] == [{"month": "2026-01", "days": 30, "of": 31}]


def test_a_published_plan_and_whole_months_need_no_word(tmp_path, plan, purchase):
    answer = run_program(tmp_path, "bill", str(plan), str(purchase)).json
    assert (answer["partialMonths"], answer["warnings"]) == ([], [])


WHOLE_TIER = {**PLAN["conditions"][0], "volumeFrom": 0, "volumeTo": 0, "volumeUnit": 20.5}


@pytest.mark.parametrize(
    ("changes", "codes", "words"),
    [
        ({"conditions": [WHOLE_TIER]}, [], ""),
        ({"conditions": []}, ["no_conditions"], "電力量料金の単価がなく"),
        ({"conditions": [{**WHOLE_TIER, "timeTo": 12}]}, ["hours_unpriced"], "12時～24時"),
        ({"conditions": [WHOLE_TIER, {**WHOLE_TIER, "calcOrder": 2}]}, ["tier_twice"], "二重"),
        ({"conditions": [WHOLE_TIER], "periodTo": "2024-03-31"}, ["ended"], "2024年3月31日"),
        ({"conditions": [WHOLE_TIER], "periodFrom": "2998-04-01"}, ["not_begun"], "2998年4月1日"),
        ({"conditions": [{**WHOLE_TIER, "volumeUnit": 9999}]}, ["implausible_price"], "9,999.00 円"),
    ],
)
def test_a_plan_that_prices_not_each_kwh_once_is_billed_with_its_warning(tmp_path, plan, purchase, changes, codes, words):
    plan.write_text(json.dumps({**PLAN, **changes}), encoding="utf-8")
    ran = run_program(tmp_path, "bill", str(plan), str(purchase))
    assert ran.code == 0, ran.stderr
    assert [warning["code"] for warning in ran.json["warnings"]] == codes
    for warning in ran.json["warnings"]:
        assert words in warning["text"]
        assert warning["text"] in ran.stderr


@pytest.mark.parametrize(
    "changes",
    [{"conditions": [{**WHOLE_TIER, "volumeUnit": 10000.5}]}, {"conditions": [], "baseUnit": 0}],
)
def test_what_prices_nothing_or_beyond_all_prices_is_refused(tmp_path, plan, purchase, changes):
    plan.write_text(json.dumps({**PLAN, **changes}), encoding="utf-8")
    ran = run_program(tmp_path, "bill", str(plan), str(purchase))
    assert (ran.code, ran.stdout) == (2, b"")
    assert "単価" in ran.stderr


def test_gaps_are_refused_not_filled(tmp_path, plan, purchase):
    tree = json.loads(purchase.read_text(encoding="utf-8"))
    tree[3]["hourlyPowers"][5] = None
    purchase.write_text(json.dumps(tree), encoding="utf-8")
    ran = run_program(tmp_path, "bill", str(plan), str(purchase))
    assert (ran.code, ran.stdout) == (2, b""), ran.stderr


def half_hours(tmp_path, name, heading="使用量(kWh)", days=31, first=date(2026, 1, 1), factor=1.0, title=""):
    path = tmp_path / name
    stamps = [(first + timedelta(days=day), slot) for day in range(days) for slot in range(48)]
    rows = [f"{day} {slot // 2:02}:{slot % 2 * 30:02},{factor * (slot % 7 + 1) / 10:g}" for day, slot in stamps]
    path.write_text("\n".join(filter(None, [title, f"日時,{heading}", *rows])), encoding="utf-8")
    return path


def kwh(ran):
    return {row["month"]: row["levy"] for row in ran.json["detail"]["monthlyCharges"] if row["levy"]}


OF_A_DAY = sum(slot % 7 + 1 for slot in range(48)) / 10


@pytest.fixture
def levy_plan(tmp_path):
    path = tmp_path / "levy.json"
    path.write_text(json.dumps({**PLAN, "renewable": 1}), encoding="utf-8")
    return path


def test_what_a_file_leaves_open_is_named_with_its_choices_and_settled_by_an_option(tmp_path, levy_plan):
    home, csv = tmp_path / "home", half_hours(tmp_path, "a.csv", "値")
    refused = run_program(home, "bill", str(levy_plan), str(csv))
    assert refused.code == 2
    assert "kWh / kW" in refused.stderr
    assert kwh(run_program(home, "bill", str(levy_plan), str(csv), "--unit", "kWh")) == {"2026-01": pytest.approx(31 * OF_A_DAY)}
    halved = run_program(home, "bill", str(levy_plan), str(csv), "--unit", "kW")
    assert kwh(halved) == {"2026-01": pytest.approx(31 * OF_A_DAY / 2)}
    assert "kW" in halved.stderr


def test_several_files_are_joined_and_a_longer_file_gives_its_newest_year(tmp_path, levy_plan):
    home = tmp_path / "home"
    parts = [half_hours(tmp_path, f"{month}.csv", first=date(2026, month, 1), days=28) for month in (2, 1)]
    joined = run_program(home, "bill", str(levy_plan), *map(str, parts), "--gaps", "mean")
    assert joined.code == 0, joined.stderr
    assert set(kwh(joined)) == {"2026-01", "2026-02"}
    assert kwh(joined)["2026-01"] == pytest.approx(31 * OF_A_DAY)  # 29 to 31 January are filled by their class's mean
    long = half_hours(tmp_path, "long.csv", first=date(2025, 1, 1), days=400)
    refused = run_program(home, "bill", str(levy_plan), str(long))
    assert refused.code == 2
    assert "2025-02-05" in refused.stderr
    newest = run_program(home, "bill", str(levy_plan), str(long), "--newest-year")
    assert newest.code == 0, newest.stderr
    assert sum(kwh(newest).values()) == pytest.approx(365 * OF_A_DAY)


def test_gaps_by_rule(tmp_path, levy_plan):
    home, csv = tmp_path / "home", half_hours(tmp_path, "a.csv")
    lines = csv.read_text(encoding="utf-8").splitlines()
    csv.write_text("\n".join(lines[:97] + lines[145:]), encoding="utf-8")
    assert run_program(home, "bill", str(levy_plan), str(csv)).code == 2
    assert kwh(run_program(home, "bill", str(levy_plan), str(csv), "--gaps", "zero"))["2026-01"] == pytest.approx(30 * OF_A_DAY)
    assert kwh(run_program(home, "bill", str(levy_plan), str(csv), "--gaps", "mean"))["2026-01"] == pytest.approx(31 * OF_A_DAY)
    assert run_program(home, "bill", str(levy_plan), str(csv), "--gaps", "guess").code == 2


def test_a_figure_beyond_the_contract_stops_until_it_is_confirmed(tmp_path, levy_plan):
    home, csv = tmp_path / "home", half_hours(tmp_path, "a.csv", factor=20.0)
    refused = run_program(home, "bill", str(levy_plan), str(csv), "--capacity", "30")
    assert refused.code == 2
    assert "契約容量" in refused.stderr
    for more in (["--accept-values"], ["--capacity", "300"]):
        ran = run_program(home, "bill", str(levy_plan), str(csv), "--capacity", "30", *more)
        assert ran.code == 0, ran.stderr


def test_a_file_of_two_hundred_megabytes_ends_in_words(tmp_path, levy_plan):
    big = tmp_path / "big.csv"
    with big.open("wb") as file:
        file.truncate(200 * 2**20)
    refused = run_program(tmp_path / "home", "bill", str(levy_plan), str(big))
    assert refused.code == 2
    assert "大きすぎます" in refused.stderr
