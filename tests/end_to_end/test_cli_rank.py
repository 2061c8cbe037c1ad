"""``denkidesk rank``: every plan of a file for one customer, the figures of ``bill``, cheapest first."""

import json
from datetime import date, timedelta

import pytest

from fakes.desk_home import run_program


def plan(plan_id, unit, *, base_type=1, base=500.0, discount=0, hours=(0, 0)):
    """An invented plan in the shape of a plan detail."""
    condition = {
        "calcOrder": 1,
        "condName": "見本",
        "group": 0,
        "volumeCap": 0,
        "volumeFrom": 0,
        "volumeTo": 0,
        "monthFrom": 1,
        "monthTo": 12,
        "holidayData": 0,
        "timeFrom": hours[0],
        "timeTo": hours[1],
        "volumeUnit": unit,
    }
    return {
        "epplan_id": plan_id,
        "epcorp_cd": 9999,
        "contractType": 1,
        "epplanType": 1,
        "epplanName": "見本プラン",
        "periodFrom": "2024-04-01",
        "periodTo": "2999-12-31",
        "discountRate": discount,
        "holidayflg": "011",
        "base_cd": "01",
        "baseName": "見本",
        "baseType": base_type,
        "baseUnit": base,
        "baseFixUnit": 0,
        "ampere": 0,
        "capacityFrom": 0,
        "capacityTo": 0,
        "conditions": [condition],
        "fuels": [],
        "renewable": 4.18,
    }


PLANS = (
    plan("9999_1_0001", 30.11),
    plan("9999_1_0002", 25.07),
    plan("9999_1_0003", 20, base_type=2),  # needs a capacity
    plan("9999_1_0004", 25.07, discount=3),
    {**plan("9999_1_0005", 20), "conditions": "none"},  # no plan by its figures
)


@pytest.fixture
def files(tmp_path):
    days = [date(2025, 1, 1) + timedelta(days=count) for count in range(365)]
    usage, plans = tmp_path / "purchase.json", tmp_path / "plans.jsonl"
    usage.write_text(json.dumps([{"date": day.isoformat(), "hourlyPowers": [0.37] * 24} for day in days]), encoding="utf-8")
    plans.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in PLANS) + "\n\n", encoding="utf-8")
    return plans, usage


def ranked(tmp_path, *words):
    ended = run_program(tmp_path / "home", "rank", *map(str, words))
    assert ended.code == 0, ended.stderr
    return ended.json, ended.stderr


@pytest.mark.parametrize("rounding", ["none", "bill"])
def test_each_row_is_what_bill_says(tmp_path, files, rounding):
    rows, _ = ranked(tmp_path, *files, "--rounding", rounding)
    assert [row["epplan_id"][-1] for row in rows] == ["4", "2", "1", "3", "5"]
    for row in rows[:3]:
        one = tmp_path / "one.json"
        one.write_text(json.dumps(next(entry for entry in PLANS if entry["epplan_id"] == row["epplan_id"])), encoding="utf-8")
        bill = run_program(tmp_path / "home", "bill", str(one), str(files[1]), "--rounding", rounding).json
        assert row["yearCharge"] == pytest.approx(bill["yearCharge"], rel=1e-12)
        assert row["monthlyCharges"] == pytest.approx(bill["monthlyCharges"], rel=1e-12)
        assert row["warnings"] == bill["warnings"]
        assert row["base_cd"] == "01"
    assert all("yearCharge" not in row and row["error"] for row in rows[3:])


def test_the_present_plan_the_first_few_and_the_seconds(tmp_path, files):
    rows, said = ranked(tmp_path, *files, "--capacity", "1", "--present", "9999_1_0001/01", "--top", "2")
    assert [row["epplan_id"][-1] for row in rows] == ["3", "4"]
    everything, _ = ranked(tmp_path, *files, "--capacity", "1", "--present", "9999_1_0001/01")
    present = next(row for row in everything if row["epplan_id"] == "9999_1_0001")
    assert present["difference"] == 0
    assert all(row["difference"] == pytest.approx(row["yearCharge"] - present["yearCharge"]) for row in rows)
    assert all(row["difference"] < 0 for row in rows)
    took = json.loads(said.splitlines()[-1])
    assert took["plans"] == 5
    assert took["compile_s"] >= 0
    assert took["price_s"] >= 0


@pytest.mark.parametrize(
    ("line", "words", "named"),
    [
        ("{", (), "6行目"),
        ('{"name": "no plan"}', (), "6行目"),
        ("", ("--present", "9999_1_0009/01"), "いまのプラン"),
        ("", ("--top", "0"), "件数"),
    ],
)
def test_what_cannot_be_ranked_is_named_and_nothing_is_ranked(tmp_path, files, line, words, named):
    files[0].write_text(files[0].read_text(encoding="utf-8").rstrip() + f"\n{line}\n", encoding="utf-8")
    ended = run_program(tmp_path / "home", "rank", *map(str, files), *words)
    assert ended.code == 2
    assert named in ended.stderr
    assert not ended.stdout


def test_a_plan_whose_fuel_price_is_unknown_stands_behind_the_known_ones_without_a_difference(tmp_path, files):
    fuel = {"calcOrder": 1, "calcType": 0, "volumeFrom": 0, "volumeTo": 0, "volumeUnit": 0}
    unknown = [{**plan(f"9999_1_{number}", unit), "fuels": [fuel]} for number, unit in (("0006", 9), ("0007", 8))]
    with files[0].open("a", encoding="utf-8") as lines:
        lines.write("\n".join(json.dumps(one, ensure_ascii=False) for one in unknown) + "\n")
    rows, _ = ranked(tmp_path, *files, "--present", "9999_1_0001/01")
    assert [row["epplan_id"][-1] for row in rows] == ["4", "2", "1", "7", "6", "3", "5"]
    assert [row["difference"] is None for row in rows[:5]] == [False, False, False, True, True]
    assert [warning["code"] for warning in rows[3]["warnings"]] == ["fuel_unknown"]
    # nobody knows what is saved against a plan whose own price is not known
    rows, _ = ranked(tmp_path, *files, "--present", "9999_1_0006/01")
    assert {row["difference"] for row in rows[:5]} == {None}
    rows, _ = ranked(tmp_path, *files, "--present", "9999_1_0001/01", "--no-fuels")
    assert [row["epplan_id"][-1] for row in rows] == ["7", "6", "4", "2", "1", "3", "5"]
    assert rows[0]["difference"] < 0


def test_a_plan_that_has_no_price_for_half_the_day_is_not_the_cheapest(tmp_path, files):
    with files[0].open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(plan("9999_1_0008", 20, hours=(0, 12)), ensure_ascii=False) + "\n")
    rows, _ = ranked(tmp_path, *files, "--present", "9999_1_0001/01")
    assert [row["epplan_id"][-1] for row in rows] == ["4", "2", "1", "8", "3", "5"]
    assert rows[3]["difference"] is None
    assert rows[3]["yearCharge"] < rows[0]["yearCharge"]
    assert [warning["code"] for warning in rows[3]["warnings"]] == ["hours_unpriced"]
