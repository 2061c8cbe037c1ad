"""``denkidesk bill --paper`` and ``denkidesk match``: the customer's paper bill, from files to yen."""

import json
from fractions import Fraction

import pytest

from fakes.desk_home import run_program
from fakes.paper_cases import case_of, file_of, hours_of
from fakes.plain_paper import explained, month_after, plain_bill, spelled


def written(tmp_path, case, halves):
    files = {"plan.json": case["plan"], "supplement.json": case["supplement"], "bill.json": case}
    for name, document in files.items():
        (tmp_path / name).write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    (tmp_path / "usage.csv").write_text(file_of(halves), encoding="utf-8")
    return [str(tmp_path / name) for name in (*files, "usage.csv")]


def a_case(seed=12):
    case, halves = case_of(seed)
    case["supplement"].pop("contract_from", None)
    case["supplement"].pop("contract_to", None)
    return case, halves


@pytest.mark.parametrize("rounding", [None, "none"])
def test_one_row_for_each_whole_period(tmp_path, rounding):
    case, halves = a_case()
    plan, supplement, _, usage = written(tmp_path, case, halves)
    first, last = case["period"]
    after = str(max(halves).fromordinal(max(halves).toordinal() + 1))
    options = ["--capacity", str(case["capacity"]), "--periods", f"{first},{after}", *(["--rounding", rounding] if rounding else [])]
    ran = run_program(tmp_path / "home", "bill", plan, usage, "--paper", supplement, *options)
    assert ran.code == 0, ran.stderr
    answer, theirs = ran.json, plain_bill(case, hours_of(halves), unrounded=rounding == "none")
    (row,) = answer["detail"]["monthlyCharges"]
    assert (row["month"], row["from"], row["to"], row["days"]) == (theirs["month"], first, last, len(halves))
    for part in ("kwh", "base", "usage", "adjust", "levy", "charge"):
        assert Fraction(str(row[part])) == pytest.approx(theirs[part], abs=1e-9), part
    assert (answer["yearCharge"], answer["monthlyCharges"], answer["partialMonths"]) == (row["charge"], [row["charge"]], [])


def test_periods_by_reading_day_and_those_that_are_cut(tmp_path):
    case, halves = a_case()
    plan, supplement, _, usage = written(tmp_path, case, halves)
    read_day = min(halves).day + 2
    refused = run_program(
        tmp_path / "home", "bill", plan, usage, "--capacity", "6", "--paper", supplement, "--read-day", str(min(read_day, 28))
    )
    assert refused.code == 2  # the data hold no period from reading to reading
    assert "期間" in refused.stderr
    ran = run_program(
        tmp_path / "home", "bill", plan, usage, "--capacity", "6", "--paper", supplement, "--periods", f"2020-01-01,{min(halves)}"
    )
    assert ran.code == 2


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "--read-day"),
        (["--read-day", "10", "--periods", "2026-01-10,2026-02-10"], "--read-day"),
        (["--read-day", "0"], "検針日"),
        (["--read-day", "32"], "検針日"),
        (["--periods", "2026-02-10,2026-01-10"], "古い順"),
        (["--periods", "yesterday"], "2026-12-01"),
    ],
)
def test_faulty_reading_days_are_named(tmp_path, options, words):
    plan, supplement, _, usage = written(tmp_path, *a_case())
    refused = run_program(tmp_path / "home", "bill", plan, usage, "--capacity", "6", "--paper", supplement, *options)
    assert (refused.code, words in refused.stderr) == (2, True), refused.stderr


def test_a_bill_month_without_its_fuel_price_is_named(tmp_path):
    case, halves = a_case()
    case["supplement"]["fuel"] = []
    plan, supplement, _, usage = written(tmp_path, case, halves)
    after = str(max(halves).fromordinal(max(halves).toordinal() + 1))
    refused = run_program(
        tmp_path / "home", "bill", plan, usage, "--capacity", "6", "--paper", supplement, "--periods", f"{min(halves)},{after}"
    )
    assert refused.code == 2
    assert spelled(month_after(max(halves))) in refused.stderr
    assert "燃料費調整単価" in refused.stderr
    assert run_program(tmp_path / "home", "bill", plan, usage, "--read-day", "10").code == 2


@pytest.mark.parametrize("with_file", [True, False])
def test_a_match_names_the_one_switch(tmp_path, with_file):
    case, halves = next(
        (case, halves)
        for case, halves in (case_of(seed) for seed in range(100))
        if case["supplement"].get("deduct_yen") == 55 and len(case["plan"]["conditions"]) == 3 and any(map(any, halves.values()))
    )
    hours = hours_of(halves) if with_file else None
    case["kwh"] = 321
    case["yen"] = int(plain_bill(case, hours, deduct_yen=0)["charge"])
    _, _, bill, usage = written(tmp_path, case, halves)
    ran = run_program(tmp_path / "home", "match", bill, *([usage] if with_file else []))
    assert ran.code == 0, ran.stderr
    ours, rest, names = explained(case, hours)
    assert (ran.json["rest_yen"], set(ran.json["reasons"])) == (rest, names)
    assert "direct_debit" in names
    assert ran.json["reason"] == ("direct_debit" if len(names) == 1 else "unknown")
    assert (ran.json["ours"]["month"], ran.json["ours"]["charge"]) == (ours["month"], ours["charge"])
    assert "口座振替割引" in ran.stderr


def test_a_match_without_what_it_needs(tmp_path):
    case, halves = a_case()
    _, _, bill, _ = written(tmp_path, case, halves)
    refused = run_program(tmp_path / "home", "match", bill)
    assert refused.code == 2
    assert "使用量" in refused.stderr
    (tmp_path / "bad.json").write_text("[]", encoding="utf-8")
    assert run_program(tmp_path / "home", "match", str(tmp_path / "bad.json")).code == 2
